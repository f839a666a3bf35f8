//! Answers of `/search` that are kept: the same bytes again, until the index says something else.

use crate::support::{Place, Server, eventually, html};

fn place() -> Place {
    Place::ingested(&[("a.html", &html("Welder", &[("Requirements", &["Welding and Python."])]))])
}

/// What the server counts under a name.
fn counted(server: &Server, name: &str) -> Option<f64> {
    let metrics = server.get("/metrics").body;
    let line = metrics.lines().find(|line| line.starts_with(&format!("rolecall_{name} ")));
    line.map(|line| line.rsplit(' ').next().unwrap().parse().unwrap())
}

const HITS: &str = r#"result_cache_requests_total{outcome="hit"}"#;
const MISSES: &str = r#"result_cache_requests_total{outcome="miss"}"#;

#[test]
fn an_answer_is_kept_until_the_index_changes() {
    let place = place();
    let server = Server::start(&place);
    let ask = || server.get("/search?q=welder&limit=5&facets=skill");
    let first = ask();
    let second = ask();
    // How long it took is that of the first time, too.
    assert_eq!(second.body, first.body);
    assert_eq!(second.header("etag"), first.header("etag"));
    assert_eq!((counted(&server, HITS), counted(&server, MISSES)), (Some(1.0), Some(1.0)));
    assert!(counted(&server, "result_cache_size_bytes").unwrap() >= first.body.len() as f64);
    // What differs in anything is another question.
    assert_ne!(server.get("/search?q=welder&limit=5&facets=role").body, first.body);
    assert_eq!(server.get("/search?q=welder&limit=5&facets=skil").status, 400);
    assert_eq!(server.get("/search?q=welder&limit=5&facets=skil").status, 400);
    assert_eq!(counted(&server, HITS), Some(1.0));
    place.write("pages/b.html", html("Welder of pipes", &[("Requirements", &["Welding."])]));
    place.ingest(&["pages"]);
    eventually("the new page is found", || ask().json()["total"]["pages"] == 2);
    assert_eq!(ask().body, ask().body);
}

#[test]
fn nothing_is_kept_where_there_is_no_room() {
    let place = place();
    let server = Server::start_with(&place, &["--result-cache", "0"]);
    let ask = || server.get("/search?q=welder").json();
    assert_eq!(ask()["hits"], ask()["hits"]);
    assert_eq!(counted(&server, HITS), None);
}
