//! Before anything else is looked at: while no more searches may wait, another one is refused. It would be refused anyway, but
//! on the way to its turn, and under a flood that way is most of what the server would do.

use super::metrics::Refusal;
use super::{AppState, Problem, observe};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::response::{IntoResponse as _, Response};

/// What is asked most, and the name of its route.
const SEARCH: &str = "/search";

/// Stands before the router.
pub(super) struct Gate(AppState);

impl Gate {
    pub(super) fn new(state: AppState) -> Self {
        Self(state)
    }

    /// The refusal of a search that would find neither a turn nor a place to wait. One whose answer is kept here, or may be by its
    /// client, goes on, for that takes no search, and so does one of another site's script, which can read only what says so.
    pub(super) fn refuse<B>(&self, request: &Request<B>) -> Option<Response> {
        let Self(state) = self;
        let headers = request.headers();
        let is_search = request.uri().path() == SEARCH && request.method() == Method::GET;
        let is_special = headers.contains_key(header::IF_NONE_MATCH) || headers.contains_key(header::ORIGIN);
        if !is_search || is_special || !state.admission.is_full() {
            return None;
        }
        let query = request.uri().query().unwrap_or_default();
        if state.results.as_ref().is_some_and(|results| results.has(&state.searcher.version(), query)) {
            return None;
        }
        state.metrics.refuse(Refusal::Busy);
        let mut response = Problem::busy().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        observe::at_once(state, request, SEARCH, &mut response);
        Some(response)
    }
}
