//! What somebody lacks for the role of a page who has these skills.

use super::asked::{self, Asked, weight};
use super::have::{self, Had};
use super::places::Place;
use crate::model::{Page, Strength};
use crate::search::{SearchError, Searcher, Warning};
use schemars::JsonSchema;
use serde::Serialize;

/// What somebody lacks for the role of one page.
#[derive(Clone, Debug)]
pub struct PageGap {
    /// The generation of the index that answered.
    pub generation: u64,
    /// What they have.
    pub have: Vec<Had>,
    /// The page.
    pub page: Page,
    /// How much of what it asks for they have.
    pub coverage: Coverage,
    /// What of it they have, the most asked for first.
    pub had: Vec<Asked>,
    /// What of it they lack, the most asked for first.
    pub missing: Vec<Asked>,
    /// What was odd about the request.
    pub warnings: Vec<Warning>,
}

/// How much of what a page asks for somebody has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// From 0 to 1, by how much each skill is asked for; null where the page names no skill.
    pub share: Option<f64>,
    /// Of all skills.
    pub skills: Count,
    /// Of those that are required.
    pub required: Count,
    /// Of those that are a plus.
    pub preferred: Count,
    /// Of those that are only named.
    pub named: Count,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// How many somebody has.
    pub had: u32,
    /// How many there are.
    pub of: u32,
}

impl Coverage {
    /// Of the skills that a page asks for, each with how much and whether somebody has it.
    pub(super) fn of(skills: impl Iterator<Item = (Strength, bool)>) -> Self {
        let mut coverage = Self::default();
        for (strength, has) in skills {
            let of_strength = match strength {
                Strength::Required => &mut coverage.required,
                Strength::Preferred => &mut coverage.preferred,
                Strength::Named => &mut coverage.named,
            };
            for count in [of_strength, &mut coverage.skills] {
                count.had += u32::from(has);
                count.of += 1;
            }
        }
        let (had, of) = coverage.weights();
        coverage.share = (of > 0).then(|| f64::from(had) / f64::from(of));
        coverage
    }

    /// What somebody has and what is asked for, by weight.
    fn weights(&self) -> (u32, u32) {
        let parts = [
            (Strength::Required, self.required),
            (Strength::Preferred, self.preferred),
            (Strength::Named, self.named),
        ];
        parts.into_iter().fold((0, 0), |(had, of), (strength, count)| {
            (had + weight(strength) * count.had, of + weight(strength) * count.of)
        })
    }
}

impl Searcher {
    /// What somebody lacks for the role of a page who has these skills.
    ///
    /// # Errors
    /// [`SearchError::Invalid`] where the skills cannot be read, [`SearchError::UnknownPages`] where there is no such page.
    pub fn gap(&self, have: &[String], page: &str) -> Result<PageGap, SearchError> {
        let invalid = have::validate(have);
        if !invalid.is_empty() {
            return Err(SearchError::Invalid(invalid));
        }
        let opened = self.current.load_full();
        let page = Place::of(&opened.snapshot, page)?.page(&opened.snapshot)?;
        let mut warnings = Vec::new();
        let have = have::resolve(&opened, have, &mut warnings);
        let has = |asked: &Asked| have.iter().any(|had| had.id == asked.skill.id);
        let all = asked::of(&page);
        let coverage = Coverage::of(all.iter().map(|asked| (asked.strength, has(asked))));
        let (mut had, mut missing): (Vec<Asked>, Vec<Asked>) = all.into_iter().partition(has);
        for asked in [&mut had, &mut missing] {
            asked.sort_by(Asked::before);
        }
        let generation = opened.snapshot.state.generation;
        Ok(PageGap { generation, have, page, coverage, had, missing, warnings })
    }
}
