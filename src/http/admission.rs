//! Who may search: so many at a time, and so many that wait for their turn; others are refused at once, so that
//! whoever is let in is answered about as fast as when nobody else asks.
//!
//! A burst may wait, and is answered soon. Where it is more than a burst, a long queue only makes everybody wait longer: once
//! somebody had to be refused, and until nobody had to be for a while, only half as many may wait as are being answered
//! (after Nichols and Jacobson, "Controlling queue delay", 2012, of packets). Under a flood, where many times more are refused than
//! let in, nobody waits, half of the turns are given, and each to who comes when there is nobody left to refuse.

use super::Problem;
use super::error::BUSY_FOR;
use super::idle::Idle;
use super::limits::Limits;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// For how long nobody was refused when the next burst may wait again.
const CALM: Duration = Duration::from_millis(100);

/// The same after a flood: so long its clients are told to stay away, and a moment without them may be one in which the machine
/// stood still.
const CALM_AFTER_FLOOD: Duration = Duration::from_secs(BUSY_FOR);

/// It is a flood when so many were refused, one soon after the other, beyond [`SHARE`] for each that was let in; as many again
/// are counted, so that the next ones that are let in do not change it.
const FLOOD: usize = 16;

/// Under less, whoever is let in has nearly all of the machine, and none of it may lie idle.
const SHARE: usize = 4;

/// Where it takes longer from one refusal to the next, to refuse takes nothing that a search would miss.
const SOON: Duration = Duration::from_millis(10);

/// The turns that there are, and who waits for one.
#[derive(Debug)]
pub(super) struct Admission {
    turns: Arc<Semaphore>,
    /// How many there are.
    count: usize,
    /// How many may wait: in a burst, and while there is more than a burst.
    most: (usize, usize),
    /// For how long.
    wait: Duration,
    queue: Mutex<Queue>,
    idle: Arc<Idle>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: usize,
    /// When somebody was refused last.
    refused: Option<Instant>,
    /// How many were refused one soon after the other beyond [`SHARE`] for each that was let in, up to twice [`FLOOD`].
    excess: usize,
}

impl Queue {
    /// Forgets who was refused where it is long ago.
    fn calm(&mut self) {
        let calm = if self.excess >= FLOOD { CALM_AFTER_FLOOD } else { CALM };
        if self.refused.is_none_or(|refused| refused.elapsed() >= calm) {
            (self.refused, self.excess) = (None, 0);
        }
    }

    fn is_flooded(&mut self) -> bool {
        self.calm();
        self.excess >= FLOOD
    }

    fn refuse(&mut self, now: Instant) {
        let is_soon = self.refused.is_some_and(|before| now.saturating_duration_since(before) < SOON);
        self.excess = if is_soon { (self.excess + 1).min(2 * FLOOD) } else { self.excess.saturating_sub(1) };
        self.refused = Some(now);
    }
}

/// Leave to search, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _turn: OwnedSemaphorePermit,
    idle: Arc<Idle>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.idle.ended();
    }
}

impl Admission {
    pub(super) fn new(limits: &Limits, idle: Arc<Idle>) -> Self {
        let most = (limits.waiting, limits.waiting.min(limits.searches.div_ceil(2).max(1)));
        Self {
            turns: Arc::new(Semaphore::new(limits.searches)),
            count: limits.searches,
            most,
            wait: limits.wait,
            queue: Mutex::default(),
            idle,
        }
    }

    /// The turns themselves, for what waits for them in its own way once it is let in.
    pub(super) fn turns(&self) -> Arc<Semaphore> {
        Arc::clone(&self.turns)
    }

    /// How many search, and how many wait for their turn.
    pub(super) fn load(&self) -> (usize, usize) {
        (self.count.saturating_sub(self.turns.available_permits()), self.queue().waiting)
    }

    /// Whether many times more are refused than let in.
    pub(super) fn is_flooded(&self) -> bool {
        self.queue().is_flooded()
    }

    /// Under a flood, lets the search that was just begun have the core first: those that ask meanwhile are refused after it.
    pub(super) fn give_way(&self) {
        if self.idle.is_watched() && self.is_flooded() {
            std::thread::yield_now();
        }
    }

    /// How many turns are not given under a flood: to refuse takes cores, too.
    fn spared(&self) -> usize {
        self.count / 2
    }

    /// Whether who came now would be refused.
    pub(super) fn is_full(&self) -> bool {
        let free = self.turns.available_permits();
        let mut queue = self.queue();
        if free == 0 {
            !self.may_wait(&mut queue)
        } else {
            queue.is_flooded() && (free <= self.spared() || !self.idle.has_been())
        }
    }

    /// Somebody was refused.
    pub(super) fn refused(&self) {
        self.queue().refuse(Instant::now());
    }

    /// Returns once a turn is free, for what then waits for its own; where there are too many who wait for one, the refusal.
    pub(super) async fn free(&self, deadline: Instant) -> Result<(), Problem> {
        self.acquire(deadline).await.map(drop)
    }

    /// A turn; where there are too many who wait for one, or it does not come in time, the refusal.
    pub(super) async fn turn(&self, deadline: Instant) -> Result<Turn, Problem> {
        let turn = self.acquire(deadline).await?;
        let mut queue = self.queue();
        queue.excess = queue.excess.saturating_sub(SHARE);
        Ok(Turn { _turn: turn, idle: Arc::clone(&self.idle) })
    }

    async fn acquire(&self, deadline: Instant) -> Result<OwnedSemaphorePermit, Problem> {
        if let Some(turn) = self.acquire_now()? {
            return Ok(turn);
        }
        let _place = self.place().ok_or_else(Problem::busy)?;
        let until = deadline.min(Instant::now() + self.wait).into();
        match tokio::time::timeout_at(until, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(Problem::busy()),
        }
    }

    /// A turn, where one is free; under a flood, where it may not be given, the refusal.
    fn acquire_now(&self) -> Result<Option<OwnedSemaphorePermit>, Problem> {
        let mut queue = self.queue();
        if queue.is_flooded() && (self.turns.available_permits() <= self.spared() || !self.idle.take()) {
            queue.refuse(Instant::now());
            return Err(Problem::busy());
        }
        Ok(Arc::clone(&self.turns).try_acquire_owned().ok())
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether one more may wait.
    fn may_wait(&self, queue: &mut Queue) -> bool {
        queue.calm();
        let most = match (queue.refused, queue.excess) {
            (None, _) => self.most.0,
            (Some(_), FLOOD..) => 0,
            (Some(_), _) => self.most.1,
        };
        queue.waiting < most
    }

    fn place(&self) -> Option<Waiting<'_>> {
        let mut queue = self.queue();
        if !self.may_wait(&mut queue) {
            queue.refuse(Instant::now());
            return None;
        }
        queue.waiting += 1;
        Some(Waiting(self))
    }
}

/// A place in the queue; a client that goes away gives it back.
struct Waiting<'a>(&'a Admission);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.queue().waiting -= 1;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use std::pin::pin;
    use tokio::time::timeout;

    const MOMENT: Duration = Duration::from_millis(1);

    fn admission(searches: usize, waiting: usize) -> Admission {
        Admission::new(&Limits { searches, waiting, ..Limits::default() }, Arc::default())
    }

    /// Refuses many at once.
    fn flood(admission: &Admission) {
        let now = Instant::now();
        (0..=2 * FLOOD).for_each(|_| admission.queue().refuse(now));
        assert!(admission.is_flooded() && admission.is_full());
    }

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[tokio::test]
    async fn one_more_than_may_wait_is_refused_at_once() {
        let admission = admission(1, 1);
        let turn = admission.turn(later()).await.unwrap();
        let mut second = pin!(admission.turn(later()));
        assert!(timeout(MOMENT, &mut second).await.is_err(), "it waits");
        assert_eq!(admission.turn(later()).await.unwrap_err().status().as_u16(), 503);
        drop(turn);
        drop(second.await.unwrap());
    }

    #[tokio::test]
    async fn who_goes_away_gives_the_place_back() {
        let admission = admission(0, 1);
        assert!(timeout(MOMENT, admission.turn(later())).await.is_err());
        assert!(
            timeout(MOMENT, admission.turn(later())).await.is_err(),
            "it waits in the place of the one before"
        );
    }

    #[tokio::test]
    async fn a_turn_that_does_not_come_in_time_is_refused() {
        let admission = admission(0, 1);
        let refused = admission.turn(Instant::now() + MOMENT).await.unwrap_err();
        assert_eq!(refused.status().as_u16(), 503);
        assert_eq!(admission.queue().waiting, 0);
    }

    #[tokio::test]
    async fn after_more_than_a_burst_the_queue_is_kept_short_until_it_is_calm() {
        let admission = admission(1, 3);
        let _turn = admission.turn(later()).await.unwrap();
        let burst = [(); 3].map(|()| admission.place().unwrap());
        assert!(admission.place().is_none());
        drop(burst);
        let one = admission.place().unwrap();
        assert!(admission.place().is_none(), "one waits for the one that is answered");
        drop(one);
        assert!(admission.place().is_some(), "that nobody waits for a moment is not calm");
        admission.queue().refused = Instant::now().checked_sub(CALM);
        let _burst = [(); 3].map(|()| admission.place().unwrap());
    }

    #[tokio::test]
    async fn nobody_waits_under_a_flood() {
        let admission = admission(1, 3);
        let turn = admission.turn(later()).await.unwrap();
        let waiting = [(); 3].map(|()| admission.place().unwrap());
        assert!(!admission.is_flooded());
        flood(&admission);
        drop(waiting);
        assert!(admission.is_full(), "the place is free, and nobody may wait there");
        drop(turn);
        for let_in in 1..=5 {
            assert!(admission.is_flooded() && !admission.is_full(), "a turn is free");
            drop(admission.turn(later()).await.unwrap());
            assert_eq!(admission.queue().excess, 2 * FLOOD - let_in * SHARE);
        }
        assert!(!admission.is_flooded(), "many were let in");
        let _turn = admission.turn(later()).await.unwrap();
        assert!(!admission.is_full());
    }

    #[tokio::test]
    async fn under_a_flood_a_turn_is_given_when_nobody_is_left_to_refuse() {
        let idle = Arc::new(Idle::never());
        let admission =
            Admission::new(&Limits { searches: 1, waiting: 0, ..Limits::default() }, Arc::clone(&idle));
        let turn = admission.turn(later()).await.unwrap();
        flood(&admission);
        drop(turn);
        assert!(admission.is_full(), "a turn is free, and others may still have to be refused");
        assert_eq!(admission.turn(later()).await.unwrap_err().status().as_u16(), 503);
        idle.unparked(Instant::now(), later());
        assert!(!admission.is_full());
        drop(admission.turn(later()).await.unwrap());
    }

    #[tokio::test]
    async fn under_a_flood_half_of_the_turns_are_given() {
        let admission = admission(3, 0);
        let turns = [(); 3].map(|()| Arc::clone(&admission.turns).try_acquire_owned().unwrap());
        flood(&admission);
        drop(turns);
        let _turns = [admission.turn(later()).await.unwrap(), admission.turn(later()).await.unwrap()];
        assert!(admission.is_full() && admission.turn(later()).await.is_err(), "a turn is free");
        admission.queue().excess = 0;
        assert!(!admission.is_full(), "as many as there are without a flood");
    }

    #[test]
    fn few_refusals_are_no_flood_however_few_are_let_in() {
        let mut queue = Queue::default();
        let begin = Instant::now();
        (0..1000).for_each(|at| queue.refuse(begin + SOON * at));
        assert_eq!(queue.excess, 0);
        (0..=FLOOD).for_each(|_| queue.refuse(begin + SOON * 1000));
        assert!(queue.is_flooded());
        (1001..1003).for_each(|at| queue.refuse(begin + SOON * at));
        assert!(!queue.is_flooded());
    }
}
