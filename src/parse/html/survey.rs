//! One pass over the whole tree, before the main content is read: what the document says of itself, where its content
//! is, which elements label which.

use super::element::{Attributes as _, is_main, is_shadow_root, links_away, plain_text};
use super::panels::{Opens, opens, tab_link, tabs_in_order};
use super::{absolute, date, jsonld, microdata};
use crate::model::{Language, section_kind};
use crate::text;
use ego_tree::{NodeId, NodeRef};
use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

pub(super) use crate::text::visible_len;

/// The most first-level headings that are looked at for the page's title.
const MOST_TITLES: usize = 20;

/// The most roles of a page that microdata is read of.
const MOST_ROLES: usize = 20;

/// What is known of a document before its content is read.
#[derive(Default)]
pub(super) struct Survey<'a> {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) modified: Option<String>,
    /// The canonical link.
    pub(super) url: Option<String>,
    pub(super) body: Option<ElementRef<'a>>,
    /// The outermost elements that hold the main content.
    pub(super) mains: Vec<ElementRef<'a>>,
    /// The `h1` that is the page's title, wherever it stands.
    pub(super) heading: Option<ElementRef<'a>>,
    /// The page asks search engines to leave it out.
    pub(super) noindex: bool,
    /// The data of an application that renders the page in the browser, as written.
    pub(super) app_data: Option<String>,
    /// Structured data, as written.
    pub(super) data: Vec<String>,
    /// Elements that microdata describes as a role.
    pub(super) roles: Vec<ElementRef<'a>>,
    /// Letters and signs of all text that could be shown, spaces not counted.
    pub(super) text_len: u64,
    /// Elements that have an id, in order.
    with_ids: Vec<(&'a str, ElementRef<'a>)>,
    /// The same by their id, made once one is looked for: on most pages none is.
    by_id: OnceCell<HashMap<&'a str, ElementRef<'a>>>,
    /// Id of a panel → the element that opens it.
    pub(super) openers: HashMap<&'a str, ElementRef<'a>>,
    /// Panel → the tab that opens it, where only their order says so.
    pub(super) tabs_in_order: HashMap<NodeId, ElementRef<'a>>,
    /// Ids of what labels a region.
    pub(super) labels: HashSet<&'a str>,
    /// Ids of the panels that tabs open.
    pub(super) tab_panels: HashSet<&'a str>,
    /// The first `h2`: some pages have no deeper need of levels.
    second_headings: Vec<ElementRef<'a>>,
    /// All `h1`, in order, and whether they stand in the main content.
    first_headings: Vec<(ElementRef<'a>, bool)>,
    /// `og:title`, which is weaker than `<title>`.
    og_title: Option<&'a str>,
}

impl<'a> Survey<'a> {
    pub(super) fn of(document: &'a Html) -> Self {
        let mut survey = Self::default();
        survey.children(document.tree.root(), false);
        survey.title = survey.title.take().or_else(|| survey.og_title.map(str::to_owned));
        survey.heading = survey.heading();
        survey
    }

    /// The element with an id; the first where a page has it twice.
    pub(super) fn with_id(&self, id: &str) -> Option<ElementRef<'a>> {
        let by_id = || self.with_ids.iter().rev().copied().collect();
        self.by_id.get_or_init(by_id).get(id).copied()
    }

    /// Without a first-level heading, the longest second-level one that is a part of the document's title, whole, and
    /// no section's.
    fn heading_of_second_level(&self) -> Option<ElementRef<'a>> {
        let title = self.title.as_deref()?.replace(" - ", "|");
        let parts: Vec<_> =
            title.split(['|', '–', '—', '·', '»']).map(|part| text::fold(part.trim())).collect();
        let len = |heading: &ElementRef<'a>| {
            let heading = plain_text(*heading);
            let named = section_kind(&heading, None).is_none() && parts.contains(&text::fold(&heading));
            if named { heading.len() } else { 0 }
        };
        let named = self.second_headings.iter().copied().rev().max_by_key(len);
        named.filter(|heading| len(heading) > 0)
    }

    /// Of several first-level headings, the longest that the document's title repeats; else the first that is no link
    /// away from the page, as a site's name and the entries of its navigation are.
    fn heading(&self) -> Option<ElementRef<'a>> {
        let in_main = self.first_headings.iter().filter(|(_, within_main)| *within_main).count() > 0;
        let candidates = self.first_headings.iter().filter(|(_, within_main)| *within_main == in_main);
        let candidates: Vec<_> = candidates.map(|(heading, _)| *heading).take(MOST_TITLES).collect();
        let title = text::fold(self.title.as_deref().unwrap_or_default()).into_owned();
        let in_title = |heading: &ElementRef<'a>| {
            let heading = plain_text(*heading);
            if title.contains(text::fold(&heading).as_ref()) { heading.len() } else { 0 }
        };
        let named =
            candidates.iter().rev().max_by_key(|heading| in_title(heading)).filter(|h| in_title(h) > 0);
        if candidates.is_empty() {
            return self.heading_of_second_level();
        }
        named.or_else(|| candidates.iter().find(|h| !links_away(***h))).or(candidates.first()).copied()
    }

    fn children(&mut self, node: NodeRef<'a, Node>, within_main: bool) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.text_len += visible_len(text),
                Node::Element(element) => self.element(child, element, within_main),
                Node::Fragment => self.children(child, within_main),
                _ => {}
            }
        }
    }

    fn element(&mut self, node: NodeRef<'a, Node>, element: &'a Element, mut within_main: bool) {
        let Some(wrapped) = ElementRef::wrap(node) else { return };
        match element.name() {
            "html" => {
                self.language = ["lang", "xml:lang"]
                    .into_iter()
                    .filter_map(|name| element.attribute(name))
                    .find_map(Language::tag);
            }
            "title" if self.title.is_none() => {
                // An icon drawn in the page may have a title too, but stands after the document's own.
                self.title = Some(plain_text(wrapped)).filter(|title| !title.is_empty());
                return;
            }
            "meta" => return self.meta(element),
            "link" => return self.link(element),
            "script" => {
                if element
                    .attribute("type")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
                {
                    self.data.push(wrapped.text().collect());
                } else if element.id() == Some("__NEXT_DATA__") {
                    self.app_data = Some(wrapped.text().collect());
                }
                return;
            }
            "template" if !is_shadow_root(element) => return,
            "style" | "svg" | "noscript" => return,
            "body" if self.body.is_none() => self.body = Some(wrapped),
            "h1" => self.first_headings.push((wrapped, within_main)),
            "h2" if self.second_headings.len() < MOST_TITLES => self.second_headings.push(wrapped),
            _ => {}
        }
        if !within_main && is_main(element) {
            within_main = true;
            self.mains.push(wrapped);
        }
        self.labels_of(wrapped, element);
        self.children(node, within_main);
    }

    fn labels_of(&mut self, wrapped: ElementRef<'a>, element: &'a Element) {
        let Some(first) = element.attrs.first() else { return };
        if let Some(id) = element.id() {
            self.with_ids.push((id, wrapped));
        }
        if let Some(panel) = tab_link(wrapped, element) {
            self.openers.entry(panel).or_insert(wrapped);
            self.tab_panels.insert(panel);
        }
        if element.attrs.len() == 1 && !first.0.local.starts_with("aria-") && &*first.0.local != "role" {
            return; // Most elements: no need to look for names one by one.
        }
        if self.roles.len() < MOST_ROLES && microdata::is_of(element, &jsonld::TYPES) {
            self.roles.push(wrapped);
        }
        let role = element.attribute("role");
        if role == Some("tablist") {
            self.tabs_in_order.extend(tabs_in_order(wrapped));
        }
        if let Some(Opens { panel, as_tab }) = opens(element) {
            self.openers.entry(panel).or_insert(wrapped);
            if as_tab {
                self.tab_panels.insert(panel);
            }
        }
        if matches!(element.name(), "section" | "div" | "article")
            && let Some(label) =
                element.attribute("aria-labelledby").and_then(|ids| ids.split_whitespace().next())
        {
            self.labels.insert(label);
            if role == Some("tabpanel") {
                self.tab_panels.extend(element.id());
            }
        }
    }

    fn meta(&mut self, element: &'a Element) {
        let property = ["property", "name", "itemprop"].into_iter().find_map(|name| element.attribute(name));
        let (Some(property), Some(content)) = (property, element.attribute("content")) else { return };
        let is = |name: &str| property.eq_ignore_ascii_case(name);
        const DATES: [&str; 5] =
            ["article:modified_time", "og:updated_time", "last-modified", "dcterms.modified", "dateModified"];
        if is("robots") || is("rolecall") {
            let mut words = content.split(|c: char| !c.is_ascii_alphanumeric());
            self.noindex |=
                words.any(|word| word.eq_ignore_ascii_case("noindex") || word.eq_ignore_ascii_case("none"));
        } else if is("og:title") {
            self.og_title = self.og_title.or(Some(content));
        } else if self.modified.is_none() && DATES.into_iter().any(is) {
            self.modified = date(content);
        }
    }

    fn link(&mut self, element: &'a Element) {
        let canonical = element.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if canonical && self.url.is_none() {
            self.url = element.attribute("href").and_then(absolute);
        }
    }
}
