//! `GET /ui/gap`: what somebody lacks who has these skills, for the roles that they are closest to or for one.

mod ask;
mod begin;
mod coverage;
mod detail;
mod found;
mod list;

use super::address::Address;
use super::failure::Failure;
use super::frame::{Frame, Way, icon};
use super::pick::short;
use crate::http::AppState;
use crate::http::params::Params;
use ask::Ask;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use found::{Found, Shown, Unknown};
use maud::{Markup, html};

/// Where the page is.
const PATH: &str = "/ui/gap";
/// The form, which fields elsewhere on the page name as theirs.
const FORM: &str = "have-form";
/// The longest name that is shown, in characters.
const LONGEST: usize = 90;

pub(in crate::http) async fn page(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let mut params = Params::of(query);
    let (have, page, level) = (params.every("have"), params.one("page"), params.every("level"));
    let offset = params.number("offset", 0);
    params.end()?;
    let ask = Ask::new(&have, page, level);
    let Json(found) =
        state.answer(move |searcher, deadline| Found::of(searcher, ask, offset, deadline)).await?;
    let role = match &found.shown {
        Shown::Role(gap) => Some(short(&gap.page.title, LONGEST)),
        _ => None,
    };
    let title = role.as_ref().map_or("Skills gap".to_owned(), |role| format!("Skills gap for {role}"));
    let main = html! {
        div.wide.gap-page {
            h1 #gap-title data-live {
                "What you lack for "
                @match &role { Some(role) => bdi { (role) }, None => "a role" }
            }
            p.soft.lead { "Name the skills that you have, and see what each role asks for besides." }
            (form(&found.ask))
            div #gap data-live {
                (kept(&found.ask))
                (notices(&found))
                (tags(&found))
                @match &found.shown {
                    Shown::Begin(skills) => (begin::begin(&found.ask, skills)),
                    Shown::Role(gap) => (detail::detail(&found.ask, gap)),
                    Shown::Roles(gaps) => (list::list(&found.ask, gaps, &found.levels, offset)),
                }
            }
        }
    };
    Ok(Frame { title: &title, here: Way::Gap, q: "", described: None, main }.respond(StatusCode::OK))
}

/// The page of what somebody lacks who has these skills; of one role.
pub(super) fn address(have: &str, page: Option<&str>) -> Address {
    let here = Address::new(PATH);
    let here = if have.is_empty() { here } else { here.with("have", have) };
    page.into_iter().fold(here, |here, page| here.with("page", page))
}

fn form(ask: &Ask) -> Markup {
    html! {
        form id=(FORM) action=(PATH) data-live-form="" {
            label for="have" { "Your skills" }
            div.line {
                input #have.field name="have" value=(ask.have()) placeholder="python, sql, docker" aria-describedby="have-hint"
                    data-suggest="skill" data-suggest-append="" autocomplete="off" autocapitalize="off" spellcheck="false";
                button.button.main type="submit" { "Show" }
            }
            p #have-hint.small.soft { "By any of their names, with commas between them." }
        }
    }
}

/// What else the address says; it comes along with the form.
fn kept(ask: &Ask) -> Markup {
    html! {
        @for (name, value) in ask.address().without_all(&["have"]).pairs() {
            input type="hidden" form=(FORM) name=(name) value=(value);
        }
    }
}

/// What of the address could not be understood.
fn notices(found: &Found) -> Markup {
    let Found { ask, .. } = found;
    html! {
        @if let Some(id) = &found.unknown_page {
            p.notice { "There is no page with the id " b { bdi { (short(id, LONGEST)) } } "." }
        }
        @for Unknown { text, meant } in &found.unknown {
            p.notice {
                "No skill is known as “" b { bdi { (short(text, LONGEST)) } } "”. "
                @if !meant.is_empty() {
                    "Did you mean "
                    @for (at, skill) in meant.iter().enumerate() {
                        @if at > 0 { ", or " }
                        a href=(ask.with_instead(text, skill).address().href()) { (skill.label) }
                    }
                    "? "
                }
                a href=(ask.without(text).address().href()) { "Leave it out" }
            }
        }
        @for note in &found.notes { p.notice { (short(note, 4 * LONGEST)) } }
    }
}

/// What was understood: each skill with the way to take it out.
fn tags(found: &Found) -> Markup {
    html! {
        @if !found.had.is_empty() {
            ul.tags.had aria-label="You have" {
                @for had in &found.had {
                    li {
                        a.tag.preferred href=(found.ask.without(&had.text).address().href()) {
                            span.hidden { "Take out " } (had.label) (icon("close"))
                        }
                    }
                }
            }
        }
    }
}
