//! [`Page`] ⇄ tantivy documents, the only place that does. Nothing is lost on the way.

use super::copies::content_hash;
use super::schema::LABEL;
use super::stored::StoredDocument;
use super::{Analyzer, Fields, asked, headings, range};
use crate::model::{FacetField, FacetScope, Label, Page, Section};
use crate::text::{grams, words};
use tantivy::TantivyDocument;

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
    let analyzer = Analyzer::of(page.language.as_deref());
    let (pay, experience) = (range::pay(&page), range::experience(&page));
    let content_hash = content_hash(&page);
    let sections = std::mem::take(&mut page.sections);
    let asked = asked::of(&sections);
    let document = |(index, section): (usize, &Section)| {
        let first = index == 0;
        let mut document = TantivyDocument::new();
        document.add_text(fields.page, &page.id);
        for (field, column) in FacetField::ALL.into_iter().zip(fields.facets) {
            if first || field.scope() != FacetScope::Page {
                field.values(&page, section).iter().for_each(|label| document.add_text(column, value(label)));
            }
        }
        section.skills.iter().for_each(|skill| document.add_text(fields.skill, &skill.id));
        topics(section).for_each(|topic| document.add_text(fields.topic, topic));
        for heading in section.heading.iter().chain(&section.subheadings) {
            document.add_text(fields.heading, analyzer.marked(&heading.text));
        }
        let role = page.role.as_ref().map(|role| role.label.as_str());
        for heading in headings::listed(section, role) {
            document.add_text(fields.listed_heading, heading);
        }
        for (_, block) in section.own_blocks() {
            document.add_text(fields.body, analyzer.marked(&block.text));
        }
        if first {
            document.add_text(fields.title, analyzer.marked(&page.title));
            document.add_text(fields.title_order, title_order(&page.title));
            grams(&page.title).into_iter().for_each(|gram| document.add_u64(fields.title_gram, gram));
            if let Some(role) = &page.role {
                document.add_text(fields.role_name, analyzer.marked(&role.label));
            }
            asked.iter().for_each(|&strength| document.add_u64(fields.asked, strength));
            pay.iter().for_each(|range| document.add_text(fields.pay, range));
            experience.iter().for_each(|range| document.add_text(fields.experience, range));
            page.modified.iter().for_each(|modified| document.add_text(fields.modified, modified));
            document.add_text(fields.key, key);
            fingerprints.iter().for_each(|&one| document.add_u64(fields.fingerprint, one));
            document.add_u64(fields.content_hash, content_hash);
            document.add_bytes(fields.head, &encoded(&page));
        }
        document.add_bytes(fields.content, &encoded(section));
        document
    };
    sections.iter().enumerate().map(document).collect()
}

/// What a section speaks of: its kind, and what its facts are of.
fn topics(section: &Section) -> impl Iterator<Item = &str> {
    let facts = [
        ("salary", section.pay.iter().any(|pay| pay.of.is_none())),
        ("experience", section.experience.iter().any(|experience| experience.of.is_none())),
        ("education", !section.education.is_empty()),
    ];
    let facts = facts.into_iter().filter(|&(topic, states)| states && section.kind.id != topic);
    std::iter::once(section.kind.id.as_str()).chain(facts.map(|(topic, _)| topic))
}

/// The words of a title, without case, accents and signs; of one without words, itself.
fn title_order(title: &str) -> String {
    let folded: Vec<_> = words(title).map(|word| word.folded).collect();
    if folded.is_empty() { title.to_owned() } else { folded.join(" ") }
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
pub(super) fn head(fields: &Fields, document: &StoredDocument) -> Result<Page, Unreadable> {
    decoded(document, fields.head, "head")
}

/// The section of a document.
pub(super) fn section(fields: &Fields, document: &StoredDocument) -> Result<Section, Unreadable> {
    decoded(document, fields.content, "content")
}

fn decoded<T: serde::de::DeserializeOwned>(
    document: &StoredDocument,
    field: tantivy::schema::Field,
    name: &str,
) -> Result<T, Unreadable> {
    let bytes = document.bytes(field).ok_or_else(|| Unreadable(format!("a document has no {name}")))?;
    postcard::from_bytes(bytes).map_err(|error| Unreadable(format!("{name}: {error}")))
}
