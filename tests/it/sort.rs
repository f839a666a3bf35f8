//! The order of hits: what it compares, what comes last, and that parts of a list are the list.

use crate::stated::{Corpus, config, pay, question, stated};
use crate::support::{Place, Server, html, strings};
use proptest::prelude::*;
use rolecall::model::Page;
use rolecall::search::{Hit, SearchRequest, Sort};
use serde_json::json;
use std::cmp::Ordering;

const SORTS: [&str; 7] = ["relevance", "title", "title:desc", "pay", "pay:asc", "modified", "modified:asc"];

/// What the made-up dates mean, in order.
const MOMENTS: [&str; 5] =
    ["1999-12-31 23:59", "2024-01-31", "2024-02-01T00:30:00+01:00", "2024-02-01", "2024-02-01T00:10:00Z"];

/// What a page is compared by, as a number of which the least comes first; none where it does not state it.
fn key(page: &Page, sort: &str, currency: &str) -> Option<f64> {
    let (name, direction) = sort.split_once(':').unwrap_or((sort, ""));
    let (value, falls) = match name {
        "title" => {
            let words: Vec<String> = page.title.split_whitespace().map(|word| word.to_lowercase()).collect();
            let bare = words.join(" ").replace('"', "").replace('é', "e");
            // Compared by its first letters: enough to tell the made-up titles apart.
            let number = bare.bytes().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(byte));
            (Some(number as f64), direction == "desc")
        }
        "pay" => {
            let middle = |&(low, high): &(f64, f64)| match (low, high) {
                (0.0, high) => high,
                (low, f64::INFINITY) => low,
                (low, high) => (low + high) / 2.0,
            };
            let mut middles: Vec<f64> = pay(page, currency).iter().map(middle).collect();
            middles.sort_by(f64::total_cmp);
            let count = middles.len();
            let median = (count > 0).then(|| (middles[(count - 1) / 2] + middles[count / 2]) / 2.0);
            (median, direction != "asc")
        }
        "modified" => {
            let moment = |text: &String| MOMENTS.iter().position(|known| known == text);
            (page.modified.as_ref().and_then(moment).map(|place| place as f64), direction != "asc")
        }
        _ => (Some(0.0), false),
    };
    value.map(|value| if falls { -value } else { value })
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn hits_are_in_the_order_asked_for_and_parts_of_a_list_are_the_list(
        made_up in prop::collection::vec(stated(), 1..30),
        questions in prop::collection::vec(question(), 4),
        step in 1_usize..7,
        currency in prop::option::of(prop::sample::select(&["USD", "EUR"][..])),
    ) {
        let corpus = Corpus::new(&made_up.iter().map(|page| page.html()).collect::<Vec<_>>());
        for question in &questions {
            let by_relevance = corpus.search(question);
            for name in SORTS {
                let sort = Sort::from_id(name).unwrap();
                let request = SearchRequest { sort, currency: currency.map(str::to_owned), ..question.clone() };
                let response = corpus.search(&request);
                prop_assert_eq!(&response.query.sort, name);
                prop_assert_eq!(response.total, by_relevance.total);
                prop_assert_eq!(&response.facets.0, &by_relevance.facets.0);
                prop_assert_eq!(response.hits.len() as u64, response.total.pages);
                let in_force = response.query.filters.currency.clone();
                prop_assert_eq!(in_force.is_some(), name.starts_with("pay"));
                let in_force = in_force.unwrap_or_default();
                let key = |hit: &Hit| {
                    // Its own date counts, and what is paid of all its copies.
                    let page = if name.starts_with("pay") { corpus.first_of(&hit.id) } else { corpus.page(&hit.id) };
                    key(page, name, &in_force)
                };
                for pair in response.hits.windows(2) {
                    let (a, b) = (&pair[0], &pair[1]);
                    let by_key = match (key(a), key(b)) {
                        (Some(a), Some(b)) => a.total_cmp(&b),
                        (a, b) => a.is_none().cmp(&b.is_none()),
                    };
                    let order = a.missing.is_empty().cmp(&b.missing.is_empty()).reverse();
                    let order = order.then(by_key).then(b.score.total_cmp(&a.score)).then(a.id.cmp(&b.id));
                    prop_assert_eq!(order, Ordering::Less, "{}: {} {:?} before {} {:?}", name, a.id, key(a), b.id, key(b));
                }
                let mut parts = Vec::new();
                for offset in (0..=response.hits.len()).step_by(step) {
                    parts.extend(corpus.search(&SearchRequest { limit: step, offset, ..request.clone() }).hits);
                }
                let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
                prop_assert_eq!(ids(&parts), ids(&response.hits), "{}", name);
            }
        }
    }
}

fn place() -> Place {
    let page = |title: &str, salary: &str| html(title, &[("Salary", &[salary])]);
    Place::ingested(&[
        ("a.html", &page("Welder", "The salary is $40,000 per year.")),
        ("b.html", &page("Ärztin", "The salary is €120,000 per year.")),
        ("c.html", &page("nurse", "The salary is $50,000 to $90,000 per year.")),
        ("d.html", &page("Baker", "Paid well.")),
    ])
}

#[test]
fn an_order_is_asked_for_by_address_body_and_option() {
    let place = place();
    let server = Server::start(&place);
    for (sort, wanted) in [
        ("title", "b d c a"),
        ("title:desc", "a c d b"),
        ("pay", "c a b d"),
        ("pay:asc", "a c b d"),
        ("relevance", "a b c d"),
    ] {
        let files = |answer: &serde_json::Value| -> String {
            let ids = strings(&answer["hits"], "id");
            ids.iter().map(|id| id["pages~".len()..].replace(".html", "")).collect::<Vec<_>>().join(" ")
        };
        let answer = server.get(&format!("/search?sort={sort}")).json();
        assert_eq!((files(&answer).as_str(), &answer["query"]["sort"]), (wanted, &json!(sort)));
        assert_eq!(files(&server.post("/search", &json!({ "sort": sort })).json()), wanted);
        assert_eq!(files(&place.search(&["--sort", sort])), wanted);
    }
    let by_pay = server.get("/search?sort=pay&currency=eur").json();
    assert_eq!(
        (&by_pay["query"]["filters"]["currency"], &by_pay["hits"][0]["id"]),
        (&json!("EUR"), &json!("pages~b.html"))
    );
    assert_eq!(server.get("/search?sort=pay&currency=NOK").json()["warnings"][0]["parameter"], "currency");
    for wrong in ["sort=salary", "sort=relevance:asc", "sort=-pay", "sort=", "sort=pay&sort=title"] {
        let answer = server.get(&format!("/search?{wrong}"));
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["parameter"]),
            (400, &json!("sort")),
            "{wrong}"
        );
    }
    place.run(&["search", "--sort", "salary"]).fails(2, &["relevance, title, pay or modified"]);
}
