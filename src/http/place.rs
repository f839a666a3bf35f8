//! What answers about several pages say of each: which page it is, and where on it something stands.

use super::facts::EvidenceView;
use crate::model::{Evidence, Heading, Label, Level, Page};
use crate::search::Asked;
use schemars::JsonSchema;
use serde::Serialize;

/// A page by what people know it by.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PageHead {
    /// The page's id.
    id: String,
    /// Its title.
    title: String,
    /// The role it is about, or null.
    role: Option<Label>,
    /// Where people find it, or null.
    url: Option<String>,
    /// The source it was read from.
    source: String,
    /// Its language, or null.
    language: Option<String>,
    /// How far up its role stands, or null.
    level: Option<Label>,
    /// When it was changed as it says, or null.
    modified: Option<String>,
}

/// Where on a page something stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceView {
    /// The section.
    section: SectionName,
    /// The heading nearest above it, or null.
    heading: Option<String>,
    /// The fragment of that heading, or null.
    anchor: Option<String>,
}

/// Something that a page says, and where.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuoteView {
    #[serde(flatten)]
    place: PlaceView,
    #[serde(flatten)]
    evidence: EvidenceView,
}

/// A section of a page.
#[derive(Debug, Serialize, JsonSchema)]
struct SectionName {
    /// Its place in the page's sections, counted from 0.
    index: usize,
    /// Its kind.
    id: String,
    /// As people see it.
    label: String,
    /// The kind was inferred from the content, not read from a heading.
    inferred: bool,
}

impl PageHead {
    pub(super) fn of(page: &Page) -> Self {
        Self {
            id: page.id.clone(),
            title: page.title.clone(),
            role: page.role.clone(),
            url: page.url.clone(),
            source: page.source.clone(),
            language: page.language.clone(),
            level: page.level.map(Level::label),
            modified: page.modified.clone(),
        }
    }
}

impl PlaceView {
    /// Of something in a section, an index into the page's.
    pub(super) fn of(page: &Page, index: usize, evidence: Evidence) -> Self {
        let heading = page.sections[index].heading_of(evidence.block.map(|block| block as usize));
        Self::under(page, index, heading)
    }

    fn under(page: &Page, index: usize, heading: Option<&Heading>) -> Self {
        let section = &page.sections[index];
        let Label { id, label } = section.kind.clone();
        Self {
            section: SectionName { index, id, label, inferred: section.inferred },
            heading: heading.map(|heading| heading.text.clone()),
            anchor: heading.and_then(|heading| heading.anchor.clone()),
        }
    }
}

impl QuoteView {
    /// Of something in a section, an index into the page's.
    pub(super) fn of(page: &Page, index: usize, evidence: Evidence) -> Self {
        Self {
            place: PlaceView::of(page, index, evidence),
            evidence: EvidenceView::of(evidence, page.sections.get(index)),
        }
    }

    /// Of what says that a skill is asked for.
    pub(super) fn of_asked(page: &Page, asked: &Asked) -> Self {
        Self {
            place: PlaceView::under(page, asked.section, asked.heading(page)),
            evidence: EvidenceView::of(asked.evidence, page.sections.get(asked.section)),
        }
    }
}
