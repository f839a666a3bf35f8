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
    let beginning = beginning(&draft.entries[text_at..], |_| true);
    let sentences = self::beginning(&draft.entries[text_at..], is_long);
    let spoken_of = candidates.iter().filter_map(|&at| {
        let Entry::Heading(heading) = &draft.entries[at] else { return None };
        let title = without_label(heading.text.clone());
        let role = role(&title);
        let names_none = role.is_none();
        let name = spaced(&role.map_or(title, |role| role.label));
        let found = beginning.find(name.trim_end()).filter(|_| name.trim().len() > 3)?;
        // A single word is also one of a menu that is there twice.
        let told = name.trim().contains(' ') || sentences.contains(name.trim_end());
        let names_none = names_none || !told;
        Some((names_none, found, std::cmp::Reverse(name.len()), at))
    });
    // The text begins with what it is about. A word of a menu ("Jobs") names nothing that a page is about.
    let (named, unnamed): (Vec<_>, Vec<_>) = spoken_of.partition(|(names_none, ..)| !names_none);
    let at =
        |of: Vec<(bool, usize, std::cmp::Reverse<usize>, usize)>| of.into_iter().min().map(|(.., at)| at);
    let spoken_of = at(named).or_else(|| below_a_menu(&draft.entries)).or_else(|| at(unnamed));
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
    if let Entry::Heading(Heading { text, .. }) | Entry::Text { text, .. } = draft.entries.remove(0) {
        draft.heading = Some(without_label(text));
    }
}

/// Where a long menu hides the title among its lines: the line that names the role of which the text below speaks most.
/// What stands above it is no text, but for a line of help.
fn below_a_menu(entries: &[Entry]) -> Option<usize> {
    let texts: Vec<(usize, String)> = entries
        .iter()
        .enumerate()
        .take(MENTIONS)
        .filter_map(|(at, entry)| match entry {
            Entry::Heading(Heading { text, .. }) | Entry::Text { text, .. } => {
                Some((at, spaced(&text[..text.floor_char_boundary(BEGINNING.min(text.len()))])))
            }
            _ => None,
        })
        .collect();
    let mut best: Option<(usize, usize)> = None;
    let mut help = 0;
    for (at, entry) in entries.iter().enumerate().take(FIRST) {
        let is_row = matches!(entry, Entry::Text { kind: BlockKind::Row { .. } | BlockKind::Code, .. });
        help += usize::from(matches!(entry, Entry::Text { text, .. } if is_long(text)));
        // A section, and a text or sentence in it.
        let is_text = |text: &str| is_long(text) || text.ends_with('.');
        let has_begun = matches!(&entries[at..],
            [Entry::Heading(heading), Entry::Text { text, .. }, ..] if is_section(&heading.text) && is_text(text));
        if is_row || has_begun || help > 1 {
            break;
        }
        let (Entry::Heading(Heading { text, .. }) | Entry::Text { text, .. }) = entry else { continue };
        let text = text.split(" (").next().unwrap_or_default();
        if text.len() > LONGEST_TITLE || is_section(text) || is_long(text) {
            continue;
        }
        let Some(name) = role(text).map(|role| spaced(&role.label)).filter(|name| name.trim().contains(' '))
        else {
            continue;
        };
        let speaks = |(of, text): &&(usize, String)| {
            *of > at && text.len() > name.len() && text.contains(name.trim_end())
        };
        let times = texts.iter().filter(speaks).count();
        if times >= FEWEST_MENTIONS && best.is_none_or(|(most, _)| times > most) {
            best = Some((times, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The longest title that is looked for below a menu, in bytes.
const LONGEST_TITLE: usize = 90;
/// How many texts are looked at for what they speak of, and how many of them speak of the title.
const MENTIONS: usize = 200;
const FEWEST_MENTIONS: usize = 2;

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
        [Entry::Text { text, .. }, ..] => is_long(text),
        _ => false,
    }
}

fn is_candidate(entry: &Entry) -> bool {
    matches!(entry, Entry::Heading(heading) if !is_section(&heading.text))
}

pub(super) fn is_section(heading: &str) -> bool {
    matches!(section_kind(heading, None), Some((_, Fit::Strong)))
}

/// Whether a text has more than a few words.
fn is_long(text: &str) -> bool {
    text.split(' ').nth(TEXT - 1).is_some()
}

/// The first words of such texts as they compare, each between spaces.
fn beginning(entries: &[Entry], is_such: fn(&str) -> bool) -> String {
    let mut beginning = String::new();
    for entry in entries {
        if let Entry::Text { text, .. } = entry
            && is_such(text)
        {
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
