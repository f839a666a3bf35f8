//! `GET /healthz`: is the server there, and from which generation does it answer?

use super::AppState;
use axum::Json;
use axum::extract::State;
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

pub(super) async fn healthz(State(state): State<AppState>) -> Json<Health> {
    let (pages, sections) = state.searcher.size();
    let generation = state.searcher.generation();
    Json(Health { status: "ok", generation, pages, sections, version: env!("CARGO_PKG_VERSION") })
}
