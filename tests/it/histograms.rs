//! How what pages state is spread, against a count by hand and against what filtering by a bucket leaves.

use crate::stated::{Corpus, config, experience, pay, question, stated};
use crate::support::{Place, Server, html, strings};
use proptest::prelude::*;
use rolecall::model::Page;
use rolecall::search::{Bucket, Histogram, HistogramField, SearchRequest};
use serde_json::json;

const FIELDS: [HistogramField; 2] = HistogramField::ALL;

/// Filters by what pages state and by where they are from.
#[derive(Clone, Debug)]
struct Filters {
    pay: (Option<f64>, Option<f64>),
    experience: (Option<f64>, Option<f64>),
    currency: Option<&'static str>,
    source: Option<&'static str>,
}

fn filters() -> impl Strategy<Value = Filters> {
    let bounds = |of: &'static [f64]| {
        let bound = || prop::option::weighted(0.3, prop::sample::select(of));
        (bound(), bound()).prop_map(|(low, high)| match (low, high) {
            (Some(low), Some(high)) if low > high => (Some(high), Some(low)),
            both => both,
        })
    };
    let pay = bounds(&[0.0, 50_000.0, 65_000.0, 70_000.0, 124_800.0, 200_000.0]);
    let experience = bounds(&[0.0, 1.0, 1.5, 2.0, 3.0, 5.0, 12.0]);
    let currency = prop::option::of(prop::sample::select(&["USD", "EUR", "NOK"][..]));
    let source = prop::option::weighted(0.3, prop::sample::select(&["first", "second"][..]));
    (pay, experience, currency, source).prop_map(|(pay, experience, currency, source)| Filters {
        pay,
        experience,
        currency,
        source,
    })
}

/// A request without the range of a field.
fn without(request: &SearchRequest, field: HistogramField) -> SearchRequest {
    narrowed(request, field, (None, None))
}

fn narrowed(
    request: &SearchRequest,
    field: HistogramField,
    bounds: (Option<f64>, Option<f64>),
) -> SearchRequest {
    match field {
        HistogramField::Pay => SearchRequest { pay: bounds, ..request.clone() },
        HistogramField::Experience => SearchRequest { experience: bounds, ..request.clone() },
    }
}

fn values(page: &Page, field: HistogramField, currency: Option<&str>) -> Vec<(f64, f64)> {
    match field {
        HistogramField::Pay => pay(page, currency.unwrap()),
        HistogramField::Experience => experience(page),
    }
}

fn of<T>(list: &[(HistogramField, T)], field: HistogramField) -> &T {
    &list.iter().find(|(known, _)| *known == field).unwrap().1
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn a_histogram_is_that_counted_by_hand_and_a_bucket_says_what_its_bounds_leave(
        made_up in prop::collection::vec(stated(), 1..30),
        requests in prop::collection::vec((question(), filters()), 6),
    ) {
        let corpus = Corpus::new(&made_up.iter().map(|page| page.html()).collect::<Vec<_>>());
        for (question, filters) in &requests {
            let request = SearchRequest {
                histograms: FIELDS.to_vec(),
                pay: filters.pay,
                experience: filters.experience,
                currency: filters.currency.map(str::to_owned),
                source: filters.source.map(str::to_owned).into_iter().collect(),
                ..question.clone()
            };
            let response = corpus.search(&request);
            let everything = SearchRequest { histograms: FIELDS.to_vec(), currency: request.currency.clone(), ..SearchRequest::default() };
            let everything = corpus.search(&everything);
            for field in FIELDS {
                let histogram = of(&response.histograms.0, field);
                let Histogram { currency, buckets, pages, missing, .. } = histogram;
                prop_assert_eq!(currency.is_some(), field == HistogramField::Pay);
                prop_assert_eq!(currency.as_ref().or(response.query.filters.currency.as_ref()), response.query.filters.currency.as_ref());
                let bounds = |buckets: &[Bucket]| buckets.iter().map(|bucket| (bucket.from, bucket.to)).collect::<Vec<_>>();
                prop_assert_eq!(bounds(buckets), bounds(&of(&everything.histograms.0, field).buckets));
                prop_assert!(buckets.len() <= 24);
                for (index, bucket) in buckets.iter().enumerate() {
                    prop_assert_eq!(bucket.to, buckets.get(index + 1).map(|next| next.from));
                }
                let listed = corpus.search(&without(&request, field)).hits;
                let stated: Vec<Vec<(f64, f64)>> = listed.iter().map(|hit| values(corpus.first_of(&hit.id), field, currency.as_deref())).collect();
                let stating = stated.iter().filter(|values| !values.is_empty()).count();
                prop_assert_eq!((*pages, *missing), (stating as u64, (stated.len() - stating) as u64), "{:?}", request);
                prop_assert_eq!(buckets.is_empty(), corpus.pages.iter().all(|page| values(page, field, currency.as_deref()).is_empty()));
                for bucket in buckets {
                    let to = bucket.to.unwrap_or(f64::INFINITY);
                    let overlaps = |values: &&Vec<(f64, f64)>| values.iter().any(|&(low, high)| low <= to && bucket.from <= high);
                    prop_assert_eq!(bucket.pages, stated.iter().filter(overlaps).count() as u64, "{:?} of {:?}", bucket, request);
                    let left = corpus.search(&narrowed(&request, field, (Some(bucket.from), bucket.to)));
                    prop_assert_eq!(left.total.pages, bucket.pages, "{:?} of {:?}", bucket, request);
                    // Its own filter changes nothing but which of them are listed.
                    prop_assert_eq!(of(&left.histograms.0, field), histogram);
                }
            }
        }
    }
}

#[test]
fn histograms_are_asked_for_by_address_body_and_option() {
    let page = |pay: &str, asks: &str| html("Welder", &[("Salary", &[pay]), ("Requirements", &[asks])]);
    let place = Place::ingested(&[
        ("a.html", &page("The salary is $40,000 per year.", "3 years of experience.")),
        ("b.html", &page("The salary is $38,000 to $60,000 per year.", "Patience.")),
        ("c.html", &page("Paid well.", "At least 5 years of experience.")),
    ]);
    let server = Server::start(&place);
    let answer = server.get("/search?histograms=experience,pay&histograms=pay").json();
    let pay = &answer["histograms"]["pay"];
    assert_eq!(
        (&pay["currency"], &pay["unit"], &pay["pages"], &pay["missing"]),
        (&json!("USD"), &json!("year"), &json!(2), &json!(1))
    );
    assert_eq!(pay["buckets"][0], json!({ "from": 0.0, "to": 38_000.0, "pages": 1 }));
    assert_eq!(
        pay["buckets"].as_array().unwrap().last(),
        Some(&json!({ "from": 60_000.0, "to": null, "pages": 1 }))
    );
    let years = &answer["histograms"]["experience"];
    assert_eq!(
        (&years["currency"], &years["pages"], &years["missing"]),
        (&json!(null), &json!(2), &json!(1))
    );
    assert_eq!(
        years["buckets"],
        json!([
            { "from": 0.0, "to": 3.0, "pages": 1 },
            { "from": 3.0, "to": 4.0, "pages": 1 },
            { "from": 4.0, "to": 5.0, "pages": 1 },
            { "from": 5.0, "to": null, "pages": 1 },
        ])
    );
    let posted = server.post("/search", &json!({ "histograms": ["experience", "pay"] })).json();
    assert_eq!(posted["histograms"], answer["histograms"]);
    assert_eq!(place.search(&["--histograms", "experience,pay"])["histograms"], answer["histograms"]);
    assert_eq!(server.get("/search").json()["histograms"], json!({}));
    let shown = place.run(&["search", "--histograms", "pay"]).done().stdout;
    assert!(shown.contains("pay USD per year; 2 of 3 pages say") && shown.contains("█"), "{shown}");
    let wrong = server.get("/search?histograms=height");
    assert_eq!((wrong.status, strings(&wrong.json()["errors"], "parameter")), (400, vec!["histograms"]));
    place.run(&["search", "--histograms", "height"]).fails(2, &["there are pay and experience"]);
}
