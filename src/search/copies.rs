//! Copies in an answer: of pages that say the same one is shown, the first that passes the filters, and the others that
//! do are named.

use super::SearchError;
use super::filters::FilterSet;
use super::response::PageCopy;
use super::top::Candidate;
use crate::index::{SegmentPage, Snapshot};
use crate::model::FacetField;

/// The most copies of a page that are named.
pub const MOST_COPIES: usize = 20;

/// Where the page that is shown is: its segment, and its documents there.
pub(super) fn place_of(candidate: &Candidate, snapshot: &Snapshot) -> (usize, SegmentPage) {
    let copies = snapshot.copies.of(candidate.page).map_or(&[][..], |copies| &copies.pages);
    let shown = copies.iter().find(|copy| copy.page == candidate.page);
    let (segment, index) =
        shown.map_or((candidate.segment, candidate.index), |copy| (copy.segment, copy.index));
    (segment, snapshot.segments[segment].pages[index])
}

/// The copies of the page that is shown, by its ordinal, and how many there are.
pub(super) fn named(
    page: u32,
    filters: &FilterSet,
    snapshot: &Snapshot,
) -> Result<(Vec<PageCopy>, u64), SearchError> {
    let Some(copies) = snapshot.copies.of(page) else { return Ok((Vec::new(), 0)) };
    let others = || filters.copies(copies).filter(|copy| copy.page != page);
    let named = others().take(MOST_COPIES).map(|copy| {
        let first = snapshot.segments[copy.segment].pages[copy.index].first;
        Ok(PageCopy {
            id: snapshot.pages.id(copy.page).to_owned(),
            url: snapshot.shown_page(copy.segment, first)?.url,
            source: snapshot.dictionary(FacetField::Source).id(copy.source).to_owned(),
        })
    });
    Ok((named.collect::<Result<_, SearchError>>()?, others().count() as u64))
}
