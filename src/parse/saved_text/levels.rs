//! Gives headings the levels that a saved page lost.

use super::super::outline::{Draft, Entry};
use crate::model::{BlockKind, Fit, role, section_kind};

/// Gives the headings their levels: 2 heads a section, 3 and 4 stand inside one.
pub(super) fn give(draft: &mut Draft) {
    let role = draft.heading.as_deref().and_then(role).map(|role| role.label);
    let lists_follow = lists_follow_headings(draft, role.as_deref());
    let mut section: Option<&'static str> = None;
    let mut group: Option<bool> = None; // Inside a heading without text of its own: are its headings parenthesised?
    for at in 0..draft.entries.len() {
        let (before, rest) = draft.entries.split_at_mut(at);
        let Some((Entry::Heading(heading), after)) = rest.split_first_mut() else { continue };
        let introduced = matches!(after.first(), Some(Entry::Text { kind: BlockKind::Paragraph, .. }));
        let kind = section_kind(&heading.text, role.as_deref());
        let heads = match kind {
            Some((kind, Fit::Strong)) => kind.id != "related-roles" || section != Some("related-roles"),
            Some((kind, Fit::Loose)) => {
                Some(kind.id) != section && (introduced || lists_follow) && section != Some("related-roles")
            }
            None => section.is_none(),
        };
        if heads {
            heading.level = 2;
            section = Some(kind.map_or("", |(kind, _)| kind.id));
            group = None;
            continue;
        }
        let parenthesised = heading.text.ends_with(')');
        let below_heading = matches!(before.last(), Some(Entry::Heading(above)) if above.level == 3);
        if below_heading && section != Some("related-roles") {
            group = Some(parenthesised);
        } else if group.is_some_and(|shape| !shape || !parenthesised) {
            group = None;
        }
        heading.level = if group.is_some() { 4 } else { 3 };
    }
}

/// Whether the page lets a list follow a section's heading directly. Where every heading that surely heads a section
/// is followed by a paragraph, one that is followed by a list rather stands inside a section.
fn lists_follow_headings(draft: &Draft, role: Option<&str>) -> bool {
    draft.entries.windows(2).any(|pair| match pair {
        [Entry::Heading(heading), Entry::Text { kind: BlockKind::Item { .. }, .. }] => {
            matches!(section_kind(&heading.text, role), Some((kind, Fit::Strong)) if kind.id != "related-roles")
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
        } else if heads_nothing && below_heading && section != Some("related-roles") {
            draft.entries[at] = Entry::paragraph(heading.text.clone());
        }
    }
}
