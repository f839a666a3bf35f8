//! The stems that were made last.

use super::Analyzer;
use super::stems::{SHORTEST_STEM, Stems};
use crate::text::{self, Word};
use std::borrow::Cow;

/// The stems that were made last, each word in the one place that its letters give it: a text repeats its words, and to
/// compare one costs a tenth of stemming it. It never grows, and words that are chosen to share a place only find it
/// taken.
#[derive(Clone, Default)]
pub(super) struct Known(Vec<KnownStem>);

/// How many words are known at a time.
const MOST_KNOWN: usize = 1 << 14;

/// A word and its stem, which begins as the word does: that they are found in one place of memory is what makes it quick.
#[derive(Clone, Copy, Default)]
struct KnownStem {
    analyzer: u8,
    /// Bytes of the word; none where there is none.
    len: u8,
    word: [u8; 22],
    /// With how many of them the stem begins, and what it ends with.
    kept: u8,
    ending: (u8, [u8; 6]),
}

impl KnownStem {
    /// None of a word or ending that is too long.
    fn new(analyzer: Analyzer, word: &str, stem: &str) -> Option<Self> {
        let same = word.bytes().zip(stem.bytes()).take_while(|(a, b)| a == b).count();
        let small = |len: usize| u8::try_from(len).ok();
        let mut known =
            Self { analyzer: analyzer.0, len: small(word.len())?, kept: small(same)?, ..Self::default() };
        known.word.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        let ending = &stem.as_bytes()[same..];
        known.ending.0 = small(ending.len())?;
        known.ending.1.get_mut(..ending.len())?.copy_from_slice(ending);
        Some(known)
    }

    fn is_of(&self, analyzer: Analyzer, word: &str) -> bool {
        self.analyzer == analyzer.0
            && usize::from(self.len) == word.len()
            && self.word.get(..word.len()) == Some(word.as_bytes())
    }

    fn ending(&self) -> &str {
        str::from_utf8(&self.ending.1[..usize::from(self.ending.0)]).unwrap_or_default()
    }
}

impl Known {
    /// As [`Stems::stem`], of the word that a text ends with, folded, from a byte on: the stem takes its place.
    pub(super) fn stem(&mut self, stems: &Stems, term: &mut String, from: usize, written: &str) {
        let folded = &term[from..];
        if folded.len() <= SHORTEST_STEM {
            return;
        }
        // Of other words the stem depends on how they are written too.
        let may_be_known = written.is_ascii();
        let place = (text::spread(text::key(folded)) >> 32) as usize % MOST_KNOWN;
        if may_be_known {
            if self.0.is_empty() {
                self.0.resize(MOST_KNOWN, KnownStem::default());
            }
            let known = &self.0[place];
            if known.is_of(stems.analyzer, folded) {
                term.truncate(from + usize::from(known.kept));
                term.push_str(known.ending());
                return;
            }
        }
        let word = Word { start: 0, end: written.len(), written, folded: Cow::Borrowed(folded) };
        let stem = stems.stem(&word).into_owned();
        if let Some(known) = KnownStem::new(stems.analyzer, folded, &stem).filter(|_| may_be_known) {
            self.0[place] = known;
        }
        term.truncate(from);
        term.push_str(&stem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn a_known_stem_is_that_of_its_word_and_language() {
        let mut known = Known::default();
        let text = "manager managers Managing développeurs developpeurs programacion arbeiten C++ going happy \
                    Donaudampfschifffahrtsgesellschaften responsibilities";
        for _ in 0..2 {
            for code in ["en", "de", "fr", "es", "pl"] {
                let stems = Stems::new(Analyzer::of(Some(code)));
                for word in words(text) {
                    let mut stem = format!("x{}", word.folded);
                    known.stem(&stems, &mut stem, 1, word.written);
                    assert_eq!(stem[1..], *stems.stem(&word), "{code}: {word:?}");
                }
            }
        }
        assert_eq!(known.0.len(), MOST_KNOWN);
    }
}
