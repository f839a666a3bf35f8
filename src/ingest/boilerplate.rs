//! Which blocks stand on most pages of a source: counted over all of its pages, so that what is decided does not depend
//! on the order in which they came. Copies of a page count once: what they share is what the page says.

use crate::annotate::FINGERPRINT_BYTES;
use crate::index::Boilerplate;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A block is boilerplate on no fewer pages than this, and on more than half of them.
const FEWEST_PAGES: u64 = 5;

/// How many fingerprints are sorted at a time. They are looked through as often as that takes, for a copy of them all would
/// grow with the source.
const SORTED: usize = 1 << 20;

/// The fingerprints of pages, one after the other, with what each page is. They are most of what a run remembers of a page, so
/// they take no more than their own bytes.
pub(super) struct Fingerprints<P> {
    /// With the end of its fingerprints.
    pages: Vec<(P, usize)>,
    fingerprints: Vec<[u8; FINGERPRINT_BYTES]>,
}

/// Takes the fingerprints of a page.
pub(super) type Take<'t> = &'t mut dyn FnMut(&[u64]);

/// What was decided: the blocks that are boilerplate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Verdict(BTreeMap<u64, Boilerplate>);

impl<P> Default for Fingerprints<P> {
    fn default() -> Self {
        Self { pages: Vec::new(), fingerprints: Vec::new() }
    }
}

impl<P> Fingerprints<P> {
    pub(super) fn push(&mut self, page: P, fingerprints: &[u64]) {
        self.fingerprints.extend(fingerprints.iter().map(|fingerprint| {
            let mut bytes = [0; FINGERPRINT_BYTES];
            bytes.copy_from_slice(&fingerprint.to_le_bytes()[..FINGERPRINT_BYTES]);
            bytes
        }));
        self.pages.push((page, self.fingerprints.len()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Calls `take` with each page and its fingerprints, in the order in which they came.
    pub(super) fn each<E>(&self, mut take: impl FnMut(&P, &[u64]) -> Result<(), E>) -> Result<(), E> {
        let (mut begin, mut of_page) = (0, Vec::new());
        for (page, end) in &self.pages {
            of_page.clear();
            of_page.extend(self.fingerprints[begin..*end].iter().map(|bytes| {
                let mut whole = [0; size_of::<u64>()];
                whole[..FINGERPRINT_BYTES].copy_from_slice(bytes);
                u64::from_le_bytes(whole)
            }));
            begin = *end;
            take(page, &of_page)?;
        }
        Ok(())
    }
}

impl Verdict {
    /// Decides over pages: `each` goes through them all, always in the same order, with the fingerprints of each, none of
    /// them twice. The lengths are those that a verdict before has learned, and else yet to be learned.
    pub(super) fn over<E>(each: impl Fn(Take<'_>) -> Result<(), E>, before: &Self) -> Result<Self, E> {
        Self::on_more_than((1, 2), each, before)
    }

    /// Guesses from some of the pages. Boilerplate stands on nearly all; what stands on little more than half of these
    /// may well stand on less than half of all.
    pub(super) fn guess<E>(each: impl Fn(Take<'_>) -> Result<(), E>) -> Result<Self, E> {
        Self::on_more_than((3, 4), each, &Self::default())
    }

    fn on_more_than<E>(
        (share, of): (u64, u64),
        each: impl Fn(Take<'_>) -> Result<(), E>,
        before: &Self,
    ) -> Result<Self, E> {
        // A copy is not counted; its place among the pages tells it.
        let (mut counts, mut seen, mut all) = (Vec::new(), HashSet::new(), 0);
        each(&mut |fingerprints| {
            let mut hasher = DefaultHasher::new();
            fingerprints.hash(&mut hasher);
            counts.push(fingerprints.is_empty() || seen.insert(hasher.finish()));
            all += fingerprints.len();
        })?;
        drop(seen);
        let pages = counts.iter().filter(|counts| **counts).count() as u64;
        let mut blocks = BTreeMap::new();
        let parts = (all / SORTED + 1) as u64;
        let mut sorted: Vec<u64> = Vec::new();
        for part in 0..parts {
            let mut page = counts.iter();
            each(&mut |fingerprints| {
                if page.next().is_some_and(|counts| *counts) {
                    sorted.extend(fingerprints.iter().filter(|one| *one % parts == part));
                }
            })?;
            sorted.sort_unstable();
            for same in sorted.chunk_by(|a, b| a == b) {
                let (fingerprint, on) = (same[0], same.len() as u64);
                if on >= FEWEST_PAGES && of * on > share * pages {
                    let length = before.0.get(&fingerprint).map_or(0, |known| known.length);
                    blocks.insert(fingerprint, Boilerplate { fingerprint, pages: on, length });
                }
            }
            sorted.clear();
        }
        Ok(Self(blocks))
    }

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
    use std::convert::Infallible;

    #[test]
    fn fingerprints_are_kept_as_they_came() {
        let of: [&[u64]; 4] = [&[], &[0, 77, (1 << (8 * FINGERPRINT_BYTES)) - 1], &[], &[1 << 39]];
        let mut fingerprints = Fingerprints::default();
        (0..).zip(of).for_each(|(page, of)| fingerprints.push(page, of));
        let mut kept = Vec::new();
        let Ok(()) = fingerprints.each(|page, of| {
            kept.push((*page, of.to_vec()));
            Ok::<_, Infallible>(())
        });
        assert_eq!(kept, (0..).zip(of).map(|(page, of)| (page, of.to_vec())).collect::<Vec<(u32, _)>>());
    }

    #[test]
    fn more_than_half_of_the_pages_and_at_least_five() {
        let verdict = |pages: &[&[u64]]| -> Vec<(u64, u64)> {
            let each = |take: Take<'_>| {
                pages.iter().for_each(|page| take(page));
                Ok::<_, Infallible>(())
            };
            let Ok(verdict) = Verdict::over(each, &Verdict::default());
            let blocks = verdict.into_known().into_iter();
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
