//! Pages in several languages in one index: which language a page is in, and what a question finds in each.

use crate::support::{Place, Server, strings, whole};
use rolecall::search::{SearchRequest, SearchResponse, Searcher};

const GERMAN: &str = r#"<!doctype html><html lang="de-AT"><body><main><h1>Systemadministratorin</h1>
<h2>Aufgaben</h2><p>Sie betreuen die Häuser unserer Gruppe und deren Netzwerke.</p>
<h2>Ihr Profil</h2><p>Kenntnisse in Kubernetes. Die Bereitschaft zu reisen.</p></main></body></html>"#;
const FRENCH: &str = "---\nlang: French\n---\n# Ingénieure plateforme\n\n## Vos missions\n\nVous développez des services \
    fiables avec les équipes.\n\n## Profil recherché\n\nMaîtrise de Kubernetes.\n";
/// States no language.
const SPANISH: &str = "# Administradora de sistemas\n\n## Requisitos\n\nProgramación en varios lenguajes y experiencia \
    con equipos que trabajan a distancia.\n";
const ENGLISH: &str = r#"<!doctype html><html lang="en"><body><main><h1>Systems administrator</h1>
<h2>Requirements</h2><p>You manage houses full of servers, die casting included, with Kubernetes.</p></main></body></html>"#;
const JAPANESE: &str = r#"<!doctype html><html lang="ja"><body><main><h1>システム管理者</h1>
<h2>概要</h2><p>信頼性の高いサービスを設計します。</p></main></body></html>"#;

fn place() -> Place {
    Place::ingested(&[
        ("de.html", GERMAN),
        ("en.html", ENGLISH),
        ("es.md", SPANISH),
        ("fr.md", FRENCH),
        ("ja.html", JAPANESE),
    ])
}

fn search(searcher: &Searcher, q: &str, languages: &[&str]) -> SearchResponse {
    let language = languages.iter().map(|&tag| tag.to_owned()).collect();
    searcher.search(&SearchRequest { language, ..whole(q) }).unwrap()
}

/// The files of the hits, and what is marked in the first section of the first.
fn found(response: &SearchResponse) -> (Vec<&str>, Vec<&str>) {
    let files = response.hits.iter().map(|hit| hit.id.trim_start_matches("pages~")).collect();
    let snippet = response.hits.first().map(|hit| &hit.sections[0].snippet);
    let marked = snippet.into_iter().flat_map(|snippet| snippet.html.split("<mark>").skip(1));
    (files, marked.map(|rest| rest.split("</mark>").next().unwrap()).collect())
}

#[test]
fn words_are_found_in_the_forms_of_the_pages_own_language() {
    let place = place();
    let searcher = place.searcher();
    for (q, file, marked) in [
        ("haus", "de.html", "Häuser"),
        ("Kenntnissen", "de.html", "Kenntnisse"),
        ("manager", "en.html", "manage"),
        ("programaciones", "es.md", "Programación"),
        ("programacion", "es.md", "Programación"),
        ("développer", "fr.md", "développez"),
        ("service", "fr.md", "services"),
        ("信頼性", "ja.html", "信頼性"),
    ] {
        assert_eq!(found(&search(&searcher, q, &[])), (vec![file], vec![marked]), "{q}");
    }
    // English endings are not taken off German words, nor the other way round.
    assert_eq!(found(&search(&searcher, "reis", &[])).0, ["de.html"]);
    assert_eq!(found(&search(&searcher, "reises", &["en"])).0, Vec::<&str>::new());
}

#[test]
fn a_page_is_in_the_language_that_it_states_or_that_its_text_tells() {
    let place = place();
    let searcher = place.searcher();
    let language = |file: &str| {
        let page = searcher.page(&format!("pages~{file}")).unwrap().unwrap();
        (page.language.unwrap(), page.language_inferred)
    };
    assert_eq!(language("de.html"), ("de-AT".to_owned(), false));
    assert_eq!(language("fr.md"), ("fr".to_owned(), false));
    assert_eq!(language("es.md"), ("es".to_owned(), true));
}

#[test]
fn an_answer_says_which_languages_the_question_was_read_in() {
    let place = place();
    let searcher = place.searcher();
    assert_eq!(search(&searcher, "haus", &[]).query.languages, ["de", "en", "es", "fr", "ja"]);
    assert_eq!(search(&searcher, "haus", &["de-CH", "EN"]).query.languages, ["de", "en"]);
    let unknown = search(&searcher, "kubernetes", &["tlh"]);
    assert_eq!((unknown.total.pages, unknown.query.languages.len()), (0, 0));
    assert_eq!(unknown.warnings[0].parameter, "language");
}

#[test]
fn a_language_filters_and_is_counted_like_any_facet() {
    let place = place();
    let server = Server::start(&place);
    let answer = server.get("/search?q=kubernetes&language=de&facets=language,skill").json();
    assert_eq!(strings(&answer["hits"], "id"), ["pages~de.html"]);
    assert_eq!(answer["query"]["filters"]["language"][0], "de");
    let facet = answer["facets"]["language"].as_array().unwrap();
    let counts: Vec<_> = facet
        .iter()
        .map(|value| (value["label"].as_str().unwrap(), value["pages"].as_u64().unwrap()))
        .collect();
    assert_eq!(counts, [("German", 1), ("English", 1), ("French", 1)]);
    assert_eq!(facet[0]["selected"], true);
    assert_eq!(facet[1]["selected"], false);
}

#[test]
fn stop_words_are_those_of_the_pages_language() {
    let place = place();
    let searcher = place.searcher();
    // "die" is an article in German and a tool in English.
    let both = search(&searcher, "die kubernetes", &[]);
    assert_eq!(both.query.matched, "some");
    let missing: Vec<(&str, usize)> =
        both.hits.iter().map(|hit| (hit.language.as_deref().unwrap(), hit.missing.len())).collect();
    assert_eq!(missing, [("de-AT", 0), ("en", 0), ("fr", 1)]);
    // In French both are stop words; the German page need not have them.
    assert_eq!(search(&searcher, "les kubernetes", &["fr"]).hits[0].missing, Vec::<String>::new());
}

#[test]
fn a_word_is_as_rare_as_it_is_in_its_own_language() {
    let place = Place::new();
    for number in 0..20 {
        let word = if number < 10 { "Manager" } else { "Gestalter" };
        place.write(&format!("pages/de{number}.html"), german(&format!("Wir suchen {word} {number}")));
    }
    place.write("pages/en.html", ENGLISH.replace("servers", "manager"));
    place.ingest(&["pages"]);
    let response = search(&place.searcher(), "manager", &[]);
    assert_eq!(response.total.pages, 11);
    // One English page of one has the word: it tells little there, more than half as often as in German.
    assert_ne!(response.hits[0].language.as_deref(), Some("en"), "{:?}", response.hits[0]);
}

fn german(text: &str) -> String {
    format!(
        "<!doctype html><html lang=\"de\"><body><main><h1>Stelle</h1><h2>Profil</h2><p>{text}</p></main></body></html>"
    )
}
