//! `gap`: what somebody lacks who has certain skills, for one role or for those that they are closest to.

use super::arguments::{texts, within};
use super::tool::{Answer, Tool};
use super::view::{AskedSkill, Named, address, halve, level, name};
use crate::model::Page;
use crate::search::{
    Asked, AskedLabel, Count, GapRequest, Gaps, Had, PageGap, RoleGap, SearchError, Searcher, Warning,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// The most roles.
const MOST_ROLES: usize = 20;
/// The most missing skills of each, and the most of those that somebody has.
const MOST_MISSING: usize = 100;
const MOST_HAD: usize = 50;
/// The most warnings.
const MOST_WARNINGS: usize = 20;

/// See [`Tool::DESCRIPTION`].
pub(super) struct Gap;

/// Who has what, and what they look for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Arguments {
    /// The skills that somebody has, by any of their names: ["Python", "k8s", "project management"].
    #[serde(deserialize_with = "texts")]
    #[schemars(length(min = 1, max = crate::search::MOST_HAD))]
    have: Vec<String>,
    /// The id of a hit: what they lack for its role. Left out, the roles that they are closest to.
    page: Option<String>,
    /// Ids of roles; of either. Like level, source and language it narrows which roles are listed.
    #[serde(deserialize_with = "texts")]
    role: Vec<String>,
    /// Levels; of either.
    #[serde(deserialize_with = "texts")]
    #[schemars(extend("items" = { "type": "string", "enum": [
        "intern", "junior", "mid", "senior", "lead", "manager", "director", "executive"
    ] }))]
    level: Vec<String>,
    /// Names of sources; of either.
    #[serde(deserialize_with = "texts")]
    source: Vec<String>,
    /// Codes of languages; in either.
    #[serde(deserialize_with = "texts")]
    language: Vec<String>,
    /// How many roles.
    #[schemars(range(min = 1, max = MOST_ROLES))]
    limit: usize,
    /// How many missing skills are named of each.
    #[schemars(range(min = 0, max = MOST_MISSING))]
    missing_limit: usize,
}

impl Default for Arguments {
    fn default() -> Self {
        let none = Vec::new;
        Self {
            have: none(),
            page: None,
            role: none(),
            level: none(),
            source: none(),
            language: none(),
            limit: 5,
            missing_limit: 20,
        }
    }
}

/// What somebody lacks.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Lacking {
    /// The generation of the index that answered.
    generation: u64,
    /// The skills as they were understood.
    have: Vec<Understood>,
    /// How many roles ask for any of the skills; 1 where a page was given.
    roles_total: u64,
    /// The closest first.
    roles: Vec<Role>,
    /// Names that are no skill, and the like.
    warnings: Vec<String>,
    /// What was left out as the answer would have been too long.
    cut: Option<String>,
}

/// A skill that somebody has.
#[derive(Debug, Serialize, JsonSchema)]
struct Understood {
    id: String,
    label: String,
    /// As it was given.
    text: String,
}

/// A role, and what somebody lacks for it.
#[derive(Debug, Serialize, JsonSchema)]
struct Role {
    /// What page and compare take.
    id: String,
    title: String,
    role: Option<Named>,
    url: Option<String>,
    level: Option<String>,
    /// From 0 to 1: how much of what it asks for they have, each skill counting by how strongly it is asked for; null
    /// where the page names no skill.
    coverage: Option<f64>,
    /// So many of so many.
    required: Part,
    preferred: Part,
    named: Part,
    /// What they have of it, the most asked for first.
    had: Vec<AskedSkill>,
    /// What they lack, the most asked for first.
    missing: Vec<AskedSkill>,
    missing_total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Part {
    had: u32,
    of: u32,
}

impl Tool for Gap {
    const NAME: &'static str = "gap";
    const TITLE: &'static str = "What somebody lacks for a role";
    const DESCRIPTION: &'static str = "Says what somebody lacks who has certain skills. With page (an id that a hit of \
search names) for that role: how much of what it asks for they have, and what is missing, the most asked for first. \
Without page: the roles that they are closest to, to be narrowed by level, role, source or language. Give skills by any \
name; warnings say which were not understood, have how the others were.";
    const REQUIRED: &'static [&'static str] = &["have"];
    type Arguments = Arguments;
    type Answer = Lacking;

    fn call(given: Arguments, searcher: &Searcher, _deadline: Instant) -> Result<Lacking, SearchError> {
        let limits = [
            within("limit", given.limit, 1, MOST_ROLES),
            within("missing_limit", given.missing_limit, 0, MOST_MISSING),
        ];
        let invalid: Vec<_> = limits.into_iter().flatten().collect();
        if !invalid.is_empty() {
            return Err(SearchError::Invalid(invalid));
        }
        if let Some(page) = given.page {
            return Ok(Lacking::for_page(&searcher.gap(&given.have, &page)?, given.missing_limit));
        }
        let request = GapRequest {
            have: given.have,
            role: given.role,
            level: given.level,
            source: given.source,
            language: given.language,
            limit: given.limit,
            offset: 0,
            missing_limit: given.missing_limit,
        };
        Ok(Lacking::closest(searcher.gaps(&request)?))
    }
}

impl Lacking {
    fn for_page(gap: &PageGap, most: usize) -> Self {
        let PageGap { generation, have, page, coverage, had, missing, warnings } = gap;
        let skill = |asked: &Asked| AskedSkill::new(&asked.skill.id, &asked.skill.label, asked.strength);
        let Page { id, title, role, url, .. } = page;
        let role = Role {
            id: id.clone(),
            title: name(title),
            role: role.as_ref().map(Named::of),
            url: address(url.as_ref()),
            level: page.level.map(level),
            coverage: coverage.share,
            required: coverage.required.into(),
            preferred: coverage.preferred.into(),
            named: coverage.named.into(),
            had: had.iter().take(MOST_HAD).map(skill).collect(),
            missing: missing.iter().take(most).map(skill).collect(),
            missing_total: missing.len(),
        };
        Self::of(*generation, have, 1, vec![role], warnings)
    }

    fn closest(gaps: Gaps) -> Self {
        let roles = gaps.hits.iter().map(Role::of).collect();
        Self::of(gaps.generation, &gaps.have, gaps.total.pages, roles, &gaps.warnings)
    }

    fn of(generation: u64, have: &[Had], total: u64, roles: Vec<Role>, warnings: &[Warning]) -> Self {
        let understood =
            |had: &Had| Understood { id: had.id.clone(), label: name(&had.label), text: name(&had.text) };
        Self {
            generation,
            have: have.iter().map(understood).collect(),
            roles_total: total,
            roles,
            warnings: warnings.iter().take(MOST_WARNINGS).map(|warning| name(&warning.message)).collect(),
            cut: None,
        }
    }
}

impl Answer for Lacking {
    fn shorten(&mut self) -> bool {
        let says = if self.roles.len() > 1 {
            self.roles.pop();
            "further roles were left out; ask for fewer missing skills of each"
        } else {
            let Some(role) = self.roles.last_mut() else { return halve(&mut self.have) };
            if !halve(&mut role.had) && !halve(&mut role.missing) {
                return halve(&mut self.have);
            }
            "skills were left out"
        };
        self.cut = Some(says.to_owned());
        true
    }
}

impl Role {
    fn of(gap: &RoleGap) -> Self {
        let skill = |asked: &AskedLabel| AskedSkill::new(&asked.id, &asked.label, asked.strength);
        Self {
            id: gap.id.clone(),
            title: name(&gap.title),
            role: gap.role.as_ref().map(Named::of),
            url: address(gap.url.as_ref()),
            level: gap.level.as_ref().map(|level| level.id.clone()),
            coverage: gap.coverage.share,
            required: gap.coverage.required.into(),
            preferred: gap.coverage.preferred.into(),
            named: gap.coverage.named.into(),
            had: gap.had.iter().take(MOST_HAD).map(skill).collect(),
            missing: gap.missing.iter().map(skill).collect(),
            missing_total: gap.missing_total,
        }
    }
}

impl From<Count> for Part {
    fn from(Count { had, of }: Count) -> Self {
        Self { had, of }
    }
}
