//! What is understood of real pages: our own samples, and the page the project was founded on.

use crate::support::{corpus, ingest, shared};
use rolecall::index::Location;
use rolecall::ingest::{IngestOptions, show};
use rolecall::model::{Block, BlockKind, Page, Section};
use rolecall::search::{SearchRequest, Searcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const FOUNDING: &str = "pages/aipathly/backend-engineering-manager.txt";

/// What banners, forms, menus and footers of the sample sites say, and no page's own text does.
const BOILERPLATE: [&str; 12] = [
    "We use cookies",
    "Accept all",
    "Only necessary",
    "in your inbox",
    "No recruiters, no spam",
    "Email address",
    "Subscribe",
    "Skip to content",
    "All careers",
    "Search roles",
    "Report a correction",
    "Imprint",
];

fn understood(file: &Path) -> Page {
    show(file, &IngestOptions::default()).unwrap()
}

fn samples() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(corpus())
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path());
    let files: Vec<PathBuf> = files.filter(|path| path.is_file()).collect();
    assert!(files.len() >= 24, "{} pages", files.len());
    files
}

fn is_introduction(file: &Path) -> bool {
    file.ends_with("introduction.md")
}

/// Every text that a page is found by.
fn texts(page: &Page) -> impl Iterator<Item = &str> {
    page.sections.iter().flat_map(|section| {
        let headings =
            section.heading.iter().chain(&section.subheadings).map(|heading| heading.text.as_str());
        headings.chain(section.blocks.iter().map(|block| block.text.as_str()))
    })
}

#[test]
fn every_sample_has_a_title_sections_and_a_role() {
    for file in samples() {
        let page = understood(&file);
        assert!(
            !page.title.is_empty() && !page.title.contains("Rolecall"),
            "{}: {:?}",
            file.display(),
            page.title
        );
        assert_eq!(page.role.is_none(), is_introduction(&file), "{}: {:?}", file.display(), page.role);
        let enough = if is_introduction(&file) { 1 } else { 3 };
        assert!(page.sections.len() >= enough, "{}: {} sections", file.display(), page.sections.len());
        let with_text = page.sections.iter().filter(|section| !section.blocks.is_empty()).count();
        assert!(with_text >= enough, "{}: {with_text} sections with text", file.display());
        assert!(
            page.sections.iter().any(|section| !section.skills.is_empty()),
            "{}: no skill at all",
            file.display()
        );
    }
}

#[test]
fn nothing_of_its_site_is_in_a_sample() {
    for file in samples() {
        let page = understood(&file);
        for text in texts(&page) {
            let found: Vec<&&str> = BOILERPLATE.iter().filter(|words| text.contains(**words)).collect();
            assert!(found.is_empty(), "{}: {found:?} in {text:?}", file.display());
        }
        let raw = std::fs::read_to_string(&file).unwrap_or_default();
        if raw.contains("cookie-banner") {
            assert!(page.left_out > 0, "{}: nothing was left out", file.display());
        }
    }
}

#[test]
fn samples_overlap_so_that_facets_have_something_to_count() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut skills: BTreeMap<String, usize> = BTreeMap::new();
    for page in samples().iter().map(|file| understood(file)) {
        let of_page: BTreeSet<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
        of_page.iter().for_each(|kind| *kinds.entry((*kind).to_owned()).or_default() += 1);
        let of_page: BTreeSet<&str> =
            page.sections.iter().flat_map(|section| &section.skills).map(|skill| skill.id.as_str()).collect();
        of_page.iter().for_each(|skill| *skills.entry((*skill).to_owned()).or_default() += 1);
    }
    for kind in ["responsibilities", "requirements", "salary", "career-path", "skills"] {
        assert!(kinds.get(kind).is_some_and(|&pages| pages >= 5), "{kind}: {kinds:?}");
    }
    for skill in ["python", "kubernetes", "leadership", "aws", "sql"] {
        assert!(skills.get(skill).is_some_and(|&pages| pages >= 3), "{skill}: {skills:?}");
    }
}

#[test]
fn the_founding_page_has_its_title_role_and_sections_in_order() {
    let Some(file) = shared(FOUNDING) else { return };
    let page = understood(&file);
    assert_eq!(page.title, "Backend Engineering Manager");
    let role = page.role.clone().unwrap();
    assert_eq!(
        (role.id.as_str(), role.label.as_str()),
        ("backend-engineering-manager", "Backend Engineering Manager")
    );
    let headed: Vec<(&str, &str)> = page
        .sections
        .iter()
        .filter_map(|section| Some((section.kind.id.as_str(), section.heading.as_ref()?.text.as_str())))
        .collect();
    let wanted = [
        ("overview", "Overview"),
        ("responsibilities", "Core Responsibilities"),
        ("requirements", "Requirements"),
        ("career-path", "Career Development"),
        ("market-demand", "Market Demand"),
        ("salary", "Salary Ranges (US Market, 2024)"),
        ("soft-skills", "Essential Soft Skills"),
        ("best-practices", "Best Practices"),
        ("challenges", "Common Challenges"),
        ("related-roles", "More Careers"),
    ];
    assert_eq!(headed, wanted);
}

#[test]
fn the_founding_page_points_to_four_roles_whose_teasers_are_theirs() {
    let Some(file) = shared(FOUNDING) else { return };
    let page = understood(&file);
    let titles: Vec<&str> = page.related.iter().map(|role| role.title.as_str()).collect();
    let wanted = [
        "Cloud Support Engineer",
        "Cloud ML Platform Engineer",
        "Cloud Native Infrastructure Engineer",
        "Computational Data Scientist",
    ];
    assert_eq!(titles, wanted);
    let beginnings =
        ["A Cloud Support Engineer", "A Cloud ML Platform", "A Cloud Native", "Computational data science"];
    for (role, beginning) in page.related.iter().zip(beginnings) {
        let teaser = role.teaser.as_deref().unwrap_or_default();
        assert!(teaser.starts_with(beginning) && teaser.len() > 1000, "{}: {teaser:.60}", role.title);
        assert!(
            texts(&page).all(|text| !text.contains(beginning)),
            "{beginning:?} is in the page's own text"
        );
    }
}

#[test]
fn the_founding_pages_subheadings_are_headings_of_their_blocks() {
    let Some(file) = shared(FOUNDING) else { return };
    let page = understood(&file);
    let mut levels: BTreeMap<u8, usize> = BTreeMap::new();
    page.sections
        .iter()
        .flat_map(|section| &section.subheadings)
        .for_each(|heading| *levels.entry(heading.level).or_default() += 1);
    assert_eq!(levels, BTreeMap::from([(3, 15), (4, 2)]));
    let salary = section(&page, "salary");
    let block = salary.blocks.iter().position(|block| block.text.contains("$293,000")).expect("BCG's median");
    let path = [
        "Salary Ranges (US Market, 2024)",
        "Company-Specific Salary Ranges",
        "BCG (Software Engineering Manager)",
    ];
    assert_eq!(salary.path_of(Some(block)), path);
    let items = |kind: &str| {
        let blocks = section(&page, kind).blocks.iter();
        blocks.filter(|block| matches!(block.kind, BlockKind::Item { .. })).count()
    };
    let counted =
        ["responsibilities", "requirements", "career-path", "market-demand", "best-practices", "challenges"]
            .map(items);
    assert_eq!(counted, [28, 32, 22, 13, 31, 30], "list items by section");
    let logo = texts(&page)
        .find(|text| text.contains("logo") || text.contains("first image") || text.contains("second image"));
    assert_eq!(logo, None);
}

#[test]
fn the_founding_pages_lost_heading_is_inferred_and_its_swallowed_paragraphs_are_split_off() {
    let Some(file) = shared(FOUNDING) else { return };
    let page = understood(&file);
    let is_item = |block: &&Block| matches!(block.kind, BlockKind::Item { .. });
    let items: Vec<(&str, usize)> = page
        .sections
        .iter()
        .map(|section| (section.kind.id.as_str(), section.blocks.iter().filter(is_item).count()))
        .collect();
    let wanted = [
        ("overview", 13),
        ("responsibilities", 28),
        ("requirements", 32),
        ("career-path", 22),
        ("market-demand", 13),
        ("salary", 16),
        ("trends", 8),
        ("soft-skills", 10),
        ("best-practices", 31),
        ("challenges", 30),
        ("related-roles", 0),
    ];
    assert_eq!(items, wanted);
    let inferred: Vec<&str> = page
        .sections
        .iter()
        .filter(|section| section.inferred)
        .map(|section| section.kind.id.as_str())
        .collect();
    assert_eq!(inferred, ["trends"]);
    let paragraphs =
        |section: &Section| section.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).count();
    assert_eq!(
        page.sections.iter().map(paragraphs).sum::<usize>(),
        10 + 13,
        "one a section, and the 13 swallowed"
    );
    let numbered = |block: &&Block| block.kind == BlockKind::Item { depth: 0, ordered: true };
    assert_eq!(page.sections.iter().flat_map(|section| &section.blocks).filter(numbered).count(), 51);
}

fn section<'p>(page: &'p Page, kind: &str) -> &'p Section {
    page.sections
        .iter()
        .find(|section| section.kind.id == kind)
        .unwrap_or_else(|| panic!("no section {kind:?}"))
}

fn skills(section: &Section) -> Vec<&str> {
    section.skills.iter().map(|skill| skill.label.as_str()).collect()
}

#[test]
fn the_founding_pages_skills_are_found_where_they_are_named_and_no_others() {
    let Some(file) = shared(FOUNDING) else { return };
    let page = understood(&file);
    let requirements = [
        "Java",
        "Python",
        "Ruby",
        "Node.js",
        "AWS",
        "Azure",
        "Google Cloud",
        "Docker",
        "Kubernetes",
        "CI/CD",
        "Agile",
        "Scrum",
    ];
    for (kind, wanted) in [
        ("requirements", &requirements[..]),
        ("market-demand", &["Go", "Scala", "GraphQL", "DevOps"]),
        ("career-path", &["PMP", "CSM"]),
        ("best-practices", &["Agile"]),
    ] {
        let found = skills(section(&page, kind));
        let is_found =
            |name: &&str| found.iter().any(|label| label == name || label.contains(&format!("({name})")));
        let lacking: Vec<&&str> = wanted.iter().filter(|name| !is_found(name)).collect();
        assert!(lacking.is_empty(), "{kind} lacks {lacking:?}, has {found:?}");
    }
    let never = [".NET", "Google Cloud Platform", "GCP", "Infrastructure as Code", "IaC", "MLOps"];
    for section in &page.sections {
        let found = skills(section);
        assert!(never.iter().all(|name| !found.contains(name)), "{}: {found:?}", section.kind.id);
        let demand = section.kind.id == "market-demand";
        assert!(
            demand || !found.contains(&"Go") && !found.contains(&"Scala"),
            "{}: {found:?}",
            section.kind.id
        );
        for mention in &section.mentions {
            let Some(block) = mention.block else { continue };
            let text = &section.blocks[block as usize].text;
            let named = &text[mention.start as usize..mention.end as usize];
            assert!(!named.is_empty() && named.trim() == named, "{named:?}");
        }
    }
}

#[test]
fn kubernetes_leadership_finds_pages_that_ask_for_both_and_the_founding_page_by_its_requirements() {
    let Some(file) = shared(FOUNDING) else { return };
    let folder = tempfile::tempdir().unwrap();
    let location = Location::new(folder.path().join("index"));
    let options = IngestOptions { paths: vec![corpus(), file], ..IngestOptions::default() };
    ingest(&location, &options).unwrap();
    let request =
        SearchRequest { q: "kubernetes leadership".to_owned(), limit: 100, ..SearchRequest::default() };
    let response = Searcher::open(&location).unwrap().search(&request).unwrap();
    assert!(response.total.pages_with_all >= 2);
    let first = &response.hits[0];
    assert_eq!(first.missing, [""; 0], "{}", first.id);
    let said: BTreeSet<&str> = first
        .sections
        .iter()
        .flat_map(|section| &section.snippet.highlights)
        .map(|mark| mark.term.as_str())
        .collect();
    assert_eq!(said, BTreeSet::from(["kubernetes", "leadership"]), "the first page says both");
    let hit = response
        .hits
        .iter()
        .find(|hit| hit.id == "aipathly~backend-engineering-manager.txt")
        .expect("the founding page");
    let best = &hit.sections[0];
    assert_eq!((best.section.id.as_str(), hit.missing.len()), ("requirements", 0));
    let text: Vec<char> = best.snippet.text.chars().collect();
    let marked: Vec<String> =
        best.snippet.highlights.iter().map(|mark| text[mark.start..mark.end].iter().collect()).collect();
    assert!(marked.contains(&"Kubernetes".to_owned()), "{marked:?} in {:?}", best.snippet.text);
    assert!(best.snippet.html.contains("<mark>Kubernetes</mark>"), "{}", best.snippet.html);
}

/// What `show --json` prints of every sample, held to the letter: a change of the reading is seen in the difference.
#[test]
fn samples_are_understood_as_they_were() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for file in samples() {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let page = rolecall::http::PageView::from(understood(&file));
            insta::assert_json_snapshot!(name, page);
        }
    });
}
