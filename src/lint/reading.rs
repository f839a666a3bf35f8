//! A page as the rules of one page see it, and all pages as the rules of the corpus do.

use super::finding::{Precision, Spot};
use super::minhash::Sketch;
use super::rules::parts::Parts;
use super::source::{Link, Places, Source};
use crate::corpus::Listing;
use crate::model::{Label, Page, Section};
use crate::parse::{Format, Text};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// The most related roles of a page that are looked up.
const MOST_RELATED: usize = 50;

/// A page, with its source.
pub(super) struct Reading<'a> {
    /// The file as it is named.
    pub(super) name: &'a str,
    pub(super) format: Format,
    pub(super) text: &'a Text<'a>,
    pub(super) page: &'a Page,
    pub(super) source: Source,
    places: Places<'a>,
    /// The place of each section's heading, subheadings and blocks among the texts of the page.
    order: Vec<Order>,
}

/// Where the texts of a section stand among those of the page.
#[derive(Debug, Default)]
struct Order {
    heading: Option<usize>,
    subheadings: Vec<usize>,
    blocks: Vec<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(name: &'a str, format: Format, text: &'a Text<'a>, page: &'a Page) -> Self {
        let source = Source::read(&text.text, format);
        let (texts, order) = in_order(page);
        let places = Places::new(&text.text, format, texts);
        Self { name, format, text, page, source, places, order }
    }

    /// Where a section states something: the line of a byte of a block, else of the heading above it.
    pub(super) fn spot(&self, section: usize, block: Option<usize>, byte: usize) -> Spot {
        let exact =
            block.and_then(|block| self.places.line(*self.order.get(section)?.blocks.get(block)?, byte));
        exact.map_or_else(|| self.above(section, block), Spot::at)
    }

    /// Below which heading a block stands.
    fn above(&self, section: usize, block: Option<usize>) -> Spot {
        let of = |section: &Section, order: &Order| {
            let sub = block.and_then(|block| section.blocks.get(block)?.heading).map(usize::from);
            let sub = sub.and_then(|sub| self.places.line(*order.subheadings.get(sub)?, 0));
            sub.or_else(|| self.places.line(order.heading?, 0))
        };
        let known = self.page.sections.get(section).zip(self.order.get(section));
        let line = known.and_then(|(section, order)| of(section, order));
        line.map_or(Spot::PAGE, |line| Spot { line, precision: Precision::Heading })
    }

    /// The line of a text that stands but once in the source.
    pub(super) fn only(&self, text: &str) -> Option<Spot> {
        self.places.only(text).map(Spot::at)
    }
}

/// Every text of a page in its order.
fn in_order(page: &Page) -> (Vec<&str>, Vec<Order>) {
    let mut texts = Vec::new();
    let mut order = Vec::with_capacity(page.sections.len());
    for section in &page.sections {
        let mut of = Order::default();
        let mut add = |text| {
            texts.push(text);
            texts.len() - 1
        };
        of.heading = section.heading.as_ref().map(|heading| add(heading.text.as_str()));
        let mut subheadings = section.subheadings.iter().map(|heading| heading.text.as_str());
        for block in &section.blocks {
            let through = block.heading.map_or(0, |heading| usize::from(heading) + 1);
            while of.subheadings.len() < through {
                let Some(text) = subheadings.next() else { break };
                of.subheadings.push(add(text));
            }
            of.blocks.push(add(block.text.as_str()));
        }
        of.subheadings.extend(subheadings.map(&mut add));
        order.push(of);
    }
    (texts, order)
}

/// What the rules of the corpus need of a page.
#[derive(Debug)]
pub(super) struct Entry {
    /// The file as it is named.
    pub(super) name: String,
    /// Within the folder.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) role: Option<Label>,
    pub(super) language: Option<String>,
    pub(super) format: Format,
    pub(super) parts: Parts,
    /// Links within the site, and whether they are relative to the page.
    pub(super) links: Vec<Link>,
    pub(super) rebased: bool,
    /// What the fragment of a link to it may be.
    pub(super) anchors: HashSet<String>,
    /// Roles that it points to: the name, the link as written, where.
    pub(super) related: Vec<(String, Option<String>, Spot)>,
    pub(super) sketch: Sketch,
}

impl Entry {
    pub(super) fn of(reading: &Reading<'_>, path: &str) -> Self {
        let page = reading.page;
        let lines: HashMap<&str, u32> =
            reading.source.links.iter().rev().map(|link| (link.url.as_str(), link.line)).collect();
        let spot = |title: &str, url: Option<&str>| {
            let linked = url.and_then(|url| lines.get(url)).map(|line| Spot::at(*line));
            linked.or_else(|| reading.only(title)).unwrap_or(Spot::PAGE)
        };
        let related = page.related.iter().take(MOST_RELATED);
        Self {
            name: reading.name.to_owned(),
            path: path.to_owned(),
            title: page.title.clone(),
            role: page.role.clone(),
            language: page.language.clone(),
            format: reading.format,
            parts: Parts::of(page),
            links: reading.source.links.iter().filter(|link| link.is_within()).cloned().collect(),
            rebased: reading.source.rebased,
            anchors: reading.source.anchors.clone(),
            related: related
                .map(|role| (role.title.clone(), role.url.clone(), spot(&role.title, role.url.as_deref())))
                .collect(),
            sketch: Sketch::of(page),
        }
    }
}

/// A folder of pages.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    /// All of its pages are known, not only one that was named.
    pub(super) whole: bool,
    /// In the order of their paths.
    pub(super) entries: Vec<Entry>,
}

/// All pages.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) folders: Vec<Folder>,
}

impl Folder {
    pub(super) fn new(listing: Listing, entries: Vec<Entry>) -> Self {
        Self { root: listing.root, whole: listing.whole, entries }
    }
}

impl Corpus {
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.folders.iter().flat_map(|folder| &folder.entries)
    }
}
