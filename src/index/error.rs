//! What can go wrong with an index on disk.

use std::io::ErrorKind;
use std::path::PathBuf;

/// Why an index could not be read or written. In every case what was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none.
    #[error("there is no index in {}: build one with `rolecall ingest PATH --index {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// There are documents, and nothing says that they are in use.
    #[error("there is no index in {} that is in use: `current`, which names its documents, is missing, and the next `rolecall ingest` finds them again", .0.display())]
    Lost(PathBuf),
    /// Another process writes.
    #[error("the index in {} is being written by another rolecall: wait until it has ended, then try again", .0.display())]
    Locked(PathBuf),
    /// It was written by another version.
    #[error(
        "the index in {} has format {found}, this rolecall reads format {wanted}: {} `rolecall ingest --rebuild PATH…` with this one, which builds it anew",
        path.display(),
        if found > wanted { "use the newer rolecall that wrote it, or" } else { "run" }
    )]
    Format {
        /// The index folder.
        path: PathBuf,
        /// The format on disk.
        found: u32,
        /// The format of this program.
        wanted: u32,
    },
    /// Its files do not make sense.
    #[error("the index in {} is damaged ({reason}): `rolecall restore FILE` puts a backup in its place, `rolecall ingest --rebuild PATH…` builds it anew", path.display())]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// The file system refused.
    #[error("{}: {reason}{}", path.display(), advice(reason.kind()))]
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

/// What to do about what the system said.
pub(super) fn advice(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ": make room on the disk and run it again; what was there before is untouched"
        }
        ErrorKind::FileTooLarge => {
            ": the limit on the size of files (`ulimit -f`) is too low; raise it and run it again"
        }
        ErrorKind::PermissionDenied => {
            ": the user that rolecall runs as may not; mend the rights of the folder"
        }
        ErrorKind::ReadOnlyFilesystem => ": the disk is mounted to be read only",
        _ => "",
    }
}
