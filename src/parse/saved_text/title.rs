//! Which line of a saved page is its title, and what above it is the site's.
//!
//! A menu, the site's name and a motto may stand above the title. The title is the line that the text below speaks of
//! ("Data Engineer" … "A data engineer builds"); where no line is, it is the first that can be one.

use crate::model::{BlockKind, Fit, Heading, role, section_kind};
use crate::parse::outline::{Draft, Entry};
use crate::text::{fold, visible_len, words};

/// How many entries are looked at.
const FIRST: usize = 60;
/// The fewest words of a paragraph that is the page's own text.
const TEXT: usize = 9;
/// How much of the text is looked at, in bytes.
const BEGINNING: usize = 4_000;

/// Takes the title out of the entries, and what stands above it away.
pub(super) fn take(draft: &mut Draft) {
    let text_at = (0..draft.entries.len().min(FIRST)).find(|&at| text_begins(&draft.entries[at..]));
    let text_at = text_at.unwrap_or(draft.entries.len().min(FIRST));
    let candidates: Vec<usize> = (0..text_at).filter(|&at| is_candidate(&draft.entries[at])).collect();
    let beginning = beginning(&draft.entries[text_at..]);
    let spoken_of = candidates.iter().filter_map(|&at| {
        let Entry::Heading(heading) = &draft.entries[at] else { return None };
        let title = without_label(heading.text.clone());
        let name = role(&title).map_or(title, |role| role.label);
        let name = spaced(&name);
        let found = beginning.find(name.trim_end()).filter(|_| name.trim().len() > 3)?;
        Some((found, std::cmp::Reverse(name.len()), at))
    });
    // The text begins with what it is about.
    let spoken_of = spoken_of.min().map(|(_, _, at)| at);
    let first = candidates.first().copied().filter(|&first| {
        // Short items above the first line that can be a title are a menu.
        draft.entries[..first]
            .iter()
            .all(|entry| matches!(entry, Entry::Text { kind: BlockKind::Item { .. }, .. }))
    });
    let Some(title) = spoken_of.or(first) else { return };
    for entry in draft.entries.drain(..title) {
        if let Entry::Heading(Heading { text, .. }) | Entry::Text { text, .. } = entry {
            draft.left_out += visible_len(&text);
        }
    }
    if let Entry::Heading(heading) = draft.entries.remove(0) {
        draft.heading = Some(without_label(heading.text));
    }
}

/// "Job title: Nurse" says that it is one.
fn without_label(title: String) -> String {
    match title.split_once(": ") {
        Some((label, title)) if LABELS.contains(&fold(label).as_ref()) => title.to_owned(),
        _ => title,
    }
}

const LABELS: &[&str] = &[
    "job title",
    "title",
    "position",
    "role",
    "job",
    "occupation",
    "stelle",
    "beruf",
    "position title",
    "poste",
    "metier",
    "intitule du poste",
    "puesto",
    "cargo",
];

/// The page's own text begins: a section's heading with something below it, or more than a few words.
pub(super) fn text_begins(entries: &[Entry]) -> bool {
    match entries {
        [Entry::Heading(heading), Entry::Text { .. }, ..] => is_section(&heading.text),
        [Entry::Text { kind: BlockKind::Row { .. } | BlockKind::Code, .. }, ..] => true,
        [Entry::Text { text, .. }, ..] => text.split(' ').nth(TEXT - 1).is_some(),
        _ => false,
    }
}

fn is_candidate(entry: &Entry) -> bool {
    matches!(entry, Entry::Heading(heading) if !is_section(&heading.text))
}

pub(super) fn is_section(heading: &str) -> bool {
    matches!(section_kind(heading, None), Some((_, Fit::Strong)))
}

/// The first words of the text as they compare, each between spaces.
fn beginning(entries: &[Entry]) -> String {
    let mut beginning = String::new();
    for entry in entries {
        if let Entry::Text { text, .. } = entry {
            beginning.push_str(&spaced(&text[..text.floor_char_boundary(BEGINNING.min(text.len()))]));
        }
        if beginning.len() > BEGINNING {
            break;
        }
    }
    beginning
}

fn spaced(text: &str) -> String {
    let mut spaced = String::from(" ");
    words(&fold(text)).for_each(|word| {
        spaced.push_str(&word.folded);
        spaced.push(' ');
    });
    spaced
}
