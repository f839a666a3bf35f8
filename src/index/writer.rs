//! One run of changes: nothing is visible before [`Writer::commit`], all of it after.

use super::convert::{documents, page_hash};
use super::directory::Refusal;
use super::location::Lock;
use super::{Fields, IndexError, Location, State};
use crate::model::Page;
use tantivy::IndexWriter;
use tantivy::indexer::UserOperation;
use tantivy::schema::Term;

/// Changes an index. Dropped without a commit, it leaves what was there.
pub struct Writer {
    location: Location,
    fields: Fields,
    index: tantivy::Index,
    /// None once the run is committed.
    writer: Option<IndexWriter>,
    /// A folder that is not current yet.
    folder: Option<String>,
    refusal: Refusal,
    _lock: Lock,
}

impl Writer {
    /// Opens the index for writing, or begins a new one.
    ///
    /// # Errors
    /// [`IndexError`], above all when another process writes.
    pub fn open(location: &Location, threads: usize, memory: usize) -> Result<Self, IndexError> {
        let lock = location.lock()?;
        location.recover(&lock)?;
        let refusal = Refusal::default();
        let (index, folder) = match location.current() {
            Ok(folder) => {
                location.remove_temporary(&folder, &lock);
                (location.open_folder(&folder, &refusal)?, None)
            }
            Err(IndexError::Missing(_)) => {
                location.create(&lock, &refusal).map(|(index, folder)| (index, Some(folder)))?
            }
            Err(error) => return Err(error),
        };
        Self::over(location, index, folder, lock, refusal, threads, memory)
    }

    /// Begins a new index beside the one that is there, in whatever state that is; it goes on being read until this one
    /// is committed.
    ///
    /// # Errors
    /// [`IndexError`], above all when another process writes.
    pub fn beside(location: &Location, threads: usize, memory: usize) -> Result<Self, IndexError> {
        let lock = location.lock()?;
        let refusal = Refusal::default();
        let (index, folder) = location.create(&lock, &refusal)?;
        Self::over(location, index, Some(folder), lock, refusal, threads, memory)
    }

    fn over(
        location: &Location,
        index: tantivy::Index,
        folder: Option<String>,
        lock: Lock,
        refusal: Refusal,
        threads: usize,
        memory: usize,
    ) -> Result<Self, IndexError> {
        let writer = open_writer(&index, threads.clamp(1, MOST_THREADS), memory)
            .map_err(|error| location.refused(&refusal, error))?;
        Ok(Self {
            location: location.clone(),
            fields: Fields::new(),
            index,
            writer: Some(writer),
            folder,
            refusal,
            _lock: lock,
        })
    }

    fn refused(&self, error: tantivy::TantivyError) -> IndexError {
        self.location.refused(&self.refusal, error)
    }

    /// Puts a page in the place of whatever has its id, with its key and its blocks' fingerprints. Its sections come to
    /// lie together.
    ///
    /// # Errors
    /// [`IndexError`] where the engine cannot go on (a full disk).
    pub fn put(&self, page: Page, key: u64, fingerprints: &[u64]) -> Result<(), IndexError> {
        self.run(vec![UserOperation::Delete(self.page(&page.id))], page, key, fingerprints)
    }

    /// The same for a page whose id nothing has. The engine keeps what is to be taken out to the end, over a kilobyte each, and
    /// looks for it in every segment.
    ///
    /// # Errors
    /// As [`Writer::put`].
    pub fn add(&self, page: Page, key: u64, fingerprints: &[u64]) -> Result<(), IndexError> {
        self.run(Vec::new(), page, key, fingerprints)
    }

    fn run(
        &self,
        mut operations: Vec<UserOperation>,
        page: Page,
        key: u64,
        fingerprints: &[u64],
    ) -> Result<(), IndexError> {
        operations
            .extend(documents(&self.fields, page, key, fingerprints).into_iter().map(UserOperation::Add));
        match &self.writer {
            Some(writer) => writer.run(operations).map(drop).map_err(|error| self.refused(error)),
            None => Ok(()),
        }
    }

    /// Takes a page out.
    pub fn remove(&self, id: &str) {
        if let Some(writer) = &self.writer {
            writer.delete_term(self.page(id));
        }
    }

    fn page(&self, id: &str) -> Term {
        Term::from_field_u64(self.fields.page_hash, page_hash(id))
    }

    /// Makes the run visible, and then waits until what it left to tidy up is done.
    ///
    /// # Errors
    /// [`IndexError`]; then nothing of the run is visible.
    pub fn commit(mut self, state: &State) -> Result<(), IndexError> {
        let payload = serde_json::json!(state).to_string();
        let engine = |error| self.location.refused(&self.refusal, error);
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let mut commit = writer.prepare_commit().map_err(engine)?;
        commit.set_payload(&payload);
        commit.commit().map_err(engine)?;
        if let Some(folder) = &self.folder {
            self.location.make_current(folder)?;
        }
        // The run is visible: a merge that fails now leaves more segments than need be, and nothing else.
        let merged = self.writer.take().map_or(Ok(()), IndexWriter::wait_merging_threads);
        let failed = self.refusal.get().map(|(path, _, reason)| format!("{}: {reason}", path.display()));
        if let Some(reason) = failed.or_else(|| merged.err().map(|error| error.to_string())) {
            tracing::warn!(%reason, "the run is done, but segments were not merged");
        }
        Ok(())
    }
}

impl Drop for Writer {
    /// What a run that was not committed wrote is removed, so that a full disk has room again.
    fn drop(&mut self) {
        let Some(writer) = self.writer.take() else { return };
        drop(writer); // It holds tantivy's own lock.
        if let Some(folder) = &self.folder {
            self.location.remove_folder(folder);
        } else if let Ok(tidy) = open_writer(&self.index, 1, LEAST_MEMORY) {
            drop(tidy);
        }
    }
}

/// The most threads that write; more than tantivy takes.
const MOST_THREADS: usize = 8;
/// The least memory of a thread that writes, in bytes (tantivy's own bound).
pub(super) const LEAST_MEMORY: usize = 15_000_000;

/// Opens a writer and removes the files that no commit knows: what runs that failed or were killed left behind.
fn open_writer(index: &tantivy::Index, threads: usize, memory: usize) -> tantivy::Result<IndexWriter> {
    let writer = index.writer_with_num_threads(threads, memory.max(threads * LEAST_MEMORY))?;
    writer.garbage_collect_files().wait()?;
    Ok(writer)
}
