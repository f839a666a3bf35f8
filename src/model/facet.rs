//! The fields by which answers are counted and narrowed.

use serde::{Deserialize, Serialize};

/// A field that can be filtered by and counted. Schema, counts and the HTTP interface loop over [`FacetField::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetField {
    /// The role a page is about; at most one a page.
    Role,
    /// The kind of a section; one a section.
    Section,
    /// A skill; any number a section, and a page has those of its sections.
    Skill,
    /// The source a page was read from; one a page.
    Source,
    /// The language of a page, without its region; at most one a page.
    Language,
}

impl FacetField {
    /// Every facet field.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Role, Self::Section, Self::Skill, Self::Source, Self::Language];
    /// How many there are.
    pub const COUNT: usize = 5;
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
        }
    }

    /// The field with this name, if there is one.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }
}
