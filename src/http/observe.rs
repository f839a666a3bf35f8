//! Around every request: it is given its name, counted, and, as those who run the server choose, logged.
//!
//! The name stands in all lines that are logged meanwhile. No line has a key or a header; the address of a client stands in
//! the access line alone, and only where that is asked for.

use super::asked::{self, Asked};
use super::client::client;
use super::metrics::UNMATCHED;
use super::query_log::Entry;
use super::request_id::{RequestId, X_REQUEST_ID};
use super::{AccessLog, AppState};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tracing::Instrument as _;

/// The most characters of an address in the access line.
const LONGEST_PATH: usize = 200;

/// What is to be known of a request when it is answered.
struct Asking {
    method: Method,
    uri: Uri,
    is_of_script: bool,
    /// Only where the access line is to name it.
    client: Option<IpAddr>,
}

/// Stands outermost, so that whatever is answered goes through here.
pub(super) async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    // Of the highest level, so that it is there whenever a line is.
    let span = tracing::error_span!("request", %id);
    let asking = Asking::of(&state, &request);
    let answer = async {
        let under_way = state.metrics.begin();
        let mut response = next.run(request).await;
        let matched = response.extensions_mut().remove::<MatchedPath>();
        let route = matched.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
        let status = response.status().as_u16();
        let took = under_way.answered(route, status);
        let asked = response.extensions_mut().remove::<Asked>();
        asking.log(&state, route, status, took, asked);
        response
    };
    let mut response = answer.instrument(span).await;
    response.headers_mut().insert(X_REQUEST_ID, id.into_value());
    response
}

/// The same for what is answered before the router is asked.
pub(super) fn at_once<B>(state: &AppState, request: &Request<B>, route: &str, response: &mut Response) {
    let id = RequestId::of(request.headers());
    let took = state.metrics.begin().answered(route, response.status().as_u16());
    tracing::error_span!("request", %id).in_scope(|| {
        Asking::of(state, request).log(state, route, response.status().as_u16(), took, None);
    });
    response.headers_mut().insert(X_REQUEST_ID, id.into_value());
}

/// Lays the route beside its answer: outside of the router nobody knows it.
pub(super) async fn name_route(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(matched) = matched {
        response.extensions_mut().insert(matched);
    }
    response
}

impl Asking {
    fn of<B>(state: &AppState, request: &Request<B>) -> Self {
        let settings = &state.settings;
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.filter(|_| settings.access_log == AccessLog::WithAddress);
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            is_of_script: asked::is_of_script(request.headers()),
            client: peer.map(|peer| client(peer.ip(), request.headers(), &settings.limits.proxies)),
        }
    }

    fn log(&self, state: &AppState, route: &str, status: u16, took: Duration, asked: Option<Asked>) {
        let settings = &state.settings;
        let ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
        if settings.access_log != AccessLog::Off {
            let path = asked::shown(self.uri.path(), LONGEST_PATH);
            let client = self.client.map(tracing::field::display);
            tracing::info!(target: "rolecall::access", method = %self.method, %path, route, status, ms, client, "answered");
        }
        if settings.slow_query.is_some_and(|slow| took >= slow) {
            let parameters = asked::parameters(self.uri.query(), asked.as_ref());
            let matches = asked.as_ref().map(|asked| asked.pages);
            tracing::warn!(target: "rolecall::slow", route, status, %parameters, ms, matches, "a slow request");
        }
        if let (Some(log), Some(asked)) = (&settings.query_log, asked)
            && let Some(entry) = Entry::of(asked, ms)
        {
            log.note(entry, self.is_of_script);
        }
    }
}
