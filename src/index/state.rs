//! What is known about an index besides its documents; it travels in the commit itself, so that it never disagrees.

use serde::{Deserialize, Serialize};

/// Sources and counters of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Counts the runs that changed something; an answer names it.
    pub generation: u64,
    /// In the order of their names.
    pub sources: Vec<SourceState>,
}

/// A folder that pages were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// Its name: the beginning of its pages' ids.
    pub name: String,
    /// The real path of the folder.
    pub root: String,
    /// What makes a page's address from its path.
    pub base_url: Option<String>,
    /// The skills that were added for it: a taxonomy as normalised text.
    pub taxonomy: String,
    /// How many pages it had when its folder was read.
    pub pages: u64,
    /// How many of these were taken out one by one since its folder was read.
    #[serde(default)]
    pub removed: u64,
    /// The blocks that stand on most of them, in the order of their fingerprints.
    pub boilerplate: Vec<Boilerplate>,
}

/// A block that stands on most pages of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boilerplate {
    /// Tells it from others.
    pub fingerprint: u64,
    /// On how many pages it stands; copies of a page count once.
    pub pages: u64,
    /// How long it is, in code points.
    pub length: u64,
}

impl State {
    /// The source with this name.
    pub fn source(&self, name: &str) -> Option<&SourceState> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// Sets what is known of a source.
    pub fn set_source(&mut self, source: SourceState) {
        match self.sources.binary_search_by(|known| known.name.cmp(&source.name)) {
            Ok(at) => self.sources[at] = source,
            Err(at) => self.sources.insert(at, source),
        }
    }
}
