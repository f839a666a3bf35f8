//! Skills that a user adds: the downloads of ESCO and O*NET as they come, and names that are ordinary words.

use crate::support::{Place, html, strings};
use rolecall::annotate::{Taxonomy, Vocabulary, annotate};
use rolecall::parse::{Format, parse};
use std::path::Path;
use std::time::{Duration, Instant};

/// Rows of our own in the columns of ESCO's `skills_en.csv`, aliases on lines of their own within quotes.
const ESCO: &str = include_str!("taxonomies/skills_en.csv");
/// Rows of our own in the columns of O*NET's `Technology Skills.txt`, lines ending as there.
const ONET: &str = include_str!("taxonomies/Technology Skills.txt");

fn vocabulary(file: &str) -> std::sync::Arc<Vocabulary> {
    Vocabulary::with(&[Taxonomy::read(file.as_bytes()).unwrap()])
}

/// The skills that a page of this Markdown names, in the order of ids.
fn skills(vocabulary: &Vocabulary, markdown: &str) -> Vec<String> {
    let mut page = parse(markdown.as_bytes(), Format::Markdown).unwrap();
    annotate(&mut page, vocabulary);
    let mut ids: Vec<String> = page
        .sections
        .iter()
        .flat_map(|section| section.skills.iter().map(|skill| skill.id.clone()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn the_downloads_of_esco_and_onet_are_told_by_their_headers_and_found_with_their_kinds() {
    let text = html(
        "Net Mender",
        &[
            ("Responsibilities", &["You repair fishing nets and darn nets, ropes and lines by the harbour."]),
            ("Requirements", &["Experience with Quillon. Pomology helps. Trawlmaster runs on HarbourOS."]),
            ("Tools", &["We have NetMender Pro, Inc. Knots and Microsoft Excel."]),
        ],
    );
    let place = Place::with_pages(&[("mender.html", &text)]);
    place.write("esco.csv", ESCO);
    place.write("onet.tsv", ONET);
    place.ingest(&["pages", "--taxonomy", "esco.csv", "--taxonomy", "onet.tsv"]);
    let answer = place.search(&["--facet-limit", "100"]);
    let found = strings(&answer["facets"]["skill"], "id");
    for id in [
        "mend-fishing-nets",
        "quillon-computer-programming",
        "pomology",
        "trawlmaster",
        "harbouros",
        "netmender-pro-inc-knots",
        "excel",
    ] {
        assert!(found.contains(&id), "{id}: {found:?}");
    }
    // What is asked by one of its names is found by the others.
    assert_eq!(place.search(&["net mending"])["total"]["pages"], 1);
    let vocabulary = Vocabulary::with(&[ESCO, ONET].map(|file| Taxonomy::read(file.as_bytes()).unwrap()));
    for (id, kind) in [
        ("mend-fishing-nets", "skill"),
        ("quillon-computer-programming", "language"),
        ("keep-one-s-temper", "soft-skill"),
        ("pomology", "field"),
        ("trawlmaster", "tool"),
        ("harbouros", "platform"),
        ("excel", "tool"),
        ("python", "language"),
    ] {
        assert_eq!(vocabulary.skill(id).map(|skill| skill.kind.as_str()), Some(kind), "{id}");
    }
    assert!(vocabulary.skill("old-shipwright-s-lore").is_none(), "it is obsolete");
}

/// Names that are ordinary words too, as O*NET and ESCO have such: each with sentences that do not mean the skill.
const AMBIGUOUS: [(&str, &[&str]); 29] = [
    ("IT", &["It is a good place.", "We like it here, and it shows."]),
    ("data", &["Data protects people.", "We look at data every day."]),
    (
        "Office",
        &["Office hours are flexible.", "The office is in Leeds.", "Our Office of the Future opens in May."],
    ),
    ("Teams", &["Teams of five share a room.", "You lead two teams."]),
    ("Scheme", &["Scheme members retire at 60.", "We offer a pension scheme."]),
    ("Go", &["Go the extra mile.", "You go where customers are."]),
    ("R", &["Work with R&D.", "Ask J. R. Smith."]),
    ("Excel", &["Excel at what you do.", "You will excel here."]),
    ("Word", &["Word spreads fast.", "We keep our word."]),
    ("Access", &["Access to a gym.", "You have access to a car.", "Access and inclusion matter."]),
    ("Outlook", &["Outlook for 2030: good.", "The outlook is bright."]),
    ("Slack", &["Slack ropes are tightened.", "There is no slack."]),
    (
        "Express",
        &["Express interest early.", "Ride the Orient Express to Paris.", "Express delivery is ours."],
    ),
    ("Spring", &["Spring is busy.", "In Spring we plant.", "Spring clean the hall."]),
    ("Swift", &["Swift action is needed.", "Swift Transportation is hiring."]),
    ("Rust", &["Rust is removed by hand.", "Watch for rust."]),
    ("Dart", &["Dart players are welcome.", "We dart between tables."]),
    ("C", &["Report to the C-level.", "Turn left at Gate C and wait."]),
    ("SAND", &["SAND AND GRAVEL ARE MOVED.", "Sand the boards."]),
    ("Box", &["Box the goods.", "The box is heavy."]),
    ("Zoom", &["Zoom in on details.", "Cars zoom past."]),
    ("Chef", &["Chef wanted.", "The chef cooks.", "Ask Chef Martin for the menu."]),
    ("Puppet", &["Puppet shows for children.", "A puppet is made of wood."]),
    ("Act!", &["Act quickly!", "Act! Do not wait.", "You act on your own."]),
    ("Alice", &["Alice runs the front desk.", "Talk to Alice about holidays."]),
    ("Edge", &["Edge cases are discussed.", "It gives you an edge."]),
    ("Velvet", &["Velvet curtains are sewn.", "You sew velvet."]),
    ("report", &["Report to the manager.", "You report to two people and report on time."]),
    (
        "Front Desk",
        &["Front desk staff smile.", "Work at the front desk.", "Front Desk Agents work in shifts."],
    ),
];

#[test]
fn a_name_that_is_an_ordinary_word_is_found_in_lists_of_tools_and_not_in_sentences() {
    let rows: String = AMBIGUOUS.map(|(name, _)| format!("1\t{name}\t1\tQuux software\tN\tN\n")).concat();
    let vocabulary = vocabulary(&format!("{ONET}{rows}"));
    for (name, sentences) in AMBIGUOUS {
        let words: Vec<_> = rolecall::text::words(name).map(|word| word.folded.into_owned()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let called: Vec<&str> = vocabulary.called(&words).map(|skill| skill.id.as_str()).collect();
        let is_found = |markdown: &str| {
            skills(&vocabulary, markdown).iter().any(|skill| called.contains(&skill.as_str()))
        };
        for sentence in sentences {
            for heading in ["Overview", "Responsibilities"] {
                let page = format!("# Florist\n\n## {heading}\n\n{sentence}\n\n- {sentence}\n");
                assert!(!is_found(&page), "{name} in {sentence:?}");
            }
        }
        for list in [
            format!("## Tools\n\n- {name}\n- Trawlmaster\n"),
            format!("## Requirements\n\nTrawlmaster, {name}, HarbourOS\n"),
            format!("## Technology\n\n| Kind | Name |\n|---|---|\n| Editor | {name} |\n"),
        ] {
            assert!(is_found(&format!("# Florist\n\n{list}")), "{name} in {list:?}");
        }
    }
}

#[test]
fn what_is_no_taxonomy_is_refused_with_file_line_and_advice() {
    let place = Place::with_pages(&[("a.html", &html("A Engineer", &[("Overview", &["Text."])]))]);
    let header = ONET.lines().next().unwrap();
    for (name, content, says) in [
        ("empty.csv", Vec::new(), &["empty"][..]),
        ("header.txt", format!("{header}\r\n").into_bytes(), &["no skill", "below the header"]),
        ("header.csv", ESCO.lines().next().unwrap().as_bytes().to_vec(), &["no skill"]),
        ("page.html", b"<!doctype html><p>Skills".to_vec(), &["web page"]),
        ("book.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0".to_vec(), &["not text"]),
        ("latin.tsv", b"Python\nB\xfcro\n".to_vec(), &["line 2", "UTF-8"]),
        ("big.csv", vec![b'x'; 50 << 20], &["32 MiB"]),
        ("line.tsv", vec![b'x'; 5 << 20], &["line 1", "300 characters"]),
        ("cut.txt", format!("{header}\r\n11-1011.00").into_bytes(), &["line 2", "1 of 6 columns"]),
        (
            "occupations_en.csv",
            b"conceptType,conceptUri,preferredLabel,altLabels\nOccupation,http://x,plumber,\n".to_vec(),
            &["Occupation", "skills_en.csv"],
        ),
        ("quote.csv", ESCO.replacen("fix fishing nets\"", "fix fishing nets", 1).into_bytes(), &["line"]),
    ] {
        place.write(name, content);
        let says: Vec<&str> = [&[name], says].concat();
        place.run(&["ingest", "pages", "--taxonomy", name]).fails(2, &says);
    }
    assert!(!place.path("index").exists(), "a run that cannot begin leaves nothing behind");
}

#[test]
fn the_real_taxonomies_are_ready_within_seconds() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/taxonomies");
    let files = [
        "onet-29.2/Technology Skills.txt",
        "esco-1.2.0/digitalSkillsCollection_en.csv",
        "esco-1.2.0/transversalSkillsCollection_en.csv",
    ];
    if !files.iter().all(|file| shared.join(file).is_file()) {
        eprintln!("skipped: ../shared/taxonomies is not there");
        return;
    }
    let taxonomies = files.map(|file| Taxonomy::read(&std::fs::read(shared.join(file)).unwrap()).unwrap());
    assert_eq!(taxonomies.each_ref().map(|taxonomy| taxonomy.text.lines().count()), [8745, 1284, 95]);
    let start = Instant::now();
    let vocabulary = Vocabulary::with(&taxonomies);
    let took = start.elapsed();
    println!("{} skills ready after {took:?}", vocabulary.skills().len());
    // Two seconds are meant for the program as it is shipped; here it is not optimised, and others run beside it.
    assert!(took < Duration::from_secs(10), "{took:?}");
    let page = "# Clerk\n\n## Overview\n\nYou manage budgets and develop ICT workflow with care.\n";
    let found = skills(&vocabulary, page);
    assert!(found.iter().any(|id| id == "develop-ict-workflow"), "{found:?}");
}
