//! `GET /`: the search page.

use super::address::Address;
use super::failure::Failure;
use super::frame::{Frame, Way};
use crate::http::AppState;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

pub(in crate::http) async fn page(
    State(_state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let here = Address::of("/", query.as_deref());
    let q = here.one("q").unwrap_or_default();
    Ok(Frame { title: "Roles", here: Way::Search, q, described: None, main: html! {} }
        .respond(StatusCode::OK))
}
