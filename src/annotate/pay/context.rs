//! What a heading, a lead-in, the label of a row or the title of a column says of the amounts below or beside it.

use super::amounts::Unit;
use super::figure::{figure, is_bare_share};
use super::lexer::{Token, tokens};
use super::owner::{Owner, Role, owners};
use super::phrases::MIDDLES;
use super::places::{Place, places};
use super::wording::{Cue, cue, period_at, period_within, scope};
use crate::annotate::companies;
use crate::model::{Period, Scope, Statistic};
use crate::text;

/// The parts of a fact that a label states.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) cue: Option<Cue>,
    /// Whose pay: as written, or that it is the page's own role.
    pub(super) owner: Option<Whose>,
    pub(super) company: Option<String>,
    pub(super) place: Option<(String, &'static str)>,
    pub(super) year: Option<u16>,
    pub(super) period: Option<Period>,
    pub(super) scope: Option<Scope>,
    pub(super) statistic: Option<Statistic>,
    pub(super) unit: Unit,
    /// Which end of a range stands below or beside.
    pub(super) end: Option<End>,
    /// What stands below or beside is one company each.
    pub(super) of_companies: bool,
}

/// Whose pay it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    Of(String),
}

impl Whose {
    pub(super) fn of(owner: &Owner, text: &str, all: &[Token<'_>]) -> Self {
        if owner.own {
            return Self::Own;
        }
        Self::Of(written(text, all, &owner.tokens).to_owned())
    }
}

/// The text of a range of tokens.
pub(super) fn written<'t>(text: &'t str, all: &[Token<'_>], range: &std::ops::Range<usize>) -> &'t str {
    let (Some(first), Some(last)) = (all.get(range.start), all.get(range.end.saturating_sub(1))) else {
        return "";
    };
    text.get(first.start..last.end).unwrap_or_default()
}

/// The longest label that is read, in bytes; what is longer tells a story.
const LONGEST_LABEL: usize = 200;

impl Context {
    /// What a label says.
    pub(super) fn of(label: &str, role: &Role) -> Self {
        if label.len() > LONGEST_LABEL {
            return Self::default();
        }
        let all = tokens(label);
        let whole = 0..all.len();
        let mut found = places(label, &all);
        let owners = owners(&all, whole.clone(), &found, role);
        let cues: Vec<Cue> = (0..all.len())
            .filter(|at| !owners.iter().any(|owner| owner.tokens.contains(at)))
            .filter_map(|at| cue(all[at].word()?))
            .collect();
        let cue = cues.iter().copied().find(|cue| *cue == Cue::Pay).or(cues.last().copied());
        // Of two roles or two places none is meant of every amount below.
        let owner = owners.first().filter(|_| owners.len() == 1);
        let place = found.pop().filter(|_| found.is_empty());
        let currency = all.iter().find_map(Token::currency);
        let thousands = all
            .iter()
            .any(|token| token.is_word(&["thousand", "thousands", "tausend", "miles", "milliers", "tsd"]))
            || all.iter().enumerate().any(|(at, token)| {
                token.is_word(&["k", "t"])
                    && all.get(at + 1).is_some_and(|next| next.currency().is_some() || next.is_sign(')'))
                    || token.is_word(&["k"]) && at > 0 && all[at - 1].currency().is_some()
            });
        Self {
            cue,
            owner: owner.map(|owner| Whose::of(owner, label, &all)),
            company: companies::of_heading(label).map(str::to_owned),
            place: place.map(|place| named(label, &all, &place)),
            year: year(&all, whole.clone()),
            period: period_within(&all, whole.clone()).or_else(|| {
                all.iter().enumerate().find_map(|(at, token)| {
                    token
                        .is_word(&["per", "a", "an", "pro"])
                        .then(|| period_at(&all, at))?
                        .map(|(period, _)| period)
                })
            }),
            scope: scope(&all, whole),
            statistic: figure(&all, 0..all.len())
                .or_else(|| is_bare_share(&all).then_some(Statistic::Percentile)),
            unit: Unit { currency, thousands },
            end: all.iter().find_map(|token| End::of(token.word()?)),
            of_companies: companies::heads_companies(label),
        }
    }

    /// What the label of a row says in a column of this head.
    pub(super) fn of_cell(label: &str, head: Option<Head>, role: &Role) -> Self {
        let mut context = Self::of(label, role);
        let short = !label.is_empty() && label.len() <= 80;
        match head.filter(|_| short) {
            Some(Head::Company) => {
                context.company = companies::is_name(label).then(|| label.to_owned());
            }
            Some(Head::Place) if context.place.is_none() => context.place = Some((label.to_owned(), "")),
            Some(Head::Owner) if !label.starts_with(|c: char| c.is_ascii_digit()) => {
                let own = role.is_called(label);
                context.owner = Some(if own { Whose::Own } else { Whose::Of(label.to_owned()) });
            }
            _ => {}
        }
        context
    }
}

/// The end of a range, or what lies in its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Low,
    Middle,
    High,
}

impl End {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "min" | "minimum" | "low" | "lowest" | "from" | "von" | "ab" | "mindestens" | "minimo"
            | "desde" => Self::Low,
            "max" | "maximum" | "high" | "highest" | "to" | "top" | "bis" | "hochstens" | "maximo"
            | "hasta" => Self::High,
            _ if MIDDLES.contains(&word) => Self::Middle,
            _ => return None,
        })
    }
}

/// What the cells of a column name, as its head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Company,
    Place,
    /// A level or a role.
    Owner,
}

impl Head {
    pub(super) fn of(head: &str) -> Option<Self> {
        if head.len() > LONGEST_LABEL {
            return None;
        }
        let words: Vec<String> = text::words(head).map(|word| word.folded.into_owned()).collect();
        let names = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let heads = [(COMPANY_HEADS, Self::Company), (PLACE_HEADS, Self::Place), (OWNER_HEADS, Self::Owner)];
        heads.into_iter().find(|(list, _)| names(list)).map(|(_, head)| head)
    }
}

const COMPANY_HEADS: &[&str] = &[
    "company",
    "companies",
    "employer",
    "employers",
    "unternehmen",
    "arbeitgeber",
    "firma",
    "entreprise",
    "employeur",
    "empresa",
];
const PLACE_HEADS: &[&str] = &[
    "location",
    "city",
    "cities",
    "country",
    "region",
    "state",
    "place",
    "market",
    "ort",
    "stadt",
    "land",
    "standort",
    "ville",
    "pays",
    "lieu",
    "ciudad",
    "pais",
    "bundesland",
    "metro",
];
const OWNER_HEADS: &[&str] = &[
    "level",
    "role",
    "title",
    "position",
    "job",
    "seniority",
    "grade",
    "stage",
    "career",
    "stufe",
    "rolle",
    "niveau",
    "poste",
    "nivel",
    "puesto",
    "cargo",
    "berufserfahrung",
    "occupation",
    "experience",
    "erfahrung",
];

/// A place as written and its country.
pub(super) fn named(text: &str, all: &[Token<'_>], place: &Place) -> (String, &'static str) {
    (written(text, all, &place.tokens).to_owned(), place.country)
}

/// Words before a year that is not the one the amount is of.
const NOT_OF: &[&str] = &[
    "by",
    "since",
    "until",
    "till",
    "founded",
    "established",
    "from",
    "seit",
    "depuis",
    "desde",
    "to",
    "through",
    "between",
];

/// The year that tokens name: "(2024)", "in 2024", "2024 salaries"; no span of years.
pub(super) fn year(all: &[Token<'_>], within: std::ops::Range<usize>) -> Option<u16> {
    within.clone().rev().find_map(|at| {
        let number = all[at].number().filter(|number| number.like_a_year)?;
        let (before, after) = (at.checked_sub(1).and_then(|at| all.get(at)), all.get(at + 1));
        let next_is_year = all.get(at + 2).and_then(Token::number).is_some_and(|number| number.like_a_year);
        let span = next_is_year
            && after.is_some_and(|token| {
                token.is_sign('-') || token.is_sign('/') || token.is_word(&["to", "and", "bis", "a"])
            });
        let money = |token: Option<&Token<'_>>| token.is_some_and(|token| token.currency().is_some());
        let other = span
            || money(before)
            || money(after)
            || before.is_some_and(|token| {
                token.is_word(NOT_OF) || token.is_sign('-') && token.glued && all[at].glued
            })
            || at
                .checked_sub(2)
                .is_some_and(|at| all[at].is_word(&["founded", "established", "launched", "started"]))
            || after.is_some_and(|token| {
                token.is_sign('%') || token.is_word(&["employees", "people", "hours", "jobs", "members"])
            });
        if other || !(1990.0..=2100.0).contains(&number.value) {
            return None;
        }
        Some(number.value as u16)
    })
}
