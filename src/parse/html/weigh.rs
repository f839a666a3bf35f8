//! Where on a page its own text is: how much text, and how much of it in links, every part of the page holds, and the
//! smallest part that holds nearly all of the text that reads like text.
//!
//! Parts are only left aside when nothing in them looks like a career page's section: what is hidden in tabs and
//! accordions, lists of short items and cards are text here, where readability engines drop them.

use super::boilerplate::{Boilerplate, boilerplate, is_site_heading};
use super::element::{is_heading, is_inline};
use super::survey::visible_len;
use crate::model::{Fit, section_kind};
use ego_tree::{NodeId, NodeRef};
use scraper::ElementRef;
use scraper::node::Node;
use std::collections::HashMap;

/// The share of a page's text that a part must hold to be the page's content.
const NEARLY_ALL: f32 = 0.72;
/// The share of a text that may be links before it reads like navigation.
const LINKED: f32 = 0.5;
/// The fewest characters of a block that reads like text.
const SHORTEST: u32 = 25;

/// The fewest characters of text beside a page's title that are the page's, and not a line on who wrote it when.
const TITLED: u32 = 150;

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
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.text += other.text;
        self.linked += other.linked;
        self.prose += other.prose;
        self.sections += other.sections;
    }

    /// Mostly links.
    pub(super) fn is_linked(self) -> bool {
        self.text > 0 && self.linked as f32 > LINKED * self.text as f32
    }
}

/// The weights of the parts of a page.
#[derive(Default)]
pub(super) struct Weights {
    of: HashMap<NodeId, Weight>,
    /// Of the whole.
    pub(super) total: Weight,
}

impl Weights {
    pub(super) fn of(root: ElementRef<'_>) -> Self {
        let mut weights = Self::default();
        weights.total = weights.weigh(*root);
        weights
    }

    /// The weight of an element; nothing where it was not weighed.
    pub(super) fn get(&self, node: NodeRef<'_, Node>) -> Weight {
        self.of.get(&node.id()).copied().unwrap_or_default()
    }

    /// The smallest part around a heading that holds more than the heading, whose text is so long.
    pub(super) fn holder(&self, heading: NodeRef<'_, Node>, len: u64) -> Option<NodeId> {
        heading.ancestors().map(|part| part.id()).find(|id| self.of.get(id).is_some_and(|weight| u64::from(weight.text) > len))
    }

    /// Weighs an element and all that is in it.
    fn weigh(&mut self, node: NodeRef<'_, Node>) -> Weight {
        let mut weight = Weight::default();
        // Text that stands in the element itself, with its inline children.
        let mut own = Weight::default();
        for child in node.children() {
            match child.value() {
                Node::Text(text) => own.text += u32::try_from(visible_len(text)).unwrap_or(u32::MAX),
                Node::Element(element) => {
                    let name = element.name();
                    if matches!(
                        name,
                        "script" | "style" | "template" | "svg" | "noscript" | "select" | "textarea"
                    ) {
                        continue;
                    }
                    if boilerplate(element, true) == Some(Boilerplate::Always) {
                        continue;
                    }
                    let mut inner = self.weigh(child);
                    if name == "a" {
                        inner.linked = inner.text;
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
                        let named = matches!(section_kind(&text, None), Some((_, Fit::Strong)));
                        weight.sections += u32::from(named && !is_site_heading(&text));
                    }
                }
                _ => {}
            }
        }
        let name = node.value().as_element().map_or("", |element| element.name());
        if !is_inline(name) && !is_heading(name) && own.text >= SHORTEST && !own.is_linked() {
            own.prose = own.text - own.linked;
        }
        weight.add(own);
        if !is_inline(name) || weight.prose > 0 {
            self.of.insert(node.id(), weight);
        }
        weight
    }

    /// The smallest part that holds nearly all of the text below `root`, and what stands with the page's title.
    pub(super) fn content<'a>(&self, root: ElementRef<'a>, title: Option<ElementRef<'a>>) -> ElementRef<'a> {
        let mut content = root;
        let total = self.get(*root);
        loop {
            let children = || content.children().filter_map(ElementRef::wrap);
            let Some(best) = children().max_by_key(|child| self.get(**child).prose) else { return content };
            let (inner, outer) = (self.get(*best), self.get(*content));
            let others_have_sections = outer.sections > inner.sections;
            let titled = title.and_then(|title| title.ancestors().find(|part| part.parent() == Some(*content)));
            if titled.is_some_and(|part| part.id() != best.id() && self.get(part).prose >= TITLED) {
                return content;
            }
            if inner.prose == 0
                || (inner.prose as f32) < NEARLY_ALL * total.prose as f32
                || others_have_sections
            {
                return content;
            }
            if matches!(best.value().name(), "ul" | "ol" | "dl" | "table" | "p" | "pre" | "tr" | "td") {
                return content;
            }
            content = best;
        }
    }
}
