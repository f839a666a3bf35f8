//! Where a site is: a scheme, a host and a port. And where this server is, for addresses that must be whole.

use super::AppState;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use url::Url;

/// Where the server is taken to be by who does not say how it was reached.
const UNKNOWN: &str = "http://localhost";

/// The origin of a site, as browsers name it: `https://careers.example.org`, `http://localhost:3000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As it is written, without a slash behind it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// `http` or `https`.
    pub(super) fn scheme(&self) -> &str {
        self.0.split_once(':').map_or("", |(scheme, _)| scheme)
    }

    /// Of the host that a request was sent to. It is what the client says, and nothing but a host passes.
    pub(super) fn of_host(scheme: &str, host: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        (host.len() <= 255 && host.bytes().all(plain)).then(|| format!("{scheme}://{host}").parse().ok())?
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that is no origin.
#[derive(Debug, thiserror::Error)]
#[error(
    "this is no origin: a scheme, a host and, where it is not the usual one, a port, without a path, as https://careers.example.org or http://localhost:3000"
)]
pub struct NoOrigin;

impl FromStr for Origin {
    type Err = NoOrigin;

    /// A slash at the end is passed over: it comes along where an address is copied.
    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let url = Url::parse(text).map_err(|_| NoOrigin)?;
        let is_site = matches!(url.scheme(), "http" | "https");
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_anyones = url.username().is_empty() && url.password().is_none();
        // No pattern either: an origin is compared as a whole.
        let is_one = !text.contains('*');
        (is_site && is_bare && is_anyones && is_one)
            .then(|| Self(url.origin().ascii_serialization()))
            .ok_or(NoOrigin)
    }
}

/// Where people reach this server, as far as can be told: what its addresses begin with when they must be whole.
pub(super) struct Base(pub(super) Origin);

impl FromRequestParts<AppState> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let asked =
            || Origin::of_host(state.settings.scheme(), parts.headers.get(header::HOST)?.to_str().ok()?);
        let base = state.settings.public.clone().or_else(asked);
        Ok(Self(base.unwrap_or_else(|| Origin(UNKNOWN.to_owned()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Option<String> {
        text.parse::<Origin>().ok().map(|origin| origin.to_string())
    }

    #[test]
    fn an_origin_is_a_scheme_a_host_and_a_port() {
        assert_eq!(origin("https://careers.example.org").as_deref(), Some("https://careers.example.org"));
        assert_eq!(
            origin("HTTPS://Careers.Example.org:443/").as_deref(),
            Some("https://careers.example.org")
        );
        assert_eq!(origin("http://localhost:3000").as_deref(), Some("http://localhost:3000"));
        assert_eq!(origin("http://[::1]:80").as_deref(), Some("http://[::1]"));
        assert_eq!(origin("https://bücher.example").as_deref(), Some("https://xn--bcher-kva.example"));
        for none in [
            "",
            "*",
            "null",
            "example.org",
            "//example.org",
            "https://",
            "https://example.org/careers",
            "https://example.org/?q=a",
            "https://example.org/#a",
            "https://me:it@example.org",
            "https://*.example.org",
            "ftp://example.org",
            "javascript:alert(1)",
            "https://a.example https://b.example",
        ] {
            assert_eq!(origin(none), None, "{none}");
        }
    }

    #[test]
    fn a_host_is_believed_only_as_far_as_it_is_one() {
        let of = |host| Origin::of_host("http", host).map(|origin| origin.to_string());
        assert_eq!(of("search.example.org").as_deref(), Some("http://search.example.org"));
        assert_eq!(of("127.0.0.1:7878").as_deref(), Some("http://127.0.0.1:7878"));
        assert_eq!(of("[::1]:7878").as_deref(), Some("http://[::1]:7878"));
        let long = "a.".repeat(200);
        for hostile in
            ["", "a b", "a/b", "a@b", "a?b", "a#b", "\"><script>", "a:b", "a:99999", "a%2fb", "a\\b", &long]
        {
            assert_eq!(of(hostile), None, "{hostile}");
        }
    }
}
