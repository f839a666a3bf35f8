//! How alike a question and a page's title are written: BM25 over runs of four letters. It tells titles apart that have the
//! same words of a question, and joins what is written together here and apart there.

use super::postings::{self, Place};
use super::query::{Query, Shape};
use crate::index::{Segment, Size, Snapshot};
use crate::text::grams;

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
    /// The title that was read last.
    of_title: Vec<u64>,
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
        Ok(found)
    }

    /// What the title of a page is worth at the most.
    pub(super) fn most(&self, segment: &Segment, page: usize) -> f32 {
        let worth: f32 = segment.letters.may_have(page, &self.grams).map(|(_, worth)| worth).sum();
        worth * shorter(f32::from(segment.letters.count(page))) * ROUNDING
    }

    /// What the title of a page is worth.
    pub(super) fn score(&mut self, segment: &Segment, page: usize) -> f32 {
        if self.grams.is_empty() {
            return 0.0;
        }
        segment.letters.runs(&segment.pages[page], &mut self.of_title);
        let mut score = 0.0;
        for gram in &self.of_title {
            if let Ok(at) = self.grams.binary_search_by_key(gram, |(gram, _)| *gram) {
                score += self.grams[at].1;
            }
        }
        score * shorter(self.of_title.len() as f32)
    }
}

/// How much of the worth of its runs a title of so many is worth.
fn shorter(length: f32) -> f32 {
    postings::once(postings::length(length, TYPICAL, B)) / postings::once(0.0)
}
