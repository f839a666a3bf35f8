//! What a page says is paid: amounts with their currency, period, statistic and scope, who pays, where, when and whom.
//!
//! `lexer` takes a sentence apart, `amounts` finds the money in it, `verdict` tells pay from budgets, prices and fines,
//! `meaning` puts a fact together from the sentence and from the labels and headings around it (`context`). Most
//! blocks have no digit and no currency, and cost no more than seeing that.

mod amounts;
mod context;
mod currencies;
mod ends;
mod figure;
mod lexer;
mod meaning;
mod numbers;
mod owner;
mod phrases;
mod places;
mod said;
mod sides;
mod verdict;
mod wording;

use crate::annotate::reading::sentence::{Sentence, sentences_of};
use crate::model::{Block, BlockKind, Evidence, Page, Pay, Section, Statistic};
use amounts::Unit;
use context::{Context, End, Head};
use meaning::Around;
use owner::Role;

pub(super) use currencies::may_hold_an_amount;
pub(super) use places::is_place;

/// The most facts that are kept for one section; a page with more is a list of prices.
const MOST_FACTS: usize = 300;
/// The longest sentence that is read at once, in bytes; a longer one is read in pieces of this size.
const LONGEST_SENTENCE: usize = 4096;

/// Writes what every section says is paid.
pub(super) fn annotate(page: &mut Page) {
    let role = Role::new(page.role.as_ref().map(|role| role.label.as_str()));
    let country = country(page.language.as_deref());
    for section in &mut page.sections {
        let others = section.is_about_others();
        section.pay = if others { Vec::new() } else { pay(section, &role, country.as_deref()) };
    }
}

/// Whether a text names a role: its noun is that of one.
pub(super) fn names_a_role(text: &str) -> bool {
    let all = lexer::tokens(text);
    !owner::owners(&all, 0..all.len(), &[], &Role::default()).is_empty()
}

/// Whether a word, folded, speaks of pay.
pub(super) fn is_about_pay(word: &str) -> bool {
    matches!(wording::cue(word), Some(wording::Cue::Pay | wording::Cue::WeakPay))
}

/// Whether a word, folded, speaks of pay and of nothing else.
pub(super) fn is_surely_about_pay(word: &str) -> bool {
    wording::cue(word) == Some(wording::Cue::Pay)
}

/// The country that a language tag names, or in which alone the language is written.
fn country(language: Option<&str>) -> Option<String> {
    let mut parts = language?.split(['-', '_']);
    let code = parts.next()?;
    let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let spoken = match code {
        "sv" => Some("SE"),
        "nb" | "nn" | "no" => Some("NO"),
        "da" => Some("DK"),
        "ja" => Some("JP"),
        "zh" => Some("CN"),
        _ => None,
    };
    region.or_else(|| spoken.map(str::to_owned))
}

fn pay(section: &Section, role: &Role, country: Option<&str>) -> Vec<Pay> {
    let has_digit = section.own_blocks().any(|(_, block)| currencies::has_digit(&block.text));
    if !has_digit || !may_name_pay(section) {
        return Vec::new();
    }
    let mut reader = Reader {
        section,
        role,
        country,
        salary: section.kind.id == "salary",
        headings: section
            .heading
            .iter()
            .map(|heading| heading.text.as_str())
            .chain(section.parents.iter().rev().map(String::as_str))
            .map(|heading| Context::of(heading, role))
            .collect(),
        below: Vec::new(),
        seen: 0,
        lead: None,
        table: None,
        facts: Vec::new(),
    };
    reader.read();
    reader.facts
}

/// A section without this says no pay: no block can hold an amount, and no first row of a table can name a currency.
/// What its headings say would be read for nothing.
fn may_name_pay(section: &Section) -> bool {
    let is_row = |block: &Block| matches!(block.kind, BlockKind::Row { .. });
    let mut before: Option<&Block> = None;
    section.own_blocks().any(|(_, block)| {
        let above = before.replace(block).filter(|above| is_row(above) && above.heading == block.heading);
        let is_head = matches!(block.kind, BlockKind::Row { header, .. } if header || above.is_none());
        currencies::may_hold_an_amount(&block.text)
            || is_head && lexer::tokens(&block.text).iter().any(|token| token.currency().is_some())
    })
}

/// A section being read, block by block.
struct Reader<'a> {
    section: &'a Section,
    role: &'a Role,
    country: Option<&'a str>,
    salary: bool,
    /// The section's own heading and those above it, nearest first.
    headings: Vec<Context>,
    /// The subheadings above the block, outermost first, with their levels.
    below: Vec<(u8, Context)>,
    /// How many subheadings were passed.
    seen: usize,
    /// The paragraph or item that leads to a list: its index, its depth (none of a paragraph) and what it says.
    lead: Option<(Option<u8>, Context)>,
    table: Option<Table>,
    facts: Vec<Pay>,
}

/// The columns of the table that the block is a row of, as its first row tells them.
#[derive(Default)]
struct Table {
    heads: Vec<Option<Head>>,
    columns: Vec<Context>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let section = self.section;
        for (index, block) in section.own_blocks() {
            if self.facts.len() >= MOST_FACTS {
                break;
            }
            self.pass_headings(block.heading);
            if let BlockKind::Row { header, .. } = &block.kind {
                self.row(index, block, *header);
                continue;
            }
            self.table = None;
            let depth = match block.kind {
                BlockKind::Item { depth, .. } => Some(depth),
                _ => None,
            };
            if self
                .lead
                .as_ref()
                .is_some_and(|(lead, _)| depth.is_none() || lead.is_some_and(|lead| depth <= Some(lead)))
            {
                self.lead = None;
            }
            if currencies::may_hold_an_amount(&block.text) {
                sentences_of(index, block).for_each(|sentence| self.sentence(&sentence));
            } else if block.text.ends_with(':') || depth.is_some() && block.text.len() < 60 {
                self.lead = Some((depth, Context::of(&block.text, self.role)));
            }
        }
    }

    fn pass_headings(&mut self, heading: Option<u16>) {
        let count = heading.map_or(0, |heading| usize::from(heading) + 1);
        for heading in self.section.subheadings.iter().take(count).skip(self.seen) {
            self.below.retain(|(level, _)| *level < heading.level);
            let listed = self.below.last().is_some_and(|(_, above)| above.of_companies);
            let mut context = Context::of(&heading.text, self.role);
            if listed && context.company.is_none() && super::companies::is_name(&heading.text) {
                context.company = Some(heading.text.clone());
            }
            self.below.push((heading.level, context));
            self.lead = None;
            self.table = None;
        }
        self.seen = self.seen.max(count);
    }

    fn sentence(&mut self, sentence: &Sentence<'_>) {
        let mut start = 0;
        while start < sentence.text.len() && self.facts.len() < MOST_FACTS {
            let end = end_of_piece(sentence.text, start);
            let piece = &sentence.text[start..end];
            start = end;
            if currencies::may_hold_an_amount(piece) {
                let company = self.company_of_item(piece);
                let label: Vec<&Context> = company.iter().collect();
                let facts = self.facts_of(piece, &label, Unit::default());
                self.keep(facts, sentence.evidence);
            }
        }
    }

    /// In a list of companies an item begins with the name of one.
    fn company_of_item(&self, text: &str) -> Option<Context> {
        let nearest = self
            .lead
            .as_ref()
            .map(|(_, lead)| lead)
            .or(self.below.last().map(|(_, heading)| heading))
            .or(self.headings.first())
            .filter(|nearest| nearest.of_companies);
        let name = nearest
            .and_then(|_| super::companies::label(text))
            .filter(|name| super::companies::is_name(name))?;
        Some(Context { company: Some(name.to_owned()), ..Context::default() })
    }

    fn row(&mut self, index: usize, block: &Block, header: bool) {
        let text = block.text.as_str();
        let texts: Vec<&str> = block.cells().collect();
        let names = header || self.table.is_none() && texts.len() > 1 && !currencies::has_digit(text);
        if names {
            let columns = texts.iter().map(|name| Context::of(name, self.role)).collect();
            self.table = Some(Table { heads: texts.iter().map(|name| Head::of(name)).collect(), columns });
            return;
        }
        let table = self.table.take().unwrap_or_default();
        let unit = |column: usize| table.columns.get(column).map_or(Unit::default(), |context| context.unit);
        let holds = |column: usize, cell: &str| {
            currencies::may_hold_an_amount(cell)
                || unit(column).currency.is_some() && currencies::has_digit(cell)
        };
        let holds: Vec<usize> = texts
            .iter()
            .enumerate()
            .filter(|(column, cell)| holds(*column, cell))
            .map(|(column, _)| column)
            .collect();
        let labels: Vec<Context> = if holds.is_empty() {
            Vec::new()
        } else {
            let labels = texts.iter().enumerate().filter(|(column, _)| !holds.contains(column)).take(4);
            labels
                .map(|(column, cell)| {
                    Context::of_cell(cell, table.heads.get(column).copied().flatten(), self.role)
                })
                .collect()
        };
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let evidence = Evidence { block: Some(small(index)), start: 0, end: small(text.len()) };
        let end = |column: usize| table.columns.get(column).and_then(|context| context.end);
        // The columns "Minimum" and "Maximum" hold one range; what is between them is within it.
        let at = |wanted: End| {
            let mut found = holds.iter().filter(|&&column| end(column) == Some(wanted));
            found.next().copied().filter(|_| found.next().is_none())
        };
        let ends = at(End::Low).zip(at(End::High));
        for &column in &holds {
            if self.facts.len() >= MOST_FACTS || ends.is_some() && end(column) == Some(End::Middle) {
                continue;
            }
            let facts_in = |column: usize| {
                let beside: Vec<&Context> = table.columns.get(column).into_iter().chain(&labels).collect();
                let cell = &texts[column][..end_of_piece(texts[column], 0)];
                self.facts_of(cell, &beside, unit(column))
            };
            let facts = match ends {
                Some((low, high)) if column == high && low != high => continue,
                Some((low, high)) if column == low => span(facts_in(low), facts_in(high)),
                _ => facts_in(column),
            };
            self.keep(facts, evidence);
        }
        self.table = Some(table);
    }

    fn facts_of(&self, text: &str, beside: &[&Context], unit: Unit) -> Vec<Pay> {
        let lead = self.lead.iter().map(|(_, lead)| lead);
        let above: Vec<&Context> =
            lead.chain(self.below.iter().rev().map(|(_, heading)| heading)).chain(&self.headings).collect();
        let around = Around {
            role: self.role,
            beside,
            above: &above,
            salary: self.salary,
            country: self.country,
            unit,
        };
        meaning::read(text, &around)
    }

    fn keep(&mut self, facts: Vec<Pay>, evidence: Evidence) {
        let free = MOST_FACTS.saturating_sub(self.facts.len());
        self.facts.extend(facts.into_iter().take(free).map(|fact| Pay { evidence, ..fact }));
    }
}

/// The range between two amounts of the same kind; else both as they are.
fn span(mut low: Vec<Pay>, mut high: Vec<Pay>) -> Vec<Pay> {
    if let ([least], [most]) = (low.as_mut_slice(), high.as_mut_slice())
        && (least.currency == most.currency && least.period == most.period)
        && least.low.is_some_and(|least| most.high.is_some_and(|most| least <= most))
    {
        least.high = most.high;
        if least.statistic == Statistic::Amount {
            least.statistic = Statistic::Range;
        }
        return low;
    }
    low.append(&mut high);
    low
}

/// Where the piece of a text that begins at `start` ends: with the text, or at a space before it is too long.
fn end_of_piece(text: &str, start: usize) -> usize {
    let longest = text.floor_char_boundary(start + LONGEST_SENTENCE);
    if longest >= text.len() {
        return text.len();
    }
    text[start..longest].rfind(' ').filter(|&space| space > 0).map_or(longest, |space| start + space)
}

#[cfg(test)]
mod tests;
