//! A pass over pages that match: they are counted and the best kept, or only that.

use super::sample::Sample;
use super::{Found, Sought};
use crate::index::Segment;
use crate::search::SearchError;
use crate::search::answering::Answering;
use crate::search::filters::Counted;
use crate::search::matching::{Having, Sweeper};
use crate::search::request::Totals;
use crate::search::sort::{SortBy, SortKey};
use crate::search::tally::{Batch, Tally};
use crate::search::title_grams::TitleGrams;
use crate::search::top::{Candidate, Top};
use std::ops::Range;

/// Which pages are looked at.
#[derive(Clone, Copy)]
pub(super) enum Among<'a> {
    All,
    Drawn(&'a Sample),
    LeftOut(&'a Sample),
}

impl Among<'_> {
    /// Those that lie together, from the first on that is not before a page.
    fn run(self, page: usize) -> Range<usize> {
        if let Among::Drawn(sample) = self { sample.next(page) } else { page..usize::MAX }
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

/// A segment that is being looked at.
struct Here<'s, 'a> {
    at: usize,
    segment: &'s Segment,
    /// How many pages the segments before it have.
    before: usize,
    /// What a page scores at the most that has nothing of the question in its title.
    untitled: f32,
    among: Among<'a>,
    /// What matches is counted, and not only the best looked for.
    counts: bool,
}

impl<'s> Pass<'_, 's, '_> {
    /// Looks at pages, and counts what matches or only looks for the best.
    pub(super) fn run(&mut self, among: Among<'_>, counts: bool) -> Result<(), SearchError> {
        let Answering { snapshot, query, pinned, .. } = *self.answering;
        let mut before = 0;
        for (at, segment) in snapshot.segments.iter().enumerate() {
            let pinned = pinned.of_segment(at);
            let sweeper = Sweeper::new(&self.sought.plan, query, snapshot, (at, &*pinned), self.having)?;
            let mut sweeper = sweeper.reading_many(at)?;
            let untitled = sweeper.most_untitled();
            let here = Here { at, segment, before, untitled, among, counts };
            let mut batch = Batch::new(segment, &self.sought.filters);
            while let Some(index) = self.next(&here, &mut sweeper)? {
                self.look_at(index, &here, &mut sweeper, &mut batch)?;
                if batch.is_full() {
                    self.tally.count(&batch);
                    batch.clear();
                }
            }
            self.tally.count(&batch);
            before += segment.pages.len();
        }
        Ok(())
    }

    /// The next page to look at.
    fn next(&self, here: &Here<'_, '_>, sweeper: &mut Sweeper<'_>) -> Result<Option<usize>, SearchError> {
        let Answering { request, query, pinned, .. } = *self.answering;
        // What is not counted need not be read where it is not among the best.
        let passes_over = !here.counts && request.sort.by == SortBy::Relevance;
        loop {
            // Whether only by its title a page may be among the best; pages of which nothing is known tie.
            let by_title = passes_over && !self.top.may_take(0.0, 0, || here.untitled);
            let index = if by_title {
                sweeper.next_titled(request.deadline, |index| self.may_take_untitled(here, index))?
            } else {
                let run = |index| {
                    let run = here.among.run(here.before + index);
                    run.start - here.before..run.end - here.before
                };
                sweeper.next_index(request.deadline, run)?
            };
            let Some(index) = index else { return Ok(None) };
            let is_behind = passes_over
                && query.is_nothing()
                && pinned.rank(here.at, index).is_none()
                && !self.may_take_untitled(here, index);
            if !is_behind && here.among.has(here.before + index) {
                return Ok(Some(index));
            }
        }
    }

    /// Whether a page may be among the best that has nothing of the question in its title but how that is written.
    fn may_take_untitled(&self, here: &Here<'_, '_>, index: usize) -> bool {
        let most = || here.untitled + self.grams.most(here.segment, index);
        self.top.may_take(0.0, here.segment.pages[index].page, most)
    }

    /// Counts a page if it matches, and keeps it if it is one of the best.
    fn look_at(
        &mut self,
        index: usize,
        here: &Here<'s, '_>,
        sweeper: &mut Sweeper<'_>,
        batch: &mut Batch<'s>,
    ) -> Result<(), SearchError> {
        let Answering { snapshot, query, pinned, .. } = *self.answering;
        let &Here { at, segment, counts, .. } = here;
        let ordinal = segment.pages[index].page;
        let copies = snapshot.copies.of(ordinal);
        if copies.is_some_and(|copies| copies.pages[0].page != ordinal) {
            return Ok(()); // The first stands for all.
        }
        if !sweeper.matches(index) {
            return Ok(());
        }
        let rank = pinned.rank(at, index);
        let page = sweeper.page();
        let met = page.met;
        let has_all = met == query.all_clauses();
        let is_listed = match self.having {
            Having::All => has_all || rank.is_some(),
            Having::Any => !has_all && rank.is_none(),
        };
        if !is_listed {
            return Ok(());
        }
        let filters = &self.sought.filters;
        let counted = Counted { segment, page, copies };
        let passes = if counts { batch.add(counted, filters) } else { filters.pass(counted) };
        self.pages += u64::from(counts && (has_all || rank.is_none()));
        self.lists_some |= !has_all && rank.is_some();
        if !passes {
            return Ok(());
        }
        self.with_all += u64::from(counts && has_all);
        let shown = copies.and_then(|copies| filters.copies(copies).next());
        let shown = shown.map_or(ordinal, |shown| shown.page);
        let key = self.key.of(segment, index, shown);
        // By what it can score at the most, as that is soon known: first with any title at all.
        let of_text = sweeper.most();
        let of_title = || self.grams.most(segment, index);
        let may_take = |score: f32| rank.is_some() || self.top.may_take(key, shown, || score);
        if !may_take(of_text + self.grams.most_of_all()) || !may_take(of_text + of_title()) {
            return Ok(());
        }
        let enough = |score: f32| may_take(score + of_title());
        let Some(score) = sweeper.score(enough)?.filter(|score| enough(*score)) else { return Ok(()) };
        let score = score + self.grams.score(segment, index);
        let candidate = Candidate { key, score, page: shown, segment: at, index, met };
        match rank {
            Some(rank) => self.pinned[rank] = Some(candidate),
            None => self.top.push(candidate),
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
