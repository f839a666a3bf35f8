//! Pages without a title.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;

pub(super) const RULE: Rule = Rule {
    id: "no-title",
    severity: Severity::Warning,
    summary: "A page has no title",
    advice: "Lists and search engines show its first words instead. Begin the page with a first-level heading that names the role.",
    check: Check::Page(check),
};

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    let first = reading.page.sections.iter().find_map(|section| {
        let heading = section.heading.as_ref().map(|heading| heading.text.as_str());
        heading.or_else(|| section.blocks.first().map(|block| block.text.as_str()))
    });
    // A title may also come from structured data; then it is not how the text begins.
    if !reading.source.titled && first.is_some_and(|first| first.starts_with(&reading.page.title)) {
        out.page(
            reading,
            Spot::PAGE,
            format!("has no title; it goes by how it begins, {}", quoted(&reading.page.title)),
        );
    }
}
