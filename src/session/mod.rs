//! What is kept between runs: places, topic, sync and sizes for each pair of texts. Knows no screen.
