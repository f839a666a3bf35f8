//! Runs of a server that goes on answering: one at a time, told of while they go on, caused by changes that are watched.

use crate::support::{Place, eventually, html};
use rolecall::index::State;
use rolecall::ingest::IngestOptions;
use rolecall::ingest::runs::{Cause, Progress, RunnableSource, Runs, Watching, source_of};
use std::fs;
use std::sync::Arc;

fn page(role: &str) -> String {
    html(role, &[("Requirements", &["Python and patience."])])
}

fn runs(place: &Place, watched: bool) -> Arc<Runs> {
    let path = place.path("pages");
    let options = IngestOptions { paths: vec![path.clone()], ..IngestOptions::default() };
    let name = source_of(&path, None, &State::default()).unwrap();
    Runs::start(place.location(), vec![RunnableSource { name, path, options, watched }], |_| {}).unwrap()
}

/// Waits until nothing goes on and nothing waits; what ended then, the newest first.
fn ended(runs: &Runs) -> Vec<Progress> {
    eventually("the runs end", || runs.all().iter().all(|run| run.progress.is_over()));
    runs.all().into_iter().map(|run| run.progress).collect()
}

fn titles(place: &Place) -> Vec<String> {
    place.searcher().page_ids()
}

#[test]
fn a_source_is_read_when_somebody_asks() {
    let place = Place::ingested(&[("a.html", &page("Data Engineer"))]);
    let runs = runs(&place, false);
    assert!(runs.ask("nothing", Cause::Request).is_none());
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    let asked = runs.ask("pages", Cause::Request).unwrap();
    eventually("the run ends", || runs.run(asked.id).unwrap().progress.is_over());
    let Progress::Done { report, .. } = runs.run(asked.id).unwrap().progress else { panic!() };
    assert_eq!((report.pages.new, report.pages.unchanged), (1, 1));
    assert_eq!(titles(&place), ["pages~a.html", "pages~b.html"]);
    assert_eq!(runs.counts().done, 1);
}

#[test]
fn a_run_that_fails_changes_nothing_and_says_why() {
    let place = Place::ingested(&[("a.html", &page("Data Engineer"))]);
    let runs = runs(&place, false);
    fs::rename(place.path("pages"), place.path("away")).unwrap();
    runs.ask("pages", Cause::Request).unwrap();
    let ended = ended(&runs);
    let [Progress::Failed { reason, .. }] = ended.as_slice() else { panic!("{ended:?}") };
    assert!(reason.contains("there is no such file or folder"), "{reason}");
    assert_eq!(titles(&place), ["pages~a.html"]);
    assert_eq!(runs.counts().failed, 1);
    fs::rename(place.path("away"), place.path("pages")).unwrap();
    runs.ask("pages", Cause::Request).unwrap();
    eventually("the source is read again", || runs.counts().done == 1);
}

#[test]
fn what_changes_in_a_folder_is_read() {
    let place = Place::ingested(&[("a.html", &page("Data Engineer"))]);
    let runs = runs(&place, true);
    let _watching = Watching::start(Arc::clone(&runs), &place.path("index")).unwrap();
    fs::create_dir(place.path("pages/deep")).unwrap();
    fs::write(place.path("pages/deep/b.html"), page("Nurse")).unwrap();
    eventually("the new page is there", || titles(&place) == ["pages~a.html", "pages~deep~b.html"]);
    // A folder that came while it was watched is watched, too.
    fs::write(place.path("pages/deep/c.html"), page("Baker")).unwrap();
    eventually("the page in the new folder is there", || titles(&place).len() == 3);
    fs::remove_file(place.path("pages/a.html")).unwrap();
    eventually("the removed page is gone", || titles(&place).len() == 2);
    assert_eq!(runs.counts().failed, 0);
}

#[test]
fn a_folder_that_goes_and_comes_back_keeps_its_pages() {
    let place = Place::ingested(&[("a.html", &page("Data Engineer"))]);
    let runs = runs(&place, true);
    let _watching = Watching::start(Arc::clone(&runs), &place.path("index")).unwrap();
    fs::rename(place.path("pages"), place.path("away")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert_eq!(titles(&place), ["pages~a.html"]);
    fs::rename(place.path("away"), place.path("pages")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    fs::write(place.path("pages/b.html"), page("Nurse")).unwrap();
    eventually("the page is there", || titles(&place).len() == 2);
}

#[test]
fn a_folder_that_changes_all_the_time_is_read_all_the_same() {
    let place = Place::ingested(&[("a.html", &page("Data Engineer"))]);
    let runs = runs(&place, true);
    let _watching = Watching::start(Arc::clone(&runs), &place.path("index")).unwrap();
    let mut count = 0;
    eventually("the changes are read", || {
        fs::write(place.path(&format!("pages/n{}.html", count % 7)), page(&format!("Nurse {count}")))
            .unwrap();
        count += 1;
        titles(&place).len() > 1
    });
}
