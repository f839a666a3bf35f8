//! Where on a page its own text is: how much text, and how much of it in links, every part of the page holds, and the
//! smallest part that holds nearly all of the text that reads like text.
//!
//! Parts are only left aside when nothing in them looks like a career page's section: what is hidden in tabs and
//! accordions, lists of short items and cards are text here, where readability engines drop them.

use super::boilerplate::{Boilerplate, boilerplate};
use super::element::{Attributes as _, is_heading, is_inline, leads_away, links_away};
use super::survey::visible_len;
use crate::model::{Fit, kind_of_normalized, normalized_heading};
use crate::parse::site_words::is_site_heading;
use ego_tree::{NodeId, NodeRef};
use scraper::ElementRef;
use scraper::node::Node;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The share of a page's text that a part must hold to be the page's content.
const NEARLY_ALL: f32 = 0.72;
/// The share of a text that may be links before it reads like navigation.
const LINKED: f32 = 0.5;
/// The fewest characters of a block that reads like text.
const SHORTEST: u32 = 25;
/// The fewest characters of a block that is surely a paragraph of a page; what is shorter may be a site's notice.
const SHORTEST_PARAGRAPH: u32 = 160;
/// The share of links in a text that hardly has any.
const HARDLY_LINKED: f32 = 0.1;
/// The fewest characters of running text that are a page beside its teasers; a page with less is about what they tell.
const SHORTEST_PAGE: u32 = 600;
/// The fewest teasers that make a list of teasers.
const FEWEST_TEASERS: u32 = 3;
/// How long teasers are at most, in characters.
const LONGEST_TEASER: u32 = 300;

/// What a part of the page holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    /// Characters of text, spaces not counted.
    pub(super) text: u32,
    /// Characters of it in links.
    pub(super) linked: u32,
    /// Characters of blocks that read like text.
    pub(super) prose: u32,
    /// Headings that surely name a kind of section.
    pub(super) sections: u32,
    /// Headings of any sort.
    headings: u32,
    /// Characters of the longest block that reads like text.
    longest: u32,
    /// Headings that lead to another page: the titles of teasers.
    titles: u32,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.text += other.text;
        self.linked += other.linked;
        self.prose += other.prose;
        self.sections += other.sections;
        self.headings += other.headings;
        self.longest = self.longest.max(other.longest);
        self.titles += other.titles;
    }

    /// Mostly links.
    pub(super) fn is_linked(self) -> bool {
        self.text > 0 && self.linked as f32 > LINKED * self.text as f32
    }

    /// Whether there is any heading in it.
    pub(super) fn has_headings(self) -> bool {
        self.headings > 0
    }

    /// Whether it is text that people wrote to be read, with hardly a link in it.
    fn reads_like_a_page(self) -> bool {
        self.longest >= SHORTEST_PARAGRAPH
            && self.titles == 0
            && (self.linked as f32) < HARDLY_LINKED * self.text as f32
    }

    /// Several short texts, each with a title that leads to the page that it tells of.
    fn is_teasers(self) -> bool {
        self.titles >= FEWEST_TEASERS
            && self.text < self.titles * LONGEST_TEASER
            && self.longest < LONGEST_TEASER
    }
}

/// Hashes the number that a node has in its tree. Nodes are numbered as they come, whatever a page's author wants: what
/// keeps chosen keys from meeting would cost as much as the rest of weighing.
#[derive(Default)]
struct NodeHasher(u64);

impl Hasher for NodeHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, number: usize) {
        // Fibonacci hashing: neighbours are spread over all bits.
        self.0 = (self.0 ^ number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The weights of the parts of a page.
#[derive(Default)]
pub(super) struct Weights {
    of: HashMap<NodeId, Weight, BuildHasherDefault<NodeHasher>>,
    /// Of the whole.
    pub(super) total: Weight,
    /// The page's title, and the parts that hold it.
    titled: Vec<NodeId>,
}

impl Weights {
    pub(super) fn of(root: ElementRef<'_>, title: Option<ElementRef<'_>>) -> Self {
        let titled = title.map(|title| title.ancestors().chain([*title]).map(|part| part.id()).collect());
        let mut weights = Self { titled: titled.unwrap_or_default(), ..Self::default() };
        // Of the nodes of a page so many are weighed at most.
        weights.of.reserve(root.tree().values().len() / 4);
        weights.total = weights.weigh(*root);
        weights
    }

    /// The weight of an element; nothing where it was not weighed.
    pub(super) fn get(&self, node: NodeRef<'_, Node>) -> Weight {
        self.of.get(&node.id()).copied().unwrap_or_default()
    }

    /// Whether the page marks no headings but its title.
    pub(super) fn is_bare(&self) -> bool {
        self.total.headings <= u32::from(!self.titled.is_empty())
    }

    /// Whether a part holds teasers, and the rest is a page of its own.
    pub(super) fn are_teasers(&self, node: NodeRef<'_, Node>) -> bool {
        let weight = self.get(node);
        weight.is_teasers()
            && !self.titled.contains(&node.id())
            && self.total.prose.saturating_sub(weight.prose) > SHORTEST_PAGE
    }

    /// The smallest part around a heading that holds more than the heading, whose text is so long.
    pub(super) fn holder(&self, heading: NodeRef<'_, Node>, len: u64) -> Option<NodeId> {
        heading
            .ancestors()
            .map(|part| part.id())
            .find(|id| self.of.get(id).is_some_and(|weight| u64::from(weight.text) > len))
    }

    /// Weighs an element and all that is in it.
    fn weigh(&mut self, node: NodeRef<'_, Node>) -> Weight {
        let mut weight = Weight::default();
        // Text that stands in the element itself, with its inline children.
        let mut own = Weight::default();
        for child in node.children() {
            match child.value() {
                Node::Text(text) => own.text += u32::try_from(visible_len(text)).unwrap_or(u32::MAX),
                Node::Fragment => weight.add(self.weigh(child)),
                Node::Element(element) => {
                    let name = element.name();
                    if matches!(name, "script" | "style" | "svg" | "noscript" | "select" | "textarea") {
                        continue;
                    }
                    if boilerplate(element, true) == Some(Boilerplate::Always) {
                        continue;
                    }
                    let mut inner = self.weigh(child);
                    if name == "a" && element.attribute("href").is_some() {
                        inner.linked = inner.text;
                        inner.titles = if leads_away(element) { inner.headings } else { 0 };
                    }
                    if is_inline(name) && inner.prose == 0 {
                        own.add(inner);
                    } else {
                        weight.add(inner);
                    }
                    if is_heading(name)
                        && let Some(heading) = ElementRef::wrap(child)
                    {
                        let text: String = heading.text().collect();
                        let text = normalized_heading(&text, None);
                        let named = matches!(kind_of_normalized(&text), Some((_, Fit::Strong)));
                        weight.sections += u32::from(named && !is_site_heading(&text));
                        weight.headings += 1;
                        weight.titles += u32::from(inner.is_linked() && links_away(child));
                    }
                }
                _ => {}
            }
        }
        let element = node.value().as_element();
        let name = element.map_or("", |element| element.name());
        if !is_inline(name) && !is_heading(name) && own.text >= SHORTEST && !own.is_linked() {
            own.prose = own.text - own.linked;
            own.longest = own.prose;
        }
        weight.add(own);
        if !is_inline(name) || weight.prose > 0 || element.is_some_and(|e| e.attribute("role").is_some()) {
            self.of.insert(node.id(), weight);
        }
        weight
    }

    /// The smallest part that holds nearly all of the text below `root`, and what of the page stands around it.
    pub(super) fn content<'a>(&self, root: ElementRef<'a>) -> Content<'a> {
        let mut content = Content::whole(root);
        let mut behind = Vec::new();
        let mut found_title = false;
        let total = self.get(*root);
        loop {
            let children = || content.part.children().filter_map(ElementRef::wrap);
            let Some(best) = children().max_by_key(|child| self.get(**child).prose) else { break };
            let (inner, outer) = (self.get(*best), self.get(*content.part));
            let others_have_sections = outer.sections > inner.sections;
            if inner.prose == 0
                || (inner.prose as f32) < NEARLY_ALL * total.prose as f32
                || others_have_sections
            {
                break;
            }
            if matches!(best.value().name(), "ul" | "ol" | "dl" | "table" | "p" | "pre" | "tr" | "td") {
                break;
            }
            let (mut is_before, mut is_below_title) = (true, false);
            for part in content.part.children() {
                if part.id() == best.id() {
                    is_before = false;
                    continue;
                }
                is_below_title |= !found_title && is_before && self.titled.contains(&part.id());
                if is_below_title && is_before {
                    // What stands between the title and the text, whatever it is.
                    content.before.push(part);
                } else if self.get(part).reads_like_a_page() {
                    if is_before { content.before.push(part) } else { behind.push(part) }
                }
            }
            found_title |= is_below_title;
            behind.append(&mut content.behind);
            content.behind.append(&mut behind);
            content.part = best;
        }
        content
    }
}

/// Where the text of a page is.
pub(super) struct Content<'a> {
    /// The page's title, and what else of the page stands before the part.
    pub(super) before: Vec<NodeRef<'a, Node>>,
    pub(super) part: ElementRef<'a>,
    /// What of the page stands behind it.
    pub(super) behind: Vec<NodeRef<'a, Node>>,
}

impl<'a> Content<'a> {
    /// All of a part.
    pub(super) fn whole(part: ElementRef<'a>) -> Self {
        Self { before: Vec::new(), part, behind: Vec::new() }
    }
}
