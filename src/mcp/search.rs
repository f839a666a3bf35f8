//! `search`: pages about roles that answer a question.

use super::arguments::{refused, texts, within};
use super::tool::{Answer, Tool};
use super::view::{Named, address, name};
use crate::model::FacetField;
use crate::search::{
    ExperienceSummary, Facets, HIGHEST_PAY, Invalid, LONGEST_EXPERIENCE, LONGEST_QUERY, PaySummary,
    SearchError, SearchRequest, SearchResponse, Searcher, SkillMatch, Sort,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Instant;

/// The most hits of an answer.
const MOST_HITS: usize = 20;
/// Sections of each.
const SECTIONS: usize = 3;
/// Values of each facet.
const FACET_VALUES: usize = 20;
/// The most words, warnings and the like that are listed of each.
const MOST_LISTED: usize = 20;

/// See [`Tool::DESCRIPTION`].
pub(super) struct Search;

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Arguments {
    /// The question: plain words (kubernetes leadership), or a question (how much does a nurse earn). Also "a phrase",
    /// -without, this OR that, role:nurse (in the title), section:salary, skill:python. Left out, everything is listed.
    #[schemars(length(max = LONGEST_QUERY.0))]
    q: String,
    /// Ids of roles; a page is about either.
    #[serde(deserialize_with = "texts")]
    role: Vec<String>,
    /// Ids of kinds of sections, such as requirements, responsibilities, skills, salary, education, career-path; only
    /// what stands in them counts.
    #[serde(deserialize_with = "texts")]
    section: Vec<String>,
    /// Ids of skills, such as python or project-management; a page names all of them.
    #[serde(deserialize_with = "texts")]
    skill: Vec<String>,
    /// any: a page names one of the skills at least.
    #[schemars(extend("enum" = ["all", "any"]))]
    skill_match: String,
    /// Levels; a role is of either.
    #[serde(deserialize_with = "texts")]
    #[schemars(extend("items" = { "type": "string", "enum": [
        "intern", "junior", "mid", "senior", "lead", "manager", "director", "executive"
    ] }))]
    level: Vec<String>,
    /// Names of sources (collections of pages); a page is from either.
    #[serde(deserialize_with = "texts")]
    source: Vec<String>,
    /// Codes of languages, such as en or de; a page is in either.
    #[serde(deserialize_with = "texts")]
    language: Vec<String>,
    /// Degrees that a page names; either.
    #[serde(deserialize_with = "texts")]
    #[schemars(extend("items" = { "type": "string", "enum": [
        "secondary", "vocational", "associate", "bachelor", "master", "doctorate"
    ] }))]
    education: Vec<String>,
    /// Ids of companies that a page names; either.
    #[serde(deserialize_with = "texts")]
    company: Vec<String>,
    /// The least that the role should pay per year, in the currency.
    #[schemars(range(min = 0.0, max = HIGHEST_PAY))]
    pay_min: Option<f64>,
    /// The most.
    #[schemars(range(min = 0.0, max = HIGHEST_PAY))]
    pay_max: Option<f64>,
    /// The currency of pay_min, pay_max and of sorting by pay, such as USD; left out, the one that most pages use.
    #[schemars(extend("pattern" = "^[A-Za-z]{3}$"))]
    currency: Option<String>,
    /// The least experience that the role should take, in years.
    #[schemars(range(min = 0.0, max = LONGEST_EXPERIENCE))]
    experience_min: Option<f64>,
    /// The most: 2 finds roles for beginners.
    #[schemars(range(min = 0.0, max = LONGEST_EXPERIENCE))]
    experience_max: Option<f64>,
    /// relevance, or pay (the most first), modified (the latest first) or title; pay:asc and so on turn it round.
    sort: String,
    /// How many pages.
    #[schemars(range(min = 0, max = MOST_HITS))]
    limit: usize,
    /// How many to pass over, to go on from next_offset.
    #[schemars(range(min = 0, max = 10_000))]
    offset: usize,
    /// Counts what the pages found have, to learn the ids to filter by: role, section, skill, source, language, level,
    /// education, company.
    #[serde(deserialize_with = "texts")]
    facets: Vec<String>,
}

impl Default for Arguments {
    fn default() -> Self {
        let none = Vec::new;
        Self {
            q: String::new(),
            role: none(),
            section: none(),
            skill: none(),
            skill_match: SkillMatch::default().id().to_owned(),
            level: none(),
            source: none(),
            language: none(),
            education: none(),
            company: none(),
            pay_min: None,
            pay_max: None,
            currency: None,
            experience_min: None,
            experience_max: None,
            sort: Sort::default().to_string(),
            limit: 5,
            offset: 0,
            facets: none(),
        }
    }
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Found {
    /// The generation of the index that answered.
    generation: u64,
    /// How many pages match, filters counted in.
    pages: u64,
    /// How many of them have all the words; the others follow those.
    pages_with_all_words: u64,
    /// The question without the slips of the keyboard that it may have.
    did_you_mean: Option<String>,
    /// The best first.
    hits: Vec<Hit>,
    /// Where to go on; null where these are the last.
    next_offset: Option<usize>,
    /// By field, those that most pages have first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facets: BTreeMap<&'static str, Vec<FacetValue>>,
    /// What was odd about the call.
    warnings: Vec<String>,
    /// What was left out as the answer would have been too long.
    cut: Option<String>,
    #[serde(skip)]
    offset: usize,
}

/// A page about a role.
#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    /// What page, compare and gap take.
    id: String,
    title: String,
    role: Option<Named>,
    url: Option<String>,
    source: String,
    language: Option<String>,
    level: Option<String>,
    /// Per year, from the least to the most that the page states.
    pay: Option<Pay>,
    /// In years.
    experience: Option<Experience>,
    /// Words of the question that the page lacks.
    missing: Vec<String>,
    /// The sections that answer best.
    sections: Vec<Section>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Pay {
    currency: String,
    low: f64,
    /// Null where it is open above.
    high: Option<f64>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Experience {
    low: f64,
    /// Null where it is open above.
    high: Option<f64>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Section {
    /// Its kind, to filter by.
    id: String,
    /// Its kind for people.
    label: String,
    heading: Option<String>,
    /// Quoted word for word.
    text: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FacetValue {
    /// To filter by.
    id: String,
    label: String,
    /// How many pages filtering by it leaves.
    pages: u64,
}

impl Tool for Search {
    const NAME: &'static str = "search";
    const TITLE: &'static str = "Search career pages";
    const DESCRIPTION: &'static str = "Finds career pages by what they say, each with the sections and sentences that \
answer, what the role pays and the experience it takes. Use it to find roles (\"kubernetes leadership\"), to answer a \
question about one (\"how much does a nurse earn\"), or with filters alone (skill, level, pay_min, experience_max …) to \
list roles. Filters take ids: of one kind either counts, of different kinds all do. To learn which ids there are, ask \
with facets (for example facets: [\"skill\"], limit: 0). Few hits? Drop a filter or a word, or try did_you_mean.";
    type Arguments = Arguments;
    type Answer = Found;

    fn call(given: Arguments, searcher: &Searcher, deadline: Instant) -> Result<Found, SearchError> {
        let request = given.request().map_err(SearchError::Invalid)?;
        let request = SearchRequest { deadline: Some(deadline), ..request };
        Ok(Found::of(searcher.search(&request)?, request.offset))
    }
}

impl Arguments {
    fn request(self) -> Result<SearchRequest, Vec<Invalid>> {
        let mut invalid: Vec<Invalid> = within("limit", self.limit, 0, MOST_HITS).into_iter().collect();
        let mut facets = Vec::new();
        for name in &self.facets {
            match FacetField::from_id(name) {
                Some(field) if facets.contains(&field) => {}
                Some(field) => facets.push(field),
                None => {
                    let reason = format!("is no facet; there are {}", FacetField::names());
                    invalid.push(refused("facets", name, reason));
                }
            }
        }
        let sort = Sort::from_id(&self.sort);
        if sort.is_none() {
            invalid.push(refused("sort", &self.sort, format!("must be {}", Sort::NAMES)));
        }
        let skill_match = SkillMatch::from_id(&self.skill_match);
        if skill_match.is_none() {
            invalid.push(refused("skill_match", &self.skill_match, "must be all or any"));
        }
        let request = SearchRequest {
            q: self.q,
            role: self.role,
            section: self.section,
            skill: self.skill,
            source: self.source,
            language: self.language,
            level: self.level,
            education: self.education,
            company: self.company,
            pay: (self.pay_min, self.pay_max),
            currency: self.currency,
            experience: (self.experience_min, self.experience_max),
            skill_match: skill_match.unwrap_or_default(),
            sort: sort.unwrap_or_default(),
            limit: self.limit.min(MOST_HITS),
            offset: self.offset,
            sections_per_hit: SECTIONS,
            facets,
            facet_limit: FACET_VALUES,
            ..SearchRequest::default()
        };
        invalid.extend(request.validate().err().unwrap_or_default());
        if invalid.is_empty() { Ok(request) } else { Err(invalid) }
    }
}

impl Found {
    fn of(answer: SearchResponse, offset: usize) -> Self {
        let hits: Vec<Hit> = answer.hits.into_iter().map(Hit::of).collect();
        let next = offset + hits.len();
        let more = !hits.is_empty() && (next as u64) < answer.total.pages;
        let warnings = answer.warnings.into_iter().map(|warning| name(&warning.message));
        Self {
            generation: answer.generation,
            pages: answer.total.pages,
            pages_with_all_words: answer.total.pages_with_all,
            did_you_mean: answer.query.did_you_mean,
            hits,
            next_offset: more.then_some(next),
            facets: facets(answer.facets),
            warnings: warnings.take(MOST_LISTED).collect(),
            cut: None,
            offset,
        }
    }
}

impl Answer for Found {
    fn shorten(&mut self) -> bool {
        if self.hits.len() > 1 {
            self.hits.pop();
            self.next_offset = Some(self.offset + self.hits.len());
            self.cut = Some("further hits were left out; go on from next_offset".to_owned());
        } else if self.facets.pop_last().is_some() {
            self.cut = Some("facets were left out; ask for one at a time, with limit: 0".to_owned());
        } else {
            return false;
        }
        true
    }
}

impl Hit {
    fn of(hit: crate::search::Hit) -> Self {
        let section = |section: crate::search::SectionHit| Section {
            id: section.section.id,
            label: name(&section.section.label),
            heading: section.heading.as_deref().map(name),
            text: section.snippet.text,
        };
        Self {
            id: hit.id,
            title: name(&hit.title),
            role: hit.role.as_ref().map(Named::of),
            url: address(hit.url.as_ref()),
            source: hit.source,
            language: hit.language,
            level: hit.level.map(|level| level.id),
            pay: hit.pay.map(|PaySummary { currency, low, high }| Pay { currency, low, high }),
            experience: hit.experience.map(|ExperienceSummary { low, high }| Experience { low, high }),
            missing: hit.missing.into_iter().take(MOST_LISTED).collect(),
            sections: hit.sections.into_iter().map(section).collect(),
        }
    }
}

fn facets(facets: Facets) -> BTreeMap<&'static str, Vec<FacetValue>> {
    let value = |value: crate::search::FacetValue| FacetValue {
        id: value.id,
        label: name(&value.label),
        pages: value.pages,
    };
    let field = |(field, values): (FacetField, Vec<_>)| (field.id(), values.into_iter().map(value).collect());
    facets.0.into_iter().map(field).collect()
}
