//! What the owner of a site says of searching it: synonyms, stop words and pinned pages, from the file to the answer.

use crate::support::{Place, Server, answer, eventually, html, strings, whole};
use rolecall::model::FacetField;
use rolecall::search::{Curation, SearchRequest, SearchResponse, Searcher};
use serde_json::Value;

const PINNED: &str = "[[pinned]]\nqueries = [\"Data engineers\", \"etl jobs\"]\n\
                      pages = [\"welder.html\", \"pages~plumber.html\", \"pages~nowhere.html\"]\n";

/// Twelve data engineers, a plumber who does without data, a welder who has some, a tester and a doctor.
fn place() -> Place {
    let mut files: Vec<(String, String)> = (0..12)
        .map(|number| {
            let title = format!("Data Engineer {number}");
            (format!("{number:02}.html"), html(&title, &[("Requirements", &["Moves data with Python."])]))
        })
        .collect();
    for (name, title, text) in [
        ("plumber", "Plumber", "Mends pipes."),
        ("welder", "Welder", "Welds, and notes the data of each seam."),
        ("tester", "Penetration Tester", "Breaks in, and says how."),
        ("doctor", "Researcher", "Holds a doctorate. Acme pays well."),
    ] {
        let sections: &[(&str, &[&str])] = &[("Overview", &[text]), ("Salary", &["It is paid."])];
        files.push((format!("{name}.html"), html(title, sections)));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Place::ingested(&files)
}

fn curated(place: &Place, text: &str) -> Searcher {
    place.searcher().with_curation(Curation::parse(text).unwrap())
}

fn ask(searcher: &Searcher, request: &SearchRequest) -> SearchResponse {
    searcher.search(request).unwrap()
}

/// The files of the pages that are listed.
fn files<'a>(response: &'a SearchResponse) -> Vec<&'a str> {
    let file = |id: &'a str| id.strip_prefix("pages~").and_then(|id| id.strip_suffix(".html")).unwrap();
    response.hits.iter().map(|hit| file(&hit.id)).collect()
}

#[test]
fn names_that_mean_the_same_find_each_other_and_are_said() {
    let place = place();
    let searcher = curated(
        &place,
        "[[synonyms]]\nsame = [\"ethical hacker\", \"Penetration tester\"]\n[[synonyms]]\nfrom = [\"PhD\"]\nto = [\"doctorate\"]\n",
    );
    let response = ask(&searcher, &whole("ethical hackers"));
    assert_eq!(
        files(&response),
        Vec::<&str>::new(),
        "a name is compared as it is written, but for case and accents"
    );
    let response = ask(&searcher, &whole("Ethical Hacker"));
    assert_eq!(files(&response), ["tester"]);
    assert_eq!(response.total.pages_with_all, 1);
    assert_eq!(response.query.understood[0].synonyms, ["Penetration tester"]);
    let response = ask(&searcher, &whole("phd"));
    assert_eq!(files(&response), ["doctor"]);
    let snippet = serde_json::to_value(&response.hits[0].sections[0].snippet).unwrap();
    assert_eq!(strings(&snippet["highlights"], "kind"), ["synonym"]);
    assert_eq!(strings(&snippet["highlights"], "term"), ["phd"]);
    let response = ask(&searcher, &whole("doctorate"));
    assert_eq!(
        response.query.understood[0].synonyms,
        Vec::<String>::new(),
        "the other way it is not asked for"
    );
    assert!(ask(&place.searcher(), &whole("phd")).hits.is_empty());
}

#[test]
fn words_that_say_nothing_here_are_wanted_only_when_quoted_or_alone() {
    let place = place();
    let searcher = curated(&place, "stop_words = [\"ACME\"]");
    let response = ask(&searcher, &whole("acme plumber"));
    assert_eq!(files(&response), ["plumber"]);
    assert_eq!(response.hits[0].missing, Vec::<String>::new());
    assert_eq!(files(&ask(&searcher, &whole("acme"))), ["doctor"]);
    assert_eq!(ask(&searcher, &whole("plumber \"acme\"")).total.pages, 2);
    assert_eq!(ask(&place.searcher(), &whole("acme plumber")).total.pages_with_all, 0);
}

#[test]
fn pinned_pages_stand_first_in_their_order_and_are_counted() {
    let place = place();
    let (plain, searcher) = (place.searcher(), curated(&place, PINNED));
    for q in ["data engineer", "Data Engineers", "ETL jobs", "etl job"] {
        let (before, after) = (ask(&plain, &whole(q)), ask(&searcher, &whole(q)));
        assert_eq!(files(&after)[..2], ["welder", "plumber"], "{q}");
        let others = |response: &SearchResponse| -> Vec<String> {
            let hits = response.hits.iter().map(|hit| hit.id.clone());
            hits.filter(|id| !id.contains("welder") && !id.contains("plumber")).collect()
        };
        if q.to_lowercase().starts_with("data") {
            assert_eq!(others(&before), others(&after), "{q}");
        }
        assert_eq!(after.total.pages_with_all, before.total.pages_with_all, "{q}");
        assert_eq!(after.total.pages, after.hits.len() as u64, "{q}");
        assert_eq!(after.total.sections, after.hits.iter().map(|hit| hit.sections_total).sum::<u64>(), "{q}");
        let pinned: Vec<bool> = after.hits.iter().map(|hit| hit.pinned).collect();
        assert_eq!(pinned, (0..pinned.len()).map(|at| at < 2).collect::<Vec<_>>(), "{q}");
        assert!(before.hits.iter().all(|hit| !hit.pinned));
        assert_eq!(after.query.matched, "some", "{q}");
    }
    let response = ask(&searcher, &whole("data engineer"));
    assert_eq!(response.total.pages, 14);
    assert_eq!(response.hits[0].sections_total, 1, "of a page with words the sections that have them");
    assert_eq!(response.hits[1].sections_total, 2, "of one without all sections");
    assert_eq!(response.hits[1].missing, ["data", "engineer"]);
    let roles = response.facets.of(FacetField::Role).unwrap();
    assert!(
        roles.iter().any(|role| role.id == "plumber" && role.pages == 1 && role.sections == 2),
        "{roles:?}"
    );
}

#[test]
fn only_the_question_itself_has_pinned_pages() {
    let place = place();
    let (plain, searcher) = (place.searcher(), curated(&place, PINNED));
    for q in [
        "data",
        "data engineer 7",
        "engineer data",
        "data -engineer",
        "\"data engineer\"",
        "data engineer*",
        "role:data engineer",
        "data OR engineer",
        "data engineer pay:>1",
        "",
    ] {
        assert_eq!(answer(&searcher, &whole(q)), answer(&plain, &whole(q)), "{q}");
    }
}

/// What a question is after is told from its wording; that does not keep pages from being pinned to it.
#[test]
fn a_question_that_is_after_something_has_pinned_pages_too() {
    let place = place();
    for q in ["data engineer salary", "how much does a data engineer earn", "skills for Acme", "salary"] {
        let pin =
            format!("stop_words = [\"acme\"]\n[[pinned]]\nqueries = [{q:?}]\npages = [\"plumber.html\"]\n");
        let response = ask(&curated(&place, &pin), &whole(q));
        assert_eq!(files(&response).first(), Some(&"plumber"), "{q}");
        assert_eq!(response.total.pages, response.hits.len() as u64, "{q}");
    }
}

#[test]
fn filters_and_paging_hold_for_pinned_pages() {
    let place = place();
    let searcher = curated(&place, PINNED);
    let all = ask(&searcher, &whole("data engineer"));
    let mut paged = Vec::new();
    for offset in 0..all.hits.len() + 2 {
        let response = ask(&searcher, &SearchRequest { limit: 1, offset, ..whole("data engineer") });
        assert_eq!(response.total, all.total);
        paged.extend(response.hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(paged, all.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>());
    for (field, values) in &all.facets.0 {
        for value in values {
            let mut request = whole("data engineer");
            request.filter_mut(*field).push(value.id.clone());
            assert_eq!(ask(&searcher, &request).total.pages, value.pages, "{field:?} {value:?}");
        }
    }
    let only = |section: &str| {
        let request = SearchRequest { section: vec![section.to_owned()], ..whole("data engineer") };
        files(&ask(&searcher, &request)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(only("salary"), ["plumber"]);
    assert_eq!(only("overview"), ["welder", "plumber"]);
}

#[test]
fn a_pin_follows_its_page_from_generation_to_generation() {
    let place = place();
    let searcher = curated(&place, PINNED);
    place.delete("pages/welder.html");
    place.write("pages/aaa.html", html("Plasterer", &[("Overview", &["Data."])]));
    place.ingest(&["pages"]);
    searcher.reload().unwrap();
    let response = ask(&searcher, &whole("data engineer"));
    assert_eq!(files(&response)[0], "plumber");
    assert_eq!(response.hits.iter().filter(|hit| hit.pinned).count(), 1);
    place.write("pages/nowhere.html", html("Nobody", &[("Overview", &["Is here."])]));
    place.ingest(&["pages"]);
    searcher.reload().unwrap();
    assert_eq!(files(&ask(&searcher, &whole("data engineer")))[..2], ["plumber", "nowhere"]);
}

#[test]
fn the_program_takes_the_file_and_says_what_is_wrong_with_it() {
    let place = place();
    place.write("curation.toml", PINNED);
    let args = ["data engineer", "--curation", "curation.toml"];
    assert_eq!(strings(&place.search(&args)["hits"], "id")[0], "pages~welder.html");
    let ran = place.run(&[&["search"], &args[..]].concat()).done();
    assert!(ran.stdout.contains("Welder  pinned"), "{}", ran.stdout);
    assert!(ran.stderr.contains("pages~nowhere.html"), "{}", ran.stderr);
    place.write("queries.tsv", "query\tpages\ndata engineer\tpages~welder.html\n");
    let args = ["--queries", "queries.tsv", "--json"];
    let mrr =
        |more: &[&str]| place.run(&[&["eval"], &args[..], more].concat()).done().json()["mrr_10"].as_f64();
    assert_eq!(mrr(&["--curation", "curation.toml"]), Some(1.0));
    assert_ne!(mrr(&[]), Some(1.0));
    place.write("curation.toml", "stop_words = [\"a\"]\npined = 1\n");
    let says = ["--curation", "curation.toml, line 2, pined", "did you mean `pinned`"];
    for command in [&["search", "x"][..], &["serve"], &["eval", "--queries", "queries.tsv"]] {
        place.run(&[command, &["--curation", "curation.toml"]].concat()).fails(2, &says);
    }
    place.run(&["search", "x", "--curation", "gone.toml"]).fails(2, &["gone.toml", "cannot be read"]);
    place.write("curation.toml", [0xff, 0xfe, 0x00]);
    place.run(&["search", "x", "--curation", "curation.toml"]).fails(2, &["curation.toml", "cannot be read"]);
}

#[test]
fn a_server_follows_the_file_and_keeps_what_it_said_while_it_is_broken() {
    let place = place();
    place.write("curation.toml", PINNED);
    let server = Server::start_with(&place, &["--curation", "curation.toml"]);
    let first = || -> Value { server.get("/search?q=data+engineer").json()["hits"][0]["id"].clone() };
    assert_eq!(first(), "pages~welder.html");
    place.write("curation.toml", "[[pinned]]\nqueries = [\"data engineer\"]\npages = [\"tester.html\"]\n");
    eventually("the file is read again", || first() == "pages~tester.html");
    place.write("curation.toml", "[[pinned");
    place.write("pages/zzz.html", html("Zoologist", &[("Overview", &["Data."])]));
    place.ingest(&["pages"]);
    eventually("the new page is there", || server.get("/search?q=zoologist").json()["total"]["pages"] == 1);
    assert_eq!(first(), "pages~tester.html");
    place.write("curation.toml", "");
    eventually("nothing is pinned", || first() != "pages~tester.html");
}

/// The example that the manual gives is one that is read.
#[test]
fn the_example_of_the_manual_holds() {
    let manual = include_str!("../../docs/operating.md");
    let example = manual.split("## Curation").nth(1).and_then(|rest| rest.split("```toml\n").nth(1)).unwrap();
    let example = example.split("```").next().unwrap();
    let place = place();
    let read = Curation::parse(example).unwrap();
    let searcher = place.searcher().with_curation(read);
    let response = ask(&searcher, &whole("pentester"));
    assert!(files(&response).contains(&"tester"), "{response:?}");
    for key in ["stop_words", "same", "from", "to", "queries", "pages"] {
        assert!(example.contains(key), "{key}");
    }
}
