//! One pass over the places of a question, page by page: which sections match and which words a page has. What it
//! scores is worked out only for pages that may be listed (`score`). Words that stand in many pages are read many pages at a
//! time (`window`).
//!
//! A page's documents lie together, so all that is known of a page is complete when the next one begins.

mod next;
mod score;
mod window;

use super::SearchError;
use super::matched::{MatchedPage, MatchedSection};
use super::pairs::{self, Pair};
use super::plan::Plan;
use super::postings::{Leaf, Place};
use super::query::Query;
use crate::index::{Analyzer, Segment, Snapshot};
use crate::model::FacetField;
use next::Needed;
use std::ops::Range;
use std::time::Instant;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, TERMINATED};
use window::Window;

/// How many pages are looked at between two looks at the clock.
const PAGES_PER_LOOK: u32 = 4096;

/// Which pages are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Having {
    /// Those that have all the words.
    All,
    /// Those that have any, or a word near to one in the title.
    Any,
}

/// What was read of a leaf at a document of the page.
#[derive(Clone, Copy)]
struct Reading {
    document: DocId,
    /// The name that the leaf is of.
    name: u16,
    /// Its place among the leaves, the hints after the others.
    leaf: u16,
    amount: f32,
}

impl Reading {
    fn of(leaf: &mut Leaf, at: usize) -> Self {
        let [name, at] = [leaf.of.name, at].map(|number| u16::try_from(number).unwrap_or(u16::MAX));
        Self { document: leaf.doc(), name, leaf: at, amount: leaf.amount() }
    }
}

/// Looks at some pages of a segment again, for what of them is shown; `indices` in order.
pub(super) fn pages(
    plan: &Plan<'_>,
    query: &Query,
    snapshot: &Snapshot,
    segment: (usize, &[usize]),
    indices: impl Iterator<Item = usize>,
    explains: bool,
) -> Result<Vec<MatchedPage>, SearchError> {
    let mut sweeper = Sweeper::new(plan, query, snapshot, segment, Having::Any)?;
    let read = |index| {
        sweeper.matches(index);
        let place = sweeper.segment.pages[index];
        sweeper.read_hints(place.first, place.end);
        sweeper.score_page(true, explains)?;
        Ok(std::mem::take(&mut sweeper.page))
    };
    indices.map(read).collect()
}

/// Goes through the pages of a segment that match, in order.
pub(super) struct Sweeper<'a> {
    plan: &'a Plan<'a>,
    query: &'a Query,
    segment: &'a Segment,
    /// The indices of pages that match whatever they say, in order.
    pinned: &'a [usize],
    having: Having,
    /// What pages that have all the words have, where that tells where they are.
    needed: Vec<Needed>,
    /// Where pages are read many at a time.
    window: Option<Window>,
    /// What the page that it is at scores at the most, if that was read so.
    most_of_read: Option<f32>,
    /// Nothing is asked of sections but that they have a word.
    all_count: bool,
    leaves: Vec<Leaf>,
    /// The places of words near to those of the question. In titles they find pages, which have no word of it for that;
    /// in texts they raise what is found.
    hints: Vec<Leaf>,
    pairs: Vec<Pair<'a>>,
    /// The kinds of sections whose text says little of their page, by ordinal.
    of_others: Vec<u32>,
    /// How long titles are, where the question could be one; and how long it is.
    titles: Option<(FieldNormReader, u32)>,
    /// By language the wants that its pages need not have, that of pages without a language last; nothing where there are none.
    idle: Vec<u64>,
    /// The page being read.
    page: MatchedPage,
    /// What its title and role have.
    of_page: u64,
    /// What its sections have, by their place in it.
    of_sections: Vec<u64>,
    /// No section has anything itself: all that count are listed.
    lists_all: bool,
    /// Its title is just what was asked for.
    is_exact: bool,
    /// What of the question stands where, in the order of leaves.
    readings: Vec<Reading>,
    scratch: score::Scratch,
    next: usize,
    /// The next document whose title has a word of the question or one near to it, once that was asked.
    titled: Option<DocId>,
    looks: u32,
}

impl<'a> Sweeper<'a> {
    /// For a segment, by its number.
    pub(super) fn new(
        plan: &'a Plan<'a>,
        query: &'a Query,
        snapshot: &'a Snapshot,
        (at, pinned): (usize, &'a [usize]),
        having: Having,
    ) -> Result<Self, SearchError> {
        let segment = &snapshot.segments[at];
        let languages = snapshot.dictionary(FacetField::Language);
        let known = (0..).take(languages.len()).map(|language| Some(languages.id(language)));
        let mut idle: Vec<u64> =
            known.chain([None]).map(|language| query.idle_in(Analyzer::of(language))).collect();
        if idle.iter().all(|idle| *idle == 0) {
            idle.clear();
        }
        let kinds = snapshot.dictionary(FacetField::Section);
        let titles = match query.words_as_title() {
            Some(words) => Some((segment.reader.get_fieldnorms_reader(snapshot.fields.title)?, words)),
            None => None,
        };
        let (leaves, hints) = (plan.leaves(at)?, plan.hints(at)?);
        let needed = if having == Having::All { Needed::of(query, plan, &leaves) } else { Vec::new() };
        Ok(Self {
            having,
            needed,
            window: None,
            most_of_read: None,
            all_count: plan.kinds.is_empty() && query.gates.is_empty() && query.nots.is_empty(),
            pairs: pairs::of(query, plan, snapshot.fields),
            of_others: score::OF_OTHERS.iter().filter_map(|kind| kinds.ordinal(kind)).collect(),
            scratch: score::Scratch::new(plan, leaves.len() + hints.len()),
            titles,
            plan,
            query,
            leaves,
            hints,
            segment,
            pinned,
            idle,
            page: MatchedPage::default(),
            of_page: 0,
            of_sections: Vec::new(),
            lists_all: false,
            is_exact: false,
            readings: Vec::new(),
            next: 0,
            titled: None,
            looks: 0,
        })
    }

    /// Reads many pages at a time where that pays: for who goes through all of them by [`Sweeper::next_index`].
    pub(super) fn reading_many(mut self, at: usize) -> Result<Self, SearchError> {
        if self.pinned.is_empty() {
            let asked = (self.query, self.plan, self.having);
            let leaves = (&*self.leaves, &*self.hints, &*self.needed);
            self.window = Window::of(asked, (at, self.segment), leaves)?;
        }
        Ok(self)
    }

    /// Goes to the next page that matches; whether there is one.
    pub(super) fn next_page(&mut self, deadline: Option<Instant>) -> Result<bool, SearchError> {
        while let Some(index) = self.next_index(deadline, |index| index..usize::MAX)? {
            if self.matches(index) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The next page that may match among those that are looked at: `run` says which of them lie together, the first from one on
    /// and those behind it.
    pub(super) fn next_index(
        &mut self,
        deadline: Option<Instant>,
        run: impl Fn(usize) -> Range<usize>,
    ) -> Result<Option<usize>, SearchError> {
        loop {
            let pages = run(self.next);
            self.next = pages.start;
            if self.window.is_some() {
                if self.next >= self.segment.pages.len() {
                    return Ok(None);
                }
                if self.read_window(&pages) {
                    self.look(PAGES_PER_LOOK, deadline)?;
                }
                if let Some(index) = self.next_in_window(pages.end) {
                    return Ok(Some(index));
                }
                continue;
            }
            let Some(index) = self.next_candidate(self.next) else { return Ok(None) };
            self.look(1, deadline)?;
            self.next = index + 1;
            if run(index).start == index {
                return Ok(Some(index));
            }
        }
    }

    /// The next page whose title has a word of the question or one near to it, that is pinned, or that may be among the best all
    /// the same; it need not match.
    pub(super) fn next_titled(
        &mut self,
        deadline: Option<Instant>,
        may_be: impl Fn(usize) -> bool,
    ) -> Result<Option<usize>, SearchError> {
        while self.next < self.segment.pages.len() {
            let index = self.next;
            self.next += 1;
            self.look(1, deadline)?;
            if may_be(index) || self.has_title(index) || self.pinned.binary_search(&index).is_ok() {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// Looks at the clock now and then, after so many pages more.
    fn look(&mut self, pages: u32, deadline: Option<Instant>) -> Result<(), SearchError> {
        self.looks += pages;
        let is_time = self.looks >= PAGES_PER_LOOK;
        self.looks %= PAGES_PER_LOOK;
        let is_late = is_time && deadline.is_some_and(|deadline| Instant::now() > deadline);
        if is_late { Err(SearchError::TooLate) } else { Ok(()) }
    }

    /// The page that it is at.
    pub(super) fn page(&self) -> &MatchedPage {
        &self.page
    }

    /// Reads which sections of a page match and which words it has; whether it matches.
    pub(super) fn matches(&mut self, index: usize) -> bool {
        if self.most_of_read.is_some() && self.page.index == index {
            return true;
        }
        self.most_of_read = None;
        let place = self.segment.pages[index];
        let documents = place.first..place.end;
        self.page.index = index;
        self.page.sections.clear();
        self.read_leaves(&documents, index);
        let (query, of_page) = (self.query, self.of_page);
        if query.nots.iter().any(|not| not.holds(of_page)) {
            return false;
        }
        let idle = self.idle_in(index);
        let mut found = of_page | idle;
        for (document, &wants) in documents.clone().zip(&self.of_sections) {
            if wants & query.positive == 0 {
                continue;
            }
            if self.all_count {
                found |= wants;
            } else {
                let wants = wants | self.kinds_of(document);
                if !self.counts(wants, of_page) {
                    continue;
                }
                found |= wants;
            }
            self.page.sections.push(MatchedSection { document, score: 0.0 });
        }
        if !self.plan.kinds.is_empty() {
            found |= documents.clone().fold(0, |found, document| found | self.kinds_of(document));
        }
        self.page.met = query.met(found);
        let is_pinned = !self.pinned.is_empty() && self.pinned.binary_search(&index).is_ok();
        if self.having == Having::All && self.page.met != query.all_clauses() && !is_pinned {
            return false;
        }
        let has_something =
            self.page.met != 0 || is_pinned || query.is_everything() || self.near_titles(place.first) != 0;
        if !has_something || !query.required.iter().all(|required| required.holds(found)) {
            return false;
        }
        self.lists_all = self.page.sections.is_empty();
        if self.lists_all {
            self.add_all_sections(documents);
        }
        self.is_exact = self.titles.as_ref().is_some_and(|(norms, words)| {
            (of_page | idle) & query.needed() == query.needed() && norms.fieldnorm(place.first) == *words
        });
        !self.page.sections.is_empty()
    }

    /// Reads where words of the question stand in a page.
    fn read_leaves(&mut self, documents: &Range<DocId>, index: usize) {
        self.readings.clear();
        self.of_sections.clear();
        self.of_sections.resize(documents.len(), 0);
        self.of_page = 0;
        for (bit, bounds) in &self.plan.bounds {
            self.of_page |= u64::from(bounds.hold(self.segment, index)) << bit;
        }
        for (at, leaf) in self.leaves.iter_mut().enumerate() {
            let mut document = leaf.seek(documents.start);
            let want = 1 << leaf.of.want;
            while document < documents.end {
                match leaf.of.place {
                    Place::Section => self.of_sections[(document - documents.start) as usize] |= want,
                    Place::Page => self.of_page |= want,
                }
                if self.query.positive & want != 0 {
                    self.readings.push(Reading::of(leaf, at));
                }
                document = leaf.advance();
            }
        }
    }

    /// The wants that a page need not have, as they say nothing in its language.
    fn idle_in(&self, index: usize) -> u64 {
        let Some(last) = self.idle.len().checked_sub(1) else { return 0 };
        let language = self.segment.page_value(FacetField::Language, index) as usize;
        self.idle[language.min(last)]
    }

    /// Whether the title or role of a page has a word of the question or one near to it; pages are asked of in order.
    fn has_title(&mut self, index: usize) -> bool {
        let first = self.segment.pages[index].first;
        let titled = match self.titled {
            Some(titled) if titled >= first => titled,
            _ => {
                let leaves = self.leaves.iter_mut().chain(&mut self.hints);
                let of_titles = leaves.filter(|leaf| leaf.of.place == Place::Page);
                of_titles.map(|leaf| leaf.seek(first)).min().unwrap_or(TERMINATED)
            }
        };
        self.titled = Some(titled);
        titled == first
    }

    /// The wants near to which the title of a page says something, a bit each.
    fn near_titles(&mut self, first: DocId) -> u64 {
        let of_titles = self.hints.iter_mut().filter(|hint| hint.of.place == Place::Page);
        of_titles.fold(0, |near, hint| near | u64::from(hint.seek(first) == first) << hint.of.want)
    }

    /// The wants that are kinds of section and that a document is of.
    fn kinds_of(&self, document: DocId) -> u64 {
        let of = |(bit, kinds): &(usize, Vec<u32>)| {
            u64::from(kinds.contains(&self.segment.kind_of(document))) << bit
        };
        self.plan.kinds.iter().fold(0, |wants, kind| wants | of(kind))
    }

    /// Whether a section with these wants counts: it passes what is asked of sections and has nothing that is excluded.
    fn counts(&self, wants: u64, of_page: u64) -> bool {
        self.query.gates.iter().all(|gate| gate.holds(wants))
            && !self.query.nots.iter().any(|not| not.holds(wants | of_page))
    }

    /// The page matches by its title alone, or no words are wanted: every section that counts.
    fn add_all_sections(&mut self, documents: Range<DocId>) {
        for (at, document) in documents.enumerate() {
            let wants = self.of_sections[at] | self.kinds_of(document);
            if self.counts(wants, self.of_page) {
                self.page.sections.push(MatchedSection { document, score: 0.0 });
            }
        }
    }
}
