//! Text → tree, within bounds. Deep nesting costs html5ever quadratic time (servo/html5ever#788): 100,000 nested
//! elements take a minute. So the text is fed in pieces, and the page is cut where it becomes deeper than any real one.

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

/// The deepest nesting that is read; real pages stay below 60.
pub(super) const DEEPEST: usize = 512;
/// How much is fed before the depth is looked at, in bytes.
const PIECE: usize = 4096;

/// The tree of a document, and whether it was cut.
pub(super) fn parse(text: &str) -> (Html, bool) {
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = text;
    let mut cut = false;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        if !rest.is_empty() && depth(&parser.tokenizer.sink.sink.0.borrow()) > DEEPEST {
            cut = true;
            break;
        }
    }
    (parser.finish(), cut)
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
