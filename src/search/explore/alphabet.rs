//! Names in alphabetical order, as an index at the back of a book has them: by letter, and by how they begin.

use crate::index::Dictionary;
use crate::search::Invalid;
use crate::text::fold;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most names of an answer.
pub const MOST_LISTED: usize = 500;
/// The furthest offset into a list of names.
pub const FURTHEST_LISTED: usize = 1_000_000;
/// The longest text by which names are looked up, in bytes.
const LONGEST_BEGINNING: usize = 100;
/// The letter of names that begin with none.
const OTHERS: char = '#';

/// Which names of a list are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What the name or one of its words begins with; empty for all.
    pub q: String,
    /// The letter that the name begins with, `#` for those that begin with none.
    pub letter: Option<String>,
    /// Names wanted, 0 to [`MOST_LISTED`].
    pub limit: usize,
    /// Names passed over, up to [`FURTHEST_LISTED`].
    pub offset: usize,
}

/// How many names begin with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Letter {
    /// In upper case, without accents; `#` for names that begin with none.
    pub letter: char,
    /// How many; the filter by letter counts for nothing here.
    pub names: u64,
}

/// Names in alphabetical order.
#[derive(Debug, Default)]
pub(in crate::search) struct Alphabet(Vec<Name>);

#[derive(Debug)]
struct Name {
    folded: String,
    letter: char,
    ordinal: u32,
}

impl Listing {
    /// Everything that is out of its limits.
    pub(super) fn invalid(&self) -> Vec<Invalid> {
        let mut invalid = Vec::new();
        let mut wrong = |parameter: &str, value: String, reason: String| {
            invalid.push(Invalid { parameter: parameter.to_owned(), value, reason });
        };
        for (name, value, most) in
            [("limit", self.limit, MOST_LISTED), ("offset", self.offset, FURTHEST_LISTED)]
        {
            if value > most {
                wrong(name, value.to_string(), format!("must be a whole number from 0 to {most}"));
            }
        }
        if self.q.len() > LONGEST_BEGINNING {
            let reason = format!("is {} bytes long; at most {LONGEST_BEGINNING} are read", self.q.len());
            wrong("q", self.q[..self.q.floor_char_boundary(64)].to_owned() + "…", reason);
        }
        if let Some(letter) = &self.letter
            && (letter.chars().count() != 1 || letter_of(&fold(letter)) == OTHERS && letter != "#")
        {
            let reason = "must be one letter, or # for names that begin with none".to_owned();
            wrong("letter", letter.chars().take(64).collect(), reason);
        }
        invalid
    }
}

impl Alphabet {
    /// The names of these ordinals.
    pub(super) fn of(dictionary: &Dictionary, ordinals: impl Iterator<Item = u32>) -> Self {
        let name = |ordinal| {
            let folded = fold(dictionary.label(ordinal)).into_owned();
            Name { letter: letter_of(&folded), folded, ordinal }
        };
        let mut names: Vec<Name> = ordinals.map(name).collect();
        names.sort_unstable_by(|a, b| (&a.folded, a.ordinal).cmp(&(&b.folded, b.ordinal)));
        Self(names)
    }

    /// The ordinals of the names that are wanted of those to keep, in order, and how many begin with each letter.
    pub(super) fn select(&self, listing: &Listing, keep: impl Fn(u32) -> bool) -> (Vec<u32>, Vec<Letter>) {
        let beginning = fold(listing.q.trim()).into_owned();
        let letter = listing.letter.as_deref().map(|letter| letter_of(&fold(letter)));
        let mut letters: BTreeMap<char, u64> = BTreeMap::new();
        let mut wanted = Vec::new();
        for name in &self.0 {
            if begins(&name.folded, &beginning) && keep(name.ordinal) {
                *letters.entry(name.letter).or_default() += 1;
                if letter.is_none_or(|letter| letter == name.letter) {
                    wanted.push(name.ordinal);
                }
            }
        }
        (wanted, letters.into_iter().map(|(letter, names)| Letter { letter, names }).collect())
    }
}

/// The letter that a folded name begins with, in upper case.
fn letter_of(folded: &str) -> char {
    let first = folded.chars().find(|c| !c.is_whitespace()).filter(|c| c.is_alphabetic());
    first.map_or(OTHERS, |first| {
        let mut upper = first.to_uppercase();
        upper.next().filter(|_| upper.next().is_none()).unwrap_or(first)
    })
}

/// Whether a folded name or one of its words begins so.
fn begins(folded: &str, beginning: &str) -> bool {
    let at_word = |at: usize| !folded[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    beginning.is_empty() || folded.match_indices(beginning).any(|(at, _)| at_word(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alphabet(names: &[&str]) -> Alphabet {
        let name = |(ordinal, name): (u32, &&str)| {
            let folded = fold(name).into_owned();
            Name { letter: letter_of(&folded), folded, ordinal }
        };
        let mut names: Vec<Name> = (0..).zip(names).map(name).collect();
        names.sort_unstable_by(|a, b| a.folded.cmp(&b.folded));
        Alphabet(names)
    }

    #[test]
    fn names_are_found_by_letter_and_by_the_beginning_of_a_word() {
        let names =
            ["Zimmerer", "Éditeur", "3D artist", "editor", ".NET developer", "Военный", "Data editor"];
        let alphabet = alphabet(&names);
        let listed = |q: &str, letter: Option<&str>| {
            let listing =
                Listing { q: q.to_owned(), letter: letter.map(str::to_owned), ..Listing::default() };
            assert_eq!(listing.invalid(), []);
            alphabet.select(&listing, |_| true)
        };
        let called = |ordinals: Vec<u32>| ordinals.iter().map(|&at| names[at as usize]).collect::<Vec<_>>();
        let (all, letters) = listed("", None);
        assert_eq!(
            called(all),
            [".NET developer", "3D artist", "Data editor", "Éditeur", "editor", "Zimmerer", "Военный"]
        );
        let letters: Vec<_> = letters.iter().map(|letter| (letter.letter, letter.names)).collect();
        assert_eq!(letters, [('#', 2), ('D', 1), ('E', 2), ('Z', 1), ('В', 1)]);
        assert_eq!(called(listed("", Some("é")).0), ["Éditeur", "editor"]);
        assert_eq!(called(listed("", Some("#")).0), [".NET developer", "3D artist"]);
        let (found, letters) = listed("EDIT", Some("d"));
        assert_eq!(called(found), ["Data editor"]);
        assert_eq!(letters.len(), 2, "letters are counted without the filter by letter");
        assert_eq!(called(listed("ditor", None).0), [""; 0]);
    }

    #[test]
    fn bounds_are_said() {
        let wrong = Listing {
            q: "a".repeat(101),
            letter: Some("ab".to_owned()),
            limit: MOST_LISTED + 1,
            offset: FURTHEST_LISTED + 1,
        };
        let parameters: Vec<_> = wrong.invalid().into_iter().map(|invalid| invalid.parameter).collect();
        assert_eq!(parameters, ["limit", "offset", "q", "letter"]);
        for letter in ["", "5", "##"] {
            let listing = Listing { letter: Some(letter.to_owned()), ..Listing::default() };
            assert_eq!(listing.invalid().len(), 1, "{letter:?}");
        }
    }
}
