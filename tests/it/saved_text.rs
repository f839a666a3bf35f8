//! How much of a page is found again once it was saved as text.
//!
//! Every sample in HTML and Markdown is read, written as a save and read again, [`SEEDS`] times with other losses and in
//! another [`Manner`]: which mark an item has (`•`, `-`, `*`, `◦`), how far lists are indented, whether numbers are kept
//! or all are `1.`, and whether a swallowed paragraph stands behind a space. A heading between a list and a paragraph is
//! lost at the toss of a coin, or always where all are lost; a paragraph behind a list of its own section is swallowed
//! at the toss of a coin. Apart from that, every list of every sample swallows the next paragraph of its page, under
//! whatever heading that stands ([`Swallowing`]), so that hundreds of different pieces are glued and not a few dozen.
//!
//! Counted are, as shares of what there was to find (recall) and of what was read (precision):
//! - sections begun: a section with a heading begins where it did and is of the same kind; one without need only begin;
//! - lost headings: sections begun though the heading is gone, with half and with all headings lost;
//! - kinds: of the sections with a lost heading that were begun and whose kind is one that pages have in common, those
//!   whose kind was inferred rightly;
//! - swallowed paragraphs that stand apart from a whole item again;
//! - items that swallowed nothing and are whole;
//! - sections that the page has too: the others were begun wrongly.

use crate::support::{corpus, shared};
use rolecall::corpus::{Selection, list, read};
use rolecall::model::{Block, BlockKind, Page, Section, SectionKind};
use rolecall::parse::{Format, LARGEST_PAGE, parse};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// How often each page is saved, each time with other losses.
const SEEDS: u64 = 32;
/// How many kinds of misses are printed of each tally.
const WORST: usize = 40;

/// The least shares in per cent; see the module's beginning for what they count.
struct Bounds {
    starts: f64,
    starts_without_headings: f64,
    kinds: f64,
    swallowed: f64,
    every_list: f64,
    whole: f64,
    own: f64,
}

/// Coins that fall the same every time.
struct Coins(u64);

impl Coins {
    fn heads(&mut self) -> bool {
        self.below(2) == 1
    }

    fn below(&mut self, end: u64) -> u64 {
        // SplitMix64, as in `support::Dice`.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 33) % end
    }
}

/// How a browser or a tool writes lists, and how it loses what stands behind them.
#[derive(Clone, Copy)]
struct Manner {
    mark: char,
    /// How far an outermost item is indented.
    indent: usize,
    /// Numbered items are all `1.`.
    all_one: bool,
    /// A swallowed paragraph stands behind a space.
    spaced: bool,
    /// Every heading is lost that can be.
    loses_all: bool,
}

impl Manner {
    fn toss(coins: &mut Coins) -> Self {
        Self {
            mark: ['•', '-', '*', '◦'][coins.below(4) as usize],
            indent: [0, 2, 4][coins.below(3) as usize],
            all_one: coins.heads(),
            spaced: coins.heads(),
            loses_all: false,
        }
    }

    fn item(&self, depth: u8, number: Option<usize>, text: &str) -> Line {
        let indent = " ".repeat(self.indent + 2 * usize::from(depth));
        let mark = match number {
            Some(_) if self.all_one => "1.".to_owned(),
            Some(number) => format!("{number}."),
            None => self.mark.to_string(),
        };
        Line { item: true, text: format!("{indent}{mark} {text}") }
    }

    fn gap(&self) -> &'static str {
        if self.spaced { " " } else { "" }
    }
}

/// A page as a browser saves it, and what there is to find in it.
struct Save {
    manner: Manner,
    lines: Vec<Line>,
    starts: Vec<Start>,
    swallowed: Vec<Swallowed>,
}

/// A line of a save, without its end.
struct Line {
    item: bool,
    text: String,
}

impl Line {
    /// What it says, without an item's mark.
    fn content(&self) -> &str {
        let marked = self.text.trim_start().split_once(' ').filter(|_| self.item);
        marked.map_or(self.text.as_str(), |(_, content)| content)
    }
}

/// A section begins.
struct Start {
    kind: String,
    heading: Option<String>,
    lost: bool,
    /// Its first block's text.
    block: String,
    /// The line that it is, which may be longer: the block may have swallowed the next.
    line: usize,
}

/// A paragraph that is glued to the item before it.
struct Swallowed {
    item: String,
    paragraph: String,
}

impl Save {
    /// Saves a page. Related roles, tables and code are left out.
    fn of(page: &Page, manner: Manner, coins: &mut Coins) -> Self {
        let mut save = Self { manner, lines: Vec::new(), starts: Vec::new(), swallowed: Vec::new() };
        save.line(&page.title);
        for section in page.sections.iter().filter(|section| section.kind.id != "related-roles") {
            save.section(section, coins);
        }
        save
    }

    fn section(&mut self, section: &Section, coins: &mut Coins) {
        let mut blocks = section.blocks.iter().filter(|block| is_text(&block.kind)).peekable();
        if blocks.peek().is_none() && !section.blocks.is_empty() {
            return; // Nothing but a table.
        }
        let opens_with_paragraph =
            blocks.peek().is_some_and(|block| block.kind == BlockKind::Paragraph && block.heading.is_none());
        let can_lose = self.after_item() && opens_with_paragraph && section.heading.is_some();
        let lost = can_lose && (self.manner.loses_all || coins.heads());
        if let Some(heading) = section.heading.as_ref().filter(|_| !lost) {
            self.line(&heading.text);
        }
        let mut number = 0;
        let mut subheadings = 0;
        for (index, block) in blocks.enumerate() {
            let above = block.heading.map_or(0, |heading| usize::from(heading) + 1);
            for heading in section.subheadings.iter().take(above).skip(subheadings) {
                self.line(&heading.text);
            }
            subheadings = subheadings.max(above);
            if index == 0 {
                self.starts.push(Start {
                    kind: section.kind.id.clone(),
                    heading: section.heading.as_ref().map(|heading| heading.text.clone()),
                    lost,
                    block: block.text.clone(),
                    line: self.lines.len(),
                });
            }
            number = match block.kind {
                BlockKind::Item { ordered: true, .. } if self.after_item() => number + 1,
                BlockKind::Item { ordered: true, .. } => 1,
                _ => 0,
            };
            if let BlockKind::Item { depth, ordered } = block.kind {
                self.lines.push(self.manner.item(depth, ordered.then_some(number), &block.text));
            } else if index > 0 && self.after_item() && coins.heads() {
                self.swallow(&block.text);
            } else {
                self.line(&block.text);
            }
        }
    }

    fn after_item(&self) -> bool {
        self.lines.last().is_some_and(|line| line.item)
    }

    fn line(&mut self, text: &str) {
        self.lines.push(Line { item: false, text: text.to_owned() });
    }

    fn swallow(&mut self, paragraph: &str) {
        let line = self.lines.last_mut().expect("an item");
        // An item swallows once: what follows another paragraph stands on its own.
        if self.swallowed.last().is_some_and(|last| line.text.ends_with(&last.paragraph)) {
            return self.line(paragraph);
        }
        let item = line.content().to_owned();
        self.swallowed.push(Swallowed { item, paragraph: paragraph.to_owned() });
        line.text = format!("{}{}{paragraph}", line.text, self.manner.gap());
    }

    /// Lists stand together; everything else has blank lines around it.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut after_item = false;
        for line in &self.lines {
            if !(text.is_empty() || after_item && line.item) {
                text.push('\n');
            }
            text.push_str(&line.text);
            text.push('\n');
            after_item = line.item;
        }
        text
    }
}

fn is_text(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Item { .. })
}

impl Start {
    fn begins(&self, save: &Save, section: &Section) -> bool {
        section
            .blocks
            .first()
            .is_some_and(|block| block.text == self.block || block.text == save.lines[self.line].content())
    }

    fn complaint(&self, path: &str, miss: &str) -> String {
        format!("{path}: {:?} ({}) {miss}", self.heading.as_deref().unwrap_or("(none)"), self.kind)
    }

    /// Nothing, or what the reader made of it.
    fn miss(&self, save: &Save, page: &Page) -> Option<String> {
        let begun: Vec<&Section> =
            page.sections.iter().filter(|section| self.begins(save, section)).collect();
        let any_kind = self.lost || self.heading.is_none();
        if begun.iter().any(|section| any_kind || section.kind.id == self.kind) {
            return None;
        }
        if let Some(section) = begun.first() {
            return Some(format!("is of kind {}", section.kind.id));
        }
        let holds = |section: &&Section| {
            section.blocks.iter().any(|block| block.text.starts_with(self.block.as_str()))
        };
        page.sections.iter().find(holds).map_or_else(
            || Some("its text is nowhere, or a heading".to_owned()),
            |section| Some(format!("is inside {}: {:?}", section.kind.id, beginning(&self.block))),
        )
    }
}

impl Swallowed {
    fn complaint(&self, path: &str, page: &Page) -> Option<String> {
        self.miss(page).map(|miss| format!("{path}: {:?} + {:?} {miss}", self.item, self.paragraph))
    }

    /// Nothing, or what the reader made of it.
    fn miss(&self, page: &Page) -> Option<String> {
        let apart = |section: &Section| {
            section.blocks.windows(2).any(|pair| {
                matches!(pair[0].kind, BlockKind::Item { .. })
                    && pair[0].text == self.item
                    && pair[1].kind == BlockKind::Paragraph
                    && pair[1].text == self.paragraph
            })
        };
        if page.sections.iter().any(apart) {
            return None;
        }
        let whole = |gap: &str| format!("{}{gap}{}", self.item, self.paragraph);
        let whole = [whole(" "), whole("")];
        let mut blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let item = blocks.find(|block| {
            whole.iter().any(|whole| whole.starts_with(&block.text))
                && block.text.len() >= self.item.len() / 2
        });
        Some(match item {
            Some(block) if whole.contains(&block.text) => "is not split off".to_owned(),
            Some(block) => format!("the item is cut after …{:?}", end(&block.text)),
            None => "the item is not there".to_owned(),
        })
    }
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(60).map_or(text, |(at, _)| &text[..at])
}

fn end(text: &str) -> &str {
    text.char_indices().rev().nth(30).map_or(text, |(at, _)| &text[at..])
}

/// What was looked for and what of it was not found, and why.
#[derive(Default)]
struct Tally {
    all: usize,
    missed: BTreeMap<String, usize>,
}

impl Tally {
    fn add(&mut self, miss: Option<String>) {
        self.all += 1;
        if let Some(miss) = miss {
            *self.missed.entry(miss).or_default() += 1;
        }
    }

    fn found(&self) -> usize {
        self.all - self.missed.values().sum::<usize>()
    }

    fn per_cent(&self) -> f64 {
        self.found() as f64 * 100.0 / self.all as f64
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} % ({} of {})", self.per_cent(), self.found(), self.all)?;
        let mut missed: Vec<(&String, &usize)> = self.missed.iter().collect();
        missed.sort_by_key(|&(miss, times)| (std::cmp::Reverse(times), miss));
        missed.iter().take(WORST).try_for_each(|(miss, times)| write!(f, "\n  {times:4} times: {miss}"))
    }
}

/// A list that swallowed the next paragraph of its page, under a heading of its own.
struct Swallowing {
    piece: Swallowed,
    text: String,
}

impl Swallowing {
    /// One of every list of a page.
    fn all(page: &Page, coins: &mut Coins) -> Vec<Self> {
        let own = page.sections.iter().filter(|section| section.kind.id != "related-roles");
        let blocks: Vec<&Block> =
            own.flat_map(|section| &section.blocks).filter(|block| is_text(&block.kind)).collect();
        let mut runs = blocks
            .chunk_by(|a, b| (a.kind == BlockKind::Paragraph) == (b.kind == BlockKind::Paragraph))
            .peekable();
        let mut all = Vec::new();
        while let Some(list) = runs.next() {
            let next = runs.peek().and_then(|next| next.first());
            if let Some(next) = next.filter(|_| list[0].kind != BlockKind::Paragraph) {
                all.push(Self::of(list, &next.text, Manner::toss(coins)));
            }
        }
        all
    }

    fn of(list: &[&Block], paragraph: &str, manner: Manner) -> Self {
        let mut text = String::from("Title\n\nOverview\n\nWhat it is about, in a sentence or two.\n\n");
        for (index, block) in list.iter().enumerate() {
            let BlockKind::Item { depth, ordered } = block.kind else { continue };
            text.push_str(&manner.item(depth, ordered.then_some(index + 1), &block.text).text);
            if index + 1 < list.len() {
                text.push('\n');
            }
        }
        let item = list.last().map_or_else(String::new, |block| block.text.clone());
        text.push_str(&format!("{}{paragraph}\n", manner.gap()));
        Self { piece: Swallowed { item, paragraph: paragraph.to_owned() }, text }
    }
}

/// What was found again of some pages.
#[derive(Default)]
struct Found {
    starts: Tally,
    lost: Tally,
    all_lost: Tally,
    kinds: Tally,
    swallowed: Tally,
    every_list: Tally,
    whole: Tally,
    own: Tally,
}

impl Found {
    fn of(samples: &[(String, Page)]) -> Self {
        let mut found = Self::default();
        for (number, (path, page)) in (0..).zip(samples) {
            for seed in 0..SEEDS {
                let coins = &mut Coins(number * SEEDS + seed);
                let manner = Manner::toss(coins);
                found.saved(path, page, Save::of(page, manner, coins));
                let all = Swallowing::all(page, coins);
                for Swallowing { piece, text } in all {
                    let reread = parse(text.as_bytes(), Format::SavedText).unwrap();
                    let miss = piece.complaint(path, &reread);
                    found.every_list.add(miss);
                }
            }
            let manner = Manner { loses_all: true, ..Manner::toss(&mut Coins(number)) };
            found.without_headings(path, page, manner);
        }
        found
    }

    fn saved(&mut self, path: &str, page: &Page, save: Save) {
        let reread = parse(save.text().as_bytes(), Format::SavedText).unwrap();
        for start in &save.starts {
            let miss = start.miss(&save, &reread).map(|miss| start.complaint(path, &miss));
            if start.lost {
                self.lost.add(miss.clone());
                self.kind(path, start, &save, &reread);
            }
            self.starts.add(miss);
        }
        for piece in &save.swallowed {
            self.swallowed.add(piece.complaint(path, &reread));
        }
        let reread_items = items(&reread);
        for item in items(page) {
            if save.swallowed.iter().all(|piece| piece.item != *item) {
                let cut =
                    || reread_items.iter().find(|cut| item.starts_with(**cut) && cut.len() > item.len() / 4);
                let miss = (!reread_items.contains(&item)).then(|| match cut() {
                    Some(cut) => format!(
                        "{path}: {:?} is cut before {:?}",
                        end(cut),
                        beginning(item[cut.len()..].trim())
                    ),
                    None => format!("{path}: {item:?}"),
                });
                self.whole.add(miss);
            }
        }
        for section in &reread.sections {
            let known = save.starts.iter().any(|start| start.begins(&save, section));
            let first = section.blocks.first().filter(|_| !known);
            let miss =
                first.map(|block| format!("{path}: {} at {:?}", section.kind.id, beginning(&block.text)));
            self.own.add(miss);
        }
    }

    fn without_headings(&mut self, path: &str, page: &Page, manner: Manner) {
        let save = Save::of(page, manner, &mut Coins(0));
        let reread = parse(save.text().as_bytes(), Format::SavedText).unwrap();
        for start in &save.starts {
            self.all_lost.add(start.miss(&save, &reread).map(|miss| start.complaint(path, &miss)));
        }
    }

    /// The kind of a section whose heading is lost.
    fn kind(&mut self, path: &str, start: &Start, save: &Save, reread: &Page) {
        let begun = reread.sections.iter().find(|section| start.begins(save, section));
        if let Some(section) = begun.filter(|_| SectionKind::from_id(&start.kind).is_some()) {
            let wrong = (section.kind.id != start.kind).then(|| format!("is of kind {}", section.kind.id));
            self.kinds.add(
                wrong.map(|miss| format!("{}: {:?}", start.complaint(path, &miss), beginning(&start.block))),
            );
        }
    }

    #[track_caller]
    fn holds(&self, bounds: &Bounds) {
        let all = [
            ("sections begun", &self.starts, bounds.starts),
            ("sections begun, all headings lost", &self.all_lost, bounds.starts_without_headings),
            ("sections begun whose heading is lost", &self.lost, 0.0),
            ("inferred kinds that are right", &self.kinds, bounds.kinds),
            ("swallowed paragraphs", &self.swallowed, bounds.swallowed),
            ("swallowed paragraphs of every list", &self.every_list, bounds.every_list),
            ("items that swallowed nothing and are whole", &self.whole, bounds.whole),
            ("sections that the page has too", &self.own, bounds.own),
        ];
        for (what, tally, _) in &all {
            eprintln!("{what}: {tally}\n");
        }
        assert!(self.lost.all > 100 && self.every_list.all > 1_000, "too few losses to speak of");
        for (what, tally, bound) in all {
            assert!(
                tally.per_cent() >= bound,
                "{what}: {:.1} %, and {bound} % are the least",
                tally.per_cent()
            );
        }
    }
}

/// The items of a page's own sections.
fn items(page: &Page) -> Vec<&str> {
    let own = page.sections.iter().filter(|section| section.kind.id != "related-roles");
    let items = own.flat_map(|section| &section.blocks);
    items
        .filter(|block| matches!(block.kind, BlockKind::Item { .. }))
        .map(|block| block.text.as_str())
        .collect()
}

/// The pages of a folder in HTML or Markdown: name and content.
fn samples(folder: &Path) -> Vec<(String, Page)> {
    let format = |path: &Path| Format::of(path).filter(|format| *format != Format::SavedText);
    let pages = list(folder, &Selection::default(), |path: &Path| format(path).is_some()).unwrap().pages;
    pages
        .into_iter()
        .filter_map(|page| {
            let format = format(Path::new(&page.path))?;
            Some((page.path.clone(), parse(&read(&page, LARGEST_PAGE).unwrap(), format).unwrap()))
        })
        .collect()
}

#[test]
fn sections_and_swallowed_paragraphs_are_found_again_in_saved_text() {
    let samples = samples(&corpus());
    assert_eq!(samples.len(), 24, "the samples in HTML and Markdown");
    Found::of(&samples).holds(&Bounds {
        starts: 91.0,
        starts_without_headings: 89.0,
        kinds: 65.0,
        swallowed: 95.0,
        every_list: 90.0,
        whole: 99.9,
        own: 96.5,
    });
}

/// Guides whose headings are many and deep and whose items are sentences, which the reader was not made after. Their
/// sections cannot be told from flat text, but their items must not be cut.
#[test]
fn items_of_foreign_guides_are_whole_in_saved_text() {
    let Some(folder) = shared("pages/ictasl") else { return };
    let found = Found::of(&samples(&folder));
    assert!(found.whole.all > 10_000, "items to speak of");
    assert!(found.whole.per_cent() >= 99.0, "{}", found.whole);
}

/// A line of a site's chrome may be an item or a heading too: what a page says is not left out as the site's.
#[test]
fn hardly_any_item_or_heading_vanishes_from_saved_text() {
    let (mut of_items, mut of_headings) = (Tally::default(), Tally::default());
    for folder in ["pages/onet", "pages/esco", "pages/ictasl"].into_iter().filter_map(shared) {
        for (number, (path, page)) in (0..).zip(samples(&folder)).step_by(EVERY) {
            let coins = &mut Coins(number);
            let save = Save::of(&page, Manner::toss(coins), coins);
            let reread = parse(save.text().as_bytes(), Format::SavedText).unwrap();
            let kept = everything(&reread);
            for item in items(&page) {
                of_items.add((!kept.contains(item)).then(|| format!("{path}: item {item:?}")));
            }
            for heading in
                save.starts.iter().filter(|start| !start.lost).filter_map(|start| start.heading.as_ref())
            {
                of_headings.add((!kept.contains(heading)).then(|| format!("{path}: heading {heading:?}")));
            }
        }
    }
    if of_items.all == 0 {
        eprintln!("skipped: the shared pages are not here");
        return;
    }
    eprintln!("items kept: {of_items}\nheadings kept: {of_headings}");
    assert!(of_items.all > 10_000 && of_headings.all > 1_000, "too few to speak of");
    assert!(of_items.per_cent() >= 99.99 && of_headings.per_cent() >= 99.9);
}

/// One page of so many is looked at.
const EVERY: usize = 3;

/// All that is read of a page.
fn everything(page: &Page) -> String {
    let mut all = vec![page.title.as_str()];
    for section in &page.sections {
        all.extend(section.heading.iter().chain(&section.subheadings).map(|heading| heading.text.as_str()));
        all.extend(section.blocks.iter().map(|block| block.text.as_str()));
    }
    for role in &page.related {
        all.push(&role.title);
        all.extend(role.teaser.as_deref());
    }
    all.join(" ")
}
