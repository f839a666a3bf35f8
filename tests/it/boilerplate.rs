//! Blocks that stand on most pages of a source are kept out of ranking and snippets, as long as they do.

use crate::support::{Place, answer, html, ingest, pages, whole};
use rolecall::index::Location;
use rolecall::ingest::{BoilerplateCounts, IngestOptions, IngestReport};
use rolecall::search::{SearchRequest, SearchResponse};

const NOTICE: &str = "Glonfrip runs Kubernetes and looks forward to your application.";

fn write(place: &Place, number: usize, paragraphs: &[&str]) {
    let own = format!("Plimvok number {number}.");
    let paragraphs: Vec<&str> = [own.as_str()].into_iter().chain(paragraphs.iter().copied()).collect();
    place.write(&format!("pages/{number:04}.html"), html("Test Engineer", &[("Overview", &paragraphs)]));
}

fn read(place: &Place, location: &Location) -> IngestReport {
    let options = IngestOptions { paths: vec![place.path("pages")], threads: 2, ..IngestOptions::default() };
    ingest(location, &options).unwrap()
}

fn search(place: &Place, q: &str) -> SearchResponse {
    place.searcher().search(&SearchRequest { limit: 100, ..whole(q) }).unwrap()
}

#[test]
fn what_stands_on_most_pages_is_neither_found_nor_quoted_nor_read_for_skills() {
    let place = Place::new();
    (0..6).for_each(|number| write(&place, number, &[NOTICE]));
    let report = read(&place, &place.location());
    let length = NOTICE.chars().count() as u64;
    assert_eq!(report.boilerplate, BoilerplateCounts { blocks: 1, places: 6, code_points: 6 * length });
    for q in ["glonfrip", "kubernetes", "\"your application\""] {
        assert_eq!(search(&place, q).total.pages, 0, "{q}");
    }
    // What is on every page is found by every heading, and by its own words.
    assert_eq!(search(&place, "overview").total.pages, 6);
    let own = search(&place, "plimvok");
    assert_eq!(own.total.pages, 6);
    assert!(own.hits.iter().all(|hit| !hit.sections[0].snippet.text.contains("Glonfrip")));
    // It is shown as what it is.
    let page = place.searcher().page(&own.hits[0].id).unwrap().unwrap();
    assert_eq!(
        (page.sections[0].blocks[1].text.as_str(), page.sections[0].boilerplate.as_slice()),
        (NOTICE, &[1][..])
    );
}

#[test]
fn half_of_the_pages_are_not_most_of_them_and_four_are_too_few() {
    let place = Place::new();
    (0..5).for_each(|number| write(&place, number, &[NOTICE]));
    (5..10).for_each(|number| write(&place, number, &[]));
    assert_eq!(read(&place, &place.location()).boilerplate, BoilerplateCounts::default());
    assert_eq!(search(&place, "glonfrip").total.pages, 5);
    // One page of the others goes, and five of nine are most.
    place.delete("pages/0009.html");
    let report = read(&place, &place.location());
    assert_eq!((report.pages.removed, report.pages.changed, report.pages.unchanged), (1, 5, 4));
    assert_eq!(search(&place, "glonfrip").total.pages, 0);
    // Most of four are too few.
    (4..9).for_each(|number| place.delete(&format!("pages/{number:04}.html")));
    assert_eq!(read(&place, &place.location()).pages.changed, 4);
    assert_eq!(search(&place, "glonfrip").total.pages, 4);
    assert_eq!(read(&place, &place.location()).pages.unchanged, 4);
}

#[test]
fn headings_short_facts_and_copies_of_a_page_are_no_boilerplate() {
    let place = Place::new();
    (0..6).for_each(|number| write(&place, number, &["Microsoft Excel"]));
    place.ingest(&["pages"]);
    assert_eq!(search(&place, "excel").total.pages, 6);
    let place = Place::new();
    for number in 0..9 {
        place.write(&format!("pages/{number}.html"), html("Test Engineer", &[("Overview", &[NOTICE])]));
    }
    place.ingest(&["pages"]);
    let found = search(&place, "glonfrip");
    assert_eq!((found.total.pages, found.hits[0].copies_total), (1, 8));
}

#[test]
fn a_source_where_the_first_pages_mislead_ends_like_one_that_grew() {
    let place = Place::new();
    let (first, all) = (520, 1050);
    (0..first).for_each(|number| write(&place, number, &[NOTICE]));
    read(&place, &Location::new(place.path("grown")));
    (first..all).for_each(|number| write(&place, number, &["Tastuld for all the others."]));
    let grown = read(&place, &Location::new(place.path("grown")));
    assert_eq!(grown.pages.changed, first as u64);
    let fresh = read(&place, &Location::new(place.path("fresh")));
    assert_eq!((fresh.boilerplate, fresh.boilerplate.places), (grown.boilerplate, 530));
    assert_eq!(fresh.boilerplate.code_points, 530 * "Tastuld for all the others.".len() as u64);
    let [grown, fresh] = ["grown", "fresh"].map(|name| Location::new(place.path(name)));
    assert_eq!(pages(&grown), pages(&fresh));
    for q in ["glonfrip", "tastuld", "plimvok", ""] {
        let [grown, fresh] = [&grown, &fresh].map(|location| {
            let searcher = rolecall::search::Searcher::open(location).unwrap();
            answer(&searcher, &SearchRequest { limit: 10, sections_per_hit: 1, ..whole(q) })
        });
        assert_eq!(grown["total"], fresh["total"], "{q}");
        assert_eq!(grown["hits"], fresh["hits"], "{q}");
    }
}

#[test]
fn how_much_was_left_out_is_known_of_a_source_that_was_guessed_rightly() {
    let place = Place::new();
    (0..600).for_each(|number| write(&place, number, &[NOTICE]));
    let length = NOTICE.chars().count() as u64;
    let wanted = BoilerplateCounts { blocks: 1, places: 600, code_points: 600 * length };
    assert_eq!(read(&place, &place.location()).boilerplate, wanted);
    assert_eq!(read(&place, &place.location()).boilerplate, wanted);
}
