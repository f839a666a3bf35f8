//! Roles that are like one: which, how much, and why.

use super::likeness::{Profile, Shared, SkillWeights};
use super::places::{PageLink, Place, in_time};
use super::skills::SkillList;
use crate::index::Snapshot;
use crate::model::{FacetField, Label, Level, Page};
use crate::search::{Invalid, MOST_COPIES, SearchError, Searcher};
use crate::text::words;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Instant;

/// The most pages that are said to be like one.
pub const MOST_SIMILAR: usize = 50;
/// The most pages that are looked at for such as have another address.
const MOST_LOOKED_AT: usize = 1_000;
/// The most shared skills and words that are named.
const MOST_REASONS: usize = 12;
/// How much the skills count of what is alike, at most: where the page names many. One that names few is known by its
/// words.
const SKILLS: f32 = 0.3;
/// So many skills count half of that.
const FEW_SKILLS: f32 = 4.0;
/// Pages that share less than this are not alike.
const LEAST: f32 = 0.02;

/// Pages like one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Similar {
    /// The page.
    pub page: PageLink,
    /// Ids of its copies, at most 20; they are left out.
    pub copies: Vec<String>,
    /// The others, the most alike first.
    pub similar: Vec<SimilarPage>,
    /// The generation of the index that answered.
    pub generation: u64,
}

/// A page like another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SimilarPage {
    /// The page.
    #[serde(flatten)]
    pub page: PageLink,
    /// The role it is about, or null.
    pub role: Option<Label>,
    /// How far up its role stands, or null.
    pub level: Option<Label>,
    /// How much it is like the other, from 0 to 1.
    pub score: f32,
    /// The skills that both name, the rarest first.
    pub skills: Vec<Label>,
    /// How many there are.
    pub skills_total: u64,
    /// Words of the title, headings and text of the other that it has too, the most telling first; not those that name
    /// the skills.
    pub words: Vec<String>,
    /// The kinds of its sections in which these stand, most first.
    pub sections: Vec<SharedSection>,
    /// Ids of its own copies, at most 20; they are not shown again.
    pub copies: Vec<String>,
}

/// A kind of section in which something stands that both pages have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedSection {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// How many of the shared skills stand there.
    pub skills: u64,
    /// How many of the shared words do.
    pub words: u64,
}

/// A page that may be shown.
struct Candidate {
    score: f32,
    place: Place,
    words: u64,
}

impl Searcher {
    /// The roles that are most like that of a page.
    ///
    /// # Errors
    /// [`SearchError`] where there is no such page, too much is asked for, or the index cannot be read.
    pub fn similar(&self, id: &str, limit: usize, deadline: Option<Instant>) -> Result<Similar, SearchError> {
        if limit > MOST_SIMILAR {
            let (parameter, value) = ("limit".to_owned(), limit.to_string());
            let reason = format!("must be a whole number from 0 to {MOST_SIMILAR}");
            return Err(SearchError::Invalid(vec![Invalid { parameter, value, reason }]));
        }
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let own = Place::of(snapshot, id)?;
        let page = own.page(snapshot)?;
        let profile = Profile::of(&page, snapshot)?;
        let skills = opened.lists.skills.get_or_init(|| SkillList::of(snapshot));
        let weights = SkillWeights::of(snapshot, own, skills.pages());
        let mut candidates = candidates(snapshot, own, &profile, &weights, deadline)?;
        let order = |a: &Candidate, b: &Candidate| {
            let of = |candidate: &Candidate| candidate.place.ordinal(snapshot);
            b.score.total_cmp(&a.score).then_with(|| of(a).cmp(&of(b)))
        };
        if candidates.len() > MOST_LOOKED_AT {
            candidates.select_nth_unstable_by(MOST_LOOKED_AT, order);
            candidates.truncate(MOST_LOOKED_AT);
        }
        candidates.sort_unstable_by(order);
        let mut copies = copies_of(snapshot, own);
        let mut similar = Vec::new();
        for candidate in candidates {
            in_time(deadline)?;
            let head = candidate.place.head(snapshot)?;
            if head.url.is_some() && head.url == page.url {
                copies.push(head.id);
                continue;
            }
            if similar.len() == limit {
                break;
            }
            similar.push(similar_page(snapshot, head, &candidate, &profile, &weights)?);
        }
        let page = PageLink::of(&page);
        Ok(Similar { page, similar, copies, generation: snapshot.state.generation })
    }
}

/// The ids of the copies of a page.
fn copies_of(snapshot: &Snapshot, place: Place) -> Vec<String> {
    let own = place.ordinal(snapshot);
    let pages = snapshot.copies.of(own).map_or(&[][..], |copies| copies.pages.as_slice());
    let others = pages.iter().filter(|copy| copy.page != own).take(MOST_COPIES);
    others.map(|copy| snapshot.pages.id(copy.page).to_owned()).collect()
}

/// The pages that share something with one, of copies the one that stands for all.
fn candidates(
    snapshot: &Snapshot,
    own: Place,
    profile: &Profile,
    weights: &SkillWeights,
    deadline: Option<Instant>,
) -> Result<Vec<Candidate>, SearchError> {
    let count = weights.count() as f32;
    let by_skills = SKILLS * count / (count + FEW_SKILLS);
    let whole = profile.weight().max(f32::MIN_POSITIVE);
    let of_own = snapshot.copies.of(own.ordinal(snapshot));
    let is_own = |place: Place| {
        let page = place.ordinal(snapshot);
        let is_copy = of_own.is_some_and(|copies| copies.pages.iter().any(|copy| copy.page == page));
        place == own || is_copy || snapshot.copies.is_later(page)
    };
    let mut candidates = Vec::new();
    for (at, segment) in snapshot.segments.iter().enumerate() {
        in_time(deadline)?;
        for (index, Shared { weight, words }) in profile.shared(snapshot, segment)?.into_iter().enumerate() {
            let skills = weights.likeness(segment.page_tags(FacetField::Skill, index));
            let score = by_skills * skills + (1.0 - by_skills) * (weight / whole).min(1.0);
            let place = Place { segment: at, index };
            if score >= LEAST && !is_own(place) {
                candidates.push(Candidate { score, place, words });
            }
        }
    }
    Ok(candidates)
}

/// A page that is shown, and why.
fn similar_page(
    snapshot: &Snapshot,
    head: Page,
    candidate: &Candidate,
    profile: &Profile,
    weights: &SkillWeights,
) -> Result<SimilarPage, SearchError> {
    let Candidate { score, place, words } = *candidate;
    let segment = &snapshot.segments[place.segment];
    let dictionary = snapshot.dictionary(FacetField::Skill);
    let shared = weights.shared(segment.page_tags(FacetField::Skill, place.index));
    let skill = |&skill: &u32| Label {
        id: dictionary.id(skill).to_owned(),
        label: dictionary.label(skill).to_owned(),
    };
    // A word of a skill that both name says nothing new.
    let named: HashSet<String> = shared.iter().flat_map(|&skill| folded(dictionary.label(skill))).collect();
    let mut written = profile.written(words);
    written.retain(|word| !folded(word).all(|word| named.contains(&word)));
    written.truncate(MOST_REASONS);
    Ok(SimilarPage {
        page: PageLink::of(&head),
        role: head.role,
        level: head.level.map(Level::label),
        score,
        skills: shared.iter().take(MOST_REASONS).map(skill).collect(),
        skills_total: shared.len() as u64,
        words: written,
        sections: sections(snapshot, place, profile, words, &shared)?,
        copies: copies_of(snapshot, place),
    })
}

fn folded(text: &str) -> impl Iterator<Item = String> {
    words(text).map(|word| word.folded.into_owned())
}

/// The kinds of sections of a page in which shared skills and words stand.
fn sections(
    snapshot: &Snapshot,
    place: Place,
    profile: &Profile,
    words: u64,
    skills: &[u32],
) -> Result<Vec<SharedSection>, SearchError> {
    let segment = &snapshot.segments[place.segment];
    // Skills and words of each kind, each counted once.
    let mut kinds: BTreeMap<u32, (BTreeSet<u32>, u64)> = BTreeMap::new();
    for (document, has) in profile.sections(snapshot, place, words)? {
        let tags = segment.section_tags(FacetField::Skill, document);
        let (of_kind, bits) = kinds.entry(segment.kind_of(document)).or_default();
        of_kind.extend(skills.iter().filter(|skill| tags.binary_search(skill).is_ok()));
        *bits |= has;
    }
    let dictionary = snapshot.dictionary(FacetField::Section);
    let section = |(kind, (skills, words)): (u32, (BTreeSet<u32>, u64))| SharedSection {
        id: dictionary.id(kind).to_owned(),
        label: dictionary.label(kind).to_owned(),
        skills: skills.len() as u64,
        words: u64::from(words.count_ones()),
    };
    let mut sections: Vec<SharedSection> = kinds.into_iter().map(section).collect();
    sections.retain(|section| section.skills + section.words > 0);
    sections.sort_by_key(|section| std::cmp::Reverse(section.skills + section.words));
    Ok(sections)
}
