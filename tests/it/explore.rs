//! What is told about roles beyond one question: lists of roles and skills, what is known of a skill, roles like one, what
//! leads to a role and what comes next, and what may be meant by what was typed.

use crate::http::{Api, problem};
use crate::support::{Place, corpus, html, strings};
use rolecall::search::{Listing, RolesRequest, Searcher, SkillRequest, SkillsRequest};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DEVOPS: &str = "corpus~cloud~devops-engineer.html";
const CLOUD: &str = "corpus~cloud~cloud-architect.html";
const DATA: &str = "corpus~data~data-engineer.html";

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key:?} in {value}"))
}

fn ids(value: &Value) -> BTreeSet<String> {
    strings(value, "id").into_iter().map(str::to_owned).collect()
}

/// All texts that a page says: its blocks, headings and teasers.
fn texts(page: &Value) -> Vec<&str> {
    let mut texts = Vec::new();
    for section in list(page, "sections") {
        texts.extend(section["heading"].as_str());
        texts.extend(list(section, "subheadings").iter().map(|heading| heading["text"].as_str().unwrap()));
        texts.extend(strings(&section["blocks"], "text"));
    }
    texts.extend(list(page, "related").iter().filter_map(|related| related["teaser"].as_str()));
    texts
}

/// The ids of the skills of a page.
fn skills_of(page: &Value) -> BTreeSet<String> {
    list(page, "sections").iter().flat_map(|section| ids(&section["skills"])).collect()
}

#[tokio::test]
async fn roles_stand_in_the_order_of_the_alphabet_with_their_pages() {
    let api = Api::of_corpus();
    let all = api.json("/roles").await;
    let labels = strings(&all["roles"], "label");
    let mut sorted = labels.clone();
    sorted.sort_by_key(|label| label.to_lowercase());
    assert_eq!(labels, sorted);
    assert_eq!((all["total"].as_u64(), labels.len()), (Some(29), 29), "the introduction is about no role");
    let counted: u64 = list(&all, "letters").iter().map(|letter| letter["names"].as_u64().unwrap()).sum();
    assert_eq!(counted, 29);
    let facet = &api.json("/search?facets=role&facet_limit=100&limit=0").await["facets"]["role"];
    assert_eq!(ids(facet), ids(&all["roles"]));
    let letter = api.json("/roles?letter=d").await;
    let begin: Vec<&str> = labels.iter().copied().filter(|label| label.starts_with('D')).collect();
    assert_eq!(strings(&letter["roles"], "label"), begin);
    assert_eq!(letter["letters"], all["letters"], "a letter does not narrow the letters");
    let mut pages = Vec::new();
    for offset in (0..29).step_by(10) {
        let page = api.json(&format!("/roles?limit=10&offset={offset}")).await;
        pages.extend(strings(&page["roles"], "label").into_iter().map(str::to_owned));
    }
    assert_eq!(pages, labels);
    let role = &list(&api.json("/roles?q=lead").await, "roles").to_vec();
    assert_eq!(role[0]["label"], "Backend Engineering Lead");
    assert_eq!(role[0]["level"], json!({ "id": "lead", "label": "Lead" }));
    let page = &role[0]["pages"][0];
    assert_eq!(page["id"], "corpus~backend~backend-engineering-lead.html");
    assert_eq!(page["url"], "https://careers.example.org/backend/backend-engineering-lead");
    assert_eq!((&page["source"], &role[0]["pages_total"]), (&json!("corpus"), &json!(1)));
}

#[tokio::test]
async fn roles_by_skill_are_those_that_a_search_filters() {
    let api = Api::of_corpus();
    let roles = api.json("/roles?skill=python&skill=terraform").await;
    let facets = api.json("/search?skill=python&skill=terraform&limit=0&facets=role&facet_limit=100").await;
    assert!(roles["total"].as_u64().unwrap() > 2);
    assert_eq!(ids(&roles["roles"]), ids(&facets["facets"]["role"]));
    let unknown = api.json("/roles?skill=zarnqib").await;
    assert_eq!(
        (&unknown["total"], strings(&unknown["warnings"], "code")),
        (&json!(0), vec!["unknown_value"])
    );
    for (path, parameter) in [
        ("/roles?limit=501", "limit"),
        ("/roles?limit=x", "limit"),
        ("/roles?letter=ab", "letter"),
        ("/roles?q=a&q=b", "q"),
        ("/roles?sort=name", "sort"),
        ("/skills?sort=size", "sort"),
        ("/skills?offset=-1", "offset"),
        ("/skills/python?limit=101", "limit"),
        ("/skills/python?letter=a", "letter"),
        (&format!("/pages/{CLOUD}/similar?limit=51"), "limit"),
        (&format!("/pages/{CLOUD}/path?limit=1"), "limit"),
    ] {
        assert_eq!(problem(&api.get(path).await, 400), [parameter], "{path}");
    }
    let shut = api.get("/roles?letter=%23&q=").await;
    assert_eq!(shut.json()["total"], 0);
}

#[tokio::test]
async fn skills_are_counted_as_facets_count_them() {
    let api = Api::of_corpus();
    let skills = api.json("/skills?limit=500").await;
    let facets = api.json("/search?limit=0&facets=skill&facet_limit=10000").await;
    let counts = |values: &Value| -> BTreeSet<(String, u64, u64)> {
        let values = values.as_array().unwrap().iter();
        let count = |value: &Value, key: &str| value[key].as_u64().unwrap();
        values
            .map(|value| {
                (value["id"].as_str().unwrap().to_owned(), count(value, "pages"), count(value, "sections"))
            })
            .collect()
    };
    assert_eq!(counts(&skills["skills"]), counts(&facets["facets"]["skill"]));
    let pages: Vec<u64> =
        list(&skills, "skills").iter().map(|skill| skill["pages"].as_u64().unwrap()).collect();
    assert!(pages.is_sorted_by(|a, b| a >= b), "{pages:?}");
    let named = api.json("/skills?sort=name&letter=K&limit=500").await;
    let labels = strings(&named["skills"], "label");
    assert!(labels.contains(&"Kubernetes") && labels.iter().all(|label| label.starts_with(['K', 'k'])));
    assert!(labels.is_sorted_by_key(|label| label.to_lowercase()));
    let kubernetes = &list(&api.json("/skills?q=kuber").await, "skills")[0].clone();
    assert_eq!((&kubernetes["kind"], &kubernetes["id"]), (&json!("tool"), &json!("kubernetes")));
}

#[tokio::test]
async fn a_skill_names_who_asks_for_it_and_quotes_them() {
    let api = Api::of_corpus();
    let skill = api.json("/skills/kubernetes?limit=100").await;
    let strengths: u64 = ["required", "preferred", "named"]
        .iter()
        .map(|strength| skill["strengths"][strength].as_u64().unwrap())
        .sum();
    let roles = list(&skill, "roles");
    assert_eq!((skill["pages"].as_u64(), roles.len() as u64), (Some(strengths), strengths));
    assert_eq!(roles[0]["title"], "Kubernetes Platform Engineer", "a role named after it comes first");
    let order = ["required", "preferred", "named"];
    let place = |role: &Value| order.iter().position(|known| role["strength"] == **known).unwrap();
    assert!(roles.is_sorted_by_key(place));
    for role in roles {
        let page = api.json(&format!("/pages/{}", role["id"].as_str().unwrap())).await;
        let texts = texts(&page);
        let strongest = list(role, "sections").iter().map(place).min();
        assert_eq!(strongest, Some(place(role)), "{}", role["title"]);
        let naming = list(&page, "sections")
            .iter()
            .filter(|section| ids(&section["skills"]).contains("kubernetes"))
            .count();
        assert_eq!(list(role, "sections").len(), naming);
        for section in list(role, "sections") {
            let said = section["sentence"].as_str().or(section["heading"].as_str()).unwrap();
            assert!(texts.iter().any(|text| text.contains(said)), "{said:?} is nowhere on {}", role["id"]);
            let lower = said.to_lowercase();
            assert!(lower.contains("kubernetes") || lower.contains("k8s"), "{said:?}");
        }
    }
    let named: u64 = list(&skill, "sections").iter().map(|kind| kind["sections"].as_u64().unwrap()).sum();
    let all: usize = roles.iter().map(|role| list(role, "sections").len()).sum();
    assert_eq!(named, all as u64);
    assert_eq!(problem(&api.get("/skills/zarnqib").await, 404), [""; 0]);
    let second = api.json("/skills/kubernetes?limit=1&offset=1").await;
    assert_eq!(second["roles"][0]["id"], roles[1]["id"]);
    assert_eq!(second["goes_with"], skill["goes_with"]);
}

#[tokio::test]
async fn what_stands_everywhere_goes_with_nothing() {
    let page = |at: usize| {
        let skills = if at < 6 { "Rust and WebAssembly." } else { "COBOL." };
        let also = if at == 0 { " Fortran." } else { "" };
        (format!("{at}.html"), html(&format!("Engineer {at}"), &[("Skills", &["Python. ", skills, also])]))
    };
    let pages: Vec<(String, String)> = (0..20).map(page).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let api = Api::new(&files);
    let rust = api.json("/skills/rust").await;
    assert_eq!(strings(&rust["goes_with"], "id"), ["webassembly", "fortran"]);
    assert_eq!(rust["goes_with"][0]["pages"], 6);
    assert_eq!(api.json("/skills/python").await["goes_with"], json!([]));
}

#[tokio::test]
async fn similar_roles_share_what_they_are_said_to_share() {
    let api = Api::of_corpus();
    let answer = api.json(&format!("/pages/{DEVOPS}/similar?limit=29")).await;
    let similar = list(&answer, "similar");
    let nearest = BTreeSet::from(["Kubernetes Platform Engineer", "Site Reliability Engineer"]);
    assert_eq!(strings(&answer["similar"], "title").into_iter().take(2).collect::<BTreeSet<_>>(), nearest);
    let scores: Vec<f64> = similar.iter().map(|page| page["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores.iter().all(|score| (0.0..=1.0).contains(score)));
    let found = ids(&answer["similar"]);
    assert!(found.len() == similar.len() && !found.contains(DEVOPS), "each once and never itself");
    let own = api.json(&format!("/pages/{DEVOPS}")).await;
    let own_skills = skills_of(&own);
    let own_text = (texts(&own).join(" ") + " " + own["title"].as_str().unwrap()).to_lowercase();
    for page in similar {
        let other = api.json(&format!("/pages/{}", page["id"].as_str().unwrap())).await;
        let both: BTreeSet<String> = skills_of(&other).intersection(&own_skills).cloned().collect();
        assert_eq!(page["skills_total"].as_u64().unwrap() as usize, both.len(), "{}", page["title"]);
        assert!(ids(&page["skills"]).is_subset(&both), "{}", page["title"]);
        let words = page["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
        words.for_each(|word| assert!(own_text.contains(&word.to_lowercase()), "{word}"));
        let kinds: BTreeSet<&str> = list(&other, "sections")
            .iter()
            .map(|section| section["section"]["id"].as_str().unwrap())
            .collect();
        strings(&page["sections"], "id").iter().for_each(|kind| assert!(kinds.contains(kind), "{kind}"));
    }
    // The rarest first.
    let counts = api.json("/skills?limit=500").await;
    let pages = |id: &str| {
        let skills = list(&counts, "skills").iter();
        skills.clone().find(|skill| skill["id"] == id).unwrap()["pages"].as_u64().unwrap()
    };
    let rare: Vec<u64> = strings(&similar[0]["skills"], "id").into_iter().map(pages).collect();
    assert!(rare.len() > 5 && rare.is_sorted(), "{rare:?}");
    assert_eq!(api.json(&format!("/pages/{DEVOPS}/similar?limit=0")).await["similar"], json!([]));
    assert_eq!(problem(&api.get("/pages/nope/similar").await, 404), [""; 0]);
}

#[tokio::test]
async fn copies_are_no_similar_roles() {
    let welder = html("Welder", &[("Skills", &["Welding, brazing and blueprint reading of pipelines."])]);
    let fitter = html("Pipe fitter", &[("Skills", &["Brazing pipelines and welding by blueprint."])]);
    let nurse = html("Nurse", &[("Skills", &["Triage, wards and patients."])]);
    let address = |page: &str, url: &str| {
        page.replace("<body>", &format!("<link rel=\"canonical\" href=\"https://a.example/{url}\"><body>"))
    };
    // A copy under the same title and text, one under the same address, and two that are copies of each other.
    let moved =
        address(&html("Welder (m/f)", &[("Skills", &["Welding and brazing of pipelines."])]), "welder");
    let api = Api::new(&[
        ("a/welder.html", &address(&welder, "welder")),
        ("b/welder.html", &welder),
        ("c/moved.html", &moved),
        ("d/fitter.html", &fitter),
        ("e/fitter.html", &fitter),
        ("f/nurse.html", &nurse),
    ]);
    let answer = api.json("/pages/pages~a~welder.html/similar").await;
    let copies: BTreeSet<&str> = list(&answer, "copies").iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(copies, BTreeSet::from(["pages~b~welder.html", "pages~c~moved.html"]));
    assert_eq!(strings(&answer["similar"], "id"), ["pages~d~fitter.html"], "and the nurse shares nothing");
    assert_eq!(answer["similar"][0]["copies"], json!(["pages~e~fitter.html"]));
}

/// The titles of ways with their steps and the ids of their pages.
fn ways<'v>(path: &'v Value, direction: &str) -> Vec<(&'v str, Option<u64>, Option<&'v str>)> {
    let way =
        |way: &'v Value| (way["title"].as_str().unwrap(), way["steps"].as_u64(), way["page"]["id"].as_str());
    list(path, direction).iter().map(way).collect()
}

#[tokio::test]
async fn what_leads_to_a_role_and_what_comes_next_is_quoted() {
    let api = Api::of_corpus();
    let path = api.json(&format!("/pages/{CLOUD}/path")).await;
    let leads = ways(&path, "leads_here");
    for wanted in [
        ("Senior cloud engineer", Some(1), None),
        ("Systems or cloud engineer", Some(2), None),
        ("Kubernetes platform engineer", Some(3), Some("corpus~cloud~kubernetes-platform-engineer.html")),
        (
            "Platform lead or site reliability engineer",
            Some(1),
            Some("corpus~cloud~site-reliability-engineer.txt"),
        ),
    ] {
        assert!(leads.contains(&wanted), "{wanted:?} is missing in {leads:?}");
    }
    assert!(leads.is_sorted_by_key(|(_, steps, _)| steps.unwrap_or(u64::MAX)));
    let next = ways(&path, "comes_next");
    assert_eq!(
        next,
        [("Principal or enterprise architect", Some(1), None), ("Head of platform", Some(2), None)]
    );
    let data = ways(&api.json(&format!("/pages/{DATA}/path")).await, "comes_next")
        .iter()
        .find(|(title, ..)| title.starts_with("Data platform manager"))
        .map(|(_, steps, page)| (*steps, page.map(str::to_owned)));
    let manager = "corpus~data~data-platform-manager.markdown".to_owned();
    assert_eq!(data, Some((Some(3), Some(manager))), "either of two roles is found");
    let related = ways(&path, "related");
    for wanted in [
        ("Security Architect", None, Some("corpus~security~security-architect.txt")),
        ("FinOps Analyst", None, None),
        ("Technical Program Manager", None, Some("corpus~management~technical-program-manager.md")),
    ] {
        assert!(related.contains(&wanted), "{wanted:?} is missing in {related:?}");
    }
    assert!(strings(&path["ladder"], "title").contains(&"Cloud architect"));
    for way in ["leads_here", "comes_next", "related"].iter().flat_map(|direction| list(&path, direction)) {
        assert!(!list(way, "said").is_empty() && way["page"]["id"] != CLOUD, "{way}");
        for said in list(way, "said") {
            let page = api.json(&format!("/pages/{}", said["page"]["id"].as_str().unwrap())).await;
            let sentence = said["sentence"].as_str().or(said["heading"].as_str()).unwrap();
            assert!(texts(&page).iter().any(|text| text.contains(sentence)), "{sentence:?}");
            let by = said["by"].as_str().unwrap();
            assert_eq!(said["section"].is_null(), by == "related", "{said}");
        }
    }
    assert_eq!(problem(&api.get("/pages/nope/path").await, 404), [""; 0]);
}

#[tokio::test]
async fn ranks_of_one_name_are_a_path_and_related_roles_are_found_by_address() {
    let role = |title: &str| html(title, &[("Overview", &["Mends boilers."])]);
    let pointing = html("Plumber", &[("Overview", &["Mends pipes."])]).replace(
        "</main>",
        "<h2>Related roles</h2><ul><li><a href=\"../x/b%20two.html?from=here#top\">Heating engineer</a></li>\
         <li><a href=\"https://b.example/roofer/\">Roofer</a></li></ul></main>",
    );
    let roofer = role("Thatcher")
        .replace("<body>", "<link rel=\"canonical\" href=\"https://b.example/roofer\"><body>");
    let api = Api::new(&[
        ("a/junior.html", &role("Junior Boiler Technician")),
        ("a/plain.html", &role("Boiler Technician")),
        ("a/senior.html", &role("Senior Boiler Technicians")),
        ("a/lead.html", &role("Lead Boiler Technician")),
        ("a/plumber.html", &pointing),
        ("x/b two.html", &role("Stoker")),
        ("y/roofer.html", &roofer),
    ]);
    let path = api.json("/pages/pages~a~plain.html/path").await;
    assert_eq!(
        ways(&path, "leads_here"),
        [("Junior Boiler Technician", Some(1), Some("pages~a~junior.html"))]
    );
    assert_eq!(
        ways(&path, "comes_next"),
        [("Senior Boiler Technicians", Some(1), Some("pages~a~senior.html"))]
    );
    assert_eq!(path["comes_next"][0]["said"][0]["by"], "level");
    let related = api.json("/pages/pages~a~plumber.html/path").await;
    assert_eq!(
        ways(&related, "related"),
        [
            ("Heating engineer", None, Some("pages~x~b_20two.html")),
            ("Roofer", None, Some("pages~y~roofer.html"))
        ]
    );
    let stoker = api.json("/pages/pages~x~b_20two.html/path").await;
    assert_eq!(ways(&stoker, "related"), [("Plumber", None, Some("pages~a~plumber.html"))]);
}

#[tokio::test]
async fn headings_are_suggested_and_found_by_their_filter() {
    let api = Api::of_corpus();
    let mut headings: Vec<(String, u64)> = Vec::new();
    for letter in 'a'..='z' {
        let answer = api.json(&format!("/suggest?q={letter}&limit=50")).await;
        for suggestion in list(&answer, "suggestions").iter().filter(|one| one["kind"] == "heading") {
            assert_eq!(suggestion["id"], suggestion["label"]);
            headings.push((
                suggestion["label"].as_str().unwrap().to_owned(),
                suggestion["pages"].as_u64().unwrap(),
            ));
        }
    }
    assert!(headings.len() > 20, "{headings:?}");
    for (heading, pages) in headings {
        let q: String =
            form_urlencoded::byte_serialize(format!("heading:\"{heading}\"").as_bytes()).collect();
        let found = api.json(&format!("/search?limit=0&q={q}")).await;
        assert!(found["total"]["pages_with_all"].as_u64().unwrap() >= pages, "{heading:?}: {found}");
    }
    let within = api.json("/suggest?q=netes").await;
    assert_eq!(within["suggestions"][0]["label"], "Kubernetes");
    assert_eq!(within["suggestions"][0]["highlights"], json!([{ "start": 5, "end": 10 }]));
    assert_eq!(
        api.json("/suggest?q=ne").await["suggestions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["label"] == "Kubernetes")
            .count(),
        0
    );
}

/// All that is told of every page and skill, without the generation.
fn told(searcher: &Searcher) -> Vec<Value> {
    let listing = || Listing { limit: 500, ..Listing::default() };
    let skills = searcher.skills(&SkillsRequest { listing: listing(), ..SkillsRequest::default() }).unwrap();
    let roles = searcher.roles(&RolesRequest { listing: listing(), skill: Vec::new() }).unwrap();
    let mut told = vec![json!(skills), json!(roles)];
    for skill in &skills.skills {
        let request = SkillRequest { id: skill.id.clone(), limit: 100, ..SkillRequest::default() };
        told.push(json!(searcher.skill(&request).unwrap()));
    }
    for id in searcher.page_ids() {
        told.push(json!(searcher.similar(&id, 50, None).unwrap()));
        told.push(json!(searcher.path(&id, None).unwrap()));
    }
    told.extend(["pyt", "eng", "re", "ies", "cmun"].map(|typed| json!(searcher.suggest(typed, 50).unwrap())));
    for answer in &mut told {
        answer.as_object_mut().and_then(|answer| answer.remove("generation"));
    }
    told
}

#[test]
fn an_index_that_was_changed_tells_what_one_tells_that_was_built_afresh() {
    let sample = |name: &str| std::fs::read_to_string(corpus().join(name)).unwrap();
    let names = [
        "cloud/devops-engineer.html",
        "cloud/cloud-architect.html",
        "data/data-engineer.html",
        "backend/backend-engineer.html",
    ];
    let pages: Vec<(&str, String)> = names.iter().map(|name| (*name, sample(name))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (*name, page.as_str())).collect();
    let changed = Place::ingested(&files);
    let before = told(&changed.searcher());
    changed.delete(&format!("pages/{}", names[0]));
    changed.write("pages/data/analytics-engineer.md", sample("data/analytics-engineer.md"));
    changed.write(
        &format!("pages/{}", names[3]),
        html("Backend Engineer", &[("Gnarled heading", &["Python."])]),
    );
    changed.ingest(&["pages"]);
    let fresh = Place::new();
    for (name, page) in &files[1..3] {
        fresh.write(&format!("pages/{name}"), page);
    }
    fresh.write("pages/data/analytics-engineer.md", sample("data/analytics-engineer.md"));
    fresh.write(
        &format!("pages/{}", names[3]),
        html("Backend Engineer", &[("Gnarled heading", &["Python."])]),
    );
    fresh.ingest(&["pages"]);
    let (after, wanted) = (told(&changed.searcher()), told(&fresh.searcher()));
    assert_ne!(before, after);
    assert_eq!(after, wanted);
}

#[test]
fn the_terminal_tells_the_same() {
    let place = Place::new();
    place.ingest(&[corpus().to_str().unwrap()]);
    let similar = place.run(&["similar", "cloud/devops-engineer.html", "--limit", "2"]).done().stdout;
    assert!(similar.contains("Kubernetes Platform Engineer") && similar.contains("Argo CD"), "{similar}");
    let json = place.run(&["similar", DEVOPS, "--limit", "1", "--json"]).done().json();
    assert!(similar.contains(json["similar"][0]["title"].as_str().unwrap()), "{similar}");
    let path = place.run(&["path", "cloud architect"]).done().stdout;
    assert!(path.contains("Leads here") && path.contains("“Senior cloud engineer”"), "{path}");
    let roles = place.run(&["roles", "lead"]).done().stdout;
    assert!(roles.contains("Design Systems Lead, Lead"), "{roles}");
    let skills = place.run(&["skills", "--limit", "1"]).done().stdout;
    assert!(skills.lines().nth(1).is_some_and(|line| line.contains("Communication")), "{skills}");
    let skill = place.run(&["skills", "--about", "kubernetes", "--limit", "1"]).done().stdout;
    assert!(skill.contains("Kubernetes Platform Engineer  required"), "{skill}");
    place.run(&["skills", "--about", "zarnqib"]).fails(3, &["zarnqib"]);
    place.run(&["similar", "zarnqib"]).fails(3, &["zarnqib"]);
    place.run(&["similar", DEVOPS, "--limit", "51"]).fails(2, &["limit"]);
}
