//! How long answers take, ten hits with snippets and three facets: `cargo bench --bench search`.
//!
//! Over HTTP, in process, and beside plain tantivy doing the same work (`plain` says what is the same and what is not).
//! Median and 99th percentile are printed first; then criterion measures. `-- --profile-time 20 questions` leaves only
//! that for a profiler.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench that cannot go on says so")]

mod beside_plain;
#[path = "../common/mod.rs"]
mod common;
mod over_http;
mod plain;
mod questions;

use criterion::Criterion;
use rolecall::index::{Location, Snapshot};
use rolecall::search::{SearchRequest, Searcher};
use std::sync::Arc;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::new(folder.path().join("index"));
    let report = common::build(location.root());
    println!("{} pages, {} sections", report.pages.new, report.sections);
    let searcher = Arc::new(Searcher::open(&location).expect("an index"));
    let questions = questions::made_of(&Snapshot::open(&location).expect("an index"));
    if !std::env::args().any(|argument| argument == "--profile-time") {
        let plain = plain::Plain::build(&location, &folder.path().join("plain"));
        beside_plain::beside_plain(&searcher, &plain, &questions);
        over_http::over_http(Arc::clone(&searcher));
    }
    let requests: Vec<SearchRequest> = questions.iter().map(|question| request(question)).collect();
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("questions in process", |bencher| {
        bencher.iter(|| {
            requests
                .iter()
                .map(|request| searcher.search(request).expect("an answer").total.pages)
                .sum::<u64>()
        });
    });
    criterion.bench_function("everything listed", |bencher| {
        bencher.iter(|| searcher.search(&request("")).expect("an answer"))
    });
    criterion.bench_function("open the index", |bencher| {
        bencher.iter(|| Searcher::open(&location).expect("an index"))
    });
    criterion.final_summary();
}

fn request(query: &str) -> SearchRequest {
    SearchRequest { q: query.to_owned(), ..SearchRequest::default() }
}
