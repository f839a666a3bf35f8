//! How the terms that are looked for begin: most words of a text begin otherwise, and need not be stemmed to be passed over.

use super::Analyzer;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// How many beginnings are told apart: few are looked for, so that few words share a place with one of them.
const PLACES: usize = 1 << 12;
/// How many bytes are told apart: letters of ASCII, whatever their case, and more or less the others.
const BYTES: u8 = 1 << 5;

/// The first bytes of terms, and the stems of the words that began so in the texts of one answer.
#[derive(Clone, Debug)]
pub struct Beginnings {
    bits: [u64; PLACES / u64::BITS as usize],
    /// The third byte is looked at, too.
    by_three: bool,
    /// By the word as it is written: few words come again and again.
    stems: RefCell<HashMap<String, Rc<str>>>,
}

impl Beginnings {
    /// None yet, of terms of this analyzer.
    pub fn of(analyzer: Analyzer) -> Self {
        let by_three = analyzer.keeps_three_letters();
        Self { bits: [0; _], by_three, stems: RefCell::default() }
    }

    /// Adds a term: the stem of a word.
    pub fn add(&mut self, term: &str) {
        let [first, second, third] = three(term);
        self.set(self.place(first, second, third));
    }

    /// Adds the beginning of words, as they are folded.
    pub fn add_prefix(&mut self, prefix: &str) {
        let any = || 0..BYTES;
        match *prefix.as_bytes() {
            [] => {}
            [first] => any().for_each(|second| {
                any().for_each(|third| self.set(self.place(first, second, third)));
            }),
            [first, second] => any().for_each(|third| self.set(self.place(first, second, third))),
            [first, second, third, ..] => self.set(self.place(first, second, third)),
        }
    }

    /// Whether the stem of a word may be one of the terms. A stem begins as its word does, but for what stemmers make of
    /// a "y" (dying, die).
    pub(super) fn may_have(&self, word: &str) -> bool {
        let [first, second, third] = three(word);
        !word.is_empty() && self.may_begin(first, second, third)
    }

    /// The same for the first three bytes of a word; those are 0 that it does not have.
    pub(super) fn may_begin(&self, first: u8, second: u8, third: u8) -> bool {
        let place = self.place(first, second, third);
        self.bits[place / 64] >> (place % 64) & 1 == 1
    }

    /// The stem of a word, made where it is not known yet.
    pub(super) fn stem(&self, written: &str, make: impl FnOnce() -> Rc<str>) -> Rc<str> {
        if let Some(stem) = self.stems.borrow().get(written) {
            return Rc::clone(stem);
        }
        let stem = make();
        self.stems.borrow_mut().insert(written.to_owned(), Rc::clone(&stem));
        stem
    }

    fn set(&mut self, place: usize) {
        self.bits[place / 64] |= 1 << (place % 64);
    }

    fn place(&self, first: u8, second: u8, third: u8) -> usize {
        let second = if second == b'y' { b'i' } else { second };
        // "using" is "use", "cry" is "cri".
        let third = if matches!(third, b'e' | b'y') { b'i' } else { third };
        let third = if self.by_three { third } else { 0 };
        let [first, second, third] = [first, second, third].map(|byte| usize::from(byte % BYTES));
        (first << 7 ^ second << 4 ^ second ^ third << 2 ^ third << 8) % PLACES
    }
}

/// The first three bytes of a word; those are 0 that it does not have.
fn three(word: &str) -> [u8; 3] {
    let bytes = word.as_bytes();
    std::array::from_fn(|at| bytes.get(at).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_begins_as_its_stem(word in "[a-z]{1,5}(ing|ingly|ed|eed|edly|ies|ied|es|s|y|ly|e|ational|ization|izer|bility|fulness|alism|ive|ion|)|[sdltu][kyis](ing|es|s|y)") {
            for language in ["en", "de"] {
                let analyzer = Analyzer::of(Some(language));
                let mut beginnings = Beginnings::of(analyzer);
                analyzer.terms(&word).for_each(|(_, stem)| beginnings.add(&stem));
                prop_assert!(beginnings.may_have(&word), "{language}");
            }
        }
    }

    #[test]
    fn words_that_may_be_terms() {
        let mut beginnings = Beginnings::of(Analyzer::default());
        ["kubernet", "die", "c", "go", "écol", "use"].into_iter().for_each(|term| beginnings.add(term));
        for word in ["kubernetes", "dying", "c", "go", "école", "using"] {
            assert!(beginnings.may_have(word), "{word}");
        }
        for word in ["keep", "dog", "nurse", "", "k", "kudos", "goal", "c++"] {
            assert!(!beginnings.may_have(word), "{word}");
        }
        beginnings.add_prefix("ke");
        beginnings.add_prefix("z");
        assert!(["keep", "ke", "zoo", "z"].into_iter().all(|word| beginnings.may_have(word)));
        let mut german = Beginnings::of(Analyzer::of(Some("de")));
        german.add("kubernet");
        assert!(german.may_have("kudos") && !german.may_have("keep"));
    }
}
