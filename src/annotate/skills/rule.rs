//! How a name in a text is told to be the skill, and which rule a name needs that comes without one.

use super::ordinary::{Ordinary, ordinary};
use crate::text::Word;

/// How a name in a text is told to be the skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// In any case of letters.
    Any,
    /// Only as written, because otherwise it is an ordinary word.
    Case,
    /// As written, and only among other skills or words about them.
    Context,
    /// In any case of letters, and only in a list of skills or where it is asked for by name.
    Listed,
    /// A language that people speak, only where speaking or writing it is spoken of: "fluent in German", no "German law".
    Spoken,
}

impl Rule {
    /// The rule of this name in the table.
    pub(super) fn from_id(id: &str) -> Option<Self> {
        match id {
            "any" => Some(Self::Any),
            "case" => Some(Self::Case),
            "context" => Some(Self::Context),
            "listed" => Some(Self::Listed),
            "spoken" => Some(Self::Spoken),
            _ => None,
        }
    }

    /// The rule that a name of a taxonomy needs, as its shape and its words tell. A phrase is found as it stands; a
    /// name in capitals, or one that is nothing but ordinary words, says less the more ordinary it is.
    pub(super) fn of_name(words: &[Word<'_>]) -> Self {
        let [word] = words else { return Self::of_phrase(words) };
        let ordinary = ordinary(&word.folded);
        match Shape::of(word.written) {
            Shape::Digits => Self::Listed,
            Shape::Lower if ordinary == Some(Ordinary::Common) => Self::Listed,
            Shape::Lower if word.written.len() > 2 => Self::Any,
            Shape::Lower => Self::Context,
            // Three letters stand for many things.
            Shape::Upper if ordinary.is_some() || word.written.len() < 4 => Self::Context,
            Shape::Capitalised if ordinary.is_some() => Self::Context,
            Shape::Upper | Shape::Capitalised => Self::Case,
            Shape::Mixed if ordinary.is_some() => Self::Case,
            Shape::Mixed => Self::Any,
        }
    }

    fn of_phrase(words: &[Word<'_>]) -> Self {
        let is_short = |word: &Word<'_>| word.written.len() < 4;
        let says_little = |word: &Word<'_>| match Shape::of(word.written) {
            Shape::Digits => true,
            Shape::Upper | Shape::Capitalised => is_short(word) || ordinary(&word.folded).is_some(),
            Shape::Lower => is_short(word),
            Shape::Mixed => false,
        };
        let mut telling =
            words.iter().filter(|word| !(is_short(word) && Shape::of(word.written) == Shape::Lower));
        let told = (telling.next(), telling.next());
        let is_one_word =
            matches!(told, (Some(word), None) if ordinary(&word.folded) == Some(Ordinary::Common));
        if is_one_word || words.iter().all(|word| Shape::of(word.written) == Shape::Digits) {
            Self::Listed
        } else if !words.iter().all(says_little) {
            Self::Any
        } else if words.len() == 2 && !words.iter().all(is_short) {
            Self::Context
        } else {
            Self::Case
        }
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `2020`
    Digits,
    /// `design`
    Lower,
    /// `SAND`, `R`
    Upper,
    /// `Slack`
    Capitalised,
    /// `MongoDB`, `C++`, `k8s`
    Mixed,
}

impl Shape {
    pub(super) fn of(word: &str) -> Self {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let first_is_upper = word.chars().next().is_some_and(char::is_uppercase);
        let all = |mut of: fn(char) -> bool| word.chars().all(&mut of);
        if letters().next().is_none() {
            Self::Digits
        } else if !all(char::is_alphabetic) {
            Self::Mixed
        } else if letters().all(char::is_uppercase) {
            Self::Upper
        } else if !letters().any(char::is_uppercase) {
            Self::Lower
        } else if first_is_upper && !letters().skip(1).any(char::is_uppercase) {
            Self::Capitalised
        } else {
            Self::Mixed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn a_name_of_a_taxonomy_gets_the_rule_that_its_words_need() {
        for (rule, names) in [
            (
                Rule::Any,
                &[
                    "manage budgets",
                    "work in teams",
                    "MongoDB",
                    "Email software",
                    "robotics",
                    "QGIS 3",
                    "k8s",
                ][..],
            ),
            (Rule::Case, &["Zabbix", "QGIS", "LaTeX", "ICTX", "Army Food Management Information System"]),
            (
                Rule::Context,
                &[
                    "Slack",
                    "Act!",
                    "SAND",
                    "R",
                    "IT",
                    "Access",
                    "Alice",
                    "Chef",
                    "Office",
                    "Teams",
                    "Scheme",
                    "Go",
                    "Front Desk",
                    "rs",
                ],
            ),
            (Rule::Listed, &["data", "design", "report", "office", "1099", "it", "a computer"]),
        ] {
            for name in names {
                assert_eq!(Rule::of_name(&words(name).collect::<Vec<_>>()), rule, "{name}");
            }
        }
    }
}
