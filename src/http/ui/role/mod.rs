//! `GET /ui/pages/{id}`: the page of a role: what its page says in short, each with the sentence that says so, then the
//! text as it was read.

mod career;
mod cut;
mod fold;
mod head;
mod occupation;
mod outline;
mod pay;
mod said;
mod similar;
mod skills;
mod takes;
mod text;

use super::failure::Failure;
use super::frame::{Frame, Way};
use crate::http::{AppState, params};
use crate::model::Page;
use crate::search::{Asked, CareerPath, Figures, SearchError, Searcher, Similar};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cut::Cut;
use maud::{Markup, html};
use said::clipped;
use std::time::Instant;

/// How many similar roles are shown.
const SIMILAR: usize = 8;
/// How much is shown of a title, in bytes.
const LONGEST_TITLE: usize = 300;

/// What is known of a role.
struct Role {
    page: Page,
    path: CareerPath,
    similar: Similar,
    /// What the page asks for, the most first.
    asked: Vec<Asked>,
    figures: Figures,
    /// Where the text ends that is shown.
    cut: Cut,
}

/// A part of the page with a heading of its own.
struct Part {
    /// Its fragment.
    id: &'static str,
    /// Its heading.
    name: &'static str,
    /// What stands under it.
    body: Markup,
}

pub(in crate::http) async fn page(
    State(state): State<AppState>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Failure> {
    let id = params::id(path)?;
    let Json(role) = state.answer(move |searcher, deadline| Role::of(searcher, &id, deadline)).await?;
    Ok(role.respond())
}

impl Role {
    fn of(searcher: &Searcher, id: &str, deadline: Instant) -> Result<Self, SearchError> {
        let page = searcher.page(id)?.ok_or_else(|| SearchError::UnknownPages(vec![id.to_owned()]))?;
        Ok(Self {
            path: searcher.path(id, Some(deadline))?,
            similar: searcher.similar(id, SIMILAR, Some(deadline))?,
            asked: Asked::by(&page),
            figures: Figures::of(&page),
            cut: Cut::of(&page),
            page,
        })
    }

    fn respond(&self) -> Response {
        let parts = [
            skills::part(self),
            pay::part(self),
            takes::part(self),
            career::path(self),
            career::related(self),
            similar::part(self),
        ];
        let parts: Vec<Part> = parts.into_iter().flatten().collect();
        let main = html! {
            div.wide.role {
                (head::head(self))
                div.columns {
                    (outline::outline(self, &parts))
                    div.parts {
                        @for Part { id, name, body } in &parts {
                            section.card.part id=(id) {
                                h2 { (name) }
                                (body)
                            }
                        }
                        (text::text(self))
                    }
                }
            }
        };
        let title = clipped(&self.page.title, LONGEST_TITLE);
        let described = occupation::described(self);
        Frame { title: &title, here: Way::Role, q: "", described, main }.respond(StatusCode::OK)
    }
}
