//! What a degree is in: named behind it ("in Computer Science") or before it ("a computer science degree").

use super::Named;
use crate::annotate::reading::phrase::Phrase;
use crate::annotate::reading::word_set::{WordSet, Words};
use crate::text::collapse;

/// Words behind a degree that belong to its name.
static BEHIND: WordSet = WordSet::new(|| {
    Words::of(
        "degree degrees level diploma abschluss studium studiengang universitario universitaire program \
         qualification required preferred superior medio or higher",
    )
});
/// They lead from a degree to what it is in.
static LEADS: WordSet =
    WordSet::new(|| Words::of("in of der des im en als zum zur d de fur fach as with mit"));
/// They stand between the lead and the field.
static ARTICLES: WordSet = WordSet::new(|| {
    Words::of(
        "a an the der den dem die einem einer la el l fach bereich studiengang fachrichtung field of \
         either arts area",
    )
});
/// What begins so is no field.
static NONE: WordSet = WordSet::new(|| Words::of("related relevant similar field fields with any"));
/// Words before "degree" that are no field.
static PLAIN: WordSet = WordSet::new(|| {
    Words::of(
        "a an the any university college relevant related formal advanced academic undergraduate graduate \
         year level required your or and completed good have with is higher first second s hold need in \
         of standard",
    )
});

/// What the degree is in: named behind it ("in Computer Science") or before "degree" ("computer science degree").
pub(super) fn of(phrase: &Phrase<'_>, named: &Named, until: usize) -> Option<String> {
    let mut at = named.words.end;
    while BEHIND.contains(phrase.word(at)) && !phrase.breaks(at) {
        at += 1;
    }
    if phrase.gap(at).contains(['(', ')', ',']) && phrase.word(at) != "in" && phrase.word(at) != "en" {
        return None;
    }
    if !LEADS.contains(phrase.word(at)) {
        return before_degree(phrase, named);
    }
    let mut start = at + 1;
    while ARTICLES.contains(phrase.word(start)) && !phrase.breaks(start) {
        start += 1;
    }
    // "Bachelor of Science in Physics"
    if phrase.word(start) == "science" && matches!(phrase.word(start + 1), "in" | "degree") {
        start += if phrase.word(start + 1) == "in" { 2 } else { 3 };
    } else if phrase.word(start - 1) == "arts" && phrase.word(start) == "in" {
        start += 1;
    }
    if phrase.word(at) == "with" || phrase.word(at) == "mit" {
        return None;
    }
    let end = phrase.end_of_noun(start).min(until).max(start);
    let text = phrase.slice(start..end);
    (!text.is_empty() && !NONE.contains(phrase.word(start))).then(|| collapse(text))
}

/// "A computer science degree"
fn before_degree(phrase: &Phrase<'_>, named: &Named) -> Option<String> {
    let at = named.words.start;
    if phrase.word(at) != "degree" {
        return None;
    }
    let mut start = at;
    while start > 0 && at - start < 3 && !phrase.breaks(start) && !PLAIN.contains(phrase.word(start - 1)) {
        start -= 1;
    }
    (start < at).then(|| phrase.slice(start..at).to_owned())
}
