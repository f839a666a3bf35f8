//! `GET /pages/{id}/path`: what leads to the role of a page, and what comes next.

use super::params::{Params, id};
use super::{AppState, Problem};
use crate::search::CareerPath;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};

pub(super) async fn path(
    State(state): State<AppState>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Json<CareerPath>, Problem> {
    let id = id(path)?;
    Params::of(query).end()?;
    state.answer(move |searcher, deadline| searcher.path(&id, Some(deadline))).await
}
