//! What `rolecall serve` takes on, as flags.

use crate::http::{Limits, Network, Rate};
use clap::{Args, value_parser};
use std::num::NonZeroU32;
use std::time::Duration;

/// The bounds of the server.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArgs {
    /// Connections at a time; beyond, the one that has waited longest for its client is closed
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = at_least_one)]
    max_connections: usize,
    /// For the head of a request, and for a TLS handshake
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    head_timeout: f64,
    /// For the body of a request
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    body_timeout: f64,
    /// Between two requests of a connection
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    idle_timeout: f64,
    /// For a client that takes nothing of its answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    write_timeout: f64,
    /// For a search with the wait for its turn; then it is given up
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
    /// Searches at a time [default: one a core]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    searches: Option<usize>,
    /// Searches that may wait for their turn in a burst; others are refused at once [default: 32 for each at a time]
    #[arg(long, value_name = "N")]
    waiting: Option<usize>,
    /// For a search to wait for its turn
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    wait: f64,
    /// MiB for answers of /search that are kept until the index changes; 0 for none
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = value_parser!(u64).range(..=65_536))]
    result_cache: u64,
    /// Requests a second that one client may make [default: any number]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    rate: Option<u32>,
    /// Requests at once that one client may make, with --rate [default: ten seconds' worth]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    burst: Option<u32>,
    /// An address or a network whose proxies are believed whom they ask for, as 10.0.0.0/8 (repeatable)
    #[arg(long, value_name = "NETWORK")]
    trusted_proxy: Vec<Network>,
}

/// A part of a second up to a day.
fn seconds(text: &str) -> Result<f64, String> {
    let is_in_range = |seconds: &f64| (0.001..=86_400.0).contains(seconds);
    let seconds = text.parse().ok().filter(is_in_range);
    seconds.ok_or_else(|| "must be a number of seconds from 0.001 to 86400".to_owned())
}

fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number >= 1);
    number.ok_or_else(|| "must be a whole number from 1 on".to_owned())
}

impl LimitArgs {
    /// In bytes.
    pub(super) fn result_cache(&self) -> u64 {
        self.result_cache << 20
    }

    pub(super) fn limits(&self) -> Limits {
        let known = Limits::default();
        let searches = self.searches.unwrap_or(known.searches);
        let rate = self.rate.and_then(|per_second| {
            let burst = self.burst.unwrap_or_else(|| per_second.saturating_mul(10));
            Some(Rate { per_second: NonZeroU32::new(per_second)?, burst: NonZeroU32::new(burst)? })
        });
        Limits {
            connections: self.max_connections,
            head: Duration::from_secs_f64(self.head_timeout),
            body: Duration::from_secs_f64(self.body_timeout),
            idle: Duration::from_secs_f64(self.idle_timeout),
            write: Duration::from_secs_f64(self.write_timeout),
            search: Duration::from_secs_f64(self.timeout),
            searches,
            waiting: self.waiting.unwrap_or(32 * searches),
            wait: Duration::from_secs_f64(self.wait),
            rate,
            proxies: self.trusted_proxy.clone(),
        }
    }
}
