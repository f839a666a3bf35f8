//! Answers stay what they are while they are made faster: many questions of the sample corpus' own words, each with a
//! digest of what it is answered. A line that differs from the snapshot names the question and the parts that changed:
//! ranking, snippets, counts, and what was understood.
//!
//! Scores stand in no digest, for the last of their bits is the machine's; the order that they make does.

use crate::http::Api;
use crate::support::{Dice, corpus};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

const SEED: u64 = 9;
const QUESTIONS: usize = 600;
/// What a question goes with, in turn; most go with nothing.
const PARAMETERS: [&str; 16] = [
    "",
    "",
    "&facets=role,section,skill",
    "&sections_per_hit=1&limit=3",
    "&limit=2&offset=1",
    "",
    "&section=requirements",
    "&skill=python&skill_match=any&skill=sql",
    "&level=senior&facets=level,skill,company,education",
    "",
    "&sort=title",
    "&sort=pay:desc&histograms=pay,experience",
    "&pay_min=90000&experience_max=6&histograms=pay",
    "&facet_query=skill:s&facet_limit=5",
    "&limit=100&sections_per_hit=100&facet_limit=1000",
    "&section=responsibilities&section=skills&sections_per_hit=2",
];

/// The words of the corpus, the commonest first.
fn words() -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(corpus()).into_iter().map(Result::unwrap) {
        // What is compressed is passed over.
        let Some(text) = fs::read_to_string(entry.path()).ok().filter(|_| entry.file_type().is_file()) else {
            continue;
        };
        let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
        words.for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    words.into_iter().map(|(word, _)| word).collect()
}

/// One to three words, common ones more often than rare ones; some as a phrase, excluded, as alternatives or cut off.
fn question(words: &[String], dice: &mut Dice) -> String {
    let mut word = || {
        let at = dice.roll() * dice.roll() * words.len() as f64;
        words[at as usize].clone()
    };
    let (one, two, three) = (word(), word(), word());
    let cut = one.get(..one.len().min(4)).unwrap_or(&one).to_owned();
    match (dice.roll() * 20.0) as usize {
        0..=4 => one,
        5..=9 => format!("{one}+{two}"),
        10..=14 => format!("{one}+{two}+{three}"),
        15 => format!("%22{one}+{two}%22"),
        16 => format!("{one}+-{two}"),
        17 => format!("{one}+OR+{two}+{three}"),
        18 => format!("{cut}*+{two}"),
        // A slip of the keyboard.
        _ => format!("{}{two}+{three}", two.get(..1).unwrap_or_default()),
    }
}

/// Tells it from any other, as good as surely.
fn digest(part: &Value) -> String {
    format!("{:08x}", crc32fast::hash(part.to_string().as_bytes()))
}

/// Takes a member out of each of a list's objects.
fn take(list: &mut Value, key: &str) -> Value {
    list.as_array_mut().expect("a list").iter_mut().map(|item| item[key].take()).collect()
}

fn line(address: &str, mut answer: Value) -> String {
    let mut hits = answer["hits"].take();
    take(&mut hits, "score");
    let mut snippets = Vec::new();
    for hit in hits.as_array_mut().expect("hits") {
        take(&mut hit["sections"], "score");
        snippets.push(take(&mut hit["sections"], "snippet"));
        snippets.push(hit["title_highlights"].take());
    }
    let counts = [answer["total"].take(), answer["facets"].take(), answer["histograms"].take()];
    let understood = [answer["query"].take(), answer["warnings"].take()];
    let (pages, sections) = (&counts[0]["pages"], &counts[0]["sections"]);
    format!(
        "{address}: {pages} pages, {sections} sections; ranking {} snippets {} counts {} understood {}",
        digest(&hits),
        digest(&snippets.into()),
        digest(&counts.to_vec().into()),
        digest(&understood.to_vec().into()),
    )
}

#[tokio::test]
async fn answers_stay_what_they_are() {
    let api = Api::of_corpus();
    let (words, mut dice) = (words(), Dice::seeded(SEED));
    let mut lines = String::new();
    for parameters in PARAMETERS.into_iter().cycle().take(QUESTIONS) {
        let address = format!("/search?q={}{parameters}", question(&words, &mut dice));
        let answer = api.get(&address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        writeln!(lines, "{}", line(&address, answer.json())).unwrap();
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("answers", lines);
    });
}
