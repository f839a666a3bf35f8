//! Places that pages name with pay: countries and the cities and states that people compare salaries of.

use super::lexer::{Token, tokens};
use foldhash::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Names by their first word, folded; of each the further words and the country's code, the longest name first.
type Table = HashMap<String, Vec<Name>>;

struct Name {
    rest: Vec<String>,
    country: &'static str,
    /// Written in capitals: "US" is a place, "us" is not.
    capitals: bool,
}

static PLACES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in include_str!("places.tsv").lines() {
        let Some((country, names)) = line.split_once('\t') else { continue };
        for name in names.split('|') {
            let mut words = tokens(name)
                .into_iter()
                .filter_map(|token| token.word().map(str::to_owned))
                .collect::<Vec<_>>();
            if !words.is_empty() {
                let first = words.remove(0);
                let capitals = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                table.entry(first).or_default().push(Name { rest: words, country, capitals });
            }
        }
    }
    table.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.rest.len())));
    table
});

/// A place that tokens name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::annotate) struct Place {
    /// Tokens, from the first to the one after.
    pub(super) tokens: Range<usize>,
    /// ISO 3166, `EU` for Europe.
    pub(super) country: &'static str,
}

/// The place whose name begins here. Names are written with a capital, and those of two letters in capitals.
pub(super) fn place_at(text: &str, all: &[Token<'_>], at: usize) -> Option<Place> {
    let token = all.get(at)?;
    let names = PLACES.get(token.word()?)?;
    let written = text.get(token.start..token.end)?;
    if !written.starts_with(char::is_uppercase) {
        return None;
    }
    let in_capitals = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    names.iter().filter(|name| in_capitals || !name.capitals).find_map(|name| {
        let mut end = at + 1;
        for word in &name.rest {
            while all.get(end).is_some_and(|token| token.is_sign('-') || token.is_sign(',')) {
                end += 1;
            }
            if all.get(end)?.word() != Some(word) {
                return None;
            }
            end += 1;
        }
        Some(Place { tokens: at..end, country: name.country })
    })
}

/// The places among tokens, in order.
pub(super) fn places(text: &str, all: &[Token<'_>]) -> Vec<Place> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < all.len() {
        match place_at(text, all, at) {
            Some(place) => {
                at = place.tokens.end;
                places.push(place);
            }
            None => at += 1,
        }
    }
    places
}

/// Whether a name is that of a place.
pub(in crate::annotate) fn is_place(name: &str) -> bool {
    let all = tokens(name);
    place_at(name, &all, 0).is_some_and(|place| place.tokens.end == all.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_names_and_not_words() {
        let text = "In the US and the U.K., in São Paulo or New York; tell us a nice story of Île-de-France";
        let found: Vec<(&str, &str)> = {
            let all = tokens(text);
            let places = places(text, &all);
            places
                .iter()
                .map(|place| {
                    (&text[all[place.tokens.start].start..all[place.tokens.end - 1].end], place.country)
                })
                .collect()
        };
        let wanted =
            [("US", "US"), ("U.K.", "GB"), ("São Paulo", "BR"), ("New York", "US"), ("Île-de-France", "FR")];
        assert_eq!(found, wanted);
        assert!(is_place("London") && !is_place("London Bank") && !is_place("Google"));
    }
}
