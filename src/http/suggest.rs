//! `GET /suggest`: roles, skills, sections and headings whose names begin with what was typed, or contain it.

use super::params::Params;
use super::{AppState, Problem};
use crate::search::Suggestion;
use axum::Json;
use axum::extract::{RawQuery, State};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Instant;

/// How many are suggested where nothing else is asked for.
pub(super) const LIMIT: usize = 10;

/// What may be meant.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Suggestions {
    /// As given.
    query: String,
    /// Names, the best first.
    suggestions: Vec<Suggestion>,
    /// How long it took, in milliseconds.
    took_ms: f64,
}

pub(super) async fn suggest(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Suggestions>, Problem> {
    let start = Instant::now();
    let mut params = Params::of(query);
    let (typed, limit) = (params.one("q").unwrap_or_default(), params.number("limit", LIMIT));
    params.end()?;
    let suggestions = names(&state, typed.clone(), limit).await?;
    Ok(Json(Suggestions { query: typed, suggestions, took_ms: start.elapsed().as_secs_f64() * 1000.0 }))
}

/// The best names for what was typed. All names are in memory: once they are, it takes less than a change of threads would.
pub(super) async fn names(state: &AppState, typed: String, limit: usize) -> Result<Vec<Suggestion>, Problem> {
    if state.searcher.is_prepared() {
        return Ok(state.searcher.suggest(&typed, limit)?);
    }
    Ok(state.answer(move |searcher, _| searcher.suggest(&typed, limit)).await?.0)
}
