//! An index in one file: a tar of its manifest and then its files, as they are. `.gz` where the name says so.

mod manifest;
mod read;
mod write;

use super::IndexError;
use super::error::advice;
use std::path::PathBuf;

pub use manifest::Backup;
pub use read::{Restored, restore};
pub use write::backup;

/// Why a backup was not made or not restored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The index cannot be used.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There is a file already.
    #[error("{} is there already: name another file, or replace it with --force", .0.display())]
    Exists(PathBuf),
    /// The file cannot be read or written.
    #[error("{}: {reason}{}", path.display(), advice(reason.kind()))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// It is no backup, or not a whole one.
    #[error("{}: it cannot be restored: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
}
