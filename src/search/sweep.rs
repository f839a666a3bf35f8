//! One pass over what matches: totals, counts and the best pages.

use super::SearchError;
use super::answering::Answering;
use super::expand::Step;
use super::facets::{Counted, FilterSet, Tally};
use super::matching::{Having, Sweeper};
use super::plan::Plan;
use super::ranges::{self, Bounds, Ranges};
use super::response::Warning;
use super::title_grams::TitleGrams;
use super::top::{Candidate, Top};

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
    /// Before filters, so that a filter changes nothing but what it leaves.
    pub(super) pages_with_all: u64,
    /// Pages are listed that lack a word.
    pub(super) lists_some: bool,
}

/// Pages that are counted and listed together.
struct Listed {
    /// Before filters.
    pages: u64,
    tally: Tally,
    top: Top,
}

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

    /// Looks at all that matches: at pages that have all the words and those that are pinned, or at all that have any.
    pub(super) fn sweep(&self, sought: &Sought<'_>, having: Having) -> Result<Found, SearchError> {
        let Self { snapshot, sort_columns, scales, request, query, pinned } = *self;
        let Sought { plan, filters, currency, .. } = sought;
        let key = sort_columns.key(request.sort, snapshot, *currency)?;
        let all_clauses = query.all_clauses();
        let histograms = scales.counts(&request.histograms, *currency, snapshot);
        let counted = request.counted();
        let listed = || Listed {
            pages: 0,
            tally: Tally::new(&counted, histograms.clone(), snapshot),
            top: Top::new(request.offset + request.limit),
        };
        let (mut all, mut some) = (listed(), (having == Having::Any).then(listed));
        let (mut with_all, mut pinned_without) = (0, 0);
        let mut first: Vec<Option<Candidate>> = vec![None; pinned.len()];
        let mut grams = TitleGrams::of(query, snapshot)?;
        for (at, segment) in snapshot.segments.iter().enumerate() {
            let here = pinned.of_segment(at);
            let mut sweeper = Sweeper::new(plan, query, snapshot, (at, &*here), having)?;
            while sweeper.next_page(request.deadline)? {
                let page = sweeper.page();
                let (index, met) = (page.index, page.met);
                let ordinal = segment.pages[index].page;
                let copies = snapshot.copies.of(ordinal);
                if copies.is_some_and(|copies| copies.pages[0].page != ordinal) {
                    continue; // The first stands for all.
                }
                let has_all = met == all_clauses;
                let rank = pinned.rank(at, index);
                let list = match &mut some {
                    _ if has_all => &mut all,
                    _ if rank.is_some() => {
                        pinned_without += 1;
                        &mut all
                    }
                    Some(some) => some,
                    None => continue,
                };
                list.pages += u64::from(has_all || rank.is_none());
                if !list.tally.add(Counted { segment, page, copies }, filters) {
                    continue;
                }
                with_all += u64::from(has_all);
                let shown = copies.and_then(|copies| filters.copies(copies).next());
                let shown = shown.map_or(ordinal, |shown| shown.page);
                let key = key.of(segment, index, shown);
                // First by what it can score at the most, as that is soon known.
                let most = || grams.most(segment, index);
                if rank.is_none() && !list.top.may_take(key, || sweeper.most() + most()) {
                    continue;
                }
                let score = sweeper.score()?;
                if rank.is_none() && !list.top.may_take(key, || score + most()) {
                    continue;
                }
                let score = score + grams.score(segment, index);
                let candidate = Candidate { key, score, page: shown, segment: at, index, met };
                match rank {
                    Some(rank) => first[rank] = Some(candidate),
                    None => list.top.push(candidate),
                }
            }
        }
        let pages_with_all = all.pages;
        let mut listed: Vec<Candidate> = first.into_iter().flatten().collect();
        listed.extend(all.top.best());
        let mut tally = all.tally;
        let mut lists_some = pinned_without > 0;
        if let Some(some) = some {
            lists_some |= some.pages > 0;
            tally.merge(&some.tally);
            listed.extend(some.top.best());
        }
        Ok(Found { tally, listed, with_all, pages_with_all, lists_some })
    }
}
