//! Markdown: links, and the anchors that sites make of headings.

use super::{Lines, Source, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A longer page is not looked at: the parser takes a hundred bytes for each sign.
const LONGEST: usize = 1 << 20;

pub(super) fn read(text: &str, lines: &Lines, source: &mut Source) {
    if text.len() > LONGEST {
        source.titled = true;
        return;
    }
    let front = front_matter(text);
    source.titled |= text[..front].lines().any(|line| {
        let line = line.trim_start().to_ascii_lowercase();
        line.strip_prefix("title").is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
    });
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut heading: Option<String> = None;
    for (event, range) in Parser::new_ext(&text[front..], options).into_offset_iter() {
        let at = front + range.start;
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => source.link(&dest_url, lines.line(at)),
            Event::Start(Tag::Heading { id, level, .. }) => {
                source.titled |= level == HeadingLevel::H1;
                id.into_iter().for_each(|id| source.anchor(&id));
                heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default();
                source.anchor(&anchor_key(&text));
                // `## Pay {#money}` and `##Pay`, as other parsers read them.
                if let Some((_, id)) = text.rsplit_once("{#") {
                    source.anchor(id.trim_end_matches('}'));
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                } else if let Some(signs) = text.strip_prefix("##") {
                    source.anchor(&anchor_key(signs));
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                html::read(&text[at..front + range.end], at, lines, source);
            }
            _ => {}
        }
    }
}

/// What is the same in the anchors that different sites make of a heading, and in a link to it: its letters and digits.
pub(in crate::lint) fn anchor_key(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The length of the front matter.
fn front_matter(text: &str) -> usize {
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    for fence in ["---", "+++"] {
        let Some(rest) = text[begin..].strip_prefix(fence).filter(|rest| rest.starts_with(['\n', '\r']))
        else {
            continue;
        };
        let mut at = begin + fence.len();
        for line in rest.split_inclusive('\n') {
            at += line.len();
            if line.trim_end() == fence {
                return at;
            }
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Format;

    #[test]
    fn links_anchors_and_titles() {
        let text = "---\ntitle: Chef\n---\n\nSee [b](b.md#pay) and\n<a id=\"x\" href=\"c.md\">c</a>, [d].\n\n## Pay & *more* {#money}\n\n[d]: d.md\n";
        let source = Source::read(text, Format::Markdown);
        let links: Vec<(&str, u32)> =
            source.links.iter().map(|link| (link.url.as_str(), link.line)).collect();
        assert_eq!(links, [("b.md#pay", 5), ("c.md", 6), ("d.md", 6)]);
        assert!(source.titled);
        for anchor in ["x", "money", "paymore"] {
            assert!(source.anchors.contains(anchor), "{anchor}: {:?}", source.anchors);
        }
        assert!(!Source::read("Text.\n\n## Pay\n", Format::Markdown).titled);
    }
}
