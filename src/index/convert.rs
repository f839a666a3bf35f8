//! [`Page`] ⇄ tantivy documents, the only place that does. Nothing is lost on the way. What a column says anyway (id and
//! source of a page, skills of a section) is not stored again.

use super::copies::content_hash;
use super::stored::StoredDocument;
use super::value::{written, written_with_kind};
use super::{Analyzer, Fields, asked, headings, range};
use crate::model::{FacetField, FacetScope, Page, Section, Skill};
use crate::text::{digest, grams, segment, unsegment, words};
use tantivy::TantivyDocument;

/// What of a document does not fit the schema.
#[derive(Debug, thiserror::Error)]
#[error("a stored page cannot be read: {0}")]
pub(super) struct Unreadable(pub(super) String);

/// The documents of a page, one a section, in order.
pub(super) fn documents(
    fields: &Fields,
    mut page: Page,
    key: u64,
    fingerprints: &[u64],
) -> Vec<TantivyDocument> {
    let analyzer = Analyzer::of(page.language.as_deref());
    let (pay, experience) = (range::pay(&page), range::experience(&page));
    let content_hash = content_hash(&page);
    let sections = std::mem::take(&mut page.sections);
    let asked = asked::of(&sections);
    let (page_hash, head) = (page_hash(&page.id), encoded(&stored(&page)));
    let mut marked = String::new();
    let document = |(index, mut section): (usize, Section)| {
        let first = index == 0;
        // Its text comes into it twice, to be found and to be stored.
        let text: usize = section.blocks.iter().map(|block| block.text.len() + 16).sum();
        let mut document = TantivyDocument::with_capacity(1024 + 2 * text);
        document.add_text(fields.page, &page.id);
        document.add_u64(fields.page_hash, page_hash);
        for (field, column) in FacetField::ALL.into_iter().zip(fields.facets) {
            if field == FacetField::Skill {
                for skill in &section.skills {
                    document.add_text(column, written_with_kind(&skill.label(), &skill.kind));
                }
            } else if first || field.scope() != FacetScope::Page {
                field
                    .values(&page, &section)
                    .iter()
                    .for_each(|label| document.add_text(column, written(label)));
            }
        }
        section.skills.iter().for_each(|skill| document.add_text(fields.skill, &skill.id));
        topics(&section).for_each(|topic| document.add_text(fields.topic, topic));
        for heading in section.heading.iter().chain(&section.subheadings) {
            document.add_text(fields.heading, analyzer.marked(&heading.text));
        }
        let role = page.role.as_ref().map(|role| role.label.as_str());
        for heading in headings::listed(&section, role) {
            document.add_text(fields.listed_heading, heading);
        }
        for (_, block) in section.own_blocks() {
            analyzer.mark(&block.text, &mut marked);
            document.add_text(fields.body, &marked);
        }
        if first {
            document.add_text(fields.title, analyzer.marked(&page.title));
            title_order(&page).iter().for_each(|order| document.add_text(fields.title_order, order));
            grams(&page.title).into_iter().for_each(|gram| document.add_u64(fields.title_gram, gram));
            if let Some(role) = &page.role {
                document.add_text(fields.role_name, analyzer.marked(&role.label));
            }
            asked.iter().for_each(|&strength| document.add_u64(fields.asked, strength));
            pay.iter().for_each(|range| document.add_text(fields.pay, range));
            experience.iter().for_each(|range| document.add_text(fields.experience, range));
            page.modified.iter().for_each(|modified| document.add_text(fields.modified, modified));
            document.add_u64(fields.key, key);
            fingerprints.iter().for_each(|&one| document.add_u64(fields.fingerprint, one));
            document.add_u64(fields.content_hash, content_hash);
            document.add_bytes(fields.head, &head);
        }
        let skills = std::mem::take(&mut section.skills).len();
        document.add_bytes(fields.content, &encoded(&(skills, section)));
        document
    };
    sections.into_iter().enumerate().map(document).collect()
}

/// A page without what its columns say; its path is not stored where the id is made of it.
fn stored(page: &Page) -> Page {
    let is_derived = path_within(&page.id, &page.source).as_ref() == Some(&page.path);
    let path = if is_derived { String::new() } else { page.path.clone() };
    Page { id: String::new(), source: String::new(), path, ..page.clone() }
}

/// A hash by which the sections of a page are found.
pub(super) fn page_hash(id: &str) -> u64 {
    digest(blake3::hash(id.as_bytes()))
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

/// The words of a title, without case, accents and signs; of one without words, itself. None where the role says them.
fn title_order(page: &Page) -> Option<String> {
    let folded: Vec<_> = words(&page.title).map(|word| word.folded).collect();
    let order = if folded.is_empty() { page.title.clone() } else { folded.join(" ") };
    let said = page.role.as_ref().map(|role| title_order_of_role(&role.id));
    (said.as_ref() != Some(&order)).then_some(order)
}

/// The words of the title of a page that has no others than its role.
pub(super) fn title_order_of_role(id: &str) -> String {
    id.replace('-', " ")
}

/// Postcard: plain data of known types, which it encodes without fail.
#[expect(clippy::expect_used, reason = "fails only for types that refuse to be serialized; ours are derived")]
fn encoded(value: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).expect("plain data")
}

/// The page of its first document, without its sections; id and source are its columns'.
pub(super) fn head(
    fields: &Fields,
    document: &StoredDocument,
    id: &str,
    source: &str,
) -> Result<Page, Unreadable> {
    let mut page: Page = decoded(document, fields.head, "head")?;
    id.clone_into(&mut page.id);
    source.clone_into(&mut page.source);
    if page.path.is_empty() {
        page.path = path_within(id, source).unwrap_or_default();
    }
    Ok(page)
}

/// The section of a document; its skills are its column's.
pub(super) fn section(
    fields: &Fields,
    document: &StoredDocument,
    skills: Vec<Skill>,
) -> Result<Section, Unreadable> {
    let (count, mut section): (usize, Section) = decoded(document, fields.content, "content")?;
    if count != skills.len() {
        return Err(Unreadable(format!("a section of {count} skills has {}", skills.len())));
    }
    section.skills = skills;
    Ok(section)
}

/// The path within a source that an id is made of.
fn path_within(id: &str, source: &str) -> Option<String> {
    unsegment(id.strip_prefix(&segment(source))?.strip_prefix('~')?)
}

fn decoded<T: serde::de::DeserializeOwned>(
    document: &StoredDocument,
    field: tantivy::schema::Field,
    name: &str,
) -> Result<T, Unreadable> {
    let bytes = document.bytes(field).ok_or_else(|| Unreadable(format!("a document has no {name}")))?;
    postcard::from_bytes(bytes).map_err(|error| Unreadable(format!("{name}: {error}")))
}
