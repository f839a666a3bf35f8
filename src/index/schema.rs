//! The fields of a document; one document is one section.
//!
//! Title and role are indexed once a page, on its first section, so that a word of them weighs by the pages that
//! have it and not by how many sections those have. Facet values carry their label (`value`), so that an answer needs
//! no second look-up and the index no dictionary beside itself. Words are made into terms by [`Analyzer`], which marks
//! every term with its language. Only fields of words have lengths: what is exact is there or not.

use super::Analyzer;
use crate::model::FacetField;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The page's id; on every section. Fast.
    pub page: Field,
    /// A hash of the page's id, by which its sections are taken out; on every section. Exact.
    pub page_hash: Field,
    /// The page's title, on its first section. Words.
    pub title: Field,
    /// The words of the title, folded, by which pages are put in the order of titles; on the page's first section
    /// where they are not those of its role. Fast.
    pub title_order: Field,
    /// The runs of four letters of the title, as numbers, on the page's first section. Fast.
    pub title_gram: Field,
    /// The role's name, on the page's first section. Words.
    pub role_name: Field,
    /// The section's heading and the headings inside it. Words, a value each.
    pub heading: Field,
    /// Those of its headings that are listed, a value each. Fast.
    pub listed_heading: Field,
    /// The section's blocks. Words, a value each.
    pub body: Field,
    /// Ids of the section's skills. Exact.
    pub skill: Field,
    /// What the section speaks of, whatever its words: the id of its kind, and those of the kinds of fact that it states.
    /// Exact.
    pub topic: Field,
    /// Ids and labels of facet values, by the field's place in [`FacetField::ALL`]: of a section's on every section, of
    /// a page's on its first. Those of skills have their kind too: nothing else keeps the skills of a section. Fast.
    pub facets: [Field; FacetField::COUNT],
    /// How much each of the page's skills is asked for, in the order of their ids; on its first section. Fast.
    pub asked: Field,
    /// What the page's role pays per year; on its first section. Fast.
    pub pay: Field,
    /// The experience that it takes; on its first section. Fast.
    pub experience: Field,
    /// When the page was changed, as it says; on its first section. Fast.
    pub modified: Field,
    /// What the page was analysed from and with, as a hash; on its first section. Fast.
    pub key: Field,
    /// Fingerprints of the page's blocks; on its first section. Fast.
    pub fingerprint: Field,
    /// A hash of what copies of the page have in common; on its first section. Fast.
    pub content_hash: Field,
    /// The page without its sections and without what its columns say, on its first section. Stored.
    pub head: Field,
    /// The section without its skills. Stored.
    pub content: Field,
}

impl Fields {
    pub(super) const PAGE: &str = "page";
    pub(super) const ASKED: &str = "asked";
    pub(super) const LISTED_HEADING: &str = "listed_heading";
    pub(super) const PAY: &str = "pay";
    pub(super) const EXPERIENCE: &str = "experience";
    pub(super) const KEY: &str = "key";
    pub(super) const FINGERPRINT: &str = "fingerprint";
    pub(super) const CONTENT_HASH: &str = "content_hash";
    pub(super) const TITLE_GRAM: &str = "title_gram";
    pub(super) const TITLE_ORDER: &str = "title_order";
    pub(super) const MODIFIED: &str = "modified";

    /// The schema and its fields.
    fn build() -> (Schema, Self) {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(Analyzer::NAME)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(indexing);
        let whole = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let exact = TextOptions::default().set_indexing_options(whole);
        let fast = TextOptions::default().set_fast("raw");
        let stored = BytesOptions::default().set_stored();
        let mut schema = Schema::builder();
        let fields = Self {
            page: schema.add_text_field(Self::PAGE, fast.clone()),
            page_hash: schema.add_u64_field("page_hash", NumericOptions::default().set_indexed()),
            title: schema.add_text_field("title", words.clone()),
            title_order: schema.add_text_field(Self::TITLE_ORDER, fast.clone()),
            title_gram: schema.add_u64_field(Self::TITLE_GRAM, FAST),
            role_name: schema.add_text_field("role_name", words.clone()),
            heading: schema.add_text_field("heading", words.clone()),
            listed_heading: schema.add_text_field(Self::LISTED_HEADING, fast.clone()),
            body: schema.add_text_field("body", words),
            skill: schema.add_text_field("skill_id", exact.clone()),
            topic: schema.add_text_field("topic", exact),
            facets: FacetField::ALL.map(|field| schema.add_text_field(field.id(), fast.clone())),
            asked: schema.add_u64_field(Self::ASKED, FAST),
            pay: schema.add_text_field(Self::PAY, fast.clone()),
            experience: schema.add_text_field(Self::EXPERIENCE, fast.clone()),
            modified: schema.add_text_field(Self::MODIFIED, fast),
            key: schema.add_u64_field(Self::KEY, FAST),
            fingerprint: schema.add_u64_field(Self::FINGERPRINT, FAST),
            content_hash: schema.add_u64_field(Self::CONTENT_HASH, FAST),
            head: schema.add_bytes_field("head", stored.clone()),
            content: schema.add_bytes_field("content", stored),
        };
        (schema.build(), fields)
    }

    /// The schema.
    pub(super) fn schema() -> Schema {
        Self::build().0
    }

    /// The fields of the schema.
    pub(super) fn new() -> Self {
        Self::build().1
    }
}
