//! Any text as a question to the sample corpus: it is answered, and what is highlighted lies in what is quoted.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use rolecall::index::Location;
use rolecall::ingest::{IngestOptions, ingest};
use rolecall::model::FacetField;
use rolecall::search::{SearchError, SearchRequest, Searcher, Snippet};
use std::sync::LazyLock;

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::new(folder.path().join("index"));
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus");
    let options = IngestOptions { paths: vec![corpus.into()], threads: 1, ..IngestOptions::default() };
    let report = ingest(&location, &options, &|_, _| {}).expect("the sample corpus can be ingested");
    assert!(report.pages.new > 10, "too few pages to ask: {}", report.pages.new);
    // What is open stays readable when the folder is removed at the end of this function.
    Searcher::open(&location).expect("an index")
});

// To read the samples is none of a question's time.
fuzz_target!(init: { LazyLock::force(&SEARCHER); }, |bytes: &[u8]| -> Corpus {
    let Ok(question) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    let request = SearchRequest {
        q: question.to_owned(),
        limit: 5,
        facets: FacetField::ALL.to_vec(),
        ..SearchRequest::default()
    };
    let response = match SEARCHER.search(&request) {
        Ok(response) => response,
        Err(SearchError::Invalid(_)) => return Corpus::Reject,
        Err(error) => panic!("{error}"),
    };
    assert!(response.hits.len() <= 5);
    assert!(response.total.pages >= response.hits.len() as u64);
    for hit in &response.hits {
        let spans = hit.title_highlights.iter().map(|span| (span.start, span.end));
        check_spans(&hit.title, spans);
        hit.sections.iter().for_each(|section| check_snippet(&section.snippet));
    }
    Corpus::Keep
});

/// Code points within the text, in order and without overlap.
fn check_spans(text: &str, spans: impl Iterator<Item = (usize, usize)>) {
    let length = text.chars().count();
    let mut after = 0;
    for (start, end) in spans {
        assert!(after <= start && start < end && end <= length, "{start}..{end} after {after} in {text:?}");
        after = end;
    }
}

fn check_snippet(snippet: &Snippet) {
    let Snippet { text, highlights, html } = snippet;
    check_spans(text, highlights.iter().map(|highlight| (highlight.start, highlight.end)));
    let plain = html.replace("<mark>", "").replace("</mark>", "");
    assert!(!plain.contains(['<', '>']), "a tag in {html:?}");
    assert_eq!(&unescaped(&plain), text, "{html:?}");
    let marked = html.split("<mark>").skip(1).map(|rest| rest.split("</mark>").next().unwrap_or(rest));
    let marked: Vec<String> = marked.map(unescaped).collect();
    let quoted: Vec<String> = highlights
        .iter()
        .map(|highlight| text.chars().skip(highlight.start).take(highlight.end - highlight.start).collect())
        .collect();
    assert_eq!(marked, quoted, "{html:?}");
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
