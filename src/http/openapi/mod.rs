//! `GET /openapi.json`: what can be asked and what is answered, for programs (OpenAPI 3.1). `/docs` says the same to people.
//!
//! `operations.rs` and `server.rs` are the table of what can be asked. The shapes of answers come from the types that are answered, and what
//! their fields mean from the comments there. Tests hold the document against the handlers and against real answers.

mod answers;
mod document;
mod operations;
mod parameter;
mod schemas;
mod server;

use super::Problem;
use super::params::Params;
use axum::extract::RawQuery;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;
use std::sync::LazyLock;

pub(super) use operations::{EXAMPLES, Tag};

static DOCUMENT: LazyLock<Value> = LazyLock::new(document::build);
static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", *DOCUMENT));

/// The document, as it is answered and as `rolecall openapi` prints it.
pub fn openapi() -> &'static str {
    &TEXT
}

/// The document as a value.
pub(super) fn document() -> &'static Value {
    &DOCUMENT
}

/// What each operation is about, its path and its method, in the order in which people read them.
pub(super) fn order() -> Vec<(Tag, &'static str, &'static str)> {
    let operations = operations::operations().into_iter();
    operations.map(|operation| (operation.tag, operation.path, operation.method)).collect()
}

pub(super) async fn answer(RawQuery(query): RawQuery) -> Result<impl IntoResponse, Problem> {
    Params::of(query).end()?;
    Ok(([(header::CONTENT_TYPE, "application/json")], openapi()))
}
