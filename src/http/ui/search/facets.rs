//! The columns by which an answer is narrowed: each value a link that sets it or takes it back.

use super::super::figures::grouped;
use super::super::frame::icon;
use super::asked::{Asked, SHOWN_VALUES, find};
use super::chips::name;
use crate::model::FacetField;
use crate::search::{FacetValue, SearchResponse, SkillMatch};
use maud::{Markup, html};

pub(super) fn columns(asked: &Asked, response: &SearchResponse) -> Markup {
    html! {
        @for (field, values) in &response.facets.0 {
            (column(asked, *field, values))
        }
    }
}

fn column(asked: &Asked, field: FacetField, values: &[FacetValue]) -> Markup {
    let text = asked.find(field);
    let is_set = !asked.request.filter(field).is_empty();
    // A single value tells nothing apart; a search that finds nothing must stay there to be changed.
    if values.len() < 2 && !is_set && text.is_empty() {
        return html! {};
    }
    let is_whole = asked.more == Some(field);
    let shown = if is_whole { values } else { &values[..values.len().min(SHOWN_VALUES)] };
    let is_long = values.len() > SHOWN_VALUES || !text.is_empty();
    let (id, title) = (field.id(), name(field));
    html! {
        section.facet aria-labelledby={ "facet-" (id) } {
            h3 #{ "facet-" (id) } { (title) }
            @if is_long {
                label {
                    span.hidden { "Search in " (title) }
                    input.field.find #{ "find-" (id) } form="search" name=(find(field)) value=(text) type="search"
                        placeholder="Find…" autocomplete="off" maxlength="100";
                }
            }
            @if field == FacetField::Skill && asked.request.skill.len() > 1 { (skill_match(asked)) }
            ul.plain {
                @for value in shown { (self::value(asked, field, value)) }
            }
            @if shown.is_empty() { p.soft.small { "Nothing is named so." } }
            @if values.len() > shown.len() {
                a.small href=(asked.here.clone().set("more", id).href()) data-live-link="" {
                    "More" span.hidden { " of " (title) }
                }
            } @else if is_whole && values.len() > SHOWN_VALUES {
                a.small href=(asked.here.clone().without_all(&["more"]).href()) data-live-link="" {
                    "Fewer" span.hidden { " of " (title) }
                }
            }
        }
    }
}

fn value(asked: &Asked, field: FacetField, value: &FacetValue) -> Markup {
    let FacetValue { id, label, pages, sections, selected } = value;
    let label = if label.is_empty() { id } else { label };
    let given = asked.request.filter(field).iter().find(|given| field.meant(given) == id.as_str());
    let address = match given {
        Some(given) => asked.first().without(field.id(), given),
        None => asked.first().with(field.id(), id),
    };
    let number = if field == FacetField::Section { *sections } else { *pages };
    html! {
        li {
            a.value href=(address.href()) data-live-link="" data-key={ (field.id()) ":" (id) } aria-current=[selected.then_some("true")] {
                span.box aria-hidden="true" { @if *selected { (icon("check")) } }
                span.label dir="auto" { (label) }
                span.count { (grouped(number as f64)) }
                @if *selected { span.hidden { "(set)" } }
            }
        }
    }
}

/// Whether several skills mean all of them.
fn skill_match(asked: &Asked) -> Markup {
    let is_any = asked.request.skill_match == SkillMatch::Any;
    let address = asked.first().without_all(&["skill_match"]);
    html! {
        p.small.either {
            a href=(address.href()) data-live-link="" aria-current=[(!is_any).then_some("true")] { "has all" }
            " · "
            a href=(address.clone().with("skill_match", "any").href()) data-live-link="" aria-current=[is_any.then_some("true")] { "has any" }
        }
    }
}
