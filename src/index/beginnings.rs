//! How the terms that are looked for begin: most words of a text begin otherwise, and need not be stemmed to be passed over.

use std::cell::RefCell;
use std::collections::HashMap;

/// The first two bytes of terms, and the stems of the words that began so in the texts of one answer.
#[derive(Clone, Debug)]
pub struct Beginnings {
    bits: Vec<u64>,
    /// By the word as it is written: few words come again and again.
    stems: RefCell<HashMap<String, String>>,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { bits: vec![0; 1 << 10], stems: RefCell::default() }
    }
}

impl Beginnings {
    /// Adds a term, or the beginning of one.
    pub fn add(&mut self, term: &str) {
        match *term.as_bytes() {
            [] => {}
            [first] => (0..=u8::MAX).for_each(|second| self.set(first, second)),
            [first, second, ..] => self.set(first, second),
        }
    }

    /// Whether the stem of a word may be one of the terms. A stem begins as its word does, but for what stemmers make of
    /// a "y" (dying, die).
    pub(super) fn may_have(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let Some(&first) = bytes.first() else { return false };
        self.may_begin(first, bytes.get(1).copied().unwrap_or_default())
    }

    /// The same for the first two bytes of a word; the second is 0 where there is none.
    pub(super) fn may_begin(&self, first: u8, second: u8) -> bool {
        let place = place(first, second);
        self.bits[place / 64] >> (place % 64) & 1 == 1
    }

    /// The stem of a word, made where it is not known yet.
    pub(super) fn stem(&self, written: &str, make: impl FnOnce() -> String) -> String {
        if let Some(stem) = self.stems.borrow().get(written) {
            return stem.clone();
        }
        let stem = make();
        self.stems.borrow_mut().insert(written.to_owned(), stem.clone());
        stem
    }

    fn set(&mut self, first: u8, second: u8) {
        let place = place(first, second);
        self.bits[place / 64] |= 1 << (place % 64);
    }
}

fn place(first: u8, second: u8) -> usize {
    let second = if second == b'y' { b'i' } else { second };
    usize::from(first) << 8 | usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_may_be_terms() {
        let mut beginnings = Beginnings::default();
        ["kubernet", "die", "c", "écol"].into_iter().for_each(|term| beginnings.add(term));
        for word in ["kubernetes", "kudos", "dying", "c", "c++", "école"] {
            assert!(beginnings.may_have(word), "{word}");
        }
        for word in ["keep", "dog", "nurse", "", "k"] {
            assert!(!beginnings.may_have(word), "{word}");
        }
    }
}
