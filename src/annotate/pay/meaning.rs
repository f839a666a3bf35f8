//! What the amounts of a sentence mean: for each, the words on its side of the sentence, then the labels around it.

use super::amounts::{Amount, Unit, amounts};
use super::context::{Context, Whose};
use super::currencies::units_per_dollar;
use super::lexer::tokens;
use super::owner::{Role, owners};
use super::places::places;
use super::said::Read;
use super::sides::{Side, sides};
use super::verdict;
use super::wording::{Cue, period_within, scope};
use crate::annotate::companies;
use crate::model::{Evidence, Pay, PayPart, Period, Scope, Statistic};

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

/// What the amount before in the same sentence was found to be: what is said once is often meant of all.
#[derive(Clone, Default)]
pub(super) struct Said {
    pub(super) pay: Option<bool>,
    pub(super) owner: Option<Whose>,
    pub(super) place: Option<(String, &'static str)>,
    pub(super) scope: Option<Scope>,
    pub(super) statistic: Option<Statistic>,
    pub(super) currency: &'static str,
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
        )
        .filter(|_| !verdict::is_by_the_piece(&self.all, side.end));
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
            Some(Statistic::Percentile) if amount.low.is_some() && amount.high.is_some() && is_range => {
                Statistic::Range // From one percentile to another.
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
