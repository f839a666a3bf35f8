//! Which roles somebody is closest to who has these skills: those for which they lack least.
//!
//! Coverage is the share of what a page asks for that somebody has, each skill counting by how much it is asked for
//! ([`weight`]). To rank roles by it alone would put those first whose pages say least: a page that names one skill is
//! covered by it whole. A page's skills are a sample of what its role takes, and a share of a small sample says
//! little; so roles are ranked as if each took, besides what its page names, as much again as the average page of the
//! index names, of which nobody has anything: the mean of a beta distribution whose prior is no coverage and worth one
//! average page (additive smoothing). Between pages that say much it changes little.

use super::asked::weight;
use super::gap::Coverage;
use super::have::{self, Had};
use crate::index::{NONE, Snapshot};
use crate::model::{FacetField, Label, Level, Strength};
use crate::search::copies;
use crate::search::filters::{Counted, FilterSet};
use crate::search::matched::MatchedPage;
use crate::search::ranges::Ranges;
use crate::search::{Invalid, PageCopy, SearchError, SearchRequest, Searcher, Warning};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::time::Instant;

/// The most missing skills that are named of each role.
pub const MOST_MISSING: usize = 1_000;

/// What is asked about roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapRequest {
    /// The skills that somebody has, by ids or names.
    pub have: Vec<String>,
    /// Ids of roles; a page has either.
    pub role: Vec<String>,
    /// Ids of levels; a page's role is of either.
    pub level: Vec<String>,
    /// Names of sources; a page is of either.
    pub source: Vec<String>,
    /// Codes of languages; a page is in either.
    pub language: Vec<String>,
    /// Roles wanted, 0 to 100.
    pub limit: usize,
    /// Roles passed over, up to 10,000.
    pub offset: usize,
    /// How many of the missing skills are named of each role, up to [`MOST_MISSING`].
    pub missing_limit: usize,
}

/// Roles by what somebody lacks for them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Gaps {
    /// What they have.
    pub have: Vec<Had>,
    /// Counted after filters.
    pub total: GapTotal,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// The generation of the index that answered.
    pub generation: u64,
    /// The roles that ask for any of it, the closest first.
    pub hits: Vec<RoleGap>,
    /// What was odd about the request.
    pub warnings: Vec<Warning>,
}

/// How many roles there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GapTotal {
    /// Pages of roles that ask for one of the skills at least.
    pub pages: u64,
    /// Pages of roles that ask for none of them; they are not listed.
    pub without: u64,
}

/// What somebody lacks for a role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoleGap {
    /// The page's id.
    pub id: String,
    /// The page's title.
    pub title: String,
    /// The role it is about.
    pub role: Option<Label>,
    /// Where people find it, or null.
    pub url: Option<String>,
    /// The source it was read from.
    pub source: String,
    /// Its language, or null.
    pub language: Option<String>,
    /// How far up its role stands, or null.
    pub level: Option<Label>,
    /// By which it is ranked: the coverage, less where the page says little.
    pub score: f64,
    /// How much of what it asks for they have.
    pub coverage: Coverage,
    /// What of it they have, the most asked for first.
    pub had: Vec<AskedLabel>,
    /// What of it they lack, the most asked for first; at most as many as are wanted.
    pub missing: Vec<AskedLabel>,
    /// How many skills they lack.
    pub missing_total: usize,
    /// Pages that say the same, at most [`MOST_COPIES`] of them.
    ///
    /// [`MOST_COPIES`]: crate::search::MOST_COPIES
    pub copies: Vec<PageCopy>,
    /// How many there are.
    pub copies_total: u64,
}

/// A skill that a page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AskedLabel {
    /// The skill's id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How much it is asked for where it is asked for most.
    pub strength: Strength,
    /// How many sections of the page name it.
    pub sections: usize,
}

impl Default for GapRequest {
    fn default() -> Self {
        Self {
            have: Vec::new(),
            role: Vec::new(),
            level: Vec::new(),
            source: Vec::new(),
            language: Vec::new(),
            limit: 10,
            offset: 0,
            missing_limit: 20,
        }
    }
}

impl GapRequest {
    /// The search that lists as many of the same pages.
    fn pages(&self) -> SearchRequest {
        SearchRequest {
            role: self.role.clone(),
            level: self.level.clone(),
            source: self.source.clone(),
            language: self.language.clone(),
            limit: self.limit,
            offset: self.offset,
            ..SearchRequest::default()
        }
    }

    /// Everything that is out of its limits.
    ///
    /// # Errors
    /// One [`Invalid`] for each parameter that cannot be used.
    pub fn validate(&self) -> Result<(), Vec<Invalid>> {
        let mut invalid = have::validate(&self.have);
        invalid.extend(self.pages().validate().err().unwrap_or_default());
        if self.missing_limit > MOST_MISSING {
            let reason = format!("must be a whole number from 0 to {MOST_MISSING}");
            let value = self.missing_limit.to_string();
            invalid.push(Invalid { parameter: "missing_limit".to_owned(), value, reason });
        }
        if invalid.is_empty() { Ok(()) } else { Err(invalid) }
    }
}

impl Searcher {
    /// Roles by what somebody lacks for them who has these skills, the closest first.
    ///
    /// # Errors
    /// [`SearchError::Invalid`] where the request cannot be used.
    pub fn gaps(&self, request: &GapRequest) -> Result<Gaps, SearchError> {
        let start = Instant::now();
        request.validate().map_err(SearchError::Invalid)?;
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let mut warnings = Vec::new();
        let have = have::resolve(&opened, &request.have, &mut warnings);
        let filters = FilterSet::new(&request.pages(), Ranges::default(), snapshot, &mut warnings);
        let skills = HadSkills::new(&have, snapshot);
        let (total, listed) = rank(snapshot, &skills, &filters, request.offset + request.limit);
        let shown = listed.into_iter().skip(request.offset);
        let hits =
            shown.map(|role| skills.hit(role, &filters, request.missing_limit)).collect::<Result<_, _>>()?;
        let took_ms = start.elapsed().as_secs_f64() * 1000.0;
        Ok(Gaps { have, total, took_ms, generation: snapshot.state.generation, hits, warnings })
    }
}

/// A role that may be listed.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    had: u32,
    of: u32,
    lacking: u32,
    /// The page's ordinal, which is in the order of ids.
    page: u32,
    segment: usize,
    /// Index into the segment's pages.
    index: usize,
    /// Worked out once all pages are known.
    score: f64,
}

impl Ranked {
    fn before(&self, other: &Self) -> Ordering {
        let ties = || (self.lacking, self.page).cmp(&(other.lacking, other.page));
        other.score.total_cmp(&self.score).then_with(ties)
    }
}

/// The best `wanted` roles, from plain arrays: no document is read.
fn rank(
    snapshot: &Snapshot,
    skills: &HadSkills<'_>,
    filters: &FilterSet,
    wanted: usize,
) -> (GapTotal, Vec<Ranked>) {
    let mut total = GapTotal::default();
    let mut found: Vec<Ranked> = Vec::new();
    // Over all roles, so that a filter changes nothing but what it leaves.
    let (mut weights, mut pages) = (0_u64, 0_u64);
    for (at, segment) in snapshot.segments.iter().enumerate() {
        for (index, place) in segment.pages.iter().enumerate() {
            let is_role = segment.page_value(FacetField::Role, index) != NONE;
            if !is_role || snapshot.copies.is_later(place.page) {
                continue;
            }
            let (mut had, mut of, mut lacking) = (0, 0, 0);
            for (skill, strength) in segment.page_skills(index) {
                let weight = weight(strength);
                of += weight;
                if skills.has(skill) { had += weight } else { lacking += 1 }
            }
            if of == 0 {
                continue;
            }
            weights += u64::from(of);
            pages += 1;
            let copies = snapshot.copies.of(place.page);
            let page = MatchedPage { index, ..MatchedPage::default() };
            if !filters.passes_page(Counted { segment, page: &page, copies }) {
                continue;
            }
            if had == 0 {
                total.without += 1;
                continue;
            }
            total.pages += 1;
            let shown = copies.and_then(|copies| filters.copies(copies).next());
            let (page, segment, index) =
                shown.map_or((place.page, at, index), |copy| (copy.page, copy.segment, copy.index));
            found.push(Ranked { had, of, lacking, page, segment, index, score: 0.0 });
        }
    }
    let average = weights as f64 / pages.max(1) as f64;
    for role in &mut found {
        role.score = f64::from(role.had) / (f64::from(role.of) + average);
    }
    if wanted > 0 && found.len() > wanted {
        found.select_nth_unstable_by(wanted - 1, Ranked::before);
    }
    found.truncate(wanted);
    found.sort_unstable_by(Ranked::before);
    (total, found)
}

/// The skills that somebody has, as ordinals of an index.
struct HadSkills<'s> {
    snapshot: &'s Snapshot,
    /// By ordinal.
    has: Vec<bool>,
}

impl<'s> HadSkills<'s> {
    fn new(have: &[Had], snapshot: &'s Snapshot) -> Self {
        let names = snapshot.dictionary(FacetField::Skill);
        let mut has = vec![false; names.len()];
        for ordinal in have.iter().filter_map(|had| names.ordinal(&had.id)) {
            has[ordinal as usize] = true;
        }
        Self { snapshot, has }
    }

    fn has(&self, skill: u32) -> bool {
        self.has.get(skill as usize).is_some_and(|has| *has)
    }

    fn hit(&self, role: Ranked, filters: &FilterSet, missing_limit: usize) -> Result<RoleGap, SearchError> {
        let segment = &self.snapshot.segments[role.segment];
        let place = segment.pages[role.index];
        let page = self.snapshot.head(role.segment, place.first)?;
        let (copies, copies_total) = copies::named(role.page, filters, self.snapshot)?;
        let mut sections: HashMap<u32, usize> = HashMap::new();
        for section in place.first..place.end {
            for &skill in segment.section_tags(FacetField::Skill, section) {
                *sections.entry(skill).or_default() += 1;
            }
        }
        let has = |(skill, strength)| (strength, self.has(skill));
        let coverage = Coverage::of(segment.page_skills(role.index).map(has));
        let (mut had, mut missing) = (Vec::new(), Vec::new());
        for (skill, strength) in segment.page_skills(role.index) {
            let asked = (strength, sections.get(&skill).copied().unwrap_or_default(), skill);
            if self.has(skill) { had.push(asked) } else { missing.push(asked) }
        }
        let missing_total = missing.len();
        let names = self.snapshot.dictionary(FacetField::Skill);
        let labels = |mut asked: Vec<(Strength, usize, u32)>, limit: usize| {
            asked.sort_unstable_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(&b.2)));
            let label = |(strength, sections, skill)| AskedLabel {
                id: names.id(skill).to_owned(),
                label: names.label(skill).to_owned(),
                strength,
                sections,
            };
            asked.into_iter().take(limit).map(label).collect()
        };
        Ok(RoleGap {
            id: page.id,
            title: page.title,
            role: page.role,
            url: page.url,
            source: page.source,
            language: page.language,
            level: page.level.map(Level::label),
            score: role.score,
            coverage,
            had: labels(had, usize::MAX),
            missing: labels(missing, missing_limit),
            missing_total,
            copies,
            copies_total,
        })
    }
}
