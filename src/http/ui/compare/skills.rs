//! The skills that roles ask for together and alone, each with how strongly and the sentence that says so.

use super::super::figures;
use super::says;
use super::says::{STRENGTHS, Said, tag, word};
use super::table::{Line, long_table};
use crate::model::{Page, Skill, Strength};
use crate::search::{Asked, Comparison, Row};
use maud::{Markup, html};

/// How many skills are shown at once.
const AT_ONCE: usize = 20;
/// The most rows of a table, and the most skills that are listed of what one role asks for alone, by strength.
const MOST: usize = 200;
const MOST_ALONE: usize = 40;

/// How much the roles have in common, in a sentence.
pub(super) fn summary(comparison: &Comparison, names: &[String]) -> String {
    let Comparison { skills, pages, .. } = comparison;
    let count = |of: &dyn Fn(&Row<Skill, Asked>) -> bool| skills.iter().filter(|row| of(row)).count() as u64;
    let all = count(&|row| row.pages() == pages.len());
    let mut parts = vec![match all {
        0 => "No skill that all of them ask for".to_owned(),
        all => format!("{} in common", figures::count(all, "skill")),
    }];
    for (at, name) in names.iter().enumerate() {
        let alone = count(&|row| row.pages() == 1 && row.cells[at].is_some());
        if alone > 0 {
            parts.push(format!("{alone} only in {name}"));
        }
    }
    parts.join(" · ")
}

/// The part of the sheet.
pub(super) fn section(comparison: &Comparison, names: &[String]) -> Markup {
    let Comparison { skills, pages, .. } = comparison;
    let shared = |of: fn(usize, usize) -> bool| {
        let rows = skills.iter().filter(|row| of(row.pages(), pages.len()));
        rows.take(MOST).map(|row| line(row, pages)).collect::<Vec<_>>()
    };
    let all = shared(|having, pages| having == pages);
    let some = shared(|having, pages| having > 1 && having < pages);
    let alone = skills.iter().any(|row| row.pages() == 1);
    let both = if pages.len() == 2 { "Both ask for" } else { "All ask for" };
    html! {
        @if !skills.is_empty() {
            section {
                h2 { "Skills" }
                @for (title, lines) in [(both, &all), ("Only some ask for", &some)] {
                    @if !lines.is_empty() {
                        h3 { (title) }
                        (long_table(title, names, lines, AT_ONCE))
                    }
                }
                @if alone {
                    div class=(format!("alone of-{}", pages.len())) {
                        @for (at, (page, name)) in pages.iter().zip(names).enumerate() {
                            div { (only(skills, at, page, name)) }
                        }
                    }
                }
            }
        }
    }
}

fn line(row: &Row<Skill, Asked>, pages: &[Page]) -> Line {
    let cell = |(asked, page): (&Option<Asked>, &Page)| {
        asked.as_ref().map(|asked| html! { (tag(asked.strength)) (Said::of_asked(page, asked).quote()) })
    };
    Line {
        name: html! { (row.name.label) },
        cells: row.cells.iter().zip(pages).map(cell).collect(),
        none: "Not named",
    }
}

/// What one role asks for alone: each skill leads to its sentence.
fn only(skills: &[Row<Skill, Asked>], at: usize, page: &Page, name: &str) -> Markup {
    let alone: Vec<&Asked> =
        skills.iter().filter(|row| row.pages() == 1).filter_map(|row| row.cells[at].as_ref()).collect();
    let of = |strength: Strength| -> Vec<&Asked> {
        alone.iter().copied().filter(|asked| asked.strength == strength).collect()
    };
    html! {
        h3 { "Only " bdi { (name) } }
        @if alone.is_empty() { p.none { "Nothing that no other asks for" } }
        @for (strength, of) in STRENGTHS.map(|strength| (strength, of(strength))) {
            @if !of.is_empty() {
                h4 { (word(strength)) }
                ul.tags {
                    @for asked in of.iter().take(MOST_ALONE) {
                        @let said = Said::of_asked(page, asked);
                        li { a class=(says::class(strength)) href=(said.href) title=(said.text()) { (asked.skill.label) } }
                    }
                    @if of.len() > MOST_ALONE { li.small.soft { "and " (of.len() - MOST_ALONE) " more" } }
                }
            }
        }
    }
}
