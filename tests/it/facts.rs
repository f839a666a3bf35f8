//! Sentences as career pages write them, true and false ones, in four languages: what pay, experience and skills are
//! read from each. `facts.tsv` has a sentence a line with the heading above it and the facts that a person reads:
//! `pay 120000-150000 USD year`, `pay 90000+ EUR month average base total median approx other` (the words where they
//! hold; `other` for the pay of another role), `experience 3-5 years`, `experience -6 months`, `skill python`.

use rolecall::annotate::{Vocabulary, annotate};
use rolecall::model::{Experience, Pay, Period, Scope, Section, Statistic};
use rolecall::parse::{Format, parse};
use std::collections::BTreeMap;

/// The least precision and recall of each kind.
const LEAST: [(&str, f64); 3] = [("pay", 0.95), ("experience", 0.95), ("skill", 0.95)];

/// The title of a page, by its language.
const TITLES: [(&str, &str); 4] = [
    ("en", "Data Analyst"),
    ("de", "Datenanalyst"),
    ("fr", "Analyste de données"),
    ("es", "Analista de datos"),
];

/// `low-high`, `low+`, `-high` or one number.
fn range(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => format!("{low}"),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) => format!("{low}+"),
        (None, Some(high)) => format!("-{high}"),
        (None, None) => "?".to_owned(),
    }
}

fn of_pay(pay: &Pay) -> String {
    let period = match pay.period {
        Period::Year => "year",
        Period::Month => "month",
        Period::Week => "week",
        Period::Day => "day",
        Period::Hour => "hour",
    };
    let statistic = match pay.statistic {
        Statistic::Average | Statistic::RangeOfAverages => " average",
        Statistic::Median => " median",
        Statistic::Percentile => " percentile",
        Statistic::Amount | Statistic::Range => "",
    };
    let scope = match pay.scope {
        Scope::Base => " base",
        Scope::Total => " total",
        Scope::Unstated => "",
    };
    let approx = if pay.approximate { " approx" } else { "" };
    let other = if pay.of.is_some() { " other" } else { "" };
    format!("pay {} {} {period}{statistic}{scope}{approx}{other}", range(pay.low, pay.high), pay.currency)
}

fn of_experience(experience: &Experience) -> String {
    format!("experience {} months", range(experience.low.map(f64::from), experience.high.map(f64::from)))
}

/// The facts that stand in the section's blocks.
fn read(sections: &[Section]) -> Vec<String> {
    let mut facts = Vec::new();
    for section in sections {
        facts.extend(section.pay.iter().map(of_pay));
        facts.extend(section.experience.iter().map(of_experience));
        let mentions = section.mentions.iter().filter(|mention| mention.block.is_some());
        facts.extend(
            mentions.map(|mention| format!("skill {}", section.skills[usize::from(mention.skill)].id)),
        );
    }
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// A fact of the table as [`read`] writes it: years are months.
fn expected(fact: &str) -> String {
    let words: Vec<&str> = fact.split(' ').collect();
    match words[..] {
        ["experience", range, "years"] => {
            let sign = if range.starts_with('-') { "-" } else { "" };
            let plus = if range.ends_with('+') { "+" } else { "" };
            let years = range.trim_matches(['-', '+']).split('-');
            let months: Vec<String> =
                years.map(|years| (years.parse::<u32>().unwrap() * 12).to_string()).collect();
            format!("experience {sign}{}{plus} months", months.join("-"))
        }
        ["experience", _, "months"] | ["skill", _] => fact.to_owned(),
        ["pay", range, currency, period, ref more @ ..] => {
            let order = ["average", "median", "percentile", "base", "total", "approx", "other"];
            assert!(more.iter().all(|word| order.contains(word)), "{fact}");
            let more: Vec<&str> = order.into_iter().filter(|word| more.contains(word)).collect();
            [&["pay", range, currency, period], &more[..]].concat().join(" ")
        }
        _ => panic!("no fact: {fact:?}"),
    }
}

/// Facts that are right, wrong and missed.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

#[test]
fn the_facts_of_sentences_are_those_that_a_person_reads() {
    let vocabulary = Vocabulary::built_in();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut sentences = 0;
    for line in include_str!("facts.tsv").lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, heading, sentence, facts] = columns[..] else { panic!("four columns: {line:?}") };
        let title = TITLES.iter().find(|(known, _)| *known == language).unwrap().1;
        let html = format!(
            "<!doctype html><html lang=\"{language}\"><title>{title}</title><body><main><h1>{title}</h1>\
             <h2>{heading}</h2><p>{}</p></main></body></html>",
            sentence.replace('&', "&amp;")
        );
        let mut page = parse(html.as_bytes(), Format::Html).unwrap();
        annotate(&mut page, &vocabulary);
        let found = read(&page.sections);
        let wanted: Vec<String> = facts.split("; ").filter(|fact| !fact.is_empty()).map(expected).collect();
        for (kind, _) in LEAST {
            let of_kind = |facts: &[String]| -> Vec<String> {
                facts.iter().filter(|fact| fact.split(' ').next() == Some(kind)).cloned().collect()
            };
            let (found, wanted) = (of_kind(&found), of_kind(&wanted));
            let right = wanted.iter().filter(|fact| found.contains(fact)).count();
            let score = scores.entry(kind).or_default();
            score.right += right;
            score.wrong += found.len() - right;
            score.missed += wanted.len() - right;
            if found.len() != right || wanted.len() != right {
                println!("{language} {heading}: {sentence}\n    wanted {wanted:?}\n    found  {found:?}");
            }
        }
        sentences += 1;
    }
    for (kind, score) in &scores {
        println!(
            "{kind}: precision {:.3}, recall {:.3} over {} facts in {sentences} sentences",
            score.precision(),
            score.recall(),
            score.right + score.missed
        );
    }
    assert!(sentences >= 240, "{sentences} sentences");
    for (kind, least) in LEAST {
        let score = &scores[kind];
        assert!(score.precision() >= least && score.recall() >= least, "{kind} is under {least}");
    }
}
