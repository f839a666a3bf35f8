//! What other sites may do: ask, where they are allowed to, and take the search box into their pages.

use crate::http::Api;
use crate::support::{Answer, Place, html};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use rolecall::http::{AppState, Settings, router};
use scraper::{Html, Selector};
use std::sync::Arc;
use tower::ServiceExt as _;

const SITE: &str = "https://careers.example.org";

/// A server that lets these origins ask.
struct Served {
    _place: Place,
    router: Router,
}

impl Served {
    fn to(origins: &[&str]) -> Self {
        let page = html("Nurse", &[("Requirements", &["Patience and Python."])]);
        let place = Place::ingested(&[("nurse.html", &page)]);
        let allowed = origins.iter().map(|origin| origin.parse().unwrap()).collect();
        let state = AppState::new(Arc::new(place.searcher()));
        Self { _place: place, router: router(state.with(Settings { allowed, ..Settings::default() })) }
    }

    /// What is answered to a page of a site.
    async fn ask(&self, method: Method, path: &str, origin: &str) -> (StatusCode, HeaderMap) {
        let preflight = method == Method::OPTIONS;
        let mut request = Request::builder().method(method).uri(path).header("origin", origin);
        if preflight {
            request = request
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "content-type");
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        (response.status(), response.headers().clone())
    }
}

/// Who may read the answer.
fn readers(headers: &HeaderMap) -> Option<&str> {
    assert!(!headers.contains_key("access-control-allow-credentials"), "{headers:?}");
    Some(headers.get("access-control-allow-origin")?.to_str().unwrap())
}

const ASKED: [&str; 10] = [
    "/search?q=nurse",
    "/suggest?q=nur",
    "/roles",
    "/skills",
    "/skills/python",
    "/pages/pages~nurse.html",
    "/gap?have=python",
    "/embed.js",
    // Refusals can be read, too.
    "/search?limit=x",
    "/compare",
];

#[tokio::test]
async fn nobody_else_may_ask_unless_told_so() {
    let served = Served::to(&[]);
    for path in ASKED {
        let (_, headers) = served.ask(Method::GET, path, SITE).await;
        assert_eq!(readers(&headers), None, "{path}");
    }
    let (status, headers) = served.ask(Method::OPTIONS, "/search", SITE).await;
    assert_eq!((status, readers(&headers)), (StatusCode::NO_CONTENT, None));
}

#[tokio::test]
async fn a_site_that_is_named_may_ask_and_no_other() {
    let served = Served::to(&["http://localhost:3000", "https://Careers.example.org/"]);
    for path in ASKED {
        for origin in [SITE, "http://localhost:3000"] {
            let (_, headers) = served.ask(Method::GET, path, origin).await;
            assert_eq!(readers(&headers), Some(origin), "{path}");
            let vary =
                headers.get_all("vary").iter().map(|value| value.to_str().unwrap().to_ascii_lowercase());
            assert!(vary.collect::<Vec<_>>().join(",").contains("origin"), "{headers:?}");
        }
        for other in ["http://careers.example.org", "https://careers.example.org.evil.example", "null"] {
            let (_, headers) = served.ask(Method::GET, path, other).await;
            assert_eq!(readers(&headers), None, "{path} {other}");
        }
    }
    let (status, _) = served.ask(Method::GET, "/search?q=nurse", "https://evil.example").await;
    assert_eq!(status, StatusCode::OK, "what is public is answered; the browser keeps it from the page");
}

#[tokio::test]
async fn a_browser_that_asks_first_is_told() {
    let served = Served::to(&[SITE]);
    let (status, headers) = served.ask(Method::OPTIONS, "/search", SITE).await;
    assert_eq!((status, readers(&headers)), (StatusCode::OK, Some(SITE)));
    assert_eq!(headers["access-control-allow-methods"], "GET,HEAD,POST");
    let said = headers["access-control-allow-headers"].to_str().unwrap();
    assert!(said.starts_with("content-type,mcp-protocol-version"), "{said}");
    assert_eq!(headers["access-control-max-age"], "86400");
    let (_, headers) = served.ask(Method::OPTIONS, "/search", "https://evil.example").await;
    assert_eq!(readers(&headers), None);
}

#[tokio::test]
async fn a_star_lets_any_site_ask() {
    let served = Served::to(&[SITE, "*"]);
    for path in ASKED {
        let (_, headers) = served.ask(Method::GET, path, "https://any.example").await;
        assert_eq!(readers(&headers), Some("*"), "{path}");
    }
    let (status, headers) = served.ask(Method::OPTIONS, "/gap", "https://any.example").await;
    assert_eq!((status, readers(&headers)), (StatusCode::OK, Some("*")));
}

#[tokio::test]
async fn the_pages_for_people_are_no_other_sites_to_read() {
    let served = Served::to(&["*"]);
    for path in ["/", "/ui/embed", "/ui/app.js", "/ui/nothing", "/opensearch/suggest?q=a"] {
        let (_, headers) = served.ask(Method::GET, path, SITE).await;
        assert_eq!(readers(&headers), None, "{path}");
        assert!(headers.contains_key("content-security-policy"), "{path}");
    }
    let (status, _) = served.ask(Method::OPTIONS, "/", SITE).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
}

#[test]
fn what_is_no_origin_is_said_to_be_none() {
    let place = Place::new();
    for value in
        ["careers.example.org", "https://careers.example.org/jobs", "null", "https://*.example.org", ""]
    {
        let option = format!("--allow-origin={value}");
        place
            .run(&["serve", &option])
            .fails(2, &["--allow-origin <ORIGIN>", "a scheme, a host", "* for any site"]);
    }
    place.write("rolecall.toml", "[serve]\nallow_origin = ['https://a.example', 'b.example']\n");
    place.run(&["serve"]).fails(2, &["rolecall.toml:2: serve.allow_origin", "a scheme, a host"]);
}

#[tokio::test]
async fn any_site_can_take_the_script() {
    let served = Served::to(&[]);
    for (path, kept) in [
        ("/embed.js", "public, max-age=3600"),
        ("/embed.js?v=0", "public, max-age=3600"),
        (&versioned(&page(&Api::of_corpus(), "localhost").await), "public, max-age=31536000, immutable"),
    ] {
        let (status, headers) = served.ask(Method::GET, path, SITE).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        for (name, value) in [
            ("content-type", "text/javascript; charset=utf-8"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("cache-control", kept),
        ] {
            assert_eq!(headers[name], value, "{path}: {headers:?}");
        }
    }
}

/// The page that shows how, asked for by this host.
async fn page(api: &Api, host: &str) -> Answer {
    let request = Request::get("/ui/embed").header("host", host).body(Body::empty()).unwrap();
    let answer = api.send(request).await;
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "text/html; charset=utf-8"));
    answer
}

/// The address of the script that the page runs.
fn versioned(page: &Answer) -> String {
    let live = Selector::parse("script[src^='/embed.js']").unwrap();
    let document = Html::parse_document(&page.body);
    document.select(&live).next().and_then(|script| script.attr("src")).expect("a live box").to_owned()
}

#[tokio::test]
async fn the_page_shows_the_tag_of_this_server() {
    let api = Api::of_corpus();
    let (tag, scripts) = (Selector::parse("pre").unwrap(), Selector::parse("script").unwrap());
    for (host, base) in [
        ("search.example.org", "http://search.example.org"),
        ("\"></pre><script>alert(1)</script>", "http://localhost"),
    ] {
        let document = Html::parse_document(&page(&api, host).await.body);
        let shown: String = document.select(&tag).next().expect("a tag").text().collect();
        assert!(shown.starts_with(&format!("<script src=\"{base}/embed.js\" async")), "{shown}");
        assert!(document.select(&scripts).all(|script| script.attr("src").is_some()), "no inline script");
    }
}
