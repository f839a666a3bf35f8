//! What is set, each with a way to take it back.

use super::super::figures::{money, years};
use super::super::frame::icon;
use super::asked::{Asked, BOUNDS};
use crate::model::FacetField;
use crate::search::Searcher;
use maud::{Markup, html};

/// One thing that is set.
pub(super) struct Chip {
    /// What it is of, and what.
    name: &'static str,
    text: String,
    /// The page without it.
    without: String,
}

/// All that is set, in the order of the columns.
pub(super) fn of(searcher: &Searcher, asked: &Asked) -> Vec<Chip> {
    let mut chips = Vec::new();
    for field in FacetField::ALL {
        for value in asked.request.filter(field) {
            let text = searcher.label(field, value).unwrap_or_else(|| value.clone());
            let without = asked.first().without(field.id(), value).href();
            chips.push(Chip { name: name(field), text, without });
        }
    }
    let currency = asked.request.currency.clone().unwrap_or_else(|| {
        searcher.currencies().into_iter().next().map_or_else(|| "USD".to_owned(), |(currency, _)| currency)
    });
    let bounds = |low: Option<f64>, high: Option<f64>, show: &dyn Fn(f64) -> String| match (low, high) {
        (Some(low), Some(high)) => Some(format!("{} to {}", show(low), show(high))),
        (Some(low), None) => Some(format!("at least {}", show(low))),
        (None, Some(high)) => Some(format!("up to {}", show(high))),
        (None, None) => None,
    };
    let request = &asked.request;
    if let Some(text) = bounds(request.pay.0, request.pay.1, &|amount| money(&currency, amount)) {
        let without = asked.first().without_all(&BOUNDS[..2]).href();
        chips.push(Chip { name: "Pay", text, without });
    }
    if let Some(text) = bounds(request.experience.0, request.experience.1, &|of| years(of, Some(of))) {
        let without = asked.first().without_all(&BOUNDS[2..]).href();
        chips.push(Chip { name: "Experience", text, without });
    }
    chips
}

pub(super) fn list(asked: &Asked, chips: &[Chip]) -> Markup {
    html! {
        @if !chips.is_empty() {
            ul.chips aria-label="What is set" {
                @for Chip { name, text, without } in chips {
                    li {
                        a.chip href=(without) data-live-link="" {
                            span.soft { (name) } " " (text)
                            span.hidden { "(take back)" }
                            (icon("close"))
                        }
                    }
                }
                @if chips.len() > 1 {
                    li { a.small href=(asked.unfiltered().href()) data-live-link="" { "Clear all" } }
                }
            }
        }
    }
}

/// What people call the values of a field.
pub(super) const fn name(field: FacetField) -> &'static str {
    match field {
        FacetField::Role => "Role",
        FacetField::Section => "Section",
        FacetField::Skill => "Skill",
        FacetField::Source => "Source",
        FacetField::Language => "Language",
        FacetField::Level => "Level",
        FacetField::Education => "Education",
        FacetField::Company => "Company",
    }
}
