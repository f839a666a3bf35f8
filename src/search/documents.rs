//! The documents of a segment that have a term, and how often each has it.

use std::ops::Range;
use std::rc::Rc;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings};
use tantivy::{DocId, DocSet as _, TERMINATED};

/// How many documents a block of the engine's has: it unpacks one as a whole.
const BLOCK: u32 = 128;

/// The documents, gone through in order; a copy goes on from where this is.
#[derive(Clone)]
pub(super) enum Documents {
    /// Less than a block. Most terms of a question are near to its words and as rare: to copy a block of each for every
    /// time that they are gone through would take longer than going.
    Few { all: Rc<[(DocId, u32)]>, at: usize },
    /// The engine's own: they hold a block and are not moved about.
    Many(Box<SegmentPostings>),
}

impl Documents {
    pub(super) fn of(mut postings: SegmentPostings) -> Self {
        if postings.doc_freq() >= BLOCK {
            return Self::Many(Box::new(postings));
        }
        let mut all = Vec::with_capacity(postings.doc_freq() as usize);
        while postings.doc() != TERMINATED {
            all.push((postings.doc(), postings.term_freq()));
            postings.advance();
        }
        Self::Few { all: all.into(), at: 0 }
    }

    /// How many there are, deleted ones too.
    pub(super) fn count(&self) -> u32 {
        match self {
            Self::Few { all, .. } => u32::try_from(all.len()).unwrap_or(BLOCK),
            Self::Many(postings) => postings.doc_freq(),
        }
    }

    /// The document it is at, [`TERMINATED`] at the end.
    #[inline]
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Few { all, at } => all.get(*at).map_or(TERMINATED, |(document, _)| *document),
            Self::Many(postings) => postings.doc(),
        }
    }

    /// How often the document that it is at has the term.
    #[inline]
    pub(super) fn frequency(&self) -> u32 {
        match self {
            Self::Few { all, at } => all.get(*at).map_or(0, |(_, frequency)| *frequency),
            Self::Many(postings) => postings.term_freq(),
        }
    }

    /// Goes to the next document.
    #[inline]
    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::Few { at, .. } => {
                *at += 1;
                self.doc()
            }
            Self::Many(postings) => postings.advance(),
        }
    }

    /// Goes to the first document that is not before `target`, which is behind the one that it is at.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Few { all, at } => {
                *at += 1;
                let rest = all.get(*at..).unwrap_or_default();
                if rest.first().is_some_and(|(document, _)| *document < target) {
                    *at += rest.partition_point(|(document, _)| *document < target);
                }
                self.doc()
            }
            Self::Many(postings) => postings.seek(target),
        }
    }
}

/// The same documents, read in order and many at a time: block by block, without how often each has the term.
pub(super) enum Blocks {
    Few { all: Rc<[(DocId, u32)]>, at: usize },
    Many { block: Box<BlockSegmentPostings>, at: usize },
}

impl Blocks {
    /// Those of `documents`, or of the engine's where they are many.
    pub(super) fn of(
        documents: &Documents,
        engine: impl FnOnce() -> std::io::Result<BlockSegmentPostings>,
    ) -> std::io::Result<Self> {
        Ok(match documents {
            Documents::Few { all, .. } => Self::Few { all: Rc::clone(all), at: 0 },
            Documents::Many(_) => Self::Many { block: Box::new(engine()?), at: 0 },
        })
    }

    /// Calls `take` with those of a range, which does not begin before the end of the one before.
    #[inline]
    pub(super) fn each(&mut self, range: Range<DocId>, mut take: impl FnMut(DocId)) {
        match self {
            Self::Few { all, at } => {
                let rest = &all[*at..];
                let from = rest.partition_point(|(document, _)| *document < range.start);
                let up_to = rest.partition_point(|(document, _)| *document < range.end);
                rest[from..up_to].iter().for_each(|(document, _)| take(*document));
                *at += up_to;
            }
            Self::Many { block, at } => loop {
                if block.docs().last().is_some_and(|last| *last < range.start) {
                    *at = block.seek(range.start);
                }
                let docs = block.docs();
                // At the end the engine seeks to behind the last.
                let rest = docs.get(*at..).unwrap_or_default();
                let from = rest.partition_point(|document| *document < range.start);
                let up_to = rest.partition_point(|document| *document < range.end);
                rest[from..up_to].iter().for_each(|document| take(*document));
                *at += up_to;
                if up_to < rest.len() || docs.len() < BLOCK as usize {
                    return;
                }
                block.advance();
                *at = 0;
            },
        }
    }

    /// The first that was not read yet, [`TERMINATED`] at the end.
    pub(super) fn next(&self) -> DocId {
        let next = match self {
            Self::Few { all, at } => all.get(*at).map(|(document, _)| *document),
            Self::Many { block, at } => block.docs().get(*at).copied(),
        };
        next.unwrap_or(TERMINATED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::schema::{IndexRecordOption, Schema, TEXT, Term};
    use tantivy::{Index, doc};

    proptest! {
        #[test]
        fn a_list_is_gone_through_in_order(all in prop::collection::btree_map(0_u32..300, 1_u32..9, 0..100), steps in prop::collection::vec(prop::option::of(0_u32..60), 0..40)) {
            let mut documents = Documents::Few { all: all.clone().into_iter().collect(), at: 0 };
            let mut least = 0;
            for step in steps {
                let expected = all.range(least..).next();
                let (document, frequency) = expected.map_or((TERMINATED, 0), |(document, frequency)| (*document, *frequency));
                prop_assert_eq!((documents.doc(), documents.frequency()), (document, frequency));
                least = match step {
                    _ if document == TERMINATED => break,
                    None => document + 1,
                    Some(on) => document + 1 + on,
                };
                let next = if step.is_none() { documents.advance() } else { documents.seek(least) };
                prop_assert_eq!(next, documents.doc());
            }
        }
    }

    /// The documents with a term in an index of documents that have it or do not.
    fn blocks(having: &[bool]) -> Blocks {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("field", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for has in having {
            writer.add_document(doc!(field => if *has { "a a" } else { "b" })).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let terms = searcher.segment_reader(0).inverted_index(field).unwrap();
        let info = terms.get_term_info(&Term::from_field_text(field, "a")).unwrap().unwrap();
        let documents = terms.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs).unwrap();
        let engine = || terms.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic);
        Blocks::of(&Documents::of(documents), engine).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        // A block has 128: ends of blocks, and of the last one.
        #[test]
        fn ranges_are_read_one_after_the_other(before in 0_usize..3, runs in prop::sample::subsequence(vec![1_usize, 127, 128, 129, 256, 300], 1..4), steps in prop::collection::vec((0_u32..200, 0_u32..400), 0..12)) {
            let mut having = vec![false; before];
            runs.iter().for_each(|run| having.extend(std::iter::repeat_n(true, *run).chain([false; 5])));
            let all: Vec<DocId> = (0..).zip(&having).filter(|(_, has)| **has).map(|(document, _)| document).collect();
            let (mut blocks, mut end) = (blocks(&having), 0);
            for (gap, length) in steps {
                let range = end + gap..end + gap + length;
                end = range.end;
                let mut read = Vec::new();
                blocks.each(range.clone(), |document| read.push(document));
                let expected: Vec<DocId> = all.iter().copied().filter(|document| range.contains(document)).collect();
                prop_assert_eq!(read, expected);
                let next = all.iter().copied().find(|document| *document >= end).unwrap_or(TERMINATED);
                // What is passed over is not looked at before it is wanted.
                prop_assert!(blocks.next() <= next);
            }
        }
    }
}
