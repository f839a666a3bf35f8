//! What happens on the server, in numbers: counted where it happens, by atomic additions alone, and read by `GET /metrics`.

mod histogram;
mod routes;
mod scrape;

use routes::Routes;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub(super) use routes::UNMATCHED;
pub(super) use scrape::answer;

/// What is counted while the server runs.
#[derive(Debug)]
pub struct Metrics {
    /// In seconds since 1970.
    started: u64,
    routes: Routes,
    /// Requests that came, and those that were answered or given up by their clients.
    begun: AtomicU64,
    ended: AtomicU64,
    given_up: AtomicU64,
    refused: [AtomicU64; Refusal::ALL.len()],
    ingest: [Runs; IngestOutcome::ALL.len()],
}

/// Why something was not answered although it could be asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Refusal {
    /// More searches than have a turn or a place to wait.
    Busy,
    /// A search that took too long.
    Late,
    /// A client that asks too much.
    Rate,
    /// More connections than are taken.
    Connections,
}

impl Refusal {
    const ALL: [Self; 4] = [Self::Busy, Self::Late, Self::Rate, Self::Connections];

    const fn name(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Late => "late",
            Self::Rate => "rate",
            Self::Connections => "connections",
        }
    }
}

/// How a run of `ingest` within the server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IngestOutcome {
    /// Done.
    Done,
    /// Done, with pages that could not be read.
    WithFailures,
    /// Not done, and nothing was changed.
    Failed,
}

impl IngestOutcome {
    const ALL: [Self; 3] = [Self::Done, Self::WithFailures, Self::Failed];

    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::WithFailures => "with_failures",
            Self::Failed => "failed",
        }
    }
}

/// The runs that ended in one way.
#[derive(Debug, Default)]
struct Runs {
    count: AtomicU64,
    milliseconds: AtomicU64,
    /// When the last one ended, in seconds since 1970; 0 where there was none.
    last: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            started: now(),
            routes: Routes::default(),
            begun: AtomicU64::default(),
            ended: AtomicU64::default(),
            given_up: AtomicU64::default(),
            refused: Default::default(),
            ingest: Default::default(),
        }
    }
}

impl Metrics {
    /// A run of `ingest` has ended so, after so many seconds.
    pub fn ingest_run(&self, outcome: IngestOutcome, seconds: f64) {
        let runs = &self.ingest[outcome as usize];
        runs.count.fetch_add(1, Ordering::Relaxed);
        runs.milliseconds.fetch_add((seconds * 1000.0) as u64, Ordering::Relaxed);
        runs.last.store(now(), Ordering::Relaxed);
    }

    pub(super) fn refuse(&self, why: Refusal) {
        self.refused[why as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// A request has come; what is returned stands for it until it is answered.
    pub(super) fn begin(&self) -> UnderWay<'_> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        UnderWay { metrics: self, start: Instant::now(), is_answered: false }
    }

    fn under_way(&self) -> u64 {
        let ended = self.ended.load(Ordering::Relaxed);
        self.begun.load(Ordering::Relaxed).saturating_sub(ended)
    }
}

/// A request under way; one that is dropped was given up by its client.
pub(super) struct UnderWay<'m> {
    metrics: &'m Metrics,
    start: Instant,
    is_answered: bool,
}

impl UnderWay<'_> {
    /// It is answered; how long that took.
    pub(super) fn answered(mut self, route: &str, status: u16) -> Duration {
        let took = self.start.elapsed();
        self.metrics.routes.answered(route, status, took);
        self.is_answered = true;
        took
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.metrics.ended.fetch_add(1, Ordering::Relaxed);
        if !self.is_answered {
            self.metrics.given_up.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_dropped_was_given_up() {
        let metrics = Metrics::default();
        let (answered, given_up) = (metrics.begin(), metrics.begin());
        assert_eq!(metrics.under_way(), 2);
        answered.answered("/search", 200);
        drop(given_up);
        assert_eq!((metrics.under_way(), metrics.given_up.load(Ordering::Relaxed)), (0, 1));
    }

    #[test]
    fn every_name_stands_in_its_own_place() {
        for (place, why) in Refusal::ALL.into_iter().enumerate() {
            assert_eq!(why as usize, place, "{}", why.name());
        }
        for (place, outcome) in IngestOutcome::ALL.into_iter().enumerate() {
            assert_eq!(outcome as usize, place, "{}", outcome.name());
        }
    }
}
