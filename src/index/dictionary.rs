//! The values of a facet field, with ordinals that hold across segments and are in the order of ids.

use super::NONE;
use super::value::Value;
use std::cmp::Ordering;
use tantivy::columnar::StrColumn;

/// The values of a field over all segments, in the order of their ids.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// Id and label of each, one after the other.
    text: String,
    /// Where they end.
    ends: Vec<(usize, usize)>,
}

impl Dictionary {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The id of an ordinal.
    pub fn id(&self, ordinal: u32) -> &str {
        if (ordinal as usize) < self.ends.len() { self.value(ordinal as usize).0 } else { "" }
    }

    /// The label of an ordinal; its id where it has no other.
    pub fn label(&self, ordinal: u32) -> &str {
        if ordinal as usize >= self.ends.len() {
            return "";
        }
        let (id, label) = self.value(ordinal as usize);
        if label.is_empty() { id } else { label }
    }

    /// The ordinal of an id.
    pub fn ordinal(&self, id: &str) -> Option<u32> {
        let (mut least, mut most) = (0, self.ends.len());
        while least < most {
            let middle = usize::midpoint(least, most);
            match self.value(middle).0.cmp(id) {
                Ordering::Less => least = middle + 1,
                Ordering::Greater => most = middle,
                Ordering::Equal => return u32::try_from(middle).ok(),
            }
        }
        None
    }

    /// The values of these columns, deleted documents' too, and for each column what its own ordinals become.
    pub(super) fn over(
        columns: &[Option<StrColumn>],
    ) -> Result<(Self, Vec<Vec<u32>>), tantivy::TantivyError> {
        let mut locals: Vec<Self> = Vec::with_capacity(columns.len());
        for column in columns {
            let mut values = Self::default();
            if let Some(column) = column {
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let term = String::from_utf8_lossy(terms.key());
                    let Value { id, label, .. } = Value::of(&term);
                    values.push((&id, label));
                }
            }
            locals.push(values);
        }
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (column, local) in locals.iter().enumerate() {
            order.extend((0..local.len()).map(|at| (column, at)));
        }
        // A column is in order but for what sets ids and labels apart.
        order.sort_by(|a, b| locals[a.0].value(a.1).cmp(&locals[b.0].value(b.1)));
        let mut maps: Vec<Vec<u32>> = locals.iter().map(|local| vec![NONE; local.len()]).collect();
        let mut all = Self::default();
        for (column, at) in order {
            let value = locals[column].value(at);
            if all.last() != Some(value) {
                all.push(value);
            }
            maps[column][at] = all.len() as u32 - 1;
        }
        Ok((all, maps))
    }

    /// Keeps the values that were seen, each id once with the first of its labels, in whichever documents they are.
    /// What each ordinal becomes; nothing where all stay as they are.
    pub(super) fn keep(&mut self, seen: &[bool]) -> Option<Vec<u32>> {
        let is_again = |at: usize| at > 0 && self.value(at - 1).0 == self.value(at).0;
        if seen.iter().all(|seen| *seen) && !(0..self.len()).any(is_again) {
            return None;
        }
        let mut kept = Self::default();
        let map = seen.iter().enumerate().map(|(at, &seen)| {
            if !seen {
                return NONE;
            }
            let value = self.value(at);
            if kept.last().is_none_or(|(id, _)| id != value.0) {
                kept.push(value);
            }
            kept.len() as u32 - 1
        });
        let map = map.collect();
        *self = kept;
        Some(map)
    }

    fn push(&mut self, (id, label): (&str, &str)) {
        self.text.push_str(id);
        let id = self.text.len();
        self.text.push_str(label);
        self.ends.push((id, self.text.len()));
    }

    fn last(&self) -> Option<(&str, &str)> {
        self.len().checked_sub(1).map(|last| self.value(last))
    }

    /// The id and the label at a place, which is empty where there is none.
    fn value(&self, at: usize) -> (&str, &str) {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        let (id, label) = self.ends[at];
        (&self.text[start..id], &self.text[id..label])
    }
}
