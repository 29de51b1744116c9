//! What can go wrong in a command, the sentence for it, and the exit code.

use std::io;

use crate::document::import::ImportError;
use crate::files::reason;
use crate::library::open::ReadError;
use crate::library::{OpenError, TableError};

/// All went well; also when a reader closed the pipe.
pub const SUCCESS: u8 = 0;
/// Something named is not there, or a check found faults.
pub const NOT_FOUND: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// A text cannot be read.
pub const UNREADABLE: u8 = 3;
/// A table of the program or of the reader is wrong.
pub const CONFIGURATION: u8 = 4;
/// Ended by SIGINT, as a shell would say it.
pub const INTERRUPTED: u8 = 130;
/// A fault of the program, or output that cannot be written.
pub const INTERNAL: u8 = 70;

/// The exit codes as help and man page list them.
pub const EXIT_CODES: [(&str, &str); 7] = [
    ("0", "all went well"),
    ("1", "a work, topic or place that is not there; a check that found faults"),
    ("2", "the command line is wrong"),
    ("3", "a text that cannot be read: missing, a folder, empty, no text, too large"),
    ("4", "a table of works or topics that is wrong"),
    ("70", "a fault of the program, or output that cannot be written"),
    ("128+n", "ended by signal n"),
];

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The command line is wrong in a way that the parser cannot see.
    #[error("{0}")]
    Usage(String),
    /// Something named is not there.
    #[error("{0}")]
    NotFound(String),
    /// A text could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The report is printed already; only the exit code is left.
    #[error("")]
    Reported(u8),
    /// Ctrl-C.
    #[error("")]
    Interrupted,
    /// A table is wrong.
    #[error(transparent)]
    Configuration(#[from] TableError),
    /// The output could not be written.
    #[error("the output cannot be written: {}", reason::writing(.0))]
    Output(#[from] io::Error),
}

impl CommandError {
    /// The sentence for standard error; `None` where nothing is left to say.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        match self {
            Self::Reported(_) | Self::Interrupted => None,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Self::Usage(_) | Self::NotFound(_) | Self::Open(_) | Self::Configuration(_) | Self::Output(_) => {
                Some(self.to_string())
            }
        }
    }

    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_)
            | Self::Open(
                OpenError::Import { error: ImportError::UnknownEncoding(_), .. }
                | OpenError::NotSegmented { .. },
            ) => USAGE,
            Self::Interrupted => INTERRUPTED,
            Self::NotFound(_)
            | Self::Open(OpenError::Name(_) | OpenError::Absent { .. } | OpenError::NoCopy { .. }) => {
                NOT_FOUND
            }
            Self::Open(OpenError::Read(_) | OpenError::Import { .. }) => UNREADABLE,
            Self::Reported(code) => *code,
            Self::Configuration(_) | Self::Open(OpenError::Table(_)) => CONFIGURATION,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => SUCCESS,
            Self::Output(_) => INTERNAL,
        }
    }
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> Self {
        Self::Open(OpenError::Read(error))
    }
}
