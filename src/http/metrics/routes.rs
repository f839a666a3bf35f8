//! What was asked, by route and status. A route is the pattern that the router matched, never the address as it was sent:
//! however many addresses are tried, there are as many names as the router has routes, and one for what matched none.

use super::histogram::Histogram;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The most routes that are told apart; there are about half as many.
const MOST: usize = 64;
/// What matched no route.
pub(in crate::http) const UNMATCHED: &str = "unmatched";
/// The statuses that there can be.
const STATUSES: std::ops::Range<u16> = 100..600;

/// The routes that were asked. One is entered when it is asked for the first time; from then on nothing is locked.
#[derive(Debug)]
pub(super) struct Routes {
    known: [OnceLock<Route>; MOST],
}

/// What was answered on one route.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) path: Box<str>,
    statuses: Box<[AtomicU64]>,
    pub(super) latency: Histogram,
}

impl Default for Routes {
    fn default() -> Self {
        Self { known: [const { OnceLock::new() }; MOST] }
    }
}

impl Routes {
    pub(super) fn answered(&self, path: &str, status: u16, took: Duration) {
        let Some(route) = self.of(path).or_else(|| self.of(UNMATCHED)) else { return };
        if let Some(count) = route.statuses.get(usize::from(status.saturating_sub(STATUSES.start))) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        route.latency.observe(took);
    }

    /// Where two enter a route at once, one of them finds the other's in the place and goes on to the next.
    fn of(&self, path: &str) -> Option<&Route> {
        let places = self.known.iter().map(|place| place.get_or_init(|| Route::new(path)));
        places.into_iter().find(|route| &*route.path == path)
    }

    /// Those that were asked so far.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Route> {
        self.known.iter().map_while(OnceLock::get)
    }
}

impl Route {
    fn new(path: &str) -> Self {
        let statuses = STATUSES.map(|_| AtomicU64::default()).collect();
        Self { path: path.into(), statuses, latency: Histogram::default() }
    }

    /// The statuses that were answered, each with how often.
    pub(super) fn statuses(&self) -> impl Iterator<Item = (u16, u64)> {
        let counts = self.statuses.iter().map(|count| count.load(Ordering::Relaxed));
        STATUSES.zip(counts).filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_never_more_routes_than_places() {
        let routes = Routes::default();
        routes.answered(UNMATCHED, 404, Duration::ZERO);
        for number in 0..1_000 {
            routes.answered(&format!("/{number}"), 200, Duration::ZERO);
        }
        assert_eq!(routes.iter().count(), MOST);
        let unmatched = routes.iter().next().unwrap();
        let beyond = 1_000 - (MOST as u64 - 1);
        assert_eq!(unmatched.statuses().collect::<Vec<_>>(), [(200, beyond), (404, 1)]);
    }

    #[test]
    fn a_route_is_entered_once_by_however_many() {
        let routes = Routes::default();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for path in ["/search", "/", "/roles"].repeat(100) {
                        routes.answered(path, 200, Duration::from_millis(3));
                    }
                });
            }
        });
        let mut counts: Vec<(&str, Vec<(u16, u64)>)> =
            routes.iter().map(|route| (&*route.path, route.statuses().collect())).collect();
        counts.sort();
        assert_eq!(
            counts,
            [("/", vec![(200, 800)]), ("/roles", vec![(200, 800)]), ("/search", vec![(200, 800)])]
        );
        routes.answered("/", 999, Duration::ZERO);
        routes.answered("/", 7, Duration::ZERO);
    }
}
