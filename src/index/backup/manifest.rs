//! What a backup says of itself, and the first thing in it: so its files can be bounded before they are read.

use super::super::directory::META;
use super::super::location::FORMAT;
use serde::{Deserialize, Serialize};

/// Its name within the tar.
pub(super) const NAME: &str = "rolecall-backup.json";
/// Changes with the form of a backup.
const VERSION: u32 = 1;
/// Bytes of a manifest; one of ten thousand files has a tenth of it.
pub(super) const LARGEST: u64 = 16 << 20;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// The form of the backup.
    pub version: u32,
    /// The format of the index.
    pub format: u32,
    /// The generation of the index.
    pub generation: u64,
    /// Its sources, by name, with how many pages each has.
    pub sources: Vec<(String, u64)>,
    /// Its files, in the order in which they follow.
    pub files: Vec<BackedFile>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub length: u64,
    /// Their BLAKE3 hash, in hexadecimal.
    pub blake3: String,
}

impl Backup {
    pub(super) fn new(generation: u64, sources: Vec<(String, u64)>, files: Vec<BackedFile>) -> Self {
        Self { version: VERSION, format: FORMAT, generation, sources, files }
    }

    /// Bytes of all its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.length))
    }

    /// Pages of all its sources.
    pub fn pages(&self) -> u64 {
        self.sources.iter().fold(0, |sum, (_, pages)| sum.saturating_add(*pages))
    }

    /// Reads one, and refuses what this program could not restore.
    pub(super) fn read(json: &[u8]) -> Result<Self, String> {
        let backup: Self = serde_json::from_slice(json).map_err(|error| format!("its manifest: {error}"))?;
        if backup.version != VERSION {
            return Err(format!(
                "it is a backup of version {}, this rolecall reads {VERSION}",
                backup.version
            ));
        }
        if backup.format != FORMAT {
            return Err(format!(
                "its index has format {}, this rolecall reads format {FORMAT}: restore it with the rolecall that wrote it, or build the index anew with `rolecall ingest`",
                backup.format
            ));
        }
        if let Some(file) = backup.files.iter().find(|file| !is_name(&file.name)) {
            return Err(format!("{:?} is no name of a file of an index", file.name));
        }
        let mut names: Vec<&str> = backup.files.iter().map(|file| file.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() != backup.files.len() {
            return Err("a file is there twice".to_owned());
        }
        if !names.contains(&META) {
            return Err(format!("it has no {META}"));
        }
        Ok(backup)
    }
}

/// A name as the engine gives its files: no folder, no leading dot, nothing that a file system reads otherwise.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
    name.len() <= 100
        && name.bytes().all(plain)
        && name.starts_with(|c: char| c != '.')
        && !name.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        for name in ["meta.json", "0a1b2c.store", "0a1b2c.17.del"] {
            assert!(is_name(name), "{name}");
        }
        for name in
            ["", ".managed.json", "..", "a/b", "/etc/passwd", "../a", "a\\b", "a..b", "A", "a b", "con:"]
        {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn what_could_not_be_restored_is_refused() {
        let file = |name: &str| BackedFile { name: name.to_owned(), length: 1, blake3: String::new() };
        let sound = Backup::new(3, vec![], vec![file(META), file("a.store")]);
        let read = |backup: &Backup| Backup::read(&serde_json::to_vec(backup).unwrap());
        assert_eq!(read(&sound), Ok(sound.clone()));
        let said = |change: &dyn Fn(&mut Backup)| {
            let mut backup = sound.clone();
            change(&mut backup);
            read(&backup).unwrap_err()
        };
        assert!(said(&|backup| backup.version = 2).contains("version 2"));
        assert!(said(&|backup| backup.format += 1).contains("restore it with the rolecall that wrote it"));
        assert!(said(&|backup| backup.files.push(file("../a"))).contains("no name"));
        assert!(said(&|backup| backup.files.push(file("a.store"))).contains("twice"));
        assert!(said(&|backup| backup.files.remove(0).name.clear()).contains("no meta.json"));
    }
}
