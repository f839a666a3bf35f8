//! Words of the same family as a word of the question: "extrusion" and "extruding" for "extruder", which no stemmer
//! brings together. They begin alike and share most of their letters.

use crate::index::{Analyzer, Snapshot};
use crate::search::vocabulary;
use std::collections::HashMap;

/// How many letters are the same at the beginning.
const PREFIX: usize = 4;
/// How alike words must be (Dice's coefficient of their runs of three letters).
const LEAST: f32 = 0.55;
/// The most words of a family.
const MOST: usize = 6;

/// The family of a term in a language: other terms of the index and how alike they are, the most alike first.
pub(super) fn of(snapshot: &Snapshot, analyzer: Analyzer, term: &str) -> tantivy::Result<Vec<(String, f32)>> {
    let letters: Vec<char> = term.chars().collect();
    if letters.len() < PREFIX || !letters.iter().all(|c| c.is_alphabetic()) {
        return Ok(Vec::new());
    }
    let prefix: String = letters[..PREFIX].iter().collect();
    let (mut runs, mut others) = (Vec::new(), Vec::new());
    runs_of(term, &mut runs);
    let mut family: HashMap<String, f32> = HashMap::new();
    for field in [snapshot.fields.title, snapshot.fields.body] {
        vocabulary::with_prefix(snapshot, analyzer, field, &prefix, &mut |other, _| {
            if other != term && !family.contains_key(other) {
                runs_of(other, &mut others);
                let likeness = likeness(&runs, &others);
                if likeness >= LEAST {
                    family.insert(other.to_owned(), likeness);
                }
            }
        })?;
    }
    let mut family: Vec<(String, f32)> = family.into_iter().collect();
    family.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    family.truncate(MOST);
    Ok(family)
}

/// Reads the runs of three letters of a word, its beginning marked, as numbers: in order and each once.
fn runs_of(word: &str, runs: &mut Vec<u64>) {
    const LETTER: u32 = 21;
    runs.clear();
    let mut run = u64::from(b'^');
    for (at, letter) in word.chars().enumerate() {
        run = (run << LETTER | u64::from(letter)) & ((1 << (3 * LETTER)) - 1);
        if at > 0 {
            runs.push(run);
        }
    }
    runs.sort_unstable();
    runs.dedup();
}

fn likeness(one: &[u64], other: &[u64]) -> f32 {
    let shared = one.iter().filter(|run| other.binary_search(run).is_ok()).count();
    2.0 * shared as f32 / (one.len() + other.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_of_words() {
        let of = |one: &str, other: &str| {
            let runs = |word| {
                let mut runs = Vec::new();
                runs_of(word, &mut runs);
                runs
            };
            likeness(&runs(one), &runs(other))
        };
        assert!(of("extrud", "extrus") > LEAST);
        assert!(of("environment", "environ") > LEAST);
        assert!(of("compani", "comput") < LEAST);
        assert!((of("nurs", "nurs") - 1.0).abs() < f32::EPSILON);
    }
}
