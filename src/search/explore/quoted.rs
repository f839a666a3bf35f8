//! Where a section says something, as answers show it.

use crate::model::{Evidence, Section};
use crate::search::SectionLabel;
use serde::Serialize;

/// A place in a section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Quoted {
    /// The section's kind; null where no section says it.
    pub section: Option<SectionLabel>,
    /// The heading nearest above, or null.
    pub heading: Option<String>,
    /// The block, counted from 0; null where a heading says it.
    pub block: Option<u32>,
    /// The sentence, word for word; null where a heading says it.
    pub sentence: Option<String>,
}

impl Quoted {
    pub(super) fn of(section: &Section, evidence: Evidence) -> Self {
        let at = evidence.block.and_then(|block| usize::try_from(block).ok());
        Self {
            section: Some(SectionLabel {
                id: section.kind.id.clone(),
                label: section.kind.label.clone(),
                inferred: section.inferred,
            }),
            heading: section.heading_of(at).map(|heading| heading.text.clone()),
            block: evidence.block,
            sentence: section.quoted(evidence).map(str::to_owned),
        }
    }
}
