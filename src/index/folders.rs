//! The folders of documents within an index, apart from the one that is current: which of them a run left behind, which are
//! worth keeping, and what can be told of documents that cannot be opened.

use super::directory::{META, TEMPORARY};
use super::location::{Current, Lock};
use super::{IndexError, Location, State};
use std::fs;
use std::path::Path;

/// What a folder holds.
enum Holds {
    /// Nothing that was ever visible.
    Nothing,
    /// A run that was committed.
    Documents,
    /// What cannot be read, and why.
    Unreadable(String),
}

impl Location {
    /// Makes a committed folder current again where the file that says so is lost, or a first run was killed just
    /// before it wrote it.
    pub(super) fn recover(&self, _lock: &Lock) -> Result<(), IndexError> {
        if self.exists() {
            return Ok(());
        }
        let mut committed = Vec::new();
        for folder in self.folders() {
            match self.holds(&folder) {
                Holds::Nothing => {}
                Holds::Documents => committed.push(folder),
                Holds::Unreadable(reason) => {
                    return Err(self.damaged(format!("`current` is missing, and {folder}: {reason}")));
                }
            }
        }
        match committed.as_slice() {
            [] => Ok(()),
            [folder] => self.make_current(folder),
            _ => Err(self.damaged("`current` is missing and there are several folders it could name")),
        }
    }

    fn holds(&self, folder: &str) -> Holds {
        let path = self.root().join(folder);
        let is_hidden = |name: &std::ffi::OsStr| name.to_str().is_some_and(|name| name.starts_with('.'));
        let mut entries = fs::read_dir(&path).into_iter().flatten().flatten();
        if !path.join(META).exists() && entries.all(|entry| is_hidden(&entry.file_name())) {
            return Holds::Nothing;
        }
        let index = match self.open_folder(&path, &std::sync::Arc::default()) {
            Ok(index) => index,
            Err(IndexError::Damaged { reason, .. }) => return Holds::Unreadable(reason),
            Err(error) => return Holds::Unreadable(error.to_string()),
        };
        match index.load_metas() {
            Ok(metas) if metas.payload.is_some() => Holds::Documents,
            Ok(_) => Holds::Nothing,
            Err(error) => Holds::Unreadable(error.to_string()),
        }
    }

    /// What can still be told of the index, whatever its format and however damaged its documents are.
    pub fn remembered(&self) -> Option<State> {
        match self.named() {
            Some(folder) => self.remembered_in(&folder),
            None => {
                let states = self.folders().into_iter().filter_map(|folder| self.remembered_in(&folder));
                states.max_by_key(|state| state.generation)
            }
        }
    }

    /// The last generation that can still be told; 0 where none can.
    pub(crate) fn last_generation(&self) -> u64 {
        let folders = self.named().map_or_else(|| self.folders(), |folder| vec![folder]);
        let of = |folder: String| {
            let text = fs::read(self.root().join(folder).join(META)).ok()?;
            let text = String::from_utf8_lossy(&text).into_owned();
            let (_, rest) = text.split_once(r#"\"generation\":"#)?;
            rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u64>().ok()
        };
        folders.into_iter().filter_map(of).max().unwrap_or_default()
    }

    /// What the commit in a folder says, its checksum aside.
    pub(super) fn remembered_in(&self, folder: &str) -> Option<State> {
        let bytes = fs::read(self.root().join(folder).join(META)).ok()?;
        let mut values = serde_json::Deserializer::from_slice(&bytes).into_iter::<serde_json::Value>();
        let meta = values.next()?.ok()?;
        serde_json::from_str(meta.get("payload")?.as_str()?).ok()
    }

    /// The folder that `current` names, whatever its format.
    fn named(&self) -> Option<String> {
        let json = fs::read_to_string(self.root().join("current")).ok()?;
        let current: Current = serde_json::from_str(&json).ok()?;
        current.is_within().then_some(current.folder)
    }

    /// Removes folders that a run left behind and none reads. Where nothing says which one is read, only those go that
    /// never were.
    pub(super) fn sweep(&self) {
        let named = self.named();
        for folder in self.folders() {
            let is_left = match &named {
                Some(named) => folder != *named && self.root().join(named).exists(),
                None => matches!(self.holds(&folder), Holds::Nothing),
            };
            if is_left {
                self.remove_folder(&folder);
            }
        }
    }

    /// Removes a folder of documents; what cannot be removed now is removed by the next run.
    pub(super) fn remove_folder(&self, folder: &str) {
        let _ = fs::remove_dir_all(self.root().join(folder));
    }

    /// Names of the folders that hold documents.
    pub(super) fn folders(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| name.starts_with("documents-")).collect()
    }

    /// Removes files that a killed run was about to put in the place of others.
    pub(super) fn remove_temporary(&self, folder: &Path, _lock: &Lock) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
