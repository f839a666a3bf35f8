//! The skills that pages of an index name, those of most pages first or in alphabetical order.

use super::Lists;
use super::alphabet::{Alphabet, Letter, Listing};
use super::places::Place;
use crate::annotate::Vocabulary;
use crate::index::Snapshot;
use crate::model::FacetField;
use crate::search::{SearchError, Searcher};
use schemars::JsonSchema;
use serde::Serialize;

/// What a skill is where no vocabulary says more.
const PLAIN: &str = "skill";

/// Which skills are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillsRequest {
    /// By their names.
    pub listing: Listing,
    /// In which order.
    pub sort: SkillOrder,
}

/// An order of skills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkillOrder {
    /// Those that most pages name first, then by name.
    #[default]
    Pages,
    /// In alphabetical order.
    Name,
}

/// Skills.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Skills {
    /// How many there are, after filters.
    pub total: u64,
    /// How many begin with each letter, the filter by letter aside.
    pub letters: Vec<Letter>,
    /// Those that are shown.
    pub skills: Vec<SkillEntry>,
    /// The generation of the index that answered.
    pub generation: u64,
}

/// A skill.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SkillEntry {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// `language`, `tool`, `platform`, `method`, `certification`, `soft-skill`, `field`; `skill` where no vocabulary says.
    pub kind: String,
    /// How many pages name it.
    pub pages: u64,
    /// How many of their sections do.
    pub sections: u64,
}

/// The skills of a generation.
#[derive(Debug)]
pub(in crate::search) struct SkillList {
    alphabet: Alphabet,
    /// Pages and sections, by ordinal.
    counts: Vec<(u32, u32)>,
}

impl SkillOrder {
    /// The order with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "pages" => Some(Self::Pages),
            "name" => Some(Self::Name),
            _ => None,
        }
    }
}

impl SkillList {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let dictionary = snapshot.dictionary(FacetField::Skill);
        let mut counts = vec![(0, 0); dictionary.len()];
        for Place { segment, index } in Place::all(snapshot) {
            let segment = &snapshot.segments[segment];
            let page = segment.pages[index];
            for &skill in segment.page_tags(FacetField::Skill, index) {
                counts[skill as usize].0 += 1;
            }
            for document in page.first..page.end {
                for &skill in segment.section_tags(FacetField::Skill, document) {
                    counts[skill as usize].1 += 1;
                }
            }
        }
        let ordinals = (0..).take(dictionary.len());
        Self { alphabet: Alphabet::of(dictionary, ordinals), counts }
    }

    /// How many pages name each skill, by ordinal.
    pub(super) fn pages(&self) -> impl Iterator<Item = u64> {
        self.counts.iter().map(|(pages, _)| u64::from(*pages))
    }
}

impl Searcher {
    /// The skills of the index.
    ///
    /// # Errors
    /// [`SearchError::Invalid`] where something is out of its limits.
    pub fn skills(&self, request: &SkillsRequest) -> Result<Skills, SearchError> {
        let invalid = request.listing.invalid();
        if !invalid.is_empty() {
            return Err(SearchError::Invalid(invalid));
        }
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let Lists { skills, .. } = &*opened.lists;
        let SkillList { alphabet, counts } = skills.get_or_init(|| SkillList::of(snapshot));
        let (mut wanted, letters) = alphabet.select(&request.listing, |_| true);
        if request.sort == SkillOrder::Pages {
            wanted.sort_by_key(|&skill| std::cmp::Reverse(counts[skill as usize].0));
        }
        let dictionary = snapshot.dictionary(FacetField::Skill);
        let entry = |&skill: &u32| {
            let (pages, sections) = counts[skill as usize];
            let id = dictionary.id(skill).to_owned();
            SkillEntry {
                label: dictionary.label(skill).to_owned(),
                kind: kind(&opened.vocabulary, &id),
                id,
                pages: u64::from(pages),
                sections: u64::from(sections),
            }
        };
        let shown = wanted.iter().skip(request.listing.offset).take(request.listing.limit);
        Ok(Skills {
            total: wanted.len() as u64,
            letters,
            skills: shown.map(entry).collect(),
            generation: snapshot.state.generation,
        })
    }
}

/// What kind of skill one is.
pub(super) fn kind(vocabulary: &Vocabulary, id: &str) -> String {
    vocabulary.skill(id).map_or_else(|| PLAIN.to_owned(), |skill| skill.kind.clone())
}
