//! Terms of the index that a word of the question may be a slip of the keyboard for.

use super::vocabulary;
use crate::index::{Analyzer, Snapshot};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use std::sync::LazyLock;
use tantivy_fst::Automaton;

/// From how many letters on a word may have one slip, and two.
const ONE: usize = 4;
const TWO: usize = 8;
/// The most terms that a word is taken for.
const MOST: usize = 5;

/// Automata for one slip and for two: a letter too many, too few or another, or two that changed places.
static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [1, 2].map(|distance| LevenshteinAutomatonBuilder::new(distance, true)));

/// The terms in a language that are nearest to one, by no more slips than a word of its length may have; the most frequent
/// first.
pub(super) fn of(
    snapshot: &Snapshot,
    analyzer: Analyzer,
    word: &str,
    term: &str,
) -> tantivy::Result<Vec<String>> {
    let letters = word.chars().count();
    if letters < ONE || !word.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let builder = &BUILDERS[usize::from(letters >= TWO)];
    let mut found = vocabulary::accepted(snapshot, analyzer, term, &|marked| builder.build_dfa(marked))?;
    found.retain(|(other, ..)| other != term);
    found.sort_unstable_by(|a, b| a.2.cmp(&b.2).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
    let nearest = found.first().map_or(0, |(.., slips)| *slips);
    let nearest = found.into_iter().filter(|(.., slips)| *slips == nearest);
    Ok(nearest.take(MOST).map(|(term, ..)| term).collect())
}

/// Accepts terms within the distance.
pub(in crate::search) struct Within<'a>(pub(in crate::search) &'a DFA);

impl Automaton for Within<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
