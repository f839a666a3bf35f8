//! Words of the same family as a word of the question: "extrusion" and "extruding" for "extruder", which no stemmer
//! brings together. They begin alike and share most of their letters.

use crate::index::{Analyzer, Snapshot};
use crate::search::vocabulary;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many letters are the same at the beginning.
const PREFIX: usize = 4;
/// How alike words must be (Dice's coefficient of their runs of three letters).
const LEAST: f32 = 0.55;
/// The most words of a family.
const MOST: usize = 6;

/// The most terms whose families are known at a time: what people ask has few words, again and again.
const MOST_KNOWN: usize = 1 << 12;

/// The other words of a family and how alike they are, the most alike first.
type Family = Arc<[(String, f32)]>;

/// The families of one generation of an index, as far as they were asked for.
#[derive(Default)]
pub(super) struct Families(Mutex<HashMap<(Analyzer, String), Family>>);

impl Families {
    /// The family of a term in a language, looked up where it is not known.
    pub(super) fn of(&self, snapshot: &Snapshot, analyzer: Analyzer, term: &str) -> tantivy::Result<Family> {
        let term = (analyzer, term.to_owned());
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(family) = known().get(&term) {
            return Ok(Arc::clone(family));
        }
        let family: Family = of(snapshot, term.0, &term.1)?.into();
        let mut known = known();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(term, Arc::clone(&family));
        Ok(family)
    }
}

/// The family of a term in a language: other terms of the index and how alike they are, the most alike first.
fn of(snapshot: &Snapshot, analyzer: Analyzer, term: &str) -> tantivy::Result<Vec<(String, f32)>> {
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
