//! Whether the threads that answer have had nothing to do since the last search: who comes then is searched for at once.
//!
//! Under a flood there is always somebody to refuse. A search that begins meanwhile shares its core with the refusals, and its
//! answer stands behind them. So all that are there are refused first, and who comes when none is left is let in.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

/// A thread that had nothing to do for so long was not only between two requests: about as long as two refusals take.
const REST: Duration = Duration::from_micros(30);

/// Where no thread is ever idle, one is let in so often anyway.
const LONGEST: Duration = Duration::from_millis(5);

thread_local! {
    /// Since when this thread has nothing to do.
    static PARKED: Cell<Option<Instant>> = const { Cell::new(None) };
}

#[derive(Debug)]
pub(super) struct Idle {
    /// Threads that nobody watches count as idle.
    is_watched: AtomicBool,
    longest: Duration,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    /// When a search ended.
    ended: Option<Instant>,
    /// Whether a thread was idle since then, and since one was let in.
    rested: bool,
    /// Since when one could be let in if it had been.
    missed: Option<Instant>,
}

impl Default for Idle {
    fn default() -> Self {
        Self { is_watched: AtomicBool::default(), longest: LONGEST, last: Mutex::default() }
    }
}

impl Idle {
    /// Threads of which nobody is ever idle, for tests.
    #[cfg(test)]
    pub(super) fn never() -> Self {
        Self { is_watched: true.into(), longest: Duration::MAX, last: Mutex::default() }
    }

    /// Watches the threads that are to be built.
    pub(super) fn watch(self: &Arc<Self>, threads: &mut Builder) {
        self.is_watched.store(true, Ordering::Relaxed);
        let idle = Arc::clone(self);
        threads.on_thread_park(|| PARKED.set(Some(Instant::now())));
        threads.on_thread_unpark(move || {
            if let Some(parked) = PARKED.take() {
                idle.unparked(parked, Instant::now());
            }
        });
    }

    pub(super) fn is_watched(&self) -> bool {
        self.is_watched.load(Ordering::Relaxed)
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread has something to do again. While a search had the core, it may only have waited for it.
    pub(super) fn unparked(&self, parked: Instant, now: Instant) {
        let mut last = self.last();
        let since = last.ended.map_or(parked, |ended| ended.max(parked));
        last.rested |= now.saturating_duration_since(since) >= REST;
    }

    /// A search has ended.
    pub(super) fn ended(&self) {
        let mut last = self.last();
        (last.ended, last.rested) = (Some(Instant::now()), false);
    }

    /// Whether one may be let in.
    pub(super) fn has_been(&self) -> bool {
        let mut last = self.last();
        !self.is_watched()
            || last.rested
            || last.missed.get_or_insert_with(Instant::now).elapsed() >= self.longest
    }

    /// The same, and one is.
    pub(super) fn take(&self) -> bool {
        let has_been = self.has_been();
        if has_been {
            let mut last = self.last();
            (last.missed, last.rested) = (None, false);
        }
        has_been
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn one_is_let_in_each_time_that_a_thread_was_idle_and_no_search_had_the_core() {
        let idle = Idle::never();
        let begin = Instant::now();
        assert!(!idle.take(), "nobody was idle");
        idle.unparked(begin, begin + REST / 2);
        assert!(!idle.has_been(), "between two requests");
        idle.unparked(begin, begin + REST);
        assert!(idle.has_been() && idle.take());
        assert!(!idle.take(), "one at a time");
        idle.ended();
        let ended = idle.last().ended.unwrap();
        idle.unparked(begin, ended + REST / 2);
        assert!(!idle.take(), "it only waited for the core");
        idle.unparked(begin, ended + REST);
        idle.ended();
        assert!(!idle.take(), "idle before the search ended");
    }

    #[test]
    fn where_nobody_is_ever_idle_one_is_let_in_now_and_then() {
        let idle = Idle { longest: Duration::ZERO, ..Idle::never() };
        assert!(idle.take() && idle.take());
    }

    #[test]
    fn threads_that_nobody_watches_count_as_idle() {
        let idle = Idle::default();
        assert!(idle.take() && idle.take());
    }

    #[test]
    fn the_threads_of_a_runtime_say_when_they_have_something_to_do_again() {
        let idle = Arc::new(Idle::default());
        let mut threads = Builder::new_multi_thread();
        idle.watch(threads.worker_threads(1).enable_all());
        let runtime = threads.build().unwrap();
        let watched = Arc::clone(&idle);
        let sleeps = runtime.spawn(async move {
            while !watched.last().rested {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        let slept = async { tokio::time::timeout(Duration::from_secs(10), sleeps).await };
        assert!(runtime.block_on(slept).is_ok(), "a thread that sleeps has nothing to do");
    }
}
