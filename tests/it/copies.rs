//! Pages that say the same: one is shown, the others are named, and all of them count once.

use crate::support::{Place, Server, html, strings, whole};
use serde_json::{Value, json};

fn page(title: &str, text: &str) -> String {
    html(title, &[("Overview", &[text]), ("Salary", &["The salary is $40,000 per year."])])
}

/// Two sources; the welder is in both and twice in the second.
fn place() -> Place {
    let place = Place::new();
    let dated = |html: String, day: &str, url: &str| {
        let meta = format!(
            "<meta property=\"article:modified_time\" content=\"{day}\"><link rel=\"canonical\" href=\"{url}\"><title>"
        );
        html.replacen("<title>", &meta, 1)
    };
    let welder = page("Welder", "Welds with Python.");
    place.write("mirror/a.html", dated(welder.clone(), "2024-01-01", "https://mirror.test/a"));
    place.write("own/welder.html", dated(welder.clone(), "2025-01-01", "https://own.test/welder"));
    place.write("own/welder-2.html", dated(welder, "2023-01-01", "https://own.test/welder?x=2"));
    place.write("own/baker.html", dated(page("Baker", "Bakes."), "2024-06-01", "https://own.test/baker"));
    place.write("own/other.html", page("Welder", "Welds without."));
    place.write("mirror/solderer.html", page("Solderer", "Welds with Python."));
    place.ingest(&["mirror", "own"]);
    place
}

fn ids(answer: &Value) -> Vec<&str> {
    strings(&answer["hits"], "id")
}

#[test]
fn one_is_shown_and_the_others_are_named() {
    let place = place();
    let server = Server::start(&place);
    let answer = server.get("/search?q=welder+python&facets=source,role,skill").json();
    let hit = &answer["hits"][0];
    assert_eq!(hit["id"], "mirror~a.html");
    assert_eq!(
        hit["copies"],
        json!([
            { "id": "own~welder-2.html", "url": "https://own.test/welder?x=2", "source": "own" },
            { "id": "own~welder.html", "url": "https://own.test/welder", "source": "own" },
        ])
    );
    assert_eq!(hit["copies_total"], 2);
    let all = server.get("/search?facets=source,role,skill").json();
    assert_eq!(all["total"], json!({ "pages": 4, "sections": 8, "pages_with_all": 4 }));
    let counts = |field: &str| {
        let values = all["facets"][field].as_array().unwrap().iter();
        values
            .map(|value| (value["id"].clone(), value["pages"].clone(), value["sections"].clone()))
            .collect::<Vec<_>>()
    };
    // Each source has the welder once.
    assert_eq!(counts("source"), [(json!("own"), json!(3), json!(6)), (json!("mirror"), json!(2), json!(4))]);
    assert_eq!(counts("role")[0], (json!("welder"), json!(2), json!(4)));
    assert_eq!(counts("skill"), [(json!("python"), json!(2), json!(2))]);
    let other = all["hits"].as_array().unwrap().iter().find(|hit| hit["id"] == "own~other.html").unwrap();
    assert_eq!((&other["copies"], &other["copies_total"]), (&json!([]), &json!(0)));
    let suggested = server.get("/suggest?q=weld").json();
    assert_eq!(suggested["suggestions"][0]["pages"], 2);
    let shown = place.run(&["search", "welder python"]).done().stdout;
    assert!(shown.contains("also https://own.test/welder?x=2\n"), "{shown}");
}

#[test]
fn of_the_copies_that_pass_the_first_is_shown() {
    let place = place();
    let server = Server::start(&place);
    let own = server.get("/search?q=python&source=own&facets=source").json();
    assert_eq!(ids(&own), ["own~welder-2.html"]);
    assert_eq!(strings(&own["hits"][0]["copies"], "id"), ["own~welder.html"]);
    assert_eq!(own["hits"][0]["sections"][0]["snippet"]["text"], "Welds with Python.");
    assert_eq!(own["hits"][0]["url"], "https://own.test/welder?x=2");
    let sources: Vec<(&str, u64)> = own["facets"]["source"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| (value["id"].as_str().unwrap(), value["pages"].as_u64().unwrap()))
        .collect();
    assert_eq!(sources, [("mirror", 2), ("own", 1)]);
    // It is ordered by its own date.
    assert_eq!(
        ids(&server.get("/search?q=welder+python+bakes&sort=modified&source=own").json())[..2],
        ["own~baker.html", "own~welder-2.html"]
    );
    let nowhere = server.get("/search?q=python&source=nosuch").json();
    assert_eq!(nowhere["total"]["pages"], 0);
}

#[test]
fn pages_of_results_concatenate_and_a_copy_that_changes_is_none_any_more() {
    let place = place();
    let searcher = place.searcher();
    let mut request = whole("");
    let all: Vec<String> = searcher.search(&request).unwrap().hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(all, ["mirror~a.html", "mirror~solderer.html", "own~baker.html", "own~other.html"]);
    request.limit = 1;
    for (offset, id) in all.iter().enumerate() {
        request.offset = offset;
        assert_eq!(&searcher.search(&request).unwrap().hits[0].id, id);
    }
    place.write("mirror/a.html", page("Welder", "Welds no more."));
    place.delete("own/welder-2.html");
    place.ingest(&["mirror", "own"]);
    let answer = place.search(&["python"]);
    assert_eq!(ids(&answer), ["mirror~solderer.html", "own~welder.html"]);
    assert_eq!(answer["hits"][1]["copies"], json!([]));
}

#[test]
fn what_is_boilerplate_in_one_source_only_is_part_of_the_text_all_the_same() {
    let place = Place::new();
    let notice = "Apply today and tell us about yourself, whoever you may be.";
    let page = |title: &str| html(title, &[("Overview", &["A day of work.", notice])]);
    for (number, title) in ["Welder", "Baker", "Tailor", "Cooper", "Fuller", "Tanner"].iter().enumerate() {
        place.write(&format!("many/{number}.html"), page(title));
    }
    place.write("few/0.html", page("Welder"));
    place.ingest(&["many", "few"]);
    let answer = place.search(&["welder"]);
    assert_eq!(ids(&answer), ["few~0.html"]);
    assert_eq!(strings(&answer["hits"][0]["copies"], "id"), ["many~0.html"]);
}

#[test]
fn pages_in_another_language_or_in_other_letters_are_no_copies() {
    let page = html("Baker", &[("Overview", &["A day."])]);
    let place = Place::ingested(&[
        ("a.html", &page),
        ("b.html", &page.replace("\"en\"", "\"de\"")),
        ("c.html", &page.replace("\"en\"", "\"de-AT\"")),
        ("d.html", &page.replace("A day", "A Day")),
        ("e.html", &page.replace("<p>", "<h3>A day.</h3><p>")),
    ]);
    let answer = place.search(&[]);
    assert_eq!(ids(&answer), ["a.html", "b.html", "d.html", "e.html"].map(|file| format!("pages~{file}")));
    assert_eq!(strings(&answer["hits"][1]["copies"], "id"), ["pages~c.html"]);
}
