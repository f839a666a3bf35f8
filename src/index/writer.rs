//! One run of changes: nothing is visible before [`Writer::commit`], all of it after.

use super::convert::documents;
use super::location::Lock;
use super::{Fields, IndexError, Location, State};
use crate::model::Page;
use tantivy::indexer::UserOperation;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument};

/// Changes an index. Dropped without a commit, it leaves what was there.
pub struct Writer {
    location: Location,
    fields: Fields,
    writer: IndexWriter,
    /// A folder that is not current yet.
    folder: Option<String>,
    _lock: Lock,
}

impl Writer {
    /// Opens the index for writing, or begins a new one.
    ///
    /// # Errors
    /// [`IndexError`], above all when another process writes.
    pub fn open(location: &Location, threads: usize, memory: usize) -> Result<Self, IndexError> {
        let lock = location.lock()?;
        let (index, folder) = match location.open() {
            Ok(index) => (index, None),
            Err(IndexError::Missing(_)) => {
                location.create(&lock).map(|(index, folder)| (index, Some(folder)))?
            }
            Err(error) => return Err(error),
        };
        let writer = index
            .writer_with_num_threads(threads.clamp(1, 8), memory)
            .map_err(|error| location.engine(error))?;
        Ok(Self { location: location.clone(), fields: Fields::new(), writer, folder, _lock: lock })
    }

    /// Puts a page in the place of whatever has its id. Its sections come to lie together.
    ///
    /// # Errors
    /// [`IndexError`] where the engine cannot go on (a full disk).
    pub fn put(&self, page: Page, key: &str) -> Result<(), IndexError> {
        let mut operations = vec![UserOperation::Delete(self.page(&page.id))];
        operations.extend(documents(&self.fields, page, key).into_iter().map(UserOperation::Add));
        self.writer.run(operations).map_err(|error| self.location.engine(error))?;
        Ok(())
    }

    /// Takes a page out.
    pub fn remove(&self, id: &str) {
        self.writer.delete_term(self.page(id));
    }

    fn page(&self, id: &str) -> Term {
        Term::from_field_text(self.fields.page, id)
    }

    /// Makes the run visible, and then waits until what it left to tidy up is done.
    ///
    /// # Errors
    /// [`IndexError`]; then nothing of the run is visible.
    pub fn commit(mut self, state: &State) -> Result<(), IndexError> {
        let payload = serde_json::json!(state).to_string();
        let engine = |error| self.location.engine(error);
        let mut commit = self.writer.prepare_commit().map_err(engine)?;
        commit.set_payload(&payload);
        commit.commit().map_err(engine)?;
        if let Some(folder) = &self.folder {
            self.location.make_current(folder)?;
        }
        // The run is visible: a merge that fails now leaves more segments than need be, and nothing else.
        if let Err(error) = IndexWriter::<TantivyDocument>::wait_merging_threads(self.writer) {
            tracing::warn!(%error, "segments were not merged");
        }
        Ok(())
    }
}
