//! `compare`: a few pages side by side.

use super::arguments::texts;
use super::facts::{Education, Experience, quoted};
use super::tool::{Answer, Tool};
use super::view::{Named, address, halve, level, name};
use crate::model::{Page, Skill, Strength};
use crate::search::{Asked, COMPARED_PAGES, Comparison, Figures, PaySpan, Row, SearchError, Searcher, facts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// The most skills of each list.
const MOST_SKILLS: usize = 50;
/// The most kinds of sections of each page.
const MOST_SECTIONS: usize = 30;

/// See [`Tool::DESCRIPTION`].
pub(super) struct Compare;

/// What is compared.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Arguments {
    /// The ids of two to five hits.
    #[serde(deserialize_with = "texts")]
    #[schemars(length(min = COMPARED_PAGES.0, max = COMPARED_PAGES.1))]
    page: Vec<String>,
}

/// Pages side by side.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Compared {
    /// The generation of the index that answered.
    generation: u64,
    /// In the order of the call.
    pages: Vec<Side>,
    /// What all pages name, the most asked for first.
    shared_skills: Vec<SkillRow>,
    /// What some of them name.
    partly_shared_skills: Vec<SkillRow>,
    /// What one of them names.
    unshared_skills: Vec<SkillRow>,
    /// What was left out.
    cut: Vec<String>,
}

/// A page.
#[derive(Debug, Serialize, JsonSchema)]
struct Side {
    id: String,
    title: String,
    role: Option<Named>,
    url: Option<String>,
    level: Option<String>,
    /// Of the page's own role, per year; null where the page does not say.
    pay: Option<Pay>,
    /// What the page says most of its own role.
    experience: Option<Experience>,
    /// The same.
    education: Option<Education>,
    /// The kinds of its sections; page reads them.
    sections: Vec<String>,
}

/// From the least to the most that a page says.
#[derive(Debug, Serialize, JsonSchema)]
struct Pay {
    currency: String,
    low: Option<f64>,
    high: Option<f64>,
    /// It may be more.
    open_above: bool,
    /// The sentences that say so, word for word.
    sentences: Vec<String>,
}

/// A skill.
#[derive(Debug, Serialize, JsonSchema)]
struct SkillRow {
    id: String,
    label: String,
    /// How much each page asks for it, in the order of pages: required, preferred, named, or null where it does not
    /// name it.
    strength: Vec<Option<Strength>>,
}

impl Tool for Compare {
    const NAME: &'static str = "compare";
    const TITLE: &'static str = "Compare career pages";
    const DESCRIPTION: &'static str = "Puts two to five pages side by side, by the ids that hits of search name: the \
skills that all, some or one of them ask for and how strongly, what each role pays per year, the experience and \
education it takes, and which sections there are. Use it for \"what is the difference between\" and \"which of these\".";
    const REQUIRED: &'static [&'static str] = &["page"];
    type Arguments = Arguments;
    type Answer = Compared;

    fn call(given: Arguments, searcher: &Searcher, _deadline: Instant) -> Result<Compared, SearchError> {
        Ok(Compared::of(&searcher.compare(&given.page)?))
    }
}

impl Compared {
    fn of(comparison: &Comparison) -> Self {
        let Comparison { generation, pages, skills, figures, .. } = comparison;
        let mut compared = Self {
            generation: *generation,
            pages: pages.iter().zip(figures).map(|(page, figures)| Side::of(page, figures)).collect(),
            shared_skills: Vec::new(),
            partly_shared_skills: Vec::new(),
            unshared_skills: Vec::new(),
            cut: Vec::new(),
        };
        let mut more = 0;
        for row in skills {
            let list = match row.pages() {
                all if all == pages.len() => &mut compared.shared_skills,
                1 => &mut compared.unshared_skills,
                _ => &mut compared.partly_shared_skills,
            };
            if list.len() < MOST_SKILLS {
                list.push(SkillRow::of(row));
            } else {
                more += 1;
            }
        }
        if more > 0 {
            compared.cut.push(format!("{more} further skills, those that are asked for least"));
        }
        compared
    }
}

impl Answer for Compared {
    fn shorten(&mut self) -> bool {
        let lists = [&mut self.unshared_skills, &mut self.partly_shared_skills, &mut self.shared_skills];
        let longest = lists.into_iter().max_by_key(|list| list.len());
        let shorter = longest.is_some_and(halve) || {
            let longest = self.pages.iter_mut().map(|page| &mut page.sections).max_by_key(|list| list.len());
            longest.is_some_and(halve)
        };
        let says = "skills or sections, for the answer to be short; page lists those of one page";
        if shorter && !self.cut.iter().any(|known| known == says) {
            self.cut.push(says.to_owned());
        }
        shorter
    }
}

impl Side {
    fn of(page: &Page, figures: &Figures) -> Self {
        let mut sections: Vec<String> = Vec::new();
        for section in &page.sections {
            if sections.len() < MOST_SECTIONS && !sections.contains(&section.kind.id) {
                sections.push(section.kind.id.clone());
            }
        }
        Self {
            id: page.id.clone(),
            title: name(&page.title),
            role: page.role.as_ref().map(Named::of),
            url: address(page.url.as_ref()),
            level: page.level.map(level),
            pay: figures.pay.as_ref().map(|span| Pay::of(page, span)),
            experience: Experience::main(page, figures),
            education: Education::main(page, figures),
            sections,
        }
    }
}

impl Pay {
    fn of(page: &Page, span: &PaySpan) -> Self {
        let mut sentences: Vec<String> = Vec::new();
        for (_, fact) in [span.low, span.high].into_iter().flatten() {
            let stated = facts(page, |section| &section.pay).nth(fact);
            let sentence = stated.and_then(|(at, pay)| quoted(page.sections.get(at)?, pay.evidence));
            sentences.extend(sentence.filter(|sentence| !sentences.contains(sentence)));
        }
        Self {
            currency: span.currency.clone(),
            low: span.low.map(|(figure, _)| figure),
            high: span.high.map(|(figure, _)| figure),
            open_above: span.open,
            sentences,
        }
    }
}

impl SkillRow {
    fn of(row: &Row<Skill, Asked>) -> Self {
        let strength = row.cells.iter().map(|cell| cell.as_ref().map(|asked| asked.strength));
        Self { id: row.name.id.clone(), label: name(&row.name.label), strength: strength.collect() }
    }
}
