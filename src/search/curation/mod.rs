//! What the owner of a site says of searching it: words that mean the same, words that say nothing there, pages that
//! stand first. It is a file that is read when questions are answered; nothing is ingested again for it.

mod pins;
mod read;

use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

pub(super) use pins::{Pinned, Pins};

/// The largest file, in bytes.
const LARGEST: u64 = 1 << 20;

/// What a curation file says.
#[derive(Debug, Default)]
pub struct Curation {
    pub(super) synonyms: Vec<Synonym>,
    /// Folded.
    pub(super) stop_words: Vec<String>,
    pub(super) pins: Vec<Pin>,
    file: Option<File>,
}

/// Names that stand for others: who asks for one of the first finds the others too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Synonym {
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
}

/// Pages that stand first for some questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pin {
    pub(super) queries: Vec<String>,
    /// Ids or paths, in order.
    pub(super) pages: Vec<String>,
}

/// Where it was read, and what the file looked like when it was looked at last.
#[derive(Debug)]
struct File {
    path: PathBuf,
    seen: Mutex<Option<Stamp>>,
}

/// Length and time of change.
type Stamp = (u64, SystemTime);

/// Why a curation file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CurationError {
    /// It is not there or cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It says something that cannot be used; every such place is named.
    #[error("{}", of_file(path, faults))]
    Faulty {
        /// The file.
        path: PathBuf,
        /// In the order of lines.
        faults: Vec<Fault>,
    },
}

/// Something in a curation file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// The key it is about, as `synonyms.same`; empty where the file is not TOML.
    pub key: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => write!(f, "line {}: {}", self.line, self.reason),
            key => write!(f, "line {}, {key}: {}", self.line, self.reason),
        }
    }
}

fn of_file(path: &Path, faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(|fault| format!("{}, {fault}", path.display())).collect();
    faults.join("\n")
}

impl Curation {
    /// What tells what it says from what others say.
    pub(super) fn identity(&self) -> String {
        let said = format!("{:?}", (&self.synonyms, &self.stop_words, &self.pins));
        blake3::hash(said.as_bytes()).to_hex()[..16].to_owned()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`CurationError`] where it cannot be read, or says what cannot be used.
    pub fn read(path: &Path) -> Result<Self, CurationError> {
        let unreadable = |error| CurationError::Unreadable { path: path.to_owned(), error };
        // The stamp first: what changes in between is then seen at the next look.
        let seen = Mutex::new(stamp(path));
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(unreadable)?;
        file.take(LARGEST + 1).read_to_string(&mut text).map_err(unreadable)?;
        let faulty = |faults| CurationError::Faulty { path: path.to_owned(), faults };
        let file = Some(File { path: path.to_owned(), seen });
        Ok(Self { file, ..Self::parse(&text).map_err(faulty)? })
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// All that cannot be used of it, up to a few dozen.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        if text.len() as u64 > LARGEST {
            let reason = format!("it is larger than {LARGEST} bytes");
            return Err(vec![Fault { line: 1, key: String::new(), reason }]);
        }
        read::curation(text)
    }

    /// What the file says now, where it is another than when it was looked at last.
    pub(super) fn changed(&self) -> Option<Result<Self, CurationError>> {
        let File { path, seen } = self.file.as_ref()?;
        let now = stamp(path);
        let mut seen = seen.lock().ok()?;
        if std::mem::replace(&mut *seen, now) == now {
            return None;
        }
        Some(Self::read(path))
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.len(), meta.modified().ok()?))
}
