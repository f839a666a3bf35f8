//! Counts: what pages and their sections contribute to totals and facets, each facet without its own filter where several
//! values of it mean either.

mod batch;

use super::facet_query;
use super::filters::Own;
use super::histogram::{Counts, HistogramField};
use super::request::SearchRequest;
use super::response::{FacetValue, Histograms};
use crate::index::{NONE, Snapshot};
use crate::model::FacetField;
use std::ops::Range;
use tantivy::DocId;

pub(super) use batch::Batch;

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
    /// What is worked with for one batch after the other.
    bounds: Vec<Range<u32>>,
    kinds: Vec<u32>,
}

impl Tally {
    pub(super) fn new(wanted: &[FacetField], histograms: Vec<Counts>, snapshot: &Snapshot) -> Self {
        let counts = FacetField::ALL
            .map(|field| wanted.contains(&field).then(|| vec![(0, 0); snapshot.dictionary(field).len()]));
        let kinds = snapshot.dictionary(FacetField::Section).len();
        let is_wanted = |field: &FacetField| *field != FacetField::Section && wanted.contains(field);
        let fields = FacetField::ALL.into_iter().filter(is_wanted).collect();
        Self {
            pages: 0,
            sections: 0,
            counts,
            fields,
            histograms,
            last_page: vec![0; kinds],
            page: 0,
            bounds: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// Counts the pages of a batch.
    pub(super) fn count(&mut self, batch: &Batch<'_>) {
        self.count_kinds(batch);
        let near = batch.is_near();
        for &field in &self.fields {
            let Some(counts) = &mut self.counts[field as usize] else { continue };
            let counted = || batch.counted(Own::Facet(field));
            if let Some((of_sections, of_pages)) = batch.segment.tags(field) {
                let pages = counted().map(|(page, _)| page.index);
                of_pages.each(pages, near, &mut self.bounds, |&tag| counts[tag as usize].0 += 1);
                let place = |document: &DocId| *document as usize;
                let count = |tag: &u32| counts[*tag as usize].1 += 1;
                match batch.of_all() {
                    Some((_, left)) => {
                        of_sections.each(left.iter().map(place), near, &mut self.bounds, count)
                    }
                    None => {
                        let sections = counted().flat_map(|(_, left)| left).map(place);
                        of_sections.each(sections, near, &mut self.bounds, count);
                    }
                }
            } else {
                for (page, left) in counted() {
                    let values = page.values(batch.segment, field).iter().filter(|value| **value != NONE);
                    values.for_each(|&value| add(&mut counts[value as usize], 1, left.len() as u32));
                }
            }
        }
        for counts in &mut self.histograms {
            let counted = batch.counted(Own::Histogram(counts.field));
            counted.for_each(|(page, _)| counts.add(batch.segment, page.index));
        }
        for (page, left) in batch.pages() {
            let passes = page.fails.is_none() && !left.is_empty();
            self.pages += u64::from(passes);
            self.sections += if passes { left.len() as u64 } else { 0 };
        }
    }

    /// Counts the kinds of all sections that match, whichever pass.
    fn count_kinds(&mut self, batch: &Batch<'_>) {
        let Some(counts) = &mut self.counts[FacetField::Section as usize] else { return };
        self.kinds.clear();
        let kind = |document: &DocId| batch.segment.kind_of(*document);
        match batch.of_all() {
            Some((sections, _)) => self.kinds.extend(sections.iter().map(kind)),
            None => self.kinds.extend(batch.sections().flatten().map(kind)),
        }
        let mut kinds = &*self.kinds;
        for sections in batch.sections() {
            self.page += 1;
            let (of_page, rest) = kinds.split_at(sections.len());
            kinds = rest;
            for &kind in of_page {
                let first = std::mem::replace(&mut self.last_page[kind as usize], self.page) != self.page;
                add(&mut counts[kind as usize], u32::from(first), 1);
            }
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

fn add(count: &mut (u32, u32), pages: u32, sections: u32) {
    count.0 += pages;
    count.1 += sections;
}
