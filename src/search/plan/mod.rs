//! What is looked up for a question, the same for all segments: its terms and phrases by field, and how rare they are.
//!
//! Scores are worked out from the documents that are not deleted, so that an index that was changed many times
//! ranks as one that was built afresh.

mod build;
mod statistics;

use super::documents::Blocks;
use super::postings::{self, Leaf, Lengths, LookedUp, Of, PageLengths, Part};
use super::ranges::Bounds;
use super::response::Warning;
use crate::index::{Analyzer, Segment, Snapshot};
use statistics::Statistics;
use tantivy::query::{EnableScoring, PhraseQuery};
use tantivy::schema::Field;

pub(super) use build::{BODY, TITLE};

/// BM25's parameter of how much it counts how long a field is, as Lucene sets it. A title says no more than its role, so
/// every further word of it is about another one.
const B: f32 = 0.75;
const B_OF_TITLES: f32 = 1.0;

/// Terms of the question with how rare they are: what is the same for all segments.
pub(super) struct Plan<'a> {
    snapshot: &'a Snapshot,
    /// By field.
    lengths: [(Field, Lengths); 4],
    /// The names under which the wants are looked for, the wants' own and others: the bit of the want, in order.
    pub(super) names: Vec<usize>,
    named: Vec<Named>,
    terms: Vec<PlannedTerm>,
    phrases: Vec<PlannedPhrase>,
    /// Terms near to those of the question.
    hints: Vec<PlannedTerm>,
    /// Wants that are kinds of section: their bit and the kinds' ordinals.
    pub(super) kinds: Vec<(usize, Vec<u32>)>,
    /// Wants that pages meet by what they pay or take.
    pub(super) bounds: Vec<(usize, Bounds)>,
    /// What is asked for by name and is nowhere.
    pub(super) warnings: Vec<Warning>,
    /// How much each word of the question tells in each language: the inverse document frequency of its rarest term,
    /// by bit.
    rarity: Vec<(Analyzer, Vec<f32>)>,
}

/// What a name of a want is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// The want itself, with the skills that it names.
    Itself,
    /// The kinds of section that have it.
    Topic,
    /// Another name, by its place.
    Other(usize),
    /// A word that is near, by its place.
    Near(usize),
}

struct PlannedTerm {
    of: Of,
    term: LookedUp,
    /// The boosted inverse document frequency.
    weight: f32,
    constant: bool,
}

struct PlannedPhrase {
    of: Of,
    query: PhraseQuery,
    boost: f32,
    analyzer: Analyzer,
}

impl Plan<'_> {
    /// How much each word of the question tells in a language, by bit.
    pub(super) fn rarity(&self, analyzer: Analyzer) -> &[f32] {
        self.rarity.iter().find(|(known, _)| *known == analyzer).map_or(&[], |(_, rarity)| rarity)
    }

    /// The places in one segment, by its number.
    pub(super) fn leaves(&self, segment: usize) -> tantivy::Result<Vec<Leaf>> {
        let mut leaves = self.leaves_of(&self.terms, segment)?;
        for planned in &self.phrases {
            let statistics =
                Statistics { snapshot: self.snapshot, size: self.snapshot.size_of(planned.analyzer) };
            let scoring =
                EnableScoring::enabled_from_statistics_provider(&statistics, self.snapshot.searcher());
            let segment = &self.snapshot.segments[segment];
            leaves.extend(Leaf::of_phrase(planned.of, segment, &planned.query, scoring, planned.boost)?);
        }
        Ok(leaves)
    }

    /// The places of what raises what is found.
    pub(super) fn hints(&self, segment: usize) -> tantivy::Result<Vec<Leaf>> {
        self.leaves_of(&self.hints, segment)
    }

    fn leaves_of(&self, terms: &[PlannedTerm], segment: usize) -> tantivy::Result<Vec<Leaf>> {
        let mut leaves = Vec::with_capacity(terms.len() + self.phrases.len());
        let segment = (segment, &self.snapshot.segments[segment]);
        for PlannedTerm { of, term, weight, constant } in terms {
            leaves.extend(if *constant {
                Leaf::constant(*of, segment, term, *weight)?
            } else {
                let is_heading = term.field == self.snapshot.fields.heading;
                let part = if is_heading { Part::Headings } else { Part::Body };
                Leaf::of_term(*of, segment, term, *weight, (self.lengths(term.field), part))?
            });
        }
        Ok(leaves)
    }

    /// All documents of each leaf of one segment and then of each hint, by the segment's number; nothing where the engine finds
    /// phrases for it.
    pub(super) fn blocks(&self, segment: usize) -> tantivy::Result<Option<Vec<Blocks>>> {
        if !self.phrases.is_empty() {
            return Ok(None);
        }
        let here = (segment, &self.snapshot.segments[segment]);
        let terms = self.terms.iter().chain(&self.hints);
        let blocks = terms.filter_map(|planned| planned.term.blocks(here, !planned.constant).transpose());
        blocks.collect::<Result<_, _>>().map(Some)
    }

    /// The want that a name is of, and what it is.
    pub(super) fn named(&self, name: usize) -> (usize, Named) {
        (self.names[name], self.named[name])
    }

    /// How long a page is beside the average, as BM25 sees it.
    pub(super) fn page_lengths(&self, segment: &Segment, page: usize) -> PageLengths {
        let length = segment.length(page);
        let (headings, body) = self.snapshot.average_page_length;
        let mut lengths = PageLengths::default();
        lengths[Part::Headings as usize] = postings::length(length.headings as f32, headings, B);
        lengths[Part::Body as usize] = postings::length(length.body as f32, body, B);
        lengths
    }

    /// What says how long a field is.
    fn lengths(&self, field: Field) -> &Lengths {
        let [(title, of_titles), (role, of_roles), (heading, of_headings), (_, of_bodies)] = &self.lengths;
        match field {
            field if field == *title => of_titles,
            field if field == *role => of_roles,
            field if field == *heading => of_headings,
            _ => of_bodies,
        }
    }
}
