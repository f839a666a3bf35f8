//! An index that was changed many times equals one that was built afresh: every page, every answer, every score.

use crate::made_up::{MadeUp, Question, page, question};
use crate::support::{Place, answer, html, ingest, pages, whole};
use proptest::prelude::*;
use rolecall::index::{Location, Snapshot, SourceState};
use rolecall::ingest::{IngestOptions, remove};
use rolecall::search::{SearchRequest, Searcher};
use serde_json::Value;

const SOURCES: [&str; 2] = ["first", "second"];

/// Something that happens to a page between two runs.
#[derive(Clone, Debug)]
enum Change {
    /// Its file is written, for the first time or anew.
    Put(MadeUp),
    /// Its file is deleted.
    Delete,
    /// It is taken out of the index while its file stays.
    Forget,
}

/// Changes to pages (source, number), and which sources are read afterwards on how many threads.
#[derive(Clone, Debug)]
struct Step {
    changes: Vec<(usize, u8, Change)>,
    read: &'static [&'static str],
    threads: usize,
}

fn step() -> impl Strategy<Value = Step> {
    let change =
        prop_oneof![6 => page().prop_map(Change::Put), 3 => Just(Change::Delete), 1 => Just(Change::Forget)];
    let changes = prop::collection::vec((0..SOURCES.len(), 0_u8..7, change), 0..7);
    let read = prop::sample::select(vec![&SOURCES[..], &SOURCES[..1], &SOURCES[1..]]);
    (changes, read, 1_usize..4).prop_map(|(changes, read, threads)| Step { changes, read, threads })
}

/// Folders with one page each that stays, so that none is ever empty.
fn place() -> Place {
    let place = Place::new();
    for source in SOURCES {
        place.write(
            &format!("{source}/keep.html"),
            html("Keeping Engineer", &[("Overview", &["Keeps brovilk in Python."])]),
        );
    }
    place
}

/// Reads sources into an index; with one thread its pages lie in one segment.
fn read(place: &Place, location: &Location, sources: &[&str], threads: usize) {
    let paths = sources.iter().map(|source| place.path(source)).collect();
    ingest(location, &IngestOptions { paths, threads, ..IngestOptions::default() }).unwrap();
}

fn change(place: &Place, source: usize, number: u8, change: &Change) {
    let file = format!("{}/{number}.html", SOURCES[source]);
    match change {
        Change::Put(page) => drop(place.write(&file, page.html())),
        Change::Delete if place.path(&file).exists() => place.delete(&file),
        Change::Forget if place.location().exists() => {
            remove(&place.location(), &format!("{}~{number}.html", SOURCES[source])).unwrap();
        }
        Change::Delete | Change::Forget => {}
    }
}

/// All that can be asked of an index with these questions: with and without a filter of each kind, in pages and whole.
fn answers(location: &Location, questions: &[Question]) -> Vec<(SearchRequest, Value)> {
    let searcher = Searcher::open(location).unwrap();
    let filtered = |request: SearchRequest| {
        [
            SearchRequest { skill: vec!["python".to_owned()], ..request.clone() },
            SearchRequest {
                section: vec!["requirements".to_owned(), "vontraz-things".to_owned()],
                ..request.clone()
            },
            SearchRequest { role: vec!["data-engineer".to_owned(), "tastuld".to_owned()], ..request.clone() },
            SearchRequest { source: vec!["second".to_owned()], facet_limit: 3, ..request.clone() },
            SearchRequest { limit: 2, offset: 1, sections_per_hit: 1, ..request.clone() },
            request,
        ]
    };
    let everything = Question { wants: Vec::new(), nots: Vec::new() };
    let requests =
        questions.iter().chain([&everything]).flat_map(|question| filtered(whole(&question.text())));
    requests.map(|request| (request.clone(), answer(&searcher, &request))).collect()
}

fn sources(location: &Location) -> Vec<SourceState> {
    Snapshot::open(location).unwrap().state.sources
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn an_incremental_index_equals_one_built_afresh(
        steps in prop::collection::vec(step(), 1..8),
        questions in prop::collection::vec(question(), 4),
    ) {
        let place = place();
        for step in &steps {
            step.changes.iter().for_each(|(source, number, what)| change(&place, *source, *number, what));
            read(&place, &place.location(), step.read, step.threads);
        }
        read(&place, &place.location(), &SOURCES, 2);
        let fresh = Location::new(place.path("fresh"));
        read(&place, &fresh, &SOURCES, 2);
        prop_assert_eq!(pages(&place.location()), pages(&fresh));
        prop_assert_eq!(sources(&place.location()), sources(&fresh));
        for ((request, incremental), (_, fresh)) in answers(&place.location(), &questions).into_iter().zip(answers(&fresh, &questions)) {
            prop_assert_eq!(incremental.to_string(), fresh.to_string(), "{:?}", request);
        }
    }
}

#[test]
fn a_label_that_only_deleted_pages_had_is_forgotten() {
    let place = Place::new();
    let write = |name: &str, title: &str, heading: &str| {
        place.write(
            &format!("first/{name}.html"),
            html(title, &[(heading, &["Text."]), ("Salary", &["Text."])]),
        );
    };
    write("a", "DATA Engineer", "ODD Things");
    write("b", "Data Engineer", "Odd things");
    read(&place, &place.location(), &["first"], 1);
    write("a", "Cloud Engineer", "Overview");
    read(&place, &place.location(), &["first"], 1);
    let labels = |field: usize| {
        let answer = place.searcher().search(&whole("")).unwrap();
        answer.facets.0[field].1.iter().map(|value| value.label.clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels(0), ["Cloud Engineer", "Data Engineer"]);
    assert_eq!(labels(1), ["Salary", "Odd things", "Overview"]);
}

#[test]
fn values_that_only_deleted_pages_had_are_unknown_to_filters() {
    let place = place();
    let file =
        place.write("first/odd.html", html("Odd Engineer", &[("Odd things", &["Terraform and Docker."])]));
    read(&place, &place.location(), &SOURCES, 1);
    std::fs::remove_file(file).unwrap();
    read(&place, &place.location(), &SOURCES, 1);
    let request = SearchRequest {
        role: vec!["odd-engineer".to_owned()],
        section: vec!["odd-things".to_owned()],
        skill: vec!["terraform".to_owned()],
        ..SearchRequest::default()
    };
    let response = place.searcher().search(&request).unwrap();
    let warned: Vec<&str> = response.warnings.iter().map(|warning| warning.parameter.as_str()).collect();
    assert_eq!((response.total.pages, warned), (0, vec!["role", "section", "skill"]));
}

#[test]
fn what_only_deleted_pages_say_keeps_no_other_page_from_being_listed() {
    let place = Place::new();
    let write = |name: &str, title: &str, text: &str| {
        place.write(
            &format!("first/{name}.html"),
            html(title, &[("Overview", &[text]), ("Salary", &["Text."])]),
        );
    };
    write("a", "Brovilk Engineer", "Tastuld.");
    write("b", "Second Engineer", "Text.");
    write("c", "Third Engineer", "Text.");
    write("z", "Brovilk Engineer", "Tastuld.");
    read(&place, &place.location(), &["first"], 1);
    write("a", "First Engineer", "Text.");
    read(&place, &place.location(), &["first"], 1);
    for question in ["-brovilk", "-tastuld", "-\"brovilk engineer\"", "engineer -brovilk"] {
        let response = place.searcher().search(&whole(question)).unwrap();
        let mut ids: Vec<&str> =
            response.hits.iter().map(|hit| hit.id.trim_start_matches("first~")).collect();
        ids.sort_unstable();
        let last = (question == "-tastuld").then_some("z.html");
        let wanted: Vec<&str> = ["a.html", "b.html", "c.html"].into_iter().chain(last).collect();
        assert_eq!(ids, wanted, "{question}");
    }
}
