//! Many pages read at once, leaf by leaf. Where the words of a question stand in many pages, that takes a fraction of the time that
//! it takes to ask for each word in each page. What stands where is told by a bit for each leaf, and what follows for a page
//! from its bits is worked out once for all pages that have the same.

use super::next::Needed;
use super::{Having, Sweeper};
use crate::index::{Segment, SegmentPage};
use crate::search::documents::Blocks;
use crate::search::matched::MatchedSection;
use crate::search::plan::Plan;
use crate::search::postings::{Leaf, Place};
use crate::search::query::Query;
use std::ops::Range;
use tantivy::{DocId, TERMINATED};

/// How many documents are read at once: their bits stay near to the processor.
const DOCUMENTS: DocId = 2048;
/// How many bits of a hash are not used to find what is known of a set of leaves.
const KNOWN_BITS: u32 = u64::BITS - 8;
/// What is taken to seek a leaf in a page, and to open one, in documents that are read instead.
const SEEK: u64 = 2;
const OPEN: u64 = 100;

/// The pages that were read last.
pub(super) struct Window {
    /// By leaf, the hints after the others.
    leaves: Vec<Blocks>,
    /// The leaves, a bit each, of which a page has one that matches.
    leading: u64,
    /// The leaves of sections that let one match.
    of_sections: u64,
    pages: Range<usize>,
    first: DocId,
    /// By document, the leaves that stand there; and where one of those stands that lead, a bit for each document.
    here: Vec<u64>,
    led: Vec<u64>,
    /// By leaves that stand in a page and wants that it need not have.
    known: Vec<([u64; 2], Follows)>,
}

/// What follows for a page from what stands in it.
#[derive(Clone, Copy, Default)]
struct Follows {
    matches: bool,
    /// The clauses that it meets.
    met: u64,
    /// Its title has all that one has that is what was asked for.
    may_be_exact: bool,
    /// What it scores at the most, but for that.
    most: f32,
}

impl Window {
    /// For a segment, by its number; none where pages are better asked one by one.
    pub(super) fn of(
        (query, plan, having): (&Query, &Plan<'_>, Having),
        (at, segment): (usize, &Segment),
        (leaves, hints, needed): (&[Leaf], &[Leaf], &[Needed]),
    ) -> tantivy::Result<Option<Self>> {
        let is_plain = plan.kinds.is_empty()
            && plan.bounds.is_empty()
            && query.gates.is_empty()
            && query.nots.is_empty()
            && !query.is_everything();
        let are_positive = leaves.iter().all(|leaf| query.is_positive(leaf.of.want));
        if !is_plain || !are_positive || leaves.len() + hints.len() > u64::BITS as usize {
            return Ok(None);
        }
        let bits = |is: &dyn Fn(&Leaf) -> bool| {
            (0..)
                .zip(leaves)
                .filter(|(_, leaf)| is(leaf))
                .fold(0, |bits, (at, _): (u32, _)| bits | 1_u64 << at)
        };
        let titles = (leaves.len()..).zip(hints).filter(|(_, hint)| hint.of.place == Place::Page);
        let titles = titles.fold(0, |bits, (at, _)| bits | 1_u64 << at);
        let leading = match (having, needed.first()) {
            (Having::All, Some(rarest)) => rarest.leaves(),
            _ => bits(&|leaf| query.optional >> leaf.of.want & 1 == 0) | titles,
        };
        let all = leaves.iter().chain(hints);
        let cost = |bits: u64| {
            let of = (0..).zip(all.clone()).filter(|(at, _): &(u32, _)| bits >> at & 1 == 1);
            of.map(|(_, leaf)| u64::from(leaf.cost)).sum::<u64>()
        };
        let (count, pages) = (all.clone().count() as u64, segment.pages.len() as u64);
        let together = cost(u64::MAX) + count * OPEN;
        let one_by_one = cost(leading).min(pages) * count * SEEK;
        if together >= one_by_one {
            return Ok(None);
        }
        let Some(blocks) = plan.blocks(at)? else { return Ok(None) };
        Ok(Some(Self {
            leaves: blocks,
            leading,
            of_sections: bits(&|leaf| leaf.of.place == Place::Section),
            pages: 0..0,
            first: 0,
            here: Vec::new(),
            led: Vec::new(),
            known: vec![Default::default(); 1 << (u64::BITS - KNOWN_BITS)],
        }))
    }

    /// Reads pages from one on that is behind those that were read, up to an end; none where nothing stands there any more.
    fn read(&mut self, segment: &Segment, pages: Range<usize>) {
        let leading = (0..).zip(&self.leaves).filter(|(at, _): &(u32, _)| self.leading >> at & 1 == 1);
        let next = leading.map(|(_, leaf)| leaf.next()).min().unwrap_or(TERMINATED);
        let start = pages.start.max(segment.pages.from(next)).min(segment.pages.len());
        let end = pages.end.min(segment.pages.len());
        self.pages = start..start;
        self.here.clear();
        let Some(first) = segment.pages.get(start).map(|page| page.first).filter(|_| start < end) else {
            return;
        };
        let up_to = segment.pages.from(first.saturating_add(DOCUMENTS)).clamp(start + 1, end);
        let last = segment.pages[up_to - 1].end;
        (self.pages, self.first) = (start..up_to, first);
        let documents = (last - first) as usize;
        self.here.resize(documents, 0);
        self.led.clear();
        self.led.resize(documents.div_ceil(u64::BITS as usize), 0);
        let Self { here, led, leading, .. } = self;
        for (at, leaf) in (0..).zip(&mut self.leaves) {
            let bit: u64 = 1 << (at % u64::BITS);
            if *leading & bit == 0 {
                leaf.each(first..last, |document| here[(document - first) as usize] |= bit);
                continue;
            }
            leaf.each(first..last, |document| {
                let at = document - first;
                here[at as usize] |= bit;
                led[(at / u64::BITS) as usize] |= 1 << (at % u64::BITS);
            });
        }
    }

    /// The first document of those that were read in which a leaf stands that leads, from one on.
    fn next_led(&self, from: DocId) -> Option<DocId> {
        let from = from - self.first;
        let mut word = (from / u64::BITS) as usize;
        let mut bits = self.led.get(word)? & u64::MAX << (from % u64::BITS);
        while bits == 0 {
            word += 1;
            bits = *self.led.get(word)?;
        }
        Some(self.first + word as DocId * u64::BITS + bits.trailing_zeros())
    }

    /// What stands in the documents of a page that was read.
    fn page(&self, place: SegmentPage) -> &[u64] {
        &self.here[(place.first - self.first) as usize..(place.end - self.first) as usize]
    }
}

impl Sweeper<'_> {
    /// Reads pages of a run if its first was not read yet; whether it did.
    pub(super) fn read_window(&mut self, run: &Range<usize>) -> bool {
        let segment = self.segment;
        let Some(window) = self.window.as_mut().filter(|window| !window.pages.contains(&run.start)) else {
            return false;
        };
        window.read(segment, run.clone());
        self.next = window.pages.start;
        true
    }

    /// The next page that matches of those that were read, before an end.
    pub(super) fn next_in_window(&mut self, end: usize) -> Option<usize> {
        let end = self.window.as_ref()?.pages.end.min(end);
        while self.next < end {
            let window = self.window.as_ref()?;
            let next = self.segment.pages[self.next];
            let index = match window.next_led(next.first) {
                // Of what most pages have, the very next.
                Some(document) if document < next.end => self.next,
                Some(document) => self.segment.pages.from(document),
                None => end,
            };
            self.next = end.min(index + 1);
            if index < end && self.matches_in_window(index) {
                return Some(index);
            }
        }
        None
    }

    /// As [`Sweeper::matches`], of a page that was read with others.
    fn matches_in_window(&mut self, index: usize) -> bool {
        let Some(window) = &self.window else { return false };
        let place = self.segment.pages[index];
        let here = window.page(place);
        let all = here.iter().fold(0, |all, here| all | here);
        if all & window.leading == 0 {
            return false;
        }
        let idle = self.idle_in(index);
        let at = ((all ^ idle).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> KNOWN_BITS) as usize;
        let follows = match window.known[at] {
            (of, follows) if of == [all, idle] => follows,
            _ => self.follows(all, idle),
        };
        let Some(window) = &mut self.window else { return false };
        window.known[at] = ([all, idle], follows);
        if !follows.matches {
            return false;
        }
        let (page, sections) = (&mut self.page, window.of_sections);
        page.index = index;
        page.met = follows.met;
        page.sections.clear();
        let section = |document: DocId| MatchedSection { document, score: 0.0 };
        page.sections.extend((place.first..place.end).map(section));
        self.lists_all = all & sections == 0;
        if !self.lists_all {
            // Without a branch, which would be as often wrong as right.
            let mut count = 0;
            for (document, here) in (place.first..).zip(window.page(place)) {
                page.sections[count].document = document;
                count += usize::from(here & sections != 0);
            }
            page.sections.truncate(count);
        }
        self.is_exact = follows.may_be_exact
            && self.titles.as_ref().is_some_and(|(norms, words)| norms.fieldnorm(place.first) == *words);
        self.most_of_read = Some(follows.most);
        true
    }

    /// What follows for a page in which these leaves stand and that need not have these wants, a bit each.
    fn follows(&mut self, here: u64, idle: u64) -> Follows {
        let (mut of_page, mut found, mut near) = (idle, idle, false);
        for (at, leaf) in (0..).zip(self.leaves.iter().chain(&self.hints)) {
            if here >> (at % u64::BITS) & 1 == 0 {
                continue;
            }
            match (leaf.of.place, (at as usize) < self.leaves.len()) {
                (Place::Page, true) => of_page |= 1 << leaf.of.want,
                (Place::Section, true) => found |= 1 << leaf.of.want,
                (Place::Page, false) => near = true,
                (Place::Section, false) => {}
            }
        }
        found |= of_page;
        let (query, needed) = (self.query, self.query.needed());
        let met = query.met(found);
        let has_enough = self.having == Having::Any || met == query.all_clauses();
        Follows {
            matches: has_enough
                && (met != 0 || near)
                && query.required.iter().all(|required| required.holds(found)),
            met,
            may_be_exact: of_page & needed == needed,
            most: self.most_of(here),
        }
    }
}
