//! One pass over what matches: totals, counts and the best pages. Where counts are known or estimated, the rest of the pages
//! is looked at only for the best.

mod pass;
mod sample;

use super::SearchError;
use super::answering::Answering;
use super::expand::Step;
use super::filters::FilterSet;
use super::histogram::HistogramField;
use super::matching::{Having, Sweeper};
use super::plan::Plan;
use super::ranges::{self, Bounds, Ranges};
use super::request::{SearchRequest, Totals};
use super::response::Warning;
use super::sort::SortBy;
use super::tally::Tally;
use super::top::Candidate;
use crate::model::FacetField;
use pass::Among;
use sample::Sample;
use std::sync::OnceLock;

/// From so many pages on that have all the words, pages that have only some are not listed.
pub(super) const ENOUGH: u64 = 10;

/// What is looked for: a question and its filters, looked up in the index.
pub(super) struct Sought<'s> {
    pub(super) plan: Plan<'s>,
    pub(super) filters: FilterSet,
    /// In which pay is compared, and whether it is.
    currency: [u8; 3],
    compares_pay: bool,
    pub(super) warnings: Vec<Warning>,
}

/// What was found of a question.
pub(super) struct Found {
    pub(super) tally: Tally,
    /// The best pages, those that are pinned first, then those with all words.
    pub(super) listed: Vec<Candidate>,
    /// Pages with all words that pass the filters.
    pub(super) with_all: u64,
    /// How many were found before filters, so that a filter changes nothing but what it leaves.
    pub(super) pages: u64,
    /// Pages are listed that lack a word.
    pub(super) lists_some: bool,
    /// Whether everything was counted, or a sample.
    pub(super) totals: Totals,
}

/// What all pages of a generation count, once that was asked for.
pub(super) type Everything = OnceLock<Tally>;

impl Sought<'_> {
    /// The currency in which pay is compared, where it is.
    pub(super) fn currency(&self) -> Option<[u8; 3]> {
        self.compares_pay.then_some(self.currency)
    }
}

impl<'s> Answering<'s, '_> {
    /// Looks up what is asked for.
    pub(super) fn sought(&self) -> Result<Sought<'s>, SearchError> {
        let Self { snapshot, request, query, .. } = *self;
        let mut warnings = query.warnings.clone();
        let currency = ranges::currency(request, snapshot);
        let mut plan = Plan::new(query, snapshot, currency)?;
        let asks_for_pay = plan.bounds.iter().any(|(_, bounds)| matches!(bounds, Bounds::Pay { .. }));
        let compares_pay = asks_for_pay || request.compares_pay();
        let asked = request.currency.as_ref().filter(|_| compares_pay);
        warnings.extend(asked.and_then(|asked| ranges::unknown_currency(asked, currency, snapshot)));
        let filters = FilterSet::new(request, Ranges::new(request, currency), snapshot, &mut warnings);
        warnings.append(&mut plan.warnings);
        Ok(Sought { plan, filters, currency, compares_pay, warnings })
    }

    /// Whether so few pages were found that a step of finding more takes words for what they are not.
    pub(super) fn finds_few(
        &self,
        step: Step,
        sought: &Sought<'_>,
        with_all: u64,
    ) -> Result<bool, SearchError> {
        match step {
            // Who finds what was typed has made no slip.
            Step::Typos => Ok(with_all == 0 && self.pages_with_some(sought)? < ENOUGH),
            Step::Prefix => Ok(with_all + self.pages_with_some(sought)? < ENOUGH),
        }
    }

    /// How many pages have some of the words and not all, up to [`ENOUGH`].
    fn pages_with_some(&self, Sought { plan, .. }: &Sought<'_>) -> Result<u64, SearchError> {
        let Self { snapshot, request, query, pinned, .. } = *self;
        let mut pages = 0;
        if query.clauses.len() < 2 {
            return Ok(pages);
        }
        for (at, segment) in snapshot.segments.iter().enumerate() {
            let here = pinned.of_segment(at);
            let mut sweeper = Sweeper::new(plan, query, snapshot, (at, &*here), Having::Any)?;
            while pages < ENOUGH && sweeper.next_page(request.deadline)? {
                let page = sweeper.page();
                let has_some = page.met != 0 && page.met != query.all_clauses();
                let is_later = snapshot.copies.is_later(segment.pages[page.index].page);
                pages += u64::from(has_some && !is_later && pinned.rank(at, page.index).is_none());
            }
        }
        Ok(pages)
    }

    /// Looks at the pages that have all the words, and at those that are pinned.
    pub(super) fn sweep(&self, sought: &Sought<'_>) -> Result<Found, SearchError> {
        if let Some(tally) = self.everything(sought)? {
            let mut pass = self.pass(sought, Having::All)?;
            pass.run(Among::All, false)?;
            let pages = tally.pages;
            return Ok(Found { tally, with_all: pages, pages, ..pass.found(Totals::Exact) });
        }
        self.sweep_for(sought, Having::All)
    }

    /// Adds to what was found the pages that have only some of the words.
    pub(super) fn sweep_some(&self, sought: &Sought<'_>, found: Found) -> Result<Found, SearchError> {
        let mut some = self.sweep_for(sought, Having::Any)?;
        some.tally.merge(&found.tally);
        let listed = found.listed.into_iter().chain(some.listed).collect();
        let lists_some = found.lists_some || some.pages > 0;
        Ok(Found { listed, lists_some, with_all: found.with_all, pages: found.pages, ..some })
    }

    /// The pages that have all the words or only some; where that is wanted and does, a sample of them is counted.
    fn sweep_for(&self, sought: &Sought<'_>, having: Having) -> Result<Found, SearchError> {
        let can_estimate =
            self.request.totals == Totals::Estimated && self.request.sort.by == SortBy::Relevance;
        let sample =
            can_estimate.then(|| Sample::of(self.snapshot.pages.len(), self.request.sample)).flatten();
        if let Some(sample) = sample {
            let mut pass = self.pass(sought, having)?;
            pass.run(Among::Drawn(&sample), true)?;
            if sample.tells(pass.counted()) {
                pass.run(Among::LeftOut(&sample), false)?;
                pass.scale(&sample);
                return Ok(pass.found(Totals::Estimated));
            }
        }
        let mut pass = self.pass(sought, having)?;
        pass.run(Among::All, true)?;
        Ok(pass.found(Totals::Exact))
    }

    /// What all pages count, where it is asked for just that; counted once a generation.
    fn everything(&self, sought: &Sought<'_>) -> Result<Option<Tally>, SearchError> {
        let Self { snapshot, request, query, .. } = self;
        let default = ranges::currency(&SearchRequest::default(), snapshot);
        if !query.is_nothing() || !sought.filters.is_empty() || sought.currency != default {
            return Ok(None);
        }
        if let Some(tally) = self.everything.get() {
            return Ok(Some(tally.clone()));
        }
        let request = &SearchRequest {
            facets: FacetField::ALL.to_vec(),
            histograms: HistogramField::ALL.to_vec(),
            limit: 0,
            deadline: request.deadline,
            ..SearchRequest::default()
        };
        let all = Answering { request, ..*self };
        let mut pass = all.pass(sought, Having::All)?;
        pass.run(Among::All, true)?;
        let tally = pass.found(Totals::Exact).tally;
        Ok(Some(self.everything.get_or_init(|| tally).clone()))
    }
}
