//! The fields by which answers are counted and narrowed.

use super::{Label, Language, Page, Section};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A field that can be filtered by and counted. Schema, counts and the HTTP interface loop over [`FacetField::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetField {
    /// The role a page is about.
    Role,
    /// The kind of a section.
    Section,
    /// A skill.
    Skill,
    /// The source a page was read from.
    Source,
    /// The language of a page, without its region.
    Language,
    /// How far up the role stands.
    Level,
    /// A degree that is asked for or usual.
    Education,
    /// A company that is named.
    Company,
}

/// What has the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetScope {
    /// A page, at most one.
    Page,
    /// A section, exactly one.
    Section,
    /// A section, any number, and a page those of its sections.
    Tags,
}

impl FacetField {
    /// How many there are.
    pub const COUNT: usize = 8;
    /// Every facet field.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Role,
        Self::Section,
        Self::Skill,
        Self::Source,
        Self::Language,
        Self::Level,
        Self::Education,
        Self::Company,
    ];
    /// Those that are counted when a request does not say which.
    pub const DEFAULT: [Self; 3] = [Self::Role, Self::Section, Self::Skill];

    /// The field's name in requests, answers and the index.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Section => "section",
            Self::Skill => "skill",
            Self::Source => "source",
            Self::Language => "language",
            Self::Level => "level",
            Self::Education => "education",
            Self::Company => "company",
        }
    }

    /// What has its values.
    pub const fn scope(self) -> FacetScope {
        match self {
            Self::Role | Self::Source | Self::Language | Self::Level => FacetScope::Page,
            Self::Section => FacetScope::Section,
            Self::Skill | Self::Education | Self::Company => FacetScope::Tags,
        }
    }

    /// The field with this name, if there is one.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }

    /// The id that a value in a request means: a language may be given as any tag of it.
    pub fn meant(self, value: &str) -> Cow<'_, str> {
        match self {
            Self::Language => Cow::Owned(Language::label(value).id),
            _ => Cow::Borrowed(value),
        }
    }

    /// The names of all fields, for people.
    pub fn names() -> String {
        Self::ALL.map(Self::id).join(", ")
    }

    /// The values that one section of a page has, each once.
    pub fn values(self, page: &Page, section: &Section) -> Vec<Label> {
        let mut values: Vec<Label> = match self {
            Self::Role => page.role.iter().cloned().collect(),
            Self::Section => vec![section.kind.clone()],
            Self::Skill => section.skills.iter().map(|skill| skill.label()).collect(),
            Self::Source => vec![Label { id: page.source.clone(), label: String::new() }],
            Self::Language => page.language.iter().map(|tag| Language::label(tag)).collect(),
            Self::Level => page.level.iter().map(|level| level.label()).collect(),
            Self::Education => section.education.iter().map(|education| education.degree.label()).collect(),
            Self::Company => section.companies.iter().map(|company| company.name.clone()).collect(),
        };
        values.sort_unstable();
        values.dedup();
        values
    }
}
