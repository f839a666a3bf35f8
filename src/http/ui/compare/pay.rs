//! What roles pay: a bar for each on one scale, and who says so.

use super::super::amounts::{amount, scope, statistic};
use super::super::figures;
use super::super::frame::role_page;
use super::super::pick::short;
use super::says::Said;
use super::table::{Line, table};
use crate::model::{Page, Pay};
use crate::search::{Comparison, PaySpan, facts};
use maud::{Markup, html};

/// How many statements are shown of a role.
const SHOWN: usize = 4;
/// The longest name of a company, a place or a role, in characters.
const LONGEST: usize = 60;

/// The part of the sheet.
pub(super) fn section(comparison: &Comparison, names: &[String]) -> Markup {
    let Comparison { pages, figures, currency, .. } = comparison;
    let scale = currency.as_deref().and_then(|currency| {
        let same = figures.iter().filter_map(|figures| figures.pay.as_ref());
        Scale::of(currency, same.filter(|span| span.currency == currency))
    });
    let yearly = figures.iter().map(|figures| figures.pay.as_ref().map(|span| bar(span, scale.as_ref())));
    let stated = pages
        .iter()
        .zip(figures)
        .map(|(page, figures)| stated(page, figures.pay.as_ref().map(|span| span.currency.as_str())));
    let lines = [
        Line { name: html! { "A year" }, cells: yearly.collect(), none: "Not said" },
        Line { name: html! { "Who says so" }, cells: stated.collect(), none: "Nobody" },
    ];
    let lines: Vec<Line> = lines.into_iter().filter(|line| line.cells.iter().any(Option::is_some)).collect();
    html! {
        @if !lines.is_empty() {
            section { h2 { "Pay" } (table("Pay", names, &lines)) }
        }
    }
}

/// From where to where bars of one currency run.
#[derive(Debug, PartialEq)]
struct Scale {
    currency: String,
    low: f64,
    high: f64,
}

impl Scale {
    /// Round figures about all of these.
    fn of<'s>(currency: &str, spans: impl Iterator<Item = &'s PaySpan>) -> Option<Self> {
        let ends = spans.filter_map(|span| Some((span.low?.0, span.high?.0)));
        let (low, high) = ends.reduce(|(low, high), (least, most)| (low.min(least), high.max(most)))?;
        if high <= 0.0 || !high.is_finite() {
            return None;
        }
        let step = 10_f64.powf(high.log10().floor()) / 2.0;
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        // One figure alone stands within the bar, not at its end.
        let low = if high - low <= step { (low - step).max(0.0) } else { low };
        Some(Self { currency: currency.to_owned(), low, high })
    }

    /// Where on the bar a figure stands, of a hundred.
    fn at(&self, figure: f64) -> f64 {
        (100.0 * (figure - self.low) / (self.high - self.low)).clamp(0.0, 100.0)
    }
}

/// What a role pays a year, as a bar where others can be held against it.
fn bar(span: &PaySpan, scale: Option<&Scale>) -> Markup {
    let (Some((low, _)), Some((high, _))) = (span.low, span.high) else { return html! {} };
    let range = figures::money_range(&span.currency, low, Some(high));
    let range = if span.open { format!("{range}+") } else { range };
    html! {
        p.figure { strong { (range) } span.soft.small { " a year" } }
        @match scale.filter(|scale| scale.currency == span.currency) {
            Some(scale) => {
                svg.meter viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                    @let from = scale.at(low);
                    @let to = if span.open { 100.0 } else { scale.at(high) };
                    rect.of width="100" height="8" {}
                    rect.is x=(format!("{:.1}", from.min(98.0))) height="8" width=(format!("{:.1}", (to - from).max(2.0))) {}
                }
                p.ends aria-hidden="true" {
                    span { (figures::money(&scale.currency, scale.low)) }
                    span { (figures::money(&scale.currency, scale.high)) }
                }
            }
            None if scale.is_some() => { p.small.soft { "In another currency than the others" } }
            None => {}
        }
    }
}

/// What a page says about pay: its own role's first, and of this in the currency in which it is summed up.
fn stated(page: &Page, currency: Option<&str>) -> Option<Markup> {
    let mut all: Vec<(usize, &Pay)> = facts(page, |section| &section.pay).collect();
    all.sort_by_key(|(_, pay)| (pay.of.is_some(), Some(pay.currency.as_str()) != currency));
    let more = all.len().saturating_sub(SHOWN);
    let shown = all.into_iter().take(SHOWN);
    let list = html! {
        ul.plain.stated {
            @for (section, pay) in shown {
                li {
                    p { strong { (amount(pay)) } span.soft { (meaning(pay)) } }
                    (Said::of(page, section, pay.evidence).quote())
                }
            }
        }
        @if more > 0 {
            p.small { a href=(role_page(&page.id).href()) { (figures::count(more as u64, "more figure")) " on its page" } }
        }
    };
    facts(page, |section| &section.pay).next().map(|_| list)
}

/// What the amount is, whose, and where.
fn meaning(pay: &Pay) -> String {
    let name = |before: &str, name: &Option<String>| {
        name.as_deref().map(|name| format!("{before}{}", short(name, LONGEST)))
    };
    let year = pay.year.map(|year| year.to_string());
    let plain = [statistic(pay), scope(pay)].map(|part| part.map(str::to_owned));
    let named = [name("of ", &pay.of), name("at ", &pay.company), name("in ", &pay.place), year];
    let parts: Vec<String> = plain.into_iter().chain(named).flatten().collect();
    if parts.is_empty() { String::new() } else { format!(", {}", parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(low: f64, high: f64) -> PaySpan {
        PaySpan { currency: "USD".to_owned(), low: Some((low, 0)), high: Some((high, 0)), open: false }
    }

    #[test]
    fn a_scale_has_round_ends_about_all_that_stands_on_it() {
        let of = |spans: &[PaySpan]| Scale::of("USD", spans.iter()).map(|scale| (scale.low, scale.high));
        assert_eq!(of(&[span(145e3, 182e3), span(98e3, 120e3)]), Some((50e3, 200e3)));
        assert_eq!(of(&[span(80e3, 80e3)]), Some((75e3, 80e3)), "one figure has room before it");
        assert_eq!(of(&[span(0.0, 0.0)]), None);
        assert_eq!(of(&[]), None);
        let scale = Scale { currency: "USD".to_owned(), low: 50.0, high: 100.0 };
        assert_eq!([40.0, 50.0, 75.0, 101.0].map(|figure| scale.at(figure)), [0.0, 0.0, 50.0, 100.0]);
    }
}
