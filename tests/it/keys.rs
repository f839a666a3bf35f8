//! Keys: without the right one nothing is reached, whatever the address; they are made, listed and revoked on the terminal.

use crate::support::{Place, Server, eventually, html};
use axum::body::Body;
use axum::http::Request;
use rolecall::http::{AppState, KeyFile, Keys, Scope, Settings, router};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

/// What is open to all: what watches over a server, and code and pictures that are the same for everybody.
const OPEN: [&str; 4] = ["/healthz", "/readyz", "/embed.js", "/favicon.ico"];

fn place() -> Place {
    Place::ingested(&[("a.html", &html("Data Engineer", &[("Requirements", &["Python."])]))])
}

/// Every route of the program, as the routers name them.
fn routes() -> Vec<String> {
    let mut routes = Vec::new();
    let files = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http")).into_iter();
    for file in files.map(Result::unwrap).filter(|file| file.path().extension().is_some_and(|of| of == "rs"))
    {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let found =
            text.split(".route(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
        routes.extend(found);
    }
    assert!(routes.len() > 15 && routes.contains(&"/search".to_owned()), "{routes:?}");
    routes
}

async fn status(app: &axum::Router, method: &str, path: &str, authorization: Option<&str>) -> (u16, String) {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let asked = response.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), asked.unwrap_or_default())
}

#[tokio::test]
async fn a_request_without_the_right_key_reaches_nothing() {
    let place = place();
    let path = place.path("keys.json");
    let mut file = KeyFile::default();
    let search = format!("Bearer {}", file.add("site", &[Scope::Search]).unwrap().as_str());
    let admin = format!("Bearer {}", file.add("me", &[Scope::Admin]).unwrap().as_str());
    file.write(&path).unwrap();
    let keys = Some(Arc::new(Keys::open(&path).unwrap()));
    let closed = router(
        AppState::new(Arc::new(place.searcher()))
            .with(Settings { keys: keys.clone(), ..Settings::default() }),
    );
    let mut addresses: Vec<String> = routes()
        .iter()
        .map(|route| route.replace("{id}", "pages~a.html").replace("{asset}", "favicon.svg"))
        .collect();
    addresses.extend(["/nothing", "/ui/nothing", "/admin", "/admin/ingest"].map(str::to_owned));
    for address in addresses {
        for method in ["GET", "HEAD", "POST", "OPTIONS", "DELETE"] {
            let (bare, asked) = status(&closed, method, &address, None).await;
            if OPEN.contains(&address.as_str()) {
                assert_ne!(bare, 401, "{method} {address}");
                continue;
            }
            assert_eq!(bare, 401, "{method} {address}");
            assert!(asked.starts_with("Bearer") && asked.contains("Basic"), "{asked}");
            for wrong in ["Bearer nonsense", "Bearer ", "Basic bm9ib2R5Om5vbnNlbnNl", "nonsense"] {
                assert_eq!(
                    status(&closed, method, &address, Some(wrong)).await.0,
                    401,
                    "{method} {address} {wrong}"
                );
            }
            // A key for something else is known, and good for nothing here.
            let is_admin = address.starts_with("/admin") || address == "/metrics";
            let other = if is_admin { &search } else { &admin };
            assert_eq!(status(&closed, method, &address, Some(other)).await.0, 403, "{method} {address}");
        }
    }
    assert_eq!(status(&closed, "GET", "/search?q=python", Some(&search)).await.0, 200);
    assert_eq!(status(&closed, "GET", "/nothing", Some(&search)).await.0, 404);
    // A search that is open stays so; what runs the server does not.
    let open = router(AppState::new(Arc::new(place.searcher())).with(Settings {
        keys,
        open_search: true,
        ..Settings::default()
    }));
    assert_eq!(status(&open, "GET", "/search?q=python", None).await.0, 200);
    assert_eq!(status(&open, "GET", "/admin/ingest", None).await.0, 401);
    // Without keys nobody runs the server over HTTP.
    let bare = router(AppState::new(Arc::new(place.searcher())));
    assert_eq!(status(&bare, "GET", "/search?q=python", None).await.0, 200);
    assert_eq!(status(&bare, "POST", "/admin/ingest", None).await.0, 401);
}

#[test]
fn keys_are_made_listed_and_revoked_and_a_server_that_runs_goes_by_it() {
    let place = place();
    let made = place.run(&["key", "add", "acme site"]).done();
    let key = made.stdout.trim().to_owned();
    assert!(key.starts_with("rolecall_") && key.len() == 73, "{key:?}");
    let listed = place.run(&["key", "list", "--json"]).done().json();
    assert_eq!(listed["keys"][0]["name"], "acme site");
    assert_eq!(listed["keys"][0]["scopes"], serde_json::json!(["search"]));
    assert!(!listed.to_string().contains(&key), "a key is shown once");
    let server = Server::start_with(&place, &["--keys", "rolecall-keys.json"]);
    let ask = |key: &str| {
        server
            .send(&format!("GET /search?q=python HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n"))
            .status
    };
    assert_eq!((ask(&key), ask("nonsense")), (200, 401));
    place.run(&["key", "revoke", "acme site"]).done();
    eventually("the key is revoked", || ask(&key) == 401);
    let admin =
        place.run(&["key", "add", "me", "--scope", "admin", "--scope", "search", "--json"]).done().json();
    eventually("the new key counts", || ask(admin["key"].as_str().unwrap()) == 200);
    assert!(place.run(&["key", "revoke", "nobody"]).exits(3).stderr.contains("nobody"));
    place.run(&["key", "add"]).exits(2);
    let missing = place.run(&["serve", "--listen", "127.0.0.1:0", "--keys", "none.json"]).exits(2);
    assert!(missing.stderr.contains("none.json"), "{}", missing.stderr);
}
