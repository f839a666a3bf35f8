//! Whether an index is sound: every file has the checksum that it was written with, and what its columns say of each
//! page is what the stored page says.

mod pages;
#[cfg(test)]
mod tests;

use super::checksum;
use super::commit::Commit;
use super::directory::{MANAGED, META, Refusal};
use super::sealed::unseal;
use super::{IndexError, Location, Snapshot, State};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Told about while it goes on: what is being looked at, how many of it are done, and how many there are.
pub type Progress<'a> = &'a dyn Fn(&str, u64, u64);

/// More faults than these are counted, not listed.
const LISTED: usize = 1000;

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The generation that was checked; none where it cannot be told.
    pub generation: Option<u64>,
    /// Files of it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Pages that were compared; none where a file is damaged, for then they would be guesses.
    pub pages: u64,
    /// Their sections.
    pub sections: u64,
    /// What does not fit, at most a thousand of it.
    pub faults: Vec<Fault>,
    /// Further faults.
    pub more_faults: u64,
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file, within the folder of the index.
    pub file: Option<String>,
    /// The page's id.
    pub page: Option<String>,
    /// What does not fit.
    pub reason: String,
}

impl Checked {
    /// Whether nothing was found.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, file: Option<String>, page: Option<&str>, reason: impl Into<String>) {
        if self.faults.len() == LISTED {
            self.more_faults += 1;
        } else {
            self.faults.push(Fault { file, page: page.map(str::to_owned), reason: reason.into() });
        }
    }
}

/// Checks the commit that is current when it begins; a run that ends meanwhile does not disturb it.
///
/// # Errors
/// [`IndexError`] where there is nothing to check, or it is of another format, or may not be read. What is damaged is no
/// error, but a fault.
pub fn check(location: &Location, progress: Progress<'_>) -> Result<Checked, IndexError> {
    let mut checked = Checked::default();
    loop {
        let folder = match location.current() {
            Ok(folder) => folder,
            Err(IndexError::Damaged { reason, .. }) => {
                checked.fault(Some("current".to_owned()), None, reason);
                return Ok(checked);
            }
            Err(error) => return Err(error),
        };
        match check_folder(location, &folder, progress) {
            // Another folder was made current meanwhile, and this one removed.
            _ if location.current().is_ok_and(|now| now != folder) => {}
            outcome => return outcome,
        }
    }
}

fn check_folder(location: &Location, folder: &Path, progress: Progress<'_>) -> Result<Checked, IndexError> {
    let mut checked = Checked::default();
    let within = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = |name: &str| Some(format!("{within}/{name}"));
    if !folder.exists() {
        checked.fault(Some("current".to_owned()), None, format!("it names {within}, which is missing"));
        return Ok(checked);
    }
    for name in [META, MANAGED] {
        match fs::read(folder.join(name)) {
            Ok(bytes) => {
                checked.files += 1;
                checked.bytes += bytes.len() as u64;
                if unseal(&bytes).is_none() {
                    checked.fault(file(name), None, "its checksum does not fit");
                }
            }
            Err(error) => checked.fault(file(name), None, unread(&error)),
        }
    }
    if !checked.is_sound() {
        return Ok(checked);
    }
    let opened = location.open_folder(folder, &Refusal::default()).and_then(|index| {
        loop {
            if let Some(commit) = Commit::of(location, folder, &index)? {
                return Ok(commit);
            }
        }
    });
    let commit = match opened {
        Ok(commit) => commit,
        Err(IndexError::Damaged { reason, .. }) => {
            checked.fault(Some(within), None, reason);
            return Ok(checked);
        }
        Err(error) => return Err(error),
    };
    let state = commit.state(location)?;
    checked.generation = Some(state.generation);
    let length = |file: &fs::File| file.metadata().map_or(0, |meta| meta.len());
    let total = checked.bytes + commit.files.values().map(length).sum::<u64>();
    for name in &commit.missing {
        checked.fault(file(name), None, "it is missing");
    }
    for (name, opened) in &commit.files {
        checked.files += 1;
        let verified = checksum::verify(opened, |piece| {
            checked.bytes += piece.len() as u64;
            progress("bytes", checked.bytes, total);
        });
        if let Err(error) = verified {
            checked.fault(file(name), None, unread(&error));
        }
    }
    if !checked.is_sound() {
        return Ok(checked);
    }
    let verified: BTreeSet<_> = commit.files.keys().map(|name| folder.join(name)).collect();
    match Snapshot::open_folder(location, folder, verified) {
        Ok(snapshot) => {
            checked.generation = Some(snapshot.state.generation);
            pages::compare(&snapshot, &mut checked, progress);
        }
        Err(IndexError::Damaged { reason, .. }) => checked.fault(Some(within), None, reason),
        // The files are as they were written, and still the engine cannot make sense of them.
        Err(IndexError::Engine { reason, .. }) => checked.fault(Some(within), None, reason.to_string()),
        Err(error) => return Err(error),
    }
    Ok(checked)
}

/// What kept a file from being read.
fn unread(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::InvalidData => error.to_string(),
        std::io::ErrorKind::NotFound => "it is missing".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

/// Of each source, whether it has the pages that are counted for it, and the blocks that stand on most of them.
fn compare_sources(snapshot: &Snapshot, state: &State, checked: &mut Checked) -> Result<(), IndexError> {
    let mut counted: u64 = 0;
    for source in &state.sources {
        let (mut pages, mut seen) = (0_u64, vec![0_u64; source.boilerplate.len()]);
        snapshot.fingerprints(&source.name, |_, fingerprints| {
            pages += 1;
            for (known, seen) in source.boilerplate.iter().zip(&mut seen) {
                *seen += u64::from(fingerprints.contains(&known.fingerprint));
            }
        })?;
        counted += pages;
        if pages + source.removed != source.pages {
            let reason = format!(
                "the source {:?} has {pages} pages, and {} are counted for it",
                source.name,
                source.pages - source.removed.min(source.pages)
            );
            checked.fault(None, None, reason);
        }
        // Copies count once, and a page that was taken out was counted.
        for (known, seen) in source.boilerplate.iter().zip(seen) {
            if seen + source.removed < known.pages {
                let reason = format!(
                    "the source {:?}: the block {:016x} stands on {seen} pages, and is counted on {}",
                    source.name, known.fingerprint, known.pages
                );
                checked.fault(None, None, reason);
            }
        }
    }
    let all: u64 = snapshot.segments.iter().map(|segment| segment.pages.len() as u64).sum();
    if counted < all {
        checked.fault(None, None, format!("{} pages belong to no source", all - counted));
    }
    Ok(())
}
