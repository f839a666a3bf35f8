//! What runs the server or tells of those who ask: `/admin/…`. A key for it is asked by the guard of keys, before anything
//! here is reached; `guard.rs` keeps pages of other sites out, whose browser may send that key along.

mod guard;
mod ingest;
mod queries;

use super::AppState;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

/// Its addresses.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    Router::new()
        .route("/admin/ingest", get(ingest::all).post(ingest::start))
        .route("/admin/ingest/{id}", get(ingest::one))
        .route("/admin/ingest/{id}/events", get(ingest::events))
        .route("/admin/queries", get(queries::answer))
        .layer(from_fn_with_state(state.clone(), guard::same_site))
}

pub(super) use ingest::{RunView, RunsView};
pub(super) use queries::MOST as MOST_QUERIES;
pub(super) use queries::SHOWN as SHOWN_QUERIES;
