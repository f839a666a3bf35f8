//! Filters and counts: what a page and its sections contribute to totals and facets, each facet without its own
//! filter where several values of it mean either.

use super::matching::{MatchedPage, MatchedSection};
use super::request::{SearchRequest, SkillMatch};
use super::response::{FacetValue, Warning};
use crate::index::{Dictionary, NONE, Segment, SegmentPage, Snapshot};
use crate::model::{FacetField, Language};

/// The fields of which a page has one value, and where it is.
const OF_PAGES: [(FacetField, fn(&SegmentPage) -> u32); 3] = [
    (FacetField::Role, |page| page.role),
    (FacetField::Source, |page| page.source),
    (FacetField::Language, |page| page.language),
];

/// The filters of a request as ordinals.
pub(super) struct FilterSet {
    /// By the field's place in [`FacetField::ALL`]; `None` where the field does not filter.
    values: [Option<Vec<u32>>; FacetField::COUNT],
    skill_match: SkillMatch,
    /// A value that nothing has is asked for where all are needed, or no known value is left.
    impossible: [bool; FacetField::COUNT],
}

impl FilterSet {
    pub(super) fn new(request: &SearchRequest, snapshot: &Snapshot, warnings: &mut Vec<Warning>) -> Self {
        let mut filters = Self {
            values: [const { None }; FacetField::COUNT],
            skill_match: request.skill_match,
            impossible: [false; FacetField::COUNT],
        };
        for field in FacetField::ALL {
            let wanted = request.filter(field);
            if wanted.is_empty() {
                continue;
            }
            let dictionary = dictionary(snapshot, field);
            let mut known = Vec::new();
            for value in wanted {
                let ordinal = match field {
                    FacetField::Language => dictionary.ordinal(&Language::label(value).id),
                    _ => dictionary.ordinal(value),
                };
                if let Some(ordinal) = ordinal {
                    known.push(ordinal);
                } else {
                    let message =
                        format!("no page has the {} {value:?}; facets list the values there are", field.id());
                    warnings.push(Warning::new("unknown_value", message, field.id()));
                    filters.impossible[field as usize] |=
                        field == FacetField::Skill && request.skill_match == SkillMatch::All;
                }
            }
            filters.impossible[field as usize] |= known.is_empty();
            known.sort_unstable();
            known.dedup();
            filters.values[field as usize] = Some(known);
        }
        filters
    }

    fn passes_value(&self, field: FacetField, value: u32) -> bool {
        !self.impossible[field as usize]
            && self.values[field as usize].as_ref().is_none_or(|values| values.contains(&value))
    }

    fn passes_skills(&self, skills: &[u32]) -> bool {
        let field = FacetField::Skill as usize;
        let Some(wanted) = &self.values[field] else { return true };
        let has = |skill: &u32| skills.binary_search(skill).is_ok();
        !self.impossible[field]
            && match self.skill_match {
                SkillMatch::All => wanted.iter().all(has),
                SkillMatch::Any => wanted.iter().any(has),
            }
    }

    /// The sections of a page that pass, where the page does.
    pub(super) fn sections(&self, segment: &Segment, page: &MatchedPage) -> Vec<MatchedSection> {
        let kind = |section: &&MatchedSection| {
            self.passes_value(FacetField::Section, segment.kind_of[section.document as usize])
        };
        page.sections.iter().filter(kind).copied().collect()
    }
}

/// The dictionary of a field.
pub(super) fn dictionary(snapshot: &Snapshot, field: FacetField) -> &Dictionary {
    match field {
        FacetField::Role => &snapshot.roles,
        FacetField::Section => &snapshot.kinds,
        FacetField::Skill => &snapshot.skills,
        FacetField::Source => &snapshot.sources,
        FacetField::Language => &snapshot.languages,
    }
}

/// Totals and facet counts over the pages that were added.
pub(super) struct Tally {
    pub(super) pages: u64,
    pub(super) sections: u64,
    /// Pages and sections by ordinal, for each field that is wanted.
    counts: [Option<Vec<(u32, u32)>>; FacetField::COUNT],
    /// For each kind of section the number of the page that had it last, and the number of this page.
    last_page: Vec<u64>,
    page: u64,
}

impl Tally {
    pub(super) fn new(wanted: &[FacetField], snapshot: &Snapshot) -> Self {
        let counts = FacetField::ALL
            .map(|field| wanted.contains(&field).then(|| vec![(0, 0); dictionary(snapshot, field).len()]));
        Self { pages: 0, sections: 0, counts, last_page: vec![0; snapshot.kinds.len()], page: 0 }
    }

    /// Counts a page that matches; whether it passes the filters.
    pub(super) fn add(&mut self, segment: &Segment, page: &MatchedPage, filters: &FilterSet) -> bool {
        let place = &segment.pages[page.index];
        let skills = segment.page_skills(page.index);
        let mut failing =
            OF_PAGES.iter().filter(|(field, value)| !filters.passes_value(*field, value(place)));
        let fails = failing.next().map(|(field, _)| *field);
        if !filters.passes_skills(skills) || failing.next().is_some() {
            return false; // It is counted nowhere: a facet is without its own filter only.
        }
        let kind_of = |section: &MatchedSection| segment.kind_of[section.document as usize];
        let passes = |section: &&MatchedSection| filters.passes_value(FacetField::Section, kind_of(section));
        let left = page.sections.iter().filter(passes).count() as u32;
        if fails.is_none()
            && let Some(counts) = &mut self.counts[FacetField::Section as usize]
        {
            self.page += 1;
            for section in &page.sections {
                let kind = kind_of(section);
                let first = std::mem::replace(&mut self.last_page[kind as usize], self.page) != self.page;
                add(counts, kind, u32::from(first), 1);
            }
        }
        if left == 0 {
            return false;
        }
        for (field, value) in OF_PAGES.iter().filter(|(field, _)| fails.is_none_or(|fails| fails == *field)) {
            if let Some(counts) = &mut self.counts[*field as usize] {
                add(counts, value(place), 1, left);
            }
        }
        if fails.is_some() {
            return false;
        }
        if let Some(counts) = &mut self.counts[FacetField::Skill as usize] {
            skills.iter().for_each(|&skill| add(counts, skill, 1, 0));
            for section in page.sections.iter().filter(passes) {
                segment.skills(section.document).iter().for_each(|&skill| add(counts, skill, 0, 1));
            }
        }
        self.pages += 1;
        self.sections += u64::from(left);
        true
    }

    /// Adds what another tally counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        self.sections += other.sections;
        for (counts, others) in self.counts.iter_mut().zip(&other.counts) {
            if let (Some(counts), Some(others)) = (counts, others) {
                for (count, other) in counts.iter_mut().zip(others) {
                    count.0 += other.0;
                    count.1 += other.1;
                }
            }
        }
    }

    /// The values of a field that count anything, by count and then id, at most `limit`.
    pub(super) fn values(
        &self,
        field: FacetField,
        limit: usize,
        selected: &[String],
        snapshot: &Snapshot,
    ) -> Vec<FacetValue> {
        let Some(counts) = &self.counts[field as usize] else { return Vec::new() };
        let mut found: Vec<(u32, u32, u32)> = (0_u32..)
            .zip(counts)
            .filter(|(_, (pages, sections))| pages + sections > 0)
            .map(|(value, &(p, s))| (value, p, s))
            .collect();
        let order = |&(value, pages, sections): &(u32, u32, u32)| {
            let count = if field == FacetField::Section { sections } else { pages };
            (std::cmp::Reverse(count), value)
        };
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by_key(limit - 1, order);
        }
        found.truncate(limit);
        found.sort_unstable_by_key(order);
        let dictionary = dictionary(snapshot, field);
        let value = |(value, pages, sections): (u32, u32, u32)| FacetValue {
            id: dictionary.id(value).to_owned(),
            label: dictionary.label(value).to_owned(),
            pages: u64::from(pages),
            sections: u64::from(sections),
            selected: selected.iter().any(|selected| is_of(field, selected, dictionary.id(value))),
        };
        found.into_iter().map(value).collect()
    }
}

/// Whether what a request filters by is this value; a language may be given as any tag of it.
fn is_of(field: FacetField, selected: &str, id: &str) -> bool {
    match field {
        FacetField::Language => Language::label(selected).id == id,
        _ => selected == id,
    }
}

fn add(counts: &mut [(u32, u32)], value: u32, pages: u32, sections: u32) {
    if value != NONE
        && let Some(count) = counts.get_mut(value as usize)
    {
        count.0 += pages;
        count.1 += sections;
    }
}
