//! The folder of documents as the engine sees it: its lists carry checksums, one that may not be written is read all the
//! same, and the file that could not be written is remembered, for the engine's threads forget it.

use super::sealed::{seal, unseal};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The list of segments; a commit replaces it.
pub(super) const META: &str = "meta.json";
/// The list of files that the engine may remove.
pub(super) const MANAGED: &str = ".managed.json";

/// How the name of a file begins that is to be put in the place of another.
pub(super) const TEMPORARY: &str = ".tmp-";

/// The first file that could not be written, and why.
pub(super) type Refusal = Arc<OnceLock<(PathBuf, io::ErrorKind, String)>>;

/// An [`MmapDirectory`] that does without the lock for readers where no file can be made for it. The lock keeps a
/// writer from removing files between a reader's look at the list and its opening them; who cannot take it may have
/// to look again.
#[derive(Clone, Debug)]
pub(super) struct DocumentFolder {
    inner: MmapDirectory,
    path: PathBuf,
    refusal: Refusal,
}

impl DocumentFolder {
    pub(super) fn open(path: &Path, refusal: &Refusal) -> Result<Self, OpenDirectoryError> {
        let inner = MmapDirectory::open(path)?;
        Ok(Self { inner, path: path.to_owned(), refusal: Arc::clone(refusal) })
    }

    /// Puts a file in place whole. The engine's own way leaves one that only its owner may read, so that no other user could
    /// serve the index.
    fn replace(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let temporary = self.path.join(format!("{TEMPORARY}{}", path.display()));
        let write = || {
            let mut file = File::create(&temporary)?;
            file.write_all(content)?;
            file.sync_data()?;
            fs::rename(&temporary, self.path.join(path))
        };
        write().inspect_err(|_| drop(fs::remove_file(&temporary)))
    }

    /// Remembers the first error of a file.
    fn refused(&self, path: &Path, error: &io::Error) {
        let _ = self.refusal.set((self.path.join(path), error.kind(), error.to_string()));
    }
}

impl Directory for DocumentFolder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = self.inner.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.refused(path, io_error);
            }
        })?;
        let inner = opened.into_inner().map_err(|error| OpenWriteError::IoError {
            io_error: Arc::new(error.into_error()),
            filepath: path.to_owned(),
        })?;
        let written = Written { inner, path: path.to_owned(), folder: self.clone() };
        Ok(BufWriter::new(Box::new(written)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let sealed = self.inner.atomic_read(path)?;
        unseal(&sealed).map(<[u8]>::to_vec).ok_or_else(|| {
            let reason = io::Error::new(io::ErrorKind::InvalidData, "its checksum does not fit");
            OpenReadError::wrap_io_error(reason, path.to_owned())
        })
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.replace(path, &seal(data)).inspect_err(|error| self.refused(path, error))?;
        // What a commit replaced is removed next: the disk must know of the commit first.
        if path == Path::new(META) { self.inner.sync_directory() } else { Ok(()) }
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.inner.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if matches!(
                    error.kind(),
                    io::ErrorKind::PermissionDenied
                        | io::ErrorKind::ReadOnlyFilesystem
                        | io::ErrorKind::StorageFull
                ) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            result => result,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// A file that is being written.
struct Written {
    inner: Box<dyn TerminatingWrite + Send + Sync>,
    path: PathBuf,
    folder: DocumentFolder,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes).inspect_err(|error| self.folder.refused(&self.path, error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().inspect_err(|error| self.folder.refused(&self.path, error))
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.inner.terminate_ref(token).inspect_err(|error| self.folder.refused(&self.path, error))
    }
}
