//! How much the server takes on, and for how long.

use super::client::Network;
use super::rate::Rate;
use std::time::Duration;

/// The largest body of a request, in bytes; a question is much smaller.
pub(super) const LARGEST_BODY: usize = 64 << 10;
/// The longest address, in bytes: a question with all filters that it may have fits many times.
pub(super) const LONGEST_ADDRESS: usize = 16 << 10;
/// The largest head of a request, in bytes; it is also what a connection reads and writes at a time.
pub(super) const LARGEST_HEAD: usize = 32 << 10;
/// The most headers of a request.
pub(super) const MOST_HEADERS: usize = 100;
/// How long requests under way may take once the server is told to stop.
pub(super) const DRAIN: Duration = Duration::from_secs(10);

/// What can be chosen of it.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections that are open at a time; beyond, the one that has waited longest for its client is closed.
    pub connections: usize,
    /// From the first byte of a request to the end of its head, and for a TLS handshake.
    pub head: Duration,
    /// For the body of a request.
    pub body: Duration,
    /// Between two requests.
    pub idle: Duration,
    /// For a client that takes nothing of its answer.
    pub write: Duration,
    /// For a search, from when its request was read.
    pub search: Duration,
    /// Searches at a time.
    pub searches: usize,
    /// Searches that wait for their turn.
    pub waiting: usize,
    /// For a search to wait for its turn.
    pub wait: Duration,
    /// What one client may ask; as much as it likes where there is none.
    pub rate: Option<Rate>,
    /// The proxies that are believed whom they ask for.
    pub proxies: Vec<Network>,
}

impl Default for Limits {
    fn default() -> Self {
        let searches = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            connections: 1024,
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            write: Duration::from_secs(30),
            search: Duration::from_secs(10),
            searches,
            waiting: 32 * searches,
            wait: Duration::from_secs(1),
            rate: None,
            proxies: Vec::new(),
        }
    }
}
