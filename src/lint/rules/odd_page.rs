//! What was odd about a page when it was read: what `ingest` warns of.

use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;

pub(super) const RULE: Rule = Rule {
    id: "odd-page",
    severity: Severity::Warning,
    summary: "Not all of a page could be read",
    advice: "What is left out is not found. Shorten the page or mend its markup.",
    check: Check::Page(check),
};

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    for warning in &reading.page.warnings {
        out.page(reading, Spot::PAGE, warning);
    }
}
