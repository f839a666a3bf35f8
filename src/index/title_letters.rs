//! Which runs of letters the titles of a segment have ([`crate::text::grams`]), and in a few bytes for each which ones it may
//! have: so most titles need not be read to know that they are not written as a question is.

use super::schema::Fields;
use super::segment::SegmentPage;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

/// How many runs are told apart by the bits of a title.
const BITS: u64 = u128::BITS as u64;

/// The titles of a segment; 17 bytes for each page are held.
#[derive(Default)]
pub struct TitleLetters {
    column: Option<Column<u64>>,
    /// By page: a bit for the runs that fall on it.
    bits: Vec<u128>,
    /// By page: how many runs there are, at most 255.
    counts: Vec<u8>,
}

impl TitleLetters {
    pub(super) fn read(reader: &SegmentReader, pages: &[SegmentPage]) -> tantivy::Result<Self> {
        let mut letters =
            Self { column: reader.fast_fields().column_opt(Fields::TITLE_GRAM)?, ..Self::default() };
        let mut runs = Vec::new();
        for page in pages {
            letters.runs(page, &mut runs);
            letters.bits.push(bits_of(&runs));
            letters.counts.push(u8::try_from(runs.len()).unwrap_or(u8::MAX));
        }
        Ok(letters)
    }

    /// Reads the runs of a page's title, in order.
    pub fn runs(&self, page: &SegmentPage, runs: &mut Vec<u64>) {
        runs.clear();
        if let Some(column) = &self.column {
            let rows = column.index.value_row_ids(page.first);
            runs.resize(rows.len(), 0);
            column.values.get_range(u64::from(rows.start), runs);
        }
    }

    /// How many runs a page's title has, or fewer where they are over 255.
    pub fn count(&self, page: usize) -> u8 {
        self.counts[page]
    }

    /// The runs that a page's title may have, of some that are asked for; all that it has are among them.
    pub fn may_have<'a, T>(&self, page: usize, asked: &'a [(u64, T)]) -> impl Iterator<Item = &'a (u64, T)> {
        let bits = self.bits[page];
        asked.iter().filter(move |(run, _)| bits >> (run % BITS) & 1 == 1)
    }
}

fn bits_of(runs: &[u64]) -> u128 {
    runs.iter().fold(0, |bits, run| bits | 1 << (run % BITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_that_a_title_has_it_may_have(title in prop::collection::vec(0_u64..600, 0..40), asked in prop::collection::vec(0_u64..600, 0..40)) {
            let letters = TitleLetters { bits: vec![bits_of(&title)], ..TitleLetters::default() };
            let asked: Vec<(u64, ())> = asked.into_iter().map(|run| (run, ())).collect();
            let may_have: Vec<u64> = letters.may_have(0, &asked).map(|(run, ())| *run).collect();
            for (run, ()) in asked.iter().filter(|(run, ())| title.contains(run)) {
                prop_assert!(may_have.contains(run));
            }
        }
    }
}
