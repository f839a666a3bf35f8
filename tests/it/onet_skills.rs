//! O*NET's own truth: the skills that the list items of 1,016 real occupations name, against those that are found there
//! with O*NET's taxonomy. What headings and prose name is counted apart.

use rolecall::annotate::{Taxonomy, Vocabulary, annotate};
use rolecall::model::{Block, BlockKind, Page};
use rolecall::parse::{Format, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Skill → pages that have it as a list item.
const PAIRS: usize = 32_435;

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)
}

/// What a page's mentions say.
#[derive(Default)]
struct Found {
    /// In list items: the skill's id, and the words that name it.
    items: BTreeSet<(String, String)>,
    /// Mentions in headings, and in sentences: paragraphs, and items that say what people do.
    headings: usize,
    prose: usize,
    tasks: usize,
}

fn read(path: &Path, vocabulary: &Vocabulary) -> Page {
    let mut page = parse(&fs::read(path).unwrap(), Format::Html).unwrap();
    annotate(&mut page, vocabulary);
    page
}

fn found(page: &Page) -> Found {
    let mut found = Found::default();
    for section in &page.sections {
        for mention in &section.mentions {
            let skill = &section.skills[usize::from(mention.skill)].id;
            match mention.block.map(|block| &section.blocks[block as usize]) {
                None => found.headings += 1,
                Some(Block { kind: BlockKind::Item { .. }, text, .. }) if is_sentence(text) => {
                    found.tasks += 1;
                }
                Some(Block { kind: BlockKind::Item { .. }, text, .. }) => {
                    let words = &text[mention.start as usize..mention.end as usize];
                    found.items.insert((skill.clone(), words.to_owned()));
                }
                Some(_) => found.prose += 1,
            }
        }
    }
    found
}

/// A task, not a product: words that end with a full stop, and not an abbreviation's.
fn is_sentence(item: &str) -> bool {
    let last = rolecall::text::words(item).last();
    item.ends_with('.') && last.is_some_and(|last| last.written.len() > 2)
}

/// Every page in the order of its name, on two threads: read alone it takes half of the test's time.
fn all(names: &[String], vocabulary: &Arc<Vocabulary>) -> BTreeMap<String, Found> {
    let (left, right) = names.split_at(names.len() / 2);
    let run = |names: &[String]| -> Vec<(String, Found)> {
        let path = |name: &String| shared("pages/onet").join(name);
        names.iter().map(|name| (name.clone(), found(&read(&path(name), vocabulary)))).collect()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| run(right));
        let mut pages: BTreeMap<_, _> = run(left).into_iter().collect();
        pages.extend(other.join().unwrap());
        pages
    })
}

#[test]
fn the_skills_of_list_items_are_those_that_onet_names() {
    if !shared("pages/onet/technology-skills.json").is_file() {
        eprintln!("skipped: ../shared/pages/onet is not there");
        return;
    }
    let file = fs::read(shared("taxonomies/onet-29.2/Technology Skills.txt")).unwrap();
    let vocabulary = Vocabulary::with(&[Taxonomy::read(&file).unwrap()]);
    let truth = fs::read(shared("pages/onet/technology-skills.json")).unwrap();
    let truth: BTreeMap<String, Vec<String>> = serde_json::from_slice(&truth).unwrap();
    let mut names: Vec<String> = truth.values().flatten().cloned().collect();
    assert_eq!(names.len(), PAIRS);
    names.sort_unstable();
    names.dedup();
    let mut pages = all(&names, &vocabulary);

    // A pair is found where an item's words name the skill that has this name, and nothing but these words; what is
    // left over then is wrong.
    let mut misses: Vec<(String, String, String)> = Vec::new();
    let mut hits = 0;
    for (name, of) in &truth {
        let words: Vec<_> = rolecall::text::words(name).map(|word| word.folded.into_owned()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let skills: BTreeSet<&str> = vocabulary.called(&words).map(|skill| skill.id.as_str()).collect();
        for page in of {
            let items = &mut pages.get_mut(page).unwrap().items;
            let told = rolecall::text::words(name).last().map(|last| {
                let first = rolecall::text::words(name).next().unwrap();
                &name[first.start..last.end]
            });
            let found =
                items.iter().find(|(id, words)| skills.contains(id.as_str()) && Some(words.as_str()) == told);
            match found.cloned() {
                Some(found) => {
                    items.remove(&found);
                    hits += 1;
                }
                None => {
                    let within: Vec<&str> = items
                        .iter()
                        .filter(|(_, words)| name.contains(words.as_str()))
                        .map(|(id, _)| id.as_str())
                        .collect();
                    let reason = match (skills.is_empty(), within.is_empty()) {
                        (true, _) => "the name has no word, or is not read from the taxonomy".to_owned(),
                        (_, true) => "no skill is found in the item".to_owned(),
                        (_, false) => format!("the item is read as {}", within.join(", ")),
                    };
                    misses.push((reason, name.clone(), page.clone()));
                }
            }
        }
    }
    let wrong: Vec<(&String, &(String, String))> =
        pages.iter().flat_map(|(page, found)| found.items.iter().map(move |item| (page, item))).collect();
    let precision = hits as f64 / (hits + wrong.len()) as f64;
    let recall = hits as f64 / PAIRS as f64;
    println!("list items: precision {precision:.4}, recall {recall:.4} over {PAIRS} pairs");
    let headings: usize = pages.values().map(|found| found.headings).sum();
    let prose: usize = pages.values().map(|found| found.prose).sum();
    let tasks: usize = pages.values().map(|found| found.tasks).sum();
    println!("apart from these: {headings} mentions in headings, {prose} in paragraphs, {tasks} in tasks");
    let mut reasons: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (reason, name, _) in &misses {
        *reasons.entry(reason).or_default().entry(name).or_default() += 1;
    }
    for (reason, names) in reasons {
        println!("missed, {reason}: {names:?}");
    }
    for (page, (id, words)) in wrong.iter().take(100) {
        println!("wrong: {page}: {words:?} as {id}");
    }
    assert!(precision >= 0.98, "precision {precision:.4}");
    assert!(recall >= 0.98, "recall {recall:.4}");
}
