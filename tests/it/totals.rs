//! Counts of a sample beside exact ones: the same pages are listed, in the same order, and the counts are near.

use crate::support::{Dice, Place, Server, html};
use rolecall::model::FacetField;
use rolecall::search::{HistogramField, SearchRequest, SearchResponse, Searcher, Sort, Totals};

pub(crate) const PAGES: usize = 3000;
/// How many of them are looked at.
const SAMPLE: usize = 500;
const TITLES: [&str; 6] =
    ["Welder", "Baker", "Senior Welder", "Data Engineer", "Lead Baker", "Nurse Manager"];
const WORDS: [&str; 12] = [
    "welding", "python", "sql", "ovens", "care", "teams", "budget", "metal", "bread", "night", "shifts",
    "reports",
];

/// Pages of few words, each many times; they come in the order of their folders, so those that lie together are alike.
pub(crate) fn place() -> Place {
    let place = Place::new();
    let mut dice = Dice::seeded(11);
    for page in 0..PAGES {
        let mut any = |from: &[&str], least: usize| {
            let count = least + (dice.roll() * 8.0) as usize;
            let words = (0..count).map(|_| from[(dice.roll() * dice.roll() * from.len() as f64) as usize]);
            words.collect::<Vec<_>>().join(" ")
        };
        let (duties, skills) = (any(&WORDS, 1), any(&WORDS, 1));
        let title = TITLES[page * TITLES.len() / PAGES];
        let pay = format!("The salary is ${},000 per year.", 30 + page % 90);
        let title = format!("{title} {}", any(&WORDS, 0));
        let sections: [(&str, &[&str]); 3] =
            [("Responsibilities", &[&duties]), ("Skills", &[&skills]), ("Salary", &[&pay])];
        place.write(&format!("pages/{page}.html"), html(&title, &sections));
    }
    place.ingest(&["pages"]);
    place
}

/// All that is counted, of which a sample may be looked at.
pub(crate) fn question(q: &str) -> SearchRequest {
    SearchRequest {
        q: q.to_owned(),
        facets: FacetField::ALL.to_vec(),
        facet_limit: PAGES,
        histograms: HistogramField::ALL.to_vec(),
        sample: SAMPLE,
        ..SearchRequest::default()
    }
}

fn answers(searcher: &Searcher, request: &SearchRequest) -> [SearchResponse; 2] {
    [Totals::Exact, Totals::Estimated]
        .map(|totals| searcher.search(&SearchRequest { totals, ..request.clone() }).unwrap())
}

/// What of an answer is listed.
fn listed(answer: &SearchResponse) -> Vec<String> {
    answer.hits.iter().map(|hit| serde_json::to_string(hit).unwrap()).collect()
}

fn is_near(estimated: u64, exact: u64) -> bool {
    let (estimated, exact) = (estimated as f64, exact as f64);
    // Six standard deviations of a count in a sample of a sixth.
    (estimated - exact).abs() <= 6.0 * (exact * (PAGES / SAMPLE) as f64).sqrt()
}

#[test]
fn the_same_pages_are_listed_and_counts_are_near() {
    let place = place();
    let searcher = place.searcher();
    let level = vec!["senior".to_owned()];
    let requests = [
        question("welding"),
        question("python sql"),
        question("budget"),
        question("baker"),
        question("\"python sql\""),
        question("welding OR nurse -bread"),
        question("welding unheardof"),
        question("weld*"),
        SearchRequest { offset: 95, limit: 20, ..question("teams") },
        SearchRequest { limit: 0, ..question("teams") },
        SearchRequest { level, ..question("welding") },
        SearchRequest { section: vec!["skills".to_owned()], ..question("python") },
        SearchRequest { pay: (Some(60_000.0), None), ..question("python") },
    ];
    for request in &requests {
        let [exact, estimated] = answers(&searcher, request);
        assert_eq!((exact.totals, estimated.totals), ("exact", "estimated"), "{}", request.q);
        assert_eq!(listed(&estimated), listed(&exact), "{}", request.q);
        assert_eq!(estimated.query.matched, exact.query.matched);
        let counts = |answer: &SearchResponse| {
            let total = answer.total;
            let facets = answer.facets.0.iter().flat_map(|(field, values)| {
                values.iter().map(move |value| ((field.id(), value.id.clone()), value.pages))
            });
            let histograms = answer.histograms.0.iter().flat_map(|(field, histogram)| {
                let buckets = histogram.buckets.iter();
                buckets.map(move |bucket| ((field.id(), bucket.from.to_string()), bucket.pages))
            });
            let totals = [("pages", total.pages), ("with all", total.pages_with_all)];
            let totals = totals.map(|(name, pages)| ((name, String::new()), pages));
            totals.into_iter().chain(facets).chain(histograms).collect::<std::collections::BTreeMap<_, _>>()
        };
        let (exact, estimated) = (counts(&exact), counts(&estimated));
        for (name, exact) in exact {
            let count = estimated.get(&name).copied().unwrap_or_default();
            assert!(is_near(count, exact), "{} {name:?}: {count} of {exact}", request.q);
        }
    }
}

#[test]
fn where_it_does_not_pay_all_are_counted() {
    let place = Place::new();
    for page in 0..300 {
        let text = if page == 7 { "Bakes rare bread." } else { "Bakes bread." };
        place.write(&format!("pages/{page}.html"), html(&format!("Baker {page}"), &[("Overview", &[text])]));
    }
    place.ingest(&["pages"]);
    let searcher = place.searcher();
    let question = |q: &str, sample| SearchRequest { q: q.to_owned(), sample, ..SearchRequest::default() };
    let by_title = Sort::from_id("title").unwrap();
    let requests = [
        // One page of a sample tells nothing, of few pages none is taken, and an order that asks for all is told by all.
        question("rare", 64),
        question("bread", 100),
        SearchRequest { sort: by_title, ..question("bread", 64) },
        question("", 64),
    ];
    for request in &requests {
        let [exact, estimated] = answers(&searcher, request);
        assert_eq!(estimated.totals, "exact", "{request:?}");
        assert_eq!((estimated.total, listed(&estimated)), (exact.total, listed(&exact)));
    }
    assert_eq!(answers(&searcher, &question("bread", 64))[1].totals, "estimated");
    let server = Server::start(&place);
    let answer = server.get("/search?q=bread&totals=estimated").json();
    assert_eq!((answer["totals"].as_str(), answer["total"]["pages"].as_u64()), (Some("exact"), Some(300)));
    let refused = server.get("/search?q=bread&totals=some");
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["errors"][0]["parameter"], "totals");
}

#[test]
fn what_everything_counts_is_kept() {
    let place = place();
    let searcher = place.searcher();
    let all = SearchRequest {
        facets: FacetField::ALL.to_vec(),
        histograms: HistogramField::ALL.to_vec(),
        ..SearchRequest::default()
    };
    // Everything by another way, which is counted as it is asked for.
    let counted = SearchRequest { source: vec!["pages".to_owned()], ..all.clone() };
    let counted = searcher.search(&counted).unwrap();
    for sort in ["relevance", "title", "pay", "modified"] {
        let sort = Sort::from_id(sort).unwrap();
        let request = SearchRequest { sort, ..all.clone() };
        let by_filter = SearchRequest { source: vec!["pages".to_owned()], ..request.clone() };
        let first = searcher.search(&request).unwrap();
        let second = searcher.search(&request).unwrap();
        assert_eq!((first.total, &first.histograms), (counted.total, &counted.histograms));
        let facets = |answer: &SearchResponse| {
            let mut facets = answer.facets.0.clone();
            facets.iter_mut().flat_map(|(_, values)| values).for_each(|value| value.selected = false);
            facets
        };
        assert_eq!((facets(&first), facets(&second)), (facets(&counted), facets(&counted)));
        assert_eq!(listed(&first), listed(&searcher.search(&by_filter).unwrap()));
        assert_eq!(listed(&second), listed(&first));
    }
    // In another order, too.
    let turned =
        SearchRequest { histograms: vec![HistogramField::Experience, HistogramField::Pay], ..all.clone() };
    let turned = searcher.search(&turned).unwrap().histograms.0;
    assert_eq!(turned.into_iter().rev().collect::<Vec<_>>(), counted.histograms.0);
    let few = SearchRequest { facets: vec![FacetField::Skill], histograms: Vec::new(), ..all };
    let few = searcher.search(&few).unwrap();
    assert_eq!((few.facets.0.len(), few.histograms.0.len()), (1, 0));
}
