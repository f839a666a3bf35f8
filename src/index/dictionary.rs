//! The values of a facet field, with ordinals that hold across segments and are in the order of ids.

use super::NONE;
use super::value::Value;
use tantivy::columnar::StrColumn;

/// The values of a field over all segments, in the order of their ids.
#[derive(Debug, Default)]
pub struct Dictionary {
    values: Vec<(String, String)>,
}

impl Dictionary {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The id of an ordinal.
    pub fn id(&self, ordinal: u32) -> &str {
        self.values.get(ordinal as usize).map_or("", |(id, _)| id)
    }

    /// The label of an ordinal; its id where it has no other.
    pub fn label(&self, ordinal: u32) -> &str {
        match self.values.get(ordinal as usize) {
            Some((id, label)) if label.is_empty() => id,
            Some((_, label)) => label,
            None => "",
        }
    }

    /// The ordinal of an id.
    pub fn ordinal(&self, id: &str) -> Option<u32> {
        let at = self.values.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        u32::try_from(at).ok()
    }

    /// The values of these columns, deleted documents' too, and for each column what its own ordinals become.
    pub(super) fn over(
        columns: &[Option<StrColumn>],
    ) -> Result<(Self, Vec<Vec<u32>>), tantivy::TantivyError> {
        let mut locals: Vec<Vec<(String, String)>> = Vec::with_capacity(columns.len());
        for column in columns {
            let mut values = Vec::new();
            if let Some(column) = column {
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let term = String::from_utf8_lossy(terms.key());
                    let Value { id, label, .. } = Value::of(&term);
                    values.push((id.into_owned(), label.to_owned()));
                }
            }
            locals.push(values);
        }
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (column, local) in locals.iter().enumerate() {
            order.extend((0..local.len()).map(|at| (column, at)));
        }
        // A column is in order but for what sets ids and labels apart.
        order.sort_by(|a, b| locals[a.0][a.1].cmp(&locals[b.0][b.1]));
        let mut maps: Vec<Vec<u32>> = locals.iter().map(|local| vec![NONE; local.len()]).collect();
        let mut values: Vec<(String, String)> = Vec::with_capacity(order.len());
        for (column, at) in order {
            let value = std::mem::take(&mut locals[column][at]);
            if values.last() != Some(&value) {
                values.push(value);
            }
            maps[column][at] = values.len() as u32 - 1;
        }
        Ok((Self { values }, maps))
    }

    /// Keeps the values that were seen, each id once with the first of its labels, in whichever documents they are.
    /// What each ordinal becomes.
    pub(super) fn keep(&mut self, seen: &[bool]) -> Vec<u32> {
        let mut kept: Vec<(String, String)> = Vec::with_capacity(self.values.len());
        let map = std::mem::take(&mut self.values)
            .into_iter()
            .zip(seen)
            .map(|(value, &seen)| {
                if !seen {
                    return NONE;
                }
                if kept.last().is_none_or(|(id, _)| *id != value.0) {
                    kept.push(value);
                }
                kept.len() as u32 - 1
            })
            .collect();
        self.values = kept;
        map
    }
}
