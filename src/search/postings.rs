//! Where the wants of a question stand in one segment, and how much each place says: BM25 over postings.

use crate::index::Segment;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{EnableScoring, PhraseQuery, Query as _, Scorer};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// BM25's parameter of how soon a word says no more by standing there again (Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework", 2009), as Lucene sets it.
const K1: f32 = 1.2;

/// BM25's part that says how long a field is, by the id of its norm; `b` says how much that counts.
pub(super) type Lengths = Arc<[f32; 256]>;

/// For a field of this average length.
pub(super) fn lengths(average: f32, b: f32) -> Lengths {
    Arc::new(std::array::from_fn(|id| {
        let length = FieldNormReader::id_to_fieldnorm(u8::try_from(id).unwrap_or(u8::MAX)) as f32;
        K1 * (1.0 - b + b * length / average)
    }))
}

/// Where a word of the question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the title or the role, found at the page's first section.
    Page,
    /// In a heading, the skills or the text of a section.
    Section,
}

/// The documents that have one want of the question in one field.
pub(super) struct Leaf {
    /// The bit of the want.
    pub(super) want: usize,
    pub(super) place: Place,
    postings: Postings,
}

enum Postings {
    Term {
        postings: SegmentPostings,
        norms: FieldNormReader,
        weight: Score,
        lengths: Lengths,
    },
    /// Found or not: how often a skill is named says little.
    Constant {
        postings: SegmentPostings,
        score: Score,
    },
    Phrase {
        scorer: Box<dyn Scorer>,
        boost: Score,
    },
}

impl Leaf {
    /// The documents with a term, by how often they have it.
    pub(super) fn of_term(
        (want, place): (usize, Place),
        segment: &Segment,
        (field, term): (Field, &Term),
        weight: Score,
        lengths: &Lengths,
    ) -> tantivy::Result<Option<Self>> {
        let index = segment.reader.inverted_index(field)?;
        let Some(postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let norms = segment.reader.get_fieldnorms_reader(field)?;
        let weight = weight * (K1 + 1.0);
        let postings = Postings::Term { postings, norms, weight, lengths: Arc::clone(lengths) };
        Ok(Some(Self { want, place, postings }))
    }

    /// The documents with a term, each worth the same.
    pub(super) fn constant(
        (want, place): (usize, Place),
        segment: &Segment,
        (field, term): (Field, &Term),
        score: Score,
    ) -> tantivy::Result<Option<Self>> {
        let index = segment.reader.inverted_index(field)?;
        let postings = index.read_postings(term, IndexRecordOption::Basic)?;
        let leaf = |postings| Self { want, place, postings: Postings::Constant { postings, score } };
        Ok(postings.map(leaf))
    }

    /// The documents with a phrase.
    pub(super) fn of_phrase(
        (want, place): (usize, Place),
        segment: &Segment,
        query: &PhraseQuery,
        scoring: EnableScoring<'_>,
        boost: Score,
    ) -> tantivy::Result<Option<Self>> {
        let scorer = query.weight(scoring)?.scorer(&segment.reader, 1.0)?;
        let found = scorer.doc() != TERMINATED;
        Ok(found.then_some(Self { want, place, postings: Postings::Phrase { scorer, boost } }))
    }

    /// The document it is at, [`TERMINATED`] at the end.
    pub(super) fn doc(&self) -> DocId {
        match &self.postings {
            Postings::Term { postings, .. } | Postings::Constant { postings, .. } => postings.doc(),
            Postings::Phrase { scorer, .. } => scorer.doc(),
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match &mut self.postings {
            Postings::Term { postings, .. } | Postings::Constant { postings, .. } => postings.advance(),
            Postings::Phrase { scorer, .. } => scorer.advance(),
        }
    }

    /// Goes to the first document that is not before `target`.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match &mut self.postings {
            Postings::Term { postings, .. } | Postings::Constant { postings, .. } => postings.seek(target),
            Postings::Phrase { scorer, .. } => scorer.seek(target),
        }
    }

    pub(super) fn score(&mut self) -> Score {
        match &mut self.postings {
            Postings::Term { postings, norms, weight, lengths } => {
                let frequency = postings.term_freq() as f32;
                let length = lengths[usize::from(norms.fieldnorm_id(postings.doc()))];
                *weight * frequency / (frequency + length)
            }
            Postings::Constant { score, .. } => *score,
            Postings::Phrase { scorer, boost } => *boost * scorer.score(),
        }
    }
}
