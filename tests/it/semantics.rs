//! HTTP as its specification has it: what is kept and still holds, methods, links to the other pages of a list,
//! compression.

use crate::http::Api;
use crate::support::{Answer, Place, Server, html};
use axum::body::Body;
use axum::http::{Method, Request};
use http_body_util::BodyExt as _;
use rolecall::http::{AppState, Settings, router};
use std::io::Read as _;
use std::sync::Arc;
use tower::ServiceExt as _;

/// Addresses of which each has an answer of its own.
const ADDRESSES: [&str; 8] = [
    "/",
    "/search?q=engineer",
    "/suggest?q=e",
    "/roles",
    "/skills",
    "/compare?page=pages~a.html&page=pages~b.html",
    "/gap?have=python",
    "/ui/pages/pages~a.html",
];

fn pages() -> [(&'static str, String); 2] {
    let page = |title: &str| {
        html(title, &[("Requirements", &["Python and SQL."]), ("Overview", &["Builds things."])])
    };
    [("a.html", page("Data Engineer")), ("b.html", page("Cloud Engineer"))]
}

fn place() -> Place {
    let pages = pages();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Place::ingested(&files)
}

fn api() -> Api {
    let pages = pages();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Api::new(&files)
}

async fn ask(api: &Api, method: Method, address: &str, kept: &str) -> Answer {
    let request = Request::builder().method(method).uri(address).header("if-none-match", kept);
    api.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_is_kept_and_still_holds_is_not_sent_again() {
    let api = api();
    let mut tags = Vec::new();
    for address in ADDRESSES {
        let first = api.get(address).await;
        assert_eq!(
            (first.status, first.header("cache-control")),
            (200, "no-cache"),
            "{address}: {}",
            first.body
        );
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address}: {tag:?}");
        for kept in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_owned()] {
            let again = ask(&api, Method::GET, address, &kept).await;
            assert_eq!(
                (again.status, again.body.as_str(), again.header("etag")),
                (304, "", &*tag),
                "{address} {kept}"
            );
        }
        assert_eq!(ask(&api, Method::HEAD, address, &tag).await.status, 304);
        tags.push(tag);
    }
    // What was an answer to something else is none to this.
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), ADDRESSES.len());
    assert_eq!(ask(&api, Method::GET, "/search?q=cloud", &tags[0]).await.status, 200);
    let refused = ask(&api, Method::GET, "/search?limit=x", &tags[0]).await;
    assert_eq!(
        (refused.status, refused.header("cache-control"), refused.header("etag")),
        (400, "no-store", "")
    );
    let health = api.get("/healthz").await;
    assert_eq!((health.header("cache-control"), health.header("etag")), ("no-store", ""));
}

#[tokio::test]
async fn a_new_generation_and_another_curation_are_other_answers() {
    let place = place();
    let curation = place.write("curation.toml", "stop_words = [\"python\"]\n");
    let tag = |searcher: rolecall::search::Searcher, settings: Settings| async move {
        let router = router(AppState::new(Arc::new(searcher)).with(settings));
        let response =
            router.oneshot(Request::get("/search?q=python").body(Body::empty()).unwrap()).await.unwrap();
        response.headers()["etag"].to_str().unwrap().to_owned()
    };
    let first = tag(place.searcher(), Settings::default()).await;
    assert_eq!(
        tag(place.searcher(), Settings::default()).await,
        first,
        "a server that was started again has the same answers"
    );
    let curated = place.searcher().with_curation(rolecall::search::Curation::read(&curation).unwrap());
    assert_ne!(tag(curated, Settings::default()).await, first);
    assert_ne!(tag(place.searcher(), Settings { max_age: 60, ..Settings::default() }).await, first);
    place.write("pages/a.html", html("Data Engineer", &[("Overview", &["Python, no less."])]));
    place.ingest(&["pages"]);
    assert_ne!(tag(place.searcher(), Settings::default()).await, first);
}

#[tokio::test]
async fn an_answer_may_be_kept_for_a_while_where_that_is_chosen() {
    let place = place();
    let settings = Settings { max_age: 60, ..Settings::default() };
    let router = router(AppState::new(Arc::new(place.searcher())).with(settings));
    let answer = router.oneshot(Request::get("/search").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "max-age=60");
}

#[tokio::test]
async fn methods_are_answered_by_what_an_address_takes() {
    let api = api();
    for (address, allowed) in [
        ("/search", "GET,HEAD,POST,OPTIONS"),
        ("/roles", "GET,HEAD,OPTIONS"),
        ("/ui/gap", "GET,HEAD,OPTIONS"),
    ] {
        let options = ask(&api, Method::OPTIONS, address, "").await;
        assert_eq!((options.status, options.header("allow")), (204, allowed), "{address}");
        let refused = ask(&api, Method::DELETE, address, "").await;
        assert_eq!((refused.status, refused.header("allow")), (405, allowed), "{address}");
    }
    assert_eq!(ask(&api, Method::OPTIONS, "/nothing", "").await.status, 404);
    for address in ADDRESSES {
        let (get, head) = (api.get(address).await, ask(&api, Method::HEAD, address, "").await);
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{address}");
        for name in ["content-type", "etag", "cache-control", "vary", "link", "content-security-policy"] {
            assert_eq!(head.header(name), get.header(name), "{address} {name}");
        }
    }
}

#[tokio::test]
async fn a_list_links_to_its_other_pages() {
    let api = api();
    let link = |answer: Answer| answer.header("link").to_owned();
    assert_eq!(
        link(api.get("/search?q=engineer&limit=1").await),
        "<?q=engineer&limit=1&offset=1>; rel=\"next\""
    );
    assert_eq!(
        link(api.get("/roles?limit=1&offset=1").await),
        "<?limit=1>; rel=\"first\", <?limit=1>; rel=\"prev\""
    );
    assert_eq!(link(api.get("/skills").await), "");
    assert!(link(api.get("/skills/python?limit=1").await).contains("rel=\"next\""));
    assert!(link(api.get("/gap?have=python&limit=1").await).contains("rel=\"next\""));
}

#[tokio::test]
async fn answers_are_compressed_where_the_client_takes_it() {
    let api = Api::of_corpus();
    let plain = api.get("/search?q=engineer").await;
    let hits = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).unwrap()["hits"].clone();
    let names: &[&str] = if cfg!(feature = "zstd") { &["gzip", "br", "zstd"] } else { &["gzip", "br"] };
    for &name in names {
        let request =
            Request::get("/search?q=engineer").header("accept-encoding", name).body(Body::empty()).unwrap();
        let response = api.respond(request).await;
        assert_eq!(response.headers()["content-encoding"], name);
        assert!(response.headers()["vary"].to_str().unwrap().contains("accept-encoding"));
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        assert!(bytes.len() * 2 < plain.body.len(), "{name}");
        let mut text = Vec::new();
        match name {
            "gzip" => flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap(),
            "br" => brotli_decompressor::Decompressor::new(&bytes[..], 4096).read_to_end(&mut text).unwrap(),
            // Its magic number (RFC 8878, 3.1.1); to read it takes a C compiler.
            _ => {
                assert!(bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
                continue;
            }
        };
        assert_eq!(hits(&text), hits(plain.body.as_bytes()), "{name}");
    }
}

#[test]
fn a_head_over_a_socket_has_no_body() {
    let server = Server::start(&place());
    let answer = server.send("HEAD /search?q=engineer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert!(answer.header("content-length").parse::<u64>().unwrap() > 100);
}
