//! How alike a question and a page's title are written: BM25 over runs of four letters. It tells titles apart that have the
//! same words of a question, and joins what is written together here and apart there.

use super::postings::{self, Place};
use super::query::{Query, Shape};
use crate::index::{Segment, Size, Snapshot, TitleLetters};
use crate::text::grams;
use std::sync::LazyLock;

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
pub(super) struct TitleGrams {
    /// In order, with what each is worth.
    grams: Vec<(u64, f32)>,
    /// The bits on which they fall, and what those are worth that fall on each.
    bits: u128,
    worths: [f32; u128::BITS as usize],
    /// What all of them are worth.
    all: f32,
    /// The title that was read last.
    of_title: Vec<u64>,
}

impl TitleGrams {
    pub(super) fn of(query: &Query, snapshot: &Snapshot) -> Self {
        let wants = query.wants.iter().enumerate().filter(|(bit, _)| query.is_positive(*bit));
        let words = wants.filter(|(_, want)| want.shape == Shape::Word && want.is_in_titles());
        let words: Vec<&str> = words.flat_map(|(_, want)| want.folded.iter().map(String::as_str)).collect();
        let pages = snapshot.pages.len() as u64;
        let size = Size { pages, sections: pages };
        let mut found = Self { grams: Vec::new(), bits: 0, worths: [0.0; _], all: 0.0, of_title: Vec::new() };
        for gram in grams(&words.join(" ")).into_iter().take(MOST) {
            let having = snapshot.titles_with(gram);
            if having > 0 {
                let worth = WORTH * postings::rarity(Place::Page, having, size) * postings::once(0.0);
                found.add(gram, worth);
            }
        }
        found
    }

    fn add(&mut self, gram: u64, worth: f32) {
        let bit = TitleLetters::bit(gram);
        self.grams.push((gram, worth));
        self.bits |= 1 << bit;
        self.worths[bit as usize] += worth;
        self.all += worth;
    }

    /// What any title is worth at the most.
    pub(super) fn most_of_all(&self) -> f32 {
        self.all * SHORTER[0] * ROUNDING
    }

    /// What the title of a page is worth at the most.
    pub(super) fn most(&self, segment: &Segment, page: usize) -> f32 {
        let mut shared = segment.letters.bits(page) & self.bits;
        if shared == 0 {
            return 0.0;
        }
        let mut worth = 0.0;
        while shared != 0 {
            worth += self.worths[shared.trailing_zeros() as usize];
            shared &= shared - 1;
        }
        worth * SHORTER[usize::from(segment.letters.count(page))] * ROUNDING
    }

    /// What the title of a page is worth.
    pub(super) fn score(&mut self, segment: &Segment, page: usize) -> f32 {
        let shared = segment.letters.bits(page) & self.bits;
        if shared == 0 {
            return 0.0;
        }
        segment.letters.runs(&segment.pages[page], &mut self.of_title);
        let may_have = self.grams.iter().filter(|(gram, _)| shared >> TitleLetters::bit(*gram) & 1 == 1);
        let has = may_have.filter(|(gram, _)| self.of_title.binary_search(gram).is_ok());
        has.fold(0.0, |worth, (_, of_gram)| worth + of_gram) * shorter(self.of_title.len() as f32)
    }
}

/// The same as [`shorter`], by length.
static SHORTER: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|length| shorter(length as f32)));

/// How much of the worth of its runs a title of so many is worth.
fn shorter(length: f32) -> f32 {
    postings::once(postings::length(length, TYPICAL, B)) / postings::once(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_title_is_worth_more_than_its_bits_say(title in prop::collection::btree_set(0_u64..600, 0..40), asked in prop::collection::btree_map(0_u64..600, 0.0_f32..9.0, 0..40)) {
            let mut grams = TitleGrams { grams: Vec::new(), bits: 0, worths: [0.0; _], all: 0.0, of_title: Vec::new() };
            asked.iter().for_each(|(gram, worth)| grams.add(*gram, *worth));
            let bits = title.iter().fold(0_u128, |bits, gram| bits | 1 << TitleLetters::bit(*gram));
            let most: f32 = grams.worths.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, worth)| worth).sum();
            let worth: f32 = asked.iter().filter(|(gram, _)| title.contains(gram)).map(|(_, worth)| worth).sum();
            prop_assert!(worth <= most * ROUNDING);
        }
    }
}
