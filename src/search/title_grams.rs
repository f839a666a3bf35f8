//! How alike a question and a page's title are written: BM25 over runs of four letters. It tells titles apart that have the
//! same words of a question, and joins what is written together here and apart there.

use super::postings::{self, Place};
use super::query::{Query, Shape};
use crate::index::{Segment, Size, Snapshot};
use crate::text::grams;
use tantivy::DocId;
use tantivy::columnar::Column;

/// How much it counts beside the words.
const WORTH: f32 = 0.2;
/// The most runs of a question.
const MOST: usize = 64;
/// How many runs a title has, on the whole: two or three words.
const TYPICAL: f32 = 20.0;
/// Sums of the same numbers in another order differ by less.
const ROUNDING: f32 = 1.0001;
/// BM25's parameter of how much it counts how long a title is.
const B: f32 = 0.75;

/// The runs of a question's words that stand in titles.
#[derive(Debug, Default)]
pub(super) struct TitleGrams {
    /// In order, with what each is worth.
    grams: Vec<(u64, f32)>,
    /// The most that a title can be worth.
    pub(super) most: f32,
}

impl TitleGrams {
    pub(super) fn of(query: &Query, snapshot: &Snapshot) -> tantivy::Result<Self> {
        let wants = query.wants.iter().enumerate().filter(|(bit, _)| query.is_positive(*bit));
        let words = wants.filter(|(_, want)| want.shape == Shape::Word && want.is_in_titles());
        let words: Vec<&str> = words.flat_map(|(_, want)| want.folded.iter().map(String::as_str)).collect();
        let pages = snapshot.pages.len() as u64;
        let size = Size { pages, sections: pages };
        let mut found = Self::default();
        for gram in grams(&words.join(" ")).into_iter().take(MOST) {
            let having = snapshot.titles_with(gram)?;
            if having > 0 {
                let worth = WORTH * postings::rarity(Place::Page, having, size) * postings::once(0.0);
                found.grams.push((gram, worth));
            }
        }
        found.most = most(found.grams.iter().map(|(_, worth)| *worth).collect());
        Ok(found)
    }

    /// The titles of a segment.
    pub(super) fn column(&self, segment: &Segment) -> tantivy::Result<Option<Column<u64>>> {
        if self.grams.is_empty() { Ok(None) } else { segment.title_grams() }
    }

    /// What the title of the page is worth that begins at a document.
    pub(super) fn score(&self, column: Option<&Column<u64>>, first: DocId) -> f32 {
        let Some(column) = column else { return 0.0 };
        let (mut score, mut length) = (0.0, 0.0);
        for gram in column.values_for_doc(first) {
            length += 1.0;
            if let Ok(at) = self.grams.binary_search_by_key(&gram, |(gram, _)| *gram) {
                score += self.grams[at].1;
            }
        }
        score * shorter(length)
    }
}

/// How much of the worth of its runs a title of so many is worth.
fn shorter(length: f32) -> f32 {
    postings::once(postings::length(length, TYPICAL, B)) / postings::once(0.0)
}

/// The most that a title can be worth: one that has so many of these runs has no fewer.
fn most(mut worths: Vec<f32>) -> f32 {
    worths.sort_unstable_by(|a, b| b.total_cmp(a));
    let (mut sum, mut length, mut most) = (0.0, 0.0, 0.0_f32);
    for worth in worths {
        sum += worth;
        length += 1.0;
        most = most.max(sum * shorter(length));
    }
    most * ROUNDING
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_title_is_worth_more(worths in prop::collection::vec(0.0_f32..9.0, 1..30), has in prop::collection::vec(any::<bool>(), 30), others in 0_u8..20) {
            let shared: Vec<f32> = worths.iter().zip(&has).filter(|(_, has)| **has).map(|(worth, _)| *worth).collect();
            let length = shared.len() as f32 + f32::from(others);
            let worth = shared.iter().sum::<f32>() * shorter(length);
            prop_assert!(worth <= most(worths));
        }
    }
}
