//! Which runs of letters the titles of a segment have ([`crate::text::grams`]), and in a few bytes for each which ones it may
//! have: so most titles need not be read to know that they are not written as a question is.

use super::schema::Fields;
use super::{SegmentPage, Snapshot, column};
use crate::text::GRAMS;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

/// How many runs are told apart by the bits of a title.
const BITS: u64 = u128::BITS as u64;

/// The titles of a segment; 17 bytes for each page are held, and 8 for each run.
#[derive(Default)]
pub struct TitleLetters {
    column: Option<Column<u64>>,
    /// By page: a bit for the runs that fall on it.
    bits: Vec<u128>,
    /// By page: how many runs there are, at most 255.
    counts: Vec<u8>,
    /// How many titles have each run that any has, in order of the runs.
    having: Vec<(u32, u32)>,
}

impl TitleLetters {
    pub(super) fn read(reader: &SegmentReader, pages: &[SegmentPage]) -> tantivy::Result<Self> {
        let column = reader.fast_fields().column_opt(Fields::TITLE_GRAM)?;
        let (mut bits, mut counts) = (vec![0; pages.len()], vec![0_u8; pages.len()]);
        let mut having = vec![0_u32; GRAMS as usize];
        column::values(column.as_ref(), pages.iter().map(|page| page.first), |page, run| {
            bits[page] |= 1 << Self::bit(run);
            counts[page] = counts[page].saturating_add(1);
            // No other is ever written.
            if let Some(count) = having.get_mut(run as usize) {
                *count += 1;
            }
        });
        let having = (0..).zip(having).filter(|(_, count)| *count > 0).collect();
        Ok(Self { column, bits, counts, having })
    }

    /// How many titles have a run.
    fn having(&self, run: u64) -> u64 {
        let at = self.having.binary_search_by_key(&run, |(known, _)| u64::from(*known));
        at.map_or(0, |at| u64::from(self.having[at].1))
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

impl Snapshot {
    /// How many pages have a run of letters in their title.
    pub fn titles_with(&self, run: u64) -> u64 {
        self.segments.iter().map(|segment| segment.letters.having(run)).sum()
    }
}
