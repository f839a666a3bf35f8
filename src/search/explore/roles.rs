//! The roles that an index knows, in alphabetical order, each with its pages.

use super::Lists;
use super::alphabet::{Alphabet, Letter, Listing};
use super::places::{PageLink, Place};
use crate::index::{NONE, Snapshot};
use crate::model::{FacetField, Label};
use crate::search::{Invalid, MOST_FILTER_VALUES, SearchError, Searcher, Warning};
use schemars::JsonSchema;
use serde::Serialize;

/// The most pages shown of a role.
const MOST_PAGES: usize = 20;

/// Which roles are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolesRequest {
    /// By their names.
    pub listing: Listing,
    /// Ids of skills; a page has all of them, and a role one such page.
    pub skill: Vec<String>,
}

/// Roles in alphabetical order.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Roles {
    /// How many there are, after filters.
    pub total: u64,
    /// How many begin with each letter, the filter by letter aside.
    pub letters: Vec<Letter>,
    /// Those that are shown.
    pub roles: Vec<RoleEntry>,
    /// The generation of the index that answered.
    pub generation: u64,
    /// What was odd about the request.
    pub warnings: Vec<Warning>,
}

/// A role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoleEntry {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// How far up it stands, or null where no page says so or they do not agree.
    pub level: Option<Label>,
    /// How many pages are about it and have the skills.
    pub pages_total: u64,
    /// The first of them.
    pub pages: Vec<PageLink>,
}

/// The roles of a generation.
#[derive(Debug)]
pub(in crate::search) struct RoleList {
    alphabet: Alphabet,
    /// Pages by role, in the order of ids.
    pages: Vec<Vec<Place>>,
}

impl RoleList {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let dictionary = snapshot.dictionary(FacetField::Role);
        let mut pages: Vec<Vec<Place>> = vec![Vec::new(); dictionary.len()];
        for place in Place::all(snapshot) {
            let role = snapshot.segments[place.segment].page_value(FacetField::Role, place.index);
            if let Some(pages) = pages.get_mut(role as usize) {
                pages.push(place);
            }
        }
        pages.iter_mut().for_each(|pages| pages.sort_unstable_by_key(|place| place.ordinal(snapshot)));
        let ordinals = (0..).take(dictionary.len());
        Self { alphabet: Alphabet::of(dictionary, ordinals), pages }
    }
}

impl Searcher {
    /// The roles of the index.
    ///
    /// # Errors
    /// [`SearchError::Invalid`] where something is out of its limits.
    pub fn roles(&self, request: &RolesRequest) -> Result<Roles, SearchError> {
        let mut invalid = request.listing.invalid();
        if request.skill.len() > MOST_FILTER_VALUES {
            let reason = format!("at most {MOST_FILTER_VALUES} values are taken");
            let value = request.skill.len().to_string();
            invalid.push(Invalid { parameter: "skill".to_owned(), value, reason });
        }
        if !invalid.is_empty() {
            return Err(SearchError::Invalid(invalid));
        }
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let Lists { roles, .. } = &*opened.lists;
        let RoleList { alphabet, pages } = roles.get_or_init(|| RoleList::of(snapshot));
        let (skills, warnings) = skills(snapshot, &request.skill);
        let fits = |place: &Place| {
            let has = snapshot.segments[place.segment].page_tags(FacetField::Skill, place.index);
            skills.iter().all(|skill| skill.is_some_and(|skill| has.binary_search(&skill).is_ok()))
        };
        let (wanted, letters) =
            alphabet.select(&request.listing, |role| pages[role as usize].iter().any(fits));
        let shown = wanted.iter().skip(request.listing.offset).take(request.listing.limit);
        let roles = shown
            .map(|&role| {
                let pages: Vec<Place> =
                    pages[role as usize].iter().filter(|place| fits(place)).copied().collect();
                entry(snapshot, role, &pages)
            })
            .collect::<Result<_, _>>()?;
        let generation = snapshot.state.generation;
        Ok(Roles { total: wanted.len() as u64, letters, roles, generation, warnings })
    }
}

/// The ordinals of skills, and a warning for each that no page has.
fn skills(snapshot: &Snapshot, ids: &[String]) -> (Vec<Option<u32>>, Vec<Warning>) {
    let dictionary = snapshot.dictionary(FacetField::Skill);
    let skills: Vec<Option<u32>> = ids.iter().map(|id| dictionary.ordinal(id)).collect();
    let unknown = ids.iter().zip(&skills).filter(|(_, skill)| skill.is_none());
    let warning = |(id, _): (&String, _)| {
        let message = format!("no page has the skill {id:?}; /skills lists those there are");
        Warning::new("unknown_value", message, "skill")
    };
    let warnings = unknown.map(warning).collect();
    (skills, warnings)
}

fn entry(snapshot: &Snapshot, role: u32, pages: &[Place]) -> Result<RoleEntry, SearchError> {
    let dictionary = snapshot.dictionary(FacetField::Role);
    let shown = pages.iter().take(MOST_PAGES);
    let links: Vec<PageLink> =
        shown.map(|place| Ok(PageLink::of(&place.head(snapshot)?))).collect::<Result<_, SearchError>>()?;
    Ok(RoleEntry {
        id: dictionary.id(role).to_owned(),
        label: dictionary.label(role).to_owned(),
        level: level(snapshot, pages),
        pages_total: pages.len() as u64,
        pages: links,
    })
}

/// The level of pages of one role: that of those that have one, where they agree.
fn level(snapshot: &Snapshot, pages: &[Place]) -> Option<Label> {
    let level = |place: &Place| snapshot.segments[place.segment].page_value(FacetField::Level, place.index);
    let mut levels = pages.iter().map(level).filter(|&level| level != NONE);
    let first = levels.next().filter(|&first| levels.all(|level| level == first))?;
    let dictionary = snapshot.dictionary(FacetField::Level);
    Some(Label { id: dictionary.id(first).to_owned(), label: dictionary.label(first).to_owned() })
}
