//! What is read of the pages of a generation: as they are stored, and what each was analysed from.

use super::Snapshot;
use crate::index::convert::{self, Unreadable};
use crate::index::stored::StoredDocument;
use crate::index::{Fields, IndexError, Segment};
use crate::model::{FacetField, Page, Section};
use tantivy::DocId;

impl Snapshot {
    /// The page that begins at a document, without its sections.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn head(&self, segment: usize, document: DocId) -> Result<Page, IndexError> {
        let of = &self.segments[segment];
        let stored = self.document(segment, document)?;
        let index = of.pages.of(document).ok_or_else(|| self.location.damaged("a page was taken out"))?;
        let source = self.dictionary(FacetField::Source).id(of.page_value(FacetField::Source, index));
        convert::head(&self.fields, &stored, self.pages.id(of.pages[index].page), source)
            .map_err(|error| self.location.damaged(error.to_string()))
    }

    /// The section that is a document.
    ///
    /// # Errors
    /// [`IndexError`] where the stored section cannot be read.
    pub fn section(&self, segment: usize, document: DocId) -> Result<Section, IndexError> {
        let skills = self.skills.of(segment, document).cloned().collect();
        let document = self.document(segment, document)?;
        convert::section(&self.fields, &document, skills)
            .map_err(|error| self.location.damaged(error.to_string()))
    }

    /// The ids of the skills of the section that is a document, in order.
    pub(in crate::index) fn skill_ids(&self, segment: usize, document: DocId) -> Vec<&str> {
        self.skills.of(segment, document).map(|skill| skill.id.as_str()).collect()
    }

    /// The index is damaged: what is stored cannot be read.
    pub(in crate::index) fn unreadable(&self, error: &Unreadable) -> IndexError {
        self.location.damaged(error.to_string())
    }

    /// A document as it is stored.
    pub(in crate::index) fn document(
        &self,
        segment: usize,
        document: DocId,
    ) -> Result<StoredDocument, IndexError> {
        let bytes = self.stores[segment].get_document_bytes(document);
        bytes.map(StoredDocument).map_err(|error| self.location.engine(error))
    }

    /// A whole page.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, IndexError> {
        self.place_of(id).map(|(segment, index)| self.page_at(segment, index)).transpose()
    }

    /// Where a page is: its segment, and its index in that.
    pub fn place_of(&self, id: &str) -> Option<(usize, usize)> {
        let ordinal = self.pages.ordinal(id)?;
        let in_segment = |(at, segment): (usize, &Segment)| {
            Some((at, segment.pages.iter().position(|page| page.page == ordinal)?))
        };
        self.segments.iter().enumerate().find_map(in_segment)
    }

    /// The whole page at a place.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn page_at(&self, segment: usize, index: usize) -> Result<Page, IndexError> {
        let place = self.segments[segment].pages[index];
        let mut page = self.head(segment, place.first)?;
        page.sections = (place.first..place.end)
            .map(|document| self.section(segment, document))
            .collect::<Result<_, _>>()?;
        Ok(page)
    }

    /// Calls `take` with the id and the blocks' fingerprints of every page of a source.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn fingerprints(&self, source: &str, mut take: impl FnMut(&str, &[u64])) -> Result<(), IndexError> {
        let source = self.dictionary(FacetField::Source).ordinal(source);
        let mut fingerprints = Vec::new();
        for segment in &self.segments {
            let column = segment.reader.fast_fields().column_opt::<u64>(Fields::FINGERPRINT);
            let column = column.map_err(|error| self.location.engine(error))?;
            for (index, page) in segment.pages.iter().enumerate() {
                if Some(segment.page_value(FacetField::Source, index)) != source {
                    continue;
                }
                fingerprints.clear();
                fingerprints.extend(column.iter().flat_map(|column| column.values_for_doc(page.first)));
                take(self.pages.id(page.page), &fingerprints);
            }
        }
        Ok(())
    }

    /// Id, source and key of every page: what each was analysed from and with.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn keys(&self) -> Result<Vec<(&str, &str, u64)>, IndexError> {
        let mut keys = Vec::with_capacity(self.pages.len());
        for segment in &self.segments {
            let column = segment.reader.fast_fields().column_opt::<u64>(Fields::KEY);
            let column = column.map_err(|error| self.location.engine(error))?;
            for (index, page) in segment.pages.iter().enumerate() {
                let key = column.as_ref().and_then(|column| column.first(page.first)).unwrap_or_default();
                let source = segment.page_value(FacetField::Source, index);
                keys.push((self.pages.id(page.page), self.dictionary(FacetField::Source).id(source), key));
            }
        }
        Ok(keys)
    }
}
