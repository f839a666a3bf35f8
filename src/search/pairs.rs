//! Words that follow each other in the question: where they stand together they mean more.

use super::plan::{self, Plan};
use super::postings::Place;
use super::query::Query;
use crate::index::{Fields, Segment, Snapshot};
use tantivy::query::{EnableScoring, PhraseQuery, Query as _, Scorer};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet as _, SeekDangerResult};

/// How much it says that two words stand together, of what the commoner of them says; with how many words between them,
/// and for how many pairs.
const TOGETHER: f32 = 0.2;
const SLOP: u32 = 1;
const MOST: usize = 4;

/// Two words of the question in one segment, where they stand together.
pub(super) struct Pair {
    /// Their bits, set.
    pub(super) wants: u64,
    /// What it is worth that they do.
    pub(super) worth: f32,
    pub(super) place: Place,
    terms: [Term; 2],
    /// Made for the first document that has both: few do.
    phrase: Option<Phrase>,
}

/// The documents that have a phrase, one of which is asked for after the other.
struct Phrase {
    scorer: Box<dyn Scorer>,
    /// None has it before this one.
    next: DocId,
}

/// The pairs of a question.
pub(super) fn of(query: &Query, plan: &Plan<'_>, fields: Fields) -> Vec<Pair> {
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
                let terms = [one, other].map(|term| form.analyzer.term(field, term));
                let (wants, worth) = (1 << bit | 1 << (bit + 1), TOGETHER * boost * rarity);
                pairs.push(Pair { wants, worth, place, terms, phrase: None });
            }
        }
    }
    pairs
}

impl Pair {
    /// Whether the words stand together in a document; each that is asked for comes after the one before.
    pub(super) fn is_in(
        &mut self,
        document: DocId,
        snapshot: &Snapshot,
        segment: &Segment,
    ) -> tantivy::Result<bool> {
        let found = match &mut self.phrase {
            Some(phrase) if document < phrase.next => return Ok(false),
            Some(phrase) => phrase.scorer.seek_danger(document),
            None => {
                let query = PhraseQuery::new_with_offset_and_slop(
                    self.terms.clone().into_iter().enumerate().collect(),
                    SLOP,
                );
                let weight = query.weight(EnableScoring::disabled_from_searcher(snapshot.searcher()))?;
                let (found, scorer) = weight.scorer_danger(&segment.reader, document, 1.0)?;
                self.phrase = Some(Phrase { scorer, next: 0 });
                found
            }
        };
        let next = match found {
            SeekDangerResult::Found => document + 1,
            SeekDangerResult::SeekLowerBound(next) => next,
        };
        self.phrase.iter_mut().for_each(|phrase| phrase.next = next);
        Ok(found == SeekDangerResult::Found)
    }
}
