//! From the bytes of an untidy file to an edition: a format is one file here, a cleaning pass one function.
//!
//! Nothing is keyed to a file name. Every byte of the source ends in a passage or in a counted notice.
