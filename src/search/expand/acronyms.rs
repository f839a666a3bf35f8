//! The initials of the roles that an index has: who asks for the CFO finds the Chief Financial Officer, and who asks for
//! CNC the Computer Numerical Control Machine Operator.

use crate::index::Dictionary;
use crate::text::{fold, words};
use std::collections::HashMap;
use std::ops::Range;

/// How many letters initials have: of a whole name, and of words within one.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;
const LETTERS_WITHIN: std::ops::RangeInclusive<usize> = 3..=5;
/// The most names that initials stand for; more of them say nothing.
const MOST_NAMES: usize = 8;

/// Names by their initials.
#[derive(Debug, Default)]
pub(super) struct Acronyms {
    /// Each as a role and the bytes of its label.
    names: HashMap<String, Vec<(u32, Range<usize>)>>,
}

impl Acronyms {
    /// Of all roles.
    pub(super) fn of(roles: &Dictionary) -> Self {
        let mut acronyms = Self::default();
        for role in (0..).take(roles.len()) {
            let label = roles.label(role);
            for (initials, range) in initials(label) {
                let names = acronyms.names.entry(initials).or_default();
                let is_known = |known: &(u32, Range<usize>)| {
                    fold(&roles.label(known.0)[known.1.clone()]) == fold(&label[range.clone()])
                };
                if names.len() <= MOST_NAMES && !names.iter().any(is_known) {
                    names.push((role, range));
                }
            }
        }
        acronyms
    }

    /// The names with these initials, which are folded; most words are none.
    pub(super) fn names<'r>(&self, initials: &str, roles: &'r Dictionary) -> Vec<&'r str> {
        let names = self.names.get(initials).filter(|names| names.len() <= MOST_NAMES);
        names.into_iter().flatten().map(|(role, range)| &roles.label(*role)[range.clone()]).collect()
    }
}

/// Whether initials may be written so.
pub(super) fn may_be(word: &str) -> bool {
    LETTERS.contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}

/// The initials of a name and of the words that follow each other in it, with where these stand.
fn initials(name: &str) -> Vec<(String, Range<usize>)> {
    let is_small = |word: &str| matches!(word, "of" | "and" | "the" | "in" | "for");
    let words: Vec<(Option<char>, Range<usize>)> = words(name)
        .filter(|word| !is_small(&word.folded))
        .map(|word| {
            let first = word.folded.chars().next().filter(|c| c.is_alphabetic());
            (first, word.start..word.end)
        })
        .collect();
    let mut found = Vec::new();
    for start in 0..words.len() {
        let mut initials = String::new();
        for end in start..words.len().min(start + LETTERS.end()) {
            let Some(first) = words[end].0 else { break };
            initials.push(first);
            let is_whole = start == 0 && end + 1 == words.len();
            let letters = if is_whole { LETTERS } else { LETTERS_WITHIN };
            if letters.contains(&(end + 1 - start)) {
                found.push((initials.clone(), words[start].1.start..words[end].1.end));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names() {
        let of = |name: &str| {
            let of = |(initials, range): (String, Range<usize>)| (initials, name[range].to_owned());
            initials(name).into_iter().map(of).collect::<Vec<_>>()
        };
        let is = |name: &str, expected: &[(&str, &str)]| {
            let expected: Vec<(String, String)> =
                expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(of(name), expected);
        };
        is("Chief Financial Officer", &[("cfo", "Chief Financial Officer")]);
        is("Director of Compliance", &[("dc", "Director of Compliance")]);
        is(
            "Computer numerical control operator",
            &[
                ("cnc", "Computer numerical control"),
                ("cnco", "Computer numerical control operator"),
                ("nco", "numerical control operator"),
            ],
        );
        is("Nurse", &[]);
        is("3D Artist", &[]);
        assert!(of("a b c d e f").iter().all(|(initials, _)| initials.len() < 6));
    }
}
