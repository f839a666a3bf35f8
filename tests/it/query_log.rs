//! What people ask, written down for those who run a server: without who asked, within bounds, and for nobody else's eyes.

use crate::observe::{App, keys, place};
use crate::support::{Place, Server, strings};
use axum::http::Request;
use rolecall::http::{QueryLog, Scope, Settings};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

#[tokio::test]
async fn questions_are_written_down_without_who_asked() {
    let app = App::logging(1 << 20);
    let private =
        [("x-forwarded-for", "192.0.2.7"), ("user-agent", "a browser"), ("x-request-id", "private-id")];
    app.ask("/search?q=%20python%20%20%0Asql%20", &private).await;
    app.ask("/?q=nosuchthing&role=data-engineer&role=nosuch", &private).await;
    let body = json!({ "q": "posted", "pay_min": 1000 }).to_string();
    app.send(Request::post("/search").header("content-type", "application/json").body(body.into()).unwrap())
        .await;
    // No questions: nothing is asked, more of an answer, what cannot be used, what is being typed elsewhere, a page.
    for path in [
        "/",
        "/search",
        "/search?q=python&offset=1",
        "/search?q=a&limit=x",
        "/suggest?q=py",
        "/pages/pages~a.html",
    ] {
        app.ask(path, &[]).await;
    }
    let written = app.written();
    let text = std::fs::read_to_string(app.place.path("questions")).unwrap();
    assert!(
        !text.contains("192.0.2.7") && !text.contains("browser") && !text.contains("private-id"),
        "{text}"
    );
    let questions: Vec<&str> = written.iter().map(|entry| entry["q"].as_str().unwrap()).collect();
    assert_eq!(questions, ["python sql", "nosuchthing", "posted"], "{text}");
    let first = written[0].as_object().unwrap();
    assert_eq!(
        first.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from(["day", "ms", "pages", "q"])
    );
    assert_eq!(
        (&first["pages"], first["day"].as_str().unwrap().len()),
        (&json!(1), 10),
        "the day, and no time"
    );
    assert_eq!(written[1]["filters"], json!({ "role": ["data-engineer", "nosuch"] }));
    assert_eq!((&written[1]["pages"], &written[2]["filters"]), (&json!(0), &json!({ "pay_min": ["1000"] })));
}

#[tokio::test]
async fn of_what_is_typed_only_the_last_is_written_down() {
    let app = App::logging(1 << 20);
    let typed = [("rolecall-typed", "1")];
    for q in ["p", "pyt", "pytohn", "pyt", "python"] {
        app.ask(&format!("/?q={q}"), &typed).await;
    }
    // The search box of another site: a browser names its origin.
    for q in ["s", "sq", "sql"] {
        app.ask(&format!("/search?q={q}"), &[("origin", "https://careers.example.org")]).await;
    }
    // Programs mean what they ask.
    for q in ["j", "java"] {
        app.ask(&format!("/search?q={q}"), &[]).await;
    }
    let written = app.written();
    let mut questions: Vec<&str> = written.iter().map(|entry| entry["q"].as_str().unwrap()).collect();
    questions.sort_unstable();
    assert_eq!(questions, ["j", "java", "python", "sql"]);
}

#[tokio::test]
async fn the_log_never_takes_more_than_it_may() {
    let app = App::logging(2_000);
    for number in 0..60 {
        app.ask(&format!("/search?q=question{number}"), &[]).await;
    }
    let last = app.written().last().unwrap()["q"].as_str().unwrap().to_owned();
    assert_eq!(last, "question59");
    let length = |name: &str| std::fs::metadata(app.place.path(name)).unwrap().len();
    assert!(length("questions") <= 1_000 && length("questions.1") <= 1_000);
    let samples = app.metrics().await;
    assert_eq!(samples.value("rolecall_query_log_questions_total{outcome=\"written\"}"), 60.0);
}

const LOG: &str = r#"{"day":"2026-11-28","q":"Python","pages":3,"ms":1.0}
{"day":"2026-11-29","q":"python","pages":3,"ms":3.0}
not a line
{"day":"2026-11-30","q":"cobol \u001b[31mwizard","filters":{"role":["x"]},"pages":0,"ms":1.0}
{"day":"2026-11-30","q":"sq"#;

#[test]
fn what_is_asked_is_shown_on_the_terminal() {
    let place = Place::new();
    place.write("questions", LOG);
    place.write("questions.1", "{\"day\":\"2026-11-01\",\"q\":\"old\",\"pages\":1,\"ms\":1.0}\n");
    let text = place.run(&["queries", "questions"]).done().stdout;
    for part in [
        "4 questions, 2026-11-01 to 2026-11-30; 1 found nothing\n",
        "2 lines of the log cannot be read\n",
        "     2  python  3 pages, 2 ms, last on 2026-11-29\n",
        "     1  old  1 page",
        "Found nothing\n     1  cobol \u{fffd}[31mwizard  role=x last on 2026-11-30\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json = place.run(&["queries", "questions", "--json", "--limit", "1"]).done().json();
    assert_eq!((json["asked"].as_u64(), json["unreadable"].as_u64()), (Some(4), Some(2)));
    assert_eq!(
        (json["frequent"].as_array().unwrap().len(), &json["frequent"][0]["q"]),
        (1, &json!("python"))
    );
    // As configured for the server.
    place.write("rolecall.toml", "[serve]\nquery_log = \"questions\"\n");
    assert_eq!(place.run(&["queries", "--json", "--limit", "1"]).done().json(), json);
    place.run(&["queries", "nosuch"]).fails(3, &["nosuch"]);
    place.delete("rolecall.toml");
    place.run(&["queries"]).fails(2, &["query_log"]);
}

#[test]
fn a_server_that_ends_has_written_what_was_asked() {
    let place = place();
    let mut server = Server::start_with(&place, &["--query-log", "questions"]);
    assert_eq!(server.get("/search?q=python").status, 200);
    let typed = "GET /?q=sql HTTP/1.1\r\nhost: localhost\r\nrolecall-typed: 1\r\nconnection: close\r\n\r\n";
    assert_eq!(server.send(typed).status, 200);
    server.terminate();
    assert_eq!(server.exit_code(), Some(0));
    let asked = place.run(&["queries", "questions", "--json"]).done().json();
    assert_eq!(strings(&asked["frequent"], "q"), ["python", "sql"]);
    let nowhere = place.run(&["serve", "--listen", "127.0.0.1:0", "--query-log", "nosuch/questions"]);
    nowhere.fails(3, &["--query-log nosuch/questions"]);
}

#[tokio::test]
async fn queries_are_answered_to_those_who_run_the_server_and_to_no_page_of_another_site() {
    let bare = App::logging(1 << 20);
    assert_eq!(bare.ask("/admin/queries", &[("host", "localhost")]).await.status, 401, "there are no keys");
    let settings = |place: &Place| {
        place.write("questions", LOG);
        Settings {
            keys: keys(place),
            open_search: true,
            allowed: vec!["*".parse().unwrap()],
            public: Some("https://search.example.org".parse().unwrap()),
            query_log: Some(Arc::new(QueryLog::open(&place.path("questions"), 1 << 20).unwrap())),
            ..Settings::default()
        }
    };
    let app = App::new(settings);
    let (search, admin) = (app.key(Scope::Search), app.key(Scope::Admin));
    let (search, admin) = (("authorization", search.as_str()), ("authorization", admin.as_str()));
    let local = ("host", "127.0.0.1:7878");
    let answer = app.ask("/admin/queries?limit=1", &[admin, local]).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    assert_eq!(
        (&answer.json()["asked"], &answer.json()["unanswered"][0]["filters"]),
        (&json!(3), &json!({ "role": ["x"] }))
    );
    assert_eq!(app.ask("/admin/queries?limit=1001", &[admin, local]).await.status, 400);
    let own = ("origin", "https://search.example.org");
    for (headers, status) in [
        (vec![local], 401),
        (vec![local, search], 403),
        (vec![admin], 403),
        (vec![admin, ("host", "evil.example")], 403),
        (vec![admin, ("host", "evil.example"), ("origin", "http://evil.example")], 403),
        (vec![admin, local, ("origin", "http://evil.example")], 403),
        (vec![admin, local, ("origin", "null")], 403),
        (vec![admin, local, ("sec-fetch-site", "cross-site")], 403),
        (vec![admin, local, own], 200),
        (vec![admin, ("host", "search.example.org"), own, ("sec-fetch-site", "same-origin")], 200),
    ] {
        let answer = app.ask("/admin/queries", &headers).await;
        assert_eq!(answer.status, status, "{headers:?}: {}", answer.body);
        assert!(answer.header("access-control-allow-origin").is_empty(), "no other site is let near");
    }
    let without = App::new(|place| Settings { query_log: None, ..settings(place) });
    let admin = without.key(Scope::Admin);
    assert_eq!(without.ask("/admin/queries", &[("authorization", &admin), local]).await.status, 404);
}
