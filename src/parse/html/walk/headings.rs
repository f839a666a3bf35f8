//! What heads what: headings by their element, and those that only an attribute, a name or the looks make one.

use super::*;
use crate::model::{Fit, kind_of_normalized, normalized_heading};
use crate::parse::html::boilerplate::has_word;

/// Words of a class that name a heading.
const TITLES: &[&str] = &["title", "heading", "headline", "question"];

/// The most elements and texts of a heading that no element says is one.
const MOST_NODES: usize = 100;

impl<'a> Walker<'a, '_> {
    pub(super) fn heading(&mut self, node: NodeRef<'a, Node>, element: &'a Element, level: u8) {
        let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
        if self.is_all_of_item(node) && !self.is_the_sites(&normalized_heading(&text, None), level) {
            return self.children(node); // An item set in the looks of a heading.
        }
        self.flush();
        let text = text.trim_end_matches(['¶', '#', ' ']).to_owned();
        if text.is_empty() {
            return;
        }
        let is_title = self.survey.heading.is_some_and(|title| title.id() == node.id());
        if (level == 1 || is_title) && self.draft.heading.is_none() {
            if is_title {
                self.draft.heading = Some(text);
                self.level = 1;
                self.anchor = None;
                return;
            }
            if links_away(node) {
                return; // The site's name, or an entry of its navigation.
            }
        }
        let inner = || {
            node.descendants()
                .filter_map(|node| node.value().as_element())
                .find_map(|e| e.id().or_else(|| e.attribute("name")))
        };
        let anchor = element.id().or_else(inner).map(str::to_owned);
        self.level = level;
        if self.push_heading(node, level, text, anchor) {
            let links =
                node.descendants().filter_map(|node| node.value().as_element()).find(|e| leads_away(e));
            let url = links.and_then(|link| link.attribute("href"));
            self.draft.entries.extend(url.map(|url| Entry::Leads(url.to_owned())));
        }
    }

    /// Reads an element as a heading if its attributes, its name or its looks say that it is one.
    pub(super) fn heads(&mut self, node: NodeRef<'a, Node>, element: &'a Element) -> bool {
        match element.name() {
            "strong" | "b" => return self.line_heading(node, element),
            "summary" => {
                self.unlevelled(node, element);
                self.enter_panel();
                return true;
            }
            _ if element.attrs.is_empty() => return false,
            _ => {}
        }
        if element.attribute("role") == Some("heading") {
            let level = element.attribute("aria-level").and_then(|level| level.trim().parse().ok());
            match level.filter(|level| (1..=6).contains(level)) {
                Some(level) => self.heading(node, element, level),
                None => self.unlevelled(node, element),
            }
            return true;
        }
        if opens(element).is_some() {
            self.button(node, element);
            return true;
        }
        let labels = element.id().is_some_and(|id| self.survey.labels.contains(id));
        let heads = labels && short_text(node).is_some()
            || is_question(node, element)
            || is_titled(node, element)
            || opens_next(node, element);
        if heads {
            self.unlevelled(node, element);
        }
        heads
    }

    /// A heading whose element has no level: one below the last that has, unless its name says which.
    pub(super) fn unlevelled(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
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
        let named = named_level(element).filter(|_| self.weights.is_bare());
        self.push_heading(node, named.unwrap_or(self.level + 1), text, element.id().map(str::to_owned));
    }

    /// A button is a control, unless it opens a panel: then it is the panel's heading.
    pub(super) fn button(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        let opens = opens(element);
        let next = || node.next_siblings().find(|next| next.value().is_element());
        let panel = match &opens {
            Some(opens) if opens.as_tab => None,
            Some(opens) => {
                let missing = || {
                    next().filter(|_| {
                        ElementRef::wrap(node).is_some_and(|label| is_section(&plain_text(label)))
                    })
                };
                self.survey.with_id(opens.panel).map(|panel| *panel).or_else(missing)
            }
            None => next().filter(|_| is_trigger(element)),
        };
        if panel.is_some_and(|panel| *self.filled.entry(panel.id()).or_insert_with(|| has_text(panel))) {
            self.flush();
            let anchor = element.id().or(opens.map(|opens| opens.panel)).map(str::to_owned);
            let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
            self.push_heading(node, self.level + 1, text, anchor);
        }
    }

    /// What heads a region without an element of its own in it: its tab, its label, the property that it is.
    pub(super) fn region_heading(&mut self, node: NodeRef<'a, Node>, element: &'a Element, opened: bool) {
        let anchor = element.id().map(str::to_owned);
        if let Some(tab) = self.survey.tabs_in_order.get(&node.id()).filter(|tab| is_label(***tab)) {
            self.push_heading(node, self.level + 1, plain_text(*tab), anchor);
        } else if let Some(id) = element.id().filter(|id| opened && self.survey.tab_panels.contains(id)) {
            let label = element.attribute("aria-labelledby").and_then(|label| self.survey.with_id(label));
            let tab = label.or_else(|| self.survey.openers.get(id).copied());
            if let Some(tab) = tab.filter(|tab| is_label(**tab)) {
                self.push_heading(node, self.level + 1, plain_text(tab), anchor);
            }
        } else if !matches!(self.draft.entries.last(), Some(Entry::Heading(_) | Entry::Leads(_))) {
            let weight = self.weights.get(node);
            let label =
                element.attribute("aria-label").filter(|label| is_section(label) && !weight.has_headings());
            let property =
                || element.attribute("itemprop").and_then(property_heading).filter(|_| weight.sections == 0);
            if let Some(heading) = label.or_else(property) {
                self.push_heading(node, self.level + 1, heading.to_owned(), anchor);
            }
        }
    }

    /// A line in bold that names a section, or ends with a colon, above further lines.
    fn line_heading(&mut self, node: NodeRef<'a, Node>, element: &'a Element) -> bool {
        let begins = self.inline.trim_end_matches(' ');
        if !(begins.is_empty() || begins.ends_with('\n')) || self.kind != BlockKind::Paragraph {
            return false;
        }
        let Some(text) = short_text(node) else { return false };
        let mut after = node
            .next_siblings()
            .skip_while(|next| next.value().as_text().is_some_and(|text| text.trim().is_empty()));
        let mut next = after.next();
        let colon = next.and_then(|next| next.value().as_text()).is_some_and(|text| text.trim() == ":");
        if colon {
            next = after.next();
        }
        let ends = next.is_none_or(|next| {
            next.value().as_element().is_some_and(|e| e.name() == "br" || is_block(e.name()))
        });
        let above_lines = next.is_some() && (colon || text.ends_with(':'));
        let heads = ends && (above_lines || is_section(&text));
        if heads {
            self.flush();
            self.push_heading(
                node,
                self.level + 1,
                text.trim_end_matches([':', ' ']).to_owned(),
                element.id().map(str::to_owned),
            );
        } else if begins.ends_with('\n') && (text.ends_with(':') || colon) {
            self.inline.push('\n'); // "Place: Berlin" below another line of that sort is a line of its own.
        }
        heads
    }

    /// Whether a heading is the site's and not the page's: "Privacy" below "Responsibilities" is the page's, and
    /// anywhere on the page of a privacy engineer.
    fn is_the_sites(&self, normal: &str, level: u8) -> bool {
        let is_the_subject = || {
            let title = self.draft.heading.as_deref().or(self.survey.title.as_deref()).unwrap_or_default();
            let title = normalized_heading(title, None);
            title.split(' ').any(|word| normal.split(' ').any(|about| about == word))
        };
        is_site_heading(normal)
            && !(is_topic(normal)
                && (self.under_section.is_some_and(|above| level > above) || is_the_subject()))
    }

    /// Whether a heading is all that its list item says.
    fn is_all_of_item(&self, heading: NodeRef<'a, Node>) -> bool {
        let item =
            heading.parent().filter(|parent| parent.value().as_element().is_some_and(|e| e.name() == "li"));
        item.is_some_and(|item| {
            let own = self.weights.get(heading).text;
            own > 0 && own == self.weights.get(item).text
        })
    }

    /// Adds a heading, unless it is the site's or stands below one that is.
    pub(super) fn push_heading(
        &mut self,
        node: NodeRef<'a, Node>,
        level: u8,
        text: String,
        anchor: Option<String>,
    ) -> bool {
        let anchor = anchor.or_else(|| self.anchor.take());
        self.anchor = None;
        let level = level.max(self.panel + 1);
        if self.skipping.is_some_and(|skipping| level > skipping.level) {
            return false;
        }
        let normal = normalized_heading(&text, None);
        self.skipping = self
            .is_the_sites(&normal, level)
            .then(|| Skipping { level, within: self.weights.holder(node, visible_len(&text)) });
        if self.skipping.is_some() {
            return false;
        }
        let text = match self.number.take() {
            Some(number) => number + &text,
            None => text,
        };
        if self.lists == 0 {
            self.counted = 0;
        }
        if matches!(self.draft.entries.last(), Some(Entry::Text { text, kind: BlockKind::Paragraph, .. }) if is_ornament(text))
        {
            self.draft.entries.pop();
        }
        if kind_of_normalized(&normal).is_some() {
            self.under_section = Some(level);
        } else if self.under_section.is_some_and(|above| level <= above) {
            self.under_section = None;
        }
        self.draft.entries.push(Entry::Heading(Heading { level: level.clamp(1, 6), text, anchor }));
        true
    }
}

/// "01" above a heading.
fn is_ornament(text: &str) -> bool {
    text.len() <= 3
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a text is the wording of a section, whole.
pub(super) fn is_section(text: &str) -> bool {
    text.len() <= LONGEST_HEADING && matches!(section_kind(text, None), Some((_, Fit::Strong)))
}

/// Whether an element holds so little that it can name a panel.
fn is_label(node: NodeRef<'_, Node>) -> bool {
    let mut len = 0;
    node.descendants().enumerate().all(|(count, inside)| {
        len += inside.value().as_text().map_or(0, |text| text.trim().len());
        len <= 4 * LONGEST_HEADING && count <= MOST_NODES
    })
}

/// The text of an element that holds no blocks, if it is short enough for a heading.
fn short_text(node: NodeRef<'_, Node>) -> Option<String> {
    let mut len = 0;
    for (count, inside) in node.descendants().skip(1).enumerate() {
        len += inside.value().as_text().map_or(0, |text| text.trim().len());
        let is_block = inside.value().as_element().is_some_and(|e| is_block(e.name()));
        if is_block || len > LONGEST_HEADING || count > MOST_NODES {
            return None;
        }
    }
    let text = ElementRef::wrap(node).map(plain_text)?;
    let ends_like_text = text.ends_with(['.', '!', ',', ';']);
    (!text.is_empty() && text.len() <= LONGEST_HEADING && !ends_like_text).then_some(text)
}

/// Whether a box is named what opens a panel, and what stands right behind it is named, or is hidden as, the panel.
fn opens_next(node: NodeRef<'_, Node>, element: &Element) -> bool {
    const BODIES: &[&str] = &["content", "body", "list", "answer", "panel", "pane", "collapse"];
    let next = || node.next_siblings().find_map(|next| next.value().as_element());
    let is_body = |next: &Element| is_hidden(next) || next.class_names().any(|class| has_word(class, BODIES));
    matches!(element.name(), "div" | "span" | "p")
        && is_trigger(element)
        && next().is_some_and(is_body)
        && is_label(node)
        && ElementRef::wrap(node)
            .is_some_and(|label| (1..=LONGEST_HEADING).contains(&plain_text(label).len()))
        && !links_away(node)
}

/// Whether an element is named a title by its class or slot.
pub(super) fn is_named_title(element: &Element) -> bool {
    matches!(element.name(), "div" | "p" | "span")
        && (element.class_names().any(|class| has_word(class, TITLES) && !has_word(class, &["sub"]))
            || element
                .attribute("slot")
                .is_some_and(|slot| has_word(slot, TITLES) || slot == "header" || slot == "summary"))
}

/// The level in the name of a title, where a page marks no headings: `title-2`. The first is the page's own.
fn named_level(element: &Element) -> Option<u8> {
    let named = |class: &str| has_word(class, TITLES).then(|| class.bytes().next_back())?;
    let level = element.classes().find_map(named)?.checked_sub(b'0')?;
    (2..=6).contains(&level).then_some(level)
}

/// Whether an element is named a title by its class or slot, and something stands below it.
fn is_titled(node: NodeRef<'_, Node>, element: &Element) -> bool {
    if !is_named_title(element) || short_text(node).is_none() || links_away(node) {
        return false;
    }
    let next = node.next_siblings().find_map(|next| next.value().as_element());
    match element.name() {
        "span" => next.is_some_and(|next| is_block(next.name())),
        _ => {
            next.is_some_and(|next| !is_heading(next.name()))
                || node.parent().is_some_and(|parent| parent.next_sibling().is_some())
        }
    }
}

/// Whether an element is the question of a question and answer, as microdata says.
fn is_question(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let within = |node: NodeRef<'_, Node>| {
        let scope = node
            .ancestors()
            .filter_map(|node| node.value().as_element())
            .find(|e| e.attribute("itemscope").is_some())?;
        Some(scope.attribute("itemtype")?.trim_end_matches('/').ends_with("/Question"))
    };
    element.attribute("itemprop") == Some("name") && within(node) == Some(true)
}
