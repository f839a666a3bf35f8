//! Filters: which pages that match pass, and which of their sections.

use super::histogram::HistogramField;
use super::matched::{MatchedPage, MatchedSection};
use super::ranges::Ranges;
use super::request::{SearchRequest, SkillMatch};
use super::response::Warning;
use crate::index::{CopyGroup, CopyPlace, Segment, Snapshot};
use crate::model::FacetField;

/// A page that matches; it stands for its copies, which say the same and differ in nothing but their source.
#[derive(Clone, Copy)]
pub(super) struct Counted<'p, 's> {
    pub(super) segment: &'s Segment,
    pub(super) page: &'p MatchedPage,
    pub(super) copies: Option<&'s CopyGroup>,
}

impl<'s> Counted<'_, 's> {
    /// The ordinals of the values that the page has of a field that is not of sections.
    fn values(&self, field: FacetField) -> &'s [u32] {
        values_of(self.segment, self.page.index, self.copies, field)
    }
}

/// The same of a page of a segment, by its index.
pub(super) fn values_of<'s>(
    segment: &'s Segment,
    index: usize,
    copies: Option<&'s CopyGroup>,
    field: FacetField,
) -> &'s [u32] {
    match copies {
        Some(copies) if field == FacetField::Source => &copies.sources,
        _ => segment.page_values(field, index),
    }
}

/// What is counted without its own filter.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Own {
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

    fn passes_skills(&self, page: Counted<'_, '_>) -> bool {
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

    fn passes_own(&self, own: Own, page: Counted<'_, '_>) -> bool {
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
    pub(super) fn pass(&self, page: Counted<'_, '_>) -> bool {
        self.passes_page(page) && self.sections(page.segment, page.page).next().is_some()
    }

    /// The copies of a page that pass, where the page does.
    pub(super) fn copies<'c>(&self, copies: &'c CopyGroup) -> impl Iterator<Item = &'c CopyPlace> {
        copies.pages.iter().filter(|copy| self.passes(FacetField::Source, &[copy.source]))
    }

    /// The one filter that a page does not pass, if any; none where it does not pass several, or not that of skills, as it is then
    /// counted nowhere.
    #[inline]
    pub(super) fn failing(&self, page: Counted<'_, '_>) -> Option<Option<Own>> {
        if !self.passes_skills(page) {
            return None;
        }
        let mut failing = self.own.iter().filter(|own| !self.passes_own(**own, page)).copied();
        let fails = failing.next();
        failing.next().is_none().then_some(fails)
    }

    /// Whether a page passes, whatever its sections are.
    pub(super) fn passes_page(&self, page: Counted<'_, '_>) -> bool {
        self.passes_skills(page) && self.own.iter().all(|own| self.passes_own(*own, page))
    }

    /// Whether some sections of a page may pass and others not.
    pub(super) fn filters_sections(&self) -> bool {
        self.values[FacetField::Section as usize].is_some()
    }

    /// The sections of a page that pass, where the page does.
    pub(super) fn sections<'p>(
        &self,
        segment: &Segment,
        page: &'p MatchedPage,
    ) -> impl Iterator<Item = &'p MatchedSection> + Clone {
        let kind = FacetField::Section;
        let filters = self.filters_sections();
        let passes = move |section: &&MatchedSection| {
            !filters || self.passes(kind, &[segment.kind_of(section.document)])
        };
        page.sections.iter().filter(passes)
    }
}
