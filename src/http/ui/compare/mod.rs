//! `GET /ui/compare`: two to five roles side by side; with fewer, what to put beside.

mod facts;
mod found;
mod heads;
mod pay;
pub(super) mod says;
mod sections;
mod skills;
mod table;

use super::address::Address;
use super::failure::Failure;
use super::figures;
use super::frame::{Frame, Way};
use super::pick;
use crate::http::AppState;
use crate::http::params::Params;
use crate::model::Page;
use crate::search::{COMPARED_PAGES, Comparison};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use found::{Found, Known};
use maud::{Markup, html};

/// Where the page is.
const PATH: &str = "/ui/compare";
/// The longest name of a role in a line with others, in characters.
const LONGEST: usize = 60;

pub(in crate::http) async fn page(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let mut params = Params::of(query);
    let pages = params.every("page");
    let find = params.one(pick::FIND).unwrap_or_default().trim().to_owned();
    params.end()?;
    let wanted = find.clone();
    let Json(found) =
        state.answer(move |searcher, deadline| Found::of(searcher, pages, &wanted, deadline)).await?;
    let title = title(found.known.pages());
    let main = html! {
        div.wide.compare-page {
            (notices(&found))
            @match &found.known {
                Known::Several(comparison) => (side_by_side(comparison, &found, &find)),
                Known::Few(pages) => (begin(pages.first(), &found, &find)),
            }
        }
    };
    Ok(Frame { title: &title, here: Way::Compare, q: "", described: None, main }.respond(StatusCode::OK))
}

/// The page that has these pages of the index side by side.
pub(super) fn address<'p>(ids: impl IntoIterator<Item = &'p str>) -> Address {
    ids.into_iter().fold(Address::new(PATH), |address, id| address.with("page", id))
}

fn title(pages: &[Page]) -> String {
    let names: Vec<String> = pages.iter().map(|page| pick::short(&page.title, LONGEST)).collect();
    match names.split_last() {
        None => "Compare roles".to_owned(),
        Some((one, [])) => format!("Compare {one}"),
        Some((last, others)) => format!("{} and {last} compared", others.join(", ")),
    }
}

/// What of the address could not be shown.
fn notices(found: &Found) -> Markup {
    let most = COMPARED_PAGES.1;
    html! {
        @for id in &found.unknown {
            p.notice {
                "There is no page with the id " b { bdi { (pick::short(id, LONGEST)) } }
                "."
                @if !found.known.pages().is_empty() { " The others are shown." }
            }
        }
        @if found.left_out > 0 {
            p.notice {
                "At most " (most) " roles fit side by side: the first " (most) " are shown, and "
                (figures::count(found.left_out as u64, "role")) " left out."
            }
        }
    }
}

/// Fewer roles than can be compared: which may be added.
fn begin(page: Option<&Page>, found: &Found, find: &str) -> Markup {
    let here = address(page.map(|page| page.id.as_str()));
    let add = |id: &str| here.clone().with("page", id).href();
    html! {
        h1 {
            @match page {
                Some(page) => { "Compare " bdi { (pick::short(&page.title, LONGEST)) } " with another role" }
                None => "Compare roles",
            }
        }
        p.soft.lead {
            @if page.is_some() { "Pick a second role. You can add up to " (COMPARED_PAGES.1) "." }
            @else { "See two or three roles side by side: what both ask for and only one, what they pay and take." }
        }
        @if let Some(page) = page {
            div.chosen.card { (heads::head(page, &Address::new(PATH))) }
        }
        (pick::form(PATH, &here, find, if page.is_some() { "Find another role" } else { "Find a role" }))
        div #found data-live {
            @if !find.is_empty() { (results(found, find, add)) }
            @if !found.alike.is_empty() {
                h2 { "Most like it" }
                (pick::list(found.alike.iter(), add))
            } @else if find.is_empty() && !found.choices.is_empty() {
                h2 { "To begin with" }
                (pick::list(found.choices.iter(), add))
            }
        }
    }
}

/// What was found for the name of a role.
fn results(found: &Found, find: &str, add: impl Fn(&str) -> String) -> Markup {
    html! {
        h2 { "Roles found for “" bdi { (pick::short(find, LONGEST)) } "”" }
        @if found.choices.is_empty() {
            p.soft { "None that is not here already. Try fewer or other words." }
        } @else {
            (pick::list(found.choices.iter(), add))
        }
    }
}

fn side_by_side(comparison: &Comparison, found: &Found, find: &str) -> Markup {
    let Comparison { pages, .. } = comparison;
    let here = address(pages.iter().map(|page| page.id.as_str()));
    let mut table = Address::new("/compare");
    for page in pages {
        table = table.with("page", &page.id);
    }
    let names: Vec<String> = pages.iter().map(|page| pick::short(&page.title, LONGEST)).collect();
    let more = pages.len() < COMPARED_PAGES.1;
    html! {
        div.start {
            div {
                h1 { (pages.len()) " roles side by side" }
                p.soft { (skills::summary(comparison, &names)) }
            }
            div.actions {
                @if more { (pick::form(PATH, &here, find, "Add a role")) }
                a.button download="comparison.csv" href=(table.with("format", "csv").href()) { "Download as CSV" }
            }
        }
        div #found data-live {
            @if more && !find.is_empty() {
                (results(found, find, |id| here.clone().with("page", id).href()))
            }
        }
        div.sheet {
            ul class=(format!("plain heads of-{}", pages.len())) aria-label="The roles" {
                @for page in pages { li { (heads::head(page, &here)) } }
            }
            (skills::section(comparison, &names))
            (pay::section(comparison, &names))
            (facts::section(comparison, &names))
            (facts::companies(comparison, &names))
            (sections::section(comparison, &names))
        }
    }
}
