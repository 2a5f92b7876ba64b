//! What can go wrong with a log on a disk.

use std::io;
use std::path::{Path, PathBuf};

/// Why a log cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The operating system refused.
    #[error("cannot {doing} {}: {error}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// Another process writes this log.
    #[error("{} is in use by another process", path.display())]
    InUse {
        /// The log's directory.
        path: PathBuf,
    },
    /// What is there is not what was written. It is left as it was found.
    #[error("the audit trail in {} is damaged: {what}", path.display())]
    Damaged {
        /// The log's directory.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A record is longer than [`RECORD_MAX`](crate::RECORD_MAX).
    #[error("a record of {length} bytes is longer than one may be")]
    Oversized {
        /// Its length.
        length: usize,
    },
    /// A sync failed, so that nobody knows what is on the disk until the log was recovered.
    #[error("the audit trail in {} could not be made durable", path.display())]
    Failed {
        /// The log's directory.
        path: PathBuf,
    },
}

impl LogError {
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| LogError::Io { doing, path, error }
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        LogError::Damaged { path: path.to_owned(), what: what.into() }
    }
}
