//! The file of keys: JSON, written whole or not at all, to be read by its owner alone.

use super::Scope;
use super::key::{Key, digest, is_same};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The largest file, in bytes.
const LARGEST: u64 = 1 << 20;
/// The longest name of a key, in bytes.
const LONGEST_NAME: usize = 100;

/// The keys that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    /// In the order in which they were made.
    pub keys: Vec<KnownKey>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownKey {
    /// What it is revoked by: the beginning of its digest.
    pub id: String,
    /// Whose it is, or for what.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// When it was made, in seconds since 1970.
    pub created: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or written.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is something else.
    #[error("{}: is no file of keys: {reason}; `rolecall key add NAME --keys FILE` makes one", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A name that cannot be one.
    #[error("the name of a key must have 1 to {LONGEST_NAME} bytes and no control characters")]
    Name,
    /// No key has this id or name.
    #[error("no key has the id or name {0:?}; `rolecall key list` names those there are")]
    Unknown(String),
    /// Several keys have this name.
    #[error("several keys have the name {0:?}; give the id of one, as `rolecall key list` has it")]
    Ambiguous(String),
}

impl KeyFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`KeyFileError`] where it is not there or says something else.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let io = |error| KeyFileError::Io { path: path.to_owned(), error };
        let damaged = |reason: String| KeyFileError::Damaged { path: path.to_owned(), reason };
        let mut text = String::new();
        let file = fs::File::open(path).map_err(io)?;
        io::Read::read_to_string(&mut io::Read::take(file, LARGEST + 1), &mut text).map_err(io)?;
        if text.len() as u64 > LARGEST {
            return Err(damaged(format!("it has more than {LARGEST} bytes")));
        }
        let keys: Self = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        match keys.keys.iter().find(|key| !is_digest(&key.sha256)) {
            Some(key) => Err(damaged(format!("the key {:?} has no SHA-256", key.id))),
            None => Ok(keys),
        }
    }

    /// The same; none where the file is not there yet.
    ///
    /// # Errors
    /// As [`KeyFile::read`].
    pub fn read_or_new(path: &Path) -> Result<Self, KeyFileError> {
        match Self::read(path) {
            Err(KeyFileError::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            read => read,
        }
    }

    /// Writes the file anew: beside it first, then in its place, so that a server that reads meanwhile has the one or the other.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
        let io = |error| KeyFileError::Io { path: path.to_owned(), error };
        let mut beside = path.to_owned().into_os_string();
        beside.push(format!(".{}", std::process::id()));
        let beside = PathBuf::from(beside);
        let json = serde_json::to_string_pretty(self).map_err(|error| io(io::Error::other(error)))?;
        let written = private(&beside).and_then(|mut file| {
            file.write_all(json.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        });
        let written = written.and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written.map_err(io)
    }

    /// Makes a key.
    ///
    /// # Errors
    /// Where the name cannot be one or the system has no random bytes.
    pub fn add(&mut self, name: &str, scopes: &[Scope]) -> Result<Key, KeyFileError> {
        if name.trim().is_empty() || name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(KeyFileError::Name);
        }
        let key =
            Key::random().map_err(|error| KeyFileError::Io { path: PathBuf::from("random bytes"), error })?;
        let sha256 = digest(key.as_str());
        let created = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let mut scopes = scopes.to_vec();
        scopes.sort_unstable();
        scopes.dedup();
        self.keys.push(KnownKey {
            id: sha256[..8].to_owned(),
            name: name.trim().to_owned(),
            scopes,
            created,
            sha256,
        });
        Ok(key)
    }

    /// Forgets a key, by its id or by a name that only one has.
    ///
    /// # Errors
    /// Where none or several are meant.
    pub fn revoke(&mut self, of: &str) -> Result<KnownKey, KeyFileError> {
        let named: Vec<usize> = (0..self.keys.len()).filter(|&at| self.keys[at].name == of).collect();
        let at = self.keys.iter().position(|key| key.id == of).or(named.first().copied());
        match at {
            None => Err(KeyFileError::Unknown(of.to_owned())),
            Some(at) if self.keys[at].id != of && named.len() > 1 => {
                Err(KeyFileError::Ambiguous(of.to_owned()))
            }
            Some(at) => Ok(self.keys.remove(at)),
        }
    }

    /// What a key is good for. All are looked at, so that the time does not tell which.
    pub(super) fn scopes(&self, key: &str) -> Vec<Scope> {
        let digest = digest(key);
        let mut scopes = Vec::new();
        for known in &self.keys {
            if is_same(&digest, &known.sha256) {
                scopes.clone_from(&known.scopes);
            }
        }
        scopes
    }
}

/// A new file that its owner alone may read.
#[cfg(unix)]
fn private(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_until_it_is_revoked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let mut keys = KeyFile::read_or_new(&path).unwrap();
        let key = keys.add("site", &[Scope::Search, Scope::Search]).unwrap();
        let admin = keys.add("me", &Scope::ALL).unwrap();
        keys.write(&path).unwrap();
        let mut read = KeyFile::read(&path).unwrap();
        assert_eq!(read, keys);
        assert!(!fs::read_to_string(&path).unwrap().contains(key.as_str()));
        assert_eq!(read.scopes(key.as_str()), [Scope::Search]);
        assert_eq!(read.scopes(admin.as_str()), Scope::ALL);
        assert!(read.scopes("").is_empty() && read.scopes(&keys.keys[0].sha256).is_empty());
        assert_eq!(read.revoke("site").unwrap().name, "site");
        assert!(read.scopes(key.as_str()).is_empty());
        assert!(matches!(read.revoke("site"), Err(KeyFileError::Unknown(_))));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn of_two_keys_of_one_name_the_id_is_asked_for() {
        let mut keys = KeyFile::default();
        keys.add("a", &[Scope::Search]).unwrap();
        keys.add("a", &[Scope::Search]).unwrap();
        assert!(matches!(keys.revoke("a"), Err(KeyFileError::Ambiguous(_))));
        let id = keys.keys[1].id.clone();
        assert_eq!(keys.revoke(&id).unwrap().id, id);
        assert!(matches!(keys.add(" ", &[Scope::Search]), Err(KeyFileError::Name)));
    }

    #[test]
    fn a_file_that_is_none_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        for text in [
            "",
            "[]",
            "{\"keys\":[{}]}",
            "{\"keys\":[],\"more\":1}",
            "{\"keys\":[{\"id\":\"a\",\"name\":\"a\",\"scopes\":[\"search\"],\"created\":0,\"sha256\":\"ab\"}]}",
        ] {
            fs::write(&path, text).unwrap();
            assert!(matches!(KeyFile::read(&path), Err(KeyFileError::Damaged { .. })), "{text}");
        }
    }
}
