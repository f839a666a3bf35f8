//! What phrases are scored by: the same figures as words.

use crate::index::{Size, Snapshot};
use crate::search::postings::document_frequency;
use tantivy::schema::{Field, Term};

/// What phrases are scored by: the same figures as words.
pub(super) struct Statistics<'a> {
    pub(super) snapshot: &'a Snapshot,
    /// Of the language.
    pub(super) size: Size,
}

impl Statistics<'_> {
    fn documents(&self, field: Field) -> u64 {
        let fields = self.snapshot.fields;
        if field == fields.title || field == fields.role_name { self.size.pages } else { self.size.sections }
    }
}

impl tantivy::query::Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // The engine divides by the number of documents to get the average.
        Ok((f64::from(self.snapshot.average_length_of(field)) * self.size.sections as f64) as u64)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.size.sections)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(document_frequency(self.snapshot, term)?.min(self.documents(term.field())))
    }
}
