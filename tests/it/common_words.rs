//! Words that stand in most pages are read many pages at a time, and not page by page: the answers are the same.

use crate::support::{Place, answer};
use crate::totals::{self, question};
use rolecall::search::{SearchError, SearchRequest, Searcher, Sort, Totals};
use serde_json::Value;
use std::time::Instant;

/// No page has it. A question that excludes something is answered page by page.
const UNHEARD_OF: &str = "-unheardof";

/// What an answer says of pages.
fn said(searcher: &Searcher, request: &SearchRequest) -> Vec<Value> {
    let answer = answer(searcher, request);
    ["hits", "total", "facets", "histograms"].map(|part| answer[part].clone()).into()
}

fn assert_are_the_same(searcher: &Searcher) {
    let skill = vec!["python".to_owned()];
    let section = vec!["skills".to_owned()];
    let requests = [
        question("welding"),
        question("welding python"),
        question("python sql teams"),
        question("welding OR nurse"),
        question("(welding OR ovens) AND (teams OR night)"),
        question("senior welder"),
        question("lead baker welding"),
        question("nurse manager"),
        question("role:welder welding"),
        question("salary welding"),
        question("welders manages reporting"),
        question("the welding of the bread"),
        question("who has the python"),
        question("welding unheardof"),
        question("k8s python"),
        SearchRequest { offset: 480, limit: 40, ..question("teams") },
        SearchRequest { limit: 0, ..question("teams") },
        SearchRequest { skill, ..question("welding") },
        SearchRequest { section, ..question("python") },
        SearchRequest { sort: Sort::from_id("pay").unwrap(), ..question("welding") },
        SearchRequest { totals: Totals::Estimated, ..question("welding") },
        SearchRequest { totals: Totals::Estimated, ..question("teams budget") },
        SearchRequest { totals: Totals::Estimated, ..question("senior welding") },
    ];
    for request in requests {
        let by_page = SearchRequest { q: format!("{} {UNHEARD_OF}", request.q), ..request.clone() };
        let [one, other] = [&request, &by_page].map(|request| said(searcher, request));
        assert!(one[1]["pages"].as_u64() > Some(100), "{request:?} {}", one[1]);
        assert_eq!(one, other, "{request:?}");
    }
}

#[test]
fn many_pages_at_a_time_say_what_each_says() {
    let place = totals::place();
    assert_are_the_same(&place.searcher());
    change(&place);
    assert_are_the_same(&place.searcher());
}

/// Takes pages away, one here and many that lie together there, and changes others: what they were is deleted, and they are
/// in another segment now.
fn change(place: &Place) {
    let path = |page: usize| place.path(&format!("pages/{page}.html"));
    for page in (0..totals::PAGES).step_by(7).chain(1000..1300) {
        let _ = std::fs::remove_file(path(page));
    }
    for page in (1..totals::PAGES).step_by(11) {
        if let Ok(text) = std::fs::read_to_string(path(page)) {
            std::fs::write(path(page), text.replace("Responsibilities", "Duties")).unwrap();
        }
    }
    place.ingest(&["pages"]);
}

#[test]
fn a_deadline_is_looked_at_where_every_page_matches() {
    let place = totals::place();
    let searcher = place.searcher();
    let late = SearchRequest { deadline: Some(Instant::now()), ..question("salary") };
    assert!(matches!(searcher.search(&late), Err(SearchError::TooLate)));
}
