//! What the amounts of a sentence mean: for each, the words on its side of the sentence, then the labels around it.

use super::amounts::{Amount, Unit, amounts};
use super::context::{Context, Whose, named, written, year};
use super::currencies::units_per_dollar;
use super::lexer::{Token, tokens};
use super::owner::{Owner, Role, owners};
use super::places::{Place, places};
use super::sides::{Side, sides};
use super::verdict;
use super::wording::{Cue, period_within, scope, statistic};
use crate::annotate::companies;
use crate::model::{Evidence, Pay, PayPart, Period, Scope, Statistic};
use std::ops::Range;

/// The most amounts of one sentence that are read: with more it is none.
const MOST_AMOUNTS: usize = 64;

/// What stands around a sentence.
pub(super) struct Around<'a> {
    pub(super) role: &'a Role,
    /// The label of its row and the title of its column: they state.
    pub(super) beside: &'a [&'a Context],
    /// The lead-in and the headings above, nearest first: from them is inferred.
    pub(super) above: &'a [&'a Context],
    /// It stands in a section about pay.
    pub(super) salary: bool,
    /// The country that the page's language tells, if any.
    pub(super) country: Option<&'a str>,
    pub(super) unit: Unit,
}

/// The sentence as it was taken apart.
struct Read<'a> {
    text: &'a str,
    all: Vec<Token<'a>>,
    owners: Vec<Owner>,
    places: Vec<Place>,
    employers: Vec<Range<usize>>,
    /// What comes before the first colon says something of all that follows.
    label: Range<usize>,
}

/// What the amount before in the same sentence was found to be: what is said once is often meant of all.
#[derive(Clone, Default)]
struct Said {
    pay: Option<bool>,
    owner: Option<Whose>,
    place: Option<(String, &'static str)>,
    scope: Option<Scope>,
    statistic: Option<Statistic>,
    currency: &'static str,
}

/// What a sentence says is paid. The evidence is for the caller to set.
pub(super) fn read(text: &str, around: &Around<'_>) -> Vec<Pay> {
    let all = tokens(text);
    let mut amounts = amounts(&all, around.unit);
    amounts.truncate(MOST_AMOUNTS);
    if amounts.is_empty() {
        return Vec::new();
    }
    let first = amounts[0].first;
    let label = all[..first].iter().position(|token| token.is_sign(':')).map_or(0..0, |colon| 0..colon);
    let places = places(text, &all);
    let owners = owners(&all, 0..all.len(), &places, around.role);
    let employers = companies::employers(text);
    let sentence = Read { text, all, owners, places, employers, label };
    let sides = sides(&sentence.all, &amounts);
    let mut said = Said::default();
    let mut facts = Vec::new();
    for (index, (amount, side)) in amounts.iter().zip(&sides).enumerate() {
        if side.apart {
            said = Said {
                place: said.place,
                currency: said.currency,
                scope: said.scope,
                pay: said.pay,
                ..Said::default()
            };
        }
        facts.extend(sentence.fact(amount, side, &sides, index, &mut said, around));
    }
    facts
}

impl Read<'_> {
    fn fact(
        &self,
        amount: &Amount,
        side: &Side,
        sides: &[Side],
        index: usize,
        said: &mut Said,
        around: &Around<'_>,
    ) -> Option<Pay> {
        let mut inferred = Vec::new();
        let (own_owner, is_subject) = self.owner(side).unzip();
        let pay = self.is_pay(side, said, around);
        said.pay = pay.or(said.pay);
        let contexts = || around.beside.iter().chain(around.above);
        // What is meant of this amount is meant of the next one too, unless that says otherwise.
        let before = &self.all[side.before.clone()];
        let few_words = before.iter().filter(|token| token.word().is_some()).count() <= 4;
        let new_cue = before.iter().any(|token| token.word().and_then(super::wording::cue).is_some());
        let code = amount.currency.code;
        if said.currency != code || side.apart && (new_cue || !few_words) {
            (said.scope, said.statistic) = (None, None);
        }
        let subject = match is_subject {
            Some(is_subject) => own_owner.clone().filter(|_| is_subject),
            None => said.owner.clone(),
        };
        let owner = own_owner.or_else(|| said.owner.clone().filter(|_| few_words && index > 0));
        let place = self.place(side).or_else(|| said.place.clone().filter(|_| said.currency == code));
        let scope_here = scope(&self.all, side.before.clone())
            .or_else(|| scope(&self.all, side.with_extras.clone()))
            .or(said.scope)
            .or_else(|| scope(&self.all, self.label.clone()));
        let statistic_here = self.statistic(side).or(said.statistic);
        *said = Said {
            pay: said.pay,
            owner: subject,
            place: place.clone(),
            scope: scope_here,
            statistic: statistic_here,
            currency: code,
        };

        let beside_says_otherwise =
            around.beside.iter().any(|context| matches!(context.cue, Some(Cue::Extra | Cue::Other)))
                && !around.beside.iter().any(|context| context.cue == Some(Cue::Pay));
        let spoken_of = around.salary || contexts().any(|context| context.cue == Some(Cue::Pay));
        let accepted = match pay {
            Some(pay) => pay,
            None if beside_says_otherwise || self.heading_says_otherwise(around) => false,
            None if spoken_of => true,
            None => !amount.currency.doubtful && self.stands_alone(side),
        };
        if !accepted || beside_says_otherwise && pay.is_none() {
            return None;
        }

        let (currency, told) = self.currency(amount, place.as_ref(), around);
        if told {
            inferred.push(PayPart::Currency);
        }
        let units = units_per_dollar(currency);
        let sure = pay == Some(true) || spoken_of;
        let by_size = verdict::period_of(
            amount,
            units,
            pay == Some(true) || around.beside.iter().any(|beside| beside.cue == Some(Cue::Pay)),
        );
        let fits = |period: &Period| verdict::is_plausible(amount, *period, units);
        let stated = side
            .period
            .or_else(|| period_within(&self.all, side.before.clone()).filter(fits))
            .or_else(|| period_within(&self.all, side.after.clone()).filter(fits))
            .or_else(|| period_within(&self.all, 0..sides[0].before.end).filter(fits))
            .or_else(|| {
                sides.iter().find_map(|side| side.period).filter(|period| sure && Some(*period) == by_size)
            })
            .or_else(|| around.beside.iter().find_map(|context| context.period).filter(fits))
            .or_else(|| {
                around
                    .above
                    .iter()
                    .find_map(|context| context.period)
                    .filter(|period| fits(period) && by_size.is_none_or(|by_size| by_size == *period))
            });
        let period = match stated {
            Some(period) => period,
            None => {
                inferred.push(PayPart::Period);
                by_size?
            }
        };
        if !fits(&period) {
            return None;
        }

        let (of, told) = part(owner, around, |context| context.owner.clone());
        if told && matches!(of, Some(Whose::Of(_))) {
            inferred.push(PayPart::Of);
        }
        let (company, told) = part(self.company(amount, side), around, |context| context.company.clone());
        if told {
            inferred.push(PayPart::Company);
        }
        let (place, told) = part(place, around, |context| context.place.clone());
        if told {
            inferred.push(PayPart::Place);
        }
        let (year, told) = part(self.year(side), around, |context| context.year);
        if told {
            inferred.push(PayPart::Year);
        }
        inferred.sort_unstable();
        let is_range = amount.low != amount.high;
        let said_beside = || around.beside.iter().find_map(|context| context.statistic);
        let figure = statistic_here
            .or_else(said_beside)
            .or_else(|| around.above.iter().find_map(|context| context.statistic).filter(|_| !is_range));
        let statistic = match figure {
            // "Seniors earn $75,000+" beside an average is none.
            Some(Statistic::Average) if is_range => {
                let has_both = amount.low.is_some() && amount.high.or(amount.beyond).is_some();
                if has_both { Statistic::RangeOfAverages } else { Statistic::Range }
            }
            Some(statistic) => statistic,
            None if is_range => Statistic::Range,
            None => Statistic::Amount,
        };
        let scope = scope_here.or_else(|| contexts().find_map(|context| context.scope)).unwrap_or_default();
        Some(Pay {
            low: amount.low,
            high: amount.high,
            beyond: amount.beyond,
            currency: currency.to_owned(),
            period,
            statistic,
            scope,
            approximate: amount.approximate,
            company,
            place: place.map(|(name, _)| name),
            year,
            of: match of {
                Some(Whose::Of(name)) => Some(name),
                Some(Whose::Own) | None => None,
            },
            inferred,
            evidence: Evidence::default(),
        })
    }

    /// What the sentence itself says; none where it says nothing of the matter.
    fn is_pay(&self, side: &Side, said: &Said, around: &Around<'_>) -> Option<bool> {
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
    fn heading_says_otherwise(&self, around: &Around<'_>) -> bool {
        let nearest = around.above.iter().find_map(|context| context.cue);
        matches!(nearest, Some(Cue::Extra | Cue::Other))
    }

    /// An amount is pay without any word that says so where it has a period and a role is named or nothing but a place
    /// comes before it, and where a role is all that its label names.
    fn stands_alone(&self, side: &Side) -> bool {
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
    fn owner(&self, side: &Side) -> Option<(Whose, bool)> {
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

    fn place(&self, side: &Side) -> Option<(String, &'static str)> {
        let within = |range: &Range<usize>, place: &Place| range.contains(&place.tokens.start);
        let after = self.places.iter().find(|place| within(&side.after, place));
        let close = after.filter(|place| place.tokens.start <= side.after.start + 3);
        let before = self.places.iter().rfind(|place| within(&side.before, place));
        close.or(before).or(after).map(|place| named(self.text, &self.all, place))
    }

    fn company(&self, amount: &Amount, side: &Side) -> Option<String> {
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

    fn year(&self, side: &Side) -> Option<u16> {
        year(&self.all, side.after.clone())
            .or_else(|| year(&self.all, side.before.clone()))
            .or_else(|| year(&self.all, 0..self.all.len()))
    }

    fn statistic(&self, side: &Side) -> Option<Statistic> {
        let says = |at: usize| {
            let word = self.all[at].word()?;
            // "social media" is no mean.
            let foreign = |token: &Token<'_>| {
                token.is_word(&[
                    "salario",
                    "salarios",
                    "sueldo",
                    "sueldos",
                    "stipendio",
                    "retribuzione",
                    "retribucion",
                    "de",
                    "la",
                    "en",
                    "gana",
                ])
            };
            if matches!(word, "media" | "medio") && !self.all.iter().any(foreign) {
                return None;
            }
            statistic(word)
        };
        let after = side.after.start..side.after.end.min(side.after.start + 4);
        side.before
            .clone()
            .rev()
            .find_map(says)
            .or_else(|| after.clone().find_map(says))
            .or_else(|| self.label.clone().find_map(says))
    }

    /// The currency, and whether it was told from the place or the page.
    fn currency(
        &self,
        amount: &Amount,
        place: Option<&(String, &'static str)>,
        around: &Around<'_>,
    ) -> (&'static str, bool) {
        let Some(shared) = amount.currency.shared else { return (amount.currency.code, false) };
        let contexts = around.beside.iter().chain(around.above);
        let mut countries = place
            .map(|(_, country)| *country)
            .into_iter()
            .chain(contexts.clone().filter_map(|context| context.place.as_ref().map(|(_, country)| *country)))
            .chain(around.country);
        let exact =
            contexts.filter_map(|context| context.unit.currency).find(|currency| currency.shared.is_none());
        if let Some(exact) = exact.filter(|exact| {
            exact.code == amount.currency.code || exact.code.ends_with(&amount.currency.code[2..])
        }) {
            return (exact.code, false);
        }
        match countries.find_map(|country| shared.within(country)) {
            Some(code) => (code, code != amount.currency.code || shared.is_open()),
            None => (amount.currency.code, shared.is_open()),
        }
    }
}

/// A part as the sentence or its row and column state it, else as the headings tell it; and whether it is inferred.
fn part<T>(stated: Option<T>, around: &Around<'_>, get: impl Fn(&Context) -> Option<T>) -> (Option<T>, bool) {
    if let Some(stated) = stated.or_else(|| around.beside.iter().find_map(|context| get(context))) {
        return (Some(stated), false);
    }
    let told = around.above.iter().find_map(|context| get(context));
    let inferred = told.is_some();
    (told, inferred)
}

/// The text before the first colon, for the label of an item.
pub(super) fn label_of(text: &str) -> Option<&str> {
    let all = tokens(text);
    let colon = all.iter().take(8).position(|token| token.is_sign(':'))?;
    let label = written(text, &all, &(0..colon));
    (!label.is_empty()).then_some(label)
}
