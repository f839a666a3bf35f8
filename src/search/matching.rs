//! One pass over the places of a question, page by page: which sections match, which words a page has, how good it is.
//!
//! A page's documents lie together, so all that is known of a page is complete when the next one begins.

use super::SearchError;
use super::postings::{Leaf, Place, Plan};
use super::query::Query;
use crate::index::{Analyzer, NONE, Segment, Snapshot};
use crate::model::FacetField;
use std::time::Instant;
use tantivy::{DocId, TERMINATED};

/// How much of a page's score is that of its best section; the rest is the best of every word, in whichever section.
const BEST_SECTION: f32 = 0.6;
/// How many pages are looked at between two looks at the clock.
const PAGES_PER_LOOK: u32 = 4096;

/// A section that matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct MatchedSection {
    pub(super) document: DocId,
    /// The words it has, a bit each; none where the page matches by its title alone.
    pub(super) words: u64,
    pub(super) score: f32,
}

/// A page that has at least one word, before filters.
#[derive(Debug, Default)]
pub(super) struct MatchedPage {
    /// Index into the segment's pages.
    pub(super) index: usize,
    /// The words it has anywhere, a bit each.
    pub(super) words: u64,
    pub(super) score: f32,
    /// The sections that match, in order.
    pub(super) sections: Vec<MatchedSection>,
}

/// Looks at every page of a segment that matches, in order.
pub(super) fn sweep(
    plan: &Plan<'_>,
    query: &Query,
    snapshot: &Snapshot,
    segment: &Segment,
    deadline: Option<Instant>,
    mut visit: impl FnMut(&MatchedPage),
) -> Result<(), SearchError> {
    let mut sweeper = Sweeper::new(plan.leaves(segment)?, query, snapshot, segment);
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

/// Looks at one page again, for what of it is shown.
pub(super) fn page(
    plan: &Plan<'_>,
    query: &Query,
    snapshot: &Snapshot,
    segment: &Segment,
    index: usize,
) -> Result<MatchedPage, SearchError> {
    let mut sweeper = Sweeper::new(plan.leaves(segment)?, query, snapshot, segment);
    sweeper.seek(segment.pages[index].first);
    sweeper.read_page(index);
    Ok(sweeper.page)
}

struct Sweeper<'a> {
    leaves: Vec<Leaf>,
    segment: &'a Segment,
    /// No words are wanted: every page matches, but for what is negated.
    everything: bool,
    /// By language the words that its pages need not have, that of pages without a language last.
    idle: Vec<u64>,
    page: MatchedPage,
    /// Scores of the words in the document being read, and the best over the page's sections.
    here: Vec<f32>,
    best: Vec<f32>,
    title: Vec<f32>,
    negated: Vec<DocId>,
}

impl<'a> Sweeper<'a> {
    fn new(leaves: Vec<Leaf>, query: &Query, snapshot: &Snapshot, segment: &'a Segment) -> Self {
        let languages = snapshot.dictionary(FacetField::Language);
        let known = (0..).take(languages.len()).map(|language| Some(languages.id(language)));
        let idle = known.chain([None]).map(|language| query.idle_in(Analyzer::of(language))).collect();
        let zeros = vec![0.0; query.wants.len()];
        Self {
            leaves,
            segment,
            everything: query.is_everything(),
            idle,
            page: MatchedPage::default(),
            here: zeros.clone(),
            best: zeros.clone(),
            title: zeros,
            negated: Vec::new(),
        }
    }

    fn seek(&mut self, target: DocId) {
        for leaf in &mut self.leaves {
            leaf.seek(target);
        }
    }

    /// The first document at which a leaf stands.
    fn document(&self) -> DocId {
        self.leaves.iter().map(Leaf::doc).min().unwrap_or(TERMINATED)
    }

    /// The next page with a word of the question, or simply the next where everything matches.
    fn next_page(&mut self, next: usize) -> Option<usize> {
        if self.everything {
            // What stands before the page is deleted, and negates nothing.
            self.seek(self.segment.pages.get(next)?.first);
            return Some(next);
        }
        loop {
            let document = self.document();
            if document == TERMINATED {
                return None;
            }
            match self.segment.page_of[document as usize] {
                NONE => self.seek(document + 1),
                page => return Some(page as usize),
            }
        }
    }

    /// Reads all that is known of a page; whether it matches.
    fn read_page(&mut self, index: usize) -> bool {
        let place = self.segment.pages[index];
        self.page.index = index;
        self.page.words = 0;
        self.page.sections.clear();
        self.negated.clear();
        self.best.fill(0.0);
        self.title.fill(0.0);
        let mut best_section = 0.0_f32;
        let mut title_words = 0_u64;
        let mut page_negated = false;
        loop {
            let document = self.document();
            if document >= place.end {
                break;
            }
            let mut words = 0_u64;
            let mut negated = false;
            self.here.fill(0.0);
            for leaf in &mut self.leaves {
                if leaf.doc() != document {
                    continue;
                }
                match (leaf.want, leaf.place) {
                    (Some(want), Place::Section) => {
                        words |= 1 << want;
                        self.here[want] += leaf.score();
                    }
                    (Some(want), Place::Page) => {
                        title_words |= 1 << want;
                        self.title[want] += leaf.score();
                    }
                    (None, Place::Section) => negated = true,
                    (None, Place::Page) => page_negated = true,
                }
                leaf.advance();
            }
            if negated {
                self.negated.push(document);
            } else if words != 0 {
                let mut score = 0.0;
                for (best, &here) in self.best.iter_mut().zip(&self.here) {
                    *best = best.max(here);
                    score += here;
                }
                best_section = best_section.max(score);
                self.page.words |= words;
                self.page.sections.push(MatchedSection { document, words, score });
            }
        }
        self.page.words |= title_words;
        if page_negated || (self.page.words == 0 && !self.everything) {
            return false;
        }
        let language = self.segment.page_value(FacetField::Language, index) as usize;
        let language = language.min(self.idle.len() - 1);
        self.page.words |= self.idle[language];
        for section in &mut self.page.sections {
            section.words |= self.idle[language];
        }
        if self.page.sections.is_empty() {
            // The title alone, or no words at all: every section that is not negated.
            let sections =
                (place.first..place.end).filter(|document| self.negated.binary_search(document).is_err());
            self.page.sections.extend(sections.map(|document| MatchedSection {
                document,
                words: 0,
                score: 0.0,
            }));
        }
        let spread: f32 = self.best.iter().sum();
        let title: f32 = self.title.iter().sum();
        self.page.score = title + BEST_SECTION * best_section + (1.0 - BEST_SECTION) * spread;
        !self.page.sections.is_empty()
    }
}
