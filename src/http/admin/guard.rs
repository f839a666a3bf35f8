//! Nothing that runs the server is done for a page of another site.
//!
//! A browser sends the key that people once typed into it (`Basic`) whoever's page asks, so a key alone does not say that
//! its owner wants it. Three things tell (OWASP, "Cross-Site Request Forgery Prevention", of requests without tokens):
//!
//! - the host that was asked is this machine by a name that only it has, or where people reach the server. A hostile page can
//!   have its own name lead here (DNS rebinding), and is then of one origin with the server, but the host is that name;
//! - the origin, where one is named, is the server's own: scheme, host and port. Who lets other sites search does not let them
//!   run the server;
//! - where the browser says how the asking page stands to the server (`Sec-Fetch-Site`), it is the same site or none.
//!
//! Programs name no origin and no such thing; they need a host like everybody.

use crate::http::{AppState, Origin, Problem, Settings};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::IpAddr;
use url::Url;

/// See <https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request pass that no page of another site can have made.
pub(super) async fn same_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match judge(&state.settings, request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(says) => Problem::new(StatusCode::FORBIDDEN, says).into_response(),
    }
}

/// What is wrong with a request, if something is.
fn judge(settings: &Settings, uri: &Uri, headers: &HeaderMap) -> Result<(), &'static str> {
    let own = host(uri, headers).and_then(|host| own_origin(settings, &host)).ok_or(
        "this is answered only to who asks this machine as localhost, or where --public-url says that people reach it",
    )?;
    let is_own = |origin: &axum::http::HeaderValue| {
        // As browsers write it; whatever else is there is another's.
        origin.to_str().is_ok_and(|origin| own.iter().any(|own| own.as_str() == origin))
    };
    if !headers.get_all(header::ORIGIN).iter().all(is_own) {
        return Err("pages of other sites may not ask this");
    }
    let mut relations = headers.get_all(SEC_FETCH_SITE).iter();
    if !relations.all(|relation| relation == "same-origin" || relation == "none") {
        return Err("pages of other sites may not ask this");
    }
    Ok(())
}

/// The host that was asked, if exactly one is named: in the address, as it may be, and then in the header, too.
fn host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let mut named = headers.get_all(header::HOST).iter();
    let (first, second) = (named.next(), named.next());
    if second.is_some() {
        return None;
    }
    let header = first.map(|host| host.to_str().ok()).map(|host| host.map(str::to_ascii_lowercase));
    let address = uri.authority().map(|authority| authority.as_str().to_ascii_lowercase());
    match (header, address) {
        (Some(header), None) => header,
        (None, address) => address,
        (Some(header), Some(address)) => header.filter(|header| *header == address),
    }
}

/// The origins that pages of the server itself have, asked as this host; none where that is not the server's.
fn own_origin(settings: &Settings, host: &str) -> Option<Vec<Origin>> {
    let of = |scheme: &str| Origin::of_host(scheme, host);
    if let Some(public) = &settings.public
        && of(public.scheme()).is_some_and(|asked| asked == *public)
    {
        return Some(vec![public.clone()]);
    }
    let asked = of(settings.scheme())?;
    // A proxy on this machine may be asked by the public address and pass on its own.
    is_of_this_machine(asked.as_str())
        .then(|| std::iter::once(asked).chain(settings.public.clone()).collect())
}

/// Whether no other machine can be meant: an address of the loopback network, or `localhost`, which browsers and systems keep to it
/// (RFC 6761, 6.3).
fn is_of_this_machine(origin: &str) -> bool {
    match Url::parse(origin).ok().as_ref().and_then(Url::host) {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn passes(public: Option<&str>, headers: &[(&'static str, &str)]) -> bool {
        let settings =
            Settings { public: public.map(|public| public.parse().unwrap()), ..Settings::default() };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        judge(&settings, &Uri::from_static("/admin/queries"), &map).is_ok()
    }

    #[test]
    fn the_host_is_this_machine_or_the_public_one() {
        let passes = |host: &str| passes(Some("https://search.example.org"), &[("host", host)]);
        for own in [
            "localhost",
            "LOCALHOST:7878",
            "127.0.0.1:7878",
            "127.8.9.1",
            "[::1]:7878",
            "[::ffff:127.0.0.1]",
            "a.localhost",
            "search.example.org",
            "Search.Example.org:443",
        ] {
            assert!(passes(own), "{own}");
        }
        for other in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil.example:7878",
            "127.0.0.1.evil.example",
            "search.example.org:8443",
            "10.0.0.1",
            "0.0.0.0",
            "xlocalhost",
            "localhost@evil.example",
            "localhost/",
            "evil.example#localhost",
            "search.example.org.evil.example",
            "[::2]",
            "localhost, evil.example",
            "2130706433.evil.example",
        ] {
            assert!(!passes(other), "{other}");
        }
    }

    #[test]
    fn one_host_must_be_named() {
        assert!(!passes(None, &[]));
        assert!(!passes(None, &[("host", "localhost"), ("host", "evil.example")]));
        assert!(!passes(None, &[("host", "search.example.org")]), "nothing says that it is this server's");
        let whole = |address: &'static str, host: &'static str| {
            let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
            judge(&Settings::default(), &Uri::from_static(address), &headers).is_ok()
        };
        assert!(whole("http://localhost:1/admin", "localhost:1"));
        assert!(
            !whole("http://evil.example/admin", "localhost")
                && !whole("http://localhost/admin", "evil.example")
        );
    }

    #[test]
    fn the_origin_is_the_servers_own() {
        let local = |origin: &str| passes(None, &[("host", "localhost:7878"), ("origin", origin)]);
        assert!(local("http://localhost:7878"));
        for other in [
            "null",
            "",
            "*",
            "http://localhost",
            "https://localhost:7878",
            "http://127.0.0.1:7878",
            "http://evil.example",
            "http://localhost:7878/",
        ] {
            assert!(!local(other), "{other}");
        }
        let public = Some("https://search.example.org");
        let (own, host) = (("origin", "https://search.example.org"), ("host", "search.example.org"));
        assert!(passes(public, &[host, own]) && passes(public, &[("host", "127.0.0.1:7878"), own]));
        assert!(!passes(public, &[host, ("origin", "http://search.example.org")]));
        assert!(!passes(public, &[host, own, ("origin", "https://evil.example")]));
        // Of one origin with a name that leads here, which is not ours.
        assert!(!passes(public, &[("host", "evil.example"), ("origin", "http://evil.example")]));
    }

    #[test]
    fn what_browsers_say_of_the_page_counts() {
        let site = |site: &str| passes(None, &[("host", "localhost"), ("sec-fetch-site", site)]);
        assert!(site("same-origin") && site("none"));
        assert!(!site("cross-site") && !site("same-site") && !site("nonsense"));
    }
}
