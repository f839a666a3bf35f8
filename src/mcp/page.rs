//! `page`: a page as it was understood, its facts first and its text as Markdown.

use super::arguments::{refused, texts, within};
use super::facts::{Education, Experience, Pay};
use super::markdown;
use super::tool::{Answer, Tool};
use super::view::{Named, address, clipped, halve, level, name};
use crate::model::{self, Page, Strength};
use crate::search::{Asked, SearchError, Searcher, facts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// How much text is given, in characters.
const TEXT: (usize, usize) = (200, 20_000);
/// The most facts of a kind, skills of a strength, and names of any kind that are listed.
const MOST_FACTS: usize = 8;
const MOST_SKILLS: usize = 40;
const MOST_NAMES: usize = 30;
/// The most sections.
const MOST_SECTIONS: usize = 60;
/// A text that is cut below this, in bytes, is left out.
const SHORTEST_TEXT: usize = 400;

/// See [`Tool::DESCRIPTION`].
pub(super) struct ReadPage;

/// What is read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Arguments {
    /// The id of a hit.
    id: String,
    /// Only sections of these kinds, such as requirements or salary; a hit's sections and other_sections name them.
    #[serde(deserialize_with = "texts")]
    section: Vec<String>,
    /// How much text of the sections is given, in characters.
    #[schemars(range(min = TEXT.0, max = TEXT.1))]
    max_chars: usize,
}

impl Default for Arguments {
    fn default() -> Self {
        Self { id: String::new(), section: Vec::new(), max_chars: 10_000 }
    }
}

/// A page.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Read {
    /// The generation of the index that answered.
    generation: u64,
    id: String,
    title: String,
    role: Option<Named>,
    url: Option<String>,
    source: String,
    language: Option<String>,
    /// When the page says that it was changed.
    modified: Option<String>,
    level: Option<String>,
    /// The steps of the career that the page describes, in its order.
    career: Vec<Step>,
    pay: Vec<Pay>,
    experience: Vec<Experience>,
    education: Vec<Education>,
    companies: Vec<Named>,
    skills: Skills,
    /// In the order of the page.
    sections: Vec<Section>,
    /// Kinds of the sections whose text is not given here, or not whole.
    other_sections: Vec<String>,
    /// Titles of other roles that the page points to.
    related: Vec<String>,
    /// What was left out, and how to get it.
    cut: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Step {
    title: String,
    /// It is the page's own role.
    own: bool,
}

/// Skills by how much they are asked for, those that more of the page speaks of first.
#[derive(Debug, Serialize, JsonSchema)]
struct Skills {
    /// Asked for.
    required: Vec<Named>,
    /// A plus.
    preferred: Vec<Named>,
    /// Only named.
    named: Vec<Named>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Section {
    /// Its kind.
    id: String,
    label: String,
    /// Word for word, with its headings.
    markdown: String,
    /// Its text is all here.
    whole: bool,
}

impl Tool for ReadPage {
    const NAME: &'static str = "page";
    const TITLE: &'static str = "Read a career page";
    const DESCRIPTION: &'static str = "Reads one page whose id a hit of search names: the facts that it states (pay, \
experience, education, companies, steps of the career), each with its sentence, its skills by how strongly they are \
asked for, and its text as Markdown. Ask with section (for example [\"salary\"]) for what you need of a long page: cut \
says what was left out, other_sections where it is.";
    const REQUIRED: &'static [&'static str] = &["id"];
    type Arguments = Arguments;
    type Answer = Read;

    fn call(given: Arguments, searcher: &Searcher, _deadline: Instant) -> Result<Read, SearchError> {
        let mut invalid: Vec<_> = within("max_chars", given.max_chars, TEXT.0, TEXT.1).into_iter().collect();
        if given.id.is_empty() {
            invalid.push(refused("id", "", "is missing: the id of a page, as hits of search name it"));
        }
        if !invalid.is_empty() {
            return Err(SearchError::Invalid(invalid));
        }
        let (page, generation) = searcher.page_and_generation(&given.id)?;
        let page = page.ok_or_else(|| SearchError::UnknownPages(vec![given.id.clone()]))?;
        Ok(Read::of(&page, generation, &given))
    }
}

impl Read {
    fn of(page: &Page, generation: u64, given: &Arguments) -> Self {
        let mut cut = Vec::new();
        let pay = listed(page, |section| &section.pay, Pay::of, "pay", &mut cut);
        let experience = listed(page, |section| &section.experience, Experience::of, "experience", &mut cut);
        let education = listed(page, |section| &section.education, Education::of, "education", &mut cut);
        let mut read = Self {
            generation,
            id: page.id.clone(),
            title: name(&page.title),
            role: page.role.as_ref().map(Named::of),
            url: address(page.url.as_ref()),
            source: page.source.clone(),
            language: page.language.clone(),
            modified: page.modified.as_deref().map(name),
            level: page.level.map(level),
            career: page.ladder.iter().take(MOST_NAMES).map(Step::of).collect(),
            pay,
            experience,
            education,
            companies: companies(page),
            skills: Skills::of(&Asked::by(page), &mut cut),
            sections: Vec::new(),
            other_sections: Vec::new(),
            related: page.related.iter().take(MOST_NAMES).map(|role| name(&role.title)).collect(),
            cut,
        };
        read.write(page, given);
        read
    }

    /// The text of the sections that are wanted, as far as it may go.
    fn write(&mut self, page: &Page, given: &Arguments) {
        let mut left = given.max_chars;
        let is_wanted = |kind: &str| given.section.is_empty() || given.section.iter().any(|one| one == kind);
        for section in &page.sections {
            if !is_wanted(&section.kind.id) || left == 0 || self.sections.len() == MOST_SECTIONS {
                if is_wanted(&section.kind.id) {
                    self.was_cut();
                }
                self.is_elsewhere(&section.kind.id);
                continue;
            }
            let text = markdown::of(section, 4 * left);
            let end = text.char_indices().nth(left).map(|(end, _)| end);
            left -= text[..end.unwrap_or(text.len())].chars().count();
            if end.is_some() {
                self.was_cut();
                self.is_elsewhere(&section.kind.id);
            }
            self.sections.push(Section {
                id: section.kind.id.clone(),
                label: name(&section.kind.label),
                markdown: clipped(&text, end.unwrap_or(text.len())),
                whole: end.is_none(),
            });
        }
        let has = |kind: &String| page.sections.iter().any(|section| section.kind.id == *kind);
        for kind in given.section.iter().filter(|kind| !has(kind)).take(MOST_FACTS) {
            self.cut.push(format!("the page has no section of the kind {:?}", name(kind)));
        }
    }

    fn was_cut(&mut self) {
        let says = "text was left out: ask for it by section, or with a greater max_chars";
        if !self.cut.iter().any(|known| known == says) {
            self.cut.push(says.to_owned());
        }
    }

    fn is_elsewhere(&mut self, kind: &str) {
        if self.other_sections.len() < MOST_NAMES && !self.other_sections.iter().any(|known| known == kind) {
            self.other_sections.push(kind.to_owned());
        }
    }
}

impl Answer for Read {
    fn shorten(&mut self) -> bool {
        if let Some(mut last) = self.sections.pop() {
            self.was_cut();
            self.is_elsewhere(&last.id);
            if last.markdown.len() >= SHORTEST_TEXT {
                last.markdown = clipped(&last.markdown, last.markdown.len() / 2);
                last.whole = false;
                self.sections.push(last);
            }
            return true;
        }
        let Skills { required, preferred, named } = &mut self.skills;
        halve(named)
            || halve(preferred)
            || halve(required)
            || halve(&mut self.other_sections)
            || halve(&mut self.related)
            || halve(&mut self.companies)
            || halve(&mut self.career)
            || halve(&mut self.education)
            || halve(&mut self.experience)
            || halve(&mut self.pay)
    }
}

impl Step {
    fn of(step: &model::Step) -> Self {
        Self { title: name(&step.title), own: step.own }
    }
}

impl Skills {
    fn of(asked: &[Asked], cut: &mut Vec<String>) -> Self {
        let mut of = |strength: Strength, says: &str| {
            let all = || asked.iter().filter(|asked| asked.strength == strength);
            let more = all().count().saturating_sub(MOST_SKILLS);
            if more > 0 {
                cut.push(format!("{more} further skills that are {says}"));
            }
            all().take(MOST_SKILLS).map(|asked| Named::of(&asked.skill.label())).collect()
        };
        Self {
            required: of(Strength::Required, "required"),
            preferred: of(Strength::Preferred, "preferred"),
            named: of(Strength::Named, "named"),
        }
    }
}

/// The first facts of a kind.
fn listed<'p, T: 'p, V>(
    page: &'p Page,
    of: impl Fn(&'p model::Section) -> &'p [T] + 'p,
    view: impl Fn((&'p model::Section, &'p T)) -> V,
    says: &str,
    cut: &mut Vec<String>,
) -> Vec<V> {
    let mut all = facts(page, of);
    let first = all.by_ref().take(MOST_FACTS).map(|(at, fact)| view((&page.sections[at], fact))).collect();
    let more = all.count();
    if more > 0 {
        cut.push(format!("{more} further statements about {says}: they stand in the text"));
    }
    first
}

fn companies(page: &Page) -> Vec<Named> {
    let mut known: Vec<&model::Label> = Vec::new();
    for (_, company) in facts(page, |section| &section.companies) {
        if known.len() < MOST_NAMES && !known.contains(&&company.name) {
            known.push(&company.name);
        }
    }
    known.into_iter().map(Named::of).collect()
}
