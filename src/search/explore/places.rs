//! Pages by where they lie in the index, and what an answer says to point to one.

use crate::index::{IndexError, Snapshot};
use crate::model::{Page, Section};
use crate::search::SearchError;
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Instant;

/// What points to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageLink {
    /// The page's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where people find it, or null.
    pub url: Option<String>,
    /// The source it was read from.
    pub source: String,
}

impl PageLink {
    pub(super) fn of(page: &Page) -> Self {
        Self {
            id: page.id.clone(),
            title: page.title.clone(),
            url: page.url.clone(),
            source: page.source.clone(),
        }
    }
}

/// Where a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::search) struct Place {
    /// The segment, an index into the snapshot's.
    pub(super) segment: usize,
    /// The page, an index into the segment's.
    pub(super) index: usize,
}

impl Place {
    /// That of the page with this id.
    ///
    /// # Errors
    /// [`SearchError::UnknownPages`] where there is none.
    pub(super) fn of(snapshot: &Snapshot, id: &str) -> Result<Self, SearchError> {
        let place = snapshot.place_of(id).map(|(segment, index)| Self { segment, index });
        place.ok_or_else(|| SearchError::UnknownPages(vec![id.to_owned()]))
    }

    /// All there are, segment by segment.
    pub(super) fn all(snapshot: &Snapshot) -> impl Iterator<Item = Self> {
        let segments = snapshot.segments.iter().enumerate();
        segments.flat_map(|(segment, pages)| (0..pages.pages.len()).map(move |index| Self { segment, index }))
    }

    /// Its ordinal among all pages, which is in the order of ids.
    pub(super) fn ordinal(self, snapshot: &Snapshot) -> u32 {
        snapshot.segments[self.segment].pages[self.index].page
    }

    /// The page without its sections.
    pub(super) fn head(self, snapshot: &Snapshot) -> Result<Page, IndexError> {
        snapshot.head(self.segment, snapshot.segments[self.segment].pages[self.index].first)
    }

    /// The whole page.
    pub(super) fn page(self, snapshot: &Snapshot) -> Result<Page, IndexError> {
        snapshot.page_at(self.segment, self.index)
    }

    /// One of its sections, counted from 0.
    pub(super) fn section(self, snapshot: &Snapshot, index: u32) -> Result<Option<Section>, IndexError> {
        let page = snapshot.segments[self.segment].pages[self.index];
        let document = page.first.saturating_add(index);
        (document < page.end).then(|| snapshot.section(self.segment, document)).transpose()
    }
}

/// Fails once the deadline has passed.
pub(super) fn in_time(deadline: Option<Instant>) -> Result<(), SearchError> {
    match deadline {
        Some(deadline) if Instant::now() > deadline => Err(SearchError::TooLate),
        _ => Ok(()),
    }
}
