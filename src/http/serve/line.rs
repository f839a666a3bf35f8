//! The connections that are open: what each is about, and which is closed where there are too many.

use crate::http::limits::Limits;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::Instant;

/// How many less than the system lets be open.
const SPARE: usize = 16;

/// What a connection is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Phase {
    /// Nothing is asked.
    Idle,
    /// A head is being read.
    Head,
    /// A body is being read.
    Body,
    /// The answer is worked out; in all other phases it is the client's turn.
    Work,
    /// The answer is being sent, and not all of it has been handed on.
    Answer,
    /// What is left of the answer is being sent.
    Rest,
}

/// One connection, as all that deal with it know it.
#[derive(Clone, Debug)]
pub(in crate::http) struct Line(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Since when.
    phase: Mutex<(Phase, Instant)>,
    unwanted: Notify,
}

impl Line {
    pub(super) fn new() -> Self {
        let phase = Mutex::new((Phase::Idle, Instant::now()));
        Self(Arc::new(Inner { phase, unwanted: Notify::new() }))
    }

    fn phase(&self) -> MutexGuard<'_, (Phase, Instant)> {
        self.0.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It is about this from now on.
    pub(in crate::http) fn enter(&self, phase: Phase) {
        *self.phase() = (phase, Instant::now());
    }

    /// Bytes of the client have come.
    pub(super) fn read(&self) {
        let mut phase = self.phase();
        if phase.0 == Phase::Idle {
            *phase = (Phase::Head, Instant::now());
        }
    }

    /// The client has taken bytes.
    pub(super) fn wrote(&self) {
        self.phase().1 = Instant::now();
    }

    /// The last part of the answer was handed on.
    pub(super) fn handed_on(&self) {
        let mut phase = self.phase();
        if phase.0 == Phase::Answer {
            phase.0 = Phase::Rest;
        }
    }

    /// The client has taken all there was.
    pub(super) fn flushed(&self) {
        let mut phase = self.phase();
        if phase.0 == Phase::Rest {
            *phase = (Phase::Idle, Instant::now());
        }
    }

    /// Since when it is the client's turn, if it is.
    fn waits_since(&self) -> Option<Instant> {
        let (phase, since) = *self.phase();
        (phase != Phase::Work).then_some(since)
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.waits_since().is_some()
    }

    /// When the client's patience with us, or ours with it, ends. The time of a body is kept where it is read.
    pub(super) fn until(&self, limits: &Limits) -> Option<Instant> {
        let (phase, since) = *self.phase();
        match phase {
            Phase::Idle => Some(since + limits.idle),
            Phase::Head => Some(since + limits.head),
            Phase::Answer | Phase::Rest => Some(since + limits.write),
            Phase::Body | Phase::Work => None,
        }
    }

    /// Done once it is to be closed in favour of others.
    pub(super) async fn unwanted(&self) {
        self.0.unwanted.notified().await;
    }
}

/// The connections that are open, at most so many.
#[derive(Debug)]
pub(super) struct Lines {
    most: AtomicUsize,
    open: Mutex<HashMap<u64, Line>>,
    next: AtomicU64,
}

impl Lines {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most: AtomicUsize::new(most), open: Mutex::default(), next: AtomicU64::default() })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Line>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more. Where there is none, that which has waited longest for its client makes room;
    /// none can where all are being answered.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Place> {
        let mut open = self.open();
        if open.len() >= self.most.load(Ordering::Relaxed) && !close_longest(&mut open) {
            return None;
        }
        let (id, line) = (self.next.fetch_add(1, Ordering::Relaxed), Line::new());
        open.insert(id, line.clone());
        drop(open);
        Some(Place { lines: Arc::clone(self), id, line })
    }

    /// The system lets no more be open: from now on there are some less, so that there is always one to take. How many.
    pub(super) fn lower(&self) -> usize {
        let mut open = self.open();
        let most = open.len().saturating_sub(SPARE).max(SPARE);
        self.most.fetch_min(most, Ordering::Relaxed);
        while open.len() > most && close_longest(&mut open) {}
        most
    }
}

/// Whether there was one.
fn close_longest(open: &mut HashMap<u64, Line>) -> bool {
    let waiting = open.iter().filter_map(|(&id, line)| Some((line.waits_since()?, id)));
    let Some((_, id)) = waiting.min() else { return false };
    if let Some(line) = open.remove(&id) {
        line.0.unwanted.notify_one();
    }
    true
}

/// The place of a connection among those that are open; free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    lines: Arc<Lines>,
    id: u64,
    pub(super) line: Line,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.lines.open().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Whether it was told to make room.
    async fn is_unwanted(place: &Place) -> bool {
        tokio::time::timeout(Duration::from_millis(1), place.line.unwanted()).await.is_ok()
    }

    #[tokio::test]
    async fn the_one_that_has_waited_longest_makes_room() {
        let lines = Lines::new(3);
        let places: Vec<Place> = (0..3).filter_map(|_| lines.enter()).collect();
        places[0].line.enter(Phase::Work);
        places[1].line.enter(Phase::Head);
        let fourth = lines.enter();
        assert!(fourth.is_some());
        assert!(is_unwanted(&places[2]).await && !is_unwanted(&places[1]).await);
        assert!(!is_unwanted(&places[0]).await);
    }

    #[tokio::test]
    async fn none_makes_room_while_all_are_answered() {
        let lines = Lines::new(2);
        let places: Vec<Place> = (0..2).filter_map(|_| lines.enter()).collect();
        places.iter().for_each(|place| place.line.enter(Phase::Work));
        assert!(lines.enter().is_none());
        drop(places);
        assert!(lines.enter().is_some(), "those that have ended are not counted");
    }

    #[tokio::test]
    async fn where_the_system_lets_no_more_be_open_there_is_room_from_then_on() {
        let lines = Lines::new(1024);
        let places: Vec<Place> = (0..100).filter_map(|_| lines.enter()).collect();
        assert_eq!((lines.lower(), lines.open().len()), (84, 84));
        assert!(is_unwanted(&places[0]).await && !is_unwanted(&places[99]).await);
        let _another = lines.enter();
        assert_eq!(lines.open().len(), 84);
    }

    #[tokio::test]
    async fn an_answer_is_over_when_all_of_it_was_taken() {
        let (line, limits) = (Line::new(), Limits::default());
        let left =
            |line: &Line| line.until(&limits).map(|until| (until - Instant::now()).as_secs_f64().round());
        assert_eq!(left(&line), Some(60.0));
        line.read();
        assert_eq!(left(&line), Some(10.0));
        line.enter(Phase::Work);
        line.read();
        line.flushed();
        assert_eq!(left(&line), None);
        line.enter(Phase::Answer);
        line.flushed();
        assert_eq!(left(&line), Some(30.0), "there is more to come");
        line.handed_on();
        line.flushed();
        assert_eq!(left(&line), Some(60.0));
    }
}
