//! What a sentence says of one of its amounts: whether it is pay, whose, where, when, by whom and which figure.

use super::amounts::Amount;
use super::context::{Whose, named, year};
use super::figure::figure;
use super::lexer::Token;
use super::meaning::{Around, Said};
use super::owner::Owner;
use super::places::Place;
use super::sides::Side;
use super::verdict;
use super::wording::Cue;
use crate::model::Statistic;
use std::ops::Range;

/// The sentence as it was taken apart.
pub(super) struct Read<'a> {
    pub(super) text: &'a str,
    pub(super) all: Vec<Token<'a>>,
    pub(super) owners: Vec<Owner>,
    pub(super) places: Vec<Place>,
    pub(super) employers: Vec<Range<usize>>,
    /// What comes before the first colon says something of all that follows.
    pub(super) label: Range<usize>,
}

impl Read<'_> {
    /// What the sentence itself says; none where it says nothing of the matter.
    pub(super) fn is_pay(&self, side: &Side, said: &Said, around: &Around<'_>) -> Option<bool> {
        let names: Vec<Range<usize>> = self
            .owners
            .iter()
            .filter(|owner| owner.tokens.start < side.after.end && owner.tokens.end > side.before.start)
            .map(|owner| owner.tokens.clone())
            .collect();
        let after = verdict::after(&self.all, side.after.clone());
        if after == Some(false) {
            return Some(false);
        }
        // The words of the amount itself count: "start at $75,000".
        verdict::before(&self.all, side.before.start..side.end, &names)
            .or(after)
            .or_else(|| verdict::before(&self.all, self.label.clone(), &names))
            .or(said.pay.filter(|pay| !side.apart || *pay))
            .or_else(|| {
                // "$120,000 is what they earn": a word about pay further on, and none about anything else.
                let rest = side.after.clone();
                verdict::before(&self.all, rest, &names).filter(|pay| *pay || !around.salary)
            })
    }

    /// The nearest heading that speaks of money speaks of bonuses or costs.
    pub(super) fn heading_says_otherwise(&self, around: &Around<'_>) -> bool {
        let nearest = around.above.iter().find_map(|context| context.cue);
        matches!(nearest, Some(Cue::Extra | Cue::Other))
    }

    /// An amount is pay without any word that says so where it has a period and a role is named or nothing but a place
    /// comes before it, and where a role is all that its label names.
    pub(super) fn stands_alone(&self, side: &Side) -> bool {
        let is_owner = |at: usize| self.owners.iter().any(|owner| owner.tokens.contains(&at));
        let is_place = |at: usize| self.places.iter().any(|place| place.tokens.contains(&at));
        let bare = (0..side.before.end)
            .all(|at| self.all[at].word().is_none_or(|word| matches!(word, "in" | "the")) || is_place(at));
        let titled = !self.owners.is_empty()
            && self.all[..side.before.end].last().is_some_and(|token| token.is_sign(':'))
            && (0..side.before.end).all(|at| self.all[at].word().is_none() || is_owner(at));
        let other = |at: usize| !is_owner(at) && verdict::before(&self.all, at..at + 1, &[]) == Some(false);
        let stated = side.period.is_some() && (bare || !self.owners.is_empty());
        (stated || titled) && !(0..self.all.len()).any(other)
    }

    /// Whose pay it is, and whether that is what the sentence speaks of, also further on.
    pub(super) fn owner(&self, side: &Side) -> Option<(Whose, bool)> {
        let whose = |owner: &Owner| Whose::of(owner, self.text, &self.all);
        let within = |range: &Range<usize>, owner: &Owner| {
            owner.tokens.start >= range.start && owner.tokens.end <= range.end
        };
        let lead = |owner: &&Owner| {
            let mut at = owner.tokens.start;
            while at > side.after.start
                && self.all[at - 1].is_word(&["a", "an", "the", "eine", "einen", "un", "une", "les", "los"])
            {
                at -= 1;
            }
            at == side.after.start && self.all[at.saturating_sub(1)].is_sign('(')
                || at > side.after.start
                    && (self.all[at - 1].is_word(&["for", "fur", "pour", "para", "as", "als", "among", "of"])
                        || self.all[at - 1].is_sign('('))
        };
        let before = self.owners.iter().rfind(|owner| within(&side.before, owner));
        let after = self.owners.iter().filter(|owner| within(&side.after, owner)).find(lead);
        // "Salaries of engineers: $90,000 for juniors": what comes after says more.
        after.map(|owner| (whose(owner), false)).or_else(|| before.map(|owner| (whose(owner), true)))
    }

    pub(super) fn place(&self, side: &Side) -> Option<(String, &'static str)> {
        let within = |range: &Range<usize>, place: &Place| range.contains(&place.tokens.start);
        let after = self.places.iter().find(|place| within(&side.after, place));
        let close = after.filter(|place| place.tokens.start <= side.after.start + 3);
        let before = self.places.iter().rfind(|place| within(&side.before, place));
        close.or(before).or(after).map(|place| named(self.text, &self.all, place))
    }

    pub(super) fn company(&self, amount: &Amount, side: &Side) -> Option<String> {
        let at = self.all.get(amount.first)?.start;
        let start = self.all.get(side.before.start).map_or(0, |token| token.start);
        let mut before = self.employers.iter().rev().filter(|name| name.end <= at);
        let last = before.next();
        if last.is_some() && before.next().is_some_and(|other| other.start >= start) {
            return None; // It is meant of each of several.
        }
        let end = self.all.get(side.after.end.checked_sub(1)?).map_or(0, |token| token.end);
        let after = self.employers.iter().find(|name| name.start > at && name.end <= end);
        last.or(after).and_then(|name| self.text.get(name.clone())).map(str::to_owned)
    }

    pub(super) fn year(&self, side: &Side) -> Option<u16> {
        year(&self.all, side.after.clone())
            .or_else(|| year(&self.all, side.before.clone()))
            .or_else(|| year(&self.all, 0..self.all.len()))
    }

    pub(super) fn statistic(&self, side: &Side) -> Option<Statistic> {
        let after = side.after.start..side.after.end.min(side.after.start + 4);
        figure(&self.all, side.before.clone().rev())
            .or_else(|| figure(&self.all, after))
            .or_else(|| figure(&self.all, self.label.clone()))
    }
}
