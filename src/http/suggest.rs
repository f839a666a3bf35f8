//! `GET /suggest`: roles, skills and sections whose names begin with what was typed.

use super::{AppState, Problem};
use crate::search::{Invalid, Suggestion};
use axum::Json;
use axum::extract::{RawQuery, State};
use serde::Serialize;
use std::time::Instant;

/// How many are suggested where nothing else is asked for.
const LIMIT: usize = 10;

/// What may be meant.
#[derive(Debug, Serialize)]
pub(super) struct Suggestions {
    /// As given.
    query: String,
    suggestions: Vec<Suggestion>,
    took_ms: f64,
}

pub(super) async fn suggest(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Suggestions>, Problem> {
    let start = Instant::now();
    let (mut typed, mut limit) = (String::new(), LIMIT);
    let mut invalid = Vec::new();
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        let mut wrong = |reason: &str| {
            let (parameter, value) = (name.to_string(), value.to_string());
            invalid.push(Invalid { parameter, value, reason: reason.to_owned() });
        };
        match name.as_ref() {
            "q" => typed = value.into_owned(),
            "limit" => match value.parse() {
                Ok(number) => limit = number,
                Err(_) => wrong("must be a whole number"),
            },
            _ => wrong("is no parameter; there are q and limit"),
        }
    }
    if !invalid.is_empty() {
        return Err(Problem::invalid(invalid));
    }
    // All names are in memory: it takes less than a change of threads would.
    let suggestions = state.searcher.suggest(&typed, limit)?;
    Ok(Json(Suggestions { query: typed, suggestions, took_ms: start.elapsed().as_secs_f64() * 1000.0 }))
}
