//! Pages that are counted together: their values lie all over memory, and where one field after the other is counted of many
//! pages, the processor waits for many of them at once.

use crate::index::{CopyGroup, Segment};
use crate::model::FacetField;
use crate::search::filters::{Counted, FilterSet, Own, values_of};
use std::iter::once;
use tantivy::DocId;

/// How many pages are counted together.
const PAGES: usize = 256;

/// Of so many pages that lie together one matches, where they are near.
const NEAR: usize = 4;

/// Some pages of a segment that match.
pub(in crate::search) struct Batch<'s> {
    pub(super) segment: &'s Segment,
    pages: Vec<BatchPage<'s>>,
    /// The sections that match.
    sections: Vec<DocId>,
    /// Those that pass the filter of sections, where there is one.
    left: Option<Vec<DocId>>,
}

/// A page, and where its sections end.
pub(super) struct BatchPage<'s> {
    pub(super) index: usize,
    /// The one filter that it does not pass.
    pub(super) fails: Option<Own>,
    copies: Option<&'s CopyGroup>,
    sections: usize,
    left: usize,
}

impl BatchPage<'_> {
    /// The ordinals of the values that the page has of a field that is not of sections.
    pub(super) fn values<'v>(&'v self, segment: &'v Segment, field: FacetField) -> &'v [u32] {
        values_of(segment, self.index, self.copies, field)
    }
}

impl<'s> Batch<'s> {
    pub(in crate::search) fn new(segment: &'s Segment, filters: &FilterSet) -> Self {
        let left = filters.filters_sections().then(Vec::new);
        Self { segment, pages: Vec::with_capacity(PAGES), sections: Vec::new(), left }
    }

    /// Adds a page that matches; whether it passes the filters.
    pub(in crate::search) fn add(&mut self, page: Counted<'_, 's>, filters: &FilterSet) -> bool {
        let Some(fails) = filters.failing(page) else { return false };
        let before = self.left().len();
        self.sections.extend(page.page.sections.iter().map(|section| section.document));
        if let Some(left) = &mut self.left {
            left.extend(filters.sections(page.segment, page.page).map(|section| section.document));
        }
        let (sections, left) = (self.sections.len(), self.left().len());
        self.pages.push(BatchPage { index: page.page.index, fails, copies: page.copies, sections, left });
        fails.is_none() && left > before
    }

    pub(in crate::search) fn is_full(&self) -> bool {
        self.pages.len() >= PAGES
    }

    pub(in crate::search) fn clear(&mut self) {
        self.pages.clear();
        self.sections.clear();
        self.left.iter_mut().for_each(Vec::clear);
    }

    /// Whether the pages lie so near to each other that what they have is fetched by the processor before it is asked for.
    pub(super) fn is_near(&self) -> bool {
        let ends = self.pages.first().zip(self.pages.last());
        ends.is_none_or(|(first, last)| last.index - first.index < NEAR * self.pages.len())
    }

    fn left(&self) -> &[DocId] {
        self.left.as_ref().unwrap_or(&self.sections)
    }

    /// The sections that match, page by page, of those pages that pass all filters of pages.
    pub(super) fn sections(&self) -> impl Iterator<Item = &[DocId]> {
        let starts = once(0).chain(self.pages.iter().map(|page| page.sections));
        let pages = starts.zip(&self.pages).filter(|(_, page)| page.fails.is_none());
        pages.map(|(start, page)| &self.sections[start..page.sections])
    }

    /// The sections that match, and those that pass, where all pages pass all filters of pages: mostly there are none.
    pub(super) fn of_all(&self) -> Option<(&[DocId], &[DocId])> {
        let pass = self.pages.iter().all(|page| page.fails.is_none());
        pass.then(|| (&*self.sections, self.left()))
    }

    /// The pages, each with the sections that pass.
    pub(super) fn pages(&self) -> impl Iterator<Item = (&BatchPage<'s>, &[DocId])> {
        let starts = once(0).chain(self.pages.iter().map(|page| page.left));
        starts.zip(&self.pages).map(|(start, page)| (page, &self.left()[start..page.left]))
    }

    /// Those that count where a filter does not.
    pub(super) fn counted(&self, own: Own) -> impl Iterator<Item = (&BatchPage<'s>, &[DocId])> {
        let counts = move |page: &BatchPage<'_>| page.fails.is_none_or(|fails| fails == own);
        self.pages().filter(move |(page, left)| counts(page) && !left.is_empty())
    }
}
