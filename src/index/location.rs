//! Generations on disk: `current` names the folder that holds the index, so that a new one can be built beside it and
//! swapped in by one rename; `lock` is held by whoever writes.

use super::directory::{DocumentFolder, META, Refusal};
use super::{Analyzer, Fields, IndexError};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Changes with the schema, the analyzer, the stored form of a page and the version of the engine.
pub(super) const FORMAT: u32 = 8;

/// Stored pages are packed by the threads that write, all of which are busy anyway, and not by one more for each.
fn settings() -> tantivy::IndexSettings {
    tantivy::IndexSettings { docstore_compress_dedicated_thread: false, ..tantivy::IndexSettings::default() }
}

/// Where an index is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    root: PathBuf,
}

/// The content of the file `current`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Current {
    pub(super) format: u32,
    pub(super) folder: String,
}

impl Current {
    /// The name of a folder within the index.
    pub(super) fn is_within(&self) -> bool {
        !self.folder.is_empty() && !self.folder.contains(['/', '\\']) && !self.folder.starts_with('.')
    }
}

/// Folder, length and time of the file that a commit replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    folder: PathBuf,
    length: u64,
    modified: std::time::SystemTime,
}

/// Held while writing; the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Location {
    /// The index in this folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is an index.
    pub fn exists(&self) -> bool {
        self.root.join("current").exists()
    }

    /// A stamp that changes whenever a run became visible; none where there is no index.
    pub fn stamp(&self) -> Option<Stamp> {
        let folder = self.current().ok()?;
        let meta = fs::metadata(folder.join(META)).ok()?;
        Some(Stamp { folder, length: meta.len(), modified: meta.modified().ok()? })
    }

    /// What its files have, in bytes. One that goes meanwhile is not counted.
    pub fn bytes_on_disk(&self) -> u64 {
        fn of(folder: &Path) -> u64 {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries
                .map(|entry| match entry.metadata() {
                    Ok(meta) if meta.is_dir() => of(&entry.path()),
                    meta => meta.map_or(0, |meta| meta.len()),
                })
                .sum()
        }
        of(&self.root)
    }

    /// The folder that holds the documents.
    pub(super) fn current(&self) -> Result<PathBuf, IndexError> {
        let path = self.root.join("current");
        let json = match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let is_lost = self.folders().iter().any(|folder| self.remembered_in(folder).is_some());
                let root = self.root.clone();
                return Err(if is_lost { IndexError::Lost(root) } else { IndexError::Missing(root) });
            }
            json => json.map_err(self.io(&path))?,
        };
        let current: Current =
            serde_json::from_str(&json).map_err(|error| self.damaged(format!("`current`: {error}")))?;
        if current.format != FORMAT {
            return Err(IndexError::Format {
                path: self.root.clone(),
                found: current.format,
                wanted: FORMAT,
            });
        }
        if !current.is_within() {
            return Err(self.damaged("`current` names no folder within it"));
        }
        Ok(self.root.join(current.folder))
    }

    /// Opens the documents of a folder; a file that cannot be written is remembered.
    pub(super) fn open_folder(&self, folder: &Path, refusal: &Refusal) -> Result<tantivy::Index, IndexError> {
        let directory =
            DocumentFolder::open(folder, refusal).map_err(|error| self.damaged(error.to_string()))?;
        let index = tantivy::Index::open(directory).map_err(|error| match self.engine(error) {
            IndexError::Engine { reason, .. } => self.damaged(reason.to_string()),
            error => error,
        })?;
        if index.schema() != Fields::schema() {
            return Err(self.damaged("its fields are not those of its format"));
        }
        index.tokenizers().register(Analyzer::NAME, Analyzer::for_tantivy());
        Ok(index)
    }

    /// Takes the lock for writing, making the folder if need be.
    pub(super) fn lock(&self) -> Result<Lock, IndexError> {
        fs::create_dir_all(&self.root).map_err(self.io(&self.root))?;
        let path = self.root.join("lock");
        let file = File::options().create(true).append(true).open(&path).map_err(self.io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Locked(self.root.clone())),
            Err(TryLockError::Error(reason)) => Err(IndexError::Io { path, reason }),
        }
    }

    /// Makes a new folder that is not current yet.
    pub(super) fn create_folder(&self, _lock: &Lock) -> Result<String, IndexError> {
        self.sweep();
        let taken = |number: &u32| self.root.join(format!("documents-{number}")).exists();
        let folder = format!("documents-{}", (1..).find(|number| !taken(number)).unwrap_or_default());
        let path = self.root.join(&folder);
        fs::create_dir(&path).map_err(self.io(&path))?;
        Ok(folder)
    }

    /// Makes an empty index in a new folder that is not current yet.
    pub(super) fn create(
        &self,
        lock: &Lock,
        refusal: &Refusal,
    ) -> Result<(tantivy::Index, String), IndexError> {
        let folder = self.create_folder(lock)?;
        let directory = DocumentFolder::open(&self.root.join(&folder), refusal)
            .map_err(|error| self.damaged(error.to_string()))?;
        let index = tantivy::Index::create(directory, Fields::schema(), settings())
            .map_err(|error| self.refused(refusal, error))
            .inspect_err(|_| self.remove_folder(&folder))?;
        index.tokenizers().register(Analyzer::NAME, Analyzer::for_tantivy());
        Ok((index, folder))
    }

    /// Makes a folder current, whole or not at all.
    pub(super) fn make_current(&self, folder: &str) -> Result<(), IndexError> {
        let json = serde_json::json!(Current { format: FORMAT, folder: folder.to_owned() }).to_string();
        let (path, new) = (self.root.join("current"), self.root.join("current.new"));
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&new)?;
            file.write_all(json.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &path)
        };
        write().map_err(self.io(&path)).inspect_err(|_| drop(fs::remove_file(&new)))?;
        // It is current now, whatever else goes wrong.
        match File::open(&self.root).and_then(|root| root.sync_all()) {
            Ok(()) => self.sweep(),
            // After a loss of power the one before may be current again: it must be there.
            Err(error) => tracing::warn!(%error, "{} could not be synced", self.root.display()),
        }
        Ok(())
    }

    pub(super) fn io(&self, path: &Path) -> impl FnOnce(std::io::Error) -> IndexError + use<> {
        let path = path.to_owned();
        move |reason| IndexError::Io { path, reason }
    }

    pub(super) fn damaged(&self, reason: impl Into<String>) -> IndexError {
        IndexError::Damaged { path: self.root.clone(), reason: reason.into() }
    }

    pub(super) fn engine(&self, error: tantivy::TantivyError) -> IndexError {
        use std::io::ErrorKind as K;
        use tantivy::TantivyError as E;
        use tantivy::directory::error::{LockError, OpenReadError as R};
        let is_refusal = |kind| !matches!(kind, K::InvalidData | K::UnexpectedEof | K::NotFound);
        match error {
            E::DataCorruption(corruption) => self.damaged(format!("{corruption:?}")),
            E::OpenReadError(R::IoError { io_error, filepath }) if is_refusal(io_error.kind()) => {
                let reason = std::io::Error::new(io_error.kind(), io_error.to_string());
                IndexError::Io { path: filepath, reason }
            }
            E::OpenReadError(R::IoError { io_error, filepath }) => {
                self.damaged(format!("{}: {io_error}", filepath.display()))
            }
            E::OpenReadError(R::FileDoesNotExist(file)) => {
                self.damaged(format!("{}: it is missing", file.display()))
            }
            E::OpenReadError(other) => self.damaged(other.to_string()),
            E::OpenDirectoryError(missing) => self.damaged(missing.to_string()),
            E::LockFailure(LockError::LockBusy, _) => IndexError::Locked(self.root.clone()),
            reason => IndexError::Engine { path: self.root.clone(), reason },
        }
    }

    /// The same, while documents are being written: what the system said of which file comes first.
    pub(super) fn refused(&self, refusal: &Refusal, error: tantivy::TantivyError) -> IndexError {
        match refusal.get() {
            Some((path, kind, reason)) => {
                IndexError::Io { path: path.clone(), reason: std::io::Error::new(*kind, reason.clone()) }
            }
            None => self.engine(error),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn another_engine_is_another_format() {
        let version = tantivy::version_string();
        assert!(version.starts_with("tantivy v0.27.0"), "{version}: raise FORMAT, then name it here");
    }
}
