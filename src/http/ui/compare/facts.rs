//! What roles take: experience and education; and which companies they name.

use super::super::figures;
use super::super::pick::short;
use super::says::{Said, tag};
use super::table::{Line, table};
use crate::model::{Education, Experience, Label, Page};
use crate::search::{Comparison, Named, Row, facts};
use maud::{Markup, html};

/// How many statements are shown of a role besides the one that says most.
const OTHERS: usize = 3;
/// How many companies are listed of a role.
const COMPANIES: usize = 30;
/// The longest field or name, in characters.
const LONGEST: usize = 80;

/// The part of the sheet.
pub(super) fn section(comparison: &Comparison, names: &[String]) -> Markup {
    let both = || comparison.pages.iter().zip(&comparison.figures);
    let experience = both().map(|(page, figures)| {
        let all = facts(page, |section| &section.experience).collect();
        cell(all, figures.experience, |fact| experience(page, fact))
    });
    let education = both().map(|(page, figures)| {
        let all = facts(page, |section| &section.education).collect();
        cell(all, figures.education, |fact| education(page, fact))
    });
    let lines = [
        Line { name: html! { "Experience" }, cells: experience.collect(), none: "Not said" },
        Line { name: html! { "Education" }, cells: education.collect(), none: "Not said" },
    ];
    let lines: Vec<Line> = lines.into_iter().filter(|line| line.cells.iter().any(Option::is_some)).collect();
    html! {
        @if !lines.is_empty() {
            section { h2 { "What they take" } (table("What they take", names, &lines)) }
        }
    }
}

/// The fact that says most, and behind a button some of the others.
fn cell<T>(
    mut all: Vec<(usize, &T)>,
    main: Option<usize>,
    shown: impl Fn((usize, &T)) -> Markup,
) -> Option<Markup> {
    let main = main.filter(|main| *main < all.len());
    let first = main.map(|main| all.remove(main));
    let others = all;
    (first.is_some() || !others.is_empty()).then(|| {
        html! {
            @if let Some(first) = first { (shown(first)) }
            @if !others.is_empty() {
                details.others {
                    summary { (others.len()) " other" @if others.len() > 1 { "s" } }
                    @for other in others.iter().take(OTHERS) { (shown(*other)) }
                }
            }
        }
    })
}

fn experience(page: &Page, (section, fact): (usize, &Experience)) -> Markup {
    let years = |months: u16| f64::from(months) / 12.0;
    let amount = match (fact.low.map(years), fact.high.map(years)) {
        (Some(low), high) => figures::years(low, high),
        (None, Some(high)) => format!("up to {}", figures::years(high, Some(high))),
        (None, None) => "some".to_owned(),
    };
    html! {
        div.fact {
            p {
                strong { (amount) }
                @if let Some(field) = &fact.field { " in " bdi { (short(field, LONGEST)) } }
                @if let Some(of) = &fact.of { span.soft { ", of " bdi { (short(of, LONGEST)) } } }
                " " (tag(fact.strength))
            }
            (Said::of(page, section, fact.evidence).quote())
        }
    }
}

fn education(page: &Page, (section, fact): (usize, &Education)) -> Markup {
    html! {
        div.fact {
            p {
                strong { (fact.degree.label().label) }
                @if let Some(field) = &fact.field { " in " bdi { (short(field, LONGEST)) } }
                " " (tag(fact.strength))
            }
            (Said::of(page, section, fact.evidence).quote())
        }
    }
}

/// The companies that roles name.
pub(super) fn companies(comparison: &Comparison, names: &[String]) -> Markup {
    let Comparison { companies, pages, .. } = comparison;
    let line = |name: &'static str, of: fn(usize) -> bool| {
        let cells = (0..pages.len()).map(|at| named(companies, at, &pages[at], of));
        Line { name: html! { (name) }, cells: cells.collect(), none: "None" }
    };
    let lines = [line("Named by several", |pages| pages > 1), line("Named by one", |pages| pages == 1)];
    let lines: Vec<Line> = lines.into_iter().filter(|line| line.cells.iter().any(Option::is_some)).collect();
    html! {
        @if !lines.is_empty() {
            section { h2 { "Companies" } (table("Companies", names, &lines)) }
        }
    }
}

fn named(companies: &[Row<Label, Named>], at: usize, page: &Page, of: fn(usize) -> bool) -> Option<Markup> {
    let named: Vec<(&Label, &Named)> = companies
        .iter()
        .filter(|row| of(row.pages()))
        .filter_map(|row| Some((&row.name, row.cells[at].as_ref()?)))
        .collect();
    (!named.is_empty()).then(|| {
        html! {
            ul.tags {
                @for (name, named) in named.iter().take(COMPANIES) {
                    @let said = Said::of(page, named.section, named.evidence);
                    li { a.tag href=(said.href) title=(said.text()) { (short(&name.label, LONGEST)) } }
                }
                @if named.len() > COMPANIES { li.small.soft { "and " (named.len() - COMPANIES) " more" } }
            }
        }
    })
}
