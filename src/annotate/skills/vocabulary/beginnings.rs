//! With which words names begin: few words of a text do, and for the others nothing is looked up.

use super::BORDER;
use crate::text::{key, spread};

/// With which words spellings begin, as bits of their keys: there may be more, never fewer. Of a spelling of several
/// words its first two are known, for the first alone may be as common as "in".
#[derive(Debug)]
pub(super) struct Beginnings(Vec<u64>);

impl Beginnings {
    /// Bits to a pattern at least.
    const SPARSE: usize = 32;

    pub(super) fn of(patterns: &[String]) -> Self {
        let words = (patterns.len() * Self::SPARSE / 64).max(1).next_power_of_two();
        let mut beginnings = Self(vec![0; words]);
        for pattern in patterns {
            let mut words = pattern.split([' ', BORDER]).filter(|word| !word.is_empty()).map(key);
            if let Some(first) = words.next() {
                let (at, bit) = beginnings.place(first, words.next());
                beginnings.0[at] |= bit;
            }
        }
        beginnings
    }

    /// Whether a spelling may begin with a word and the one behind it, or be the word alone.
    pub(super) fn are(&self, first: u64, second: impl FnOnce() -> Option<u64>) -> bool {
        let has = |(at, bit): (usize, u64)| self.0[at] & bit != 0;
        has(self.place(first, None)) || second().is_some_and(|second| has(self.place(first, Some(second))))
    }

    fn place(&self, first: u64, second: Option<u64>) -> (usize, u64) {
        let both = first ^ second.map_or(0, |second| second.rotate_left(29) ^ 1);
        let spread = (spread(both) >> 24) as usize;
        (spread / 64 % self.0.len(), 1 << (spread % 64))
    }
}
