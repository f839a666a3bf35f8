//! Which other sites' pages may ask: cross-origin resource sharing (<https://fetch.spec.whatwg.org/#http-cors-protocol>).
//!
//! Nobody may unless told so. Cookies and the like are never taken along: an answer is the same whoever asks.

use super::origin::{NoOrigin, Origin};
use axum::http::{HeaderName, HeaderValue, Method, header};
use std::str::FromStr;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser need not ask again whether it may.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// What they may say: of what kind their body is, and what the protocol of `/mcp` says beside it.
const HEADERS: [HeaderName; 5] = [
    header::CONTENT_TYPE,
    HeaderName::from_static("mcp-protocol-version"),
    HeaderName::from_static("mcp-session-id"),
    HeaderName::from_static("mcp-method"),
    HeaderName::from_static("mcp-name"),
];

/// Whose pages may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedOrigin {
    /// Anybody's.
    Any,
    /// Those of this site.
    One(Origin),
}

/// Something that is neither `*` nor an origin.
#[derive(Debug, thiserror::Error)]
#[error("{0}; or * for any site")]
pub struct NotAllowable(NoOrigin);

impl FromStr for AllowedOrigin {
    type Err = NotAllowable;

    fn from_str(text: &str) -> Result<Self, NotAllowable> {
        match text {
            "*" => Ok(Self::Any),
            text => text.parse().map(Self::One).map_err(NotAllowable),
        }
    }
}

/// What lets them; none where nobody is let.
pub(super) fn layer(allowed: &[AllowedOrigin]) -> Option<CorsLayer> {
    let mut named = Vec::new();
    let mut is_any = false;
    for origin in allowed {
        match origin {
            AllowedOrigin::Any => is_any = true,
            // An origin is ASCII, so it is always a value of a header.
            AllowedOrigin::One(origin) => named.extend(HeaderValue::from_str(origin.as_str())),
        }
    }
    let who = match (is_any, named.is_empty()) {
        (true, _) => AllowOrigin::any(),
        (false, false) => AllowOrigin::list(named),
        (false, true) => return None,
    };
    let layer = CorsLayer::new()
        .allow_origin(who)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(HEADERS)
        .max_age(REMEMBERED);
    Some(layer)
}
