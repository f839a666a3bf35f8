//! `GET /admin/queries`: what was asked most, and what found nothing.

use crate::http::params::Params;
use crate::http::{AppState, Problem, Queries};
use crate::search::Invalid;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use std::sync::Arc;

/// How many of each are listed where nothing else is asked for, and at most.
pub(in crate::http) const SHOWN: usize = 20;
pub(in crate::http) const MOST: usize = 1_000;

pub(super) async fn answer(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, Problem> {
    let mut params = Params::of(query);
    let limit = params.number("limit", SHOWN);
    params.end()?;
    if limit > MOST {
        let reason = format!("must be a whole number from 0 to {MOST}");
        return Err(Problem::invalid(vec![Invalid {
            parameter: "limit".to_owned(),
            value: limit.to_string(),
            reason,
        }]));
    }
    let Some(log) = state.settings.query_log.as_ref().map(Arc::clone) else {
        let says = "this server keeps no log of questions; `serve --query-log FILE` does";
        return Err(Problem::new(StatusCode::NOT_FOUND, says));
    };
    let read = tokio::task::spawn_blocking(move || log.queries(limit)).await;
    let queries: Queries =
        read.map_err(|error| Problem::internal(&error))?.map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(queries)))
}
