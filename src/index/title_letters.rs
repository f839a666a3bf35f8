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

    /// The bits of the runs that a page's title has.
    pub fn bits(&self, page: usize) -> u128 {
        self.bits[page]
    }

    /// The bit on which a run falls: a title whose bits lack it does not have the run.
    pub fn bit(run: u64) -> u32 {
        (run % BITS) as u32
    }
}

fn bits_of(runs: &[u64]) -> u128 {
    runs.iter().fold(0, |bits, run| bits | 1 << TitleLetters::bit(*run))
}
