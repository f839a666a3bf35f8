//! How the server answers, as those who run it choose.

use super::cors::AllowedOrigin;
use super::keys::Keys;
use super::limits::Limits;
use super::origin::Origin;
use std::sync::Arc;

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
    /// How connections are encrypted; they are not where there is none.
    #[cfg(feature = "tls")]
    pub tls: Option<super::Tls>,
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
