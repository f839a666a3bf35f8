//! The tree of a page → headings and blocks in the order of reading.
//!
//! Headings are `h1`–`h6` wherever they are wrapped; the summary of `details`; a button or tab that opens a panel;
//! what labels a region; a term of a definition list that heads sections; a short paragraph all in bold. Those
//! without a level of their own stand one below the last heading that has one.

mod facts;
mod headings;
mod lines;

use super::super::outline::{Draft, Entry, Link};
use super::boilerplate::{Boilerplate, boilerplate, is_hidden};
use super::element::{
    Attributes as _, LONGEST_HEADING, bold_heading, has_text, is_block, is_heading, leads_away, links_away,
    plain_text, within_content,
};
use super::jsonld::property_heading;
use super::panels::{is_panel, is_trigger, opens};
use super::survey::{Survey, visible_len};
use super::weigh::{Content, Weight, Weights};
use crate::model::{BlockKind, Heading, section_kind};
use crate::parse::site_words::{is_call, is_site_heading, is_the_sites, is_topic};
use crate::text::{self, push_collapsed};
use ego_tree::{NodeId, NodeRef};
use scraper::ElementRef;
use scraper::node::{Element, Node};
use std::collections::HashMap;

/// A box of links with more running text than this, in characters, is text with links.
const SHORTEST_PROSE: u32 = 200;

/// Adds the main content of a document to its draft.
pub(super) fn content<'a>(survey: &Survey<'a>, draft: &mut Draft) {
    let within_main = !survey.mains.is_empty() && !are_empty(&survey.mains, survey.body);
    let mut walker = Walker {
        draft,
        survey,
        weights: Weights::default(),
        skipping: None,
        within_main,
        inline: String::new(),
        link: None,
        kind: BlockKind::Paragraph,
        lists: 0,
        number: None,
        counted: 0,
        repeatable: facts::MOST_REPEATED,
        level: 1,
        panel: 0,
        captioned: false,
        under_section: None,
        filled: HashMap::new(),
        anchor: None,
    };
    let roots = if within_main { &survey.mains } else { survey.body.as_slice() };
    for &root in roots {
        walker.weights = Weights::of(root, survey.heading);
        // Several main parts are parts of one page, whatever each holds.
        let content = if roots.len() == 1 { walker.weights.content(root) } else { Content::whole(root) };
        walker.within_main |= content.part != root;
        content.before.into_iter().for_each(|node| walker.node(node));
        walker.children(*content.part);
        walker.flush();
        content.behind.into_iter().for_each(|node| walker.node(node));
        walker.flush();
    }
}

/// Whether main parts hold no text but headings, and the page around them does.
fn are_empty(mains: &[ElementRef<'_>], body: Option<ElementRef<'_>>) -> bool {
    let mut texts = mains.iter().flat_map(|part| part.text());
    let mut len = 0;
    if texts.any(|text| {
        len += text.trim().len();
        len > 2 * LONGEST_HEADING
    }) {
        return false;
    }
    let says = |part: &ElementRef<'_>| {
        let total = Weights::of(*part, None).total;
        total.prose > 0 || total.sections > 0
    };
    !mains.iter().any(says) && body.iter().any(says)
}

/// A heading of the site's own, and how far it reaches.
#[derive(Clone, Copy)]
struct Skipping {
    level: u8,
    /// The smallest part of the page that holds more than the heading: what follows it is the page's again.
    within: Option<NodeId>,
}

struct Walker<'a, 'd> {
    draft: &'d mut Draft,
    survey: &'d Survey<'a>,
    weights: Weights,
    /// What stands below a heading of this level is the site's: "Most read", "Leave a reply".
    skipping: Option<Skipping>,
    within_main: bool,
    /// Inline text that was not ended by a block yet; a line break of the page is a newline.
    inline: String,
    /// The link with which that text began.
    link: Option<Link>,
    /// What the next block is.
    kind: BlockKind,
    /// Nesting of lists.
    lists: u8,
    /// The number of the next item, where the order of the items does not tell it.
    number: Option<String>,
    /// The number of the last item of an ordered list below the last heading.
    counted: u32,
    /// How many cells of tables may still be read once more in each row and column that they span.
    repeatable: usize,
    /// Level of the last heading that has one of its own.
    level: u8,
    /// The figure around shows more than pictures.
    captioned: bool,
    /// Level of the heading of the panel around: its own headings are deeper.
    panel: u8,
    /// Level of the heading above that names a kind of section: lists of links and cards below it are its text.
    under_section: Option<u8>,
    /// Whether panels that buttons open hold text: many buttons may open one.
    filled: HashMap<NodeId, bool>,
    /// Id of the element that was opened last, for a heading without one.
    anchor: Option<String>,
}

impl<'a> Walker<'a, '_> {
    fn children(&mut self, node: NodeRef<'a, Node>) {
        node.children().for_each(|child| self.node(child));
        self.leave(node);
    }

    /// Where the part ends that a heading of the site's stands in, the page's own text goes on.
    fn leave(&mut self, node: NodeRef<'a, Node>) {
        if self.skipping.is_some_and(|skipping| skipping.within == Some(node.id())) {
            self.flush();
            self.skipping = None;
        }
    }

    fn node(&mut self, node: NodeRef<'a, Node>) {
        match node.value() {
            Node::Text(piece) => self.piece(piece),
            Node::Element(element) => self.element(node, element),
            Node::Fragment => self.children(node),
            _ => {}
        }
    }

    fn element(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let name = element.name();
        let weight = || self.weights.get(node);
        match boilerplate(element, self.within_main) {
            Some(Boilerplate::Always) => return,
            // A form or a box with a name of that sort may hold the whole page.
            Some(Boilerplate::UnlessItIsThePage) if !self.is_the_page(weight()) && !self.is_announced() => {
                return;
            }
            _ => {}
        }
        let [id, role, nosnippet] = element.attributes(["id", "role", "data-nosnippet"]);
        let opened = id.is_some_and(|id| self.survey.openers.contains_key(id))
            || role == Some("tabpanel")
            || self.survey.tabs_in_order.contains_key(&node.id());
        if is_hidden(element) && !opened && !is_panel(node, element)
            || self.is_navigation(name, node)
            || nosnippet.is_some()
        {
            return;
        }
        match name {
            "br" => self.line_break(),
            "img" | "hr" | "wbr" | "source" | "picture" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, element, name.as_bytes()[1] - b'0'),
            "header" if !self.within_main && !within_content(node) => {
                self.header(node);
            }
            "button" => self.button(node, element),
            "label" if self.labels_field(node, element) => {}
            "details" => self.details(node, element),
            "figure" => self.figure(node, element),
            "figcaption" if !self.captioned => {}
            "dl" => self.definitions(node),
            "table" => self.table(node),
            "ul" | "ol" | "menu" => self.list(node, element),
            "pre" => self.preformatted(node),
            _ if role == Some("tablist") => {}
            _ if self.heads(node, element) => {}
            "p" => self.paragraph(node, element),
            "a" => self.anchor_element(node, element),
            "div" if facts::is_fact(node) => self.fact(node),
            _ if is_block(name) || is_custom_block(node, name) => self.block(node, element, opened),
            _ => self.children(node),
        }
        self.leave(node);
    }

    /// A part that holds much of the page's text, or a section as career pages have them: "related-roles" is the name of
    /// one, and of a box on any news site.
    fn is_the_page(&self, weight: Weight) -> bool {
        weight.sections > 0 || (weight.prose > 0 && 3 * weight.prose > self.weights.total.prose)
    }

    /// A site's header may hold the page's title, and behind it what introduces the page; else it is none of its text.
    fn header(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        for heading in node.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "h1") {
            self.heading(*heading, heading.value(), 1);
        }
        let Some(title) = self.survey.heading.filter(|title| title.ancestors().any(|part| part == node))
        else {
            return;
        };
        let around = title.ancestors().take_while(|part| *part != node);
        let behind = std::iter::once(*title).chain(around).flat_map(|part| part.next_siblings());
        for part in behind {
            let weight = self.weights.get(part);
            if weight.prose > 0 && !weight.is_linked() {
                self.node(part);
                self.flush();
            }
        }
    }

    /// The heading of a section stands right above: what follows is what it announces, whatever its name.
    fn is_announced(&self) -> bool {
        self.inline.is_empty()
            && matches!(self.draft.entries.last(), Some(Entry::Heading(heading)) if headings::is_section(&heading.text))
    }

    /// A box or list of little but links, or of teasers, under no heading that a career page has.
    fn is_navigation(&self, name: &str, node: NodeRef<'a, Node>) -> bool {
        matches!(name, "ul" | "ol" | "div" | "section" | "aside" | "table" | "article")
            && self.under_section.is_none()
            && {
                let weight = self.weights.get(node);
                let linked = weight.is_linked() && weight.prose < SHORTEST_PROSE;
                weight.sections == 0
                    && (linked || self.weights.are_teasers(node))
                    && !(name == "table" && has_header(node))
            }
    }

    /// Whether a label names a field to fill in: part of a form, whatever else stands in the form. That of a box to tick
    /// may open a panel, without any script.
    fn labels_field(&self, node: NodeRef<'a, Node>, element: &'a Element) -> bool {
        let is_field = |field: &Element| match field.name() {
            "select" | "textarea" => true,
            "input" => !matches!(field.attribute("type"), Some("checkbox" | "radio")),
            _ => false,
        };
        let named = element.attribute("for").and_then(|id| self.survey.with_id(id));
        named.is_some_and(|named| is_field(named.value()))
            || node.descendants().filter_map(|inside| inside.value().as_element()).any(is_field)
    }

    /// A container: what is in it does not run into what is around it.
    fn block(&mut self, node: NodeRef<'a, Node>, element: &'a Element, opened: bool) {
        self.flush();
        if let Some(id) = element.id() {
            self.anchor = Some(id.to_owned());
        }
        self.region_heading(node, element, opened);
        let main = self.within_main;
        self.within_main |= matches!(element.name(), "main" | "article");
        let around = (self.level, self.panel);
        if opened {
            self.enter_panel();
        }
        if lines::are_apart(node) {
            for child in node.children() {
                self.node(child);
                self.piece(" ");
            }
        } else {
            self.children(node);
        }
        self.flush();
        self.within_main = main;
        if opened {
            (self.level, self.panel) = around;
        }
    }

    /// What follows stands below the heading that was just read, whatever level its own headings have.
    fn enter_panel(&mut self) {
        if let Some(Entry::Heading(heading)) = self.draft.entries.last() {
            (self.level, self.panel) = (heading.level, heading.level);
        }
    }

    /// A figure: its caption is read with what it shows, if that is read.
    fn figure(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let around = std::mem::replace(&mut self.captioned, shows_content(node));
        self.block(node, element, false);
        self.captioned = around;
    }

    /// A part that opens: what it holds stands below its summary.
    fn details(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let around = (self.level, self.panel);
        self.block(node, element, false);
        (self.level, self.panel) = around;
    }

    fn paragraph(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        self.flush();
        if let Some(heading) = bold_heading(node) {
            self.push_heading(node, self.level + 1, heading, element.id().map(str::to_owned));
            return;
        }
        self.children(node);
        self.flush();
    }

    fn anchor_element(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let begins = self.inline.trim().is_empty() && self.link.is_none();
        let before = self.draft.entries.len();
        self.children(node);
        let Some(url) = element.attribute("href").filter(|_| begins) else { return };
        let url = url.to_owned();
        if self.draft.entries.len() == before {
            self.link = Some(Link { url, len: self.inline.trim_end().len() });
        } else {
            // A card that is all one link: its blocks are ended already.
            let heads = |entry: &Entry| matches!(entry, Entry::Heading(_));
            if let Some(heading) = self.draft.entries[before..].iter().position(heads) {
                self.draft.entries.insert(before + heading + 1, Entry::Leads(url.clone()));
            }
            for entry in &mut self.draft.entries[before..] {
                if let Entry::Text { link, .. } = entry {
                    *link = Some(Link { url: url.clone(), len: 0 });
                }
            }
        }
    }
}

/// Whether a table names its rows or columns.
fn has_header(table: NodeRef<'_, Node>) -> bool {
    table.descendants().filter_map(|node| node.value().as_element()).any(|e| e.name() == "th")
}

/// An element of the page's own making that holds blocks; others stand within a line.
fn is_custom_block(node: NodeRef<'_, Node>, name: &str) -> bool {
    let holds = |node: NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|e| is_block(e.name()) || e.name() == "template")
    };
    name.contains('-') && node.descendants().skip(1).any(holds)
}

/// Whether a figure shows something that is read: a table, a list, a quotation; not pictures alone.
fn shows_content(figure: NodeRef<'_, Node>) -> bool {
    let elements = |part: ElementRef<'_>| {
        part.descendants()
            .filter_map(|node| node.value().as_element())
            .any(|e| matches!(e.name(), "table" | "ul" | "ol" | "dl" | "p" | "pre" | "blockquote"))
    };
    let parts = figure.children().filter_map(ElementRef::wrap);
    parts.filter(|part| part.value().name() != "figcaption").any(elements)
}
