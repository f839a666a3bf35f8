//! The best pages of a pass, in bounded memory.

/// How many more than are wanted are kept before the worst go, at the least: soon it is known what is not worth a look.
const FEWEST: usize = 16;

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
    candidates: Vec<Candidate>,
    /// What is worse than this is not kept.
    least: Option<Candidate>,
}

impl Top {
    pub(super) fn new(wanted: usize) -> Self {
        Self { wanted, candidates: Vec::new(), least: None }
    }

    pub(super) fn push(&mut self, candidate: Candidate) {
        if self.wanted == 0 || self.least.is_some_and(|least| order(&candidate, &least).is_gt()) {
            return;
        }
        self.candidates.push(candidate);
        if self.candidates.len() >= self.wanted + self.wanted.max(FEWEST) {
            self.candidates.select_nth_unstable_by(self.wanted - 1, order);
            self.candidates.truncate(self.wanted);
            self.least = self.candidates.last().copied();
        }
    }

    /// Whether a page of this key and score may be among the best.
    pub(super) fn may_take(&self, key: f64, score: f32) -> bool {
        let is_as_good = |least: Candidate| key > least.key || key >= least.key && score >= least.score;
        self.wanted > 0 && self.least.is_none_or(is_as_good)
    }

    /// The best, best first.
    pub(super) fn best(mut self) -> Vec<Candidate> {
        self.candidates.sort_unstable_by(order);
        self.candidates.truncate(self.wanted);
        self.candidates
    }
}

fn order(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
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
                if top.may_take(candidate.key, candidate.score) {
                    top.push(candidate);
                }
            }
            all.sort_by(order);
            let pages = |list: &[Candidate]| list.iter().map(|candidate| candidate.page).collect::<Vec<_>>();
            prop_assert_eq!(pages(&top.best()), pages(&all[..wanted.min(all.len())]));
        }
    }
}
