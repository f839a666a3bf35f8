//! How much one client may ask: so many requests a second, and a burst of them.
//!
//! Clients are told apart by their address, in IPv6 by the network that a household has (/64). They share a table of
//! fixed size by the hash of it, so that any number of addresses takes the same memory; two of them may share a place by
//! accident, and nobody can tell which.

use super::client::client;
use super::limits::Limits;
use super::metrics::Refusal;
use super::{AppState, Problem};
use axum::extract::{ConnectInfo, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use governor::clock::{Clock as _, MonotonicClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed, StateStore};
use governor::{Quota, RateLimiter};
use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

/// How many clients have a place of their own; 512 KiB.
const PLACES: usize = 1 << 16;

/// What costs nothing to answer: whether the server is there, and what pages are made of.
const FREE: [&str; 5] = ["/healthz", "/readyz", "/ui/{asset}", "/favicon.ico", "/embed.js"];

/// What one client may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests a second.
    pub per_second: NonZeroU32,
    /// Requests at once.
    pub burst: NonZeroU32,
}

/// Counts what clients ask.
#[derive(Debug)]
pub(super) struct Limiter {
    rate: Rate,
    limiter: RateLimiter<usize, Table, MonotonicClock, StateInformationMiddleware>,
    hash: RandomState,
}

/// One of [`PLACES`].
#[derive(Debug)]
struct Table(Box<[InMemoryState]>);

impl StateStore for Table {
    type Key = usize;

    fn measure_and_replace<T, F, E>(&self, &place: &usize, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.0[place].measure_and_replace(&NotKeyed::NonKey, measure)
    }
}

/// What a client is told of what it may still ask
/// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/, 10).
pub(super) struct Left {
    policy: String,
    left: String,
}

impl Left {
    pub(super) fn mark(self, response: &mut Response) {
        for (name, value) in [("ratelimit-policy", self.policy), ("ratelimit", self.left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
    }
}

impl Limiter {
    pub(super) fn of(limits: &Limits) -> Option<Self> {
        let rate = limits.rate?;
        let quota = Quota::per_second(rate.per_second).allow_burst(rate.burst);
        let table = Table((0..PLACES).map(|_| InMemoryState::default()).collect());
        let limiter = RateLimiter::new(quota, table, MonotonicClock);
        Some(Self { rate, limiter, hash: RandomState::new() })
    }

    /// What is left to this client; where nothing is, after how many seconds something will be.
    fn take(&self, client: IpAddr) -> (Left, Result<(), u64>) {
        let place = self.hash.hash_one(network(client)) as usize % PLACES;
        let taken = self.limiter.check_key(&place);
        let taken = taken.map_err(|not| not.wait_time_from(self.limiter.clock().now()));
        let remaining = taken.as_ref().map_or(0, StateSnapshot::remaining_burst_capacity);
        let Rate { per_second, burst } = self.rate;
        let seconds = |requests: u32| u64::from(requests.div_ceil(per_second.get()));
        let left = Left {
            policy: format!("\"client\";q={burst};w={}", seconds(burst.get())),
            left: format!("\"client\";r={remaining};t={}", seconds(burst.get() - remaining.min(burst.get()))),
        };
        (left, taken.map(drop).map_err(|wait| wait.as_secs() + 1))
    }
}

/// What counts of an address.
fn network(address: IpAddr) -> u64 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => (address.to_bits() >> 64) as u64,
    }
}

/// Whether the request may be answered; what is left, where requests are counted and this one is not free.
pub(super) fn admit(state: &AppState, request: &Request) -> (Option<Left>, Result<(), Problem>) {
    let is_free = || {
        let path = request.extensions().get::<MatchedPath>();
        path.is_some_and(|path| FREE.contains(&path.as_str()))
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let (Some(limiter), Some(ConnectInfo(peer))) = (&state.limiter, peer) else { return (None, Ok(())) };
    if is_free() {
        return (None, Ok(()));
    }
    let client = client(peer.ip(), request.headers(), &state.settings.limits.proxies);
    let (left, taken) = limiter.take(client);
    let refused = |seconds| {
        state.metrics.refuse(Refusal::Rate);
        let detail = format!("{client} asks too much; try again in {seconds} s");
        Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).retried_after(seconds)
    };
    (Some(left), taken.map_err(refused))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_a_burst_and_another_has_its_own() {
        let number = |number| NonZeroU32::new(number).unwrap();
        // One in a quarter of an hour would be slower still; one a second is slow enough for three calls.
        let rate = Some(Rate { per_second: number(1), burst: number(2) });
        let limiter = Limiter::of(&Limits { rate, ..Limits::default() }).unwrap();
        let take = |address: &str| limiter.take(address.parse().unwrap());
        let (left, taken) = take("2001:db8::1");
        assert_eq!((left.policy.as_str(), left.left.as_str()), ("\"client\";q=2;w=2", "\"client\";r=1;t=1"));
        assert!(taken.is_ok());
        assert!(take("2001:db8::2").1.is_ok(), "the same network");
        let (left, taken) = take("2001:db8::3");
        assert_eq!((left.left.as_str(), taken), ("\"client\";r=0;t=2", Err(1)));
        assert!(take("2001:db8:0:1::1").1.is_ok() && take("192.0.2.1").1.is_ok());
    }

    #[test]
    fn addresses_are_told_apart_by_what_a_household_has() {
        let network = |address: &str| network(address.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:ffff"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
