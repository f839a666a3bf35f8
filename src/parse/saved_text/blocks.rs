//! Lines → headings, paragraphs, items and rows.
//!
//! A lone short line is a heading. Where a page was copied, blocks follow each other line by line, and items have lost
//! their bullets: of such a run, the lines that surely head a section are headings, sentences are paragraphs, and short
//! lines that stand together or behind a colon are items.

use super::lines::Line;
use super::marks::Mark;
use crate::model::{BlockKind, Fit, section_kind};
use crate::parse::outline::{Draft, Entry, Link};
use crate::text::{collapse, fold, sentences};

/// The longest line that can be a heading, in characters and in words.
const LONGEST_HEADING: (usize, usize) = (90, 14);
/// The longest of several sentences that stand line by line, each an item, in bytes.
const LONGEST_SENTENCE: usize = 240;

/// The entries that the lines are, for a draft.
pub(super) fn read(lines: Vec<Line<'_>>, draft: &mut Draft) {
    let mut reader = Reader { draft, list: Vec::new(), group: None };
    let mut run: Vec<Line<'_>> = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let own_mark = line.mark.filter(|mark| !matches!(mark, Mark::Number { margin: true, .. }));
        if let Some(mark) = own_mark {
            // A line directly above a marked one heads it.
            reader.run(&mut run, !line.apart);
            let below =
                lines.peek().filter(|line| !line.apart).and_then(|line| Some((line.mark?, line.indent)));
            reader.item(line, mark, below);
            continue;
        }
        if line.apart || line.underlined {
            reader.run(&mut run, false);
        }
        let ends = line.underlined;
        run.push(line);
        if ends {
            reader.run(&mut run, false);
        }
    }
    reader.run(&mut run, false);
}

struct Reader<'d> {
    draft: &'d mut Draft,
    /// How far the open list and those around it are indented, outermost first.
    list: Vec<usize>,
    /// Bullets no further to the right than here are children of the numbered item above them.
    group: Option<usize>,
}

impl Reader<'_> {
    fn item(&mut self, line: Line<'_>, mark: Mark, below: Option<(Mark, usize)>) {
        let indent = line.indent;
        while self.list.last().is_some_and(|&open| open > indent) {
            self.list.pop();
        }
        // Numbers of two digits stand a column further to the left than those of one.
        if self.list.last().is_none_or(|&open| open + 1 < indent) {
            self.list.push(indent);
        }
        let ordered = matches!(mark, Mark::Number { .. });
        if ordered && self.list.len() == 1 {
            let grouped = matches!(below, Some((Mark::Bullet, at)) if at <= indent + 1);
            self.group = grouped.then_some(indent + 1);
        }
        let below_number = !ordered && self.group.is_some();
        let depth = self.list.len() - 1 + usize::from(below_number);
        let kind = BlockKind::Item { depth: u8::try_from(depth).unwrap_or(u8::MAX), ordered };
        let (text, link) = without_address(&line.text);
        self.draft.entries.push(Entry::Text { kind, text, link });
    }

    /// Lines that no blank line parts; whether marked ones stand directly below them.
    fn run(&mut self, run: &mut Vec<Line<'_>>, heads: bool) {
        if run.is_empty() {
            return;
        }
        self.list.clear();
        self.group = None;
        let begins = self.draft.entries.is_empty();
        let is_row: Vec<bool> = run.iter().map(|line| cells(&line.text).is_some()).collect();
        let mut from = 0; // Where the lines begin that are no rows.
        let mut at = 0;
        while at < run.len() {
            let length = is_row[at..].iter().take_while(|&&is_row| is_row).count();
            // One line that looks like a row is none, unless nothing stands around it.
            if length > 1 || length == run.len() {
                self.lines(&run[from..at], begins, false);
                self.table(&run[at..at + length]);
                from = at + length;
            }
            at += length.max(1);
        }
        self.lines(&run[from..], begins, heads);
        run.clear();
    }

    fn lines(&mut self, run: &[Line<'_>], begins: bool, heads: bool) {
        match run {
            [] => {}
            [line] => {
                let (text, link) = without_address(&line.text);
                self.lone(text, link, line.underlined);
            }
            run => self.dense(run, begins, heads),
        }
    }

    /// A line with nothing directly above or below it.
    fn lone(&mut self, line: String, link: Option<Link>, underlined: bool) {
        if line.is_empty() {
        } else if underlined || is_heading(&line) {
            self.draft.entries.push(Entry::heading(0, line));
        } else {
            self.draft.entries.push(Entry::Text { kind: BlockKind::Paragraph, text: line, link });
        }
    }

    /// Rows whose cells stand between tabs, bars or wide gaps.
    fn table(&mut self, rows: &[Line<'_>]) {
        let has_digit = |line: &Line<'_>| line.text.contains(|c: char| c.is_ascii_digit());
        let header = !has_digit(&rows[0]) && rows[1..].iter().any(has_digit);
        for (at, row) in rows.iter().filter_map(|line| cells(&line.text)).enumerate() {
            self.draft.entries.push(Entry::row(header && at == 0, &row));
        }
    }

    /// Blocks line by line.
    fn dense(&mut self, run: &[Line<'_>], begins: bool, heads: bool) {
        let texts: Vec<(String, Option<Link>)> = run.iter().map(|line| without_address(&line.text)).collect();
        let introduced = match self.draft.entries.last() {
            Some(Entry::Text { kind: BlockKind::Paragraph, text, .. }) => text.ends_with(':'),
            Some(Entry::Heading(heading)) => heading.text.ends_with(':'),
            _ => false,
        };
        let names_section =
            |text: &str| is_heading(text) && matches!(section_kind(text, None), Some((_, Fit::Strong)));
        if introduced
            && !heads
            && texts.iter().all(|(text, _)| text.len() <= LONGEST_SENTENCE && !names_section(text))
            && !texts.iter().any(|(text, _)| text.ends_with(':'))
        {
            let closes = closes(&texts);
            let last = texts.len() - 1;
            for (at, (text, link)) in texts.into_iter().enumerate() {
                if closes && at == last { self.lone(text, link, false) } else { self.bare_item(text, link) }
            }
            return;
        }
        let mut shapes: Vec<Shape> =
            texts.iter().map(|(text, _)| Shape::of(text, names_section(text))).collect();
        if !begins {
            shorten(&mut shapes, &texts);
        }
        if heads {
            head_list(&mut shapes);
        }
        head_cards(&mut shapes, &texts);
        head_texts(&mut shapes, &texts);
        // What stands above the first text of a page is its menu and its title.
        let text_at = shapes.iter().position(|shape| *shape != Shape::Short).unwrap_or(shapes.len());
        let head = if begins { text_at } else { 0 };
        for (at, (text, link)) in texts.into_iter().enumerate() {
            let below = shapes.get(at + 1);
            let above = at.checked_sub(1).map(|above| shapes[above]);
            let together = above == Some(Shape::Short) || below == Some(&Shape::Short);
            match shapes[at] {
                Shape::Heading | Shape::Sentence | Shape::LeadIn => self.lone(text, link, false),
                Shape::Short if at < head => self.lone(text, link, false),
                Shape::Short
                    if above == Some(Shape::LeadIn)
                        && below == Some(&Shape::Sentence)
                        && is_heading(&text) =>
                {
                    self.lone(text, link, false);
                }
                Shape::Short if together || above == Some(Shape::LeadIn) || below.is_none() && at > 0 => {
                    self.bare_item(text, link);
                }
                Shape::Short => self.lone(text, link, false),
            }
        }
    }

    fn bare_item(&mut self, text: String, link: Option<Link>) {
        let kind = BlockKind::Item { depth: 0, ordered: false };
        self.draft.entries.push(Entry::Text { kind, text, link });
    }
}

/// What a line of a run looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Surely heads a section.
    Heading,
    Sentence,
    /// Ends with a colon.
    LeadIn,
    Short,
}

/// What ends a sentence.
const ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];

impl Shape {
    fn of(text: &str, names_section: bool) -> Self {
        if names_section || text.starts_with('#') {
            Self::Heading
        } else if text.ends_with([':', '：']) {
            Self::LeadIn
        } else if text.ends_with(ENDS) || text.chars().count() > LONGEST_HEADING.0 {
            Self::Sentence
        } else {
            Self::Short
        }
    }
}

/// Where no line ends as a sentence does, long lines are no sentences either: items that lost their bullets.
fn shorten(shapes: &mut [Shape], texts: &[(String, Option<Link>)]) {
    let all_bare = texts.iter().all(|(text, _)| {
        text.len() <= LONGEST_SENTENCE && !text.ends_with(ENDS) && !text.starts_with(char::is_lowercase)
    });
    if texts.len() > 1 && all_bare {
        shapes.iter_mut().filter(|shape| **shape == Shape::Sentence).for_each(|shape| *shape = Shape::Short);
    }
}

/// The last of several lines is a sentence, and no other is: it stands behind their list.
fn closes(texts: &[(String, Option<Link>)]) -> bool {
    let is_sentence = |text: &str| Shape::of(text, false) == Shape::Sentence;
    let [items @ .., (last, _)] = texts else { return false };
    items.len() > 1
        && is_sentence(last)
        && last.split(' ').nth(FEWEST_OF_TEXT - 1).is_some()
        && !items.iter().any(|(text, _)| is_sentence(text))
}

/// The fewest words of a paragraph that closes a list whose items have no bullets.
const FEWEST_OF_TEXT: usize = 9;

/// The short line right above a list heads it, and so does one more above that.
fn head_list(shapes: &mut [Shape]) {
    let short = shapes.iter().rev().take_while(|shape| **shape == Shape::Short).count();
    let heads = if short <= MOST_HEADS { short } else { 1.min(short) };
    let length = shapes.len();
    shapes[length - heads..].fill(Shape::Heading);
}

/// The most headings that follow each other.
const MOST_HEADS: usize = 2;

/// A line that is there twice is the caption of a card's picture and its title.
fn head_cards(shapes: &mut [Shape], texts: &[(String, Option<Link>)]) {
    for at in 1..shapes.len() {
        if shapes[at] == Shape::Short && texts[at].0 == texts[at - 1].0 {
            shapes[at - 1..=at].fill(Shape::Heading);
        }
    }
}

/// The most words of a heading that names a kind of section only loosely.
const WORDS_OF_LOOSE: usize = 6;

/// The last of several short lines above a text heads it if it names a kind of section, if only loosely.
fn head_texts(shapes: &mut [Shape], texts: &[(String, Option<Link>)]) {
    for at in 1..shapes.len() {
        let (above, below) = (shapes[at - 1], shapes[at]);
        let text = &texts[at - 1].0;
        if above == Shape::Short
            && matches!(below, Shape::Sentence | Shape::LeadIn)
            && is_heading(text)
            && text.split(' ').count() <= WORDS_OF_LOOSE
            && section_kind(text, None).is_some()
        {
            shapes[at - 1] = Shape::Heading;
        }
    }
}

/// The text without the addresses that a tool wrote behind links, `Cloud Architect <https://…>`; a line that is one
/// link keeps it.
fn without_address(line: &str) -> (String, Option<Link>) {
    let text = collapse(line);
    let mut kept = String::with_capacity(text.len());
    let mut addresses = 0;
    let mut link = None;
    let mut rest = text.as_str();
    while let Some(open) = rest.find('<') {
        let within = &rest[open + 1..];
        let within = &within[..within.floor_char_boundary(LONGEST_ADDRESS.min(within.len()))];
        match within.find('>').filter(|&close| is_address(&within[..close])) {
            Some(close) => {
                kept.push_str(rest[..open].trim_end());
                addresses += 1;
                link = Some(Link { url: within[..close].to_owned(), len: kept.len() });
                rest = &rest[open + close + 2..];
            }
            None => {
                kept.push_str(&rest[..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    kept.push_str(rest);
    let is_link = addresses == 1 && rest.is_empty() && !kept.is_empty();
    (plain(kept), link.filter(|_| is_link))
}

/// The longest address that is left out, in bytes.
const LONGEST_ADDRESS: usize = 500;

fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.contains("://") || text.starts_with("mailto:") || text.starts_with("www."))
}

/// Emphasis as Markdown writes it, where it is closed.
fn plain(text: String) -> String {
    if text.contains("**") && text.matches("**").count().is_multiple_of(2) && !text.contains("## ") {
        text.replace("**", "")
    } else {
        text
    }
}

/// The cells of a row, if the line is one.
fn cells(line: &str) -> Option<Vec<String>> {
    if line.contains('\n') {
        return None; // The end of a page of very many lines, which is read on as running text.
    }
    let cells: Vec<String> = if line.contains('\t') {
        line.split('\t').map(collapse).collect()
    } else if line.starts_with('|') && line.len() > 2 {
        line.trim_matches('|').split('|').map(collapse).collect()
    } else if line.contains("   ") {
        line.split("  ").map(collapse).collect()
    } else {
        return None;
    };
    let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
    (cells.len() > 1).then_some(cells)
}

/// A name and its value, "Location: Leeds", "Salary: £38,000": it says what a heading of the name would only announce.
fn is_fact(line: &str) -> bool {
    let Some((name, _)) = line.split_once(": ") else { return false };
    let folded = fold(name);
    FACTS.contains(&folded.as_ref())
        || line.contains(['$', '€', '£', '¥']) && matches!(section_kind(name, None), Some((_, Fit::Strong)))
}

/// What else has a value behind a colon.
const FACTS: &[&str] = &[
    "location",
    "department",
    "team",
    "company",
    "employer",
    "reports to",
    "employment type",
    "job type",
    "contract",
    "contract type",
    "hours",
    "working hours",
    "industry",
    "level",
    "start date",
    "closing date",
    "posted",
    "reference",
    "duration",
    "standort",
    "ort",
    "abteilung",
    "arbeitszeit",
    "lieu",
    "contrat",
    "type de contrat",
    "ubicacion",
    "contrato",
    "jornada",
];

/// Words before a colon that introduce what follows instead of heading it.
const INTRODUCE: &[&str] = &[
    "include",
    "includes",
    "including",
    "are",
    "is",
    "following",
    "follows",
    "like",
    "as",
    "do",
    "below",
    "have",
    "need",
    "to",
    "can",
    "must",
    "should",
    "sind",
    "folgende",
    "suivants",
    "suivantes",
    "siguientes",
];

fn is_heading(line: &str) -> bool {
    let introduces = || {
        let mut words = line.trim_end_matches(':').split(' ');
        words.clone().count() > 5 || words.next_back().is_some_and(|last| INTRODUCE.contains(&last))
    };
    line.chars().count() <= LONGEST_HEADING.0
        && line.split(' ').count() <= LONGEST_HEADING.1
        && !line.ends_with(['.', '!', ',', ';', '。', '、', '，'])
        && !(line.ends_with(':') && introduces())
        && line.chars().next().is_some_and(|c| !c.is_lowercase())
        && line.chars().any(char::is_alphabetic)
        && !is_fact(line)
        && sentences(line).len() == 1
        && line.matches(", ").count() < 3
}
