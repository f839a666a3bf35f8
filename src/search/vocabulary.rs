//! The terms that an index has: those that begin with a prefix.

use super::expand::Within;
use crate::index::{Analyzer, Snapshot};
use levenshtein_automata::DFA;
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
    with_prefix(snapshot, analyzer, field, prefix, &mut |term, having| {
        *found.entry(term.to_owned()).or_default() += u64::from(having);
    })?;
    for stem in stems_of(prefix) {
        let term = analyzer.term(field, stem);
        for segment in &snapshot.segments {
            if let Some(info) = segment.reader.inverted_index(field)?.get_term_info(&term)? {
                *found.entry(stem.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    let mut terms: Vec<(String, u64)> = found.into_iter().collect();
    terms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    terms.truncate(MOST_TERMS);
    Ok(terms)
}

/// Calls `f` with the terms of a field in a language that begin with a prefix, segment by segment, and in how many
/// documents each is.
pub(super) fn with_prefix(
    snapshot: &Snapshot,
    analyzer: Analyzer,
    field: Field,
    prefix: &str,
    f: &mut dyn FnMut(&str, u32),
) -> tantivy::Result<()> {
    let first = analyzer.term(field, prefix);
    let first = first.serialized_value_bytes();
    let mark = first.len() - prefix.len();
    for segment in &snapshot.segments {
        let index = segment.reader.inverted_index(field)?;
        let mut terms = index.terms().range().ge(first).into_stream()?;
        for _ in 0..MOST_LOOKED_AT {
            if !terms.advance() || !terms.key().starts_with(first) {
                break;
            }
            if let Some(term) = terms.key().get(mark..).and_then(|term| std::str::from_utf8(term).ok()) {
                f(term, terms.value().doc_freq);
            }
        }
    }
    Ok(())
}

/// The terms in a language that an automaton accepts which is made for a term as fields have it: each with the documents
/// that have it and its distance.
pub(super) fn accepted(
    snapshot: &Snapshot,
    analyzer: Analyzer,
    term: &str,
    automaton: &dyn Fn(&str) -> DFA,
) -> tantivy::Result<Vec<(String, u64, u8)>> {
    let mut found: HashMap<String, (u64, u8)> = HashMap::new();
    let fields = snapshot.fields;
    let marked = analyzer.term(fields.body, term);
    let Ok(marked) = std::str::from_utf8(marked.serialized_value_bytes()) else { return Ok(Vec::new()) };
    let mark = marked.len() - term.len();
    let automaton = automaton(marked);
    for field in [fields.title, fields.role_name, fields.heading, fields.body] {
        for segment in &snapshot.segments {
            let index = segment.reader.inverted_index(field)?;
            let mut terms = index.terms().search(Within(&automaton)).into_stream()?;
            while terms.advance() && found.len() < MOST_LOOKED_AT {
                let key = terms.key();
                if !key.starts_with(&marked.as_bytes()[..mark]) {
                    continue; // Of another language.
                }
                let Some(other) = key.get(mark..).and_then(|key| std::str::from_utf8(key).ok()) else {
                    continue;
                };
                let entry = found.entry(other.to_owned()).or_insert((0, automaton.eval(key).to_u8()));
                entry.0 += u64::from(terms.value().doc_freq);
            }
        }
    }
    Ok(found.into_iter().map(|(term, (having, distance))| (term, having, distance)).collect())
}

/// Whether a title, a heading or a text has a term in a language.
pub(super) fn has(snapshot: &Snapshot, analyzer: Analyzer, term: &str) -> tantivy::Result<bool> {
    let fields = snapshot.fields;
    for field in [fields.body, fields.heading, fields.title, fields.role_name] {
        let term = analyzer.term(field, term);
        for segment in &snapshot.segments {
            if segment.reader.inverted_index(field)?.get_term_info(&term)?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
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
