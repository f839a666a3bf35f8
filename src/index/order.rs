//! What pages can be put in order by besides relevance, by the page's ordinal: read when it is first asked for, as most
//! questions never do.

use super::convert::title_order_of_role;
use super::{Fields, IndexError, NONE, Snapshot};
use crate::model::FacetField;
use tantivy::columnar::StrColumn;

impl Snapshot {
    /// The rank of each page's title among all titles; equal titles have one rank.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn title_ranks(&self) -> Result<Vec<u32>, IndexError> {
        let mut titles: Vec<(String, u32)> = Vec::with_capacity(self.pages.len());
        for (segment, column) in self.segments.iter().zip(self.columns(Fields::TITLE_ORDER)?) {
            for (index, page) in segment.pages.iter().enumerate() {
                let term = column.iter().flat_map(|column| column.term_ords(page.first)).next();
                let mut title = String::new();
                match (&column, term) {
                    (Some(column), Some(term)) => {
                        let read = column.ord_to_str(term, &mut title);
                        read.map_err(|error| self.engine_error(error.into()))?;
                    }
                    _ => {
                        let role = segment.page_value(FacetField::Role, index);
                        title = title_order_of_role(self.dictionary(FacetField::Role).id(role));
                    }
                }
                titles.push((title, page.page));
            }
        }
        titles.sort_unstable();
        let mut ranks = vec![NONE; self.pages.len()];
        for (rank, same) in (0..).zip(titles.chunk_by(|(a, _), (b, _)| a == b)) {
            same.iter().for_each(|(_, page)| ranks[*page as usize] = rank);
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
