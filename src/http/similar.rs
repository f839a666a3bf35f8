//! `GET /pages/{id}/similar`: the roles that are like that of a page, and why.

use super::params::{Params, id};
use super::{AppState, Problem};
use crate::search::Similar;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};

/// How many are shown where nothing else is asked for.
pub(super) const LIMIT: usize = 10;

pub(super) async fn similar(
    State(state): State<AppState>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Json<Similar>, Problem> {
    let id = id(path)?;
    let mut params = Params::of(query);
    let limit = params.number("limit", LIMIT);
    params.end()?;
    state.answer(move |searcher, deadline| searcher.similar(&id, limit, Some(deadline))).await
}
