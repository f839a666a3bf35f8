//! What a role pays: a row for each figure that the page states, on one scale for each currency, with its sentence.

mod scale;

use super::super::amounts::{amount, scope, statistic};
use super::fold::fold;
use super::said::clipped;
use super::{Part, Role};
use crate::model::{Pay, PayPart, Period};
use crate::search::facts;
use maud::{Markup, html};
use scale::Scale;

/// How many rows are shown at once of each currency, and how many at most.
const SHOWN: usize = 12;
const MOST: usize = 100;
/// How many currencies have a chart.
const MOST_CURRENCIES: usize = 6;
/// How much is shown of a name, in bytes.
const LONGEST_NAME: usize = 120;

/// A figure and its section.
type Stated<'r> = (usize, &'r Pay);

pub(super) fn part(role: &Role) -> Option<Part> {
    let stated = facts(&role.page, |section| &section.pay);
    let (own, others): (Vec<Stated<'_>>, Vec<Stated<'_>>) = stated.partition(|(_, pay)| pay.of.is_none());
    if own.is_empty() && others.is_empty() {
        return None;
    }
    let rates = own.iter().chain(&others).any(|(_, pay)| pay.period != Period::Year);
    let body = html! {
        (charts(role, &own))
        @if !others.is_empty() {
            h3 { "What the page says of other roles" }
            (charts(role, &others))
        }
        @if rates {
            p.small.soft {
                "Drawn per year of work: 12 months, 52 weeks, 260 days or 2,080 hours."
            }
        }
    };
    Some(Part { id: "pay", name: "Pay", body })
}

/// A chart for each currency, that of most figures first.
fn charts(role: &Role, stated: &[Stated<'_>]) -> Markup {
    let mut currencies: Vec<(&str, Vec<Stated<'_>>)> = Vec::new();
    for &(at, pay) in stated {
        match currencies.iter_mut().find(|(currency, _)| *currency == pay.currency) {
            Some((_, rows)) => rows.push((at, pay)),
            None => currencies.push((&pay.currency, vec![(at, pay)])),
        }
    }
    currencies.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    let several = currencies.len() > 1;
    html! {
        @for (currency, rows) in currencies.iter().take(MOST_CURRENCIES) {
            @if several { p.currency { "In " strong { (currency) } } }
            (chart(role, currency, rows))
        }
        @if currencies.len() > MOST_CURRENCIES {
            p.small.soft { "and " (currencies.len() - MOST_CURRENCIES) " more currencies in the text" }
        }
    }
}

fn chart(role: &Role, currency: &str, stated: &[Stated<'_>]) -> Markup {
    let figures = stated.iter().take(SHOWN + MOST).flat_map(|(_, pay)| a_year(pay)).flatten();
    let scale = Scale::of(figures);
    let rows = |stated: &[Stated<'_>]| {
        html! {
            ul.plain.pay-rows {
                @for (at, pay) in stated { (row(role, *at, pay, scale.as_ref())) }
            }
        }
    };
    html! {
        div.pay-chart {
            @if let Some(scale) = &scale { (scale.axis(currency)) }
            (fold(stated, (SHOWN, MOST), rows))
        }
    }
}

fn row(role: &Role, section: usize, pay: &Pay, scale: Option<&Scale>) -> Markup {
    html! {
        li.pay-row {
            div.pay-what {
                p { strong { (amount(pay)) } }
                p.small.soft { (label(role, section, pay)) }
            }
            @if let Some(scale) = scale { (scale.bar(a_year(pay))) }
            div.pay-said {
                (role.quote(section, pay.evidence))
                (inferred(pay))
            }
        }
    }
}

/// Least, most and the last amount that is named, per year.
fn a_year(pay: &Pay) -> [Option<f64>; 3] {
    let (low, high) = pay.per_year();
    [low, high, pay.beyond.map(|beyond| beyond * pay.period.times_a_year())]
}

/// Whose it is, where and when it is paid, and which figure it is; where none of it is said, the heading above it.
fn label(role: &Role, section: usize, pay: &Pay) -> Markup {
    let year = pay.year.map(|year| year.to_string());
    let named = [pay.of.as_deref(), pay.company.as_deref(), pay.place.as_deref()];
    let parts = named.into_iter().chain([year.as_deref(), statistic(pay), scope(pay)]).flatten();
    let mut parts: Vec<&str> = parts.collect();
    if let Some(of) = role.page.sections.get(section).filter(|_| named.iter().all(Option::is_none)) {
        let heading = of.heading_of(pay.evidence.block.map(|block| block as usize));
        parts.insert(0, heading.map_or(&of.kind.label, |heading| &heading.text));
    }
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if at > 0 { " · " }
            bdi { (clipped(part, LONGEST_NAME)) }
        }
    }
}

/// What the sentence itself does not say.
fn inferred(pay: &Pay) -> Markup {
    let parts = pay.inferred.iter().map(|part| match part {
        PayPart::Currency => "the currency",
        PayPart::Period => "the period",
        PayPart::Company => "the company",
        PayPart::Of => "whose it is",
        PayPart::Place => "the place",
        PayPart::Year => "the year",
    });
    let parts: Vec<&str> = parts.collect();
    html! {
        @if !parts.is_empty() { p.small.soft { "Inferred: " (parts.join(", ")) } }
    }
}
