//! What `rolecall serve` says of itself and of those who ask, as flags.

use super::Failure;
use crate::http::{AccessLog, QueryLog, Settings};
use anyhow::Context as _;
use clap::{Args, ValueEnum, value_parser};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What is logged, and how the server goes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Observation")]
pub(super) struct ObserveArgs {
    /// Log every request: when it was answered, what was asked for, the status and the time, as rolecall::access
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Access::Off)]
    access_log: Access,
    /// Log a request with its parameters that takes as long, in milliseconds; 0 for none
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    slow_query: u64,
    #[command(flatten)]
    query_log: QueryLogArgs,
    /// The most that the file of --query-log takes, with what is put aside of it
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = value_parser!(u64).range(1..=16_384))]
    query_log_size: u64,
    /// Once it is told to stop, for how long the server goes on answering while /readyz says so, for what sends it requests
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = value_parser!(u64).range(0..=3_600))]
    stop_delay: u64,
}

/// Where questions are written down; the same for whoever writes and whoever reads.
#[derive(Clone, Debug, Args)]
#[group(id = "[serve]")]
pub(super) struct QueryLogArgs {
    /// Write down what is asked and how much was found, without who asks; `rolecall queries` shows it
    #[arg(long, value_name = "FILE")]
    pub(super) query_log: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Access {
    /// Nothing
    Off,
    /// Without the client's address
    On,
    /// With the client's address
    WithAddress,
}

impl ObserveArgs {
    /// Where questions are written down, and how much of them.
    pub(super) fn query_log(&self) -> (Option<&Path>, u64) {
        (self.query_log.query_log.as_deref(), self.query_log_size)
    }

    /// The settings with the log of questions, which is opened once.
    pub(super) fn with_query_log(&self, settings: Settings) -> Result<Settings, Failure> {
        let bytes = self.query_log_size << 20;
        let open = |path: &Path| {
            let log = QueryLog::open(path, bytes);
            log.with_context(|| format!("--query-log {}: it cannot be written", path.display()))
        };
        let query_log = self.query_log.query_log.as_deref().map(open).transpose()?.map(Arc::new);
        Ok(Settings { query_log, ..settings })
    }

    /// The settings with what the other flags say.
    pub(super) fn over(&self, settings: Settings) -> Settings {
        Settings {
            access_log: match self.access_log {
                Access::Off => AccessLog::Off,
                Access::On => AccessLog::On,
                Access::WithAddress => AccessLog::WithAddress,
            },
            slow_query: (self.slow_query > 0).then(|| Duration::from_millis(self.slow_query)),
            stop_delay: Duration::from_secs(self.stop_delay),
            ..settings
        }
    }
}
