//! Works and their editions; which file is which work. Knows no disk.
