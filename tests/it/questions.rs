//! The query language: alternatives, groups, fields, bounds, prefixes and phrases with room, over real pages.

use crate::support::{Place, html};
use rolecall::search::{SearchRequest, SearchResponse, Searcher};

fn place() -> Place {
    Place::ingested(&[
        (
            "sre.html",
            &html(
                "Site Reliability Engineer",
                &[
                    ("Overview", &["Keeps the platform up."]),
                    ("Requirements", &["Kubernetes and Python.", "At least 3 years of experience."]),
                    ("Salary", &["The salary is $140,000 to $180,000 per year. Python pays."]),
                ],
            ),
        ),
        (
            "nurse.html",
            &html(
                "Registered Nurse",
                &[
                    ("Overview", &["Cares for patients; the site is a hospital of high reliability."]),
                    ("Requirements", &["Patience.", "At least 1 year of experience."]),
                    ("Salary", &["The salary is $60,000 to $80,000 per year."]),
                ],
            ),
        ),
        (
            "manager.html",
            &html(
                "Engineering Manager",
                &[
                    ("Overview", &["Manages engineers and their management."]),
                    ("Requirements", &["Kubernetes.", "8+ years of experience."]),
                    ("Career path", &["From engineer to manager. No Python."]),
                ],
            ),
        ),
    ])
}

fn ask(searcher: &Searcher, q: &str) -> SearchResponse {
    searcher.search(&SearchRequest { q: q.to_owned(), ..SearchRequest::default() }).unwrap()
}

/// Names of the files that have all, in order.
fn files(response: &SearchResponse) -> Vec<&str> {
    let with_all = response.hits.iter().filter(|hit| hit.missing.is_empty());
    let mut files: Vec<&str> =
        with_all.map(|hit| hit.id.trim_start_matches("pages~").trim_end_matches(".html")).collect();
    files.sort_unstable();
    files
}

fn sections(response: &SearchResponse) -> Vec<&str> {
    let sections = response.hits.iter().filter(|hit| hit.missing.is_empty()).flat_map(|hit| &hit.sections);
    let mut ids: Vec<&str> = sections.map(|section| section.section.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn which_pages_a_question_finds() {
    let place = place();
    let searcher = place.searcher();
    for (q, wanted) in [
        ("nurse OR manager", &["manager", "nurse"][..]),
        ("(nurse OR kubernetes) experience", &["manager", "nurse", "sre"]),
        ("(kubernetes python) OR patience", &["manager", "nurse", "sre"]),
        ("kubernetes -python", &["manager"]),
        ("kubernetes -(python OR patients)", &["manager"]),
        ("kubernetes -role:manager", &["sre"]),
        ("role:engineer", &["manager", "sre"]),
        ("role:(nurse OR manager)", &["manager", "nurse"]),
        ("heading:career", &["manager"]),
        ("skill:k8s", &["manager", "sre"]),
        ("skill:kubernetes role:manager", &["manager"]),
        ("section:career-path", &["manager"]),
        ("section:\"Career path\" python", &["manager"]),
        ("section:salary python", &["sre"]),
        ("section:salary kubernetes", &[]),
        ("pay:>100000", &["sre"]),
        ("pay:<100k", &["nurse"]),
        ("pay:70k-150k", &["nurse", "sre"]),
        ("experience:<5", &["nurse", "sre"]),
        ("experience:>=3", &["manager", "sre"]),
        ("kubernetes experience:>5", &["manager"]),
        ("-pay:>1000", &["manager"]),
        ("relia*", &["nurse", "sre"]),
        ("managem*", &["manager"]),
        ("\"site reliability\"", &["sre"]),
        ("\"site reliability\"~6", &["nurse", "sre"]),
        ("-section:requirements kubernetes", &[]),
        ("", &["manager", "nurse", "sre"]),
    ] {
        assert_eq!(files(&ask(&searcher, q)), wanted, "{q}");
    }
}

#[test]
fn fields_of_sections_say_which_sections_count() {
    let place = place();
    let searcher = place.searcher();
    assert_eq!(sections(&ask(&searcher, "section:salary python")), ["salary"]);
    assert_eq!(sections(&ask(&searcher, "skill:python")), ["career-path", "requirements", "salary"]);
    assert_eq!(sections(&ask(&searcher, "-section:salary python")), ["career-path", "requirements"]);
    assert_eq!(sections(&ask(&searcher, "role:nurse section:salary")), ["salary"]);
}

#[test]
fn alternatives_are_one_part_of_the_question() {
    let place = place();
    let response = ask(&place.searcher(), "python (welding OR carpentry)");
    assert!(response.hits.iter().all(|hit| hit.missing == ["welding OR carpentry"]), "{response:?}");
    assert_eq!(response.query.matched, "some");
}

#[test]
fn what_was_understood_is_said() {
    let place = place();
    let response = ask(&place.searcher(), "kube* role:engineer pay:>100k -nurse \"the site\"~2 foo:bar");
    let parts: Vec<(&str, &str)> =
        response.query.understood.iter().map(|part| (part.text.as_str(), part.kind)).collect();
    assert_eq!(
        parts,
        [
            ("kube*", "prefix"),
            ("role:engineer", "role"),
            ("pay:>=100001", "pay"),
            ("nurse", "not"),
            ("\"the site\"~2", "phrase"),
            ("foo:bar", "word")
        ]
    );
    assert_eq!(response.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["unknown_field"]);
    let marked: Vec<String> = response
        .hits
        .iter()
        .flat_map(|hit| &hit.sections)
        .flat_map(|section| {
            section.snippet.highlights.iter().map(|mark| {
                section.snippet.text.chars().skip(mark.start).take(mark.end - mark.start).collect()
            })
        })
        .collect();
    assert_eq!(marked, ["Kubernetes"]);
}

#[test]
fn a_value_that_no_page_has_is_said() {
    let place = place();
    for q in ["section:cooking", "skill:cooking"] {
        let response = ask(&place.searcher(), q);
        assert_eq!(response.total.pages, 0, "{q}");
        assert_eq!(response.warnings[0].code, "unknown_value", "{q}");
    }
}

#[test]
fn slips_of_the_keyboard_and_beginnings_of_words_are_found_where_little_is() {
    let place = place();
    let searcher = place.searcher();
    let response = ask(&searcher, "kubernetse patiense");
    assert_eq!(response.total.pages, 3, "pages with either");
    let relaxed: Vec<_> =
        response.query.relaxed.iter().map(|relaxed| (relaxed.text.as_str(), relaxed.kind)).collect();
    assert_eq!(relaxed, [("kubernetse", "typo"), ("patiense", "typo")]);
    assert_eq!(response.query.did_you_mean.as_deref(), Some("kubernetes patience"));
    let response = ask(&searcher, "enginering manag");
    assert_eq!(files(&response)[..1], ["manager"]);
    let response = ask(&searcher, "role:nursee");
    assert_eq!(files(&response), ["nurse"]);
    let response = ask(&searcher, "hosp");
    assert_eq!(files(&response), ["nurse"]);
    assert_eq!(response.query.relaxed[0].kind, "prefix");
    for exact in ["\"kubernetse\"", "k9s", "zzz", "kubernetse*"] {
        assert_eq!(ask(&searcher, exact).total.pages, 0, "{exact}");
    }
    assert!(ask(&searcher, "kubernetes").query.relaxed.iter().all(|relaxed| relaxed.kind == "prefix"));
}

#[test]
fn other_names_are_found_and_said() {
    let place = place();
    let response = ask(&place.searcher(), "SRE");
    assert_eq!(files(&response), ["sre"]);
    assert_eq!(response.query.understood[0].synonyms, ["site reliability engineer"]);
    let response = ask(&place.searcher(), "RN");
    assert_eq!(files(&response), ["nurse"], "{:?}", response.query.understood);
}

#[test]
fn the_page_that_is_called_so_comes_first() {
    let many = ["Data engineer beside data engineer.", "The data engineer's data."];
    let place = Place::ingested(&[
        ("plain.html", &html("Data Engineer", &[("Overview", &["Moves figures."])])),
        (
            "senior.html",
            &html("Data Engineer of Data", &[("Data engineer", &many), ("Data engineer skills", &many)]),
        ),
        ("head.html", &html("Head of Sales", &[("Overview", &["Sells."])])),
        ("sales.html", &html("Sales Head", &[("Head of sales", &["Head of sales, and its sales heads."])])),
    ]);
    let searcher = place.searcher();
    let first = |q: &str| ask(&searcher, q).hits[0].id.clone();
    assert_eq!(first("data engineer"), "pages~plain.html");
    assert_eq!(first("Head of Sales"), "pages~head.html");
    assert_eq!(first("sales head"), "pages~sales.html");
}

#[test]
fn what_a_question_is_after_is_answered_by_sections_of_that_kind() {
    let place = Place::ingested(&[
        (
            "nurse.html",
            &html(
                "Nurse",
                &[
                    ("Overview", &["A nurse cares for patients; every nurse does."]),
                    ("Compensation", &["Ward staff get 60,000 USD a year."]),
                    ("Your way up", &["Ward staff lead a ward after five years."]),
                ],
            ),
        ),
        ("pilot.html", &html("Pilot", &[("Overview", &["Earns trust, and how much."])])),
    ]);
    let searcher = place.searcher();
    for question in ["how much does a nurse earn", "nurse salary", "salary of a nurse", "Nurse Gehalt"] {
        let response = ask(&searcher, question);
        assert_eq!(files(&response), ["nurse"], "{question}");
        let hit = &response.hits[0];
        assert_eq!(hit.missing, [""; 0], "{question}");
        assert_eq!(hit.sections[0].section.id, "salary", "{question}");
        let topic = response.query.understood.iter().find(|part| !part.sections.is_empty()).unwrap();
        assert_eq!(topic.sections, ["salary"], "{question}");
    }
    // Quoted or alone the words are meant.
    assert_eq!(ask(&searcher, "nurse \"salary\"").hits[0].missing, ["\"salary\""]);
    assert_eq!(files(&ask(&searcher, "earns trust")), ["pilot"]);
    assert_eq!(files(&ask(&searcher, "how much")), ["pilot"]);
}

#[test]
fn titles_near_to_the_question_follow_where_few_pages_have_its_words() {
    let place = Place::ingested(&[
        ("teacher.html", &html("Teacher", &[("Overview", &["Works at a school."])])),
        ("instructor.html", &html("Ski Instructor", &[("Overview", &["Works in the snow."])])),
        ("pilot.html", &html("Pilot", &[("Overview", &["Flies with an instructor."])])),
    ]);
    let response = ask(&place.searcher(), "teacher");
    let ids: Vec<&str> = response.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["pages~teacher.html", "pages~instructor.html"]);
    assert_eq!(response.hits[1].missing, ["teacher"]);
    assert_eq!(response.total.pages_with_all, 1);
    assert_eq!(response.hits[1].title_highlights.len(), 1);
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let place = place();
    let searcher = place.searcher();
    for question in
        ["nurse", "nurse k8s", "hospital nurse -zzz", "SRE", "\"the ward\" nurse", "kubernetse", ""]
    {
        let request = SearchRequest { q: question.to_owned(), explain: true, ..SearchRequest::default() };
        for hit in searcher.search(&request).unwrap().hits {
            let parts = hit.explanation.unwrap();
            let sum: f32 = parts.iter().map(|part| part.score).sum();
            assert!(
                (sum - hit.score).abs() < 1e-3 * hit.score.max(1.0),
                "{question}: {parts:?} is {}",
                hit.score
            );
        }
    }
    assert!(ask(&searcher, "nurse").hits[0].explanation.is_none());
}
