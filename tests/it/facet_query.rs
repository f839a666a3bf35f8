//! Searches within a facet's values: which are listed, and that their counts stay what they are.

use crate::made_up::{page, question};
use crate::stated::{Corpus, config};
use crate::support::{Place, Server, html, strings, whole};
use proptest::prelude::*;
use rolecall::model::FacetField;
use rolecall::search::{FacetQuery, FacetValue, SearchRequest};
use serde_json::{Value, json};

/// Whether a word of a text begins so; of made-up values, none of which have accents or signs that belong to words.
fn begins(name: &str, text: &str) -> bool {
    let name = name.to_lowercase();
    let starts = (0..name.len()).filter(|&at| {
        name.is_char_boundary(at)
            && name[at..].starts_with(char::is_alphanumeric)
            && !name[..at].ends_with(char::is_alphanumeric)
    });
    starts.into_iter().any(|at| name[at..].starts_with(text))
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn the_values_listed_are_those_named_so_with_the_counts_that_they_have(
        made_up in prop::collection::vec(page(), 1..20),
        questions in prop::collection::vec(question(), 4),
        text in prop::sample::select(&["", "k", "py", "data e", "engi", "vontraz t", "se", "d", "salary", "zz"][..]),
    ) {
        let corpus = Corpus::new(&made_up.iter().map(|page| page.html()).collect::<Vec<_>>());
        let query = |field| FacetQuery { field, text: text.to_owned() };
        for question in &questions {
            let whole = whole(&question.text());
            let all = corpus.search(&whole);
            let searched = SearchRequest { facet_query: FacetField::ALL.map(query).to_vec(), ..whole.clone() };
            let found = corpus.search(&searched);
            prop_assert_eq!((found.total, found.hits.len()), (all.total, all.hits.len()));
            // Asking for a search is asking for the counts.
            let alone = corpus.search(&SearchRequest { facets: Vec::new(), ..searched.clone() });
            prop_assert_eq!(&alone.facets, &found.facets);
            for (field, values) in &all.facets.0 {
                let is_named = |value: &&FacetValue| begins(&value.label, text) || begins(&value.id, text);
                let exact: Vec<FacetValue> = values.iter().filter(is_named).cloned().collect();
                let found = found.facets.of(*field).unwrap();
                if exact.is_empty() && text.len() >= 4 {
                    // One slip is forgiven; what is listed keeps its counts all the same.
                    prop_assert!(found.iter().all(|value| values.contains(value)), "{:?} {:?}", field, text);
                } else {
                    prop_assert_eq!(found, exact.as_slice(), "{:?} {:?}", field, text);
                }
                let cut = SearchRequest { facet_limit: 1, ..searched.clone() };
                let cut = corpus.search(&cut);
                prop_assert_eq!(cut.facets.of(*field).unwrap(), &found[..found.len().min(1)]);
            }
        }
    }
}

#[test]
fn a_facet_is_searched_by_address_body_and_option() {
    let page = |title: &str, asks: &str| html(title, &[("Requirements", &[asks])]);
    let place = Place::ingested(&[
        ("a.html", &page("Kubernetes Engineer", "Kubernetes, Terraform and Python.")),
        ("b.html", &page("Data Engineer", "Kubernetes and Tableau.")),
        ("c.html", &page("Développeur", "Python.")),
    ]);
    let server = Server::start(&place);
    let ids = |answer: &Value, field: &str| strings(&answer["facets"][field], "id").join(" ");
    for (query, field, wanted) in [
        ("skill:kube", "skill", "kubernetes"),
        ("skill:KUBE", "skill", "kubernetes"),
        ("skill:kubrn", "skill", "kubernetes"), // A slip, as none begins so.
        ("skill:kbe", "skill", ""),             // Too short for one.
        ("skill:t", "skill", "tableau terraform"),
        ("role:engineer", "role", "data-engineer kubernetes-engineer"),
        ("role:developp", "role", "developpeur"),
        ("role:data e", "role", "data-engineer"),
        ("level:", "level", ""),
        ("source:pag", "source", "pages"),
    ] {
        let address = format!("/search?facet_query={}", query.replace(' ', "+"));
        let answer = server.get(&address).json();
        assert_eq!(ids(&answer, field), wanted, "{query}");
        assert_eq!(
            ids(&server.post("/search", &json!({ "facet_query": [query] })).json(), field),
            wanted,
            "{query}"
        );
        assert_eq!(ids(&place.search(&["--facet-query", query]), field), wanted, "{query}");
    }
    let both = server.get("/search?facets=&facet_query=skill:tab&facet_query=role:data&q=tableau").json();
    assert_eq!((ids(&both, "skill"), ids(&both, "role")), ("tableau".to_owned(), "data-engineer".to_owned()));
    assert_eq!(both["facets"].as_object().unwrap().len(), 2);
    let long = format!("facet_query=skill:{}", "a".repeat(101));
    for wrong in
        ["facet_query=nosuch:a", "facet_query=kube", "facet_query=skill:a&facet_query=skill:b", &long]
    {
        let answer = server.get(&format!("/search?{wrong}"));
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["parameter"]),
            (400, &json!("facet_query")),
            "{wrong}"
        );
    }
    place.run(&["search", "--facet-query", "nosuch:a"]).fails(2, &["is no facet"]);
}
