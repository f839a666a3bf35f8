//! A server that follows changes: folders that are watched, runs that somebody asks for, a configuration that is read again.

use crate::support::{Answer, Place, Server, eventually, html};
use rolecall::http::{KeyFile, Scope};
use serde_json::Value;
use std::fs;

fn page(role: &str) -> String {
    html(role, &[("Requirements", &["Python and patience."])])
}

fn place() -> Place {
    Place::ingested(&[("a.html", &page("Data Engineer"))])
}

fn found(server: &Server) -> u64 {
    server.get("/search?q=patience").json()["total"]["pages"].as_u64().unwrap()
}

/// A server with keys and a source, and how its key for running it is sent.
fn run_by_key(place: &Place, args: &[&str]) -> (Server, String) {
    let mut file = KeyFile::default();
    let key = format!("authorization: Bearer {}", file.add("me", &Scope::ALL).unwrap().as_str());
    file.write(&place.path("keys.json")).unwrap();
    let args = [&["--keys", "keys.json", "--open-search"], args].concat();
    (Server::start_with(place, &args), key)
}

fn ask(server: &Server, method: &str, path: &str, headers: &str) -> Answer {
    server.send(&format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\nconnection: close\r\n\r\n"
    ))
}

#[test]
fn what_is_watched_is_answered_from_as_it_changes() {
    let place = place();
    let server = Server::start_with(&place, &["--watch", "pages"]);
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    eventually("the new page is found", || found(&server) == 2);
    fs::remove_file(place.path("pages/a.html")).unwrap();
    eventually("the removed page is gone", || found(&server) == 1);
    fs::write(place.path("pages/b.html"), html("Nurse", &[("Requirements", &["Kindness."])])).unwrap();
    eventually("the changed page is found by what it says now", || {
        server.get("/search?q=kindness").json()["total"]["pages"] == 1
    });
}

#[test]
fn what_is_watched_is_indexed_first_where_there_is_no_index() {
    let place = Place::with_pages(&[("a.html", &page("Data Engineer"))]);
    let server = Server::start_with(&place, &["--watch", "pages"]);
    assert_eq!(found(&server), 1);
}

#[test]
fn what_changed_while_no_server_ran_is_found() {
    let place = place();
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    let server = Server::start_with(&place, &["--watch", "pages"]);
    eventually("the new page is found", || found(&server) == 2);
}

#[test]
fn a_run_is_asked_for_by_the_name_of_a_source_and_told_of() {
    let place = place();
    let (server, key) = run_by_key(&place, &["--ingest", "pages"]);
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    let begun = ask(&server, "POST", "/admin/ingest?source=pages", &key);
    assert_eq!(begun.status, 202, "{}", begun.body);
    let address = begun.header("location").to_owned();
    assert_eq!(address, format!("/admin/ingest/{}", begun.json()["id"].as_str().unwrap()));
    let told = ask(&server, "GET", &format!("{address}/events"), &key);
    assert!(told.content_type.starts_with("text/event-stream"), "{told:?}");
    let last = told.body.lines().rfind(|line| line.starts_with("data: ")).unwrap();
    let last: Value = serde_json::from_str(&last["data: ".len()..]).unwrap();
    assert_eq!((&last["status"], &last["report"]["new"]), (&"done".into(), &1.into()), "{last}");
    assert_eq!(ask(&server, "GET", &address, &key).json(), last);
    let all = ask(&server, "GET", "/admin/ingest", &key).json();
    assert_eq!(all["sources"][0]["name"], "pages");
    assert_eq!(all["runs"][0], last);
    eventually("the new page is found", || found(&server) == 2);
    let metrics = ask(&server, "GET", "/metrics", &key).body;
    assert!(metrics.contains("rolecall_ingest_runs_total{outcome=\"done\"} 1"), "{metrics}");
}

#[test]
fn a_run_is_begun_by_nobody_else_and_of_nothing_else() {
    let place = place();
    let (server, key) = run_by_key(&place, &["--ingest", "pages"]);
    let asked = |path: &str, headers: &str| ask(&server, "POST", path, headers).status;
    assert_eq!(asked("/admin/ingest?source=pages", "accept: */*"), 401);
    assert_eq!(asked("/admin/ingest?source=pages", &format!("{key}\r\norigin: https://evil.example")), 403);
    assert_eq!(asked("/admin/ingest?source=pages", &format!("{key}\r\nsec-fetch-site: cross-site")), 403);
    assert_eq!(asked("/admin/ingest?source=../pages", &key), 404);
    assert_eq!(asked("/admin/ingest?source=/etc", &key), 404);
    assert_eq!(asked("/admin/ingest", &key), 400);
    assert_eq!(asked("/admin/ingest?source=pages&path=/etc", &key), 400);
    assert_eq!(ask(&server, "GET", "/admin/ingest/1-1", &key).status, 404);
    assert!(ask(&server, "GET", "/admin/ingest", &key).json()["runs"].as_array().unwrap().is_empty());
}

#[test]
fn without_keys_no_run_can_be_asked_for() {
    let place = place();
    let server = Server::start_with(&place, &["--ingest", "pages"]);
    assert_eq!(ask(&server, "POST", "/admin/ingest?source=pages", "accept: */*").status, 401);
}

#[test]
fn the_configuration_is_read_again_when_the_system_says_so() {
    let place = place();
    let configure = |text: &str| fs::write(place.path("rolecall.toml"), text).unwrap();
    configure("[serve]\nmax_age = 7\n");
    let server = Server::start(&place);
    let kept = || server.get("/search?q=patience").header("cache-control").to_owned();
    assert!(kept().contains("max-age=7"), "{}", kept());
    fs::write(place.path("curation.toml"), "[[synonyms]]\nsame = [\"patience\", \"composure\"]\n").unwrap();
    configure("curation = \"curation.toml\"\n[serve]\nmax_age = 9\nwatch = [\"pages\"]\n");
    server.hang_up();
    eventually("what the file says now counts", || kept().contains("max-age=9"));
    assert_eq!(server.get("/search?q=composure").json()["total"]["pages"], 1);
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    eventually("what is watched now is followed", || found(&server) == 2);
    // What is wrong is not used, and the server goes on.
    configure("[serve]\nmax_age = 11\nnosuch = 1\n");
    server.hang_up();
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(kept().contains("max-age=9"), "{}", kept());
}

#[test]
fn no_request_fails_while_the_configuration_is_read_again() {
    let place = place();
    let server = Server::start(&place);
    for round in 0..5 {
        server.hang_up();
        for _ in 0..20 {
            assert_eq!(server.get("/search?q=patience").status, 200, "{round}");
        }
    }
}

#[test]
fn a_server_that_others_reach_does_not_lose_its_keys() {
    let place = place();
    run_by_key(&place, &[]);
    let configure = |listen: &str, rest: &str| {
        fs::write(place.path("rolecall.toml"), format!("[serve]\nlisten = \"{listen}:0\"\n{rest}")).unwrap();
    };
    configure("0.0.0.0", "keys = \"keys.json\"\n");
    let server = Server::spawn(place.command(["serve"]));
    assert_eq!(server.get("/search?q=patience").status, 401);
    // Where it is to listen counts only for a server that is begun with it.
    configure("127.0.0.1", "max_age = 9\n");
    server.hang_up();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(server.get("/search?q=patience").status, 401);
    configure("127.0.0.1", "max_age = 9\nwithout_keys = true\n");
    server.hang_up();
    eventually("whoever asks is answered, as was chosen", || server.get("/search?q=patience").status == 200);
}

#[test]
fn a_server_that_cannot_listen_changes_nothing() {
    let place = place();
    let server = Server::start(&place);
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    let before = place.bytes("index");
    let listen = format!("127.0.0.1:{}", server.port());
    place.run(&["serve", "--listen", &listen, "--watch", "pages"]).fails(3, &["--listen", &listen]);
    assert_eq!(place.bytes("index"), before);
}
