//! The same behind axum.

use crate::plain::Plain;
use anyhow::Result;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
struct Asked {
    q: String,
}

/// Answers `/search?q=…`.
pub(crate) fn serve(plain: Plain) -> Result<()> {
    listen(Router::new().route("/search", get(search)).with_state(Arc::new(plain)))
}

/// Answers `/search?q=…` without searching.
pub(crate) fn bare() -> Result<()> {
    listen(Router::new().route("/search", get(|Query(asked): Query<Asked>| async move { asked.q })))
}

/// Searches on the thread that the runtime gives it, one a core: nothing is faster.
async fn search(State(plain): State<Arc<Plain>>, Query(asked): Query<Asked>) -> Response {
    match plain.search(&asked.q) {
        Ok(answer) => Json(answer).into_response(),
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem.to_string()).into_response(),
    }
}

#[tokio::main]
async fn listen(router: Router) -> Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
