//! `GET /healthz`: is the server there, and from which generation does it answer?

use super::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use schemars::JsonSchema;
use serde::Serialize;

/// The state of the server.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    /// `ok`
    status: &'static str,
    /// The generation of the index that it answers from.
    generation: u64,
    /// How many pages that has.
    pages: u64,
    /// How many sections they have.
    sections: u64,
    /// Of the program.
    version: &'static str,
}

pub(super) async fn healthz(State(state): State<AppState>) -> impl IntoResponse {
    let (pages, sections) = state.searcher.size();
    let generation = state.searcher.generation();
    let now = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (now, Json(Health { status: "ok", generation, pages, sections, version: env!("CARGO_PKG_VERSION") }))
}
