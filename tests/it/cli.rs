//! The command line as scripts and people rely on it: exit codes, messages, JSON, and what it leaves on disk.

use crate::support::{Place, Server, all_ids, html, strings, timeless};
use serde_json::{Value, json};
use std::fs::{self, File};

const SUBCOMMANDS: [&str; 7] = ["ingest", "serve", "mcp", "search", "show", "sources", "remove"];

fn cloud() -> String {
    html(
        "Cloud Engineer",
        &[
            ("Requirements", &["Runs Kubernetes clusters.", "Leadership is welcome."]),
            ("Salary", &["Paid well."]),
        ],
    )
}

fn data() -> String {
    html(
        "Data Engineer",
        &[("Overview", &["Moves data with Python."]), ("Requirements", &["Python, SQL and patience."])],
    )
}

/// Two pages, ingested.
fn two() -> Place {
    Place::ingested(&[("cloud.html", &cloud()), ("data.html", &data())])
}

fn ids(answer: &Value) -> Vec<&str> {
    strings(&answer["hits"], "id")
}

#[track_caller]
fn has_fields(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "{field:?} is missing in {value}");
    }
}

#[test]
fn what_is_done_exits_0() {
    let place = two();
    place.run(&["ingest", "pages"]).done();
    place.run(&["search", "python"]).done();
    place.run(&["search", "nothing-has-this"]).done();
    place.run(&["sources"]).done();
    place.run(&["show", "pages/cloud.html"]).done();
    place.run(&["remove", "pages"]).done();
}

#[test]
fn a_page_that_failed_exits_1_and_the_others_are_indexed() {
    let place = Place::with_pages(&[("cloud.html", &cloud())]);
    place.write("pages/broken.html", [0_u8, 159, 146, 150, 0, 1, 2, 255].repeat(64));
    let ran = place.run(&["ingest", "pages", "--json"]).exits(1);
    assert_eq!(strings(&ran.json()["failed"], "path"), ["broken.html"]);
    assert!(place.run(&["ingest", "pages"]).exits(1).stdout.contains("broken.html"));
    assert_eq!(ids(&place.search(&[])), ["pages~cloud.html"]);
}

#[test]
fn wrong_use_exits_2_and_says_what_is_wrong() {
    let place = two();
    place.write("odd.tsv", "fine\tx\n\t--\n");
    place.write("other/cloud.html", cloud());
    for (args, says) in [
        (&["ingest"][..], "PATH"),
        (&["nosuch"], "nosuch"),
        (&[], "Usage"),
        (&["ingest", "pages", "--nosuch"], "--nosuch"),
        (&["ingest", "pages", "--include", "a["], "a["),
        (&["ingest", "pages", "--base-url", "nowhere"], "--base-url"),
        (&["ingest", "pages", "--base-url", "mailto:x@example.org"], "--base-url"),
        (&["ingest", "pages", "--taxonomy", "missing.tsv"], "missing.tsv"),
        (&["ingest", "pages", "--taxonomy", "odd.tsv"], "line 2"),
        (&["ingest", "pages", "other", "--source", "one"], "--source"),
        (&["ingest", "pages", "--source", "a b"], "--source"),
        (&["search", "--limit", "101"], "--limit"),
        (&["search", "--limit", "x"], "limit"),
        (&["search", "--offset", "10001"], "--offset"),
        (&["search", "--sections-per-hit", "0"], "--sections-per-hit"),
        (&["search", "--facet-limit", "10001"], "--facet-limit"),
        (&["search", "--facets", "nosuch"], "nosuch"),
        (&["search", "--skill-match", "some"], "skill-match"),
        (&["serve", "--listen", "nowhere"], "--listen"),
        (&["show"], "FILE"),
        (&["remove"], "SOURCE"),
    ] {
        place.run(args).fails(2, &[says]);
    }
}

#[test]
fn a_missing_path_exits_3_and_leaves_nothing_behind() {
    let place = Place::new();
    place.run(&["ingest", "nosuch"]).fails(3, &["nosuch"]);
    assert!(!place.path("index").exists());
}

#[test]
fn a_missing_or_empty_folder_keeps_what_was_indexed_before() {
    let place = two();
    let (before, files) = (place.search(&["python"]), place.bytes("index"));
    fs::rename(place.path("pages"), place.path("moved")).unwrap();
    place.run(&["ingest", "pages"]).fails(3, &["pages"]);
    fs::create_dir(place.path("pages")).unwrap();
    place.run(&["ingest", "pages"]).fails(3, &["pages", "no page"]);
    place.write("pages/style.css", "body {}");
    place.run(&["ingest", "pages"]).fails(3, &["style.css"]);
    place.run(&["ingest", "moved", "nosuch"]).fails(3, &["nosuch"]);
    assert_eq!(place.bytes("index"), files);
    assert_eq!(timeless(place.search(&["python"])), timeless(before));
}

#[test]
fn without_an_index_every_reader_exits_3_and_says_how_to_build_one() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    for args in
        [&["search", "x"][..], &["sources"], &["remove", "pages"], &["serve", "--listen", "127.0.0.1:0"]]
    {
        place.run(args).fails(3, &["rolecall ingest"]);
    }
    assert!(!place.path("index").exists());
    place.run(&["show", "nosuch.html"]).fails(3, &["nosuch.html"]);
    place.run(&["show", "pages"]).fails(3, &["pages"]);
}

#[test]
fn the_index_is_where_the_option_says_for_every_subcommand() {
    let place = Place::with_pages(&[("cloud.html", &cloud())]);
    place.ingest(&["pages", "--index", "elsewhere"]);
    assert!(!place.path("index").exists());
    assert_eq!(ids(&place.search(&["--index", "elsewhere"])), ["pages~cloud.html"]);
    place.run(&["sources", "--index", "elsewhere"]).done();
    let server = Server::start_with(&place, &["--index", "elsewhere"]);
    assert_eq!(server.get("/healthz").json()["pages"], 1);
    place.run(&["remove", "pages", "--index", "elsewhere"]).done();
    assert!(ids(&place.search(&["--index", "elsewhere"])).is_empty());
}

#[test]
fn the_report_as_json_has_every_field() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    place.write("pages/notes.docx", "x");
    let report = place.ingest(&["pages"]);
    let counts = json!({ "new": 2, "changed": 0, "unchanged": 0, "removed": 0, "skipped": 1, "failed": 0 });
    assert_eq!(report["pages"], counts);
    assert_eq!(report["sources"], json!(["pages"]));
    assert_eq!(report["sections"], 4);
    assert_eq!(report["generation"], 1);
    assert_eq!(report["dry_run"], false);
    let size = (cloud().len() + data().len()) as u64;
    assert_eq!(report["bytes"], size);
    assert!(report["seconds"].as_f64().unwrap() > 0.0 && report["pages_per_second"].as_f64().unwrap() > 0.0);
    assert_eq!(report["failed"], json!([]));
    has_fields(&report["skipped"][0], &["source", "path", "reason"]);
    assert_eq!(report["skipped"][0]["path"], "notes.docx");
    has_fields(&report, &["warnings"]);
}

#[test]
fn an_answer_as_json_has_every_field() {
    let answer = two().search(&["kubernetes leadership"]);
    has_fields(&answer["query"], &["text", "understood", "matched", "filters"]);
    has_fields(&answer["query"]["filters"], &["role", "section", "skill", "skill_match", "source"]);
    has_fields(&answer["total"], &["pages", "sections", "pages_with_all"]);
    has_fields(&answer, &["took_ms", "generation", "hits", "facets", "warnings"]);
    has_fields(&answer["facets"], &["role", "section", "skill"]);
    has_fields(&answer["facets"]["section"][0], &["id", "label", "pages", "sections", "selected"]);
    let hit = &answer["hits"][0];
    has_fields(hit, &["id", "title", "role", "url", "source", "language", "modified", "score", "missing"]);
    has_fields(hit, &["title_highlights", "sections_total", "sections"]);
    has_fields(&hit["role"], &["id", "label"]);
    let section = &hit["sections"][0];
    has_fields(section, &["section", "heading", "path", "anchor", "score", "snippet", "skills"]);
    has_fields(&section["section"], &["id", "label", "inferred"]);
    has_fields(&section["snippet"], &["text", "highlights", "html"]);
    has_fields(&section["snippet"]["highlights"][0], &["start", "end", "term", "kind"]);
    has_fields(&section["skills"][0], &["id", "label"]);
}

#[test]
fn show_as_json_is_what_the_server_answers_for_the_page() {
    let place = two();
    let shown = place.run(&["show", "pages/cloud.html", "--json"]).done().json();
    has_fields(
        &shown,
        &["id", "source", "path", "title", "role", "url", "language", "modified", "sections", "related"],
    );
    has_fields(
        &shown["sections"][0],
        &["section", "heading", "level", "anchor", "parents", "subheadings", "blocks", "skills"],
    );
    assert_eq!(shown["title"], "Cloud Engineer");
    assert_eq!(strings(&shown["sections"], "heading"), ["Requirements", "Salary"]);
    let answered = Server::start(&place).get("/pages/pages~cloud.html").json();
    assert_eq!(shown, answered);
}

#[test]
fn sources_and_removals_as_json() {
    let place = two();
    place.ingest(&["pages", "--base-url", "https://example.org/careers/"]);
    let sources = place.run(&["sources", "--json"]).done().json();
    let root = place.path("pages").canonicalize().unwrap();
    let pages = json!([{
        "name": "pages", "root": root.to_str().unwrap(), "base_url": "https://example.org/careers/", "pages": 2, "sections": 4
    }]);
    assert_eq!(sources, pages);
    let removed = place.run(&["remove", "pages", "--json"]).done().json();
    assert_eq!(removed, json!({ "removed": { "name": "pages", "pages": 2 } }));
    assert_eq!(place.run(&["sources", "--json"]).done().json(), json!([]));
}

#[test]
fn a_pipe_gets_neither_colours_nor_a_progress_bar() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    place.write("pages/broken.html", [0_u8, 159, 146, 150].repeat(64));
    for args in [
        &["ingest", "pages"][..],
        &["search", "kubernetes"],
        &["show", "pages/cloud.html"],
        &["sources"],
        &["remove", "pages~cloud.html"],
        &["search", "--help"],
        &["search"],
    ] {
        let ran = place.run(args);
        assert!(!ran.stdout.trim().is_empty(), "{ran:?}");
        assert!(!ran.stdout.contains(['\u{1b}', '\r']), "{ran:?}");
        assert_eq!(ran.stderr, "", "{args:?}");
    }
}

#[test]
fn where_colours_are_wanted_what_matched_is_bold() {
    let place = two();
    let output = place.command(["search", "kubernetes"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (before, _) = text.split_once("Kubernetes").expect("the match");
    let sequence = before.rsplit_once("\u{1b}[").map_or("", |(_, sequence)| sequence);
    assert!(before.ends_with('m') && sequence.starts_with(['1', '3']), "{text:?}");
    assert!(before[before.len() - 12..].contains("\u{1b}[1m"), "{text:?}");
}

#[test]
fn a_page_cannot_steer_the_terminal() {
    let hostile = "Hostile \u{1b}[31mred\u{7} Engineer";
    let place = Place::ingested(&[(
        "odd.html",
        &html(hostile, &[("Over\u{1b}[2Jview", &["Text \u{1b}]0;owned\u{7} goes on."])]),
    )]);
    for args in [&["search", "goes"][..], &["show", "pages/odd.html"], &["search", "hostile"]] {
        let output = place.command(args.iter().copied()).env("CLICOLOR_FORCE", "1").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        for sequence in ["\u{1b}[31m", "\u{1b}]", "\u{1b}[2J", "\u{7}"] {
            assert!(!text.contains(sequence), "{sequence:?} in {text:?}");
        }
    }
}

#[test]
fn every_subcommand_has_help() {
    let place = Place::new();
    let all = place.run(&["--help"]).done().stdout;
    assert!(all.contains("Exit codes"), "{all}");
    for subcommand in SUBCOMMANDS {
        assert!(all.contains(subcommand), "{subcommand} is missing in {all}");
        let help = place.run(&[subcommand, "--help"]).done().stdout;
        assert!(help.contains("Usage: rolecall"), "{help}");
        assert_eq!(help.contains("--index"), subcommand != "show", "{help}");
    }
    let search = place.run(&["search", "--help"]).done().stdout;
    for option in [
        "--role",
        "--section",
        "--skill",
        "--source",
        "--skill-match",
        "--limit",
        "--offset",
        "--sections-per-hit",
        "--sort",
        "--histograms",
        "--facet-query",
    ] {
        assert!(search.contains(option), "{option}");
    }
    assert!(place.run(&["ingest", "--help"]).done().stdout.contains("inks are not followed"));
    assert!(place.run(&["--version"]).done().stdout.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_second_folder_of_a_taken_name_is_an_error_that_names_the_way_out() {
    let place = two();
    place.write("other/pages/cloud.html", cloud());
    let before = place.bytes("index");
    place.run(&["ingest", "other/pages"]).fails(2, &["--source", "\"pages\""]);
    place.run(&["ingest", "pages", "other/pages"]).fails(2, &["--source"]);
    assert_eq!(place.bytes("index"), before);
    place.ingest(&["other/pages", "--source", "second"]);
    assert_eq!(all_ids(&place.search(&["kubernetes"])), ["pages~cloud.html", "second~cloud.html"]);
    place.run(&["ingest", "other/pages", "--source", "third"]).fails(2, &["\"second\""]);
}

#[test]
fn the_same_real_path_is_the_same_source() {
    let place = two();
    std::os::unix::fs::symlink(place.path("pages"), place.path("link")).unwrap();
    for path in ["pages/", "./pages", "link", "link/../pages", place.path("pages").to_str().unwrap()] {
        let report = place.ingest(&[path]);
        assert_eq!(report["pages"]["unchanged"], 2, "{path}: {report}");
        assert_eq!(report["sources"], json!(["pages"]), "{path}");
    }
    let report = place.ingest(&["pages", "link", "pages/cloud.html"]);
    assert_eq!((&report["pages"]["unchanged"], &report["pages"]["new"]), (&json!(2), &json!(0)), "{report}");
    assert_eq!(place.run(&["sources", "--json"]).done().json().as_array().unwrap().len(), 1);
}

#[test]
fn what_is_passed_over_is_reported_once_however_often_its_folder_is_given() {
    let place = two();
    place.write("pages/style.css", "");
    let report = place.ingest(&["pages", "./pages"]);
    assert_eq!(
        (&report["pages"]["skipped"], strings(&report["skipped"], "path")),
        (&json!(1), vec!["style.css"])
    );
}

#[test]
fn a_file_belongs_to_the_source_of_its_folder() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    place.ingest(&["pages/cloud.html"]);
    assert_eq!(ids(&place.search(&[])), ["pages~cloud.html"]);
    let report = place.ingest(&["pages/data.html"]);
    assert_eq!(
        (&report["pages"]["new"], &report["pages"]["removed"]),
        (&json!(1), &json!(0)),
        "the other page stays"
    );
    let report = place.ingest(&["pages"]);
    assert_eq!(report["pages"]["unchanged"], 2);
    place.delete("pages/data.html");
    assert_eq!(place.ingest(&["pages/cloud.html"])["pages"]["removed"], 0);
    assert_eq!(place.ingest(&["pages"])["pages"]["removed"], 1);
    assert_eq!(ids(&place.search(&[])), ["pages~cloud.html"]);
}

#[test]
fn files_of_one_folder_are_one_source_under_the_name_given() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    let report = place.ingest(&["pages/cloud.html", "pages/data.html", "--source", "mine"]);
    assert_eq!((&report["pages"]["new"], &report["sources"]), (&json!(2), &json!(["mine"])));
    assert_eq!(ids(&place.search(&["--source", "mine"])), ["mine~cloud.html", "mine~data.html"]);
}

#[test]
fn a_page_or_a_whole_source_can_be_taken_out() {
    let place = two();
    place.write("more/sales.html", html("Sales Engineer", &[("Overview", &["Sells."])]));
    place.ingest(&["more"]);
    place.run(&["remove", "pages~data.html"]).done();
    assert_eq!(ids(&place.search(&[])), ["more~sales.html", "pages~cloud.html"]);
    place.run(&["remove", "pages~data.html"]).fails(3, &["pages~data.html"]);
    place.run(&["remove", "more"]).done();
    assert_eq!(ids(&place.search(&[])), ["pages~cloud.html"]);
    assert_eq!(strings(&place.run(&["sources", "--json"]).done().json(), "name"), ["pages"]);
    assert_eq!(place.search(&[])["facets"]["role"].as_array().unwrap().len(), 1);
    assert!(place.path("pages/data.html").exists(), "files are not touched");
    assert_eq!(place.ingest(&["pages"])["pages"]["new"], 1);
    assert_eq!(ids(&place.search(&[])), ["pages~cloud.html", "pages~data.html"]);
}

#[test]
fn an_index_that_another_process_writes_exits_3_and_still_answers() {
    let place = two();
    place.write("pages/new.html", html("New Engineer", &[("Overview", &["New."])]));
    let lock = File::open(place.path("index/lock")).unwrap();
    lock.try_lock().unwrap();
    place.run(&["ingest", "pages"]).fails(3, &["written by another"]);
    place.run(&["remove", "pages"]).fails(3, &["written by another"]);
    place.run(&["serve", "--listen", "127.0.0.1:0", "--ingest", "pages"]).fails(3, &["written by another"]);
    assert_eq!(ids(&place.search(&[])).len(), 2);
    drop(lock);
    assert_eq!(place.ingest(&["pages"])["pages"]["new"], 1);
}

#[test]
fn a_damaged_index_exits_3_says_so_and_is_left_as_it_is() {
    let place = two();
    let good = fs::read_to_string(place.path("index/current")).unwrap();
    let damages = [
        "",
        "{",
        "null",
        r#"{"format":1,"folder":"documents-9"}"#,
        r#"{"format":1,"folder":"../pages"}"#,
        r#"{"format":999,"folder":"documents-1"}"#,
    ];
    for damage in damages {
        fs::write(place.path("index/current"), damage).unwrap();
        let before = place.bytes("index");
        for args in [
            &["search", "x"][..],
            &["ingest", "pages"],
            &["sources"],
            &["remove", "pages"],
            &["serve", "--listen", "127.0.0.1:0"],
        ] {
            place.run(args).fails(3, &["the index in index", "rolecall ingest"]);
        }
        assert_eq!(place.bytes("index"), before, "{damage}");
    }
    fs::write(place.path("index/current"), good).unwrap();
    assert_eq!(ids(&place.search(&[])).len(), 2);
}

#[test]
fn a_damaged_document_store_exits_3() {
    let place = two();
    let meta = place.bytes("index").into_keys().find(|path| path.ends_with("meta.json")).unwrap();
    fs::write(meta, "{}").unwrap();
    place.run(&["search", "x"]).fails(3, &["damaged"]);
    place.run(&["ingest", "pages"]).fails(3, &["damaged"]);
}

#[test]
fn a_dry_run_reports_and_changes_nothing() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    let report = place.ingest(&["pages", "--dry-run"]);
    assert_eq!((&report["dry_run"], &report["pages"]["new"]), (&json!(true), &json!(2)));
    assert!(!place.path("index").exists());
    place.ingest(&["pages"]);
    place.write("pages/new.html", html("New Engineer", &[("Overview", &["New."])]));
    place.write("pages/data.html", data().replace("patience", "haste"));
    place.delete("pages/cloud.html");
    let before = place.bytes("index");
    let would = place.ingest(&["pages", "--dry-run"]);
    assert_eq!(place.bytes("index"), before);
    assert!(place.run(&["ingest", "pages", "--dry-run"]).done().stdout.contains("Would be"));
    let did = place.ingest(&["pages"]);
    let counts = json!({ "new": 1, "changed": 1, "unchanged": 0, "removed": 1, "skipped": 0, "failed": 0 });
    assert_eq!((&would["pages"], &did["pages"]), (&counts, &counts));
    assert_ne!(place.bytes("index"), before);
}

#[test]
fn the_terminal_and_the_server_answer_alike() {
    let place = two();
    let server = Server::start(&place);
    for (args, query) in [
        (&["kubernetes", "leadership"][..], "q=kubernetes+leadership"),
        (&["python -kubernetes"], "q=python+-kubernetes"),
        (&[], ""),
        (
            &["engineer", "--section", "requirements", "--section", "salary"],
            "q=engineer&section=requirements&section=salary",
        ),
        (
            &["--skill", "python", "--skill", "nosuch", "--skill-match", "any"],
            "skill=python&skill=nosuch&skill_match=any",
        ),
        (&["--role", "data-engineer", "--source", "pages"], "role=data-engineer&source=pages"),
        (
            &["--limit", "1", "--offset", "1", "--sections-per-hit", "1"],
            "limit=1&offset=1&sections_per_hit=1",
        ),
        (&["--facets", "source,skill", "--facet-limit", "1"], "facets=source,skill&facet_limit=1"),
        (&["--facets", ""], "facets="),
    ] {
        let (printed, answered) = (place.search(args), server.get(&format!("/search?{query}")).json());
        assert_eq!(printed["generation"], answered["generation"]);
        assert_eq!(timeless(printed), timeless(answered), "{query}");
    }
}

#[test]
fn a_port_that_is_taken_exits_3_and_is_named() {
    let place = two();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    place.run(&["serve", "--listen", &address]).fails(3, &["--listen", &address]);
}

#[test]
fn serve_ingests_first_where_it_is_told_to() {
    let place = Place::with_pages(&[("cloud.html", &cloud()), ("data.html", &data())]);
    let server = Server::start_with(&place, &["--ingest", "pages"]);
    assert_eq!(server.get("/search?q=kubernetes").json()["total"]["pages"], 1);
}

#[test]
fn it_starts_in_the_environment_in_which_cargo_runs_it() {
    let place = Place::new();
    // What a build says of itself is in the environment of `cargo run`, and of this test.
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("rolecall"));
    command.arg("sources").current_dir(place.path("")).env_remove("ROLECALL_RECORD_RELEVANCE");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "there is no index, and nothing else is wrong: {said}");
}
