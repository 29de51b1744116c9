//! The program as its reader meets it: the real binary in a real pseudo-terminal, keys in, screen out.
#![cfg(unix)]

#[cfg(test)]
mod copying;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod editions;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod large;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod originals;
#[cfg(test)]
mod page;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod pty;
#[cfg(test)]
mod random_keys;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod restricted;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod slow_line;
#[cfg(test)]
mod specimens;
#[cfg(test)]
mod ssh;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod thrift;
#[cfg(test)]
mod tmux;
#[cfg(test)]
mod torn;
