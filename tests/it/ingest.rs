//! What of a folder becomes pages, how they are read, and what a report counts over several runs.

use crate::support::{Place, all_ids, html, strings};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;

fn page(title: &str) -> String {
    html(title, &[("Overview", &["Works with things."]), ("Requirements", &["Patience and Python."])])
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn listed(place: &Place) -> Vec<String> {
    let answer = place.search(&["--limit", "100"]);
    all_ids(&answer).into_iter().map(str::to_owned).collect()
}

/// Skipped (or failed) files with their reasons.
fn remarks<'v>(report: &'v Value, which: &str) -> Vec<(&'v str, &'v str)> {
    strings(&report[which], "path").into_iter().zip(strings(&report[which], "reason")).collect()
}

/// The counts of a report: new, changed, unchanged, removed, skipped, failed.
fn counts(report: &Value) -> [u64; 6] {
    ["new", "changed", "unchanged", "removed", "skipped", "failed"]
        .map(|name| report["pages"][name].as_u64().unwrap())
}

#[test]
fn every_format_is_read_packed_or_not_by_its_name_in_any_case() {
    let markdown = "# Sales Engineer\n\n## Requirements\n\nKnows glonfrip.\n";
    let saved = "logoSite\n\nSales Engineer\n\nRequirements\n\nKnows glonfrip.\n\n  • An item\n";
    let hyper = html("Sales Engineer", &[("Requirements", &["Knows glonfrip."])]);
    let place = Place::new();
    for (names, text) in [
        (["a.html", "b.htm", "c.xhtml", "D.HTML"].as_slice(), hyper.as_str()),
        (&["e.md", "f.markdown"], markdown),
        (&["g.txt"], saved),
    ] {
        for name in names {
            place.write(&format!("pages/{name}"), text);
            place.write(&format!("pages/deep/er/{name}.gz"), packed(text));
        }
    }
    place.ingest(&["pages"]);
    let answer = place.search(&["glonfrip", "--limit", "100", "--section", "requirements"]);
    let titles = strings(&answer["hits"], "title");
    assert!(titles.iter().all(|title| *title == "Sales Engineer"), "{titles:?}");
    let ids = all_ids(&answer);
    assert_eq!(ids.len(), 14);
    assert!(ids.contains(&"pages~deep~er~e.md.gz") && ids.contains(&"pages~D.HTML"), "{ids:?}");
}

#[test]
fn ids_are_one_safe_segment_made_of_source_and_path() {
    let place = Place::new();
    place.write("My Pages/a b/é_ü#?%.html", page("Odd Engineer"));
    place.ingest(&["My Pages"]);
    let ids = listed(&place);
    assert_eq!(ids, ["my-pages~a_20b~_c3_a9___c3_bc_23_3f_25.html"]);
    let again = Place::new();
    again.write("elsewhere/My Pages/a b/é_ü#?%.html", page("Odd Engineer"));
    again.ingest(&["elsewhere/My Pages"]);
    assert_eq!(listed(&again), ids, "the same on another machine");
}

#[test]
fn include_and_exclude_choose_by_name_and_by_path() {
    let files = ["a.html", "b.md", "draft-c.html", "roles/d.html", "roles/old/e.html", "roles/old/f.md"];
    let pages: Vec<(&str, String)> = files.iter().map(|file| (*file, page("Some Engineer"))).collect();
    let borrowed: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (*name, text.as_str())).collect();
    for (options, wanted) in [
        (&["--include", "*.html"][..], &["a.html", "draft-c.html", "roles~d.html", "roles~old~e.html"][..]),
        (&["--include", "*.html", "--exclude", "draft-*"], &["a.html", "roles~d.html", "roles~old~e.html"]),
        (
            &["--include", "roles/*.html", "--include", "*.md"],
            &["b.md", "roles~d.html", "roles~old~e.html", "roles~old~f.md"],
        ),
        (&["--exclude", "old"], &["a.html", "b.md", "draft-c.html", "roles~d.html"]),
        (&["--exclude", "roles/old/*"], &["a.html", "b.md", "draft-c.html", "roles~d.html"]),
    ] {
        let place = Place::with_pages(&borrowed);
        let report = place.ingest(&[&["pages"], options].concat());
        let ids: Vec<String> =
            listed(&place).iter().map(|id| id.trim_start_matches("pages~").to_owned()).collect();
        assert_eq!(ids, wanted, "{options:?}: {report}");
        let reasons = strings(&report["skipped"], "reason");
        assert!(reasons.iter().all(|reason| ["excluded", "not included"].contains(reason)), "{reasons:?}");
    }
}

#[test]
fn links_are_followed_only_when_asked_and_never_in_a_circle() {
    let place = Place::with_pages(&[("a.html", &page("Own Engineer"))]);
    place.write("outside/b.html", page("Linked Engineer"));
    symlink(place.path("outside"), place.path("pages/folder")).unwrap();
    symlink(place.path("outside/b.html"), place.path("pages/file.html")).unwrap();
    symlink(place.path("pages"), place.path("pages/circle")).unwrap();
    symlink(place.path("nowhere.html"), place.path("pages/broken.html")).unwrap();
    let report = place.ingest(&["pages"]);
    assert_eq!(listed(&place), ["pages~a.html"]);
    let reasons = remarks(&report, "skipped");
    assert_eq!(
        reasons.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
        ["broken.html", "circle", "file.html", "folder"]
    );
    assert!(reasons.iter().all(|(_, reason)| reason.contains("--follow-links")), "{reasons:?}");
    let ran = place.run(&["ingest", "pages", "--follow-links", "--json"]).exits(1);
    assert_eq!(listed(&place), ["pages~a.html", "pages~file.html", "pages~folder~b.html"]);
    let report = ran.json();
    let failed = remarks(&report, "failed");
    assert_eq!(
        failed.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
        ["broken.html", "circle"],
        "{failed:?}"
    );
}

#[test]
fn hidden_files_and_other_formats_are_passed_over_and_said_to_be() {
    let place = Place::with_pages(&[("a.html", &page("Own Engineer"))]);
    place.write("pages/.git/config.html", page("Hidden Engineer"));
    place.write("pages/.hidden.html", page("Hidden Engineer"));
    place.write("pages/picture.png", [137, 80, 78, 71]);
    place.write("pages/noextension", "text");
    let report = place.ingest(&["pages"]);
    let skipped = remarks(&report, "skipped");
    assert_eq!(
        skipped.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
        [".git", ".hidden.html", "noextension", "picture.png"]
    );
    assert!(skipped[0].1.contains("hidden") && skipped[3].1.contains("format"), "{skipped:?}");
    assert_eq!(listed(&place), ["pages~a.html"]);
}

#[test]
fn a_page_that_cannot_be_read_is_reported_and_the_rest_goes_on() {
    let place = Place::with_pages(&[("a.html", &page("First Engineer")), ("z.html", &page("Last Engineer"))]);
    place.write("pages/binary.html", [0_u8, 159, 146, 150, 0, 1, 2, 255].repeat(512));
    place.write("pages/damaged.html.gz", &packed(&page("Packed Engineer"))[..60]);
    place.write("pages/unpacked.md.gz", "# This is not packed at all");
    place.write("pages/empty.html", "");
    place.write("pages/blank.md", " \n\n ");
    let report = place.run(&["ingest", "pages", "--json"]).exits(1).json();
    let failed = remarks(&report, "failed");
    assert_eq!(
        failed.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
        ["binary.html", "damaged.html.gz", "unpacked.md.gz"]
    );
    assert!(
        failed[0].1.contains("not text") && failed.iter().all(|(_, reason)| !reason.is_empty()),
        "{failed:?}"
    );
    let skipped = remarks(&report, "skipped");
    assert_eq!(skipped.iter().map(|(path, _)| *path).collect::<Vec<_>>(), ["blank.md", "empty.html"]);
    assert!(skipped.iter().all(|(_, reason)| reason.contains("no text")), "{skipped:?}");
    assert_eq!(counts(&report), [2, 0, 0, 0, 2, 3]);
    assert_eq!(listed(&place), ["pages~a.html", "pages~z.html"]);
}

#[test]
fn a_page_that_becomes_unreadable_leaves_the_index() {
    let place =
        Place::with_pages(&[("a.html", &page("First Engineer")), ("b.html", &page("Second Engineer"))]);
    place.ingest(&["pages"]);
    place.write("pages/b.html", [0_u8, 159, 146, 150, 0, 1, 2, 255].repeat(512));
    let report = place.run(&["ingest", "pages", "--json"]).exits(1).json();
    assert_eq!(counts(&report), [0, 0, 1, 1, 0, 1]);
    assert_eq!(listed(&place), ["pages~a.html"]);
}

#[test]
fn an_enormous_page_is_cut_with_a_warning_and_a_bomb_is_harmless() {
    let place = Place::with_pages(&[("a.html", &page("Own Engineer"))]);
    let long = format!("# Long Engineer\n\n## Overview\n\n{}", "Some words go on. ".repeat(400_000));
    place.write("pages/long.md.gz", packed(&long));
    let report = place.ingest(&["pages"]);
    let warnings = remarks(&report, "warnings");
    assert!(
        warnings.len() == 1 && warnings[0].0 == "long.md.gz" && warnings[0].1.contains("4 MiB"),
        "{warnings:?}"
    );
    assert_eq!(listed(&place).len(), 2);
}

#[test]
fn an_address_comes_from_the_base_url_else_from_the_canonical_link_else_there_is_none() {
    let canonical = page("Own Engineer")
        .replace("<title>", "<link rel=\"canonical\" href=\"https://example.com/own\"><title>");
    let place = Place::with_pages(&[("own.html", &canonical), ("sub/no ne.html", &page("Other Engineer"))]);
    place.write("pages/packed.html.gz", packed(&page("Packed Engineer")));
    let urls = |place: &Place| {
        let answer = place.search(&[]);
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["url"].clone()).collect::<Vec<_>>()
    };
    place.ingest(&["pages"]);
    assert_eq!(urls(&place), [json!("https://example.com/own"), Value::Null, Value::Null]);
    for base in ["https://example.org/careers", "https://example.org/careers/"] {
        place.ingest(&["pages", "--base-url", base]);
        let wanted = ["own.html", "packed.html", "sub/no%20ne.html"]
            .map(|path| json!(format!("https://example.org/careers/{path}")));
        assert_eq!(urls(&place), wanted);
    }
    place.ingest(&["pages"]);
    assert_eq!(urls(&place), [json!("https://example.com/own"), Value::Null, Value::Null]);
}

#[test]
fn a_taxonomy_adds_skills_that_are_found_counted_and_filtered_by() {
    let text = html(
        "Odd Engineer",
        &[("Requirements", &["Years of qux and Wibble Wobble."]), ("Salary", &["Paid in Python."])],
    );
    let place = Place::with_pages(&[("odd.html", &text), ("other.html", &page("Other Engineer"))]);
    place.write("skills.tsv", "# ours\nQuuxlang\tqux|quux\nWibble Wobble\nPython\tsnakescript\n");
    place.write("more.tsv", "Patience\n");
    place.ingest(&["pages"]);
    assert_eq!(place.search(&["--skill", "quuxlang"])["total"]["pages"], 0);
    let report = place.ingest(&["pages", "--taxonomy", "skills.tsv", "--taxonomy", "more.tsv"]);
    assert_eq!(counts(&report), [0, 2, 0, 0, 0, 0]);
    let answer = place.search(&["--facet-limit", "100"]);
    let skills = strings(&answer["facets"]["skill"], "id");
    assert!(
        ["quuxlang", "wibble-wobble", "patience"].iter().all(|skill| skills.contains(skill)),
        "{skills:?}"
    );
    let labels = strings(&answer["facets"]["skill"], "label");
    assert!(labels.contains(&"Quuxlang") && labels.contains(&"Wibble Wobble"), "{labels:?}");
    let filtered = place.search(&["--skill", "quuxlang", "--skill", "wibble-wobble"]);
    assert_eq!(strings(&filtered["hits"], "id"), ["pages~odd.html"]);
    // The query knows the names too: another name of the skill finds it, as a synonym.
    let answer = place.search(&["quuxlang"]);
    let highlight = &answer["hits"][0]["sections"][0]["snippet"]["highlights"][0];
    assert_eq!(
        (answer["total"]["pages"].as_u64(), &highlight["kind"]),
        (Some(1), &json!("synonym")),
        "{answer}"
    );
    assert_eq!(place.search(&["snakescript"])["total"]["pages"], 2);
    place.ingest(&["pages"]);
    assert_eq!(place.search(&["quuxlang"])["total"]["pages"], 0);
}

#[test]
fn a_report_counts_what_became_of_every_page_over_many_runs() {
    let place = Place::with_pages(&[
        ("a.html", &page("A Engineer")),
        ("b.html", &page("B Engineer")),
        ("c.html", &page("C Engineer")),
    ]);
    let report = place.ingest(&["pages"]);
    assert_eq!(
        (counts(&report), report["generation"].as_u64(), report["sections"].as_u64()),
        ([3, 0, 0, 0, 0, 0], Some(1), Some(6))
    );
    let report = place.ingest(&["pages"]);
    assert_eq!(
        (counts(&report), report["generation"].as_u64(), report["sections"].as_u64()),
        ([0, 0, 3, 0, 0, 0], Some(1), Some(0))
    );
    place.write("pages/b.html", page("B Engineer").replace("Patience", "Haste"));
    place.write("pages/d.html", page("D Engineer"));
    place.write("pages/e.css", "");
    place.delete("pages/a.html");
    let report = place.ingest(&["pages"]);
    assert_eq!(
        (counts(&report), report["generation"].as_u64(), report["sections"].as_u64()),
        ([1, 1, 1, 1, 1, 0], Some(2), Some(4))
    );
    fs::rename(place.path("pages/c.html"), place.path("pages/f.html")).unwrap();
    let report = place.ingest(&["pages"]);
    assert_eq!((counts(&report), report["generation"].as_u64()), ([1, 0, 2, 1, 1, 0], Some(3)));
    assert_eq!(listed(&place), ["pages~b.html", "pages~d.html", "pages~f.html"]);
    assert_eq!(place.search(&["haste"])["total"]["pages"], 1);
}

#[test]
fn a_file_whose_content_is_the_same_is_unchanged_however_new_it_is() {
    let place = Place::with_pages(&[("a.html", &page("A Engineer"))]);
    place.ingest(&["pages"]);
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(3600);
    fs::File::options().append(true).open(place.path("pages/a.html")).unwrap().set_modified(later).unwrap();
    let report = place.ingest(&["pages"]);
    assert_eq!((counts(&report), report["generation"].as_u64()), ([0, 0, 1, 0, 0, 0], Some(1)));
    // And one whose content changed is seen to, though length and time are as they were.
    place.write("pages/a.html", page("A Engineer").replace("Patience", "patience"));
    fs::File::options().append(true).open(place.path("pages/a.html")).unwrap().set_modified(later).unwrap();
    assert_eq!(counts(&place.ingest(&["pages"])), [0, 1, 0, 0, 0, 0]);
}

#[test]
fn a_change_of_options_analyses_every_page_again_and_the_same_options_do_not() {
    let place = Place::with_pages(&[("a.html", &page("A Engineer")), ("b.html", &page("B Engineer"))]);
    place.write("one.tsv", "Quuxlang\tqux\n");
    place.write("two.tsv", "Quuxlang\tquux\n");
    place.ingest(&["pages"]);
    for options in [
        &["--base-url", "https://example.org/"][..],
        &["--taxonomy", "one.tsv"],
        &["--taxonomy", "two.tsv"],
        &[],
    ] {
        let args = [&["pages"], options].concat();
        assert_eq!(counts(&place.ingest(&args)), [0, 2, 0, 0, 0, 0], "{options:?}");
        assert_eq!(counts(&place.ingest(&args)), [0, 0, 2, 0, 0, 0], "{options:?}");
    }
}

#[test]
fn what_a_run_no_longer_selects_leaves_the_index_and_other_sources_stay() {
    let place = Place::with_pages(&[
        ("a.html", &page("A Engineer")),
        ("b.md", "# B Engineer\n\n## Overview\n\nText.\n"),
    ]);
    place.write("more/c.html", page("C Engineer"));
    let report = place.ingest(&["pages", "more"]);
    assert_eq!((counts(&report), &report["sources"]), ([3, 0, 0, 0, 0, 0], &json!(["pages", "more"])));
    let report = place.ingest(&["pages", "--include", "*.html"]);
    assert_eq!(counts(&report), [0, 0, 1, 1, 1, 0]);
    assert_eq!(listed(&place), ["more~c.html", "pages~a.html"]);
}

#[test]
fn one_thread_and_many_make_the_same_index() {
    let files: Vec<(String, String)> =
        (0..40).map(|n| (format!("p{n:02}.html"), page(&format!("Role{n} Engineer")))).collect();
    let borrowed: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let answers = ["1", "8"].map(|threads| {
        let place = Place::with_pages(&borrowed);
        place.ingest(&["pages", "--threads", threads]);
        crate::support::timeless(place.search(&[
            "python engineer",
            "--limit",
            "100",
            "--sections-per-hit",
            "100",
        ]))
    });
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_page_that_asks_to_be_left_out_is_skipped_unless_robots_are_ignored() {
    let place = Place::new();
    place.write("pages/open.html", page("Open Engineer"));
    let closed =
        page("Closed Engineer").replace("<title>", "<meta name=\"robots\" content=\"noindex\"><title>");
    place.write("pages/closed.html", closed);
    let report = place.ingest(&["pages"]);
    assert_eq!(counts(&report), [1, 0, 0, 0, 1, 0]);
    let skipped = remarks(&report, "skipped");
    assert!(skipped[0].0 == "closed.html" && skipped[0].1.contains("--ignore-robots"), "{skipped:?}");
    place.ingest(&["pages", "--ignore-robots"]);
    assert_eq!(listed(&place), ["pages~closed.html", "pages~open.html"]);
    let report = place.ingest(&["pages"]);
    assert_eq!(report["pages"]["removed"], 1);
    assert_eq!(listed(&place), ["pages~open.html"]);
}
