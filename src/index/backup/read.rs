//! Restoring: the whole backup is verified before anything is written, then unpacked into a new folder of documents, which
//! becomes current by one rename.

use super::super::directory::{MANAGED, META};
use super::super::sealed::{seal, unseal};
use super::super::{IndexError, Location, Snapshot, State};
use super::manifest::{LARGEST, NAME};
use super::{Backup, BackupError};
use flate2::read::MultiGzDecoder;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek as _, Write};
use std::path::Path;

/// What gzip may make of a byte, on average; documents stay far below.
const MOST_UNPACKED: u64 = 100;
/// What a small backup may unpack to whatever its length, in bytes.
const ALWAYS_UNPACKED: u64 = 64 << 20;
/// Bytes read at a time.
const PIECE: usize = 1 << 18;

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says of itself.
    pub backup: Backup,
    /// The generation that the index has now: above that of the backup and that of the index that was there.
    pub generation: u64,
    /// The generation of the index that was there; 0 where there was none, or it cannot be told.
    pub before: u64,
}

/// Puts a backup in the place of the index, or where there is none. What was there goes on being read until then, and is
/// removed after.
///
/// # Errors
/// [`BackupError`], where anything of it does not fit.
pub fn restore(
    location: &Location,
    path: &Path,
    progress: &dyn Fn(u64, u64),
) -> Result<Restored, BackupError> {
    let io = |reason| BackupError::Io { path: path.to_owned(), reason };
    let refused = |reason| BackupError::Refused { path: path.to_owned(), reason };
    let mut file = File::open(path).map_err(io)?;
    if !file.metadata().map_err(io)?.is_file() {
        return Err(refused("it is no file".to_owned()));
    }
    let mut done = 0;
    let mut step = |bytes: u64, total: u64| {
        done += bytes;
        progress(done, total);
    };
    let nowhere = |_: &str| -> io::Result<Box<dyn Finished>> { Ok(Box::new(io::sink())) };
    let backup = walk(&mut file, &mut step, nowhere).map_err(|wrong| wrong.of(path, path))?;
    let lock = location.lock()?;
    let before = location.last_generation();
    let folder = location.create_folder(&lock)?;
    let target = location.root().join(&folder);
    let mut unpack = || -> Result<u64, BackupError> {
        let into_target = |name: &str| -> io::Result<Box<dyn Finished>> {
            Ok(Box::new(Synced(File::options().write(true).create_new(true).open(target.join(name))?)))
        };
        let again = walk(&mut file, &mut step, into_target).map_err(|wrong| wrong.of(path, &target))?;
        if again != backup {
            return Err(refused("it changed while it was read".to_owned()));
        }
        let generation = backup.generation.max(before).saturating_add(1);
        settle(&target, &backup, generation).map_err(|wrong| wrong.of(path, &target))?;
        // All checksums, and that its documents can be answered from.
        Snapshot::open_folder(location, &target, BTreeSet::new()).map_err(|error| match error {
            IndexError::Damaged { reason, .. } => refused(reason),
            IndexError::Engine { reason, .. } => refused(reason.to_string()),
            error => error.into(),
        })?;
        location.make_current(&folder)?;
        Ok(generation)
    };
    let generation = unpack().inspect_err(|_| location.remove_folder(&folder))?;
    Ok(Restored { backup, generation, before })
}

/// What does not fit.
enum Wrong {
    /// The backup, and why.
    Backup(String),
    /// A file that was to be written.
    Written(String, io::Error),
}

impl Wrong {
    /// Of the backup at `path`, unpacked into `target`.
    fn of(self, path: &Path, target: &Path) -> BackupError {
        match self {
            Self::Backup(reason) => BackupError::Refused { path: path.to_owned(), reason },
            Self::Written(name, reason) => BackupError::Io { path: target.join(name), reason },
        }
    }
}

impl From<String> for Wrong {
    fn from(reason: String) -> Self {
        Self::Backup(reason)
    }
}

/// Reads a backup from its beginning to its end, and gives the bytes of each file to what `open` makes of its name.
fn walk(
    file: &mut File,
    step: &mut dyn FnMut(u64, u64),
    mut open: impl FnMut(&str) -> io::Result<Box<dyn Finished>>,
) -> Result<Backup, Wrong> {
    let cut = |error: io::Error| Wrong::Backup(format!("it is cut off or damaged ({error})"));
    let length = file.metadata().map_err(cut)?.len();
    let most = length.saturating_mul(MOST_UNPACKED).max(ALWAYS_UNPACKED);
    let mut tar = tar::Archive::new(unpacked(file, most.saturating_add(LARGEST)).map_err(cut)?);
    let mut entries = tar.entries().map_err(cut)?.raw(true);
    let mut next = |wanted: &str| -> Result<_, Wrong> {
        let entry = entries.next().transpose().map_err(cut)?;
        let entry = entry.ok_or_else(|| format!("it ends before {wanted:?}"))?;
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(format!("an entry of it is no file, where {wanted:?} should be").into());
        }
        let found = entry.path_bytes();
        if found != wanted.as_bytes() {
            return Err(format!("{:?} is where {wanted:?} should be", String::from_utf8_lossy(&found)).into());
        }
        drop(found);
        Ok(entry)
    };
    let manifest = next(NAME)?;
    if manifest.size() > LARGEST {
        return Err("its manifest is too long".to_owned().into());
    }
    let mut json = Vec::new();
    manifest.take(LARGEST).read_to_end(&mut json).map_err(cut)?;
    let backup = Backup::read(&json)?;
    if backup.bytes() > most {
        return Err(format!("it says that its {length} bytes unpack to {}", backup.bytes()).into());
    }
    let total = backup.bytes().saturating_mul(2);
    for wanted in &backup.files {
        let mut entry = next(&wanted.name)?;
        if entry.size() != wanted.length {
            let (name, size) = (&wanted.name, entry.size());
            return Err(format!("{name} has {size} bytes, and should have {}", wanted.length).into());
        }
        let written = |error| Wrong::Written(wanted.name.clone(), error);
        let mut out = open(&wanted.name).map_err(written)?;
        let (mut hasher, mut bytes, mut piece) = (blake3::Hasher::new(), 0, vec![0; PIECE]);
        loop {
            let read = match entry.read(&mut piece).map_err(cut)? {
                0 => break,
                read => read,
            };
            hasher.update(&piece[..read]);
            bytes += read as u64;
            out.write_all(&piece[..read]).map_err(written)?;
            step(read as u64, total);
        }
        if bytes != wanted.length || hasher.finalize().to_hex().as_str() != wanted.blake3 {
            return Err(format!("{} is not what its manifest says", wanted.name).into());
        }
        out.finish().map_err(written)?;
    }
    if entries.next().is_some() {
        return Err("more follows than its manifest says".to_owned().into());
    }
    Ok(backup)
}

/// The tar from its beginning, of which at most so many bytes are unpacked.
fn unpacked(file: &mut File, most: u64) -> io::Result<Box<dyn Read + '_>> {
    let mut magic = [0; 2];
    file.rewind()?;
    file.read_exact(&mut magic)?;
    file.rewind()?;
    let reader = BufReader::new(file);
    Ok(if magic == [0x1f, 0x8b] {
        Box::new(MultiGzDecoder::new(reader).take(most))
    } else {
        Box::new(reader)
    })
}

/// Something that is written to its end.
trait Finished: Write {
    fn finish(&mut self) -> io::Result<()>;
}

impl Finished for io::Sink {
    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that the disk has when it is finished.
struct Synced(File);

impl Write for Synced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Finished for Synced {
    fn finish(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

/// Gives unpacked documents their generation and the list of their files.
fn settle(folder: &Path, backup: &Backup, generation: u64) -> Result<(), Wrong> {
    let refused = |reason: String| Wrong::Backup(format!("{META}: {reason}"));
    let written = |error| Wrong::Written(META.to_owned(), error);
    let bytes = fs::read(folder.join(META)).map_err(written)?;
    let meta = unseal(&bytes).ok_or_else(|| refused("its checksum does not fit".to_owned()))?;
    let mut meta: serde_json::Value =
        serde_json::from_slice(meta).map_err(|error| refused(error.to_string()))?;
    let payload = meta.get("payload").and_then(serde_json::Value::as_str);
    let state: Option<State> = payload.and_then(|payload| serde_json::from_str(payload).ok());
    let mut state = state.ok_or_else(|| refused("its sources cannot be read".to_owned()))?;
    if state.generation != backup.generation {
        return Err(refused("its generation is not what the manifest says".to_owned()));
    }
    state.generation = generation;
    meta["payload"] = serde_json::json!(state).to_string().into();
    let names: Vec<&str> = backup.files.iter().map(|file| file.name.as_str()).collect();
    let write = || -> io::Result<()> {
        for (name, value) in [(META, meta), (MANAGED, serde_json::json!(names))] {
            let mut file = File::create(folder.join(name))?;
            file.write_all(&seal((value.to_string() + "\n").as_bytes()))?;
            file.sync_all()?;
        }
        File::open(folder)?.sync_all()
    };
    write().map_err(written)
}
