//! What an element is, and what it says.

use crate::text::push_collapsed;
use ego_tree::NodeRef;
use html5ever::ns;
use scraper::ElementRef;
use scraper::node::{Element, Node};

/// The longest paragraph in bold that is a heading, in bytes.
pub(super) const LONGEST_HEADING: usize = 100;

/// What an element's tag says. The names are compared with those of the tag as they stand: to look one up, the tree's
/// own [`Element::attr`] and [`Element::classes`] make it one of the names that are known to the whole program first.
pub(super) trait Attributes {
    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<&str>;

    /// The values of several attributes, each as [`Attributes::attribute`] gives it: they are looked for once.
    fn attributes<const N: usize>(&self, names: [&str; N]) -> [Option<&str>; N];

    /// The classes, as written.
    fn class_names(&self) -> impl Iterator<Item = &str>;
}

impl Attributes for Element {
    // The names are known where these are called: to compare with them takes no call then.
    #[inline(always)]
    fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attrs.iter().find(|(of, _)| *of.local == *name && of.ns == ns!());
        found.map(|(_, value)| &**value)
    }

    #[inline(always)]
    fn attributes<const N: usize>(&self, names: [&str; N]) -> [Option<&str>; N] {
        let mut values = [None; N];
        for (of, value) in self.attrs.iter().filter(|(of, _)| of.ns == ns!()) {
            let of = &*of.local;
            for (name, found) in names.iter().zip(&mut values).filter(|(name, _)| **name == of) {
                debug_assert!(found.is_none(), "{name} is looked for twice, or stands there twice");
                *found = Some(&**value);
            }
        }
        values
    }

    fn class_names(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").into_iter().flat_map(str::split_ascii_whitespace)
    }
}

/// The text of an element, collapsed, without what is never shown.
pub(super) fn plain_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    push_text(*element, &mut text);
    text.truncate(text.trim_end().len());
    text
}

pub(super) fn push_text(node: NodeRef<'_, Node>, text: &mut String) {
    for child in node.children() {
        match child.value() {
            Node::Text(piece) => push_collapsed(text, piece),
            Node::Element(element) if element.name() == "br" => push_collapsed(text, " "),
            Node::Element(element) if matches!(element.name(), "script" | "style" | "svg" | "noscript") => {}
            Node::Element(element) if element.name() == "template" && !is_shadow_root(element) => {}
            Node::Fragment => push_text(child, text),
            Node::Element(element) => {
                if is_block(element.name()) {
                    push_collapsed(text, " ");
                }
                push_text(child, text);
            }
            _ => {}
        }
    }
}

/// A template that is the visible content of the element it stands in.
pub(super) fn is_shadow_root(element: &Element) -> bool {
    ["shadowrootmode", "shadowroot"].into_iter().any(|name| element.attribute(name).is_some())
}

pub(super) fn is_main(element: &Element) -> bool {
    element.name() == "main" || element.attribute("role") == Some("main")
}

/// The text of a paragraph that is short and all in bold, without the colon at its end.
pub(super) fn bold_heading(paragraph: NodeRef<'_, Node>) -> Option<String> {
    let mut bold = String::new();
    if !push_bold(paragraph, &mut bold) {
        return None;
    }
    let bold = bold.trim().trim_end_matches(':').trim_end();
    let ends_like_text = bold.ends_with(['.', '!', ',', ';']);
    (!bold.is_empty() && bold.len() <= LONGEST_HEADING && !ends_like_text).then(|| bold.to_owned())
}

/// Adds the bold text in an element; false where there is other text too.
fn push_bold(node: NodeRef<'_, Node>, bold: &mut String) -> bool {
    node.children().all(|child| match child.value() {
        Node::Text(piece) => piece.trim().is_empty() || piece.trim() == ":",
        Node::Element(element) if is_bold(element) => {
            push_text(child, bold);
            true
        }
        Node::Element(element) => match element.name() {
            "br" => {
                push_collapsed(bold, " ");
                true
            }
            "em" | "i" | "u" | "span" | "font" => push_bold(child, bold),
            _ => false,
        },
        _ => true,
    })
}

/// Whether an element is set in bold, by its name or its style.
fn is_bold(element: &Element) -> bool {
    let weight = || {
        let weight = element.attribute("style")?.split(';').find_map(|rule| {
            rule.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("font-weight"))
        })?;
        Some(weight.1.trim().to_ascii_lowercase())
    };
    matches!(element.name(), "strong" | "b")
        || element.name() == "span"
            && weight().is_some_and(|weight| {
                weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u16| weight >= 600)
            })
}

/// Whether an element is a link to another page, not to a place in this one.
pub(super) fn leads_away(element: &Element) -> bool {
    let href = element.attribute("href").filter(|_| element.name() == "a");
    href.is_some_and(|href| {
        !href.is_empty() && !href.starts_with(['#', '?']) && !href.starts_with("javascript:")
    })
}

/// Whether there is a link in an element that leads to another page.
pub(super) fn links_away(node: NodeRef<'_, Node>) -> bool {
    node.descendants().filter_map(|node| node.value().as_element()).any(leads_away)
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements whose content stands apart from what is before and after.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Elements that stand within a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "br"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "img"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
            | "label"
            | "button"
            | "input"
    )
}

/// Whether a header belongs to a part of the content (a card, an article), not to the site.
pub(super) fn within_content(node: NodeRef<'_, Node>) -> bool {
    node.ancestors()
        .filter_map(|node| node.value().as_element())
        .any(|element| matches!(element.name(), "main" | "article" | "section" | "details" | "li"))
}

/// Whether an element holds any text.
pub(super) fn has_text(node: NodeRef<'_, Node>) -> bool {
    node.descendants().any(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()))
}
