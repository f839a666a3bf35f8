//! The roles that a page points to: what their teasers say is theirs, not the page's own text.

use super::Link;
use crate::model::{BlockKind, RelatedRole, Section, role};

/// The longest text of an item that is taken as the name of a role, in bytes.
const LONGEST_NAME: usize = 90;

/// Takes the roles that a section points to out of its text: cards (a subheading with what stands under it) and
/// linked or short list items. Other text of the section stays the page's own.
pub(super) fn take_related(
    section: &mut Section,
    links: Vec<Option<Link>>,
    leads: impl Iterator<Item = (usize, String)>,
    related: &mut Vec<RelatedRole>,
) {
    let first = related.len();
    let cards = std::mem::take(&mut section.subheadings);
    related.extend(cards.into_iter().map(|card| RelatedRole { title: card.text, ..RelatedRole::default() }));
    leads.for_each(|(card, url)| related[first + card].url = Some(url));
    let blocks = std::mem::take(&mut section.blocks);
    for (mut block, link) in blocks.into_iter().zip(links) {
        if let Some(card) = block.heading.take().and_then(|card| related.get_mut(first + usize::from(card))) {
            if let Some(link) = &link
                && card.url.is_none()
            {
                card.url = Some(link.url.clone());
            }
            if block.text != card.title {
                let teaser = card.teaser.get_or_insert_default();
                if !teaser.is_empty() {
                    teaser.push(' ');
                }
                teaser.push_str(&block.text);
            }
            continue;
        }
        let item = matches!(block.kind, BlockKind::Item { .. });
        let linked = |link: &Link| block.text.floor_char_boundary(link.len.min(block.text.len()));
        match link {
            Some(link) if link.len > 0 && names_a_role(&block.text[..linked(&link)]) => {
                let (title, rest) = block.text.split_at(linked(&link));
                let teaser = rest.trim_start_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '.' | ';' | ':' | '-' | '–' | '—' | '|' | ',')
                });
                let teaser = (!teaser.is_empty()).then(|| teaser.to_owned());
                related.push(RelatedRole { title: title.to_owned(), url: Some(link.url), teaser });
            }
            _ if item && block.text.len() <= LONGEST_NAME && names_a_role(&block.text) => {
                related.push(RelatedRole { title: block.text, ..RelatedRole::default() });
            }
            _ => section.blocks.push(block),
        }
    }
    related.retain(|role| !role.title.is_empty());
    // A saved card says its title twice: as the picture's caption and as the heading.
    let mut cards = related.split_off(first.min(related.len())).into_iter().peekable();
    while let Some(card) = cards.next() {
        let again = cards.peek().is_some_and(|next| next.title == card.title);
        if !again || card.teaser.is_some() {
            related.push(card);
        }
    }
}

/// Whether an item under "related roles" names one; an introduction or a comparison is a page of another sort.
fn names_a_role(title: &str) -> bool {
    role(title).is_some()
}
