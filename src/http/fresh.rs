//! Answers that are kept by whoever asked: each names the state that it comes from (`ETag`), and one that is kept and still
//! holds is not worked out again (RFC 9110, 13; RFC 9111).
//!
//! The same request has the same answer as long as the generation of the index, the curation file and the program are the
//! same. The tag is made of these and of the address, so only who has had this answer can have its tag; it is weak, for an answer
//! says how long it took.

use super::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The program that answers.
const PROGRAM: &str = env!("VERSION_OF_PROGRAM");

/// Answers 304 where what is kept still holds; else adds to an answer what it needs to be kept.
pub(super) async fn keep(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let version = state.searcher.version();
    let tag = tag(&version, &state, request.uri(), request.headers());
    if holds(request.headers(), &tag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        mark(&mut response, &tag, &state);
        return response;
    }
    let mut response = next.run(request).await;
    if response.headers().contains_key(header::CACHE_CONTROL) {
        return response; // It says so itself.
    }
    // A new generation may have come in between.
    if response.status() == StatusCode::OK && state.searcher.version() == version {
        mark(&mut response, &tag, &state);
    } else {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The tag of an answer that comes from this state.
fn tag(version: &str, state: &AppState, uri: &Uri, headers: &HeaderMap) -> String {
    let accepted = headers.get(header::ACCEPT).map(HeaderValue::as_bytes).unwrap_or_default();
    let mut hash = blake3::Hasher::new();
    for part in [
        PROGRAM.as_bytes(),
        version.as_bytes(),
        state.identity.as_bytes(),
        uri.to_string().as_bytes(),
        accepted,
    ] {
        hash.update(part).update(b"\0");
    }
    format!("W/\"{}\"", &hash.finalize().to_hex()[..20])
}

/// Whether one of the answers that the client has is this one.
fn holds(headers: &HeaderMap, tag: &str) -> bool {
    let kept = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    kept.flat_map(|kept| kept.split(',')).any(|kept| opaque(kept) == opaque(tag))
}

fn mark(response: &mut Response, tag: &str, state: &AppState) {
    let settings = &state.settings;
    let mut kept = match settings.max_age {
        0 => "no-cache".to_owned(),
        seconds => format!("max-age={seconds}"),
    };
    if settings.keys.is_some() && !settings.open_search {
        kept.push_str(", private");
    }
    let headers = response.headers_mut();
    for (name, value) in [(header::ETAG, tag), (header::CACHE_CONTROL, &kept)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}
