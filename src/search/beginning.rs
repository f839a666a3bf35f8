//! What is being typed, against names: a name is meant when one of its words begins so, one slip forgiven.

use crate::text::fold;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use std::sync::LazyLock;

/// The longest text that is completed, in bytes.
pub const LONGEST_BEGINNING: usize = 100;
/// From how many letters on one of them may be wrong.
const SHORTEST_WITH_SLIP: usize = 4;

/// One letter wrong, anywhere in the beginning.
static ONE_SLIP: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));

/// A text that is being typed.
pub(super) struct Beginning {
    /// Folded.
    pub(super) text: String,
    /// Its first letter, in which there is no slip.
    pub(super) first: char,
    slips: Option<DFA>,
}

impl Beginning {
    /// None where nothing was typed.
    pub(super) fn new(typed: &str) -> Option<Self> {
        let text = fold(typed.trim_start()).replace(char::is_whitespace, " ");
        let first = text.trim().chars().next()?;
        let may_slip = text.chars().count() >= SHORTEST_WITH_SLIP;
        let slips = may_slip.then(|| ONE_SLIP.build_prefix_dfa(&text));
        Some(Self { text, first, slips })
    }

    /// Whether a slip is forgiven at all.
    pub(super) fn may_slip(&self) -> bool {
        self.slips.is_some()
    }

    /// Whether a folded name, from one of its words on, begins so.
    pub(super) fn begins(&self, name: &str) -> bool {
        name.starts_with(&self.text)
    }

    /// The same with one slip behind the first letter.
    pub(super) fn nearly_begins(&self, name: &str) -> bool {
        let is_near = |slips: &DFA| matches!(slips.eval(name), Distance::Exact(_));
        name.starts_with(self.first) && self.slips.as_ref().is_some_and(is_near)
    }
}
