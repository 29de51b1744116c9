//! Raw mode, the event loop, running effects, signals. Does not know what is drawn.
