//! Text → tree, within bounds: a page is cut where it goes beyond any real one, and says so.
//!
//! What a parser does for a tag grows with the nesting it stands in, the formatting that is opened again in it and the
//! attributes that come with that (servo/html5ever#788 and alike): 100,000 nested elements take a minute. So what came of
//! the text is looked at again and again while it is read.

mod piece;
mod sink;
mod source;
mod tokens;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::tokenizer::{Token, TokenSink as _};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5gum::Tokenizer;
use scraper::Html;
use sink::Sink;
use source::Source;
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};
use tokens::Tokens;

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
/// After how many tags all this is looked at.
const PIECE_TAGS: usize = 64;

/// What makes a tree of tokens.
type Builder = TreeBuilder<NodeId, Sink>;

/// The tree of a document, and a warning for each bound that it went over.
pub(super) fn parse(text: &str) -> (Html, Vec<String>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let builder: Builder = TreeBuilder::new(Sink::new(text.len()), TreeBuilderOpts::default());
    let bounds = Bounds::of(text.len());
    let exceeded = Tokenizer::new_with_emitter(Source::of(text), Tokens::new(text, &builder, &bounds)).next();
    debug_assert!(exceeded.is_some() == bounds.excess.borrow().is_some());
    let _ = builder.process_token(Token::EOFToken, 1);
    builder.end();
    let may_be_deep = builder.sink.may_be_deeper_than(DEEPEST);
    let mut document = builder.sink.finish();
    let pruned = may_be_deep && prune(&mut document);
    let mut warnings = Vec::new();
    if let Some(excess) = bounds.excess.take() {
        warnings.push(format!("truncated: {excess}; what follows was left out"));
    } else if pruned {
        warnings
            .push(format!("truncated: nested deeper than {DEEPEST} elements; what is in them was left out"));
    }
    if bounds.attributes_cut.get() {
        warnings.push("truncated: a tag with too many attributes; the rest of them was left out".to_owned());
    }
    (document, warnings)
}

/// What a page may hold, and how it went over it.
struct Bounds {
    start: Instant,
    /// How long the text is, in bytes.
    len: usize,
    /// Tags since the tree was last looked at.
    tags: Cell<usize>,
    steps: Cell<usize>,
    excess: RefCell<Option<String>>,
    attributes_cut: Cell<bool>,
}

impl Bounds {
    fn of(len: usize) -> Self {
        Self {
            start: Instant::now(),
            len,
            tags: Cell::default(),
            steps: Cell::default(),
            excess: RefCell::default(),
            attributes_cut: Cell::default(),
        }
    }

    /// Counts a tag that has come, and tells whether the tree is more than is read, and there is more to come.
    fn are_exceeded(&self, tree: &Sink, read: usize) -> bool {
        self.tags.set(self.tags.get() + 1);
        if self.tags.get() < PIECE_TAGS {
            return false;
        }
        let depth = tree.depth();
        self.steps.set(self.steps.get() + self.tags.take() * depth);
        let excess = if tree.nodes() > MOST_NODES {
            format!("more than {MOST_NODES} elements and texts")
        } else if depth > DEEPEST {
            format!("nested deeper than {DEEPEST} elements")
        } else if tree.attributes() > MOST_ATTRIBUTES {
            format!("attributes of more than {} MiB", MOST_ATTRIBUTES >> 20)
        } else if self.steps.get() > MOST_STEPS {
            "too many tags in deep nesting".to_owned()
        } else if self.start.elapsed() > LONGEST {
            format!("reading it took more than {} seconds", LONGEST.as_secs())
        } else {
            return false;
        };
        let more = read < self.len;
        self.excess.replace(Some(excess).filter(|_| more));
        more
    }

    /// Notes that attributes of a tag were left out.
    fn cut_attributes(&self) {
        self.attributes_cut.set(true);
    }
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
            assert!(most.is_some_and(|most| most <= tokens::MOST_ATTRIBUTES), "{most:?}");
            assert_eq!(text(&document), "after");
        }
    }
}
