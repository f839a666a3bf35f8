//! Sets of words written as running text, as people read and extend them.

use foldhash::HashSet;
use std::sync::LazyLock;

/// A set of words, in lower case and without accents, built when it is first asked.
pub(in crate::annotate) type WordSet = LazyLock<Words>;

/// See [`WordSet`].
pub(in crate::annotate) struct Words(HashSet<&'static str>);

impl Words {
    /// The words of a text.
    pub(in crate::annotate) fn of(text: &'static str) -> Self {
        Self(text.split_ascii_whitespace().collect())
    }

    pub(in crate::annotate) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}
