//! Pages side by side, over the sample pages and over hostile ones.

use crate::http::{Api, problem};
use crate::support::{Answer, Place, corpus, html, strings};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

const CLOUD: &str = "corpus~cloud~cloud-architect.html";
const DEVOPS: &str = "corpus~cloud~devops-engineer.html";
const GO: &str = "corpus~backend~senior-go-engineer.html";

fn address(pages: &[&str]) -> String {
    let pages: Vec<String> = pages.iter().map(|page| format!("page={page}")).collect();
    format!("/compare?{}", pages.join("&"))
}

fn row<'a>(rows: &'a Value, id: &str) -> &'a Value {
    let rows = rows.as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no row {id}: {rows:?}"))
}

/// Every object in a value that quotes a sentence.
fn quotes<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| quotes(value, found)),
        Value::Object(fields) => {
            if fields.contains_key("sentence") {
                found.push(value);
            }
            fields.values().for_each(|value| quotes(value, found));
        }
        _ => {}
    }
}

#[tokio::test]
async fn skills_in_common_and_apart_with_their_sentences() {
    let api = Api::of_corpus();
    let answer = api.json(&address(&[CLOUD, DEVOPS])).await;
    assert_eq!(strings(&answer["pages"], "id"), [CLOUD, DEVOPS]);
    let skills = &answer["skills"];
    assert_eq!(skills["in_some"], json!([]), "of two pages there is no some");
    let terraform = row(&skills["in_all"], "terraform");
    assert_eq!((&terraform["label"], &terraform["kind"]), (&json!("Terraform"), &json!("tool")));
    let [cloud, devops] = [0, 1].map(|page| &terraform["cells"][page]);
    assert_eq!((&cloud["strength"], &devops["strength"]), (&json!("required"), &json!("named")));
    assert_eq!(cloud["sentence"], "Infrastructure as code with Terraform or CloudFormation");
    assert_eq!(
        (&cloud["section"]["id"], &cloud["section"]["index"], &cloud["anchor"]),
        (&json!("qualifications"), &json!(2), &json!("qualifications"))
    );
    assert_eq!((&devops["sections"], &devops["heading"]), (&json!(2), &json!("Daily tasks")));
    let alone = row(&skills["in_one"], "aws-certified-solutions-architect");
    assert_eq!((&alone["cells"][0]["strength"], &alone["cells"][1]), (&json!("required"), &Value::Null));
    // What is asked for most in both comes first; what one has alone, page by page.
    let strengths: Vec<usize> = skills["in_one"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["cells"].as_array().unwrap().iter().position(|cell| !cell.is_null()).unwrap())
        .collect();
    assert!(strengths.is_sorted() && strengths.first() != strengths.last(), "{strengths:?}");
}

#[tokio::test]
async fn of_three_pages_some_have_what_not_all_have() {
    let api = Api::of_corpus();
    let answer = api.json(&address(&[CLOUD, DEVOPS, GO])).await;
    let having = |row: &Value| row["cells"].as_array().unwrap().iter().filter(|cell| !cell.is_null()).count();
    for (part, pages) in [("in_all", 3), ("in_some", 2), ("in_one", 1)] {
        let rows = answer["skills"][part].as_array().unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| having(row) == pages), "{part}");
    }
    let swapped = api.json(&address(&[GO, CLOUD, DEVOPS])).await;
    let cell = |answer: &Value, page: usize| row(&answer["skills"]["in_all"], "go")["cells"][page].clone();
    assert_eq!(cell(&answer, 2), cell(&swapped, 0), "cells follow the pages");
}

#[tokio::test]
async fn every_cell_has_the_sentence_of_its_page() {
    let api = Api::of_corpus();
    let answer = api.json(&address(&[CLOUD, DEVOPS, GO])).await;
    let pages = [
        api.json(&format!("/pages/{CLOUD}")).await,
        api.json(&format!("/pages/{DEVOPS}")).await,
        api.json(&format!("/pages/{GO}")).await,
    ];
    let mut checked = 0;
    let mut check = |cells: &Value| {
        for (cell, page) in cells.as_array().unwrap().iter().zip(&pages) {
            let mut found = Vec::new();
            quotes(cell, &mut found);
            for quote in found.into_iter().filter(|quote| !quote["block"].is_null()) {
                let section = &page["sections"][quote["section"]["index"].as_u64().unwrap() as usize];
                assert_eq!(section["section"]["id"], quote["section"]["id"]);
                let block = &section["blocks"][quote["block"].as_u64().unwrap() as usize];
                let (sentence, text) = (quote["sentence"].as_str().unwrap(), block["text"].as_str().unwrap());
                assert!(!sentence.is_empty() && text.contains(sentence), "{sentence:?} is not in {text:?}");
                checked += 1;
            }
        }
    };
    for field in ["skills", "companies"] {
        for part in ["in_all", "in_some", "in_one"] {
            answer[field][part].as_array().unwrap().iter().for_each(|row| check(&row["cells"]));
        }
    }
    answer["sections"].as_array().unwrap().iter().for_each(|row| check(&row["cells"]));
    ["pay", "experience", "education"].iter().for_each(|field| check(&answer[field]["cells"]));
    assert!(checked > 100, "{checked}");
}

#[tokio::test]
async fn pay_is_compared_in_one_currency_and_only_the_roles_own() {
    let api = Api::of_corpus();
    let answer = api.json(&address(&[CLOUD, DEVOPS])).await;
    let pay = &answer["pay"];
    assert_eq!(pay["currency"], "GBP");
    let span = &pay["cells"][0]["per_year"];
    assert_eq!((&span["low"], &span["high"]), (&json!(85_000.0), &json!(115_000.0)));
    let facts = pay["cells"][0]["facts"].as_array().unwrap();
    let stated = &facts[span["low_fact"].as_u64().unwrap() as usize];
    assert_eq!((&stated["low"], &stated["currency"]), (&json!(85_000.0), &json!("GBP")));
    assert!(stated["sentence"].as_str().unwrap().contains("£85k"));
    assert!(facts.iter().any(|fact| fact["of"] == "principal architects"), "others are listed");
    // The page also names what contractors get a day, which is no salary.
    assert_eq!(pay["cells"][1]["per_year"]["high"], json!(80_000.0));
}

#[tokio::test]
async fn what_others_are_paid_is_left_out_and_a_lone_currency_is_named() {
    let paid = |title: &str, pay: &[&str]| html(title, &[("Salary", pay)]);
    let api = Api::new(&[
        (
            "a.html",
            &paid(
                "Data Engineer",
                &[
                    "The salary is $100,000 to $120,000 per year.",
                    "A director of data earns $300,000 per year.",
                ],
            ),
        ),
        ("b.html", &paid("Data Analyst", &["The salary is €50,000 per year."])),
        ("c.html", &html("Data Steward", &[("Overview", &["Keeps data."])])),
    ]);
    let answer = api.json(&address(&["pages~a.html", "pages~b.html", "pages~c.html"])).await;
    let pay = &answer["pay"];
    assert_eq!(pay["currency"], Value::Null, "no two of them share one");
    let cells = pay["cells"].as_array().unwrap();
    assert_eq!(cells[0]["per_year"]["high"], json!(120_000.0), "{}", cells[0]);
    assert_eq!(cells[0]["facts"].as_array().unwrap().len(), 2);
    assert_eq!(cells[1]["per_year"]["currency"], "EUR");
    assert_eq!(cells[2], json!({ "per_year": null, "facts": [] }));
}

#[tokio::test]
async fn experience_and_education_name_what_says_most() {
    let api = Api::of_corpus();
    let answer = api.json(&address(&[CLOUD, DEVOPS])).await;
    let main = |field: &str, page: usize| {
        let cell = &answer[field]["cells"][page];
        cell["facts"][cell["main"].as_u64().unwrap() as usize].clone()
    };
    assert_eq!(main("experience", 0)["low"], json!(8.0), "eight years, of which three in the cloud");
    assert_eq!(main("education", 0)["degree"]["id"], "bachelor");
    assert_eq!(main("education", 1)["strength"], "preferred");
}

#[tokio::test]
async fn sections_stand_side_by_side_by_kind() {
    let one = html("One", &[("Overview", &["Short. Very."]), ("Salary", &["Paid."])]);
    let list = "<!doctype html><title>Two</title><main><h1>Two</h1><h2 id=\"what\">What you do</h2>\
                <ul><li>This thing</li><li>That other thing</li></ul><h2>Overview</h2><p>First sentence. And so on.</p></main>";
    let api = Api::new(&[("one.html", &one), ("two.html", list)]);
    let answer = api.json(&address(&["pages~one.html", "pages~two.html"])).await;
    let ids = strings(&answer["sections"], "id");
    assert_eq!(ids, ["overview", "salary", "responsibilities"], "what both have comes first");
    let overview = row(&answer["sections"], "overview");
    assert_eq!(overview["cells"][1][0]["sentence"], "First sentence.");
    let duties = row(&answer["sections"], "responsibilities");
    assert_eq!(duties["cells"][0], Value::Null);
    let cell = &duties["cells"][1][0];
    assert_eq!(
        (&cell["items"], &cell["words"], &cell["anchor"]),
        (&json!(2), &json!(5), &json!("what")),
        "{cell}"
    );
}

#[tokio::test]
async fn what_cannot_be_compared_is_named() {
    let api = Api::of_corpus();
    for (path, parameter) in [
        ("/compare".to_owned(), "page"),
        (address(&[CLOUD]), "page"),
        (address(&[CLOUD, CLOUD]), "page"),
        (address(&[CLOUD, DEVOPS, CLOUD]), "page"),
        (address(&["a", "b", "c", "d", "e", "f"]), "page"),
        (address(&[CLOUD, DEVOPS]) + "&pages=x", "pages"),
        (address(&[CLOUD, DEVOPS]) + "&format=xml", "format"),
        (address(&[CLOUD, DEVOPS]) + "&format=csv&format=json", "format"),
    ] {
        assert_eq!(problem(&api.get(&path).await, 400), [parameter], "{path}");
    }
    let unknown = api.get(&address(&[CLOUD, "corpus~nosuch.html"])).await;
    assert_eq!(problem(&unknown, 404), [""; 0]);
    assert!(unknown.body.contains("corpus~nosuch.html") && !unknown.body.contains(CLOUD), "{}", unknown.body);
}

async fn accepting(api: &Api, path: &str, accept: &str) -> Answer {
    api.send(Request::get(path).header("accept", accept).body(Body::empty()).unwrap()).await
}

/// The records of a table, which all have as many cells.
#[track_caller]
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn a_table_for_spreadsheets_says_the_same() {
    let api = Api::of_corpus();
    let path = address(&[CLOUD, DEVOPS]);
    let table = api.get(&format!("{path}&format=csv")).await;
    assert_eq!((table.status, table.content_type.as_str()), (200, "text/csv; charset=utf-8; header=present"));
    assert_eq!(accepting(&api, &path, "text/csv").await.body, table.body);
    assert_eq!(
        accepting(&api, &(path.clone() + "&format=json"), "text/csv").await.content_type,
        "application/json"
    );
    assert_eq!(accepting(&api, &path, "*/*").await.content_type, "application/json");
    let head =
        "what,name,Cloud Architect,Cloud Architect: source,DevOps Engineer,DevOps Engineer: source\r\n";
    assert!(table.body.starts_with(head), "{}", &table.body[..200]);
    let records = records(&table.body);
    let find = |what: &str, name: &str| {
        let found = records.iter().find(|record| record[0] == what && record[1] == name);
        found.unwrap_or_else(|| panic!("no {what}, {name} in {}", table.body))[2..].to_vec()
    };
    assert_eq!(find("page", "id"), [CLOUD, "", DEVOPS, ""]);
    assert_eq!(find("pay", "a year, from")[0], "85000");
    assert_eq!(
        find("skill in all", "Terraform")[..3],
        ["required", "Infrastructure as code with Terraform or CloudFormation", "named"]
    );
    let json = api.json(&path).await;
    let skills: usize = ["in_all", "in_some", "in_one"]
        .iter()
        .map(|part| json["skills"][part].as_array().unwrap().len())
        .sum();
    assert_eq!(records.iter().filter(|record| record[0].starts_with("skill in")).count(), skills);
}

/// Titles and texts that a spreadsheet would obey or that would break a table.
const HOSTILE: [&str; 7] = [
    "=cmd|'/C calc'!A0",
    "+1+1 Engineer",
    "-2+3 Engineer",
    "@SUM(A1:A9) Engineer",
    "＝1+1 Engineer",
    "Data, \"quoted\"; Engineer",
    "<script>alert(1)</script> Engineer",
];

#[tokio::test]
async fn no_page_writes_a_formula_or_breaks_the_table() {
    let pages: Vec<(String, String)> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let says = format!("{text} Python is required.");
            (format!("{at}.html"), html(text, &[(text, &[&says, "=1+1"]), ("Requirements", &[&says])]))
        })
        .collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let api = Api::new(&files);
    for (at, text) in HOSTILE.iter().enumerate() {
        let other = (at + 1) % HOSTILE.len();
        let path = address(&[&format!("pages~{at}.html"), &format!("pages~{other}.html")]);
        assert_eq!(api.json(&path).await["pages"][0]["title"], *text);
        let table = api.get(&format!("{path}&format=csv")).await;
        let records = records(&table.body);
        assert!(records.len() > 10 && records.iter().all(|record| record.len() == 6));
        for cell in records.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '\t', '\r', '\n']), "{cell:?}");
        }
        let title = records[0][2].trim_start_matches('\'');
        assert_eq!(title, *text, "nothing else is changed");
        let stray = table.body.replace("\r\n", "");
        assert!(!stray.contains(['\r', '\n']), "lines end in one way");
    }
}

#[test]
fn on_the_terminal_roles_are_named_and_tables_fit() {
    let place = Place::new();
    place.ingest(&[corpus().to_str().unwrap()]);
    let run = |args: &[&str], columns: &str| {
        let mut command = place.command([&["compare"], args].concat());
        let output = command.env("COLUMNS", columns).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for columns in [40, 80, 100, 120] {
        let text = run(&["cloud-architect", "devops-engineer"], &columns.to_string());
        for line in text.lines() {
            assert!(line.chars().count() <= columns, "{columns}: {line:?}");
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["Skills in both", "Only in Cloud Architect", "Terraform", "GBP 85,000 to 115,000"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
    let json: Value = serde_json::from_str(&run(&["cloud-architect", DEVOPS, "--json"], "80")).unwrap();
    assert_eq!(strings(&json["pages"], "id"), [CLOUD, DEVOPS]);
    assert_eq!(records(&run(&[CLOUD, DEVOPS, "--csv"], "80"))[0].len(), 6);
    place.run(&["compare", CLOUD]).fails(2, &["2 values"]);
    place.run(&["compare", CLOUD, "cloud-architect"]).fails(2, &["given twice"]);
    place.run(&["compare", CLOUD, "nosuch"]).fails(3, &["nosuch"]);
}
