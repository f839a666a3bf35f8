//! Text → tree, within bounds: a page is cut where it goes beyond any real one, and says so.
//!
//! What a parser does for a tag grows with the nesting it stands in, the formatting that is opened again in it and the
//! attributes that come with that (servo/html5ever#788 and alike): 100,000 nested elements take a minute. So the text is
//! fed in pieces, and what came of it is looked at after each.

mod sink;
mod tags;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use memchr::memchr_iter;
use scraper::Html;
use sink::Sink;
use std::time::{Duration, Instant};

/// The deepest nesting that is read; real pages stay below 60.
const DEEPEST: usize = 512;
/// The most elements and texts of a page; real ones have some thousand.
const MOST_NODES: usize = 150_000;
/// The most that attributes of a page may hold, in bytes, with those of formatting that is opened again.
const MOST_ATTRIBUTES: usize = 16 << 20;
/// The most work: tags, each times the depth it stands in. Large real pages have less than a tenth of it.
const MOST_STEPS: usize = 10_000_000;
/// The longest that parsing may take, whatever else a page's author thinks of: far more than anything that is known takes, so
/// that a busy machine does not cut a page.
const LONGEST: Duration = Duration::from_secs(10);
/// How much is fed before all this is looked at, in bytes and in tags.
const PIECE: usize = 4096;
const PIECE_TAGS: usize = 64;

/// The tree of a document, and a warning for each bound that it went over.
pub(super) fn parse(text: &str) -> (Html, Vec<String>) {
    let start = Instant::now();
    let (text, tags_cut) = tags::bounded(text);
    let mut parser = driver::parse_document(Sink::new(), ParseOpts::default());
    let (mut rest, mut steps) = (text.as_ref(), 0);
    let mut excess = None;
    while !rest.is_empty() {
        let (piece, tags) = first_piece(rest);
        parser.process(StrTendril::from_slice(piece));
        rest = &rest[piece.len()..];
        let tree = &parser.tokenizer.sink.sink;
        let depth = tree.depth();
        steps += tags * depth;
        excess = if tree.nodes() > MOST_NODES {
            Some(format!("more than {MOST_NODES} elements and texts"))
        } else if depth > DEEPEST {
            Some(format!("nested deeper than {DEEPEST} elements"))
        } else if tree.attributes() > MOST_ATTRIBUTES {
            Some(format!("attributes of more than {} MiB", MOST_ATTRIBUTES >> 20))
        } else if steps > MOST_STEPS {
            Some("too many tags in deep nesting".to_owned())
        } else if start.elapsed() > LONGEST {
            Some(format!("reading it took more than {} seconds", LONGEST.as_secs()))
        } else {
            None
        };
        if excess.is_some() {
            break;
        }
    }
    let mut document = parser.finish();
    let pruned = prune(&mut document);
    let mut warnings = Vec::new();
    if let Some(excess) = excess.filter(|_| !rest.is_empty()) {
        warnings.push(format!("truncated: {excess}; what follows was left out"));
    } else if pruned {
        warnings
            .push(format!("truncated: nested deeper than {DEEPEST} elements; what is in them was left out"));
    }
    if tags_cut {
        warnings.push("truncated: a tag with too many attributes; the rest of them was left out".to_owned());
    }
    (document, warnings)
}

/// What is fed next, and how many tags may be in it.
fn first_piece(text: &str) -> (&str, usize) {
    let mut end = text.floor_char_boundary(PIECE.min(text.len()));
    let mut tags = 0;
    for at in memchr_iter(b'<', &text.as_bytes()[..end]) {
        tags += 1;
        if tags > PIECE_TAGS {
            end = at;
            break;
        }
    }
    (&text[..end], tags)
}

/// Takes out what is deeper than [`DEEPEST`], so that a tree can be walked without counting: the depth is looked at only
/// now and then while it grows, and misnested tags move whole branches later. Whether there was anything.
fn prune(document: &mut Html) -> bool {
    if document.tree.values().len() <= DEEPEST {
        return false;
    }
    let mut depth = 0;
    let mut deep: Vec<NodeId> = Vec::new();
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                depth += 1;
                if depth == DEEPEST + 1 {
                    deep.push(node.id());
                }
            }
            Edge::Close(_) => depth -= 1,
        }
    }
    for &id in &deep {
        if let Some(mut node) = document.tree.get_mut(id) {
            node.detach();
        }
    }
    !deep.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deepest(document: &Html) -> usize {
        let depth = |node: ego_tree::NodeRef<'_, _>| node.ancestors().count();
        document.tree.nodes().filter(|node| node.parent().is_some()).map(depth).max().unwrap_or(0)
    }

    fn text(document: &Html) -> String {
        document.root_element().text().collect()
    }

    #[test]
    fn an_ordinary_page_is_read_whole() {
        let page =
            format!("<h1>x</h1>{}", "<div><p class='a b'>y</p><table><tr><td>z</table></div>".repeat(3_000));
        let (document, warnings) = parse(&page);
        assert_eq!(warnings, Vec::<String>::new());
        assert_eq!(text(&document).len(), 6_001);
    }

    #[test]
    fn nesting_is_cut_wherever_the_tags_are_moved_to() {
        for piece in
            ["<div>x", "<span>x", "<b>x<i>", "<ul><li>x", "<table><tr><td>x", "<svg><g>x", "<template>x"]
        {
            for before in ["", "<table>", "<table><tr>", "<select>"] {
                let (document, warnings) = parse(&format!("<p>before{before}{}after", piece.repeat(50_000)));
                assert!(deepest(&document) <= DEEPEST, "{before}{piece}");
                assert!(text(&document).starts_with("before"), "{before}{piece}");
                let read_whole = text(&document).ends_with("after");
                assert!(
                    read_whole || warnings[0].starts_with("truncated: "),
                    "{before}{piece}: {warnings:?}"
                );
            }
        }
    }

    #[test]
    fn formatting_that_is_opened_again_and_again_is_cut() {
        let attributes = |count: usize| (0..count).map(|n| format!("a{n} ")).collect::<String>();
        let tags: String = (0..200).map(|n| format!("<b b{n} {}>", attributes(200))).collect();
        let (document, warnings) = parse(&format!("<p>before{tags}{}", "<p>x".repeat(100_000)));
        assert!(warnings[0].contains("attributes of more than 16 MiB"), "{warnings:?}");
        let held: usize =
            document.tree.values().filter_map(|node| node.as_element()).map(|e| e.attrs.len()).sum();
        assert!(held < 1_200_000, "{held}");
        for end in ["</z>", "</b>"] {
            let (_, warnings) = parse(&format!("<p>before{}{}", "<span>".repeat(500), end.repeat(500_000)));
            assert!(warnings[0].contains("too many tags"), "{end}: {warnings:?}");
        }
    }

    #[test]
    fn attributes_that_are_added_to_html_and_body_are_bounded() {
        for name in ["html", "body"] {
            let tags: String = (0..50_000).map(|n| format!("<{name} a{n}>")).collect();
            let (document, _) = parse(&format!("{tags}<p>after"));
            let most =
                document.tree.values().filter_map(|node| node.as_element()).map(|e| e.attrs.len()).max();
            assert!(most.is_some_and(|most| most <= tags::MOST_ATTRIBUTES), "{most:?}");
            assert_eq!(text(&document), "after");
        }
    }
}
