//! Where the wants of a question stand in one segment, and how much each place says: BM25 over postings.

use crate::index::{NONE, Segment, Size, Snapshot};
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
        length(FieldNormReader::id_to_fieldnorm(u8::try_from(id).unwrap_or(u8::MAX)) as f32, average, b)
    }))
}

/// The same for a page with all its sections, by [`Part`].
pub(super) type PageLengths = [f32; 2];

/// A field of sections whose text is looked at as one over a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The headings.
    Headings,
    /// The blocks.
    Body,
}

/// How long a field of this length is beside the average, as BM25 sees it.
pub(super) fn length(length: f32, average: f32, b: f32) -> f32 {
    K1 * (1.0 - b + b * length / average)
}

/// BM25's inverse document frequency in Lucene's form, which is never negative.
pub(super) fn rarity(place: Place, having: u64, of: Size) -> f32 {
    let of = match place {
        Place::Page => of.pages as f32,
        Place::Section => of.sections as f32,
    };
    let having = having as f32;
    (1.0 + (of - having + 0.5).max(0.0) / (having + 0.5)).ln()
}

/// How many documents that are not deleted have a term.
pub(super) fn document_frequency(snapshot: &Snapshot, term: &Term) -> tantivy::Result<u64> {
    let mut having = 0;
    for segment in &snapshot.segments {
        let index = segment.reader.inverted_index(term.field())?;
        if !segment.reader.has_deletes() {
            having += u64::from(index.doc_freq(term)?);
        } else if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                having += u64::from(segment.page_of[postings.doc() as usize] != NONE);
                postings.advance();
            }
        }
    }
    Ok(having)
}

/// What BM25 makes of a word that stands once in a field that is so long.
pub(super) fn once(length: f32) -> f32 {
    (K1 + 1.0) / (1.0 + length)
}

/// Where a word of the question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the title or the role, found at the page's first section.
    Page,
    /// In a heading, the skills or the text of a section.
    Section,
}

/// What a leaf is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Of {
    /// The bit of the want.
    pub(super) want: usize,
    /// Which of the names of the wants.
    pub(super) name: usize,
    pub(super) place: Place,
}

/// The documents that have one name of a want of the question in one field.
pub(super) struct Leaf {
    pub(super) of: Of,
    postings: Postings,
    /// The document it is at.
    at: DocId,
    /// What the sections of a page that were read so far have: how often the term stands there, else the most that it
    /// scored.
    gathered: f32,
}

enum Postings {
    Term {
        postings: SegmentPostings,
        norms: FieldNormReader,
        weight: Score,
        lengths: Lengths,
        /// Which of the lengths of a page is that of the field.
        part: Part,
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
        of: Of,
        segment: &Segment,
        (field, term): (Field, &Term),
        weight: Score,
        (lengths, part): (&Lengths, Part),
    ) -> tantivy::Result<Option<Self>> {
        let index = segment.reader.inverted_index(field)?;
        let Some(postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let norms = segment.reader.get_fieldnorms_reader(field)?;
        let weight = weight * (K1 + 1.0);
        let postings = Postings::Term { postings, norms, weight, lengths: Arc::clone(lengths), part };
        Ok(Some(Self::new(of, postings)))
    }

    /// The documents with a term, each worth the same.
    pub(super) fn constant(
        of: Of,
        segment: &Segment,
        (field, term): (Field, &Term),
        score: Score,
    ) -> tantivy::Result<Option<Self>> {
        let index = segment.reader.inverted_index(field)?;
        let postings = index.read_postings(term, IndexRecordOption::Basic)?;
        let leaf = |postings| Self::new(of, Postings::Constant { postings, score });
        Ok(postings.map(leaf))
    }

    /// The documents with a phrase.
    pub(super) fn of_phrase(
        of: Of,
        segment: &Segment,
        query: &PhraseQuery,
        scoring: EnableScoring<'_>,
        boost: Score,
    ) -> tantivy::Result<Option<Self>> {
        let scorer = query.weight(scoring)?.scorer(&segment.reader, 1.0)?;
        let found = scorer.doc() != TERMINATED;
        Ok(found.then(|| Self::new(of, Postings::Phrase { scorer, boost })))
    }

    fn new(of: Of, postings: Postings) -> Self {
        let at = match &postings {
            Postings::Term { postings, .. } | Postings::Constant { postings, .. } => postings.doc(),
            Postings::Phrase { scorer, .. } => scorer.doc(),
        };
        Self { of, postings, at, gathered: 0.0 }
    }

    /// The document it is at, [`TERMINATED`] at the end.
    pub(super) fn doc(&self) -> DocId {
        self.at
    }

    pub(super) fn advance(&mut self) -> DocId {
        self.at = match &mut self.postings {
            Postings::Term { postings, .. } | Postings::Constant { postings, .. } => postings.advance(),
            Postings::Phrase { scorer, .. } => scorer.advance(),
        };
        self.at
    }

    /// Goes to the first document that is not before `target`.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.at < target {
            self.at = match &mut self.postings {
                Postings::Term { postings, .. } | Postings::Constant { postings, .. } => {
                    postings.seek(target)
                }
                Postings::Phrase { scorer, .. } => scorer.seek(target),
            };
        }
        self.at
    }

    /// What the document at which it is scores; remembered of its page, as far as the section says something of it.
    pub(super) fn read(&mut self, worth: f32) -> Score {
        match &mut self.postings {
            Postings::Term { postings, norms, weight, lengths, .. } => {
                let frequency = postings.term_freq() as f32;
                let length = lengths[usize::from(norms.fieldnorm_id(self.at))];
                self.gathered += worth * frequency;
                *weight * frequency / (frequency + length)
            }
            Postings::Constant { score, .. } => {
                self.gathered = self.gathered.max(worth * *score);
                *score
            }
            Postings::Phrase { scorer, boost } => {
                let score = *boost * scorer.score();
                self.gathered = self.gathered.max(worth * score);
                score
            }
        }
    }

    /// What the sections that were read score as one text; `lengths` say how long the page is.
    pub(super) fn take_gathered(&mut self, lengths: PageLengths) -> Score {
        let gathered = std::mem::take(&mut self.gathered);
        match &self.postings {
            Postings::Term { weight, part, .. } if gathered > 0.0 => {
                *weight * gathered / (gathered + lengths[*part as usize])
            }
            _ => gathered,
        }
    }
}
