//! Filters and counts: what a page and its sections contribute to totals and facets, each facet without its own
//! filter where several values of it mean either.

use super::facet_query;
use super::histogram::{Counts, HistogramField};
use super::matched::{MatchedPage, MatchedSection};
use super::ranges::Ranges;
use super::request::{SearchRequest, SkillMatch};
use super::response::{FacetValue, Histograms, Warning};
use crate::index::{CopyGroup, CopyPlace, NONE, Segment, Snapshot};
use crate::model::FacetField;

/// A page that matches; it stands for its copies, which say the same and differ in nothing but their source.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    pub(super) segment: &'a Segment,
    pub(super) page: &'a MatchedPage,
    pub(super) copies: Option<&'a CopyGroup>,
}

impl<'a> Counted<'a> {
    /// The ordinals of the values that the page has of a field that is not of sections.
    fn values(&self, field: FacetField) -> &'a [u32] {
        match self.copies {
            Some(copies) if field == FacetField::Source => &copies.sources,
            _ => self.segment.page_values(field, self.page.index),
        }
    }
}

/// What is counted without its own filter.
#[derive(Clone, Copy, PartialEq)]
enum Own {
    Facet(FacetField),
    Histogram(HistogramField),
}

/// The filters of a request as ordinals.
pub(super) struct FilterSet {
    /// By the field's place in [`FacetField::ALL`]; `None` where the field does not filter.
    values: [Option<Vec<u32>>; FacetField::COUNT],
    /// The filters of pages without which something is counted: fields of which several values mean either, and ranges.
    own: Vec<Own>,
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
        let facets = FacetField::ALL.into_iter().filter(filters_pages).map(Own::Facet);
        let mut filters = Self {
            values: [const { None }; FacetField::COUNT],
            own: facets.chain(ranges.fields().map(Own::Histogram)).collect(),
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

    fn passes_skills(&self, page: Counted<'_>) -> bool {
        let field = FacetField::Skill as usize;
        let Some(wanted) = &self.values[field] else { return true };
        let skills = page.values(FacetField::Skill);
        let has = |skill: &u32| skills.binary_search(skill).is_ok();
        !self.impossible[field]
            && match self.skill_match {
                SkillMatch::All => wanted.iter().all(has),
                SkillMatch::Any => wanted.iter().any(has),
            }
    }

    fn passes_own(&self, own: Own, page: Counted<'_>) -> bool {
        match own {
            Own::Facet(field) => self.passes(field, page.values(field)),
            Own::Histogram(field) => self.ranges.pass(field, page.segment, page.page.index),
        }
    }

    /// Whether everything passes.
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.values.iter().all(Option::is_none)
    }

    /// Whether a page passes, and one of its sections.
    pub(super) fn pass(&self, page: Counted<'_>) -> bool {
        self.passes_page(page) && self.sections(page.segment, page.page).next().is_some()
    }

    /// The copies of a page that pass, where the page does.
    pub(super) fn copies<'c>(&self, copies: &'c CopyGroup) -> impl Iterator<Item = &'c CopyPlace> {
        copies.pages.iter().filter(|copy| self.passes(FacetField::Source, &[copy.source]))
    }

    /// Whether a page passes, whatever its sections are.
    pub(super) fn passes_page(&self, page: Counted<'_>) -> bool {
        self.passes_skills(page) && self.own.iter().all(|own| self.passes_own(*own, page))
    }

    /// The sections of a page that pass, where the page does.
    pub(super) fn sections<'p>(
        &self,
        segment: &Segment,
        page: &'p MatchedPage,
    ) -> impl Iterator<Item = &'p MatchedSection> + Clone {
        let kind = FacetField::Section;
        let filters = self.values[kind as usize].is_some();
        let passes = move |section: &&MatchedSection| {
            !filters || self.passes(kind, &[segment.kind_of(section.document)])
        };
        page.sections.iter().filter(passes)
    }
}

/// Totals and counts over the pages that were added.
#[derive(Clone)]
pub(super) struct Tally {
    pub(super) pages: u64,
    pub(super) sections: u64,
    /// Pages and sections by ordinal, for each field that is wanted.
    counts: [Option<Vec<(u32, u32)>>; FacetField::COUNT],
    /// The fields that are wanted, but for that of sections.
    fields: Vec<FacetField>,
    histograms: Vec<Counts>,
    /// For each kind of section the number of the page that had it last, and the number of this page.
    last_page: Vec<u64>,
    page: u64,
}

impl Tally {
    pub(super) fn new(wanted: &[FacetField], histograms: Vec<Counts>, snapshot: &Snapshot) -> Self {
        let counts = FacetField::ALL
            .map(|field| wanted.contains(&field).then(|| vec![(0, 0); snapshot.dictionary(field).len()]));
        let kinds = snapshot.dictionary(FacetField::Section).len();
        let is_wanted = |field: &FacetField| *field != FacetField::Section && wanted.contains(field);
        let fields = FacetField::ALL.into_iter().filter(is_wanted).collect();
        Self { pages: 0, sections: 0, counts, fields, histograms, last_page: vec![0; kinds], page: 0 }
    }

    /// Counts a page that matches; whether it passes the filters.
    pub(super) fn add(&mut self, page: Counted<'_>, filters: &FilterSet) -> bool {
        if !filters.passes_skills(page) {
            return false;
        }
        let mut failing = filters.own.iter().filter(|own| !filters.passes_own(**own, page));
        let fails = failing.next().copied();
        if failing.next().is_some() {
            return false; // It is counted nowhere: what is counted is without its own filter only.
        }
        if fails.is_none() {
            self.count_kinds(page.segment, page.page);
        }
        let left = filters.sections(page.segment, page.page);
        let sections = left.clone().count() as u32;
        if sections == 0 {
            return false;
        }
        for &field in &self.fields {
            let counted = fails.is_none_or(|fails| fails == Own::Facet(field));
            if let Some(counts) = self.counts[field as usize].as_mut().filter(|_| counted) {
                count(counts, field, page, (left.clone(), sections));
            }
        }
        for counts in &mut self.histograms {
            if fails.is_none_or(|fails| fails == Own::Histogram(counts.field)) {
                counts.add(page.segment, page.page.index);
            }
        }
        if fails.is_some() {
            return false;
        }
        self.pages += 1;
        self.sections += u64::from(sections);
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

    /// Adds what another tally counted of the same.
    pub(super) fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        self.sections += other.sections;
        for counts in &mut self.histograms {
            let field = counts.field;
            let others = other.histograms.iter().find(|others| others.field == field);
            others.into_iter().for_each(|others| counts.merge(others));
        }
        for (counts, others) in self.counts.iter_mut().zip(&other.counts) {
            if let (Some(counts), Some(others)) = (counts, others) {
                for (count, other) in counts.iter_mut().zip(others) {
                    count.0 += other.0;
                    count.1 += other.1;
                }
            }
        }
    }

    /// Takes each count for another.
    pub(super) fn scale(&mut self, scaled: impl Fn(u64) -> u64) {
        self.pages = scaled(self.pages);
        self.sections = scaled(self.sections);
        self.histograms.iter_mut().for_each(|counts| counts.scale(&scaled));
        let scaled = |count: u32| u32::try_from(scaled(count.into())).unwrap_or(u32::MAX);
        for count in self.counts.iter_mut().flatten().flatten() {
            *count = (scaled(count.0), scaled(count.1));
        }
    }

    /// The histograms that are wanted.
    pub(super) fn histograms(&self, wanted: &[HistogramField]) -> Histograms {
        let of = |field: &HistogramField| self.histograms.iter().find(|counts| counts.field == *field);
        Histograms(wanted.iter().filter_map(of).map(|counts| (counts.field, counts.histogram())).collect())
    }

    /// The values of a field that count anything and are named as is asked, by count and then id, as many as are wanted.
    pub(super) fn values(
        &self,
        field: FacetField,
        request: &SearchRequest,
        snapshot: &Snapshot,
    ) -> Vec<FacetValue> {
        let Some(counts) = &self.counts[field as usize] else { return Vec::new() };
        let (limit, selected) = (request.facet_limit, request.filter(field));
        let dictionary = snapshot.dictionary(field);
        let named = request.facet_query_of(field).map(|text| facet_query::named(text, dictionary));
        let order = |&(value, pages, sections): &(u32, u32, u32)| {
            let count = if field == FacetField::Section { sections } else { pages };
            (std::cmp::Reverse(count), value)
        };
        let mut found: Vec<(u32, u32, u32)> = Vec::new();
        // What comes after as many as are wanted is not kept.
        let mut last = None;
        for (value, &(pages, sections)) in (0_u32..).zip(counts) {
            let is_named = || named.as_ref().is_none_or(|named| named[value as usize]);
            let counted = (value, pages, sections);
            if pages + sections == 0 || last.is_some_and(|last| order(&counted) > last) || !is_named() {
                continue;
            }
            found.push(counted);
            if limit > 0 && found.len() >= limit + limit.max(FEWEST) {
                found.select_nth_unstable_by_key(limit - 1, order);
                found.truncate(limit);
                last = found.last().map(order);
            }
        }
        found.sort_unstable_by_key(order);
        found.truncate(limit);
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

/// How many more values than are wanted are kept before the last go, at the least.
const FEWEST: usize = 64;

/// Counts the values that a page and those of its sections that pass have of a field.
fn count<'p>(
    counts: &mut [(u32, u32)],
    field: FacetField,
    page: Counted<'_>,
    (left, sections): (impl Iterator<Item = &'p MatchedSection>, u32),
) {
    if let Some(tags) = page.segment.tags_of_sections(field) {
        page.values(field).iter().for_each(|&tag| counts[tag as usize].0 += 1);
        for section in left {
            tags.get(section.document as usize).iter().for_each(|&tag| counts[tag as usize].1 += 1);
        }
    } else {
        page.values(field).iter().for_each(|&value| add(counts, value, 1, sections));
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
