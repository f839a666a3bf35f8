//! The files of one commit, held open: they can be read to their ends whatever a writer removes or replaces meanwhile.

use super::checksum;
use super::cores::on_cores;
use super::directory::META;
use super::{IndexError, Location, State};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tantivy::index::{IndexMeta, SegmentComponent};

/// A commit.
pub(super) struct Commit {
    folder: PathBuf,
    metas: IndexMeta,
    /// By name: the files of its segments.
    pub(super) files: BTreeMap<String, File>,
    /// Those of them that are not there.
    pub(super) missing: BTreeSet<String>,
}

impl Commit {
    /// The commit of a folder as it is now; none where a writer replaced it while its files were being opened.
    pub(super) fn of(
        location: &Location,
        folder: &Path,
        index: &tantivy::Index,
    ) -> Result<Option<Self>, IndexError> {
        let load = || index.load_metas().map_err(|error| location.engine(error));
        let metas = load()?;
        let mut commit = Self {
            folder: folder.to_owned(),
            files: BTreeMap::new(),
            missing: BTreeSet::new(),
            metas: metas.clone(),
        };
        for name in names(&metas) {
            let path = folder.join(&name);
            match File::open(&path) {
                Ok(file) => drop(commit.files.insert(name, file)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => drop(commit.missing.insert(name)),
                Err(reason) => return Err(IndexError::Io { path, reason }),
            }
        }
        if commit.missing.is_empty() {
            return Ok(Some(commit));
        }
        let now = load()?;
        let is_same = names(&now) == names(&metas);
        Ok(is_same.then_some(commit))
    }

    /// The list of its segments, as it is written.
    pub(super) fn meta(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec_pretty(&self.metas)
    }

    /// Whether it is the same commit, with the same segments.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.metas.opstamp == other.metas.opstamp
            && self.metas.payload == other.metas.payload
            && names(&self.metas) == names(&other.metas)
    }

    /// Sources and counters.
    pub(super) fn state(&self, location: &Location) -> Result<State, IndexError> {
        match &self.metas.payload {
            None => Ok(State::default()),
            Some(json) => serde_json::from_str(json)
                .map_err(|error| location.damaged(format!("{META}: its sources: {error}"))),
        }
    }

    /// Compares the checksums of all files that are not among those that were verified before, which they then are. What
    /// the commit does not have leaves them.
    pub(super) fn verify(
        &self,
        location: &Location,
        verified: &mut BTreeSet<PathBuf>,
    ) -> Result<(), IndexError> {
        if let Some(missing) = self.missing.first() {
            return Err(location.damaged(format!("{missing}: it is missing")));
        }
        // The largest first: at the end no core waits for long.
        let length = |file: &File| file.metadata().map_or(0, |metadata| metadata.len());
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_by_cached_key(|(_, file)| Reverse(length(file)));
        let fits = on_cores(files.len(), |at| {
            let (name, file) = files[at];
            let path = self.folder.join(name);
            if !verified.contains(&path) {
                checksum::verify(file, |_| ()).map_err(|reason| match reason.kind() {
                    io::ErrorKind::InvalidData => location.damaged(format!("{name}: {reason}")),
                    _ => IndexError::Io { path: path.clone(), reason },
                })?;
            }
            Ok(path)
        });
        *verified = fits.into_iter().collect::<Result<_, IndexError>>()?;
        Ok(())
    }
}

/// The files of its segments. Deleted documents have a file only where there are any.
fn names(metas: &IndexMeta) -> BTreeSet<String> {
    let mut files = metas.list_segment_files();
    for segment in metas.segments.iter().filter(|segment| !segment.has_deletes()) {
        files.remove(&segment.relative_path(SegmentComponent::Delete));
    }
    files.into_iter().map(|file| file.to_string_lossy().into_owned()).collect()
}
