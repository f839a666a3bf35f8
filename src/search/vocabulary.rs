//! The terms that an index has: those that begin with a prefix.

use crate::index::{Analyzer, Snapshot};
use std::collections::HashMap;
use tantivy::schema::Field;

/// The most terms that a prefix stands for, the most frequent ones.
const MOST_TERMS: usize = 50;
/// The most terms that are looked at for one prefix.
const MOST_LOOKED_AT: usize = 2_000;

/// The terms of a field in a language that begin with a prefix, and in how many documents each is; those of a word
/// that is typed further than its stem goes ("managem" for "manag") among them.
pub(super) fn beginning(
    snapshot: &Snapshot,
    analyzer: Analyzer,
    field: Field,
    prefix: &str,
) -> tantivy::Result<Vec<(String, u64)>> {
    let mut found: HashMap<String, u64> = HashMap::new();
    let first = analyzer.term(field, prefix);
    let stems: Vec<_> = stems_of(prefix).map(|stem| (stem, analyzer.term(field, stem))).collect();
    let mark = first.serialized_value_bytes().len() - prefix.len();
    for segment in &snapshot.segments {
        let index = segment.reader.inverted_index(field)?;
        let mut terms = index.terms().range().ge(first.serialized_value_bytes()).into_stream()?;
        let mut looked = 0;
        while terms.advance() && looked < MOST_LOOKED_AT {
            looked += 1;
            let Some(term) = terms.key().get(mark..).and_then(|term| std::str::from_utf8(term).ok()) else {
                break;
            };
            if terms.key()[..mark] != first.serialized_value_bytes()[..mark] || !term.starts_with(prefix) {
                break;
            }
            *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
        }
        for (stem, term) in &stems {
            if let Some(info) = index.get_term_info(term)? {
                *found.entry((*stem).to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    let mut terms: Vec<(String, u64)> = found.into_iter().collect();
    terms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    terms.truncate(MOST_TERMS);
    Ok(terms)
}

/// Endings that stemmers cut.
const ENDINGS: &[&str] = &[
    "ement", "ments", "ment", "ing", "ings", "ation", "ations", "ion", "ions", "ers", "er", "ed", "es",
    "ity", "ities", "ness", "able", "ability", "ance", "ence", "ies", "ively", "ive", "ally", "al", "ly",
    "ungen", "ung", "en", "erin",
];
/// The shortest stem that is tried.
const SHORTEST_STEM: usize = 4;

/// What of a prefix could be a whole stem: the rest of it is the beginning of an ending.
fn stems_of(prefix: &str) -> impl Iterator<Item = &str> {
    (SHORTEST_STEM..prefix.len()).filter(|&at| prefix.is_char_boundary(at)).filter_map(|at| {
        let (stem, rest) = prefix.split_at(at);
        ENDINGS.iter().any(|ending| ending.starts_with(rest)).then_some(stem)
    })
}
