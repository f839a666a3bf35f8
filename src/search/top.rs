//! The best pages of a pass, in bounded memory.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A page that may be listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// What it is ordered by before its score; the greatest first.
    pub(super) key: f64,
    pub(super) score: f32,
    /// The ordinal of the page that is shown, which is in the order of ids: ties go by it.
    pub(super) page: u32,
    /// Where the page is that matched: that page, or the one that stands for it and its copies.
    pub(super) segment: usize,
    /// Index into the segment's pages.
    pub(super) index: usize,
    /// The clauses of the question that it meets.
    pub(super) met: u64,
}

/// Keeps the best `wanted` of what it is given.
pub(super) struct Top {
    wanted: usize,
    /// The worst first.
    best: BinaryHeap<Ranked>,
}

/// A candidate that is greater the worse it is.
struct Ranked(Candidate);

impl Top {
    pub(super) fn new(wanted: usize) -> Self {
        Self { wanted, best: BinaryHeap::new() }
    }

    pub(super) fn push(&mut self, candidate: Candidate) {
        if self.best.len() < self.wanted {
            self.best.push(Ranked(candidate));
        } else if let Some(mut worst) = self.best.peek_mut()
            && order(&candidate, &worst.0).is_lt()
        {
            *worst = Ranked(candidate);
        }
    }

    /// Whether a page of this key, that scores no more than this and comes no earlier than `page`, may be among the best.
    #[inline]
    pub(super) fn may_take(&self, key: f64, page: u32, score: impl FnOnce() -> f32) -> bool {
        if self.best.len() < self.wanted {
            return true;
        }
        let Some(Ranked(worst)) = self.best.peek() else { return false };
        let may_be = || {
            let score = score();
            score > worst.score || score >= worst.score && page < worst.page
        };
        key > worst.key || key >= worst.key && may_be()
    }

    /// The best, best first.
    pub(super) fn best(self) -> Vec<Candidate> {
        self.best.into_sorted_vec().into_iter().map(|Ranked(candidate)| candidate).collect()
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&self.0, &other.0)
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

fn order(a: &Candidate, b: &Candidate) -> Ordering {
    b.key.total_cmp(&a.key).then(b.score.total_cmp(&a.score)).then(a.page.cmp(&b.page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_of_a_full_sort(pages in prop::collection::vec((0_u8..3, 0_u8..20), 0..400), wanted in 0_usize..40) {
            let candidate = |(page, &(key, score)): (usize, &(u8, u8))| {
                // 0: it has no key.
                let key = if key == 0 { f64::NEG_INFINITY } else { f64::from(key) };
                Candidate { key, score: f32::from(score), page: page as u32, segment: 0, index: page, met: 0 }
            };
            let mut all: Vec<Candidate> = pages.iter().enumerate().map(candidate).collect();
            let mut top = Top::new(wanted);
            for &candidate in all.iter().rev() {
                if top.may_take(candidate.key, candidate.page, || candidate.score) {
                    top.push(candidate);
                }
            }
            all.sort_by(order);
            let pages = |list: &[Candidate]| list.iter().map(|candidate| candidate.page).collect::<Vec<_>>();
            prop_assert_eq!(pages(&top.best()), pages(&all[..wanted.min(all.len())]));
        }
    }
}
