//! Text as a browser saves a page: headings are lone lines, bullets `•`, numbered items all `1.`, pictures their captions.
//!
//! Levels are lost, so they are told by what a heading says: one that surely names another kind of section heads a
//! section, others stand inside the section before them.

use super::outline::{Draft, Entry};
use crate::model::{BlockKind, Fit, role, section_kind};
use crate::text::{collapse, sentences};

/// The longest line that can be a heading, in characters and in words.
const LONGEST_HEADING: (usize, usize) = (90, 14);

enum Line<'a> {
    Blank,
    Item { indent: usize, ordered: bool, text: &'a str },
    Text(&'a str),
}

/// The draft of a page saved as text.
pub(super) fn read(text: &str) -> Draft {
    let lines: Vec<Line<'_>> = text.lines().map(classify).collect();
    let mut draft = Draft::default();
    let mut reader = Reader { draft: &mut draft, group: false };
    let mut at = 0;
    while at < lines.len() {
        at = reader.read(&lines, at);
    }
    level_headings(&mut draft);
    draft
}

fn classify(line: &str) -> Line<'_> {
    let text = line.trim();
    if text.is_empty() {
        return Line::Blank;
    }
    let indent = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    for bullet in ["•", "◦", "▪", "‣", "●", "○", "*", "-", "–"] {
        if let Some(item) = text.strip_prefix(bullet)
            && item.starts_with(char::is_whitespace)
        {
            return Line::Item { indent, ordered: false, text: item.trim_start() };
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some(item) = text[digits..].strip_prefix(['.', ')'])
        && item.starts_with(char::is_whitespace)
        && (indent > 0 || text.len() > LONGEST_HEADING.0)
    {
        return Line::Item { indent, ordered: true, text: item.trim_start() };
    }
    Line::Text(text)
}

struct Reader<'a> {
    draft: &'a mut Draft,
    /// A numbered item is open, whose bullets are its children.
    group: bool,
}

impl Reader<'_> {
    /// Reads what begins at a line; where the next thing begins.
    fn read(&mut self, lines: &[Line<'_>], at: usize) -> usize {
        match lines[at] {
            Line::Blank => at + 1,
            Line::Item { indent, ordered, text } => {
                let nesting = (indent / 2).saturating_sub(1);
                if ordered && nesting == 0 {
                    self.group = matches!(lines.get(at + 1), Some(Line::Item { ordered: false, .. }));
                }
                let depth = nesting + usize::from(!ordered && self.group);
                let kind = BlockKind::Item { depth: u8::try_from(depth).unwrap_or(u8::MAX), ordered };
                self.draft.entries.push(Entry::Text { kind, text: collapse(text), link: None });
                at + 1
            }
            Line::Text(first) => {
                self.group = false;
                let end = (at..lines.len())
                    .find(|&next| !matches!(lines[next], Line::Text(_)))
                    .unwrap_or(lines.len());
                if end == at + 1 {
                    self.lone(first);
                } else {
                    self.paragraph(&lines[at..end]);
                }
                end
            }
        }
    }

    /// A line with nothing directly above or below it.
    fn lone(&mut self, line: &str) {
        let line = collapse(line);
        if is_caption(&line) {
            self.draft.left_out += line.chars().count() as u64;
        } else if !is_heading(&line) {
            self.draft.entries.push(Entry::paragraph(line));
        } else if self.draft.heading.is_none() && self.draft.entries.is_empty() {
            self.draft.heading = Some(line);
        } else {
            self.draft.entries.push(Entry::heading(0, line));
        }
    }

    /// Lines that follow each other are one paragraph that was wrapped.
    fn paragraph(&mut self, lines: &[Line<'_>]) {
        let mut text = String::new();
        for line in lines {
            if let Line::Text(line) = line {
                crate::text::push_collapsed(&mut text, line);
                text.push(' ');
            }
        }
        self.draft.entries.push(Entry::paragraph(text.trim_end()));
    }
}

/// A picture's caption, as the founding site's pages have it: "logoAiPathly", "first image".
fn is_caption(line: &str) -> bool {
    line.strip_prefix("logo").is_some_and(|name| name.len() < 40 && name.starts_with(char::is_uppercase))
        || line
            .strip_suffix(" image")
            .is_some_and(|which| matches!(which, "first" | "second" | "third" | "fourth" | "fifth"))
}

fn is_heading(line: &str) -> bool {
    line.chars().count() <= LONGEST_HEADING.0
        && line.split(' ').count() <= LONGEST_HEADING.1
        && !line.ends_with(['.', '!', ',', ';'])
        && !(line.ends_with(':') && line.split(' ').count() > 5)
        && line.chars().next().is_some_and(|c| !c.is_lowercase())
        && line.chars().any(char::is_alphabetic)
        && sentences(line).len() == 1
}

/// Gives the headings their levels: 2 heads a section, 3 and 4 stand inside one.
fn level_headings(draft: &mut Draft) {
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
            Some((kind, Fit::Strong)) => Some(kind.id) != section,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline;

    #[test]
    fn lone_lines_are_headings_and_bullets_below_a_number_its_children() {
        let text = "logoCareers\n\nDevOps Engineer\n\nfirst image\n\nOverview\n\nWhat it is, in a sentence.\n\nRequirements\n\n\
            Key requirements include:\n\n  1. Education\n  • A degree\n  1. Tools\n  • Docker\n  • k8s\n\nMore Careers\n\nCloud Architect\n\n\
            Cloud Architect\n\nA Cloud Architect plans. ### Skills - AWS\n";
        let page = outline::page(read(text)).expect("a page");
        assert_eq!(page.title, "DevOps Engineer");
        let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
        assert_eq!(kinds, ["overview", "requirements", "related-roles"]);
        let depths = page.sections[1].blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Item { depth, ordered } => Some((depth, ordered)),
            _ => None,
        });
        assert_eq!(depths.collect::<Vec<_>>(), [(0, true), (1, false), (0, true), (1, false), (1, false)]);
        assert_eq!(page.related.len(), 1);
        assert!(page.related[0].teaser.as_deref().is_some_and(|teaser| teaser.contains("### Skills")));
        assert!(page.sections[2].blocks.is_empty());
    }
}
