//! One generation of an index, opened for answering.
//!
//! The values of each facet field get ordinals that hold across segments and are in the order of ids, and so do the
//! pages. Documents of a page lie together; a segment knows where each page begins and ends, and the ordinals of
//! every document, in plain arrays.

mod open;
mod pages;

use super::skills::Skills;
use super::{Analyzer, Copies, Dictionary, Fields, IndexError, Location, Segment, State};
use crate::model::FacetField;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{Searcher, SegmentReader};

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Pages that are not deleted.
    pub pages: u64,
    /// Their sections.
    pub sections: u64,
}

/// One generation of an index.
pub struct Snapshot {
    /// The fields of its documents.
    pub fields: Fields,
    /// Sources and generation.
    pub state: State,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Page ids; they have no labels.
    pub pages: Dictionary,
    /// Which of them are copies of each other.
    pub copies: Copies,
    /// The analyzers of its pages, each with how much it analysed, in order.
    pub analyzed: Vec<(Analyzer, Size)>,
    /// The currencies in which pages state their role's pay, each with how many pages do, most first and then by its
    /// letters.
    pub currencies: Vec<([u8; 3], u64)>,
    /// Sections that are not deleted.
    pub section_count: u64,
    /// By the field's place in [`FacetField::ALL`].
    dictionaries: Vec<Dictionary>,
    skills: Skills,
    searcher: Searcher,
    /// The stored documents, by segment.
    stores: Vec<StoreReader>,
    location: Location,
    /// The files whose checksums were found to fit.
    verified: BTreeSet<PathBuf>,
    average_lengths: Vec<(Field, f32)>,
    /// How many words a page has on average, in its headings and in its blocks.
    pub average_page_length: (f32, f32),
}

impl Snapshot {
    /// What tells it from every other state of any index: the names of its segments, which are random, and what was
    /// deleted in them.
    pub fn identity(&self) -> String {
        let segment = |reader: &SegmentReader| {
            format!("{}-{:?}", reader.segment_id().uuid_string(), reader.delete_opstamp())
        };
        let mut segments: Vec<String> = self.searcher.segment_readers().iter().map(segment).collect();
        segments.sort_unstable();
        format!("{}-{}", self.state.generation, segments.join("-"))
    }

    /// The values of a facet field.
    pub fn dictionary(&self, field: FacetField) -> &Dictionary {
        &self.dictionaries[field as usize]
    }

    /// How much an analyzer analysed.
    pub fn size_of(&self, analyzer: Analyzer) -> Size {
        let known = self.analyzed.iter().find(|(known, _)| *known == analyzer);
        known.map_or_else(Size::default, |(_, size)| *size)
    }

    /// The mean length of a field of words over the documents that can have it.
    pub fn average_length_of(&self, field: Field) -> f32 {
        self.average_lengths.iter().find(|(known, _)| *known == field).map_or(1.0, |(_, average)| *average)
    }

    /// The engine's own searcher.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Turns an error of the engine into one that names the index.
    pub fn engine_error(&self, error: tantivy::TantivyError) -> IndexError {
        self.location.engine(error)
    }
}
