//! Picking a role: a plain form that finds roles by name, and what it found as links.

use super::address::Address;
use super::figures;
use super::frame::icon;
use crate::search::{Hit, Invalid, SearchError, SearchRequest, Searcher, SimilarPage};
use maud::{Markup, html};
use std::time::Instant;

/// The parameter of what is looked for.
pub(super) const FIND: &str = "find";
/// How many roles are offered.
const OFFERED: usize = 12;
/// The longest name of a role that is shown in a list, in characters.
const LONGEST: usize = 90;

/// A role that may be picked.
#[derive(Debug)]
pub(super) struct Choice {
    /// The page's id.
    pub(super) id: String,
    title: String,
    /// What tells it from others of the same name.
    facts: Vec<String>,
}

impl From<Hit> for Choice {
    fn from(hit: Hit) -> Self {
        let pay = hit.pay.map(|pay| figures::money_range(&pay.currency, pay.low, pay.high));
        let level = hit.level.map(|level| level.label);
        Self {
            id: hit.id,
            title: hit.title,
            facts: [level, pay, Some(hit.source)].into_iter().flatten().collect(),
        }
    }
}

impl From<SimilarPage> for Choice {
    fn from(similar: SimilarPage) -> Self {
        let shared = match similar.skills.len() {
            0 => None,
            _ => Some(format!("{} in common", figures::count(similar.skills_total, "skill"))),
        };
        let facts = [shared, Some(similar.page.source)].into_iter().flatten().collect();
        Self { id: similar.page.id, title: similar.page.title, facts }
    }
}

/// The roles that are found by a name; without one, some to begin with.
pub(super) fn find(searcher: &Searcher, name: &str, deadline: Instant) -> Result<Vec<Choice>, SearchError> {
    let request = SearchRequest {
        q: name.to_owned(),
        limit: OFFERED,
        sections_per_hit: 1,
        facets: Vec::new(),
        deadline: Some(deadline),
        ..SearchRequest::default()
    };
    let found = searcher.search(&request).map_err(|error| match error {
        SearchError::Invalid(invalid) => SearchError::Invalid(invalid.into_iter().map(as_find).collect()),
        error => error,
    })?;
    Ok(found.hits.into_iter().map(Choice::from).collect())
}

/// The question is this page's by another name.
fn as_find(invalid: Invalid) -> Invalid {
    Invalid { parameter: FIND.to_owned(), ..invalid }
}

/// The roles most like that of a page.
pub(super) fn alike(searcher: &Searcher, page: &str, deadline: Instant) -> Result<Vec<Choice>, SearchError> {
    let alike = searcher.similar(page, OFFERED, Some(deadline))?;
    Ok(alike.similar.into_iter().map(Choice::from).collect())
}

/// The form; what else the address says comes along.
pub(super) fn form(action: &str, kept: &Address, find: &str, label: &str) -> Markup {
    html! {
        form.finder action=(action) role="search" aria-label=(label) data-live-form="" {
            @for (name, value) in kept.pairs() {
                input type="hidden" name=(name) value=(value);
            }
            label for="find" { (label) }
            div.line {
                input #find.field name=(FIND) type="search" value=(find) placeholder="data engineer" maxlength="512"
                    autocomplete="off" spellcheck="false";
                button.button type="submit" { "Find" }
            }
        }
    }
}

/// Roles as links to where one of them is picked.
pub(super) fn list<'c>(choices: impl Iterator<Item = &'c Choice>, href: impl Fn(&str) -> String) -> Markup {
    html! {
        ul.plain.choices {
            @for choice in choices {
                li {
                    a.choice href=(href(&choice.id)) {
                        span {
                            b { bdi { (short(&choice.title, LONGEST)) } }
                            span.facts.small { @for fact in &choice.facts { span { (short(fact, LONGEST)) } } }
                        }
                        span.add { (icon("plus")) "Add" }
                    }
                }
            }
        }
    }
}

/// A text that fits where it is shown.
pub(super) fn short(text: &str, most: usize) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(most).collect();
    if letters.next().is_some() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_where_it_is_cut() {
        assert_eq!(short("Data Engineer", 13), "Data Engineer");
        assert_eq!(short("Data Engineer", 5), "Data…");
        assert_eq!(short("Ärztin", 1), "Ä…");
    }
}
