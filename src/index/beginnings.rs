//! How the terms that are looked for begin: most words of a text begin otherwise, and need not be stemmed to be passed over.

/// The first two bytes of terms.
#[derive(Clone, Debug)]
pub struct Beginnings(Vec<u64>);

impl Default for Beginnings {
    fn default() -> Self {
        Self(vec![0; 1 << 10])
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
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    fn set(&mut self, first: u8, second: u8) {
        let place = place(first, second);
        self.0[place / 64] |= 1 << (place % 64);
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
