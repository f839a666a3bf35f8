//! A comparison as a table for spreadsheets: RFC 4180, two columns for each page, what it says and the sentence.
//!
//! Spreadsheets take a cell that begins with `=` and the like for a formula, which pages must not be able to write: such a
//! cell begins with an apostrophe instead, as people write it who mean the text (OWASP, "CSV Injection").

use crate::model::{Evidence, Page, Strength};
use crate::search::{Comparison, Figures, Outline, PaySpan, Row, facts};

/// What a cell that is a formula begins with; the last are what some spreadsheets take for the first ones.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What a page says, and the sentence that says so.
type Cell = (String, String);

/// The table, lines ended as RFC 4180 has it. The first names the columns.
pub fn comparison_csv(comparison: &Comparison) -> String {
    let mut table = Table::new(&comparison.pages);
    let Comparison { pages, figures, .. } = comparison;
    let mut of_pages = |name: &str, text: fn(&Page) -> Option<String>| {
        table.add("page", name, pages.iter().map(|page| (text(page).unwrap_or_default(), String::new())));
    };
    of_pages("id", |page| Some(page.id.clone()));
    of_pages("address", |page| page.url.clone());
    of_pages("role", |page| page.role.as_ref().map(|role| role.label.clone()));
    of_pages("level", |page| page.level.map(|level| level.label().label));
    let both = || pages.iter().zip(figures);
    table.add("pay", "currency", both().map(|(_, figures)| (currency(figures), String::new())));
    let low = |span: &PaySpan| span.low;
    table.add("pay", "a year, from", both().map(|(page, figures)| pay(page, figures, low)));
    let high = |span: &PaySpan| span.high;
    table.add("pay", "a year, to", both().map(|(page, figures)| pay(page, figures, high)));
    table.add("experience", "years", both().map(|(page, figures)| experience(page, figures)));
    table.add("education", "degree", both().map(|(page, figures)| education(page, figures)));
    for row in &comparison.skills {
        let what = shared("skill", row, pages.len());
        table.add_row(&what, &row.name.label, row, pages, |page, asked| {
            let sentence =
                page.sections.get(asked.section).and_then(|section| section.quoted(asked.evidence));
            let source = sentence.or(asked.heading(page).map(|heading| heading.text.as_str()));
            (strength(asked.strength).to_owned(), source.unwrap_or_default().to_owned())
        });
    }
    for row in &comparison.companies {
        let what = shared("company", row, pages.len());
        table.add_row(&what, &row.name.label, row, pages, |page, named| {
            ("named".to_owned(), quote(page, named.section, named.evidence))
        });
    }
    for row in &comparison.sections {
        table.add_row("section", &row.name.label, row, pages, |page, outlines| outline(page, outlines));
    }
    table.text()
}

/// A table being written.
struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(pages: &[Page]) -> Self {
        let mut builder = csv::WriterBuilder::new();
        let writer = builder.terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let mut table = Self { writer };
        let columns = pages.iter().map(|page| (page.title.clone(), format!("{}: source", page.title)));
        table.add("what", "name", columns);
        table
    }

    fn add(&mut self, what: &str, name: &str, cells: impl Iterator<Item = Cell>) {
        let mut record = vec![harmless(what.to_owned()), harmless(name.to_owned())];
        for (says, source) in cells {
            record.extend([harmless(says), harmless(source)]);
        }
        // Fails only where a record has more cells than the first, or where memory ends.
        if let Err(error) = self.writer.write_record(&record) {
            tracing::error!(%error, "a line of a comparison could not be written");
        }
    }

    fn add_row<N, C>(
        &mut self,
        what: &str,
        name: &str,
        row: &Row<N, C>,
        pages: &[Page],
        cell: impl Fn(&Page, &C) -> Cell,
    ) {
        let cells = row.cells.iter().zip(pages);
        let cells =
            cells.map(|(known, page)| known.as_ref().map(|known| cell(page, known)).unwrap_or_default());
        self.add(what, name, cells);
    }

    fn text(self) -> String {
        String::from_utf8(self.writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(mut text: String) -> String {
    if text.starts_with(FORMULAS) {
        text.insert(0, '\'');
    }
    text
}

/// The thing that a row is about, with how many of the pages have it.
fn shared<N, C>(what: &str, row: &Row<N, C>, pages: usize) -> String {
    let having = match row.pages() {
        all if all == pages => "all",
        1 => "one",
        _ => "some",
    };
    format!("{what} in {having}")
}

/// The sentence, or the heading that says so.
fn quote(page: &Page, section: usize, evidence: Evidence) -> String {
    let Some(section) = page.sections.get(section) else { return String::new() };
    let heading = || section.heading_of(None).map(|heading| heading.text.as_str());
    section.quoted(evidence).or_else(heading).unwrap_or_default().to_owned()
}

fn currency(figures: &Figures) -> String {
    figures.pay.as_ref().map(|span| span.currency.clone()).unwrap_or_default()
}

/// One end of what a role pays.
fn pay(page: &Page, figures: &Figures, end: impl Fn(&PaySpan) -> Option<(f64, usize)>) -> Cell {
    let Some((figure, fact)) = figures.pay.as_ref().and_then(end) else { return Cell::default() };
    let stated = facts(page, |section| &section.pay).nth(fact);
    let source = stated.map(|(section, pay)| quote(page, section, pay.evidence)).unwrap_or_default();
    (format!("{}", figure.round()), source)
}

fn experience(page: &Page, figures: &Figures) -> Cell {
    let stated = figures.experience.and_then(|main| facts(page, |section| &section.experience).nth(main));
    let Some((section, fact)) = stated else { return Cell::default() };
    let years = |months: u16| format!("{}", (f64::from(months) / 1.2).round() / 10.0);
    let range = match (fact.low.map(years), fact.high.map(years)) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => String::new(),
    };
    (range, quote(page, section, fact.evidence))
}

fn education(page: &Page, figures: &Figures) -> Cell {
    let stated = figures.education.and_then(|main| facts(page, |section| &section.education).nth(main));
    let Some((section, fact)) = stated else { return Cell::default() };
    (fact.degree.label().label, quote(page, section, fact.evidence))
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Named => "named",
        Strength::Preferred => "preferred",
        Strength::Required => "required",
    }
}

/// The sections of a kind: how many, and how long.
fn outline(page: &Page, outlines: &[Outline]) -> Cell {
    let parts = Outline::counts(outlines).into_iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }));
    let source = outlines.first().map(|first| quote(page, first.section, first.first)).unwrap_or_default();
    (parts.collect::<Vec<_>>().join(", "), source)
}
