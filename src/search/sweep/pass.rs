//! A pass over pages that match: they are counted and the best kept, or only that.

use super::sample::Sample;
use super::{Found, Sought};
use crate::search::SearchError;
use crate::search::answering::Answering;
use crate::search::filters::Counted;
use crate::search::matching::{Having, Sweeper};
use crate::search::request::Totals;
use crate::search::sort::{SortBy, SortKey};
use crate::search::tally::{Batch, Tally};
use crate::search::title_grams::TitleGrams;
use crate::search::top::{Candidate, Top};

/// Which pages are looked at.
#[derive(Clone, Copy)]
pub(super) enum Among<'a> {
    All,
    Drawn(&'a Sample),
    LeftOut(&'a Sample),
}

impl Among<'_> {
    /// No page from one on that comes before this is among them.
    fn from(self, page: usize) -> usize {
        if let Among::Drawn(sample) = self { sample.next(page) } else { page }
    }

    fn has(self, page: usize) -> bool {
        match self {
            Among::All => true,
            Among::Drawn(sample) => sample.has(page),
            Among::LeftOut(sample) => !sample.has(page),
        }
    }
}

/// What was counted and kept so far of the pages that have all the words or are pinned, or else of those that have only some.
pub(super) struct Pass<'p, 's, 'q> {
    answering: &'p Answering<'s, 'q>,
    sought: &'p Sought<'s>,
    having: Having,
    key: SortKey<'p>,
    grams: TitleGrams,
    tally: Tally,
    top: Top,
    /// Those that are pinned, by rank.
    pinned: Vec<Option<Candidate>>,
    /// Before filters.
    pages: u64,
    /// After them, and with all the words.
    with_all: u64,
    /// Pages that are pinned lack a word.
    lists_some: bool,
}

impl<'s, 'q> Answering<'s, 'q> {
    /// A pass that nothing was looked at in.
    pub(super) fn pass<'p>(
        &'p self,
        sought: &'p Sought<'s>,
        having: Having,
    ) -> Result<Pass<'p, 's, 'q>, SearchError> {
        let Self { snapshot, sort_columns, scales, request, query, pinned, .. } = self;
        let histograms = scales.counts(&request.histograms, sought.currency, snapshot);
        Ok(Pass {
            answering: self,
            sought,
            having,
            key: sort_columns.key(request.sort, snapshot, sought.currency)?,
            grams: TitleGrams::of(query, snapshot),
            tally: Tally::new(&request.counted(), histograms, snapshot),
            top: Top::new(request.offset + request.limit),
            pinned: vec![None; pinned.len()],
            pages: 0,
            with_all: 0,
            lists_some: false,
        })
    }
}

impl Pass<'_, '_, '_> {
    /// Looks at pages, and counts what matches or only looks for the best.
    pub(super) fn run(&mut self, among: Among<'_>, counts: bool) -> Result<(), SearchError> {
        let Answering { snapshot, request, query, pinned, .. } = *self.answering;
        let Sought { plan, filters, .. } = self.sought;
        let all_clauses = query.all_clauses();
        // What is not counted need not be read where it is not among the best.
        let passes_over = !counts && request.sort.by == SortBy::Relevance;
        let most_of_titles = self.grams.most_of_all();
        let mut before = 0;
        for (at, segment) in snapshot.segments.iter().enumerate() {
            let here = pinned.of_segment(at);
            let mut sweeper = Sweeper::new(plan, query, snapshot, (at, &*here), self.having)?;
            let untitled = sweeper.most_untitled();
            let mut batch = Batch::new(segment);
            loop {
                let most = |index: usize| untitled + self.grams.most(segment, index);
                let may_take =
                    |index: usize| self.top.may_take(0.0, segment.pages[index].page, || most(index));
                // Whether only by its title a page may be among the best; pages of which nothing is known tie.
                let by_title = passes_over && !self.top.may_take(0.0, 0, || untitled);
                let index = if by_title {
                    sweeper.next_titled(request.deadline, may_take)?
                } else {
                    sweeper.next_index(request.deadline, |index| among.from(before + index) - before)?
                };
                let Some(index) = index else { break };
                let rank = pinned.rank(at, index);
                let is_behind = || rank.is_none() && !may_take(index);
                if passes_over && query.is_nothing() && is_behind() || !among.has(before + index) {
                    continue;
                }
                let ordinal = segment.pages[index].page;
                let copies = snapshot.copies.of(ordinal);
                if copies.is_some_and(|copies| copies.pages[0].page != ordinal) {
                    continue; // The first stands for all.
                }
                if !sweeper.matches(index) {
                    continue;
                }
                let page = sweeper.page();
                let has_all = page.met == all_clauses;
                let is_listed = match self.having {
                    Having::All => has_all || rank.is_some(),
                    Having::Any => !has_all && rank.is_none(),
                };
                if !is_listed {
                    continue;
                }
                let met = page.met;
                let counted = Counted { segment, page, copies };
                let passes = if counts { batch.add(counted, copies, filters) } else { filters.pass(counted) };
                if batch.is_full() {
                    self.tally.count(&batch);
                    batch.clear();
                }
                self.pages += u64::from(counts && (has_all || rank.is_none()));
                self.lists_some |= !has_all && rank.is_some();
                if !passes {
                    continue;
                }
                self.with_all += u64::from(counts && has_all);
                let shown = copies.and_then(|copies| filters.copies(copies).next());
                let shown = shown.map_or(ordinal, |shown| shown.page);
                let key = self.key.of(segment, index, shown);
                // First by what it can score at the most, as that is soon known.
                let most = || self.grams.most(segment, index);
                let of_text = sweeper.most();
                if rank.is_none()
                    && !(self.top.may_take(key, shown, || of_text + most_of_titles)
                        && self.top.may_take(key, shown, || of_text + most()))
                {
                    continue;
                }
                let score = sweeper.score()?;
                if rank.is_none() && !self.top.may_take(key, shown, || score + most()) {
                    continue;
                }
                let score = score + self.grams.score(segment, index);
                let candidate = Candidate { key, score, page: shown, segment: at, index, met };
                match rank {
                    Some(rank) => self.pinned[rank] = Some(candidate),
                    None => self.top.push(candidate),
                }
            }
            self.tally.count(&batch);
            before += segment.pages.len();
        }
        Ok(())
    }

    /// How many pages pass the filters.
    pub(super) fn counted(&self) -> u64 {
        self.tally.pages
    }

    /// Takes what a sample counts for what all would.
    pub(super) fn scale(&mut self, sample: &Sample) {
        let scaled = |count: u64| sample.scaled(count);
        self.tally.scale(scaled);
        self.pages = scaled(self.pages);
        self.with_all = scaled(self.with_all);
    }

    /// The end of it.
    pub(super) fn found(self, totals: Totals) -> Found {
        let mut listed: Vec<Candidate> = self.pinned.into_iter().flatten().collect();
        listed.extend(self.top.best());
        Found {
            tally: self.tally,
            listed,
            with_all: self.with_all,
            pages: self.pages,
            lists_some: self.lists_some,
            totals,
        }
    }
}
