//! Words that follow each other in the question: where they stand together they mean more.

use super::plan::{self, Plan};
use super::postings::Place;
use super::query::Query;
use crate::index::{Analyzer, Fields, Segment};
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _};

/// How much it says that two words stand together, of what the commoner of them says; with how many words between them,
/// and for how many pairs.
const TOGETHER: f32 = 0.2;
const SLOP: u32 = 1;
const MOST: usize = 4;

/// Two words of the question in one segment, where they stand together.
pub(super) struct Pair<'q> {
    /// Their bits, set.
    pub(super) wants: u64,
    /// What it is worth that they do.
    pub(super) worth: f32,
    pub(super) place: Place,
    analyzer: Analyzer,
    field: Field,
    terms: [&'q str; 2],
    /// Opened for the first document that is asked of: few have both words.
    words: Option<Box<Words>>,
}

/// Where two words stand in one segment. The engine's own scorer of phrases reads the same, and makes ready for more words
/// and for scores besides.
struct Words {
    /// None where the segment lacks a word.
    postings: Option<[SegmentPostings; 2]>,
    /// Of the document that was asked of last: the places behind the first word, and those of the second.
    places: [Vec<u32>; 2],
}

/// The pairs of a question.
pub(super) fn of<'q>(query: &'q Query, plan: &Plan<'_>, fields: Fields) -> Vec<Pair<'q>> {
    let mut pairs = Vec::new();
    let words = (0..query.wants.len().saturating_sub(1)).filter(|&bit| query.is_pair(bit));
    for bit in words.take(MOST) {
        for form in &query.wants[bit].forms {
            let next = query.wants[bit + 1].forms.iter().find(|next| next.analyzer == form.analyzer);
            let (Some(next), [one]) = (next, form.terms.as_slice()) else { continue };
            let [other] = next.terms.as_slice() else { continue };
            if one == other {
                continue;
            }
            let rarity = |want: usize| plan.rarity(form.analyzer).get(want).copied().unwrap_or(0.0);
            let rarity = rarity(bit).min(rarity(bit + 1));
            let places =
                [(Place::Page, fields.title, plan::TITLE), (Place::Section, fields.body, plan::BODY)];
            for (place, field, boost) in places {
                let (terms, analyzer) = ([one.as_str(), other.as_str()], form.analyzer);
                let (wants, worth) = (1 << bit | 1 << (bit + 1), TOGETHER * boost * rarity);
                pairs.push(Pair { wants, worth, place, analyzer, field, terms, words: None });
            }
        }
    }
    pairs
}

impl Pair<'_> {
    /// Whether the words stand together in a document; each that is asked for comes after the one before.
    pub(super) fn is_in(&mut self, document: DocId, segment: &Segment) -> tantivy::Result<bool> {
        let words = match &mut self.words {
            Some(words) => words,
            None => {
                let terms = self.terms.map(|term| self.analyzer.term(self.field, term));
                self.words.insert(Box::new(Words::open(&terms, segment)?))
            }
        };
        Ok(words.are_together(document))
    }
}

impl Words {
    fn open([one, other]: &[Term; 2], segment: &Segment) -> tantivy::Result<Self> {
        let index = segment.reader.inverted_index(one.field())?;
        let open = |term| index.read_postings(term, IndexRecordOption::WithFreqsAndPositions);
        let postings = open(one)?.zip(open(other)?).map(<[_; 2]>::from);
        Ok(Self { postings, places: Default::default() })
    }

    fn are_together(&mut self, document: DocId) -> bool {
        let Some(postings) = &mut self.postings else { return false };
        for of_word in &mut *postings {
            if of_word.doc() < document {
                of_word.seek(document);
            }
            if of_word.doc() != document {
                return false;
            }
        }
        for (behind, (of_word, places)) in [1, 0].into_iter().zip(postings.iter_mut().zip(&mut self.places)) {
            of_word.positions_with_offset(behind, places);
        }
        let [behind, at] = &self.places;
        let (mut behind, mut at) = (behind.iter().peekable(), at.iter().peekable());
        while let (Some(&&one), Some(&&other)) = (behind.peek(), at.peek()) {
            if one.abs_diff(other) <= SLOP {
                return true;
            }
            if one < other {
                behind.next()
            } else {
                at.next()
            };
        }
        false
    }
}
