//! `GET /healthz`: is the server there, and from which generation does it answer?

use super::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use serde::Serialize;

/// The state of the server.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    /// `ok`
    status: &'static str,
    generation: u64,
    pages: u64,
    sections: u64,
    version: &'static str,
}

pub(super) async fn healthz(State(state): State<AppState>) -> impl IntoResponse {
    let (pages, sections) = state.searcher.size();
    let generation = state.searcher.generation();
    let now = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (now, Json(Health { status: "ok", generation, pages, sections, version: env!("CARGO_PKG_VERSION") }))
}
