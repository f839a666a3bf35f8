//! Which words of a sentence with several amounts belong to which of them.

use super::amounts::Amount;
use super::lexer::Token;
use super::wording::period_after;
use crate::model::Period;
use std::ops::Range;

/// An amount's side of the sentence, as tokens.
pub(super) struct Side {
    pub(super) before: Range<usize>,
    /// Where the amount ends.
    pub(super) end: usize,
    pub(super) after: Range<usize>,
    /// The same with "plus bonus" that follows.
    pub(super) with_extras: Range<usize>,
    /// Directly after the amount.
    pub(super) period: Option<Period>,
    /// A semicolon parts it from the amount before.
    pub(super) apart: bool,
}

/// Cuts a sentence into the sides of its amounts: at the first comma, semicolon or conjunction between two of them.
pub(super) fn sides(all: &[Token<'_>], amounts: &[Amount]) -> Vec<Side> {
    let mut sides = Vec::with_capacity(amounts.len());
    let mut start = 0;
    for (index, amount) in amounts.iter().enumerate() {
        let next = amounts.get(index + 1).map_or(all.len(), |next| next.first);
        let found = period_after(all, amount.end).filter(|(_, end)| *end <= next);
        let after = found.map_or(amount.end, |(_, end)| end);
        let last = index + 1 == amounts.len();
        let semicolon = (after..next).rfind(|&at| all[at].is_sign(';'));
        let cut = if last { all.len() } else { semicolon.or(first_part(all, after..next)).unwrap_or(after) };
        let apart = start > 0 && all[start..amount.first].iter().any(|token| token.is_sign(';'));
        let period = found.map(|(period, _)| period).or(amount.per_annum.then_some(Period::Year));
        let extras = all
            .get(cut)
            .is_some_and(|token| token.is_sign('+') || token.is_word(&["plus", "with", "und", "and"]));
        let with_extras = after..if extras { next.min(cut + 6) } else { cut };
        let before = start..amount.first;
        sides.push(Side { before, end: amount.end, after: after..cut, with_extras, period, apart });
        start = cut;
    }
    sides
}

/// The first comma, semicolon or conjunction; what stands in brackets right after the amount is still its own: "(UK)".
fn first_part(all: &[Token<'_>], within: Range<usize>) -> Option<usize> {
    let mut at = within.start;
    if all[within.clone()].first().is_some_and(|token| token.is_sign('(')) {
        at += all[within.clone()].iter().position(|token| token.is_sign(')'))?;
    }
    let parts = |token: &Token<'_>| {
        [',', ';', '|', '(', '+'].iter().any(|sign| token.is_sign(*sign))
            || token.is_word(&[
                "and", "while", "whereas", "but", "or", "und", "oder", "et", "ou", "y", "plus", "with",
                "versus", "vs",
            ])
    };
    (at..within.end).find(|&at| parts(&all[at]))
}
