//! Runs in the order in which they were asked for: those that ended, the one that goes on, those that wait.

use super::{Cause, Progress, Run, RunCounts, RunId};
use std::collections::VecDeque;
use std::time::{SystemTime, UNIX_EPOCH};

/// How many that ended are remembered.
const REMEMBERED: usize = 100;

#[derive(Debug)]
pub(super) struct Queue {
    process: u64,
    number: u64,
    runs: VecDeque<Run>,
    pub(super) counts: RunCounts,
}

impl Default for Queue {
    fn default() -> Self {
        let process = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self { process, number: 0, runs: VecDeque::new(), counts: RunCounts::default() }
    }
}

impl Queue {
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &Run> {
        self.runs.iter()
    }

    /// A run that goes on may have passed the file that changed, so it is not enough; one that waits is.
    pub(super) fn ask(&mut self, source: &str, cause: Cause) -> Run {
        let waits = |run: &&Run| run.source == source && matches!(run.progress, Progress::Waiting);
        if let Some(run) = self.runs.iter().find(waits) {
            return run.clone();
        }
        self.number += 1;
        let run = Run {
            id: RunId { process: self.process, number: self.number },
            source: source.to_owned(),
            cause,
            asked: SystemTime::now(),
            progress: Progress::Waiting,
        };
        self.runs.push_back(run.clone());
        run
    }

    /// The next that waits, which goes on from now.
    pub(super) fn begin(&mut self) -> Option<Run> {
        let run = self.runs.iter_mut().find(|run| matches!(run.progress, Progress::Waiting))?;
        run.progress = Progress::Running { since: SystemTime::now(), done: 0, pages: 0 };
        Some(run.clone())
    }

    pub(super) fn set(&mut self, id: RunId, progress: Progress) {
        if let Some(run) = self.runs.iter_mut().find(|run| run.id == id) {
            run.progress = progress;
        }
    }

    pub(super) fn end(&mut self, id: RunId, progress: Progress) {
        match &progress {
            Progress::Failed { .. } => self.counts.failed += 1,
            _ => self.counts.done += 1,
        }
        self.set(id, progress);
        let ended = self.runs.iter().filter(|run| run.progress.is_over()).count();
        if ended > REMEMBERED
            && let Some(oldest) = self.runs.iter().position(|run| run.progress.is_over())
        {
            self.runs.remove(oldest);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    fn failed() -> Progress {
        Progress::Failed { since: SystemTime::now(), reason: String::new() }
    }

    #[test]
    fn one_that_waits_is_enough_and_one_that_goes_on_is_not() {
        let mut queue = Queue::default();
        let first = queue.ask("a", Cause::Request);
        assert_eq!(queue.ask("a", Cause::Change).id, first.id);
        assert_ne!(queue.ask("b", Cause::Change).id, first.id);
        assert_eq!(queue.begin().unwrap().id, first.id);
        let second = queue.ask("a", Cause::Change);
        assert_ne!(second.id, first.id);
        queue.end(first.id, failed());
        assert_eq!(queue.begin().unwrap().source, "b");
        assert_eq!(queue.begin().unwrap().id, second.id);
        assert!(queue.begin().is_none());
        assert_eq!(queue.counts, RunCounts { done: 0, failed: 1 });
    }

    #[test]
    fn those_that_ended_are_forgotten_in_time() {
        let mut queue = Queue::default();
        let waits = queue.ask("waits", Cause::Request);
        for _ in 0..3 * REMEMBERED {
            let id = queue.ask("a", Cause::Request).id;
            queue.end(id, failed());
        }
        assert_eq!(queue.all().count(), REMEMBERED + 1);
        assert!(queue.all().any(|run| run.id == waits.id));
    }

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let id = Queue::default().ask("a", Cause::Request).id;
        assert_eq!(id.to_string().parse::<RunId>(), Ok(id));
        for other in ["", "-", "1", "1-", "-1", "x-1", "01-1", "1-01", "+1-1", "1-1-1"] {
            assert!(other.parse::<RunId>().is_err(), "{other}");
        }
    }
}
