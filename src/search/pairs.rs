//! Words that follow each other in the question: where they stand together they mean more.

use super::plan::{self, Plan};
use super::postings::{Leaf, Of, Place};
use super::query::Query;
use crate::index::{Analyzer, Segment, Snapshot};
use tantivy::query::{EnableScoring, PhraseQuery};

/// How much it says that two words stand together, of what the commoner of them says; with how many words between them,
/// and for how many pairs.
const TOGETHER: f32 = 0.2;
const SLOP: u32 = 1;
const MOST: usize = 4;

/// The pairs of a question, the same for all segments.
pub(super) struct Pairs(Vec<Planned>);

struct Planned {
    /// The bits of the words.
    wants: (usize, usize),
    place: Place,
    query: PhraseQuery,
    analyzer: Analyzer,
}

/// Two words in one segment, where they stand together.
pub(super) struct Pair {
    /// Their bits, set.
    pub(super) wants: u64,
    /// What it is worth that they do.
    pub(super) worth: f32,
    pub(super) leaf: Leaf,
}

impl Pairs {
    pub(super) fn of(query: &Query, snapshot: &Snapshot) -> Self {
        let fields = snapshot.fields;
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
                for (place, field) in [(Place::Page, fields.title), (Place::Section, fields.body)] {
                    let terms = [one, other].map(|term| form.analyzer.term(field, term));
                    let terms = terms.into_iter().enumerate().collect();
                    let query = PhraseQuery::new_with_offset_and_slop(terms, SLOP);
                    pairs.push(Planned { wants: (bit, bit + 1), place, query, analyzer: form.analyzer });
                }
            }
        }
        Self(pairs)
    }

    /// The places in one segment.
    pub(super) fn open(
        &self,
        plan: &Plan<'_>,
        snapshot: &Snapshot,
        segment: &Segment,
    ) -> tantivy::Result<Vec<Pair>> {
        let mut pairs = Vec::new();
        for Planned { wants: (one, other), place, query, analyzer } in &self.0 {
            let scoring = EnableScoring::disabled_from_searcher(snapshot.searcher());
            let of = Of { want: *one, name: 0, place: *place };
            let rarity = |want: usize| plan.rarity(*analyzer).get(want).copied().unwrap_or(0.0);
            let boost = if *place == Place::Page { plan::TITLE } else { plan::BODY };
            let worth = TOGETHER * boost * rarity(*one).min(rarity(*other));
            let leaf = Leaf::of_phrase(of, segment, query, scoring, 1.0)?;
            pairs.extend(leaf.map(|leaf| Pair { wants: 1 << one | 1 << other, worth, leaf }));
        }
        Ok(pairs)
    }
}
