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

    /// The values of one column, in its order, which is that of ids but for what sets ids and labels apart.
    pub(super) fn of(column: Option<&StrColumn>) -> tantivy::Result<Self> {
        let mut values = Self::default();
        if let Some(column) = column {
            let mut terms = column.dictionary().stream()?;
            while terms.advance() {
                let term = String::from_utf8_lossy(terms.key());
                let Value { id, label, .. } = Value::of(&term);
                values.push((&id, label));
            }
        }
        Ok(values)
    }

    /// The values of these columns, deleted documents' too, and for each column what its own ordinals become.
    pub(super) fn over(columns: &[Self]) -> (Self, Vec<Vec<u32>>) {
        let shared = shared_beginning(columns);
        let mut order: Vec<(u64, u32, u32)> = Vec::with_capacity(columns.iter().map(Self::len).sum());
        for (column, values) in (0..).zip(columns) {
            order.extend((0..values.len()).map(|at| (key(&values.value(at).0[shared..]), column, at as u32)));
        }
        let value = |column: u32, at: u32| columns[column as usize].value(at as usize);
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| value(a.1, a.2).cmp(&value(b.1, b.2))));
        let mut maps: Vec<Vec<u32>> = columns.iter().map(|values| vec![NONE; values.len()]).collect();
        let mut all = Self::default();
        for (_, column, at) in order {
            let value = value(column, at);
            if all.last() != Some(value) {
                all.push(value);
            }
            maps[column as usize][at as usize] = all.len() as u32 - 1;
        }
        (all, maps)
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

/// With how many bytes all ids begin alike: those of pages do with their source.
fn shared_beginning(columns: &[Dictionary]) -> usize {
    let mut ids = columns.iter().flat_map(|values| (0..values.len()).map(|at| values.value(at).0));
    let Some(first) = ids.next() else { return 0 };
    let alike = |shared: usize, id: &str| {
        first.bytes().zip(id.bytes()).take(shared).take_while(|(a, b)| a == b).count()
    };
    first.floor_char_boundary(ids.fold(first.len(), alike))
}

/// A number in the order of ids, as far as their first bytes tell it: to compare numbers takes far less than texts.
fn key(id: &str) -> u64 {
    let mut bytes = [0; size_of::<u64>()];
    let length = id.len().min(bytes.len());
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ordinals_are_in_the_order_of_ids(columns in prop::collection::vec(prop::collection::btree_set("(s~)?[aé]{0,12}", 0..20), 0..4)) {
            let of = |ids: &std::collections::BTreeSet<String>| {
                let mut values = Dictionary::default();
                ids.iter().for_each(|id| values.push((id, "")));
                values
            };
            let (all, maps) = Dictionary::over(&columns.iter().map(of).collect::<Vec<_>>());
            let expected: std::collections::BTreeSet<&String> = columns.iter().flatten().collect();
            prop_assert_eq!((0..).take(all.len()).map(|at| all.id(at)).collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>());
            for (ids, map) in columns.iter().zip(maps) {
                for (id, ordinal) in ids.iter().zip(map) {
                    prop_assert_eq!((all.id(ordinal), all.ordinal(id)), (id.as_str(), Some(ordinal)));
                }
            }
        }
    }
}
