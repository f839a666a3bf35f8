//! Words as people write them, by their stems: an answer that names a word must not name a stem.

use crate::index::{Analyzer, Dictionary};
use std::collections::HashMap;

/// The first word of each stem in the names that an index has.
#[derive(Debug, Default)]
pub(super) struct Surfaces {
    words: HashMap<(Analyzer, String), String>,
}

impl Surfaces {
    /// Of the names in these dictionaries, in these languages.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a Dictionary>, analyzers: &[Analyzer]) -> Self {
        let mut surfaces = Self::default();
        for names in names {
            for name in (0..).take(names.len()).map(|name| names.label(name)) {
                for &analyzer in analyzers {
                    for (range, term) in analyzer.terms(name) {
                        let word = name[range].to_lowercase();
                        surfaces.words.entry((analyzer, term)).or_insert(word);
                    }
                }
            }
        }
        surfaces
    }

    /// The word of a stem, if any name has it.
    pub(super) fn word(&self, analyzer: Analyzer, term: &str) -> Option<&str> {
        self.words.get(&(analyzer, term.to_owned())).map(String::as_str)
    }
}
