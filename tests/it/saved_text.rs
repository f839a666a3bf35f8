//! How much of a page is found again once a browser has saved it as text: every sample of HTML is written as such a
//! save, with headings lost and paragraphs swallowed by the list before them, and read again.

use crate::support::corpus;
use rolecall::corpus::{Selection, list, read};
use rolecall::model::{BlockKind, Page, Section};
use rolecall::parse::{Format, LARGEST_PAGE, parse};
use std::collections::BTreeMap;
use std::fmt;

/// How often each page is saved, each time with other losses.
const SEEDS: u64 = 32;
/// The least of the sections' beginnings that are found again, in per cent.
const STARTS: f64 = 90.0;
/// The least of the swallowed paragraphs that are found again, in per cent.
const SWALLOWED: f64 = 95.0;
/// How many kinds of misses are printed of each tally.
const WORST: usize = 40;

/// Coins that fall the same every time.
struct Coins(u64);

impl Coins {
    fn heads(&mut self) -> bool {
        // SplitMix64, as in `support::Dice`.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) >> 63 == 1
    }
}

/// A page as a browser saves it, and what there is to find in it.
#[derive(Default)]
struct Save {
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
    fn of(page: &Page, coins: &mut Coins) -> Self {
        let mut save = Self::default();
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
        let lost = can_lose && coins.heads();
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
                let indent = "  ".repeat(usize::from(depth) + 1);
                let mark = if ordered { format!("{number}.") } else { "•".to_owned() };
                self.lines.push(Line { item: true, text: format!("{indent}{mark} {}", block.text) });
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
        line.text = format!("{} {paragraph}", line.text);
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
        let whole = format!("{} {}", self.item, self.paragraph);
        let mut blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let item =
            blocks.find(|block| whole.starts_with(&block.text) && block.text.len() >= self.item.len() / 2);
        Some(match item {
            Some(block) if block.text == whole => "is not split off".to_owned(),
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

/// The samples in HTML: name and content.
fn samples() -> Vec<(String, Page)> {
    let is_html = |path: &std::path::Path| Format::of(path) == Some(Format::Html);
    let pages = list(&corpus(), &Selection::default(), is_html).unwrap().pages;
    let parsed = |bytes: Vec<u8>| parse(&bytes, Format::Html).unwrap();
    pages.into_iter().map(|page| (page.path.clone(), parsed(read(&page, LARGEST_PAGE).unwrap()))).collect()
}

#[test]
fn sections_and_swallowed_paragraphs_are_found_again_in_saved_text() {
    let (mut starts, mut kept, mut lost) = (Tally::default(), Tally::default(), Tally::default());
    let (mut swallowed, mut whole, mut invented) = (Tally::default(), Tally::default(), Tally::default());
    for (number, (path, page)) in (0..).zip(samples()) {
        for seed in 0..SEEDS {
            let save = Save::of(&page, &mut Coins(number * SEEDS + seed));
            let reread = parse(save.text().as_bytes(), Format::SavedText).unwrap();
            for start in &save.starts {
                let heading = start.heading.as_deref().unwrap_or("(none)");
                let miss = start.miss(&save, &reread);
                let miss = miss.map(|miss| format!("{path}: {heading:?} ({}) {miss}", start.kind));
                if start.lost { &mut lost } else { &mut kept }.add(miss.clone());
                starts.add(miss);
            }
            for piece in &save.swallowed {
                let miss = piece.miss(&reread);
                swallowed
                    .add(miss.map(|miss| format!("{path}: {:?} + {:?} {miss}", piece.item, piece.paragraph)));
            }
            let items = |page: &Page| -> Vec<String> {
                let own = page.sections.iter().filter(|section| section.kind.id != "related-roles");
                let blocks = own.flat_map(|section| section.blocks.clone());
                blocks
                    .filter(|block| matches!(block.kind, BlockKind::Item { .. }))
                    .map(|block| block.text)
                    .collect()
            };
            let reread_items = items(&reread);
            for item in items(&page) {
                if save.swallowed.iter().all(|piece| piece.item != item) {
                    whole.add((!reread_items.contains(&item)).then(|| format!("{path}: {item:?}")));
                }
            }
            for section in &reread.sections {
                let known = save.starts.iter().any(|start| start.begins(&save, section));
                let first = section.blocks.first().filter(|_| !known);
                invented.add(
                    first.map(|block| format!("{path}: {} at {:?}", section.kind.id, beginning(&block.text))),
                );
            }
        }
    }
    eprintln!("sections begun: {:.1} % ({} of {})\n", starts.per_cent(), starts.found(), starts.all);
    eprintln!("of these with their heading, or with none to lose: {kept}\n");
    eprintln!("of these with a lost heading: {lost}\n");
    eprintln!("swallowed paragraphs: {swallowed}\n");
    eprintln!("items that swallowed nothing and are whole: {whole}\n");
    eprintln!("sections that the page has too: {invented}");
    assert!(lost.all > 100 && swallowed.all > 100, "too few losses to speak of");
    assert!(
        starts.per_cent() >= STARTS && swallowed.per_cent() >= SWALLOWED,
        "{:.1} % of the sections' beginnings, {:.1} % of the swallowed paragraphs",
        starts.per_cent(),
        swallowed.per_cent()
    );
}
