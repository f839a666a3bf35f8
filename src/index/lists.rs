//! Lists, one after the other in one array: what documents or pages have any number of.

use super::column;
use std::hint::black_box;
use std::ops::Range;
use tantivy::DocId;
use tantivy::columnar::Column;

/// Lists, by the place of what has them.
#[derive(Debug)]
pub struct Lists<T> {
    /// Where each begins, and the end of the last.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// For each of these documents what `read` makes of the values that it has in a column, by its place and the value. The
    /// documents ascend.
    pub(super) fn read(
        column: Option<&Column<u64>>,
        documents: impl ExactSizeIterator<Item = DocId>,
        mut read: impl FnMut(usize, u64) -> Option<T>,
    ) -> Self {
        let count = documents.len();
        let mut lists = Self { starts: Vec::with_capacity(count + 1), items: Vec::new() };
        column::values(column, documents, |at, value| {
            lists.start_up_to(at);
            if let Some(item) = read(at, value) {
                lists.items.push(item);
            }
        });
        lists.start_up_to(count);
        lists
    }

    /// Lists up to this one begin here that have not begun yet.
    fn start_up_to(&mut self, at: usize) {
        while self.starts.len() <= at {
            self.starts.push(small(self.items.len()));
        }
    }

    pub(super) fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.starts.push(small(self.items.len()));
    }

    /// The list at a place.
    pub fn get(&self, index: usize) -> &[T] {
        self.between(index..index + 1)
    }

    /// Calls `f` with all items of the lists at these places, which ascend. Where they lie all over memory and not `near` to each
    /// other, where each begins is looked up before any item is, so that the processor waits for many of them at once and not
    /// for one after the other.
    pub fn each(
        &self,
        places: impl Iterator<Item = usize>,
        near: bool,
        bounds: &mut Vec<Range<u32>>,
        mut f: impl FnMut(&T),
    ) where
        T: Copy,
    {
        if near {
            places.for_each(|place| self.get(place).iter().for_each(&mut f));
            return;
        }
        bounds.clear();
        bounds.extend(places.map(|place| self.starts[place]..self.starts[place + 1]));
        for bounds in &*bounds {
            black_box(self.items.get(bounds.start as usize).copied());
        }
        for bounds in bounds {
            self.items[bounds.start as usize..bounds.end as usize].iter().for_each(&mut f);
        }
    }

    /// The lists of several places, one after the other.
    pub(super) fn between(&self, places: Range<usize>) -> &[T] {
        &self.items[self.starts[places.start] as usize..self.starts[places.end] as usize]
    }

    /// Puts each list in order.
    pub(super) fn sort(&mut self)
    where
        T: Ord,
    {
        for bounds in self.starts.windows(2) {
            let list = &mut self.items[bounds[0] as usize..bounds[1] as usize];
            if !list.is_sorted() {
                list.sort_unstable();
            }
        }
    }

    /// All items, whichever list they are in.
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    pub(super) fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_lie_side_by_side() {
        let mut lists = Lists::default();
        let of: [&[u32]; 5] = [&[], &[3, 1, 2], &[], &[5, 4], &[]];
        of.iter().for_each(|list| lists.push(list.iter().copied()));
        lists.sort();
        assert_eq!(
            (0..5).map(|at| lists.get(at)).collect::<Vec<_>>(),
            [&[][..], &[1, 2, 3], &[], &[4, 5], &[]]
        );
        assert_eq!((lists.between(1..4), lists.between(0..0)), (&[1, 2, 3, 4, 5][..], &[][..]));
    }
}
