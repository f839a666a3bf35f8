//! Where the pages of a segment lie among its documents, and which page a document is of. A question asks that for every place
//! where a word stands, so little memory tells it: a bit for each document and a number for each 64.

use std::ops::Deref;
use tantivy::DocId;

/// A page within a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentPage {
    /// Its first document.
    pub first: DocId,
    /// The document after its last.
    pub end: DocId,
    /// Its ordinal among all pages, which is in the order of ids.
    pub page: u32,
}

/// The pages of a segment that are not deleted, in the order of their documents.
#[derive(Debug, Default)]
pub struct SegmentPages {
    pages: Vec<SegmentPage>,
    /// A bit for each document: whether a page begins with it.
    begins: Vec<u64>,
    /// For each 64 of these bits, how many pages begin before them.
    before: Vec<u32>,
}

impl SegmentPages {
    /// These pages, in the order of their documents.
    pub(super) fn new(pages: Vec<SegmentPage>) -> Self {
        let words = pages.last().map_or(0, |last| word_of(last.first) + 1);
        let mut begins = vec![0; words];
        for page in &pages {
            begins[word_of(page.first)] |= 1 << (page.first % u64::BITS);
        }
        let mut count = 0;
        let before = begins.iter().map(|bits: &u64| {
            let before = count;
            count += bits.count_ones();
            before
        });
        Self { before: before.collect(), begins, pages }
    }

    /// The index of the page that a document is of; none where it is deleted.
    pub fn of(&self, document: DocId) -> Option<usize> {
        let index = self.from(document);
        self.pages.get(index).is_some_and(|page| page.first <= document).then_some(index)
    }

    /// The same, or where the document is deleted the index of the page after it; their number where there is none.
    pub fn from(&self, document: DocId) -> usize {
        let Some(begins) = self.begins.get(word_of(document)) else {
            let is_of_last = self.pages.last().is_some_and(|last| document < last.end);
            return self.pages.len() - usize::from(is_of_last);
        };
        let up_to = begins & (u64::MAX >> (u64::BITS - 1 - document % u64::BITS));
        let begun = self.before[word_of(document)] + up_to.count_ones();
        let Some(last) = (begun as usize).checked_sub(1) else { return 0 };
        last + usize::from(self.pages[last].end <= document)
    }

    /// Takes the ordinal of each for what it becomes.
    pub(super) fn map(&mut self, map: &[u32]) {
        self.pages.iter_mut().for_each(|page| page.page = map[page.page as usize]);
    }
}

impl Deref for SegmentPages {
    type Target = [SegmentPage];

    fn deref(&self) -> &[SegmentPage] {
        &self.pages
    }
}

impl<'a> IntoIterator for &'a SegmentPages {
    type Item = &'a SegmentPage;
    type IntoIter = std::slice::Iter<'a, SegmentPage>;

    fn into_iter(self) -> Self::IntoIter {
        self.pages.iter()
    }
}

fn word_of(document: DocId) -> usize {
    (document / u64::BITS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_document_is_found(runs in prop::collection::vec((0_u32..100, 1_u32..100), 0..60)) {
            // So many that are deleted, and then a page of so many.
            let (mut pages, mut next) = (Vec::new(), 0);
            for (page, (deleted, documents)) in (0..).zip(runs) {
                let first = next + deleted;
                next = first + documents;
                pages.push(SegmentPage { first, end: next, page });
            }
            let found = SegmentPages::new(pages.clone());
            prop_assert_eq!(&*found, &*pages);
            for document in 0..next + 200 {
                let of = pages.iter().position(|page| (page.first..page.end).contains(&document));
                prop_assert_eq!(found.of(document), of);
                let from = pages.iter().position(|page| document < page.end).unwrap_or(pages.len());
                prop_assert_eq!(found.from(document), from);
            }
        }
    }
}
