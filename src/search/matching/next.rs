//! Which page is looked at next.

use super::{Having, Sweeper};
use crate::index::Segment;
use crate::search::plan::Plan;
use crate::search::postings::{Leaf, Place};
use crate::search::query::{Clause, Query};
use tantivy::{DocId, TERMINATED};

/// Leaves of which a page that has all the words has one.
pub(super) struct Needed {
    /// Their places among the leaves.
    leaves: Vec<usize>,
    /// How many documents they have together.
    cost: u64,
}

impl Needed {
    /// What tells where the pages are that have all the words, the rarest first.
    pub(super) fn of(query: &Query, plan: &Plan<'_>, leaves: &[Leaf]) -> Vec<Self> {
        // What pages may have without a leaf that says so.
        let elsewhere = plan.kinds.iter().map(|(bit, _)| bit).chain(plan.bounds.iter().map(|(bit, _)| bit));
        let elsewhere = elsewhere.fold(0, |bits, bit| bits | 1 << bit);
        let idle = query.idle.iter().fold(0, |bits, (_, idle)| bits | idle);
        let needed = |clause: &Clause| {
            let bits = clause.expr.one_of()?;
            let is_needed = bits & (elsewhere | idle) == 0;
            let of = |leaf: &Leaf| bits >> leaf.of.want & 1 == 1;
            let leaves: Vec<usize> =
                (0..).zip(leaves).filter(|(_, leaf)| of(leaf)).map(|(at, _)| at).collect();
            is_needed.then_some(leaves)
        };
        let cost = |of: &[usize]| of.iter().map(|&at| u64::from(leaves[at].cost)).sum();
        let needed = query.clauses.iter().filter_map(needed);
        let mut needed: Vec<Self> = needed.map(|leaves| Self { cost: cost(&leaves), leaves }).collect();
        needed.sort_by_key(|needed| needed.cost);
        needed
    }

    /// The leaves, a bit each.
    pub(super) fn leaves(&self) -> u64 {
        self.leaves.iter().fold(0, |bits, at| bits | 1 << (at % 64))
    }

    /// The first document that has one, from a document on.
    fn seek(&self, leaves: &mut [Leaf], target: DocId) -> DocId {
        self.leaves.iter().map(|&at| leaves[at].seek(target)).min().unwrap_or(TERMINATED)
    }
}

impl Sweeper<'_> {
    /// The next page with a word of the question or that is pinned, or simply the next where everything matches.
    pub(super) fn next_candidate(&mut self, next: usize) -> Option<usize> {
        if self.query.is_everything() {
            return (next < self.segment.pages.len()).then_some(next);
        }
        let pinned = self.pinned.iter().copied().find(|&pinned| pinned >= next);
        // A leaf cannot go back to a page that is pinned.
        if self.having == Having::All && pinned.is_none() && !self.needed.is_empty() {
            return self.next_with_all(next);
        }
        let first = self.segment.pages.get(next)?.first;
        let document = self.first_document(first);
        let found = page_from(self.segment, document, next);
        if found.is_none() { pinned } else { found.map(|found| found.min(pinned.unwrap_or(found))) }
    }

    /// The first document from one on that something finds; what is optional finds none.
    fn first_document(&mut self, target: DocId) -> DocId {
        let optional = self.query.optional;
        let needed = self.leaves.iter_mut().filter(|leaf| optional >> leaf.of.want & 1 == 0);
        let near = self.hints.iter_mut().filter(|hint| hint.of.place == Place::Page);
        needed.chain(near).map(|leaf| leaf.seek(target)).min().unwrap_or(TERMINATED)
    }

    /// The next page that may have all the words.
    fn next_with_all(&mut self, next: usize) -> Option<usize> {
        let mut page = next;
        'pages: loop {
            let first = self.segment.pages.get(page)?.first;
            for needed in &self.needed {
                let found = page_from(self.segment, needed.seek(&mut self.leaves, first), page)?;
                if found > page {
                    page = found;
                    continue 'pages;
                }
            }
            return Some(page);
        }
    }
}

/// The page of a document, or the next where it is deleted; none before the page `least`.
fn page_from(segment: &Segment, document: DocId, least: usize) -> Option<usize> {
    // Of what most pages have, the very next.
    if document < segment.pages.get(least)?.end {
        return Some(least);
    }
    let page = segment.pages.from(document);
    (page < segment.pages.len()).then_some(page.max(least))
}
