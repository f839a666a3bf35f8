//! One error type → RFC 9457 problem documents. What went wrong inside is logged and not sent.

use crate::search::{Invalid, SearchError};
use axum::Json;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// After how many seconds a search may be tried again that was refused because there were too many.
pub(super) const BUSY_FOR: u64 = 1;
/// After how many seconds a search that took too long may be tried again.
const AFTER_TOO_LATE: u64 = 5;

/// A problem as clients see it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What the status is called.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What happened, for people.
    detail: String,
    /// Empty where the problem is no parameter's.
    errors: Vec<ParameterProblem>,
    /// After how many seconds the same may be answered.
    #[serde(skip)]
    retry_after: Option<u64>,
}

/// A parameter that cannot be used.
#[derive(Debug, Serialize, JsonSchema)]
struct ParameterProblem {
    /// Its name.
    parameter: String,
    /// As given.
    value: String,
    /// What is wrong, and what would be right.
    reason: String,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        Self {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// The server has too much to do.
    pub(super) fn busy() -> Self {
        let detail = "the server has more to do than it can; try again in a second";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retried_after(BUSY_FOR)
    }

    /// The same may be answered after so many seconds.
    pub(super) fn retried_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// Parameters that cannot be used.
    pub(super) fn invalid(errors: Vec<Invalid>) -> Self {
        let detail = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let errors = errors
            .into_iter()
            .map(|Invalid { parameter, value, reason }| ParameterProblem { parameter, value, reason })
            .collect();
        Self { errors, ..Self::new(StatusCode::BAD_REQUEST, detail) }
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Adds to an answer, in whatever form it says so, when to come again.
    pub(super) fn mark(&self, response: &mut Response) {
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
    }

    /// What happened, for people.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    /// Something of ours.
    pub(super) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the server could not answer; its log says why")
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Invalid(errors) => Self::invalid(errors),
            SearchError::UnknownPages(_) => Self::new(StatusCode::NOT_FOUND, error.to_string()),
            SearchError::TooLate => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string()).retried_after(AFTER_TOO_LATE)
            }
            SearchError::Index(_) | SearchError::Engine(_) => Self::internal(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(&self)).into_response();
        let kind = header::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.mark(&mut response);
        response
    }
}

pub(super) async fn not_found(uri: Uri) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        format!(
            "there is nothing at {}; people begin at /, programs at /search, /suggest, /roles, /skills, /pages/{{id}}, /compare, /gap and /healthz",
            uri.path()
        ),
    )
}

pub(super) async fn method_not_allowed(uri: Uri) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{} does not take this method", uri.path()))
}
