//! `GET /`: the search page.

mod asked;
mod chips;
mod empty;
mod facets;
mod hits;
mod notices;
mod ranges;

use super::address::Address;
use super::failure::Failure;
use super::figures::{count, grouped};
use super::frame::{Frame, Way, icon};
use crate::http::AppState;
use crate::http::asked::Asked as Logged;
use crate::search::{SearchError, SearchRequest, SearchResponse, Searcher};
use asked::Asked;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use std::time::Instant;

/// What is shown, with what it takes besides the answer.
struct Answer {
    response: SearchResponse,
    /// The filters in force by what people call them.
    chips: Vec<chips::Chip>,
    /// The currencies in which pages state pay.
    currencies: Vec<String>,
    /// The kinds of section that the question is after, by what it says so with.
    topics: Vec<notices::Topic>,
    /// Where nothing was found: how many pages there would be without filters.
    unfiltered: Option<u64>,
}

pub(in crate::http) async fn page(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::of(query.as_deref())?;
    let (asked, answer) = state.answer(move |searcher, deadline| answer(searcher, asked, deadline)).await?.0;
    let title = title(&asked);
    let page = Frame {
        title: &title,
        here: Way::Search,
        q: &asked.request.q,
        described: None,
        main: main(&asked, &answer),
    };
    let logged = Logged::of(&asked.request, answer.response.total.pages);
    Ok(logged.mark(page.respond(StatusCode::OK)))
}

fn answer(searcher: &Searcher, mut asked: Asked, deadline: Instant) -> Result<(Asked, Answer), SearchError> {
    asked.request.deadline = Some(deadline);
    let response = searcher.search(&asked.request)?;
    let unfiltered = if response.total.pages == 0 && asked.is_filtered() {
        let q = asked.request.q.clone();
        let request = SearchRequest {
            q,
            limit: 0,
            facets: Vec::new(),
            deadline: Some(deadline),
            ..SearchRequest::default()
        };
        Some(searcher.search(&request)?.total.pages)
    } else {
        None
    };
    let chips = chips::of(searcher, &asked);
    let currencies = searcher.currencies().into_iter().map(|(currency, _)| currency).collect();
    let topics = notices::topics(searcher, &response);
    Ok((asked, Answer { response, chips, currencies, topics, unfiltered }))
}

fn title(asked: &Asked) -> String {
    let q = asked.request.q.trim();
    if q.is_empty() { "Search roles, skills and pay".to_owned() } else { q.to_owned() }
}

fn main(asked: &Asked, answer: &Answer) -> Markup {
    let SearchResponse { hits, total, .. } = &answer.response;
    html! {
        div.wide.search {
            h1.hidden { "Roles" }
            div #filters.filters popover aria-label="Filters" {
                div.filters-head {
                    h2 { "Filters" }
                    button.button type="button" popovertarget="filters" popovertargetaction="hide" { "Show roles" }
                }
                div #facets data-live="" {
                    (state(asked))
                    (ranges::columns(asked, answer))
                    (facets::columns(asked, &answer.response))
                    button.button.apply form="search" type="submit" { "Apply" }
                }
            }
            div.found {
                div #summary data-live="" {
                    div.summary {
                        p role="status" {
                            strong { (count(total.pages, "role")) }
                            @if !hits.is_empty() {
                                span.soft { " · " (count(total.sections, "section")) span.took { " · " (took(answer.response.took_ms)) } }
                            }
                        }
                        (sorts(asked, &answer.response))
                        button.button.open-filters type="button" popovertarget="filters" {
                            (icon("filter")) "Filters"
                            @if !answer.chips.is_empty() { span.badge { (answer.chips.len()) } }
                        }
                    }
                    (chips::list(asked, &answer.chips))
                    (notices::list(asked, answer))
                }
                div #results data-live="" {
                    @if hits.is_empty() {
                        (empty::nothing(asked, answer))
                    } @else {
                        (hits::list(asked, hits))
                        (pager(asked, total.pages))
                    }
                }
            }
            form #compare.tray action="/ui/compare" {
                p aria-live="polite" { span.tray-count { "Tick two or three roles to compare" } }
                button.button.main type="submit" { "Compare" }
                button.button type="reset" { "Clear" }
            }
        }
    }
}

/// What is set besides the question, for the form of the search box: a new question keeps it. Fields of the page that
/// have a name of their own are left out.
fn state(asked: &Asked) -> Markup {
    let fields = |name: &str| {
        name == "q"
            || name == "offset"
            || name == "more"
            || name.starts_with("find_")
            || name == "currency"
            || asked::BOUNDS.contains(&name)
    };
    html! {
        @for (name, value) in asked.here.pairs().iter().filter(|(name, _)| !fields(name)) {
            input type="hidden" form="search" name=(name) value=(value);
        }
    }
}

fn took(milliseconds: f64) -> String {
    if milliseconds < 10.0 { format!("{milliseconds:.1} ms") } else { format!("{milliseconds:.0} ms") }
}

const SORTS: [(&str, &str); 4] =
    [("relevance", "Relevance"), ("pay", "Pay"), ("title", "Title"), ("modified", "Newest")];

fn sorts(asked: &Asked, response: &SearchResponse) -> Markup {
    html! {
        nav.sorts aria-label="Order" {
            @for (id, name) in SORTS {
                @let is_on = response.query.sort.split(':').next() == Some(id);
                @let other_way = is_on && id == "pay" && response.query.sort == "pay";
                @let address = asked.first().without_all(&["sort"]);
                @let address = if other_way { address.with("sort", "pay:asc") } else if id == "relevance" { address } else { address.with("sort", id) };
                a href=(address.href()) data-live-link="" aria-current=[is_on.then_some("true")] {
                    (name)
                    @if is_on && id == "pay" {
                        @if other_way { " ↓" span.hidden { ", highest first; lowest first" } } @else { " ↑" span.hidden { ", lowest first; highest first" } }
                    }
                }
            }
        }
    }
}

fn pager(asked: &Asked, pages: u64) -> Markup {
    let (offset, limit) = (asked.request.offset, asked.request.limit.max(1));
    let at = |offset: usize| {
        let first = asked.first();
        if offset == 0 { first } else { first.with("offset", offset) }
    };
    let last = (offset + limit).min(usize::try_from(pages).unwrap_or(usize::MAX));
    let has_next = (last as u64) < pages && offset + limit <= crate::search::FURTHEST_OFFSET;
    html! {
        @if offset > 0 || has_next {
            nav.pager aria-label="Pages of results" {
                @if offset > 0 {
                    a.button rel="prev" href=(at(offset.saturating_sub(limit)).href()) data-live-link="top" { "Previous" }
                }
                span.soft { (grouped((offset + 1) as f64)) "–" (grouped(last as f64)) " of " (grouped(pages as f64)) }
                @if has_next {
                    a.button rel="next" href=(at(offset + limit).href()) data-live-link="top" { "Next" }
                }
            }
        }
    }
}

/// A link to the search page for one thing.
fn about(name: &str, value: &str) -> Address {
    Address::new("/").with(name, value)
}
