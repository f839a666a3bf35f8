//! Starts a section where a heading was lost, and infers its kind from what it says.
//!
//! A list closes and a paragraph follows: it closes the section too, or begins the next one. It begins one if it speaks
//! of another subject (the table `clues.tsv`), or if the page's lists swallow the paragraphs behind them and this one
//! was kept apart by something, unless it points back at the list. A doubtful paragraph stays where it stands.

use crate::model::{BlockKind, SectionKind, kind_within, section_kind};
use crate::parse::outline::{Draft, Entry};
use crate::text::{fold, sentences, words};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The fewest words of a paragraph that begins a section; of one that introduces a list, half as many.
const FEWEST: usize = 8;
/// How many words of it tell its subject.
const TELLING: usize = 60;
/// How much of it is looked at, in bytes.
const LONGEST: usize = 1_000;
/// How many items of its list are looked at.
const ITEMS: usize = 12;
/// What speaks for a subject clearly enough to leave the section's own without other signs.
const CLEAR: u32 = 3;

/// Starts the sections that lost their heading.
pub(super) fn infer(draft: &mut Draft, swallows: bool) {
    let headed = headed(&draft.entries);
    let mut section: Option<&'static str> = None;
    let mut entries: Vec<Entry> = Vec::with_capacity(draft.entries.len());
    let mut rest = std::mem::take(&mut draft.entries).into_iter().peekable();
    while let Some(entry) = rest.next() {
        match &entry {
            Entry::Heading(heading) if heading.level == 2 => {
                section = section_kind(&heading.text, None).map(|(kind, _)| kind.id);
            }
            Entry::Text { kind: BlockKind::Paragraph, text, .. }
                if section != Some("related-roles") && entries.last().is_some_and(Entry::is_item) =>
            {
                let introduces = text.ends_with(':') && rest.peek().is_some_and(Entry::is_item);
                let manner = Manner { introduces, swallows, headed: &headed };
                if let Some(kind) = begins(text, section, &manner) {
                    section = kind.map(|kind| kind.id);
                    entries.push(Entry::Inferred(kind));
                }
            }
            _ => {}
        }
        entries.push(entry);
    }
    draft.entries = entries;
    name_by_items(&mut draft.entries);
}

/// The kinds whose headings are there: a page has each once, so that none of these is lost.
fn headed(entries: &[Entry]) -> HashSet<&'static str> {
    let headings = entries.iter().filter_map(|entry| match entry {
        Entry::Heading(heading) if heading.level == 2 => section_kind(&heading.text, None),
        _ => None,
    });
    headings.map(|(kind, _)| kind.id).collect()
}

/// What stands around a paragraph behind a list.
struct Manner<'a> {
    /// It ends with a colon, and a list follows.
    introduces: bool,
    /// The page's lists swallow the paragraphs behind them.
    swallows: bool,
    headed: &'a HashSet<&'static str>,
}

/// Whether a paragraph behind a list begins a section other than the present one, and of which kind.
fn begins(text: &str, section: Option<&str>, manner: &Manner<'_>) -> Option<Option<SectionKind>> {
    let has_words = |fewest: usize| text.split(' ').nth(fewest - 1).is_some();
    let subject = Subject::of(text);
    // An amount of money says enough in few words.
    let brief = manner.introduces || subject.weight("salary") > CLEAR;
    if subject.points_back || !has_words(if brief { FEWEST / 2 } else { FEWEST }) {
        return None;
    }
    let is_other = |kind: SectionKind| Some(kind.id) != section && !manner.headed.contains(kind.id);
    let own = section.map_or(0, |section| subject.weight(section));
    let told = subject.kind().filter(|&(_, weight)| weight > own);
    if let Some((kind, weight)) = told {
        let sure = manner.swallows || manner.introduces || weight >= CLEAR;
        return (sure && is_other(kind)).then_some(Some(kind));
    }
    if let Some(kind) = kind_within(text).filter(|&kind| manner.introduces && is_other(kind)) {
        return Some(Some(kind));
    }
    let unnamed = manner.swallows && own == 0 && !subject.goes_on && has_words(FEWEST) && !is_title(text);
    unnamed.then_some(None)
}

/// Most words begin with a capital: a line over a list rather than a sentence.
fn is_title(text: &str) -> bool {
    let long = || text.split(' ').filter(|word| word.chars().count() > 3);
    text.ends_with(':')
        && 3 * long().filter(|word| !word.starts_with(char::is_lowercase)).count() > 2 * long().count()
}

/// What a paragraph speaks of.
struct Subject {
    weights: Vec<(&'static str, u32)>,
    /// It begins with a word for what stands before it.
    points_back: bool,
    /// It begins with a word that rather goes on than begins.
    goes_on: bool,
}

impl Subject {
    fn of(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(LONGEST.min(text.len()))];
        let told = told(text);
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let first = sentences(text).first().map_or(0, |first| words(&text[first.clone()]).count());
        let mut subject = Self { weights: Vec::new(), points_back: false, goes_on: false };
        for (at, word) in told.iter().enumerate() {
            for clue in CLUES.text.get(word).into_iter().flatten().filter(|clue| clue.fits(&told, at)) {
                match clue.kind {
                    "never" => subject.points_back = true,
                    "seldom" => subject.goes_on = true,
                    kind => subject.add(kind, clue.weight(at, first)),
                }
            }
            for clue in
                CLUES.stems.iter().filter(|clue| word.starts_with(clue.words[0]) && clue.fits(&told, at))
            {
                subject.add(clue.kind, clue.weight(at, first));
            }
        }
        // A question with its answer.
        if text.find('?').is_some_and(|at| at + 2 < text.len() && at < 120) && !text.ends_with(['?', ':']) {
            subject.add("faq", CLEAR);
        }
        subject
    }

    fn add(&mut self, kind: &'static str, weight: u32) {
        match self.weights.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, sum)) => *sum += weight,
            None => self.weights.push((kind, weight)),
        }
    }

    fn weight(&self, kind: &str) -> u32 {
        self.weights.iter().find(|(known, _)| *known == kind).map_or(0, |&(_, weight)| weight)
    }

    /// The kind that most speaks for, the first of several, and how much.
    fn kind(&self) -> Option<(SectionKind, u32)> {
        let mut best: Option<(&str, u32)> = None;
        for &(kind, weight) in &self.weights {
            if weight > best.map_or(1, |(_, weight)| weight) {
                best = Some((kind, weight));
            }
        }
        let (mut kind, weight) = best?;
        // A degree and years of experience together are what is required.
        let asked = ["education", "experience", "requirements"];
        if asked.contains(&kind) && asked.iter().filter(|kind| self.weight(kind) > 0).count() > 1 {
            kind = "requirements";
        }
        SectionKind::from_id(kind).map(|kind| (kind, weight))
    }
}

/// The first words as they compare; an amount of money is `¤`.
fn told(text: &str) -> Vec<String> {
    let mut told = Vec::new();
    for word in words(text).take(TELLING) {
        let before = text[..word.start].trim_end_matches('(');
        if word.folded.starts_with(|c: char| c.is_ascii_digit())
            && before.ends_with(['$', '€', '£', '¥', '₹'])
        {
            told.push("¤".to_owned());
        } else {
            told.push(word.folded.into_owned());
        }
    }
    told
}

/// The kind of a section whose paragraph tells none, from the parallel form of its list: verbs say what is done, nouns
/// of knowledge what is required.
fn name_by_items(entries: &mut [Entry]) {
    for at in 0..entries.len() {
        if !matches!(entries[at], Entry::Inferred(None)) {
            continue;
        }
        let list: Vec<&str> = entries[at + 1..]
            .iter()
            .take(ITEMS)
            .skip(1)
            .map_while(|entry| match entry {
                Entry::Text { kind: BlockKind::Item { .. }, text, .. } => text.split(' ').next(),
                _ => None,
            })
            .collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for word in &list {
            if let Some(kind) = CLUES.items.get(fold(word).as_ref()) {
                *counts.entry(kind).or_default() += 1;
            }
        }
        let most = counts
            .into_iter()
            .filter(|&(_, count)| count > 1 && 2 * count >= list.len())
            .max_by_key(|&(kind, count)| (count, kind));
        if let Some((kind, _)) = most {
            entries[at] = Entry::Inferred(SectionKind::from_id(kind));
        }
    }
}

/// A wording that speaks for a kind of section.
struct Clue {
    kind: &'static str,
    words: Vec<&'static str>,
    /// It stands at the beginning.
    first: bool,
}

impl Clue {
    fn fits(&self, told: &[&str], at: usize) -> bool {
        (!self.first || at == 0)
            && told.len() >= at + self.words.len()
            && self.words[1..].iter().zip(&told[at + 1..]).all(|(word, told)| word == told)
    }

    /// More words say more, and so do those of the first sentence, which begins with it most of all.
    fn weight(&self, at: usize, first_sentence: usize) -> u32 {
        let words = if self.words.len() > 1 || self.first || self.words[0] == "¤" { 3 } else { 2 };
        if at < first_sentence { words + u32::from(at < 4) } else { words / 2 }
    }
}

#[derive(Default)]
struct Clues {
    /// By their first word.
    text: HashMap<&'static str, Vec<Clue>>,
    /// Those whose only word is the beginning of one.
    stems: Vec<Clue>,
    /// First words of items.
    items: HashMap<&'static str, &'static str>,
}

static CLUES: LazyLock<Clues> = LazyLock::new(|| {
    let mut clues = Clues::default();
    for line in include_str!("clues.tsv").lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(kind), Some(place), Some(wordings)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        for wording in wordings.split('|') {
            let bare = wording.trim_start_matches('^');
            let clue =
                Clue { kind, words: bare.trim_end_matches('*').split(' ').collect(), first: bare != wording };
            if place == "item" {
                clues.items.insert(bare, kind);
            } else if bare.ends_with('*') && clue.words.len() == 1 {
                clues.stems.push(clue);
            } else {
                clues.text.entry(clue.words[0]).or_default().push(clue);
            }
        }
    }
    clues
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for line in include_str!("clues.tsv").lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(
                SectionKind::from_id(columns[0]).is_some() || matches!(columns[0], "never" | "seldom"),
                "{line}"
            );
            for wording in columns[2].split('|') {
                let words: Vec<String> = told(wording.trim_start_matches('^')).into_iter().collect();
                assert!(
                    wording == "¤" || words.join(" ") == wording.trim_matches(['^', '*', '+', ' ']),
                    "{wording}"
                );
            }
        }
    }

    #[test]
    fn a_subject_is_told_by_the_words_it_begins_with() {
        for (text, kind) in [
            ("A bachelor's degree in computer science or a related field is the usual way in.", "education"),
            ("Employers look for 6 to 9 years in interface design and a degree in design.", "requirements"),
            ("The average pay is $120,000 per year, and bonuses come on top of it.", "salary"),
            ("The demand for nurses is growing faster than schools can train them.", "market-demand"),
            ("Do I need to have been an engineer? In most companies yes, or close to it.", "faq"),
            ("Die Nachfrage nach Pflegekräften wächst seit Jahren in allen Bundesländern.", "market-demand"),
            ("Le salaire dépend de la région et de l'expérience, parfois de la convention.", "salary"),
            ("Los retos del puesto cambian con el tamaño de la empresa y el equipo.", "challenges"),
        ] {
            let manner = Manner { introduces: false, swallows: false, headed: &HashSet::new() };
            assert_eq!(begins(text, None, &manner).flatten().map(|kind| kind.id), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_points_back_closes() {
        let manner = Manner { introduces: false, swallows: true, headed: &HashSet::new() };
        for text in [
            "These trends are reshaping the field and demand a more versatile leader.",
            "By mastering these skills, engineers can advance their careers and earn more.",
        ] {
            assert_eq!(begins(text, Some("skills"), &manner), None, "{text}");
        }
        let text = "Sideways moves are frequent: towards machine learning for those who enjoy models.";
        assert_eq!(begins(text, Some("career-path"), &manner), None);
    }
}
