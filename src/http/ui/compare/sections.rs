//! Which sections each role's page has, and how long they are.

use super::super::figures;
use super::super::links;
use super::super::links::Spot;
use super::super::pick::short;
use super::table::{Line, long_table};
use crate::model::{Label, Page};
use crate::search::{Comparison, Outline, Row};
use maud::{Markup, html};

/// How many kinds of sections are shown at once, and at most.
const AT_ONCE: usize = 20;
const MOST: usize = 100;
/// How many sections of one kind are named of a role.
const SHOWN: usize = 4;
/// The longest heading, in characters.
const LONGEST: usize = 80;

/// The part of the sheet.
pub(super) fn section(comparison: &Comparison, names: &[String]) -> Markup {
    let Comparison { sections, pages, .. } = comparison;
    let cells = sections.iter().flat_map(|row| row.cells.iter().flatten());
    let longest = cells.map(|outlines| words(outlines)).max().unwrap_or_default().max(1);
    let lines: Vec<Line> = sections.iter().take(MOST).map(|row| line(row, pages, longest)).collect();
    html! {
        @if !lines.is_empty() {
            section { h2 { "Sections" } (long_table("Sections", names, &lines, AT_ONCE)) }
        }
    }
}

fn words(outlines: &[Outline]) -> usize {
    outlines.iter().map(|outline| outline.words).sum()
}

fn line(row: &Row<Label, Vec<Outline>>, pages: &[Page], longest: usize) -> Line {
    let cell = |(outlines, page): (&Option<Vec<Outline>>, &Page)| {
        outlines.as_ref().map(|outlines| cell(page, outlines, &row.name.label, longest))
    };
    Line {
        name: html! { bdi { (short(&row.name.label, LONGEST)) } },
        cells: row.cells.iter().zip(pages).map(cell).collect(),
        none: "Has none",
    }
}

fn cell(page: &Page, outlines: &[Outline], kind: &str, longest: usize) -> Markup {
    let counts = Outline::counts(outlines).into_iter().skip(1).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| figures::count(count, what)).collect();
    let part = 100.0 * words(outlines) as f64 / longest as f64;
    html! {
        @for outline in outlines.iter().take(SHOWN) {
            @let spot = Spot { section: outline.section, ..Spot::default() };
            @let heading = page.sections.get(outline.section).and_then(|section| section.heading.as_ref());
            p.part {
                a href=(links::here(&page.id, spot)) {
                    bdi { (short(heading.map_or(kind, |heading| &heading.text), LONGEST)) }
                }
            }
        }
        @if outlines.len() > SHOWN { p.small.soft { "and " (outlines.len() - SHOWN) " more" } }
        p.small.soft { (counts.join(", ")) }
        svg.meter.thin viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.of width="100" height="8" {}
            rect.is width=(format!("{:.1}", part)) height="8" {}
        }
    }
}
