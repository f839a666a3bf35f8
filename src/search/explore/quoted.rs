//! Where a section says something, as answers show it.

use crate::model::{Evidence, Heading, Section};
use crate::text::fold;
use schemars::JsonSchema;
use serde::Serialize;

/// How many headings of a section are looked at for the one that names something.
const MOST_HEADINGS: usize = 200;

/// A place in a section.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Quoted {
    /// The section's kind; null where no section says it.
    pub section: Option<QuotedSection>,
    /// The heading nearest above, or null.
    pub heading: Option<String>,
    /// The fragment of that heading, or null.
    pub anchor: Option<String>,
    /// The block, counted from 0; null where a heading says it.
    pub block: Option<u32>,
    /// The sentence, word for word; null where a heading says it.
    pub sentence: Option<String>,
}

/// A section of a page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuotedSection {
    /// Its place in the page's sections, counted from 0.
    pub index: usize,
    /// Its kind.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// The kind was inferred from the content, not read from a heading.
    pub inferred: bool,
}

impl Quoted {
    /// Of what names something in a section, the page's `index`-th.
    pub(super) fn of(section: &Section, index: usize, evidence: Evidence, named: &str) -> Self {
        let at = evidence.block.and_then(|block| usize::try_from(block).ok());
        let heading = match at {
            Some(_) => section.heading_of(at),
            None => heading_with(section, named).or_else(|| section.heading_of(None)),
        };
        Self {
            section: Some(QuotedSection {
                index,
                id: section.kind.id.clone(),
                label: section.kind.label.clone(),
                inferred: section.inferred,
            }),
            heading: heading.map(|heading| heading.text.clone()),
            anchor: heading.and_then(|heading| heading.anchor.clone()),
            block: evidence.block,
            sentence: section.quoted(evidence).map(str::to_owned),
        }
    }
}

/// The first heading with a name in it.
fn heading_with<'s>(section: &'s Section, name: &str) -> Option<&'s Heading> {
    let name = fold(name);
    let mut headings = section.heading.iter().chain(&section.subheadings).take(MOST_HEADINGS);
    headings.find(|heading| fold(&heading.text).contains(name.as_ref()))
}
