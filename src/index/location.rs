//! Generations on disk: `current` names the folder that holds the index, so that a new one can be built beside it and
//! swapped in by one rename; `lock` is held by whoever writes.

use super::directory::ReadableDirectory;
use super::{Analyzer, Fields, IndexError};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;

/// Changes with the schema, the analyzer and the stored form of a page.
pub(super) const FORMAT: u32 = 6;

/// Where an index is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    root: PathBuf,
}

/// The content of the file `current`.
#[derive(Debug, Serialize, Deserialize)]
struct Current {
    format: u32,
    folder: String,
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
        let meta = fs::metadata(folder.join("meta.json")).ok()?;
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
                return Err(IndexError::Missing(self.root.clone()));
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
        if current.folder.contains(['/', '\\']) || current.folder.starts_with('.') {
            return Err(self.damaged("`current` names no folder within it"));
        }
        Ok(self.root.join(current.folder))
    }

    /// Opens the documents that are current.
    pub(super) fn open(&self) -> Result<tantivy::Index, IndexError> {
        self.open_folder(&self.current()?)
    }

    fn open_folder(&self, folder: &Path) -> Result<tantivy::Index, IndexError> {
        let directory = MmapDirectory::open(folder).map_err(|error| self.damaged(error.to_string()))?;
        let index = tantivy::Index::open(ReadableDirectory(directory))
            .map_err(|error| self.damaged(error.to_string()))?;
        if index.schema() != Fields::schema() {
            return Err(self.damaged("its fields are not those of its format"));
        }
        index.tokenizers().register(Analyzer::NAME, Analyzer::for_tantivy());
        Ok(index)
    }

    /// Makes a committed folder current again where the file that says so is lost, or a first run was killed just
    /// before it wrote it.
    pub(super) fn recover(&self, _lock: &Lock) -> Result<(), IndexError> {
        if self.exists() {
            return Ok(());
        }
        let committed = self.folders().into_iter().filter(|folder| {
            let metas =
                self.open_folder(&self.root.join(folder)).ok().and_then(|index| index.load_metas().ok());
            metas.is_some_and(|metas| metas.payload.is_some())
        });
        match committed.collect::<Vec<_>>().as_slice() {
            [] => Ok(()),
            [folder] => self.make_current(folder),
            _ => Err(self.damaged("`current` is missing and there are several folders it could name")),
        }
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

    /// Makes an empty index in a new folder that is not current yet.
    pub(super) fn create(&self, _lock: &Lock) -> Result<(tantivy::Index, String), IndexError> {
        self.sweep();
        let taken = |number: &u32| self.root.join(format!("documents-{number}")).exists();
        let folder = format!("documents-{}", (1..).find(|number| !taken(number)).unwrap_or_default());
        let path = self.root.join(&folder);
        fs::create_dir(&path).map_err(self.io(&path))?;
        let directory = MmapDirectory::open(&path).map_err(|error| self.damaged(error.to_string()))?;
        let index = tantivy::Index::create(directory, Fields::schema(), tantivy::IndexSettings::default())
            .map_err(|error| self.engine(error))?;
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
            fs::rename(&new, &path)?;
            File::open(&self.root)?.sync_all()
        };
        write().map_err(self.io(&path))?;
        self.sweep();
        Ok(())
    }

    /// Removes folders that a run left behind and none reads.
    fn sweep(&self) {
        let current = self.current().ok();
        for folder in self.folders() {
            if current.as_ref() != Some(&self.root.join(&folder)) {
                self.remove_folder(&folder);
            }
        }
    }

    /// Removes a folder of documents; what cannot be removed now is removed by the next run.
    pub(super) fn remove_folder(&self, folder: &str) {
        let _ = fs::remove_dir_all(self.root.join(folder));
    }

    /// Names of the folders that hold documents.
    fn folders(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| name.starts_with("documents-")).collect()
    }

    /// Removes files that a killed run was about to put in the place of others.
    pub(super) fn remove_temporary(&self, folder: &Path, _lock: &Lock) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(".tmp")) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    pub(super) fn io(&self, path: &Path) -> impl FnOnce(std::io::Error) -> IndexError + use<> {
        let path = path.to_owned();
        move |reason| IndexError::Io { path, reason }
    }

    pub(super) fn damaged(&self, reason: impl Into<String>) -> IndexError {
        IndexError::Damaged { path: self.root.clone(), reason: reason.into() }
    }

    pub(super) fn engine(&self, error: tantivy::TantivyError) -> IndexError {
        use tantivy::TantivyError as E;
        use tantivy::directory::error::LockError;
        match error {
            E::DataCorruption(corruption) => self.damaged(format!("{corruption:?}")),
            E::OpenReadError(missing) => self.damaged(missing.to_string()),
            E::OpenDirectoryError(missing) => self.damaged(missing.to_string()),
            E::LockFailure(LockError::LockBusy, _) => IndexError::Locked(self.root.clone()),
            reason => IndexError::Engine { path: self.root.clone(), reason },
        }
    }
}
