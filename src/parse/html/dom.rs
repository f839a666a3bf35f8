//! Text → tree, within bounds. Deep nesting costs html5ever quadratic time (servo/html5ever#788): 100,000 nested
//! elements take a minute. So the text is fed in pieces, and the page is cut where it becomes deeper than any real one.

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;

/// The deepest nesting that is read; real pages stay below 60.
const DEEPEST: usize = 512;
/// The most elements and texts of a page; real ones have some thousand.
const MOST_NODES: usize = 150_000;
/// The most attributes of a tag.
const MOST_ATTRIBUTES: usize = 1_000;
/// How far a tag with few attributes is looked at, in bytes.
const LONGEST_LOOK: usize = 4_096;
/// How much is fed before the depth is looked at, in bytes.
const PIECE: usize = 4096;

/// The tree of a document, and why it was cut if it was.
pub(super) fn parse(text: &str) -> (Html, Option<String>) {
    let text = bounded_tags(text);
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = text.as_ref();
    let mut cut = None;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let document = parser.tokenizer.sink.sink.0.borrow();
        let reason = if document.tree.values().len() > MOST_NODES {
            format!("more than {MOST_NODES} elements and texts")
        } else if depth(&document) > DEEPEST {
            format!("nested deeper than {DEEPEST} elements")
        } else {
            continue;
        };
        if !rest.is_empty() {
            cut = Some(reason);
            break;
        }
    }
    (parser.finish(), cut)
}

/// The text without the attributes of a tag beyond the first [`MOST_ATTRIBUTES`]: each is compared with all before
/// it, which takes seconds for some ten thousand.
fn bounded_tags(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut bounded: Option<String> = None;
    let (mut kept, mut at) = (0, 0);
    while let Some(open) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let tag = end_of_tag(bytes, at);
        if let Some(cut) = tag.cut {
            let bounded = bounded.get_or_insert_default();
            bounded.push_str(&text[kept..cut]);
            kept = tag.end;
        }
        at = tag.end.max(at);
    }
    match bounded {
        Some(mut bounded) => {
            bounded.push_str(&text[kept..]);
            Cow::Owned(bounded)
        }
        None => Cow::Borrowed(text),
    }
}

struct Tag {
    /// Where its `>` is.
    end: usize,
    /// Where there are too many attributes.
    cut: Option<usize>,
}

fn end_of_tag(bytes: &[u8], start: usize) -> Tag {
    let (mut attributes, mut cut, mut at) = (0, None, start);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if bytes[at - 1] == b'=' => {
                match bytes[at + 1..].iter().position(|&closing| closing == byte) {
                    Some(closing) => at += closing + 1,
                    None => break,
                }
            }
            b' ' | b'\t' | b'\n' | b'\r' | b'/' => {
                attributes += 1;
                if attributes > MOST_ATTRIBUTES && cut.is_none() {
                    cut = Some(at);
                }
            }
            _ => {}
        }
        at += 1;
        if cut.is_none() && at - start > LONGEST_LOOK && attributes < 8 {
            break; // One long attribute, or no tag at all.
        }
    }
    Tag { end: at.min(bytes.len()), cut }
}

/// How deep the place is where the document is being built.
fn depth(document: &Html) -> usize {
    let mut node = document.tree.root();
    let mut depth = 0;
    while let Some(last) = node.last_child() {
        node = last;
        depth += 1;
    }
    depth
}
