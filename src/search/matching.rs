//! One pass over the places of a question, page by page: which sections match, which words a page has, how good it is.
//!
//! A page's documents lie together, so all that is known of a page is complete when the next one begins.

use super::SearchError;
use super::matched::{MatchedPage, MatchedSection, Part, Parts};
use super::pairs::{Pair, Pairs};
use super::plan::Plan;
use super::postings::{Leaf, Of, Place};
use super::query::Query;
use crate::index::{Analyzer, NONE, Segment, Snapshot};
use crate::model::FacetField;
use std::time::Instant;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, TERMINATED};

/// How much of what a page's text scores is that of its best section; the rest is that of the whole page.
const BEST_SECTION: f32 = 0.3;
/// How much what a page says of other roles, and where it points to, counts of what it says of its own.
const OF_OTHERS: f32 = 0.4;
/// How much a word that the title has counts in the choice among the page's sections: they all speak of it.
const SAID_BY_TITLE: f32 = 0.1;
/// What a title is worth that is what was asked for and nothing else: more than any other page can be.
const EXACT_TITLE: f32 = 100.0;
/// How many pages are looked at between two looks at the clock.
const PAGES_PER_LOOK: u32 = 4096;

/// Looks at every page of a segment that matches, in order; those that are `pinned` match, whatever they say.
pub(super) fn sweep(
    plan: &Plan<'_>,
    query: &Query,
    snapshot: &Snapshot,
    (segment, pinned): (&Segment, &[usize]),
    deadline: Option<Instant>,
    mut visit: impl FnMut(&MatchedPage),
) -> Result<(), SearchError> {
    let mut sweeper = Sweeper::new(plan, query, snapshot, (segment, pinned))?;
    let mut next = 0;
    let mut looks = 0_u32;
    while let Some(index) = sweeper.next_page(next) {
        looks += 1;
        if looks.is_multiple_of(PAGES_PER_LOOK) && deadline.is_some_and(|deadline| Instant::now() > deadline)
        {
            return Err(SearchError::TooLate);
        }
        if sweeper.read_page(index) {
            visit(&sweeper.page);
        }
        next = index + 1;
    }
    Ok(())
}

/// Looks at some pages again, for what of them is shown; `indices` in order.
pub(super) fn pages(
    plan: &Plan<'_>,
    query: &Query,
    snapshot: &Snapshot,
    (segment, pinned): (&Segment, &[usize]),
    indices: impl Iterator<Item = usize>,
    explains: bool,
) -> Result<Vec<MatchedPage>, SearchError> {
    let sweeper = Sweeper::new(plan, query, snapshot, (segment, pinned))?;
    let mut sweeper = Sweeper { shows: true, explains, ..sweeper };
    let read = |index: usize| {
        sweeper.seek(segment.pages[index].first);
        sweeper.read_page(index);
        std::mem::take(&mut sweeper.page)
    };
    Ok(indices.map(read).collect())
}

/// How much the text of a kind of section says of its page: one that speaks of other roles or points elsewhere says
/// little.
fn worth(kind: &str) -> f32 {
    match kind {
        "related-roles" | "resources" => OF_OTHERS,
        _ => 1.0,
    }
}

/// The sum over the wants of what the best name of each scores, times what `worth` says of the want; `names` are the wants
/// of the names, in order.
fn best_names(names: &[usize], scores: &[f32], worth: impl Fn(usize) -> f32) -> f32 {
    let (mut sum, mut best, mut of) = (0.0, 0.0_f32, 0);
    for (&want, &score) in names.iter().zip(scores) {
        if want != of {
            sum += worth(of) * std::mem::replace(&mut best, 0.0);
            of = want;
        }
        best = best.max(score);
    }
    if names.is_empty() { 0.0 } else { sum + worth(of) * best }
}

/// What was read of a document.
#[derive(Clone, Copy)]
struct Read {
    document: DocId,
    /// The wants that it has.
    wants: u64,
    score: f32,
    /// The same with less for what the title says, where the page is shown.
    beside_title: f32,
}

struct Sweeper<'a> {
    plan: &'a Plan<'a>,
    query: &'a Query,
    leaves: Vec<Leaf>,
    /// The places of words near to those of the question. In titles they find pages, which have no word of it for that;
    /// in texts they raise what is found.
    hints: Vec<Leaf>,
    pairs: Vec<Pair>,
    segment: &'a Segment,
    /// The indices of pages that match whatever they say, in order.
    pinned: &'a [usize],
    /// How much the text of a kind of section says of its page, by ordinal.
    worth: Vec<f32>,
    /// How long titles are, where the question could be one; and how long it is.
    titles: Option<(FieldNormReader, u32)>,
    /// By language the wants that its pages need not have, that of pages without a language last.
    idle: Vec<u64>,
    /// The pages are shown: their sections are put in order.
    shows: bool,
    /// It is to be said what scores are made of.
    explains: bool,
    page: MatchedPage,
    /// Scores of the names of the wants in the document being read, in the title and role, and in all of the page.
    here: Vec<f32>,
    title: Vec<f32>,
    whole: Vec<f32>,
    /// What the title and the role have.
    of_page: u64,
    /// The documents of the page at which a leaf stood.
    documents: Vec<Read>,
}

impl<'a> Sweeper<'a> {
    fn new(
        plan: &'a Plan<'a>,
        query: &'a Query,
        snapshot: &Snapshot,
        (segment, pinned): (&'a Segment, &'a [usize]),
    ) -> Result<Self, SearchError> {
        let languages = snapshot.dictionary(FacetField::Language);
        let known = (0..).take(languages.len()).map(|language| Some(languages.id(language)));
        let idle = known.chain([None]).map(|language| query.idle_in(Analyzer::of(language))).collect();
        let kinds = snapshot.dictionary(FacetField::Section);
        let worth = (0..).take(kinds.len()).map(|kind| worth(kinds.id(kind))).collect();
        let titles = match query.words_as_title() {
            Some(words) => Some((segment.reader.get_fieldnorms_reader(snapshot.fields.title)?, words)),
            None => None,
        };
        let zeros = vec![0.0; plan.names.len()];
        Ok(Self {
            titles,
            worth,
            plan,
            query,
            leaves: plan.leaves(segment)?,
            hints: plan.hints(segment)?,
            pairs: Pairs::of(query, snapshot).open(plan, snapshot, segment)?,
            segment,
            pinned,
            idle,
            shows: false,
            explains: false,
            page: MatchedPage::default(),
            here: zeros.clone(),
            title: zeros.clone(),
            whole: zeros,
            of_page: 0,
            documents: Vec::new(),
        })
    }

    fn seek(&mut self, target: DocId) {
        for leaf in self.leaves.iter_mut().chain(&mut self.hints) {
            leaf.seek(target);
        }
    }

    /// The first document that something finds; what is optional finds none.
    fn document(&self) -> DocId {
        let near = self.hints.iter().filter(|hint| hint.of.place == Place::Page);
        let needed = self.leaves.iter().filter(|leaf| self.query.optional >> leaf.of.want & 1 == 0);
        needed.chain(near).map(Leaf::doc).min().unwrap_or(TERMINATED)
    }

    /// The next page with a word of the question or that is pinned, or simply the next where everything matches.
    fn next_page(&mut self, next: usize) -> Option<usize> {
        if self.query.is_everything() {
            // What stands before the page is deleted, and negates nothing.
            self.seek(self.segment.pages.get(next)?.first);
            return Some(next);
        }
        let pinned = self.pinned.iter().copied().find(|&pinned| pinned >= next);
        loop {
            let document = self.document();
            if document == TERMINATED {
                return pinned;
            }
            match self.segment.page_of[document as usize] {
                NONE => self.seek(document + 1),
                page => return Some(pinned.unwrap_or(usize::MAX).min(page as usize)),
            }
        }
    }

    /// Reads all that is known of a page; whether it matches.
    fn read_page(&mut self, index: usize) -> bool {
        let place = self.segment.pages[index];
        self.page.index = index;
        self.page.sections.clear();
        self.documents.clear();
        self.title.fill(0.0);
        self.of_page = 0;
        for (bit, bounds) in &self.plan.bounds {
            self.of_page |= u64::from(bounds.hold(self.segment, index)) << bit;
        }
        for leaf in self.leaves.iter_mut().filter(|leaf| self.query.optional >> leaf.of.want & 1 == 1) {
            leaf.seek(place.first);
        }
        let is_near = self.read_near_titles(place.first);
        loop {
            let document = self.leaves.iter().map(Leaf::doc).min().unwrap_or(TERMINATED);
            if document >= place.end {
                break;
            }
            self.read_document(document, place.first);
        }
        let of_page = self.of_page;
        self.read_hints(place.end, place.first);
        let text = self.whole(index);
        let query = self.query;
        if query.nots.iter().any(|not| not.holds(of_page)) {
            return false;
        }
        let language = self.segment.page_value(FacetField::Language, index) as usize;
        let idle = self.idle[language.min(self.idle.len() - 1)];
        let mut found = of_page | idle;
        let mut best_section = (None, 0.0_f32);
        for at in 0..self.documents.len() {
            let Read { document, wants, score, beside_title } = self.documents[at];
            let has_none = wants & query.positive == 0;
            let wants = wants | self.kinds_of(document);
            if has_none || !self.counts(wants, of_page) {
                continue;
            }
            if score > best_section.1 {
                best_section = (Some(document), score);
            }
            found |= wants;
            self.page.sections.push(MatchedSection { document, score: beside_title });
        }
        if !self.plan.kinds.is_empty() {
            let all = (place.first..place.end).map(|document| self.kinds_of(document));
            found |= all.fold(0, |found, kinds| found | kinds);
        }
        self.page.met = query.met(found);
        let is_pinned = self.pinned.binary_search(&index).is_ok();
        let has_something = self.page.met != 0 || is_near || is_pinned || query.is_everything();
        if !has_something || !query.required.iter().all(|required| required.holds(found)) {
            return false;
        }
        if self.page.sections.is_empty() {
            self.add_all_sections(place.first..place.end, of_page);
        }
        let exact = self.titles.as_ref().is_some_and(|(norms, words)| {
            (of_page | idle) & query.needed() == query.needed() && norms.fieldnorm(place.first) == *words
        });
        let exact = if exact { EXACT_TITLE } else { 0.0 };
        let (together, _) = self.together(Place::Page, of_page, place.first);
        let best_section_score = BEST_SECTION * best_section.1;
        self.page.score = exact + text + together + best_section_score;
        self.page.parts = self.explains.then(|| {
            let (names, best_section) = (self.best_parts(), best_section.0);
            Parts { exact, together, names, best_section, best_section_score }
        });
        !self.page.sections.is_empty()
    }

    /// Reads what leaves say of a document and goes on.
    fn read_document(&mut self, document: DocId, first: DocId) {
        let mut wants = 0_u64;
        let worth = self.worth_of(document);
        self.here.fill(0.0);
        for leaf in &mut self.leaves {
            if leaf.doc() != document {
                continue;
            }
            let Of { want, name, place } = leaf.of;
            let is_positive = self.query.is_positive(want);
            match place {
                Place::Section => {
                    wants |= 1 << want;
                    self.here[name] += if is_positive { leaf.read(worth) } else { 0.0 };
                }
                Place::Page => {
                    self.of_page |= 1 << want;
                    let score = if is_positive { leaf.read(1.0) } else { 0.0 };
                    self.title[name] = self.title[name].max(score);
                }
            }
            leaf.advance();
        }
        if wants != 0 {
            self.read_hints(document + 1, first);
            let (together, beside) = self.together(Place::Section, wants, document);
            let mut score = best_names(&self.plan.names, &self.here, |_| 1.0);
            let of_page = self.of_page;
            let said = |want: usize| if of_page >> want & 1 == 1 { SAID_BY_TITLE } else { 1.0 };
            let differs = self.shows && of_page != 0;
            let mut beside_title =
                if differs { best_names(&self.plan.names, &self.here, said) } else { score };
            score = worth * (score + together);
            beside_title = worth * (beside_title + beside);
            self.documents.push(Read { document, wants, score, beside_title });
        }
    }

    /// Reads what words near to those of the question say of the page's sections up to a document, which is the one
    /// being read.
    fn read_hints(&mut self, end: DocId, first: DocId) {
        for hint in self.hints.iter_mut().filter(|hint| hint.of.place == Place::Section) {
            let mut at = hint.seek(first);
            while at < end {
                let worth = self.worth[self.segment.kind_of(at) as usize];
                let score = hint.read(worth);
                if at + 1 == end {
                    self.here[hint.of.name] += score;
                }
                at = hint.advance();
            }
        }
    }

    /// Reads what words near to those of the question say of the page's title; whether they say anything.
    fn read_near_titles(&mut self, first: DocId) -> bool {
        let mut is_near = false;
        for hint in self.hints.iter_mut().filter(|hint| hint.of.place == Place::Page) {
            if hint.seek(first) == first {
                is_near = true;
                self.title[hint.of.name] = hint.read(1.0);
                hint.advance();
            }
        }
        is_near
    }

    /// What title and text of the page score, each want by its best name; what leaves gathered is forgotten.
    fn whole(&mut self, index: usize) -> f32 {
        let lengths = self.plan.page_lengths(self.segment, index);
        self.whole.copy_from_slice(&self.title);
        for leaf in self.leaves.iter_mut().chain(&mut self.hints) {
            let gathered = leaf.take_gathered(lengths);
            if leaf.of.place == Place::Section {
                self.whole[leaf.of.name] += (1.0 - BEST_SECTION) * gathered;
            }
        }
        best_names(&self.plan.names, &self.whole, |_| 1.0)
    }

    /// What the best name of each want scores, once the whole page was read.
    fn best_parts(&self) -> Vec<Part> {
        let of = |names: &[usize]| {
            let best = names.iter().max_by(|a, b| self.whole[**a].total_cmp(&self.whole[**b]));
            let part = |&name: &usize| Part {
                name,
                title: self.title[name],
                text: self.whole[name] - self.title[name],
            };
            best.map(part)
        };
        let names: Vec<usize> = (0..self.plan.names.len()).collect();
        let by_want = names.chunk_by(|&a, &b| self.plan.names[a] == self.plan.names[b]);
        by_want.filter_map(of).collect()
    }

    /// What it is worth that words of the question stand together in a document that has these wants; and the same with less
    /// for what the title says.
    fn together(&mut self, place: Place, wants: u64, document: DocId) -> (f32, f32) {
        let (mut together, mut beside_title) = (0.0, 0.0);
        for Pair { wants: both, worth, leaf } in &mut self.pairs {
            if leaf.of.place == place && wants & *both == *both && leaf.seek(document) == document {
                together += *worth;
                let said = self.of_page & *both == *both;
                beside_title += *worth * if said { SAID_BY_TITLE } else { 1.0 };
            }
        }
        (together, beside_title)
    }

    /// How much the text of a section says of its page.
    fn worth_of(&self, document: DocId) -> f32 {
        self.worth.get(self.segment.kind_of(document) as usize).copied().unwrap_or(1.0)
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
    fn add_all_sections(&mut self, documents: std::ops::Range<DocId>, of_page: u64) {
        for document in documents {
            let read = self.documents.iter().find(|read| read.document == document);
            let wants = read.map_or(0, |read| read.wants) | self.kinds_of(document);
            if self.counts(wants, of_page) {
                self.page.sections.push(MatchedSection { document, score: 0.0 });
            }
        }
    }
}
