//! Sets of words written as running text, as people read and extend them.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A set of words, in lower case and without accents, built when it is first asked.
pub(super) type WordSet = LazyLock<Words>;

/// See [`WordSet`].
pub(super) struct Words(HashSet<&'static str>);

impl Words {
    /// The words of a text.
    pub(super) fn of(text: &'static str) -> Self {
        Self(text.split_ascii_whitespace().collect())
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}
