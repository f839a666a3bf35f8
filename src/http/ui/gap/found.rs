//! What is asked, answered.

use super::ask::Ask;
use crate::model::{FacetField, Label, Level};
use crate::search::{
    GapRequest, Gaps, Had, Listing, MOST_SUGGESTIONS, PageGap, SearchError, SearchRequest, Searcher,
    SkillEntry, SkillOrder, SkillsRequest, Warning,
};
use std::time::Instant;

/// How many roles are shown at once.
pub(super) const LIMIT: usize = 10;
/// How many skills there are to begin with.
const TO_BEGIN_WITH: usize = 10;
/// How many of the skills that are missing for a role are named in the list.
const MISSING: usize = 16;
/// For how many unknown names it is looked what may be meant, and how many skills are named for each.
const LOOKED_UP: usize = 10;
const MEANT: usize = 3;
/// A text that is no skill's name: who has it has nothing.
const NOTHING: &str = "-";

/// What there is to show.
pub(super) struct Found {
    pub(super) ask: Ask,
    /// What they have.
    pub(super) had: Vec<Had>,
    /// What was typed and is no skill.
    pub(super) unknown: Vec<Unknown>,
    /// The id of the page, where there is none of it.
    pub(super) unknown_page: Option<String>,
    /// What else was odd.
    pub(super) notes: Vec<String>,
    /// The levels that roles have.
    pub(super) levels: Vec<Label>,
    pub(super) shown: Shown,
}

/// A text that is no skill's name.
pub(super) struct Unknown {
    pub(super) text: String,
    /// Skills that may be meant.
    pub(super) meant: Vec<Label>,
}

/// The part of the page that answers.
pub(super) enum Shown {
    /// Nothing is asked yet: the skills that most roles ask for.
    Begin(Vec<SkillEntry>),
    /// One role.
    Role(Box<PageGap>),
    /// The closest roles.
    Roles(Gaps),
}

impl Found {
    pub(super) fn of(
        searcher: &Searcher,
        mut ask: Ask,
        offset: usize,
        deadline: Instant,
    ) -> Result<Self, SearchError> {
        let role = role(searcher, &ask)?;
        let unknown_page = if role.is_some() { None } else { ask.page.take() };
        let (mut had, mut warnings, mut levels) = (Vec::new(), Vec::new(), Vec::new());
        let shown = match role {
            Some(mut gap) => {
                had.clone_from(&gap.have);
                warnings.append(&mut gap.warnings);
                Shown::Role(Box::new(gap))
            }
            None if ask.parts.is_empty() => Shown::Begin(begin(searcher)?),
            None => {
                let mut gaps = searcher.gaps(&request(&ask, offset))?;
                had.clone_from(&gaps.have);
                warnings.append(&mut gaps.warnings);
                levels = self::levels(searcher, deadline)?;
                Shown::Roles(gaps)
            }
        };
        // Whoever has nothing was not understood as having anything.
        let names_skills = !ask.parts.is_empty();
        warnings.retain(|warning| names_skills || warning.parameter != "have");
        let unknown = unknown(searcher, &ask, &warnings);
        ask.keep(&had, |part| unknown.iter().any(|unknown| unknown.text == part));
        let notes = warnings
            .into_iter()
            .filter(|warning| warning.code != UNKNOWN)
            .map(|warning| sentence(&warning.message));
        Ok(Self { notes: notes.collect(), ask, had, unknown, unknown_page, levels, shown })
    }
}

/// What they lack for the one role, if there is such a page.
fn role(searcher: &Searcher, ask: &Ask) -> Result<Option<PageGap>, SearchError> {
    let Some(page) = &ask.page else { return Ok(None) };
    let nothing = [NOTHING.to_owned()];
    let have = if ask.parts.is_empty() { &nothing[..] } else { &ask.parts };
    match searcher.gap(have, page) {
        Ok(gap) => Ok(Some(gap)),
        Err(SearchError::UnknownPages(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn request(ask: &Ask, offset: usize) -> GapRequest {
    GapRequest {
        have: ask.parts.clone(),
        level: ask.level.clone(),
        limit: LIMIT,
        offset,
        missing_limit: MISSING,
        ..GapRequest::default()
    }
}

fn begin(searcher: &Searcher) -> Result<Vec<SkillEntry>, SearchError> {
    let listing = Listing { limit: TO_BEGIN_WITH, ..Listing::default() };
    Ok(searcher.skills(&SkillsRequest { listing, sort: SkillOrder::Pages })?.skills)
}

/// From the least.
const LEVELS: [Level; 8] = [
    Level::Intern,
    Level::Junior,
    Level::Mid,
    Level::Senior,
    Level::Lead,
    Level::Manager,
    Level::Director,
    Level::Executive,
];

/// The levels that roles of the index have, from the least.
fn levels(searcher: &Searcher, deadline: Instant) -> Result<Vec<Label>, SearchError> {
    let request = SearchRequest {
        limit: 0,
        facets: vec![FacetField::Level],
        deadline: Some(deadline),
        ..SearchRequest::default()
    };
    let facets = searcher.search(&request)?.facets;
    let known = facets.of(FacetField::Level).unwrap_or_default();
    let levels = LEVELS.map(Level::label).into_iter();
    Ok(levels.filter(|level| known.iter().any(|known| known.id == level.id)).collect())
}

/// The code of a warning that a text is no skill's name.
const UNKNOWN: &str = "unknown_skill";

/// The parts that are no skill's name, as the warnings say, which quote them.
fn unknown(searcher: &Searcher, ask: &Ask, warnings: &[Warning]) -> Vec<Unknown> {
    let is_unknown = |part: &&String| {
        let quoted = format!("{part:?}");
        warnings.iter().any(|warning| warning.code == UNKNOWN && warning.message.starts_with(&quoted))
    };
    let unknown = ask.parts.iter().filter(is_unknown).enumerate().map(|(at, text)| {
        let meant = if at < LOOKED_UP { meant(searcher, text) } else { Vec::new() };
        Unknown { text: text.clone(), meant }
    });
    unknown.collect()
}

/// The skills whose names begin so, or nearly; none where the text is too long to be a name.
fn meant(searcher: &Searcher, text: &str) -> Vec<Label> {
    let names = searcher.suggest(text, MOST_SUGGESTIONS).unwrap_or_default().into_iter();
    let skills = names.filter(|name| name.kind == FacetField::Skill.id());
    skills.map(|name| Label { id: name.id, label: name.label }).take(MEANT).collect()
}

/// A message as a sentence of its own.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(char::to_uppercase);
    let mut sentence: String = first.into_iter().flatten().chain(letters).collect();
    if !sentence.ends_with(['.', '?']) {
        sentence.push('.');
    }
    sentence
}
