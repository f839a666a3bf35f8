//! What can go wrong with an index on disk.

use std::path::PathBuf;

/// Why an index could not be read or written. In every case what was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none.
    #[error("there is no index in {}: build one with `rolecall ingest PATH --index {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// Another process writes.
    #[error("the index in {} is being written by another rolecall: wait until it has ended, then try again", .0.display())]
    Locked(PathBuf),
    /// It was written by another version.
    #[error("the index in {} has format {found}, this rolecall reads format {wanted}: build it anew with `rolecall ingest`", path.display())]
    Format {
        /// The index folder.
        path: PathBuf,
        /// The format on disk.
        found: u32,
        /// The format of this program.
        wanted: u32,
    },
    /// Its files do not make sense.
    #[error("the index in {} is damaged ({reason}): move it away and build it anew with `rolecall ingest`", path.display())]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// The file system refused.
    #[error("{}: {reason}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The search engine refused.
    #[error("the index in {} could not be used ({reason}): is there room on the disk, and may it be written?", path.display())]
    Engine {
        /// The index folder.
        path: PathBuf,
        /// What tantivy said.
        reason: tantivy::TantivyError,
    },
}
