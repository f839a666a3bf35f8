//! Long running text under one heading.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use crate::model::BlockKind;
use crate::text::words;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "undivided-text",
    severity: Severity::Note,
    summary: "Long running text is not divided by subheadings",
    advice: "Divide it by subheadings, or make a list of what is one.",
    check: Check::Page(check),
};

/// So many words of running text are long. Lists and tables are divided as they are.
const LONG: usize = 500;

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    for (at, section) in
        reading.page.sections.iter().enumerate().filter(|(_, section)| section.heading.is_some())
    {
        let mut under: BTreeMap<Option<u16>, (usize, usize)> = BTreeMap::new();
        for (index, block) in section.blocks.iter().enumerate() {
            if block.kind == BlockKind::Paragraph {
                under.entry(block.heading).or_insert((index, 0)).1 += words(&block.text).count();
            }
        }
        for (first, count) in under.into_values().filter(|(_, count)| *count > LONG) {
            let heading = section.heading_of(Some(first)).map_or("", |heading| &heading.text);
            let message = format!("{count} words of running text under {}", quoted(heading));
            out.page(reading, reading.spot(at, Some(first), 0), message);
        }
    }
}
