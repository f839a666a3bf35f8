//! [`Page`] ⇄ tantivy documents, the only place that does. Nothing is lost on the way.

use super::schema::LABEL;
use super::{Analyzer, Fields};
use crate::model::{Label, Language, Page, Section};
use tantivy::TantivyDocument;
use tantivy::schema::Value as _;

/// What of a document does not fit the schema.
#[derive(Debug, thiserror::Error)]
#[error("a stored page cannot be read: {0}")]
pub(super) struct Unreadable(String);

/// The documents of a page, one a section, in order.
pub(super) fn documents(
    fields: &Fields,
    mut page: Page,
    key: &str,
    fingerprints: &[u64],
) -> Vec<TantivyDocument> {
    let sections = std::mem::take(&mut page.sections);
    let mut page_skills: Vec<&str> =
        sections.iter().flat_map(|section| &section.skills).map(|skill| skill.id.as_str()).collect();
    page_skills.sort_unstable();
    page_skills.dedup();
    let role = page.role.as_ref().map(value);
    let language = page.language.as_deref().map(|tag| value(&Language::label(tag)));
    let analyzer = Analyzer::of(page.language.as_deref());
    sections
        .iter()
        .enumerate()
        .map(|(index, section)| {
            let mut document = TantivyDocument::new();
            document.add_text(fields.page, &page.id);
            document.add_text(fields.source, &page.source);
            document.add_text(fields.section, value(&section.kind));
            role.iter().for_each(|role| document.add_text(fields.role, role));
            language.iter().for_each(|language| document.add_text(fields.language, language));
            page_skills.iter().for_each(|skill| document.add_text(fields.page_skill, skill));
            for skill in &section.skills {
                document.add_text(fields.skill, &skill.id);
                document.add_text(fields.skill_value, format!("{}{LABEL}{}", skill.id, skill.label));
            }
            for heading in section.heading.iter().chain(&section.subheadings) {
                document.add_text(fields.heading, analyzer.marked(&heading.text));
            }
            for (_, block) in section.own_blocks() {
                document.add_text(fields.body, analyzer.marked(&block.text));
            }
            if index == 0 {
                document.add_text(fields.title, analyzer.marked(&page.title));
                if let Some(role) = &page.role {
                    document.add_text(fields.role_name, analyzer.marked(&role.label));
                }
                page.url.iter().for_each(|url| document.add_text(fields.url, url));
                page.modified.iter().for_each(|modified| document.add_text(fields.modified, modified));
                document.add_text(fields.key, key);
                fingerprints.iter().for_each(|&one| document.add_u64(fields.fingerprint, one));
                document.add_bytes(fields.head, &encoded(&page));
            }
            document.add_bytes(fields.content, &encoded(section));
            document
        })
        .collect()
}

/// Postcard: plain data of known types, which it encodes without fail.
#[expect(clippy::expect_used, reason = "fails only for types that refuse to be serialized; ours are derived")]
fn encoded(value: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).expect("plain data")
}

/// A facet's value: id and label.
fn value(label: &Label) -> String {
    format!("{}{LABEL}{}", label.id, label.label)
}

/// The page of its first document, without its sections.
pub(super) fn head(fields: &Fields, document: &TantivyDocument) -> Result<Page, Unreadable> {
    decoded(document, fields.head, "head")
}

/// The section of a document.
pub(super) fn section(fields: &Fields, document: &TantivyDocument) -> Result<Section, Unreadable> {
    decoded(document, fields.content, "content")
}

fn decoded<T: serde::de::DeserializeOwned>(
    document: &TantivyDocument,
    field: tantivy::schema::Field,
    name: &str,
) -> Result<T, Unreadable> {
    let value = document.get_first(field);
    let bytes = value.as_ref().and_then(|value| value.as_bytes());
    let bytes = bytes.ok_or_else(|| Unreadable(format!("a document has no {name}")))?;
    postcard::from_bytes(bytes).map_err(|error| Unreadable(format!("{name}: {error}")))
}
