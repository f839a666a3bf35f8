//! Columns read for many documents at once: the engine finds and unpacks the values of thousands of documents in the time that
//! some hundreds take one by one.

use super::NONE;
use std::ops::Range;
use tantivy::DocId;
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex};

/// How many documents are read at once.
const WINDOW: usize = 4096;
/// How many times as many values may be unpacked as are wanted: between the documents there may be others.
const UNWANTED: usize = 4;

/// Calls `take` with each value that documents have in a column, in their order, and before it the place of its document among
/// them. `documents` ascend.
pub(super) fn values(
    column: Option<&Column<u64>>,
    documents: impl IntoIterator<Item = DocId>,
    mut take: impl FnMut(usize, u64),
) {
    let Some(column) = column else { return };
    let mut documents = documents.into_iter();
    let mut window = Window::default();
    let mut before = 0;
    while window.read(column, documents.by_ref().take(WINDOW)) {
        window.values(column, |at, value| take(before + at, value));
        before += window.documents.len();
    }
}

/// The first value that each document has, or [`NONE`] where it has none, and as `read` understands it.
pub(super) fn firsts(
    column: Option<&Column<u64>>,
    documents: impl ExactSizeIterator<Item = DocId>,
    read: impl Fn(u64) -> u32,
) -> Vec<u32> {
    let mut firsts = vec![NONE; documents.len()];
    let mut next = 0;
    values(column, documents, |at, value| {
        if at >= next {
            firsts[at] = read(value);
            next = at + 1;
        }
    });
    firsts
}

/// Some documents, and where their values are.
#[derive(Default)]
struct Window {
    documents: Vec<DocId>,
    /// Those that have values, and the rows of these, side by side.
    having: Vec<DocId>,
    rows: Vec<Range<u32>>,
    scratch: Vec<u32>,
    values: Vec<u64>,
}

impl Window {
    /// Finds the rows of documents; whether there are documents.
    fn read(&mut self, column: &Column<u64>, documents: impl Iterator<Item = DocId>) -> bool {
        self.documents.clear();
        self.documents.extend(documents);
        self.having.clear();
        self.rows.clear();
        self.scratch.clear();
        match &column.index {
            ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) => {
                let ranks = &mut self.scratch;
                index.optional_index.rank_if_exists_batch(&self.documents, &mut self.having, ranks);
                let (Some(first), Some(last)) = (ranks.first(), ranks.last()) else { return self.is_some() };
                // Where a row ends the next begins.
                let mut starts = vec![0; (last - first) as usize + 2];
                index.start_index_column.get_range(u64::from(*first), &mut starts);
                let of = |rank: &u32| starts[(rank - first) as usize]..starts[(rank - first) as usize + 1];
                self.rows.extend(ranks.iter().map(of));
            }
            index => {
                index.docids_to_rowids(&self.documents, &mut self.having, &mut self.scratch);
                self.rows.extend(self.scratch.iter().map(|&row| row..row + 1));
            }
        }
        self.is_some()
    }

    fn is_some(&self) -> bool {
        !self.documents.is_empty()
    }

    fn values(&mut self, column: &Column<u64>, mut take: impl FnMut(usize, u64)) {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return };
        let (start, all) = (first.start, (last.end - first.start) as usize);
        let wanted: usize = self.rows.iter().map(ExactSizeIterator::len).sum();
        let is_dense = all <= UNWANTED * wanted;
        if is_dense {
            self.values.resize(all, 0);
            column.values.get_range(u64::from(start), &mut self.values);
        }
        let mut at = 0;
        for (document, rows) in self.having.iter().zip(&self.rows) {
            while self.documents[at] != *document {
                at += 1;
            }
            for row in rows.clone() {
                let unpacked = is_dense.then(|| self.values[(row - start) as usize]);
                take(at, unpacked.unwrap_or_else(|| column.values.get_val(row)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::schema::{FAST, Schema};
    use tantivy::{Index, TantivyDocument};

    /// A column in which documents have these values.
    fn column(values: &[Vec<u64>]) -> Option<Column<u64>> {
        let mut schema = Schema::builder();
        let field = schema.add_u64_field("n", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for values in values {
            let mut document = TantivyDocument::default();
            values.iter().for_each(|&value| document.add_u64(field, value));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        assert!(searcher.segment_readers().len() < 2);
        searcher.segment_readers().first()?.fast_fields().column_opt("n").unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn all_at_once_is_one_by_one(
            of in prop::collection::vec(prop::collection::vec(0_u64..1000, 0..4), 1..40),
            (most, times) in (0_usize..4, 1_usize..300),
            step in 1_usize..20,
        ) {
            // Enough documents for several windows; as many values a document as make each kind of column.
            let of: Vec<Vec<u64>> = of.iter().cycle().take(of.len() * times).map(|values| values[..most.min(values.len())].to_vec()).collect();
            let column = column(&of);
            let documents = || (0..of.len()).step_by(step).map(|document| document as DocId);
            let (mut read, mut expected) = (Vec::new(), Vec::new());
            values(column.as_ref(), documents(), |at, value| read.push((at, value)));
            for (at, document) in documents().enumerate() {
                expected.extend(of[document as usize].iter().map(|&value| (at, value)));
            }
            prop_assert_eq!(read, expected);
            let first = |document: DocId| of[document as usize].first().map_or(NONE, |value| *value as u32 + 1);
            prop_assert_eq!(firsts(column.as_ref(), documents(), |value| value as u32 + 1), documents().map(first).collect::<Vec<_>>());
        }
    }
}
