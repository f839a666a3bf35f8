//! Where the wants of a question stand in one segment, and how much each place says: BM25 over postings.

use super::documents::{Blocks, Documents};
use crate::index::{Segment, Size, Snapshot};
use std::cell::OnceCell;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{SegmentPostings, TermInfo};
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

/// A term as the dictionary of a segment has it.
struct InSegment {
    info: Option<TermInfo>,
    /// Opened when it is first gone through, and copied for that and every other time: a question goes through its terms
    /// twice at the least.
    opened: OnceCell<Opened>,
}

/// The places of a term in a segment from the first on, and how long the field is in its documents.
#[derive(Clone)]
struct Opened {
    documents: Documents,
    norms: Option<FieldNormReader>,
}

/// A term as the dictionaries of the segments have it, each looked up once for a question.
pub(super) struct LookedUp {
    pub(super) field: Field,
    in_segments: Vec<InSegment>,
    /// How many documents that are not deleted have it.
    pub(super) having: u64,
}

impl LookedUp {
    pub(super) fn of(snapshot: &Snapshot, term: &Term) -> tantivy::Result<Self> {
        let field = term.field();
        let mut having = 0;
        let mut in_segments = Vec::with_capacity(snapshot.segments.len());
        for segment in &snapshot.segments {
            let index = segment.reader.inverted_index(field)?;
            let info = index.get_term_info(term)?;
            if let Some(info) = &info {
                having += if segment.reader.has_deletes() {
                    not_deleted(index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?, segment)
                } else {
                    u64::from(info.doc_freq)
                };
            }
            in_segments.push(InSegment { info, opened: OnceCell::new() });
        }
        Ok(Self { field, in_segments, having })
    }

    /// Its places in a segment, by the segment's number; with how often it stands there, if its field says how long it is.
    fn open(&self, (at, segment): (usize, &Segment), has_lengths: bool) -> tantivy::Result<Option<Opened>> {
        let Some(InSegment { info: Some(info), opened }) = self.in_segments.get(at) else { return Ok(None) };
        if let Some(opened) = opened.get() {
            return Ok(Some(opened.clone()));
        }
        let option = if has_lengths { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let index = segment.reader.inverted_index(self.field)?;
        let documents = Documents::of(index.read_postings_from_terminfo(info, option)?);
        let norms = has_lengths.then(|| segment.reader.get_fieldnorms_reader(self.field)).transpose()?;
        Ok(Some(opened.get_or_init(|| Opened { documents, norms }).clone()))
    }

    /// All documents of a segment, by its number, that have it.
    pub(super) fn blocks(
        &self,
        (at, segment): (usize, &Segment),
        has_lengths: bool,
    ) -> tantivy::Result<Option<Blocks>> {
        let Some(InSegment { info: Some(info), .. }) = self.in_segments.get(at) else { return Ok(None) };
        let Some(Opened { documents, .. }) = self.open((at, segment), has_lengths)? else { return Ok(None) };
        let index = segment.reader.inverted_index(self.field)?;
        let engine = || index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic);
        Ok(Some(Blocks::of(&documents, engine)?))
    }
}

fn not_deleted(mut postings: SegmentPostings, segment: &Segment) -> u64 {
    let mut having = 0;
    while postings.doc() != TERMINATED {
        having += u64::from(segment.pages.of(postings.doc()).is_some());
        postings.advance();
    }
    having
}

/// How many documents that are not deleted have a term.
pub(super) fn document_frequency(snapshot: &Snapshot, term: &Term) -> tantivy::Result<u64> {
    Ok(LookedUp::of(snapshot, term)?.having)
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
    /// How many documents it has, deleted ones too; of a phrase no fewer.
    pub(super) cost: u32,
}

enum Postings {
    Term {
        documents: Documents,
        norms: FieldNormReader,
        weight: Score,
        lengths: Lengths,
        /// Which of the lengths of a page is that of the field.
        part: Part,
    },
    /// Found or not: how often a skill is named says little.
    Constant {
        documents: Documents,
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
        segment: (usize, &Segment),
        term: &LookedUp,
        weight: Score,
        (lengths, part): (&Lengths, Part),
    ) -> tantivy::Result<Option<Self>> {
        let Some(Opened { documents, norms: Some(norms) }) = term.open(segment, true)? else {
            return Ok(None);
        };
        let weight = weight * (K1 + 1.0);
        let postings = Postings::Term { documents, norms, weight, lengths: Arc::clone(lengths), part };
        Ok(Some(Self::new(of, postings)))
    }

    /// The documents with a term, each worth the same.
    pub(super) fn constant(
        of: Of,
        segment: (usize, &Segment),
        term: &LookedUp,
        score: Score,
    ) -> tantivy::Result<Option<Self>> {
        let leaf = |Opened { documents, .. }| Self::new(of, Postings::Constant { documents, score });
        Ok(term.open(segment, false)?.map(leaf))
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
        let (at, cost) = match &postings {
            Postings::Term { documents, .. } | Postings::Constant { documents, .. } => {
                (documents.doc(), documents.count())
            }
            Postings::Phrase { scorer, .. } => (scorer.doc(), scorer.size_hint()),
        };
        Self { of, postings, at, cost }
    }

    /// The document it is at, [`TERMINATED`] at the end.
    pub(super) fn doc(&self) -> DocId {
        self.at
    }

    /// Goes to the next document.
    pub(super) fn advance(&mut self) -> DocId {
        self.at = match &mut self.postings {
            Postings::Term { documents, .. } | Postings::Constant { documents, .. } => documents.advance(),
            Postings::Phrase { scorer, .. } => scorer.advance(),
        };
        self.at
    }

    /// Goes to the first document that is not before `target`.
    #[inline]
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.at < target { self.seek_behind(target) } else { self.at }
    }

    fn seek_behind(&mut self, target: DocId) -> DocId {
        self.at = match &mut self.postings {
            Postings::Term { documents, .. } | Postings::Constant { documents, .. } => documents.seek(target),
            Postings::Phrase { scorer, .. } => scorer.seek(target),
        };
        self.at
    }

    /// What there is at the document at which it is: how often the term stands there, else what it scores.
    pub(super) fn amount(&mut self) -> f32 {
        match &mut self.postings {
            Postings::Term { documents, .. } => documents.frequency() as f32,
            Postings::Constant { score, .. } => *score,
            Postings::Phrase { scorer, boost } => *boost * scorer.score(),
        }
    }

    /// What a document scores that has this amount.
    pub(super) fn score(&self, document: DocId, amount: f32) -> Score {
        match &self.postings {
            Postings::Term { norms, weight, lengths, .. } => {
                *weight * amount / (amount + lengths[usize::from(norms.fieldnorm_id(document))])
            }
            _ => amount,
        }
    }

    /// Adds what a document has to what the sections of its page have that were read so far, as far as it says something
    /// of the page.
    pub(super) fn gather(&self, gathered: &mut f32, worth: f32, amount: f32) {
        match &self.postings {
            Postings::Term { .. } => *gathered += worth * amount,
            _ => *gathered = gathered.max(worth * amount),
        }
    }

    /// What all that was gathered scores as one text; `lengths` say how long the page is.
    pub(super) fn score_gathered(&self, gathered: f32, lengths: PageLengths) -> Score {
        match &self.postings {
            Postings::Term { weight, part, .. } if gathered > 0.0 => {
                *weight * gathered / (gathered + lengths[*part as usize])
            }
            _ => gathered,
        }
    }

    /// What no document scores more than.
    pub(super) fn most(&self) -> Score {
        match &self.postings {
            Postings::Term { weight, .. } => *weight,
            Postings::Constant { score, .. } => *score,
            Postings::Phrase { .. } => Score::INFINITY,
        }
    }
}
