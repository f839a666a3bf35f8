//! Text as a browser saves a page: headings are lone lines, bullets `•`, numbered items all `1.`, pictures their captions.
//!
//! What a save loses is worked out again: the levels of headings from what they say (`levels`), a heading that is
//! gone from the paragraph it headed, and the paragraphs that a list swallowed (`glue`).

mod glue;
mod levels;

use super::outline::{Draft, Entry};
use crate::model::BlockKind;
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
    levels::give(&mut draft);
    levels::settle(&mut draft);
    let swallows = glue::swallows(&draft.entries);
    levels::infer(&mut draft, swallows);
    glue::split(&mut draft.entries);
    draft
}

fn classify(line: &str) -> Line<'_> {
    let text = line.trim();
    // A line of nothing but characters without width is blank to the eye, and so is it here.
    if text.is_empty() || (!text.starts_with(|c: char| c.is_ascii_graphic()) && collapse(text).is_empty()) {
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
                crate::text::push_collapsed(&mut text, " ");
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
        && line.matches(", ").count() < 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline;

    #[test]
    fn a_line_without_width_is_blank() {
        let text = "Data Engineer\n\nOverview\n\u{200b}\nThey build pipelines.\n\u{200b}\nSalary\n\u{feff}\nGood.\n\u{200e}\n";
        let page = outline::page(read(text)).expect("a page");
        let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
        assert_eq!(kinds, ["overview", "salary"]);
    }

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
