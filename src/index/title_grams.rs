//! How many titles have a run of letters: counted over the column when it is first asked for, so that the index needs no
//! postings of them.

use super::{Fields, Snapshot};
use std::collections::BTreeMap;

/// By run, in order.
pub(super) type TitleGramCounts = Vec<(u64, u64)>;

impl Snapshot {
    /// How many pages have a run of letters in their title.
    ///
    /// # Errors
    /// What the engine says of the column.
    pub fn titles_with(&self, gram: u64) -> tantivy::Result<u64> {
        let counts = match self.title_grams.get() {
            Some(counts) => counts,
            None => {
                let counted = self.count_title_grams()?;
                self.title_grams.get_or_init(|| counted)
            }
        };
        let at = counts.binary_search_by_key(&gram, |(known, _)| *known);
        Ok(at.map_or(0, |at| counts[at].1))
    }

    fn count_title_grams(&self) -> tantivy::Result<TitleGramCounts> {
        let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
        for segment in &self.segments {
            let Some(column) = segment.reader.fast_fields().column_opt::<u64>(Fields::TITLE_GRAM)? else {
                continue;
            };
            let mut grams: Vec<u64> =
                segment.pages.iter().flat_map(|page| column.values_for_doc(page.first)).collect();
            grams.sort_unstable();
            for same in grams.chunk_by(|a, b| a == b) {
                *counts.entry(same[0]).or_default() += same.len() as u64;
            }
        }
        Ok(counts.into_iter().collect())
    }
}
