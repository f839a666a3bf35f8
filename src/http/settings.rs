//! How the server answers, as those who run it choose.

use super::cors::AllowedOrigin;
use super::keys::Keys;
use super::limits::Limits;
use super::origin::Origin;
use super::query_log::QueryLog;
use std::sync::Arc;
use std::time::Duration;

/// What can be chosen; by default nothing is.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whose pages may ask, beside the server's own.
    pub allowed: Vec<AllowedOrigin>,
    /// Where people reach the server; else each request says so.
    pub public: Option<Origin>,
    /// For how many seconds a client may take an answer that it kept without asking whether it still holds.
    pub max_age: u32,
    /// Who may ask; where there are none, everybody may, and nobody what needs [`super::Scope::Admin`].
    pub keys: Option<Arc<Keys>>,
    /// Asking needs no key, though there are keys.
    pub open_search: bool,
    /// How much the server takes on.
    pub limits: Limits,
    /// How many bytes answers of /search take that are kept until the index changes.
    pub result_cache: u64,
    /// What is logged of every request.
    pub access_log: AccessLog,
    /// A request that takes as long is logged with its parameters; none is where there is none.
    pub slow_query: Option<Duration>,
    /// Where questions are written down; nowhere where there is none.
    pub query_log: Option<Arc<QueryLog>>,
    /// How long the server goes on answering once it is told to stop.
    pub stop_delay: Duration,
    /// How connections are encrypted; they are not where there is none.
    #[cfg(feature = "tls")]
    pub tls: Option<super::Tls>,
}

/// What is logged of every request, at `info` as `rolecall::access`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccessLog {
    /// Nothing.
    #[default]
    Off,
    /// Method, path, route, status and time.
    On,
    /// The client's address as well.
    WithAddress,
}

impl Settings {
    /// Whether there are keys without which nobody is answered.
    pub fn has_keys(&self) -> bool {
        self.keys.is_some() && !self.open_search
    }

    /// How people reach the server where nothing else is said.
    pub fn scheme(&self) -> &'static str {
        #[cfg(feature = "tls")]
        if self.tls.is_some() {
            return "https";
        }
        "http"
    }
}
