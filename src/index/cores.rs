//! Work at opening that several cores do at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

/// What `work` makes of each number up to `count`, in order. Where no thread can be started, this one does all of it.
pub(super) fn on_cores<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return made;
            }
            made.push((at, work(at)));
        }
    };
    let cores = available_parallelism().map_or(1, usize::from).min(count);
    let mut made = scope(|scope| {
        let others: Vec<_> =
            (1..cores).filter_map(|_| Builder::new().spawn_scoped(scope, take).ok()).collect();
        let mut made = take();
        for other in others {
            // What it panics with goes on here, as if it were this thread's own.
            made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
}

/// What two of them make at once, or one after the other where no thread can be started.
pub fn both<A: Send, B>(a: impl Fn() -> A + Sync, b: impl FnOnce() -> B) -> (A, B) {
    scope(|scope| {
        let other = Builder::new().spawn_scoped(scope, &a);
        let own = b();
        let other = other.map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (other.unwrap_or_else(|_| a()), own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_made_once_and_in_order() {
        assert_eq!(both(|| 1, || "b"), (1, "b"));
        for count in [0, 1, 2, 100] {
            assert_eq!(on_cores(count, |at| at * 2), (0..count).map(|at| at * 2).collect::<Vec<_>>());
        }
    }
}
