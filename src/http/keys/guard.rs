//! Who asks is asked for a key, where there are keys: `Authorization: Bearer KEY` (RFC 6750), or `Basic` with the key as
//! the password, for browsers, which ask people for it (RFC 7617).
//!
//! Without the right key nothing is reached: not even whether there is such an address is said. `/healthz` and `/readyz`
//! are open, for what watches over the server, as are the pages' own style, script and pictures, which are the same for all.

use super::super::AppState;
use super::super::error::Problem;
use super::Scope;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What needs no key.
const OPEN: [&str; 6] = ["/healthz", "/readyz", "/embed.js", "/favicon.ico", "/ui/app.css", "/ui/app.js"];

/// How a key is to be sent.
const CHALLENGE: &str = "Bearer realm=\"rolecall\", Basic realm=\"rolecall\", charset=\"UTF-8\"";

/// Lets a request pass that has a key for what it asks.
pub(in crate::http) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if OPEN.contains(&path) {
        return next.run(request).await;
    }
    let is_admin = path == "/admin" || path.starts_with("/admin/");
    // What is counted tells of those who ask; where there are no keys, who may ask may know it.
    let scope = if is_admin || path == "/metrics" { Scope::Admin } else { Scope::Search };
    let settings = &state.settings;
    let Some(keys) = &settings.keys else {
        // Admin routes always need a key, and there is none.
        return if is_admin { refused(&[]) } else { next.run(request).await };
    };
    let scopes = sent(request.headers()).map(|key| keys.scopes(&key));
    let may = scopes.as_ref().is_some_and(|scopes| scopes.contains(&scope));
    if may || scope == Scope::Search && settings.open_search {
        next.run(request).await
    } else {
        refused(scopes.as_deref().unwrap_or_default())
    }
}

fn refused(scopes: &[Scope]) -> Response {
    if let [first, ..] = scopes {
        let detail = format!("this key is for {}, and not for this", first.id());
        return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
    }
    let detail = "a key is needed, as `Authorization: Bearer KEY`; whoever runs the server makes it with `rolecall key add`";
    let mut response = Problem::new(StatusCode::UNAUTHORIZED, detail).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The key that a request sends.
fn sent(headers: &HeaderMap) -> Option<String> {
    let (scheme, sent) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(sent.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(sent.trim()).ok()?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_either_scheme() {
        let sent = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
            super::sent(&headers)
        };
        assert_eq!(sent("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(sent("bearer  abc ").as_deref(), Some("abc"));
        // RFC 7617, 2
        assert_eq!(sent("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==").as_deref(), Some("open sesame"));
        assert_eq!(sent("Basic dGVzdDoxMjPCow==").as_deref(), Some("123£"));
        for other in ["Basic !", "Basic /w==", "Digest abc", "abc", "Basic YWJj"] {
            assert_eq!(sent(other), None, "{other}");
        }
    }
}
