//! How long somebody has done what before they have the role: "7–12 years of backend development experience". A time
//! in a sentence is experience only where the sentence, its label or its place says so; ages, contracts, studies, the
//! company's history and forecasts are times too.

mod column;
mod field;
mod judge;
mod whose;

use crate::annotate::reading::duration::{Duration, durations, number};
use crate::annotate::reading::phrase::Phrase;
use crate::annotate::reading::sentence::{Sentence, sentences_of};
use crate::annotate::reading::strength::Strengths;
use crate::model::{Block, BlockKind, Experience, Page, Section};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Most facts of a section: a page has a handful, and a hostile one must not fill the index.
const MOST: usize = 64;
/// How much of a heading or cell is looked at for each time that it may explain, in bytes.
const LONGEST_LABEL: usize = 160;

/// Where a sentence stands.
struct Place<'a> {
    section: &'a Section,
    role: Option<&'a str>,
    /// What names the columns, in a table.
    header: Option<&'a Block>,
    /// What is asked for here, whatever the sentence says.
    asking: bool,
}

/// What is looked at of a heading or cell.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_LABEL)]
}

/// Units of time as words begin with them.
const UNITS: &[&str] = &[
    "year", "yrs", "yr", "yoe", "month", "jahr", "jähr", "monat", "ans", "an", "année", "annee", "mois",
    "año", "AÑO", "mes",
];

#[expect(clippy::expect_used, reason = "fails only beyond four billion patterns")]
static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(UNITS).expect("an automaton over some words")
});

/// Writes the experience of every section.
pub(super) fn annotate(page: &mut Page) {
    let role = page.role.as_ref().map(|role| role.label.clone());
    for section in &mut page.sections {
        section.experience =
            if section.is_about_others() { Vec::new() } else { read(section, role.as_deref()) };
    }
}

fn read(section: &Section, role: Option<&str>) -> Vec<Experience> {
    let mut found = Vec::new();
    let mut strengths = None;
    let (mut header, mut years) = (None, None);
    for (index, block) in section.own_blocks() {
        match &block.kind {
            BlockKind::Row { header: true, .. } => (header, years) = (Some(block), column::of_years(block)),
            BlockKind::Row { .. } => {
                let fact = years.and_then(|column| column::in_row(index, block, column, role));
                found.extend(fact.filter(|_| found.len() < MOST));
            }
            _ => (header, years) = (None, None),
        }
        if !names_a_time(&block.text) || matches!(block.kind, BlockKind::Row { header: true, .. }) {
            continue;
        }
        let strengths = strengths.get_or_insert_with(|| Strengths::of_section(section));
        let asking = strengths.base(index) != crate::model::Strength::Named;
        let place = Place { section, role, header, asking };
        for sentence in sentences_of(index, block) {
            if !names_a_time(sentence.text) {
                continue;
            }
            for mut fact in facts_of(&sentence, &place) {
                if found.len() == MOST {
                    return found;
                }
                let at = fact.at + sentence.evidence.start as usize;
                fact.experience.strength = strengths.at(Some(index), at);
                found.push(fact.experience);
            }
        }
    }
    found
}

/// A cheap look for a unit of time, so that most text is not taken apart.
fn names_a_time(text: &str) -> bool {
    FINDER.find_overlapping_iter(text).any(|found| {
        let begins = !text[..found.start()].chars().next_back().is_some_and(char::is_alphabetic);
        let pattern = UNITS[found.pattern().as_usize()];
        let ends = || !text[found.end()..].chars().next().is_some_and(char::is_alphabetic);
        match pattern {
            // The article of English: only behind a number.
            "an" => {
                begins
                    && ends()
                    && text[..found.start()].trim_end().ends_with(|c: char| c.is_ascii_digit() || c == 'n')
            }
            "ans" => begins && ends(),
            "jähr" => true,
            _ => begins,
        }
    })
}

/// A fact, and the byte of the sentence that says how long.
struct Fact {
    experience: Experience,
    at: usize,
}

fn facts_of(sentence: &Sentence<'_>, place: &Place<'_>) -> Vec<Fact> {
    let phrase = Phrase::new(sentence.text);
    let times = durations(&phrase);
    let labelled = times.is_empty().then(|| labelled_number(&phrase)).flatten();
    let said = judge::Said::by(&phrase);
    let mut facts = Vec::new();
    let mut last_of = None;
    for (index, time) in times.iter().chain(&labelled).enumerate() {
        let until = times.get(index + 1).map_or(phrase.len(), |next| next.words.start);
        if !judge::is_experience(&phrase, time, until, &said, sentence, place) {
            continue;
        }
        let of = whose::of(&phrase, time, sentence, place);
        last_of.clone_from(&of);
        let is_step = whose::is_step(&phrase, time, sentence, place);
        let field = field::of(&phrase, time, until, is_step);
        facts.push(fact(&phrase, time, field, of, sentence));
        if facts.len() == MOST {
            break;
        }
    }
    if let Some(first) = facts.first() {
        let from = first.at;
        let parts = parts_of_it(&phrase, &times, from);
        facts.extend(parts.iter().map(|part| {
            let field = field::of(&phrase, part, phrase.len(), false);
            fact(&phrase, part, field, last_of.clone(), sentence)
        }));
    }
    facts
}

fn fact(
    phrase: &Phrase<'_>,
    time: &Duration,
    field: Option<String>,
    of: Option<String>,
    sentence: &Sentence<'_>,
) -> Fact {
    let experience = Experience {
        low: time.low,
        high: time.high,
        field,
        of,
        strength: crate::model::Strength::Named,
        evidence: sentence.evidence,
    };
    Fact { experience, at: phrase.start(time.words.start) }
}

/// "Years of experience: 5+": the number of a label that names the unit.
fn labelled_number(phrase: &Phrase<'_>) -> Option<Duration> {
    let at = (1..phrase.len()).find(|&at| phrase.gap(at).contains([':', '|']))?;
    let months = (0..at).find_map(|word| match phrase.word(word) {
        "years" | "jahre" | "jahren" | "annees" | "anos" | "berufsjahre" => Some(12),
        "months" | "monate" | "mois" | "meses" => Some(1),
        _ => None,
    })?;
    if !(0..at).any(|word| judge::is_experience_word(phrase.word(word))) && phrase.word(0) != "berufsjahre" {
        return None;
    }
    let low = number(phrase.word(at))?.checked_mul(months)?;
    let second = number(phrase.word(at + 1)).filter(|_| matches!(phrase.gap(at + 1).trim(), "-" | "–" | "—"));
    let (high, end) = match second {
        Some(high) => (high.checked_mul(months)?, at + 2),
        None => (low, at + 1),
    };
    let open = phrase.gap(end).trim_start().starts_with('+');
    let ends = end == phrase.len() || phrase.breaks(end);
    (ends && low <= high && (1..=600).contains(&high)).then_some(Duration {
        low: Some(low),
        high: (!open).then_some(high),
        words: at..end,
        qualifies: false,
    })
}

/// Numbers of years whose unit was said before: "8+ years in IT, at least 3 of them in security", "and 2 in sales".
fn parts_of_it(phrase: &Phrase<'_>, times: &[Duration], from: usize) -> Vec<Duration> {
    let free = |at: usize| {
        let next = times.partition_point(|time| time.words.end <= at);
        !times.get(next).is_some_and(|time| time.words.contains(&at))
    };
    let part = |at: usize| {
        let years = number(phrase.word(at)).filter(|years| (1..=40).contains(years))?;
        let plain = phrase.gap(at + 1).chars().all(|c| c.is_whitespace() || c == '+')
            && phrase.gap(at).chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';'));
        let begins = phrase.gap(at).contains([',', ';'])
            || matches!(phrase.word_before(at, 1), "and" | "least" | "including" | "with");
        let of_them = begins
            && phrase.word(at + 1) == "of"
            && matches!(phrase.word(at + 2), "them" | "which" | "those" | "that")
            || matches!(phrase.word_before(at, 1), "davon" | "dont")
            || matches!(phrase.word_before(at, 2), "davon" | "dont");
        let joined = matches!(phrase.word_before(at, 1), "and" | "und" | "et" | "y" | "including")
            || (phrase.word_before(at, 1) == "least"
                && matches!(phrase.word_before(at, 3), "and" | "including"));
        let field =
            matches!(phrase.word(at + 1), "in" | "as" | "with" | "of" | "im" | "als" | "en" | "como" | "mit");
        let is_article = phrase.written(at).chars().all(char::is_alphabetic)
            && matches!(phrase.word(at), "un" | "une" | "una" | "ein" | "eine" | "einer" | "einem");
        if !plain || is_article || !(of_them || joined && field) {
            return None;
        }
        let least = matches!(phrase.word_before(at, 1), "least" | "mindestens" | "moins" | "menos");
        let open = least || phrase.gap(at + 1).contains('+');
        let mut end = at + 1;
        if phrase.word(end) == "of" && matches!(phrase.word(end + 1), "them" | "which" | "those" | "that") {
            end += 2;
        }
        let months = years * 12;
        Some(Duration {
            low: Some(months),
            high: (!open).then_some(months),
            words: at..end,
            qualifies: false,
        })
    };
    (0..phrase.len()).filter(|&at| phrase.start(at) > from && free(at)).filter_map(part).take(MOST).collect()
}

#[cfg(test)]
mod tests;
