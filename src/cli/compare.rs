//! `rolecall compare PAGE PAGE`

use super::columns::{self, Cell, Columns, TIE};
use super::style::{FAINT, counted, print};
use super::{Exit, Failure, IndexArgs, Outcome, facts, print_json, which};
use crate::http::{CompareView, comparison_csv};
use crate::model::{Education, Evidence, Experience, Page, Section, Strength};
use crate::search::{
    Asked, Comparison, Figures, Named, Outline, PaySpan, Row, SearchError, Searcher, facts as facts_of,
};
use anstyle::Style;
use clap::Args;

/// Put two to five pages side by side
///
/// What they ask for in common and apart, what they pay and take, and which sections they have, with the sentences that
/// say so.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// Ids of pages, or of roles that one page is about
    #[arg(value_name = "PAGE", required = true, num_args = 2..)]
    pages: Vec<String>,
    #[command(flatten)]
    index: IndexArgs,
    /// Print it as a table for spreadsheets
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print what /compare answers
    #[arg(long)]
    json: bool,
}

impl CompareArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let ids =
            self.pages.iter().map(|page| which::page(&searcher, page)).collect::<Result<Vec<_>, _>>()?;
        let comparison = searcher.compare(&ids).map_err(|error| match error {
            SearchError::Invalid(_) => Failure::Usage(error.into()),
            error => Failure::NotDone(error.into()),
        })?;
        if self.json {
            return print_json(&CompareView::from(&comparison));
        }
        if self.csv {
            print(&comparison_csv(&comparison))?;
        } else {
            print(&describe(&comparison, columns::width()))?;
        }
        Ok(Exit::Done)
    }
}

/// How wide the names of skills and the like are.
const NAMES: usize = 24;

/// The comparison for people.
fn describe(comparison: &Comparison, width: usize) -> String {
    let Comparison { pages, figures, .. } = comparison;
    let titles = pages.iter().map(|page| page.title.clone()).collect();
    let mut table = Columns::new(width, NAMES, titles);
    table.heads();
    table.row("page", pages.iter().map(|page| vec![(FAINT, page.id.clone())]).collect());
    let level = |page: &Page| page.level.map(|level| (Style::new(), level.label().label));
    figures_row(&mut table, "level", pages.iter().map(|page| level(page).into_iter().collect()));
    let both = || pages.iter().zip(figures);
    figures_row(&mut table, "pay a year", both().map(|(page, figures)| pay(page, figures)));
    figures_row(&mut table, "experience", both().map(|(page, figures)| experience(page, figures)));
    figures_row(&mut table, "education", both().map(|(page, figures)| education(page, figures)));
    skills(&mut table, comparison);
    for (at, page) in pages.iter().enumerate() {
        let row =
            comparison.skills.iter().filter(|row| row.pages() == 1).filter_map(|row| row.cells[at].as_ref());
        let asked: Vec<&Asked> = row.collect();
        if !asked.is_empty() {
            table.title(&format!("Only in {} ({})", page.title, asked.len()));
            by_strength(&mut table, &asked);
        }
    }
    if !comparison.companies.is_empty() {
        table.title("Companies");
        for row in &comparison.companies {
            let place = |(cell, page): (&Option<Named>, &Page)| {
                cell.iter().map(|named| (Style::new(), section_name(page, named.section))).collect()
            };
            table.row(&row.name.label, row.cells.iter().zip(pages).map(place).collect());
        }
    }
    table.title("Sections");
    for row in &comparison.sections {
        table.row(&row.name.label, row.cells.iter().map(|outlines| contents(outlines.as_deref())).collect());
    }
    table.text()
}

/// A row of what the pages say, if any says it.
fn figures_row(table: &mut Columns, name: &str, cells: impl Iterator<Item = Cell>) {
    let cells: Vec<Cell> = cells.collect();
    if cells.iter().any(|cell| !cell.is_empty()) {
        table.row(name, cells);
    }
}

/// What more than one page asks for.
fn skills(table: &mut Columns, comparison: &Comparison) {
    let pages = &comparison.pages;
    let shared: Vec<_> = comparison.skills.iter().filter(|row| row.pages() > 1).collect();
    for having in (2..=pages.len()).rev() {
        let rows: Vec<_> = shared.iter().filter(|row| row.pages() == having).collect();
        if rows.is_empty() {
            continue;
        }
        let all = if pages.len() == 2 { "both".to_owned() } else { format!("all {having}") };
        let some = format!("{having} of {}", pages.len());
        let who = if having == pages.len() { all } else { some };
        table.title(&format!("Skills in {who} ({})", rows.len()));
        for row in rows {
            table.row(&row.name.label, cells(row, pages));
        }
    }
    if shared.is_empty() {
        table.title("No skill is in more than one of them");
    } else {
        table.wide("", &legend());
    }
}

fn cells<N>(row: &Row<N, Asked>, pages: &[Page]) -> Vec<Cell> {
    let cell = |(cell, page): (&Option<Asked>, &Page)| {
        cell.iter()
            .map(|asked| (Style::new(), format!("{} {}", mark(asked.strength), place(page, asked))))
            .collect()
    };
    row.cells.iter().zip(pages).map(cell).collect()
}

/// Where a page asks for a skill most, and in how many sections.
pub(super) fn place(page: &Page, asked: &Asked) -> String {
    let section = section_name(page, asked.section);
    match asked.sections {
        0 | 1 => section,
        sections => format!("{section}, {sections} sections"),
    }
}

/// What heads a section; its kind where nothing does.
fn section_name(page: &Page, section: usize) -> String {
    let name = |section: &Section| {
        let heading = section.heading.as_ref().map(|heading| heading.text.clone());
        heading.unwrap_or_else(|| section.kind.label.clone())
    };
    page.sections.get(section).map(name).unwrap_or_default()
}

/// How much a skill is asked for, in one character.
pub(super) fn mark(strength: Strength) -> char {
    match strength {
        Strength::Required => '●',
        Strength::Preferred => '◐',
        Strength::Named => '○',
    }
}

/// What these characters say.
pub(super) fn legend() -> String {
    let [required, preferred, named] = [Strength::Required, Strength::Preferred, Strength::Named].map(mark);
    format!("{required}{TIE}required {preferred}{TIE}preferred {named}{TIE}named")
}

/// Skills in a list for each strength.
fn by_strength(table: &mut Columns, asked: &[&Asked]) {
    for (strength, name) in
        [(Strength::Required, "required"), (Strength::Preferred, "preferred"), (Strength::Named, "named")]
    {
        let skills = asked.iter().filter(|asked| asked.strength == strength);
        let skills: Vec<&str> = skills.map(|asked| asked.skill.label.as_str()).collect();
        if !skills.is_empty() {
            table.wide(&format!("{} {name}", mark(strength)), &skills.join(", "));
        }
    }
}

/// A fact and the sentence that states it.
fn stated(section: &Section, words: String, evidence: Evidence) -> Cell {
    let mut cell = vec![(Style::new(), words)];
    cell.extend(section.quoted(evidence).map(|sentence| (FAINT, format!("“{sentence}”"))));
    cell
}

fn pay(page: &Page, figures: &Figures) -> Cell {
    let Some(span) = &figures.pay else { return Cell::new() };
    let mut cell = vec![(Style::new(), span_words(span))];
    let ends = [span.low, span.high].into_iter().flatten().map(|(_, fact)| fact);
    let mut said: Vec<&str> = Vec::new();
    for (at, pay) in ends.filter_map(|fact| facts_of(page, |section| &section.pay).nth(fact)) {
        if let Some(sentence) =
            page.sections[at].quoted(pay.evidence).filter(|sentence| !said.contains(sentence))
        {
            said.push(sentence);
            cell.push((FAINT, format!("“{sentence}”")));
        }
    }
    cell
}

fn span_words(span: &PaySpan) -> String {
    let figure = |end: Option<(f64, usize)>| end.map(|(figure, _)| facts::number(figure.round()));
    let amount = match (figure(span.low), figure(span.high)) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (low, high) => low.or(high).unwrap_or_default(),
    };
    let open = if span.open { " or more" } else { "" };
    format!("{} {amount}{open}", span.currency)
}

fn experience(page: &Page, figures: &Figures) -> Cell {
    let fact = figures.experience.and_then(|main| facts_of(page, |section| &section.experience).nth(main));
    let cell =
        |(at, fact): (usize, &Experience)| stated(&page.sections[at], facts::experience(fact), fact.evidence);
    fact.map(cell).unwrap_or_default()
}

fn education(page: &Page, figures: &Figures) -> Cell {
    let fact = figures.education.and_then(|main| facts_of(page, |section| &section.education).nth(main));
    let cell =
        |(at, fact): (usize, &Education)| stated(&page.sections[at], facts::education(fact), fact.evidence);
    fact.map(cell).unwrap_or_default()
}

/// How much the sections of a kind say.
fn contents(outlines: Option<&[Outline]>) -> Cell {
    let Some(outlines) = outlines else { return Cell::new() };
    let counts = Outline::counts(outlines);
    // That there is one section goes without saying where there is anything else to say.
    let has_text = counts[1].0 > 0;
    let counts =
        counts.into_iter().filter(|(count, what)| *count > u64::from(has_text && *what == "section"));
    let counts = counts.map(|(count, what)| counted(count, what));
    vec![(Style::new(), counts.collect::<Vec<_>>().join(", "))]
}
