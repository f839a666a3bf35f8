//! The search in the address bar of browsers: its description and its suggestions.

use crate::http::Api;
use crate::support::{Answer, Place, Server};
use axum::body::Body;
use axum::http::Request;
use scraper::{Html, Selector};

/// The description as its reader takes it: the addresses of its parts.
#[track_caller]
fn addresses(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200);
    assert_eq!(answer.content_type, "application/opensearchdescription+xml; charset=utf-8");
    assert!(answer.body.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{}", answer.body);
    let document = Html::parse_fragment(&answer.body);
    let text = |name: &str| {
        let found = document.select(&Selector::parse(name).unwrap()).next();
        found.unwrap_or_else(|| panic!("no {name}: {}", answer.body)).text().collect::<String>()
    };
    assert!((1..=16).contains(&text("ShortName").chars().count()));
    assert!((1..=1024).contains(&text("Description").chars().count()));
    assert_eq!(text("InputEncoding"), "UTF-8");
    let urls = Selector::parse("Url").unwrap();
    let parts = document.select(&urls).map(|url| {
        format!("{} {}", url.attr("type").expect("a type"), url.attr("template").expect("a template"))
    });
    parts.collect()
}

/// Asks for the description with this host.
async fn of_host(api: &Api, host: &str) -> Vec<String> {
    let request = Request::get("/opensearch.xml").header("host", host).body(Body::empty()).unwrap();
    addresses(&api.send(request).await)
}

fn at(base: &str) -> [String; 2] {
    [
        format!("text/html {base}/?q={{searchTerms}}"),
        format!("application/x-suggestions+json {base}/opensearch/suggest?q={{searchTerms}}"),
    ]
}

#[tokio::test]
async fn the_description_says_where_the_search_is() {
    let api = Api::of_corpus();
    assert_eq!(of_host(&api, "search.example.org:8080").await, at("http://search.example.org:8080"));
    assert_eq!(of_host(&api, "[::1]:7878").await, at("http://[::1]:7878"));
    assert_eq!(addresses(&api.get("/opensearch.xml").await), at("http://localhost"));
}

#[tokio::test]
async fn what_is_no_host_is_not_repeated() {
    let api = Api::of_corpus();
    for hostile in ["\"><script>alert(1)</script>", "a&b", "evil.example/path?", "user@evil.example", "a b"] {
        assert_eq!(of_host(&api, hostile).await, at("http://localhost"), "{hostile}");
    }
}

#[tokio::test]
async fn what_the_server_is_told_of_itself_goes_before_the_host() {
    let place = Place::ingested(&[("a.html", "<title>Nurse</title><h1>Nurse</h1><p>Cares.</p>")]);
    let server = Server::start_with(&place, &["--public-url", "https://search.example.org/"]);
    assert_eq!(addresses(&server.get("/opensearch.xml")), at("https://search.example.org"));
    let body = server.get("/opensearch/suggest?q=nur").body;
    assert!(body.contains("\"https://search.example.org/?role=nurse\""), "{body}");
    for (value, says) in [("search.example.org", "scheme"), ("https://example.org/search", "without a path")]
    {
        place.run(&["serve", "--public-url", value]).fails(2, &["--public-url", value, says]);
    }
}

#[tokio::test]
async fn names_are_suggested_as_browsers_take_them() {
    let api = Api::of_corpus();
    let answer = api.get("/opensearch/suggest?q=Kube").await;
    assert_eq!(answer.content_type, "application/x-suggestions+json; charset=utf-8");
    let json = answer.json();
    let [typed, names, said, places] = &json.as_array().expect("a list")[..] else { panic!("{json}") };
    assert_eq!(typed, "Kube");
    let list = |value: &serde_json::Value| -> Vec<String> { serde_json::from_value(value.clone()).unwrap() };
    let (names, said, places) = (list(names), list(said), list(places));
    assert_eq!((names.len(), names.len()), (said.len(), places.len()));
    let skill = names.iter().position(|name| name == "Kubernetes").expect("the skill");
    assert!(said[skill].starts_with("skill · ") && said[skill].ends_with(" pages"), "{said:?}");
    let found = api.json(&places[skill].replace("http://localhost/?", "/search?")).await;
    assert_eq!(
        format!("skill · {} pages", found["total"]["pages"]),
        said[skill],
        "the address is that of its pages"
    );
    let role = names.iter().position(|name| name == "Kubernetes Platform Engineer").expect("the role");
    assert_eq!(
        (said[role].as_str(), places[role].as_str()),
        ("role · 1 page", "http://localhost/?role=kubernetes-platform-engineer")
    );
    assert!(said.iter().all(|said| !said.starts_with("heading")), "a heading is no filter: {said:?}");
}

#[tokio::test]
async fn whatever_is_typed_is_answered() {
    let api = Api::of_corpus();
    for (query, typed) in [
        ("", ""),
        ("?q=", ""),
        ("?q=%3Cscript%3E%22", "<script>\""),
        ("?q=a&q=b&client=firefox", "a"),
        (&format!("?q={}", "a".repeat(5000)), &"a".repeat(5000)),
        (&format!("?q={}", "%F0%9F%9A%80".repeat(60)), &"🚀".repeat(60)),
    ] {
        let answer = api.get(&format!("/opensearch/suggest{query}")).await;
        assert_eq!((answer.status, answer.json()[0].as_str()), (200, Some(typed)), "{}", answer.body);
    }
}

#[tokio::test]
async fn every_page_names_the_description() {
    let answer = Api::of_corpus().get("/").await;
    let document = Html::parse_document(&answer.body);
    let link = Selector::parse("head link[rel=search]").unwrap();
    let link = document.select(&link).next().expect("a link");
    assert_eq!(link.attr("href"), Some("/opensearch.xml"));
    assert_eq!(link.attr("type"), Some("application/opensearchdescription+xml"));
}
