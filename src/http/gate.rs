//! Before anything else is looked at: while no more searches may wait, another one is refused. It would be refused anyway, but
//! on the way to its turn, and under a flood that way is most of what the server would do.

use super::metrics::Refusal;
use super::{AppState, Problem, observe, preemption};
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
        preemption::set(!state.admission.is_flooded());
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
        state.admission.refused();
        state.metrics.refuse(Refusal::Busy);
        let mut response = Problem::busy().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        observe::at_once(state, request, SEARCH, &mut response);
        Some(response)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use crate::http::asked::Asked;
    use crate::http::paging::Part;
    use crate::http::results::Kept;
    use crate::http::{Limits, Settings};
    use crate::index::Location;
    use crate::ingest::{IngestOptions, ingest};
    use crate::search::{SearchRequest, Searcher};
    use std::sync::Arc;

    #[test]
    fn while_nobody_may_wait_only_what_takes_no_search_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("a.html");
        std::fs::write(&page, "<h1>Welder</h1><h2>Requirements</h2><p>Welding.").unwrap();
        let location = Location::new(folder.path().join("index"));
        let options = IngestOptions { paths: vec![page], ..IngestOptions::default() };
        ingest(&location, &options, &|_, _| {}).unwrap();
        let state = AppState::new(Arc::new(Searcher::open(&location).unwrap())).with(Settings {
            limits: Limits { searches: 0, waiting: 0, ..Limits::default() },
            result_cache: 1 << 20,
            ..Settings::default()
        });
        let gate = Gate::new(state.clone());
        let refused = |method: &str, uri: &str, header: Option<&str>| {
            let mut request = Request::builder().method(method).uri(uri);
            if let Some(name) = header {
                request = request.header(name, "x");
            }
            gate.refuse(&request.body(()).unwrap()).map(|response| response.status().as_u16())
        };
        assert_eq!(refused("GET", "/search?q=welder", None), Some(503));
        for (method, uri, header) in [
            ("POST", "/search", None),
            ("GET", "/skills", None),
            ("GET", "/search?q=welder", Some("if-none-match")),
            ("GET", "/search?q=welder", Some("origin")),
        ] {
            assert_eq!(refused(method, uri, header), None, "{method} {uri} {header:?}");
        }
        let part = Part { offset: 0, limit: 10, total: 1, furthest: 0 };
        let asked = Asked::of(&SearchRequest::default(), 1);
        let kept = Kept { body: "{}".into(), part, asked };
        state.results.as_ref().unwrap().keep(&state.searcher.version(), "q=welder", kept);
        assert_eq!(refused("GET", "/search?q=welder", None), None);
        assert_eq!(refused("GET", "/search?q=welders", None), Some(503));
    }
}
