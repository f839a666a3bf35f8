//! The tree of a page → headings and blocks in the order of reading.
//!
//! Headings are `h1`–`h6` wherever they are wrapped; the summary of `details`; a button or tab that opens a panel;
//! what labels a region; a term of a definition list that heads sections; a short paragraph all in bold. Those
//! without a level of their own stand one below the last heading that has one.

use super::super::outline::{Draft, Entry, Link};
use super::boilerplate::{Boilerplate, boilerplate, is_hidden};
use super::element::{
    LONGEST_HEADING, bold_heading, has_text, is_block, is_heading, plain_text, within_content,
};
use super::jsonld::property_heading;
use super::site_words::{is_call, is_site_heading, is_the_sites};
use super::survey::{Survey, visible_len};
use super::weigh::{Weight, Weights};
use crate::model::{BlockKind, Heading, section_kind};
use crate::text::{self, push_collapsed};
use ego_tree::{NodeId, NodeRef};
use scraper::ElementRef;
use scraper::node::{Element, Node};

/// A box of links with more running text than this, in characters, is text with links.
const SHORTEST_PROSE: u32 = 200;

/// Adds the main content of a document to its draft.
pub(super) fn content<'a>(survey: &Survey<'a>, draft: &mut Draft) {
    let mut walker = Walker {
        draft,
        survey,
        weights: Weights::default(),
        skipping: None,
        within_main: !survey.mains.is_empty(),
        inline: String::new(),
        link: None,
        kind: BlockKind::Paragraph,
        lists: 0,
        level: 1,
        under_section: None,
        anchor: None,
    };
    let roots = if survey.mains.is_empty() { survey.body.as_slice() } else { &survey.mains };
    for &root in roots {
        walker.weights = Weights::of(root, survey.heading);
        // Several main parts are parts of one page, whatever each holds.
        let (lead, content) =
            if roots.len() == 1 { walker.weights.content(root) } else { (Vec::new(), root) };
        walker.within_main |= content != root;
        lead.into_iter().for_each(|node| walker.node(node));
        walker.children(*content);
        walker.flush();
    }
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
    /// Level of the last heading that has one of its own.
    level: u8,
    /// Level of the heading above that names a kind of section: lists of links and cards below it are its text.
    under_section: Option<u8>,
    /// Id of the element that was opened last, for a heading without one.
    anchor: Option<String>,
}

impl<'a> Walker<'a, '_> {
    fn children(&mut self, node: NodeRef<'a, Node>) {
        node.children().for_each(|child| self.node(child));
        if self.skipping.is_some_and(|skipping| skipping.within == Some(node.id())) {
            self.flush();
            self.skipping = None;
        }
    }

    fn node(&mut self, node: NodeRef<'a, Node>) {
        match node.value() {
            Node::Text(piece) => push_collapsed(&mut self.inline, piece),
            Node::Element(element) => self.element(node, element),
            _ => {}
        }
    }

    fn element(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let name = element.name();
        let panel = element.id().filter(|id| self.survey.openers.contains_key(id));
        let opens = panel.is_some() || element.attr("role") == Some("tabpanel");
        let weight = || self.weights.get(node);
        match boilerplate(element, self.within_main) {
            Some(Boilerplate::Always) => return,
            // A form or a box with a name of that sort may hold the whole page.
            Some(Boilerplate::UnlessItIsThePage) if !self.is_the_page(weight()) => return,
            _ => {}
        }
        if is_hidden(element) && !opens
            || self.is_navigation(name, node)
            || element.attr("data-nosnippet").is_some()
        {
            return;
        }
        match name {
            "br" => {
                while self.inline.ends_with(' ') {
                    self.inline.pop();
                }
                self.inline.push('\n');
            }
            "img" | "hr" | "wbr" | "source" | "picture" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, element, name.as_bytes()[1] - b'0'),
            "header" if !self.within_main && !within_content(node) => {
                // A site's header may hold the page's title, never its text.
                self.flush();
                for heading in
                    node.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "h1")
                {
                    self.heading(*heading, heading.value(), 1);
                }
            }
            "summary" => self.unlevelled(node, element),
            "button" => self.button(node, element),
            "figcaption" if !captions_content(node) => {}
            "dl" => self.definitions(node),
            "table" => self.table(node),
            "ul" | "ol" | "menu" => self.list(node, name == "ol"),
            "pre" => self.preformatted(node),
            "p" => self.paragraph(node, element),
            "a" => self.anchor_element(node, element),
            _ if element.attr("role") == Some("tablist") => {}
            _ if is_block(name) => self.block(node, element, opens),
            _ => self.children(node),
        }
    }

    /// A part that holds much of the page's text, or a section as career pages have them: "related-roles" is the name of
    /// one, and of a box on any news site.
    fn is_the_page(&self, weight: Weight) -> bool {
        weight.sections > 0 || (weight.prose > 0 && 3 * weight.prose > self.weights.total.prose)
    }

    /// A box or list of little but links, or of teasers, under no heading that a career page has.
    fn is_navigation(&self, name: &str, node: NodeRef<'a, Node>) -> bool {
        matches!(name, "ul" | "ol" | "div" | "section" | "aside" | "table" | "article")
            && self.under_section.is_none()
            && {
                let weight = self.weights.get(node);
                let linked = weight.is_linked() && weight.prose < SHORTEST_PROSE;
                weight.sections == 0 && (linked || self.weights.are_teasers(node))
            }
    }

    /// A container: what is in it does not run into what is around it.
    fn block(&mut self, node: NodeRef<'a, Node>, element: &'a Element, opens: bool) {
        self.flush();
        if let Some(id) = element.id() {
            self.anchor = Some(id.to_owned());
            let short =
                || ElementRef::wrap(node).is_some_and(|element| plain_text(element).len() <= LONGEST_HEADING);
            if self.survey.labels.contains(id) && short() {
                return self.unlevelled(node, element);
            }
            if opens && self.survey.tab_panels.contains(id) {
                let label = element.attr("aria-labelledby").and_then(|label| self.survey.ids.get(label));
                if let Some(tab) = label.or_else(|| self.survey.openers.get(id)) {
                    self.push_heading(node, self.level + 1, plain_text(*tab), Some(id.to_owned()));
                }
            }
        }
        if let Some(heading) = element.attr("itemprop").and_then(property_heading)
            && !matches!(self.draft.entries.last(), Some(Entry::Heading(_)))
            && self.weights.get(node).sections == 0
        {
            // Microdata says what the page shows without a heading.
            self.push_heading(node, self.level + 1, heading.to_owned(), element.id().map(str::to_owned));
        }
        let main = self.within_main;
        self.within_main |= matches!(element.name(), "main" | "article");
        self.children(node);
        self.flush();
        self.within_main = main;
    }

    fn heading(&mut self, node: NodeRef<'a, Node>, element: &'a Element, level: u8) {
        self.flush();
        let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
        let text = text.trim_end_matches(['¶', '#', ' ']).to_owned();
        let inner = || {
            node.descendants()
                .filter_map(|node| node.value().as_element())
                .find_map(|e| e.id().or_else(|| e.attr("name")))
        };
        let anchor = element.id().or_else(inner).map(str::to_owned);
        if text.is_empty() {
            return;
        }
        if level == 1 && self.draft.heading.is_none() {
            self.draft.heading = Some(text);
            self.level = 1;
            self.anchor = None;
            return;
        }
        self.level = level;
        self.push_heading(node, level, text, anchor);
    }

    /// A heading whose element has no level: one below the last that has.
    fn unlevelled(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let has_heading = node
            .descendants()
            .skip(1)
            .filter_map(|node| node.value().as_element())
            .any(|e| is_heading(e.name()));
        if has_heading {
            return self.children(node);
        }
        self.flush();
        let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
        self.push_heading(node, self.level + 1, text, element.id().map(str::to_owned));
    }

    fn push_heading(&mut self, node: NodeRef<'a, Node>, level: u8, text: String, anchor: Option<String>) {
        let anchor = anchor.or_else(|| self.anchor.take());
        self.anchor = None;
        if self.skipping.is_some_and(|skipping| level > skipping.level) {
            return;
        }
        self.skipping = is_site_heading(&text)
            .then(|| Skipping { level, within: self.weights.holder(node, visible_len(&text)) });
        if self.skipping.is_some() {
            return;
        }
        if section_kind(&text, None).is_some() {
            self.under_section = Some(level);
        } else if self.under_section.is_some_and(|above| level <= above) {
            self.under_section = None;
        }
        self.draft.entries.push(Entry::Heading(Heading { level: level.clamp(1, 6), text, anchor }));
    }

    /// A button is a control, unless it opens a panel: then it is the panel's heading.
    fn button(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let panel = element.attr("aria-controls").and_then(|id| self.survey.ids.get(id));
        if panel.is_some_and(|panel| has_text(**panel)) {
            self.flush();
            let anchor = element.id().or(element.attr("aria-controls")).map(str::to_owned);
            let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
            self.push_heading(node, self.level + 1, text, anchor);
        }
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
        let Some(url) = element.attr("href").filter(|_| begins) else { return };
        let url = url.to_owned();
        if self.draft.entries.len() == before {
            self.link = Some(Link { url, len: self.inline.trim_end().len() });
        } else {
            // A card that is all one link: its blocks are ended already.
            for entry in &mut self.draft.entries[before..] {
                if let Entry::Text { link, .. } = entry {
                    *link = Some(Link { url: url.clone(), len: 0 });
                }
            }
        }
    }

    fn list(&mut self, node: NodeRef<'a, Node>, ordered: bool) {
        self.flush();
        let depth = self.lists;
        self.lists = self.lists.saturating_add(1);
        for child in node.children() {
            let Node::Element(element) = child.value() else { continue };
            if element.name() != "li" {
                self.element(child, element);
                continue;
            }
            if boilerplate(element, self.within_main).is_some() || is_hidden(element) {
                continue;
            }
            self.kind = BlockKind::Item { depth, ordered };
            self.children(child);
            self.flush();
            self.kind = BlockKind::Paragraph;
        }
        self.lists = depth;
    }

    /// A definition list holds sections (terms are headings) or facts (a row each).
    fn definitions(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let parts = || {
            node.descendants()
                .filter_map(ElementRef::wrap)
                .filter(|e| matches!(e.value().name(), "dt" | "dd"))
        };
        let heads = parts().any(|part| match part.value().name() {
            "dt" => section_kind(&plain_text(part), None).is_some(),
            _ => part
                .children()
                .filter_map(|child| child.value().as_element())
                .any(|e| matches!(e.name(), "p" | "ul" | "ol")),
        });
        let mut term: Vec<String> = Vec::new();
        for part in parts() {
            match (part.value().name(), heads) {
                ("dt", true) => {
                    self.flush();
                    let anchor = part.value().id().map(str::to_owned);
                    self.push_heading(*part, self.level + 1, plain_text(part), anchor);
                }
                ("dd", true) => {
                    self.children(*part);
                    self.flush();
                }
                ("dt", false) => term = vec![plain_text(part)],
                _ => {
                    term.push(plain_text(part));
                    self.push(Entry::row(false, &std::mem::take(&mut term)));
                }
            }
        }
    }

    fn table(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let inside =
            || node.descendants().skip(1).filter_map(|node| node.value().as_element()).map(Element::name);
        if inside().any(|name| name == "table" || is_heading(name) || matches!(name, "ul" | "ol" | "p")) {
            // A table for layout, or cells with structure of their own.
            if !inside().any(|name| name == "th") || inside().any(|name| name == "table" || is_heading(name))
            {
                return self.children(node);
            }
        }
        for row in node.descendants().filter_map(ElementRef::wrap) {
            if row.value().name() == "caption" {
                self.push(Entry::paragraph(plain_text(row)));
            }
            if row.value().name() != "tr" {
                continue;
            }
            let cells: Vec<(bool, String)> = row
                .children()
                .filter_map(ElementRef::wrap)
                .filter(|cell| matches!(cell.value().name(), "td" | "th"))
                .map(|cell| (cell.value().name() == "th", plain_text(cell)))
                .collect();
            let header = !cells.is_empty() && cells.iter().all(|(header, _)| *header);
            let cells: Vec<String> = cells.into_iter().map(|(_, text)| text).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                self.push(Entry::row(header, &cells));
            }
        }
    }

    fn preformatted(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
        self.push(Entry::Text { kind: BlockKind::Code, text, link: None });
    }

    /// Ends the inline text: a block, or several where the page wrote paragraphs and items as lines.
    fn flush(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        let link = self.link.take();
        if inline.trim().is_empty() {
            return;
        }
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let lines = || inline.split('\n').map(str::trim);
        if link.as_ref().is_some_and(|link| link.len == inline.trim().len()) && is_call(inline.trim()) {
            return; // "Apply now" is a control, whatever element it is.
        }
        if kind == BlockKind::Paragraph && is_the_sites(inline.trim()) {
            return;
        }
        if !inline.contains('\n') {
            self.text(kind, inline.trim(), link);
        } else if lines().any(|line| bullet(line).is_some()) {
            for line in lines().filter(|line| !line.is_empty()) {
                match bullet(line) {
                    Some((item, ordered)) => {
                        self.text(BlockKind::Item { depth: self.lists, ordered }, item, None);
                    }
                    None => self.text(kind.clone(), line, None),
                }
            }
        } else {
            for paragraph in inline.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
                self.text(kind.clone(), &text::collapse(paragraph), link.clone());
            }
        }
    }

    fn text(&mut self, kind: BlockKind, text: &str, link: Option<Link>) {
        self.anchor = None;
        self.push(Entry::Text { kind, text: text.to_owned(), link });
    }

    /// Adds text, unless it stands below a heading of the site's own.
    fn push(&mut self, entry: Entry) {
        if self.skipping.is_none() {
            self.draft.entries.push(entry);
        }
    }
}

/// Whether a caption stands with something that is read: a table, a list, a quotation; not with a picture alone.
fn captions_content(caption: NodeRef<'_, Node>) -> bool {
    let figure =
        caption.ancestors().find(|node| node.value().as_element().is_some_and(|e| e.name() == "figure"));
    figure.is_some_and(|figure| {
        figure
            .descendants()
            .filter_map(|node| node.value().as_element())
            .any(|e| matches!(e.name(), "table" | "ul" | "ol" | "dl" | "p" | "pre" | "blockquote"))
    })
}

/// The item of a line that was written as one, and whether it is numbered.
fn bullet(line: &str) -> Option<(&str, bool)> {
    if let Some(item) = ["- ", "• ", "* ", "– ", "· "].iter().find_map(|bullet| line.strip_prefix(bullet))
    {
        return Some((item.trim_start(), false));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let item = line[digits..].strip_prefix(". ").or_else(|| line[digits..].strip_prefix(") "))?;
    (1..=2).contains(&digits).then(|| (item.trim_start(), true))
}
