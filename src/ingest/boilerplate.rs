//! Which blocks stand on most pages of a source: counted over all of its pages, so that what is decided does not depend
//! on the order in which they came. Copies of a page count once: what they share is what the page says.

use crate::index::Boilerplate;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A block is boilerplate on no fewer pages than this, and on more than half of them.
const FEWEST_PAGES: u64 = 5;

/// Counts the fingerprints of pages.
#[derive(Default)]
pub(super) struct Counter {
    fingerprints: Vec<u64>,
    pages: u64,
    /// Hashes of the pages' fingerprints.
    seen: HashSet<u64>,
}

/// What was decided: the blocks that are boilerplate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Verdict(BTreeMap<u64, Boilerplate>);

impl Counter {
    /// Counts a page, each of whose fingerprints is given once.
    pub(super) fn add(&mut self, fingerprints: &[u64]) {
        let mut hasher = DefaultHasher::new();
        fingerprints.hash(&mut hasher);
        if !fingerprints.is_empty() && !self.seen.insert(hasher.finish()) {
            return;
        }
        self.fingerprints.extend_from_slice(fingerprints);
        self.pages += 1;
    }

    /// Decides; the lengths are those that a verdict before has learned, and else yet to be learned.
    pub(super) fn verdict(self, before: &Verdict) -> Verdict {
        self.on_more_than((1, 2), before)
    }

    /// Guesses from some of the pages. Boilerplate stands on nearly all; what stands on little more than half of these
    /// may well stand on less than half of all.
    pub(super) fn guess(self) -> Verdict {
        self.on_more_than((3, 4), &Verdict::default())
    }

    fn on_more_than(mut self, (share, of): (u64, u64), before: &Verdict) -> Verdict {
        self.fingerprints.sort_unstable();
        let counted = self.fingerprints.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64));
        let most = counted.filter(|(_, pages)| *pages >= FEWEST_PAGES && of * pages > share * self.pages);
        let length = |fingerprint: u64| before.0.get(&fingerprint).map_or(0, |known| known.length);
        let block = |(fingerprint, pages)| {
            (fingerprint, Boilerplate { fingerprint, pages, length: length(fingerprint) })
        };
        Verdict(most.map(block).collect())
    }
}

impl Verdict {
    /// The verdict that an index keeps of a source.
    pub(super) fn of(known: &[Boilerplate]) -> Self {
        Self(known.iter().map(|block| (block.fingerprint, *block)).collect())
    }

    /// As an index keeps it.
    pub(super) fn into_known(self) -> Vec<Boilerplate> {
        self.0.into_values().collect()
    }

    /// Whether one of these blocks is boilerplate.
    pub(super) fn knows_any(&self, fingerprints: &[u64]) -> bool {
        !self.0.is_empty() && fingerprints.iter().any(|one| self.0.contains_key(one))
    }

    /// Whether a block is boilerplate; its length is learned.
    pub(super) fn condemns(&mut self, fingerprint: u64, text: &str) -> bool {
        let Some(known) = self.0.get_mut(&fingerprint) else { return false };
        if known.length == 0 {
            known.length = text.chars().count() as u64;
        }
        true
    }

    /// Whether another verdict decides otherwise about one of these blocks.
    pub(super) fn differs(&self, other: &Self, fingerprints: &[u64]) -> bool {
        fingerprints.iter().any(|one| self.0.contains_key(one) != other.0.contains_key(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_of_the_pages_and_at_least_five() {
        let verdict = |pages: &[&[u64]]| -> Vec<(u64, u64)> {
            let mut counter = Counter::default();
            pages.iter().for_each(|page| counter.add(page));
            let blocks = counter.verdict(&Verdict::default()).into_known().into_iter();
            blocks.map(|block| (block.fingerprint, block.pages)).collect()
        };
        let pages: Vec<[u64; 3]> =
            (0..10).map(|page| [page, if page < 5 { 77 } else { 100 + page }, 99]).collect();
        let pages: Vec<&[u64]> = pages.iter().map(<[u64; 3]>::as_slice).collect();
        assert_eq!(verdict(&pages), [(99, 10)]);
        assert_eq!(verdict(&pages[..9]), [(77, 5), (99, 9)]);
        assert_eq!(verdict(&pages[..4]), []);
        let copies: [&[u64]; 9] = [&[99]; 9];
        assert_eq!(verdict(&[&pages[..4], &copies].concat()), [(99, 5)], "a copy is no page of its own");
    }
}
