//! `kill -9` of an ingest at any moment leaves the old state or the new one, never a mix, and the next run needs no help.

use crate::support::{Dice, Place, answer, html, ingest, pages, whole};
use rolecall::index::Location;
use rolecall::ingest::IngestOptions;
use rolecall::model::Page;
use rolecall::search::{SearchRequest, Searcher};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

const SIGKILL: i32 = 9;
/// Pages of a version of the folder; half of them are in the other version too, with another text.
const PAGES: usize = 240;
/// Runs to kill while they are still running.
const KILLS: usize = 20;

/// All that an index answers: the whole listing with its facets, a ranked answer, and every page.
#[derive(PartialEq)]
struct State {
    answers: Vec<String>,
    pages: Vec<Page>,
}

impl State {
    fn of(location: &Location) -> Self {
        let searcher = Searcher::open(location).expect("an index that opens without help");
        let listing = (0..=PAGES).step_by(100).map(|offset| SearchRequest { offset, ..whole("") });
        let questions = listing.chain([whole("glonfrip python"), whole("engineer -glonfrip")]);
        let answers = questions.map(|request| answer(&searcher, &request).to_string()).collect();
        Self { answers, pages: pages(location) }
    }

    /// What a fresh index of the folder as it is would answer.
    fn fresh(place: &Place) -> Self {
        let fresh = Location::new(place.path("fresh"));
        let _ = fs::remove_dir_all(fresh.root());
        ingest(&fresh, &IngestOptions { paths: vec![place.path("pages")], ..IngestOptions::default() })
            .unwrap();
        Self::of(&fresh)
    }
}

/// Makes the folder that of a version: its pages and no others.
fn write_version(place: &Place, version: usize) {
    let _ = fs::remove_dir_all(place.path("pages"));
    for number in version * PAGES / 2..PAGES + version * PAGES / 2 {
        let requirements =
            format!("Version {version} wants glonfrip, Python and {number} years of patience.");
        let filler = "Some words about the work go on for a while. ".repeat(30);
        let text = html(
            &format!("Role{number} Engineer"),
            &[("Requirements", &[requirements.as_str()]), ("Overview", &[filler.as_str()])],
        );
        place.write(&format!("pages/{number}.html"), text);
    }
}

/// How long `ingest pages` takes when nobody kills it.
fn measure(place: &Place) -> Duration {
    let start = Instant::now();
    place.run(&["ingest", "pages"]).done();
    start.elapsed()
}

/// Starts `ingest pages` and kills it after this long; whether it was still running.
fn killed_after(place: &Place, after: Duration) -> bool {
    let mut child =
        place.command(["ingest", "pages"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap().signal() == Some(SIGKILL)
}

/// Folders of documents in the index: one that is current, and what killed runs left.
fn document_folders(place: &Place) -> usize {
    let entries = fs::read_dir(place.path("index")).unwrap();
    entries
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("documents-"))
        .count()
}

#[test]
fn twenty_killed_runs_leave_the_old_or_the_new_state_and_the_next_ends_in_the_new() {
    let place = Place::new();
    let mut dice = Dice::new();
    let states = [0, 1].map(|version| {
        write_version(&place, version);
        State::fresh(&place)
    });
    assert!(states[0] != states[1]);
    write_version(&place, 0);
    place.run(&["ingest", "pages"]).done();
    write_version(&place, 1);
    let mut duration = measure(&place);
    assert!(State::of(&place.location()) == states[1], "an undisturbed run");
    let (mut killed, mut seen) = (0, BTreeMap::from([("old", 0), ("new", 0)]));
    for round in 0.. {
        let (old, new) = (&states[(round + 1) % 2], &states[round % 2]);
        write_version(&place, round % 2);
        let after = duration.mul_f64(dice.roll());
        killed += usize::from(killed_after(&place, after));
        let found = State::of(&place.location());
        assert!(
            found == *old || found == *new,
            "round {round}, killed after {after:?} of {duration:?}: a mix"
        );
        *seen.get_mut(if found == *old { "old" } else { "new" }).unwrap() += 1;
        let whole_run = measure(&place);
        assert!(
            State::of(&place.location()) == *new,
            "round {round}, killed after {after:?}: the next run needs help"
        );
        if found == *old {
            duration = whole_run;
        }
        if killed == KILLS {
            break;
        }
        assert!(round < 4 * KILLS, "the runs are too short to be killed: {killed} of {round} were");
    }
    eprintln!("a run takes {duration:?}; {killed} were killed, and the runs left {seen:?}");
    assert!(seen["old"] > 0);
    assert_eq!(document_folders(&place), 1);
}

#[test]
fn a_first_run_that_is_killed_leaves_no_index_or_a_whole_one() {
    let mut dice = Dice::new();
    let place = Place::new();
    write_version(&place, 0);
    let whole = State::fresh(&place);
    let duration = measure(&place);
    let mut killed = 0;
    for round in 0..6 {
        fs::remove_dir_all(place.path("index")).unwrap();
        let after = duration.mul_f64(dice.roll());
        killed += usize::from(killed_after(&place, after));
        if place.location().exists() {
            assert!(
                State::of(&place.location()) == whole,
                "round {round}, killed after {after:?} of {duration:?}: a part of an index"
            );
        } else {
            place.run(&["search", "python"]).fails(3, &["there is no index"]);
        }
        // Killed again and again, nothing piles up.
        let again = duration.mul_f64(dice.roll());
        killed += usize::from(killed_after(&place, again));
        place.run(&["ingest", "pages"]).done();
        assert!(
            State::of(&place.location()) == whole,
            "round {round}, killed after {after:?} and {again:?}: the next run needs help"
        );
        assert_eq!(document_folders(&place), 1, "what killed runs left is swept away");
    }
    assert!(killed >= 2, "the runs were too short to be killed");
}
