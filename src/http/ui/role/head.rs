//! The head of the page: what it is, what people want to know first, and what they may do next.

use super::super::address::Address;
use super::super::figures::{money, money_range};
use super::super::frame::icon;
use super::super::links;
use super::said::clipped;
use super::{LONGEST_TITLE, Role, takes};
use crate::model::{Language, Level};
use crate::search::{PaySpan, facts};
use maud::{Markup, html};

pub(super) fn head(role: &Role) -> Markup {
    let page = &role.page;
    let other_name = page.role.as_ref().filter(|named| named.label != page.title);
    html! {
        header.card.role-head {
            @if let Some(level) = page.level.map(Level::label) { p.level { span.tag { (level.label) } } }
            h1 dir="auto" lang=[&page.language] { (clipped(&page.title, LONGEST_TITLE)) }
            p.facts {
                @if let Some(named) = other_name {
                    span { "Role: " strong dir="auto" { (clipped(&named.label, LONGEST_TITLE)) } }
                }
                span { "From " strong { (page.source) } }
                @if let Some(language) = page.language.as_deref().map(Language::label) {
                    span {
                        "In " strong { (language.label) }
                        @if page.language_inferred { " (told from the text)" }
                    }
                }
                @if let Some(modified) = page.modified.as_deref().map(date) {
                    span { "Changed " time datetime=(modified) { (modified) } }
                }
            }
            (figures(role))
            (actions(role))
        }
    }
}

/// The day of a date and time.
fn date(modified: &str) -> &str {
    modified.split('T').next().unwrap_or(modified)
}

fn figures(role: &Role) -> Markup {
    let (page, figures) = (&role.page, &role.figures);
    let pay = figures.pay.as_ref().and_then(span);
    let experience = figures.experience.and_then(|main| facts(page, |section| &section.experience).nth(main));
    let education = figures.education.and_then(|main| facts(page, |section| &section.education).nth(main));
    let experience = experience.map(|(at, fact)| (takes::time(fact), role.place(at, fact.evidence)));
    let education = education.map(|(at, fact)| (fact.degree.label().label, role.place(at, fact.evidence)));
    let figures = [
        ("Pay a year", pay.map(|pay| (pay, "#pay".to_owned()))),
        ("Experience", experience),
        ("Education", education),
    ];
    html! {
        @if figures.iter().any(|(_, figure)| figure.is_some()) {
            dl.figures {
                @for (name, figure) in figures {
                    @if let Some((figure, address)) = figure {
                        div { dt { (name) } dd { a href=(address) { (figure) } } }
                    }
                }
            }
        }
    }
}

/// What the role pays, from the least to the most that is said.
fn span(span: &PaySpan) -> Option<String> {
    let ((low, _), (high, _)) = (span.low?, span.high?);
    let range = match low == high {
        true => money(&span.currency, low),
        false => money_range(&span.currency, low, Some(high)),
    };
    Some(if span.open { format!("{range}+") } else { range })
}

fn actions(role: &Role) -> Markup {
    let page = &role.page;
    let of = |path: &'static str| Address::new(path).with("page", &page.id).href();
    html! {
        p.actions {
            @if let Some(site) = links::site(page.url.as_deref()) {
                a.button.main href=(site) rel="noopener noreferrer" { "Read at the source " (icon("out")) }
            }
            a.button href=(of("/ui/compare")) { "Compare" }
            a.button href=(of("/ui/gap")) { "What am I missing?" }
        }
    }
}
