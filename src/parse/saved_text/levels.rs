//! Gives headings the levels that a saved page lost, and takes those away that head nothing.

use crate::model::{BlockKind, Fit, Heading, normalized_heading, role, section_kind};
use crate::parse::outline::{Draft, Entry};
use crate::text::visible_len;
use std::collections::{HashMap, HashSet};

/// Takes away what only seems to be a heading: of a list of contents, and of the raw Markdown that teasers have.
pub(super) fn clear(draft: &mut Draft) {
    drop_contents(draft);
    let mut seen: HashSet<&'static str> = HashSet::new();
    let mut related = false;
    for entry in &mut draft.entries {
        let Entry::Heading(heading) = entry else { continue };
        let kind = match section_kind(&heading.text, None) {
            Some((kind, Fit::Strong)) => Some(kind.id),
            _ => None,
        };
        let raw = heading.text.starts_with('#');
        // The page has had its own section of the kind: this one is of the role that a teaser is about.
        let repeats = kind.is_some_and(|kind| kind != RELATED && seen.contains(kind));
        if related && (raw || repeats) {
            *entry = Entry::paragraph(std::mem::take(&mut heading.text));
            continue;
        }
        if raw {
            heading.text = heading.text.trim_start_matches(['#', ' ']).to_owned();
        }
        if let Some(kind) = kind {
            related = kind == RELATED;
            seen.insert(kind);
        }
    }
}

/// The kind of section that points to other roles.
const RELATED: &str = "related-roles";
/// The fewest entries of a list of contents.
const CONTENTS: usize = 3;

/// Drops a list of what are headings further down, and the heading above it.
fn drop_contents(draft: &mut Draft) {
    // Where each heading stands last, and where each kind that a heading surely names.
    let mut headings: HashMap<String, usize> = HashMap::new();
    let mut kinds: HashMap<&'static str, usize> = HashMap::new();
    let strong = |text: &str| match section_kind(text, None) {
        Some((kind, Fit::Strong)) => Some(kind.id),
        _ => None,
    };
    for (at, entry) in draft.entries.iter().enumerate() {
        if let Entry::Heading(heading) = entry {
            headings.insert(normalized_heading(&heading.text, None), at);
            kinds.extend(strong(&heading.text).map(|kind| (kind, at)));
        }
    }
    let mut at = 0;
    while at < draft.entries.len() {
        let named = draft.entries[at..].iter().enumerate().take_while(|(ahead, entry)| match entry {
            Entry::Heading(Heading { text, .. }) | Entry::Text { kind: BlockKind::Item { .. }, text, .. } => {
                let is_below = |last: &usize| *last > at + ahead;
                // "What they do" leads to "What welders do".
                let kind = || strong(text).filter(|_| !entry.is_item()).and_then(|kind| kinds.get(kind));
                headings.get(&normalized_heading(text, None)).is_some_and(is_below)
                    || kind().is_some_and(is_below)
            }
            _ => false,
        });
        let length = named.count();
        // The last of them stands right above the first section, as often as not under the same name.
        if length < CONTENTS {
            at += length.max(1);
            continue;
        }
        let titled = at > 0
            && matches!(&draft.entries[at - 1], Entry::Heading(heading) if section_kind(&heading.text, None).is_none());
        let from = at - usize::from(titled);
        for entry in draft.entries.drain(from..at + length) {
            if let Entry::Heading(Heading { text, .. }) | Entry::Text { text, .. } = entry {
                draft.left_out += visible_len(&text);
            }
        }
        return;
    }
}

/// Gives the headings their levels: 2 heads a section, 3 and 4 stand inside one.
pub(super) fn give(draft: &mut Draft) {
    let role = draft.heading.as_deref().and_then(role).map(|role| role.label);
    let lists_follow = lists_follow_headings(draft, role.as_deref());
    // Where no heading is of a known kind, as in a language that the table has not, each heads a section.
    let unknown = draft.entries.iter().all(
        |entry| !matches!(entry, Entry::Heading(heading) if section_kind(&heading.text, role.as_deref()).is_some()),
    );
    let mut section: Option<&'static str> = None;
    let mut seen: HashSet<&'static str> = HashSet::new();
    let mut title: Option<usize> = None; // Of the page that was pasted below, if any.
    let mut group: Option<bool> = None; // Inside a heading without text of its own: are its headings parenthesised?
    for at in 0..draft.entries.len() {
        let (before, rest) = draft.entries.split_at_mut(at);
        let Some((Entry::Heading(heading), after)) = rest.split_first_mut() else { continue };
        let introduced = matches!(after.first(), Some(Entry::Text { kind: BlockKind::Paragraph, .. }));
        let kind = section_kind(&heading.text, role.as_deref());
        let begins_page = kind.is_none()
            && title.is_none_or(|title| title + LINES_BELOW_TITLE < at)
            && begins_page(heading, after, &seen);
        title = if begins_page { Some(at) } else { title };
        let heads = match kind {
            Some((kind, Fit::Strong)) => kind.id != RELATED || section != Some(RELATED),
            Some((kind, Fit::Loose)) => {
                Some(kind.id) != section && (introduced || lists_follow) && section != Some(RELATED)
            }
            None => section.is_none() || unknown || begins_page,
        };
        if let Some((kind, Fit::Strong)) = kind {
            seen.insert(kind.id);
        }
        if heads {
            heading.level = 2;
            section = Some(kind.map_or("", |(kind, _)| kind.id));
            group = None;
            continue;
        }
        let parenthesised = heading.text.ends_with(')');
        let below_heading = matches!(before.last(), Some(Entry::Heading(above)) if above.level == 3);
        if below_heading && section != Some(RELATED) {
            group = Some(parenthesised);
        } else if group.is_some_and(|shape| !shape || !parenthesised) {
            group = None;
        }
        heading.level = if group.is_some() { 4 } else { 3 };
    }
}

/// The title of a page that was pasted below another: a role, and right below it a section that the page above has too.
fn begins_page(heading: &Heading, after: &[Entry], seen: &HashSet<&'static str>) -> bool {
    let next = after.iter().take(LINES_BELOW_TITLE).find_map(|entry| match entry {
        Entry::Heading(next) => section_kind(&next.text, None),
        _ => None,
    });
    matches!(next, Some((kind, Fit::Strong)) if kind.id != RELATED && seen.contains(kind.id))
        && role(&heading.text).is_some()
        && after.first().is_some_and(|entry| match entry {
            Entry::Heading(_) => true,
            Entry::Text { kind, text, .. } => {
                *kind == BlockKind::Paragraph && text.split(' ').count() < LONGEST_BYLINE
            }
            _ => false,
        })
}

/// In how many entries below a title its first section begins, and how many words a line between them has not.
const LINES_BELOW_TITLE: usize = 3;
const LONGEST_BYLINE: usize = 9;

/// Whether the page lets a list follow a section's heading directly. Where every heading that surely heads a section
/// is followed by a paragraph, one that is followed by a list rather stands inside a section.
fn lists_follow_headings(draft: &Draft, role: Option<&str>) -> bool {
    draft.entries.windows(2).any(|pair| match pair {
        [Entry::Heading(heading), Entry::Text { kind: BlockKind::Item { .. }, .. }] => {
            matches!(section_kind(&heading.text, role), Some((kind, Fit::Strong)) if kind.id != RELATED)
        }
        _ => false,
    })
}

/// Turns headings that head nothing into text: a lone short line below a heading, with the next section right behind it.
pub(super) fn settle(draft: &mut Draft) {
    // Lines between the title and the first section ("Orrin Payments", "Remote or Berlin") say something of the page.
    let is_line = |entry: &&Entry| matches!(entry, Entry::Heading(heading) if section_kind(&heading.text, None).is_none());
    let lines = draft.entries.iter().take_while(is_line).count();
    if matches!(draft.entries.get(lines), Some(Entry::Heading(_))) {
        for entry in &mut draft.entries[..lines] {
            if let Entry::Heading(heading) = entry {
                *entry = Entry::paragraph(std::mem::take(&mut heading.text));
            }
        }
    }
    let mut section: Option<&'static str> = None;
    for at in 0..draft.entries.len() {
        let heads_nothing = match draft.entries.get(at + 1) {
            None => true,
            Some(Entry::Heading(next)) => next.level == 2,
            Some(_) => false,
        };
        let below_heading = at > 0 && matches!(draft.entries[at - 1], Entry::Heading(_));
        let Entry::Heading(heading) = &draft.entries[at] else { continue };
        if heading.level == 2 {
            section = section_kind(&heading.text, None).map(|(kind, _)| kind.id);
        } else if heads_nothing && below_heading && section != Some(RELATED) {
            draft.entries[at] = Entry::paragraph(heading.text.clone());
        }
    }
}
