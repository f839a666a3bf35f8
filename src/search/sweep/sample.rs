//! Pages that stand for all where totals and counts are estimated: of as many runs of pages that lie together as there are
//! to one that is looked at, one is drawn. The same are drawn every time, so that an answer stays what it is.

use std::cmp::Ordering;
use std::ops::Range;

/// How many pages lie together: about as many as a block of postings is of, where every section has the word.
const RUN: usize = 16;
/// From so many times as many pages as are looked at on it is of use.
const OF_USE: usize = 4;
/// What share of the pages that are looked at must match to tell how many match in all, within a few in a hundred.
const TELLING: u64 = 32;

/// Which pages are looked at, all segments' numbered through.
pub(super) struct Sample {
    /// As many runs as there are to one that is drawn.
    runs: usize,
    /// How many pages there are, and how many of them are looked at.
    pages: u64,
    drawn: u64,
}

impl Sample {
    /// About `wanted` of so many pages; none where it would not be much faster to look at these alone.
    pub(super) fn of(pages: usize, wanted: usize) -> Option<Self> {
        let runs = pages / wanted.max(1);
        (runs >= OF_USE).then(|| Self::with(pages, runs))
    }

    /// Whether so many that match are enough to tell how many do in all.
    pub(super) fn tells(&self, matching: u64) -> bool {
        matching > 0 && matching * TELLING >= self.drawn
    }

    fn with(pages: usize, runs: usize) -> Self {
        let group = runs * RUN;
        let drawn = |at: usize| (draw(at, runs) * RUN + at * group).min(pages);
        let drawn = (0..pages.div_ceil(group)).map(|at| (drawn(at) + RUN).min(pages) - drawn(at));
        Self { runs, pages: pages as u64, drawn: drawn.sum::<usize>() as u64 }
    }

    /// What all pages count, where those that were drawn count so many.
    pub(super) fn scaled(&self, count: u64) -> u64 {
        (count * self.pages + self.drawn / 2) / self.drawn.max(1)
    }

    /// The pages that were drawn and lie together, from the first on that is not before a page; they may be beyond the last.
    pub(super) fn next(&self, page: usize) -> Range<usize> {
        let (run, group) = (page / RUN, page / RUN / self.runs);
        let drawn = group * self.runs + draw(group, self.runs);
        let (start, run) = match run.cmp(&drawn) {
            Ordering::Equal => (page, run),
            Ordering::Less => (drawn * RUN, drawn),
            Ordering::Greater => {
                let next = (group + 1) * self.runs + draw(group + 1, self.runs);
                (next * RUN, next)
            }
        };
        start..(run + 1) * RUN
    }

    /// Whether a page was drawn.
    pub(super) fn has(&self, page: usize) -> bool {
        self.next(page).start == page
    }
}

/// Which run of a group is drawn (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn draw(group: usize, runs: usize) -> usize {
    let mut mixed = (group as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ mixed >> 31) % runs as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_pages_are_all_looked_at() {
        assert!(Sample::of(OF_USE * 1000 - 1, 1000).is_none());
        let sample = Sample::of(1_000_000, 32_768).unwrap();
        assert!((32_000..34_000).contains(&sample.drawn), "{}", sample.drawn);
        assert!(sample.tells(1100) && !sample.tells(900));
    }

    proptest! {
        #[test]
        fn a_page_is_drawn_or_left_out(pages in 1_usize..20_000, runs in 2_usize..40) {
            let sample = Sample::with(pages, runs);
            let (mut drawn, mut next) = (0, sample.next(0).start);
            for page in 0..pages {
                let run = sample.next(page);
                prop_assert_eq!(run.start, next);
                prop_assert!(run.clone().all(|page| sample.has(page)), "{run:?}");
                if page == next {
                    drawn += 1;
                    next = sample.next(page + 1).start;
                }
                prop_assert_eq!(sample.has(page), run.start == page);
            }
            prop_assert_eq!(drawn, sample.drawn);
        }
    }
}
