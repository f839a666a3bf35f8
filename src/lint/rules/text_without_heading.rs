//! Long text that no heading announces.

use super::{Check, Out, Rule};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use crate::text::words;

pub(super) const RULE: Rule = Rule {
    id: "text-without-heading",
    severity: Severity::Warning,
    summary: "Long text stands under no heading",
    advice: "Readers cannot skim it, and a search cannot say what it is about. Put headings over its parts.",
    check: Check::Page(check),
};

/// An introduction is shorter, in words.
const LONG: usize = 250;

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    for (at, section) in reading.page.sections.iter().enumerate() {
        let headless = section.blocks.iter().take_while(|block| block.heading.is_none());
        let count: usize = match section.heading {
            None => headless.map(|block| words(&block.text).count()).sum(),
            Some(_) => 0,
        };
        if count > LONG {
            out.page(reading, reading.spot(at, Some(0), 0), format!("{count} words stand under no heading"));
        }
    }
}
