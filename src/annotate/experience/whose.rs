//! Whose experience a sentence speaks of, where it is not that of the page's role: a step of a career, a senior post.

use super::{Duration, Phrase, Place, Sentence, beginning};
use crate::annotate::reading::title::{is_level, is_own, is_title};
use crate::annotate::reading::word_set::{WordSet, Words};
use crate::model::{Block, BlockKind};

/// Most words of a label that is a step.
const LONGEST_LABEL: usize = 9;
/// What a level word qualifies besides roles.
static POSTS: WordSet = WordSet::new(|| {
    Words::of(
        "post posts posting postings position positions role roles one ones level levels job jobs stelle \
         stellen positionen poste postes puesto puestos staff people candidates colleagues hires applicants",
    )
});

/// Whose it is, as written; none where it is the page's role's.
pub(super) fn of(
    phrase: &Phrase<'_>,
    time: &Duration,
    sentence: &Sentence<'_>,
    place: &Place<'_>,
) -> Option<String> {
    let said = step_label(phrase, time, sentence, place)
        .or_else(|| named_in_clause(phrase, time, place))
        .or_else(|| named_behind(phrase, time));
    if let Some(said) = said {
        return (!is_own(said, place.role)).then(|| said.to_owned());
    }
    let heading = place.section.blocks.get(sentence.index)?.heading?;
    let heading = &place.section.subheadings.get(usize::from(heading))?.text;
    let label = label_of(heading);
    (is_step_title(label, place.role) && !is_own(label, place.role)).then(|| label.to_owned())
}

/// Whether the time explains a label that is a step of a career: "Junior engineer (0–2 years)", "0–2 years: Junior".
pub(super) fn is_step(
    phrase: &Phrase<'_>,
    time: &Duration,
    sentence: &Sentence<'_>,
    place: &Place<'_>,
) -> bool {
    step_label(phrase, time, sentence, place).is_some()
}

/// Whether the clause speaks of posts of a level: "senior positions for 6+ years".
pub(super) fn names_posts(phrase: &Phrase<'_>, time: &Duration, place: &Place<'_>) -> bool {
    named_in_clause(phrase, time, place).is_some()
}

fn is_step_title(text: &str, role: Option<&str>) -> bool {
    is_title(text, role) || is_level(text)
}

/// A heading or label without what explains it.
fn label_of(text: &str) -> &str {
    let text = beginning(text);
    let end = text.find([':', '(', '|', '–', '—']).unwrap_or(text.len());
    text[..end].trim()
}

/// The step that the first cell of a row names.
fn step_of_row<'t>(block: &'t Block, role: Option<&str>) -> Option<&'t str> {
    let label = label_of(block.cells().next()?);
    // "Analyst, tier 1"
    let title = label.split(',').next().unwrap_or(label);
    is_step_title(title, role).then_some(label)
}

/// The same as its owner, where it is not the page's role.
pub(super) fn of_row(block: &Block, role: Option<&str>) -> Option<String> {
    step_of_row(block, role).filter(|label| !is_own(label, role)).map(str::to_owned)
}

fn step_label<'t>(
    phrase: &Phrase<'t>,
    time: &Duration,
    sentence: &Sentence<'t>,
    place: &Place<'_>,
) -> Option<&'t str> {
    if matches!(sentence.block.kind, BlockKind::Row { .. }) {
        let byte = sentence.evidence.start as usize + phrase.start(time.words.start);
        let behind = sentence.block.cell_at(byte).is_some_and(|column| column > 0);
        return step_of_row(sentence.block, place.role).filter(|_| behind);
    }
    let start = time.words.start;
    let explains = start > 0 && phrase.gap(start).contains([':', '(', '–', '—', '-', ',']);
    if explains && start <= LONGEST_LABEL && (1..start).all(|at| !phrase.breaks(at)) {
        let label = phrase.slice(0..start);
        // "Python, 3+ years" is a field; a title says itself what it is.
        if is_step_title(label, place.role) {
            return Some(label);
        }
    }
    let end = time.words.end;
    if start == 0 && end < phrase.len() && phrase.gap(end).contains([':', '–', '—', '-', '→', ')']) {
        let stop = (end + 1..phrase.len()).find(|&at| phrase.breaks(at)).unwrap_or(phrase.len());
        let label = phrase.slice(end..stop);
        return (stop - end <= LONGEST_LABEL && is_step_title(label, place.role)).then_some(label);
    }
    None
}

/// "Senior postings ask for 5+ years": the last words of a level before the time, with the role or post they qualify.
fn named_in_clause<'t>(phrase: &Phrase<'t>, time: &Duration, place: &Place<'_>) -> Option<&'t str> {
    let start = time.words.start;
    let clause = phrase.clause_start(start);
    let level = (clause..start).rev().find(|&at| is_level_word(phrase.word(at)))?;
    for end in (level + 1..=start.min(level + 6)).rev() {
        let last = phrase.word(end - 1);
        let text = phrase.slice(level..end);
        if POSTS.contains(last) && end - level <= 4 || (end - level >= 2 && is_title(text, place.role)) {
            return Some(text);
        }
    }
    // "Seniors need 5+ years"
    (phrase.word(level).ends_with('s') && level == clause).then(|| phrase.slice(level..level + 1))
}

/// "5+ years for a senior one"
fn named_behind<'t>(phrase: &Phrase<'t>, time: &Duration) -> Option<&'t str> {
    let mut at = time.words.end;
    if !matches!(phrase.word(at), "for" | "fur" | "pour" | "para") {
        return None;
    }
    at += 1;
    if matches!(phrase.word(at), "a" | "an" | "the" | "eine" | "einen" | "un" | "une" | "una") {
        at += 1;
    }
    is_level_word(phrase.word(at)).then_some(())?;
    let end = (at + 1..=phrase.len().min(at + 5)).find(|&end| end == phrase.len() || phrase.breaks(end))?;
    Some(phrase.slice(at..end))
}

fn is_level_word(word: &str) -> bool {
    matches!(
        word,
        "junior"
            | "juniors"
            | "mid"
            | "senior"
            | "seniors"
            | "staff"
            | "principal"
            | "lead"
            | "director"
            | "trainee"
            | "intermediate"
            | "entry"
            | "leitende"
            | "leitender"
    )
}
