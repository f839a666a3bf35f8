//! Whether an amount is pay: the nearest word that says so or says otherwise, then the labels and headings around it.

use super::amounts::Amount;
use super::lexer::Token;
use super::wording::{Cue, cue, period_at};
use crate::model::Period;
use std::ops::Range;

/// Ends what is said of an amount after it.
const BREAKS: &[&str] = &[
    "and",
    "or",
    "plus",
    "with",
    "before",
    "for",
    "while",
    "whereas",
    "but",
    "excluding",
    "including",
    "depending",
    "the",
    "a",
    "our",
    "your",
    "their",
    "und",
    "oder",
    "fur",
    "mit",
    "et",
    "pour",
    "avec",
    "y",
    "para",
    "con",
    "as",
    "if",
    "einschliesslich",
    "inklusive",
    "inkl",
    "incl",
    "inclusive",
    "zuzuglich",
    "zzgl",
    "excl",
    "exclusive",
    "compris",
    "incluyendo",
    "hors",
    "all",
    "when",
    "than",
    "per",
    "are",
    "is",
    "to",
    "at",
];
/// Who pays for something is paid nothing.
const PAYERS: &[&str] = &[
    "customer",
    "customers",
    "user",
    "users",
    "client",
    "clients",
    "students",
    "subscribers",
    "patients",
    "kunden",
    "clientes",
];
/// Leads from pay to what comes with it.
const JOINS: &[&str] = &[
    "plus",
    "with",
    "including",
    "and",
    "incl",
    "inklusive",
    "inkl",
    "mit",
    "und",
    "et",
    "avec",
    "y",
    "con",
];

/// What the words before an amount say of it, nearest first; words of `skipped` ranges are names.
pub(super) fn before(all: &[Token<'_>], within: Range<usize>, skipped: &[Range<usize>]) -> Option<bool> {
    let cue_at = |at: usize| {
        let named = skipped.iter().any(|range| range.contains(&at));
        if named { None } else { cue(all[at].word()?) }
    };
    let mut cues = within.clone().rev().filter_map(|at| Some((at, cue_at(at)?)));
    let (at, nearest) = cues.next()?;
    Some(match nearest {
        Cue::Pay => true,
        Cue::WeakPay => {
            let paid_for = |at: usize| all[at].is_word(PAYERS) || all[at].is_word(&["call"]);
            let of_subject =
                |before: usize, cue: Cue| cue == Cue::Extra || cue == Cue::Other && before + 1 == at;
            // "On-call is paid", "bonuses reach", "prices start at".
            !within.clone().take_while(|&before| before < at).any(paid_for)
                && cues.all(|(before, cue)| !of_subject(before, cue))
        }
        Cue::Extra => {
            let joined = all[at.saturating_sub(3).max(within.start)..at]
                .iter()
                .any(|token| token.is_word(JOINS) || token.is_sign('+') || token.is_sign('&'));
            joined && cues.any(|(_, cue)| cue == Cue::Pay)
        }
        Cue::Other => false,
    })
}

/// What the words right after an amount say of it: "$3,000 training budget", "£1m contracts", "$65k salary".
pub(super) fn after(all: &[Token<'_>], within: Range<usize>) -> Option<bool> {
    for at in within.take(4) {
        let token = &all[at];
        if token.is_word(BREAKS) || token.word().is_none() && !token.is_sign('-') {
            return None;
        }
        if token.is_word(&["more", "less", "higher", "lower", "extra", "mehr", "weniger", "mas"]) {
            return Some(false); // A difference.
        }
        if token.is_word(&["base"])
            && all.get(at + 1).is_none_or(|next| next.word().is_none() || next.is_word(BREAKS))
        {
            return Some(true); // "$150k base, $250k total"
        }
        match token.word().and_then(cue) {
            Some(Cue::Pay) => return Some(true),
            Some(Cue::Other | Cue::Extra) => return Some(false),
            Some(Cue::WeakPay) | None => {}
        }
    }
    None
}

/// The time that an amount is for, as its size tells; a month's pay only where the page surely speaks of pay, or in
/// a currency in whose countries people name it.
pub(super) fn period_of(amount: &Amount, units: f64, sure: bool) -> Option<Period> {
    let value = amount.low.or(amount.high)? / units;
    let by_the_year = matches!(amount.currency.code, "USD" | "GBP" | "CAD" | "AUD" | "NZD");
    if (12_000.0..4_000_000.0).contains(&value) {
        Some(Period::Year)
    } else if (700.0..12_000.0).contains(&value) && (sure || !by_the_year) {
        Some(Period::Month)
    } else if (7.0..150.0).contains(&value) && sure {
        Some(Period::Hour)
    } else {
        None
    }
}

/// "$15 per visit", "€3 pro Stück": for something else than a time.
pub(super) fn is_by_the_piece(all: &[Token<'_>], end: usize) -> bool {
    let per = all.get(end).is_some_and(|token| token.is_word(&["per", "pro", "par", "por"]));
    per && period_at(all, end).is_none()
        && all
            .get(end + 1)
            .is_some_and(|next| next.word().is_some() && !next.is_word(&["rata", "annum", "se"]))
}

/// Whether somebody could be paid the amount in the time.
pub(super) fn is_plausible(amount: &Amount, period: Period, units: f64) -> bool {
    let (least, most) = match period {
        Period::Year => (1_500.0, 50_000_000.0),
        Period::Month => (100.0, 500_000.0),
        Period::Week => (40.0, 100_000.0),
        Period::Day => (8.0, 20_000.0),
        Period::Hour => (1.0, 2_000.0),
    };
    let fits = |end: Option<f64>| end.is_none_or(|end| (least..=most).contains(&(end / units)));
    fits(amount.low) && fits(amount.high) && fits(amount.beyond)
}
