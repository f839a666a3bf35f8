//! One skill: the roles that ask for it, how much and where, and the skills that go with it.

use super::places::{PageLink, Place, in_time};
use super::quoted::Quoted;
use super::{quote, skills};
use crate::index::Snapshot;
use crate::model::{FacetField, Label, Level, Mention, Section, Strength};
use crate::search::{FURTHEST_OFFSET, Invalid, MOST_HITS, SearchError, Searcher};
use crate::text::words;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::Instant;

/// The most skills that are said to go with one.
const MOST_COMPANIONS: usize = 20;

/// Which skill, and how much of what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillRequest {
    /// Its id.
    pub id: String,
    /// Roles wanted, 0 to [`MOST_HITS`].
    pub limit: usize,
    /// Roles passed over, up to [`FURTHEST_OFFSET`].
    pub offset: usize,
    /// When the answer is of no use any more.
    pub deadline: Option<Instant>,
}

/// A skill.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SkillDetail {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// `language`, `tool`, `platform`, `method`, `certification`, `soft-skill`, `field`; `skill` where no vocabulary says.
    pub kind: String,
    /// How many pages name it.
    pub pages: u64,
    /// How many pages ask for it how much.
    pub strengths: Strengths,
    /// The kinds of sections that name it, those of most pages first.
    pub sections: Vec<KindCount>,
    /// The pages that ask for it most first: by how much, then those whose role is named after it, then by how many of
    /// their sections name it, then by how many of the skills that go with it they name.
    pub roles: Vec<SkillPage>,
    /// Skills that stand on the same pages more often than by chance, most first.
    pub goes_with: Vec<Companion>,
    /// The generation of the index that answered.
    pub generation: u64,
}

/// How many pages ask for a skill how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Strengths {
    /// Ask for it.
    pub required: u64,
    /// Say that it is a plus.
    pub preferred: u64,
    /// Name it.
    pub named: u64,
}

/// A kind of section and how many have something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindCount {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// Pages.
    pub pages: u64,
    /// Their sections.
    pub sections: u64,
}

/// A page that names the skill.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SkillPage {
    /// The page.
    #[serde(flatten)]
    pub page: PageLink,
    /// The role it is about, or null.
    pub role: Option<Label>,
    /// How far up its role stands, or null.
    pub level: Option<Label>,
    /// How much it asks for the skill where it asks for it most.
    pub strength: Strength,
    /// The sections that name it, in order.
    pub sections: Vec<SkillSection>,
}

/// A section that names the skill.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SkillSection {
    /// Where it asks for it most.
    #[serde(flatten)]
    pub at: Quoted,
    /// How much it asks for it there.
    pub strength: Strength,
}

/// A skill that goes with another.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Companion {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// What kind of skill it is.
    pub kind: String,
    /// How many pages name both.
    pub pages: u64,
    /// How much it goes with the other, up to 1; what chance would give is 0.
    pub score: f32,
}

impl Searcher {
    /// What the index knows of a skill; none where no page names it.
    ///
    /// # Errors
    /// [`SearchError`] where something is out of its limits or the index cannot be read.
    pub fn skill(&self, request: &SkillRequest) -> Result<Option<SkillDetail>, SearchError> {
        let mut invalid = Vec::new();
        for (name, value, most) in
            [("limit", request.limit, MOST_HITS), ("offset", request.offset, FURTHEST_OFFSET)]
        {
            if value > most {
                let (parameter, value) = (name.to_owned(), value.to_string());
                let reason = format!("must be a whole number from 0 to {most}");
                invalid.push(Invalid { parameter, value, reason });
            }
        }
        if !invalid.is_empty() {
            return Err(SearchError::Invalid(invalid));
        }
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let dictionary = snapshot.dictionary(FacetField::Skill);
        let Some(skill) = dictionary.ordinal(&request.id) else { return Ok(None) };
        let mut having = pages_with(snapshot, skill);
        in_time(request.deadline)?;
        let companions = companions(snapshot, skill, &having);
        let goes_with = companions.iter().map(|&(other, pages, score)| {
            let (id, label) = (dictionary.id(other).to_owned(), dictionary.label(other).to_owned());
            Companion { kind: skills::kind(&opened.vocabulary, &id), id, label, pages, score }
        });
        let goes_with = goes_with.collect();
        let mut strengths = Strengths::default();
        for page in &having {
            match page.strength {
                Strength::Required => strengths.required += 1,
                Strength::Preferred => strengths.preferred += 1,
                Strength::Named => strengths.named += 1,
            }
        }
        let sections = kinds(snapshot, skill, &having);
        let pages = having.len() as u64;
        let named_after = roles_named_after(snapshot, dictionary.label(skill));
        having.sort_by_cached_key(|page| {
            let Place { segment, index } = page.place;
            let segment = &snapshot.segments[segment];
            let named = named_after.binary_search(&segment.page_value(FacetField::Role, index)).is_ok();
            let skills = segment.page_tags(FacetField::Skill, index);
            let company = companions.iter().filter(|(other, ..)| skills.binary_search(other).is_ok());
            let most = (page.strength, named, page.sections.len(), company.count());
            (Reverse(most), page.place.ordinal(snapshot))
        });
        let shown = having.iter().skip(request.offset).take(request.limit);
        let roles = shown
            .map(|having| {
                in_time(request.deadline)?;
                page(snapshot, having, &request.id)
            })
            .collect::<Result<_, SearchError>>()?;
        Ok(Some(SkillDetail {
            id: request.id.clone(),
            label: dictionary.label(skill).to_owned(),
            kind: skills::kind(&opened.vocabulary, &request.id),
            pages,
            strengths,
            sections,
            roles,
            goes_with,
            generation: snapshot.state.generation,
        }))
    }
}

/// A page that has a skill.
struct Having {
    place: Place,
    strength: Strength,
    /// The sections that name it, counted from 0.
    sections: Vec<u32>,
}

fn pages_with(snapshot: &Snapshot, skill: u32) -> Vec<Having> {
    let having = |place: Place| {
        let segment = &snapshot.segments[place.segment];
        let skills = segment.page_tags(FacetField::Skill, place.index);
        let at = skills.binary_search(&skill).ok()?;
        let (_, strength) = segment.page_skills(place.index).nth(at)?;
        let page = segment.pages[place.index];
        let names =
            |document: &u32| segment.section_tags(FacetField::Skill, *document).binary_search(&skill).is_ok();
        let sections = (page.first..page.end).filter(names).map(|document| document - page.first).collect();
        Some(Having { place, strength, sections })
    };
    Place::all(snapshot).filter_map(having).collect()
}

/// The skills that go with one, how many pages name both, and how much: the correlation φ of the two over the pages of
/// the index, which is 0 for what stands on all of them, discounted where it rests on few pages (Pantel and Lin,
/// "Discovering word senses from text", 2002).
fn companions(snapshot: &Snapshot, skill: u32, having: &[Having]) -> Vec<(u32, u64, f32)> {
    let known = snapshot.dictionary(FacetField::Skill).len();
    let (mut all, mut both) = (vec![0_u64; known], vec![0_u64; known]);
    let count = |counts: &mut [u64], Place { segment, index }: Place| {
        for &other in snapshot.segments[segment].page_tags(FacetField::Skill, index) {
            counts[other as usize] += 1;
        }
    };
    Place::all(snapshot).for_each(|place| count(&mut all, place));
    having.iter().for_each(|page| count(&mut both, page.place));
    let (total, with) = (snapshot.pages.len() as f64, having.len() as f64);
    let score = |other: u32| {
        let (together, of_other) = (both[other as usize] as f64, all[other as usize] as f64);
        let spread = (with * (total - with) * of_other * (total - of_other)).sqrt();
        let phi = (total * together - with * of_other) / spread;
        let fewest = with.min(of_other);
        (phi * together / (together + 1.0) * fewest / (fewest + 1.0)) as f32
    };
    let others = (0..).take(known).filter(|&other| other != skill && both[other as usize] > 0);
    let mut found: Vec<(u32, u64, f32)> =
        others.map(|other| (other, both[other as usize], score(other))).collect();
    found.retain(|(_, _, score)| *score > 0.0);
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    found.truncate(MOST_COMPANIONS);
    found
}

/// The kinds of sections that name a skill.
fn kinds(snapshot: &Snapshot, skill: u32, having: &[Having]) -> Vec<KindCount> {
    let mut counts: HashMap<u32, (u64, u64)> = HashMap::new();
    for Having { place, .. } in having {
        let segment = &snapshot.segments[place.segment];
        let page = segment.pages[place.index];
        let mut of_page: Vec<u32> = (page.first..page.end)
            .filter(|&document| segment.section_tags(FacetField::Skill, document).contains(&skill))
            .map(|document| segment.kind_of(document))
            .collect();
        of_page.iter().for_each(|&kind| counts.entry(kind).or_default().1 += 1);
        of_page.sort_unstable();
        of_page.dedup();
        of_page.into_iter().for_each(|kind| counts.entry(kind).or_default().0 += 1);
    }
    let dictionary = snapshot.dictionary(FacetField::Section);
    let kind = |(kind, (pages, sections)): (u32, (u64, u64))| KindCount {
        id: dictionary.id(kind).to_owned(),
        label: dictionary.label(kind).to_owned(),
        pages,
        sections,
    };
    let mut kinds: Vec<KindCount> = counts.into_iter().map(kind).collect();
    kinds.sort_by(|a, b| (b.pages, b.sections, &a.id).cmp(&(a.pages, a.sections, &b.id)));
    kinds
}

/// The roles whose names have the words of a skill's name, in order.
fn roles_named_after(snapshot: &Snapshot, skill: &str) -> Vec<u32> {
    let of = |text: &str| -> Vec<String> { words(text).map(|word| word.folded.into_owned()).collect() };
    let name = of(skill);
    let dictionary = snapshot.dictionary(FacetField::Role);
    let has = |role: &u32| {
        !name.is_empty() && of(dictionary.label(*role)).windows(name.len()).any(|words| words == name)
    };
    (0..).take(dictionary.len()).filter(has).collect()
}

/// A page that is shown: only the sections that name the skill are read.
fn page(snapshot: &Snapshot, having: &Having, skill: &str) -> Result<SkillPage, SearchError> {
    let head = having.place.head(snapshot)?;
    let mut sections = Vec::with_capacity(having.sections.len());
    for &index in &having.sections {
        let section = having.place.section(snapshot, index)?;
        sections.extend(section.and_then(|section| section_with(&section, index as usize, skill)));
    }
    Ok(SkillPage {
        page: PageLink::of(&head),
        role: head.role,
        level: head.level.map(Level::label),
        strength: having.strength,
        sections,
    })
}

/// Where a section asks for a skill most; a sentence says it better than a heading.
fn section_with(section: &Section, index: usize, skill: &str) -> Option<SkillSection> {
    let of_skill = |mention: &&Mention| {
        section.skills.get(usize::from(mention.skill)).is_some_and(|known| known.id == skill)
    };
    let says = |mention: &Mention| (mention.strength, mention.block.is_some());
    let mentions = section.mentions.iter().filter(of_skill);
    // The first of those that say most.
    let most = mentions.reduce(|most, next| if says(next) > says(most) { next } else { most })?;
    let named = most.start as usize..most.end as usize;
    let label = &section.skills.get(usize::from(most.skill))?.label;
    let evidence = quote::around(section, most.block, named);
    Some(SkillSection { at: Quoted::of(section, index, evidence, label), strength: most.strength })
}
