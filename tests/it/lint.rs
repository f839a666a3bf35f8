//! `rolecall lint`: each rule on a page that has what it looks for, and on one that has not.

use crate::support::{Place, corpus, shared};
use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Instant;

/// What is found in these pages, as `file:line rule`, the line as precisely as it is known; by one rule only, if it is named.
fn found(files: &[(&str, &str)], rule: &str) -> Vec<String> {
    lines(&report(&Place::with_pages(files), &["--year", "2026"]), rule)
}

fn report(place: &Place, args: &[&str]) -> Value {
    place.run(&[&["lint", "--json", "--fail-on", "never", "pages"], args].concat()).done().json()
}

fn lines(report: &Value, rule: &str) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let line = |finding: &Value| match finding["precision"].as_str().unwrap() {
        "text" => finding["line"].to_string(),
        "heading" => format!("~{}", finding["line"]),
        _ => "-".to_owned(),
    };
    let file = |finding: &Value| finding["file"].as_str().unwrap().trim_start_matches("pages/").to_owned();
    findings
        .filter(|finding| finding["rule"] == rule)
        .map(|finding| {
            format!("{}:{} {}", file(finding), line(finding), finding["message"].as_str().unwrap())
        })
        .collect()
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><title>{title}</title></head><body><main>\n<h1>{title}</h1>\n{body}\n</main></body></html>\n"
    )
}

/// One finding, at this place and with these words.
#[track_caller]
fn one(found: &[String], begins: &str, says: &str) {
    assert!(found.len() == 1 && found[0].starts_with(begins) && found[0].contains(says), "{found:#?}");
}

#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "{found:#?}");
}

const FULL: &str = "<h2>Responsibilities</h2>\n<ul><li>Build pipelines</li></ul>\n<h2>Requirements</h2>\n<p>You need three years of experience.</p>\n\
    <h2>Skills</h2>\n<ul><li>SQL</li><li>Python</li></ul>\n<h2>Salary</h2>\n<p>The salary is $100,000 to $120,000 per year.</p>\n\
    <h2>Career path</h2>\n<p>Then one leads a team.</p>";

#[test]
fn a_page_that_has_everything_has_no_finding() {
    let place = Place::with_pages(&[("a.html", &page("Data Engineer", FULL))]);
    let report = report(&place, &[]);
    assert_eq!(report["findings"], json!([]));
    assert_eq!(report["pages"], 1);
    let said = place.run(&["lint", "pages", "--fail-on", "note"]).done();
    assert_eq!(said.stdout, "1 page: 0 errors, 0 warnings, 0 notes\n");
}

#[test]
fn what_a_page_does_not_tell_is_said_once_and_of_most_pages_once_for_all() {
    let lacking =
        page("Data Engineer", &FULL.replace("Career path", "Weather").replace("leads a team", "rests"));
    one(&found(&[("a.html", &lacking)], "missing-sections"), "a.html:-", "does not tell the career path");
    none(&found(&[("a.html", &page("About us", "<p>Text.</p>"))], "missing-sections"));
    let titles =
        ["Baker", "Cook", "Driver", "Farmer", "Miner", "Nurse", "Pilot", "Tailor", "Teacher", "Welder"];
    let pages: Vec<(String, String)> = titles
        .into_iter()
        .map(|title| {
            (
                format!("{title}.html"),
                page(title, &FULL.replace("Career path", "Weather").replace("leads a team", "rests")),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    one(
        &found(&files, "missing-sections"),
        "Baker.html:-",
        "of 10 pages about roles in this folder, 10 do not tell the career path",
    );
}

#[test]
fn text_without_headings_and_undivided_text() {
    let words = |count: usize| "A sentence has six words here. ".repeat(count / 6 + 1);
    let long =
        page("Data Engineer", &format!("<p>{}</p><h2>Skills</h2>\n\n<p>{}</p>", words(300), words(600)));
    one(&found(&[("a.html", &long)], "text-without-heading"), "a.html:4", "306 words");
    one(&found(&[("a.html", &long)], "undivided-text"), "a.html:6", "under “Skills”");
    let short = page(
        "Data Engineer",
        &format!(
            "<p>{}</p><h2>Skills</h2>\n<p>{}</p><h3>More</h3><p>{}</p>",
            words(100),
            words(300),
            words(300)
        ),
    );
    none(&found(&[("a.html", &short)], "text-without-heading"));
    none(&found(&[("a.html", &short)], "undivided-text"));
}

#[test]
fn pay_that_cannot_be_right() {
    let of = |text: &str, rule: &str| {
        found(&[("a.html", &page("Data Engineer", &format!("<h2>Salary</h2>\n<p>{text}</p>")))], rule)
    };
    one(&of("The salary is $150,000 - $120,000 per year in Denver.", "pay-order"), "a.html:5", "backwards");
    one(
        &of(
            "The median salary is $170,000 per year, in a range of $100,000 to $140,000 per year.",
            "pay-order",
        ),
        "a.html:5",
        "outside",
    );
    none(&of(
        "The median salary is $120,000 per year, in a range of $100,000 to $140,000 per year.",
        "pay-order",
    ));
    none(&of("The salary is $150,000 in Denver and $120,000 in Dallas per year.", "pay-order"));
    let twice = "In Germany one earns between €60,000 and €75,000 per year.</p>\n<p>Salaries in Germany range from €80,000 to €95,000 per year.";
    one(&of(twice, "contradictory-pay"), "a.html:6", "€80,000");
    none(&of(&twice.replace("between", "as a senior between"), "contradictory-pay"));
    none(&of(&twice.replace("Salaries in Germany", "Salaries in Austria"), "contradictory-pay"));
    none(&of(&twice.replace("€80,000", "€70,000"), "contradictory-pay"));
    let hourly = "In Ohio the pay is $20 per hour. In Ohio the pay is $150,000 per year.";
    one(&of(hourly, "contradictory-pay"), "a.html:5", "$20 per hour");
    none(&of(&hourly.replace("150,000", "42,000"), "contradictory-pay"));
}

#[test]
fn what_is_out_of_date() {
    let of = |text: &str, rule: &str| {
        found(&[("a.md", &format!("# Data Engineer\n\n## Salary\n\nA word\nbefore. {text}\n"))], rule)
    };
    one(&of("As of 2019, data engineers\nearn $90,000 per year.", "outdated-pay"), "a.md:6", "2019");
    none(&of("As of 2025, data engineers earn $90,000 per year.", "outdated-pay"));
    one(
        &of("Jobs are projected to grow 8% from 2018 to 2028.", "outdated-projection"),
        "a.md:6",
        "begins in 2018",
    );
    one(&of("The market will double by 2022.", "outdated-projection"), "a.md:6", "2022");
    none(&of(
        "Jobs are projected to grow 8% from 2024 to 2034. The firm grew from 2015 to 2022.",
        "outdated-projection",
    ));
    let place =
        Place::with_pages(&[("a.md", "# Cook\n\n## Salary\n\nAs of 2019, cooks earn $40,000 per year.\n")]);
    none(&lines(&report(&place, &["--year", "2020"]), "outdated-pay"));
    assert_eq!(lines(&report(&place, &[]), "outdated-pay").len(), 1, "the clock tells the year");
}

#[test]
fn copies_and_pages_for_one_role() {
    let text: String = (0..120).fold(String::new(), |mut text, word| {
        let _ = write!(text, "word{word} ");
        text
    });
    let file = |title: &str, text: &str| page(title, &format!("<h2>Overview</h2><p>{text}</p>"));
    let copies = [
        ("a.html", &*file("Data Engineer", &text)),
        ("b.html", &*file("ETL Developer", &text.replace("word60 ", "other "))),
        ("c.html", &*file("Cook", &text.replace("word", "term"))),
        ("d.html", &*file("Data engineers", &text.replace("word", "name"))),
    ];
    one(&found(&copies, "copied-page"), "b.html:-", "nearly the same as pages/a.html");
    one(&found(&copies, "same-role"), "d.html:-", "as pages/a.html is");
}

#[test]
fn titles_roles_and_languages() {
    one(
        &found(&[("a.html", "<html lang=en><p>We look for somebody.</p>")], "no-title"),
        "a.html:-",
        "We look for somebody.",
    );
    none(&found(&[("a.html", &page("Cook", "<p>Cooks.</p>"))], "no-title"));
    none(&found(&[("a.md", "---\ntitle: Cook\n---\n\nCooks.\n")], "no-title"));
    one(&found(&[("a.html", &page("How we work", "<p>Well.</p>"))], "no-role"), "a.html:3", "How we work");
    none(&found(&[("a.html", &page("Cook", "<p>Cooks.</p>"))], "no-role"));
    let english = "The cook makes what the guests have asked for and takes care that it is hot when it comes to the table. ".repeat(4);
    let stated = page("Cook", &format!("<p>{english}</p>"));
    let wrong = stated.replace("lang=\"en\"", "lang=\"de\"");
    one(&found(&[("a.html", &wrong)], "wrong-language"), "a.html:-", "German, but its text is in English");
    none(&found(&[("a.html", &stated)], "wrong-language"));
    none(&found(&[("a.html", &stated)], "no-language"));
    one(
        &found(&[("a.html", &stated.replace(" lang=\"en\"", ""))], "no-language"),
        "a.html:-",
        "does not state",
    );
}

#[test]
fn links_that_lead_nowhere() {
    let a = page(
        "Cook",
        "<p><a href=\"b.html\">b</a>\n<a href='../c.html'>c</a> <a href=d/>d</a>\n<a href=\"no/x%20y.html?q=1\">x</a>\n\
         <a href=\"#here\" id=here>h</a> <a href=\"b.html#pay\">p</a>\n<a href=\"e.md#the-pay-of-it\">e</a> <a href='#menu' onclick=x()>m</a>\n\
         <a href=\"b.html#none\">n</a> <a href='/root.html'>r</a> <a href='https://a.example/x'>w</a> <a href=f>f</a></p>",
    );
    let files = [
        ("a.html", &*a),
        ("b.html", &*page("Baker", "<h2 id=pay>Pay</h2><p>Good.</p>")),
        ("d/index.html", &*page("Driver", "<p>Drives.</p>")),
        ("e.md", "# Editor\n\n## The *pay* of it\n\nGood.\n"),
        ("f.html", &*page("Farmer", "<base href='https://a.example/'><p><a href=gone.html>g</a></p>")),
    ];
    one(&found(&files, "broken-link"), "a.html:6", "“no/x y.html”");
    one(&found(&files, "broken-anchor"), "a.html:9", "“#none”, which b.html");
}

#[test]
fn roles_that_no_page_is_about() {
    let related = "<h2>Related roles</h2>\n<ul>\n<li>Bakers</li>\n<li>Astronaut</li></ul>";
    let files = [("a.html", &*page("Cook", related)), ("b.html", &*page("Baker", "<p>Bakes.</p>"))];
    one(&found(&files, "unknown-role"), "a.html:7", "“Astronaut”");
    let place = Place::with_pages(&files);
    let only = place.run(&["lint", "--json", "pages/a.html", "--fail-on", "never"]).done().json();
    none(&lines(&only, "unknown-role"));
}

#[test]
fn what_ingest_would_warn_of() {
    let place = Place::with_pages(&[(
        "a.html",
        &page("Cook", "<meta name=robots content='noindex, follow'><p>Cooks.</p>"),
    )]);
    place.write("pages/b.html", b"\x89PNG\r\n\x1a\n....");
    place.write("pages/c.txt", "");
    place.write("pages/d.html", b"<html lang=fr><title>Cuisinier</title><p>Il pr\xe9pare les plats.</p>");
    place.write("pages/e.md", "# Baker\n\nBakes.\n\nBr\u{fffd}t.\n");
    let report = report(&place, &[]);
    one(&lines(&report, "noindex"), "a.html:4", "leave it out");
    let unreadable = lines(&report, "unreadable");
    assert!(
        unreadable.len() == 2 && unreadable[0].starts_with("b.html:-") && unreadable[1].contains("no text"),
        "{unreadable:?}"
    );
    let odd = lines(&report, "odd-encoding");
    assert!(odd.len() == 2 && odd[0].contains("windows-1252") && odd[1].starts_with("e.md:5"), "{odd:?}");
    let cut = format!("# Cook\n\nFirst.\n\n{}", "[".repeat(1_000_000));
    one(&found(&[("a.md", &cut)], "odd-page"), "a.md:-", "truncated");
}

#[test]
fn rules_severities_and_exit_codes() {
    let place = Place::with_pages(&[("a.html", &page("How we work", "<p><a href=gone.html>g</a></p>"))]);
    let run = |args: &[&str]| place.run(&[&["lint", "pages"], args].concat());
    let ran = run(&[]).exits(1);
    assert!(
        ran.stdout.contains("pages/a.html")
            && ran.stdout.contains("broken-link")
            && !ran.stdout.contains('\u{1b}')
    );
    run(&["--fail-on", "error"]).exits(1);
    run(&["--fail-on", "never"]).done();
    run(&["--allow", "broken-link"]).done();
    run(&["--allow", "broken-link", "--fail-on", "note"]).exits(1);
    run(&["--rule", "no-role"]).done();
    run(&["--rule", "no-such-rule"]).fails(2, &["no-such-rule"]);
    run(&["--json", "--sarif"]).fails(2, &["--sarif"]);
    place.run(&["lint"]).fails(2, &["PATH"]);
    place.run(&["lint", "nowhere"]).fails(3, &["nowhere"]);
    std::fs::create_dir(place.path("empty")).unwrap();
    place.run(&["lint", "empty"]).fails(3, &["no page"]);
    assert!(!place.path("index").exists(), "nothing is written");
}

/// The parts of the official schema of SARIF 2.1.0 that are required or that code scanning reads.
const SARIF: &str = include_str!("sarif.schema.json");

#[test]
fn sarif_is_what_code_scanning_takes() {
    let place = Place::new();
    place.write("my pages/a#1.html", page("How we work", "<p>\n<a href=gone.html>g</a></p>"));
    let log = place.run(&["lint", "--sarif", "my pages"]).exits(1).json();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.set_default_draft(boon::Draft::V7);

    compiler.add_resource("https://sarif.example/schema", serde_json::from_str(SARIF).unwrap()).unwrap();
    let schema = compiler.compile("https://sarif.example/schema", &mut schemas).unwrap();
    schemas.validate(&log, schema).unwrap_or_else(|error| panic!("{error:#}"));
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let broken = results.iter().find(|result| result["ruleId"] == "broken-link").unwrap();
    assert_eq!(
        run["tool"]["driver"]["rules"][broken["ruleIndex"].as_u64().unwrap() as usize]["id"],
        "broken-link"
    );
    let place = &broken["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20pages/a%231.html");
    assert_eq!(place["region"]["startLine"], 5);
    assert!(
        schemas
            .validate(&json!({ "version": "2.1.0", "runs": [{ "tool": {}, "results": [] }] }), schema)
            .is_err()
    );
}

#[test]
fn hostile_pages_take_no_longer_than_their_size_and_are_capped() {
    let place = Place::new();
    let many = |piece: &str, size: usize| piece.repeat(size / piece.len());
    place
        .write("pages/a.html", page("Cook", &many("<p><a href=x#y>The same words once more</a>\n", 100_000)));
    place.write("pages/b.html", page("Baker", &many("<a href=\"", 100_000)));
    place.write("pages/c.md", format!("# Miner\n\n{}", many("[a](gone.md)\n", 60_000)));
    place.write("pages/d.html", page("Nurse", &many("<p>By 2020 growth will grow by 2021.", 60_000)));
    place.write("pages/e.html", page("<script>\u{1b}[31m", &many("<h2>&lt;b&gt;</h2>", 20_000)));
    let start = Instant::now();
    let report = report(&place, &[]);
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
    assert_eq!(lines(&report, "broken-link").len(), 40, "twenty a page");
    assert!(report["not_listed"].as_u64().unwrap() > 1_000);
    assert!(!place.run(&["lint", "pages", "--fail-on", "never"]).done().stdout.contains('\u{1b}'));
}

#[test]
fn the_same_comes_out_whatever_the_order_of_work() {
    let place = Place::new();
    let root = corpus();
    let root = root.to_str().unwrap();
    let run = |threads: &str| {
        place.run(&["lint", root, "--json", "--fail-on", "never", "--threads", threads]).done().stdout
    };
    let (one, four) = (run("1"), run("4"));
    assert_eq!(one, four);
    let report: Value = serde_json::from_str(&one).unwrap();
    let rules: BTreeSet<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert_eq!(
        rules,
        BTreeSet::from(["broken-link", "missing-sections", "no-role", "unknown-role"]),
        "the samples have no other faults"
    );
}

#[test]
fn real_pages_raise_no_false_alarm_about_pay() {
    let Some(pages) = shared("pages/ictasl") else { return };
    let place = Place::new();
    let pages = pages.to_str().unwrap();
    let report = place.run(&["lint", pages, "--json", "--fail-on", "never", "--year", "2026"]).done().json();
    for rule in
        ["pay-order", "contradictory-pay", "outdated-pay", "copied-page", "wrong-language", "no-title"]
    {
        none(&lines(&report, rule));
    }
}
