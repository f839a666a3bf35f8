//! Filters and counts: what a page and its sections contribute to totals and facets, each facet without its own
//! filter where several values of it mean either.

use super::matching::{MatchedPage, MatchedSection};
use super::ranges::Ranges;
use super::request::{SearchRequest, SkillMatch};
use super::response::{FacetValue, Warning};
use crate::index::{NONE, Segment, Snapshot};
use crate::model::{FacetField, FacetScope};

/// The filters of a request as ordinals.
pub(super) struct FilterSet {
    /// By the field's place in [`FacetField::ALL`]; `None` where the field does not filter.
    values: [Option<Vec<u32>>; FacetField::COUNT],
    /// The fields that filter pages and of which several values mean either.
    either: Vec<FacetField>,
    skill_match: SkillMatch,
    /// A value that nothing has is asked for where all are needed, or no known value is left.
    impossible: [bool; FacetField::COUNT],
    ranges: Ranges,
}

impl FilterSet {
    pub(super) fn new(
        request: &SearchRequest,
        ranges: Ranges,
        snapshot: &Snapshot,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let filters_pages = |field: &FacetField| {
            !matches!(field, FacetField::Section | FacetField::Skill) && !request.filter(*field).is_empty()
        };
        let mut filters = Self {
            values: [const { None }; FacetField::COUNT],
            either: FacetField::ALL.into_iter().filter(filters_pages).collect(),
            skill_match: request.skill_match,
            impossible: [false; FacetField::COUNT],
            ranges,
        };
        for field in FacetField::ALL {
            let wanted = request.filter(field);
            if wanted.is_empty() {
                continue;
            }
            let dictionary = snapshot.dictionary(field);
            let mut known = Vec::new();
            for value in wanted {
                if let Some(ordinal) = dictionary.ordinal(&field.meant(value)) {
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

    /// Whether something passes that has these values, for a field of which several mean either.
    fn passes(&self, field: FacetField, has: &[u32]) -> bool {
        !self.impossible[field as usize]
            && self.values[field as usize]
                .as_ref()
                .is_none_or(|wanted| has.iter().any(|value| wanted.contains(value)))
    }

    fn passes_skills(&self, segment: &Segment, page: usize) -> bool {
        let field = FacetField::Skill as usize;
        let Some(wanted) = &self.values[field] else { return true };
        let skills = segment.page_tags(FacetField::Skill, page);
        let has = |skill: &u32| skills.binary_search(skill).is_ok();
        !self.impossible[field]
            && match self.skill_match {
                SkillMatch::All => wanted.iter().all(has),
                SkillMatch::Any => wanted.iter().any(has),
            }
    }

    fn passes_field(&self, field: FacetField, segment: &Segment, page: usize) -> bool {
        match field.scope() {
            FacetScope::Tags => self.passes(field, segment.page_tags(field, page)),
            _ => self.passes(field, &[segment.page_value(field, page)]),
        }
    }

    /// Whether a page passes, whatever its sections are.
    pub(super) fn passes_page(&self, segment: &Segment, page: usize) -> bool {
        self.ranges.pass(segment, page)
            && self.passes_skills(segment, page)
            && self.either.iter().all(|field| self.passes_field(*field, segment, page))
    }

    fn passes_kind(&self, segment: &Segment, section: &MatchedSection) -> bool {
        self.passes(FacetField::Section, &[segment.kind_of(section.document)])
    }

    /// The sections of a page that pass, where the page does.
    pub(super) fn sections(&self, segment: &Segment, page: &MatchedPage) -> Vec<MatchedSection> {
        page.sections.iter().filter(|section| self.passes_kind(segment, section)).copied().collect()
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
            .map(|field| wanted.contains(&field).then(|| vec![(0, 0); snapshot.dictionary(field).len()]));
        let kinds = snapshot.dictionary(FacetField::Section).len();
        Self { pages: 0, sections: 0, counts, last_page: vec![0; kinds], page: 0 }
    }

    /// Counts a page that matches; whether it passes the filters.
    pub(super) fn add(&mut self, segment: &Segment, page: &MatchedPage, filters: &FilterSet) -> bool {
        if !filters.ranges.pass(segment, page.index) || !filters.passes_skills(segment, page.index) {
            return false;
        }
        let mut failing =
            filters.either.iter().filter(|field| !filters.passes_field(**field, segment, page.index));
        let fails = failing.next().copied();
        if failing.next().is_some() {
            return false; // It is counted nowhere: a facet is without its own filter only.
        }
        if fails.is_none() {
            self.count_kinds(segment, page);
        }
        let left = filters.sections(segment, page);
        if left.is_empty() {
            return false;
        }
        for field in FacetField::ALL.into_iter().filter(|field| *field != FacetField::Section) {
            let counted = fails.is_none_or(|fails| fails == field);
            if let Some(counts) = self.counts[field as usize].as_mut().filter(|_| counted) {
                count(counts, field, segment, page.index, &left);
            }
        }
        if fails.is_some() {
            return false;
        }
        self.pages += 1;
        self.sections += left.len() as u64;
        true
    }

    /// Counts the kinds of all sections that match, whichever pass.
    fn count_kinds(&mut self, segment: &Segment, page: &MatchedPage) {
        let Some(counts) = &mut self.counts[FacetField::Section as usize] else { return };
        self.page += 1;
        for section in &page.sections {
            let kind = segment.kind_of(section.document);
            let first = std::mem::replace(&mut self.last_page[kind as usize], self.page) != self.page;
            add(counts, kind, u32::from(first), 1);
        }
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
        let dictionary = snapshot.dictionary(field);
        let value = |(value, pages, sections): (u32, u32, u32)| FacetValue {
            id: dictionary.id(value).to_owned(),
            label: dictionary.label(value).to_owned(),
            pages: u64::from(pages),
            sections: u64::from(sections),
            selected: selected.iter().any(|selected| field.meant(selected) == dictionary.id(value)),
        };
        found.into_iter().map(value).collect()
    }
}

/// Counts the values that a page and those of its sections that pass have of a field.
fn count(
    counts: &mut [(u32, u32)],
    field: FacetField,
    segment: &Segment,
    page: usize,
    left: &[MatchedSection],
) {
    if field.scope() == FacetScope::Tags {
        segment.page_tags(field, page).iter().for_each(|&tag| add(counts, tag, 1, 0));
        for section in left {
            segment.section_tags(field, section.document).iter().for_each(|&tag| add(counts, tag, 0, 1));
        }
    } else {
        add(counts, segment.page_value(field, page), 1, left.len() as u32);
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
