//! `GET /readyz`: is the server to be sent requests? Not before what questions need is in memory, and no more once it is
//! told to stop. `/healthz` says only that it is there.

use super::{AppState, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is known of it.
#[derive(Debug, Default)]
pub(super) struct Readiness {
    /// The first generation was made ready. A later one is made ready while the server goes on answering.
    was_prepared: AtomicBool,
    is_stopping: AtomicBool,
}

/// The server is to be sent requests.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ready {
    /// `ready`
    status: &'static str,
}

impl Readiness {
    /// The server was told to stop.
    pub(super) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }
}

pub(super) async fn readyz(State(state): State<AppState>) -> Response {
    let Readiness { was_prepared, is_stopping } = &*state.readiness;
    if state.searcher.is_prepared() {
        was_prepared.store(true, Ordering::Relaxed);
    }
    let not_yet = |says| Problem::new(StatusCode::SERVICE_UNAVAILABLE, says).retried_after(1).into_response();
    let mut response = if is_stopping.load(Ordering::Relaxed) {
        not_yet("the server was told to stop")
    } else if !was_prepared.load(Ordering::Relaxed) {
        not_yet("the server is making its index ready")
    } else {
        Json(Ready { status: "ready" }).into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
