//! What pages can be put in order by besides relevance, by the page's ordinal: read when it is first asked for, as most
//! questions never do.

use super::{Dictionary, Fields, IndexError, NONE, Snapshot};
use tantivy::columnar::StrColumn;

impl Snapshot {
    /// The rank of each page's title among all titles; equal titles have one rank.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn title_ranks(&self) -> Result<Vec<u32>, IndexError> {
        let columns = self.columns(Fields::TITLE_ORDER)?;
        let (_, maps) = Dictionary::over(&columns).map_err(|error| self.engine_error(error))?;
        let mut ranks = vec![NONE; self.pages.len()];
        for ((segment, column), ranks_of) in self.segments.iter().zip(&columns).zip(&maps) {
            let Some(column) = column else { continue };
            for page in &segment.pages {
                let term = column.term_ords(page.first).next().and_then(|term| usize::try_from(term).ok());
                if let Some(rank) = term.and_then(|term| ranks_of.get(term)) {
                    ranks[page.page as usize] = *rank;
                }
            }
        }
        Ok(ranks)
    }

    /// When each page says that it was changed, as `read` understands it.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn modified<T: Copy>(&self, read: impl Fn(&str) -> Option<T>) -> Result<Vec<Option<T>>, IndexError> {
        let mut modified = vec![None; self.pages.len()];
        for (segment, column) in self.segments.iter().zip(self.columns(Fields::MODIFIED)?) {
            let Some(column) = column else { continue };
            let mut text = String::new();
            for page in &segment.pages {
                let Some(term) = column.term_ords(page.first).next() else { continue };
                text.clear();
                column.ord_to_str(term, &mut text).map_err(|error| self.engine_error(error.into()))?;
                modified[page.page as usize] = read(&text);
            }
        }
        Ok(modified)
    }

    /// A column of texts of each segment.
    fn columns(&self, name: &str) -> Result<Vec<Option<StrColumn>>, IndexError> {
        let columns = self.segments.iter().map(|segment| segment.reader.fast_fields().str(name));
        columns.collect::<Result<_, _>>().map_err(|error| self.engine_error(error))
    }
}
