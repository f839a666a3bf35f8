//! Keys: who may ask what. A key is 256 random bits; the file that knows it keeps their SHA-256 alone, so whoever reads the
//! file has no key.

mod file;
mod guard;
mod key;

use arc_swap::ArcSwap;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

pub use file::{KeyFile, KeyFileError, KnownKey};
pub(super) use guard::guard;
pub use key::Key;

/// What a key is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Asking.
    Search,
    /// Running the server: whatever changes something or tells of others.
    Admin,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Search, Self::Admin];

    /// `search` or `admin`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Admin => "admin",
        }
    }
}

/// The keys that a server knows, as its file says; a change of the file counts within a second.
pub struct Keys {
    path: PathBuf,
    known: ArcSwap<KeyFile>,
    /// When the file was changed that was read last.
    seen: Mutex<Option<SystemTime>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keys").field(&self.path).finish()
    }
}

impl Keys {
    /// Reads a file of keys.
    ///
    /// # Errors
    /// [`KeyFileError`] where it is not there or is no file of keys.
    pub fn open(path: &Path) -> Result<Self, KeyFileError> {
        // The time first: what changes in between is then seen at the next look.
        let seen = Mutex::new(changed(path));
        let known = ArcSwap::from_pointee(KeyFile::read(path)?);
        Ok(Self { path: path.to_owned(), known, seen })
    }

    /// What a key is good for; nothing where nobody knows it.
    pub(super) fn scopes(&self, key: &str) -> Vec<Scope> {
        self.known.load().scopes(key)
    }

    /// Looks whether the file says something else, and if so goes by that; whether it does.
    ///
    /// # Errors
    /// [`KeyFileError`] where it cannot be read; then what it said before goes on counting.
    pub fn reload_if_changed(&self) -> Result<bool, KeyFileError> {
        let now = changed(&self.path);
        match self.seen.lock() {
            Ok(mut seen) if *seen != now => *seen = now,
            _ => return Ok(false),
        }
        self.known.store(KeyFile::read(&self.path)?.into());
        Ok(true)
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
