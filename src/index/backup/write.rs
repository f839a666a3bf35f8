//! Backing up: the files of one commit are held open, verified, and then written behind their manifest.

use super::super::commit::Commit;
use super::super::directory::{META, Refusal};
use super::super::sealed::seal;
use super::super::{IndexError, Location, checksum};
use super::manifest::{BackedFile, NAME};
use super::{Backup, BackupError};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek as _, Write};
use std::path::{Path, PathBuf};

/// Writes the index into one file, which is there whole or not at all. Runs and servers may go on meanwhile.
///
/// # Errors
/// [`BackupError`], above all where a file of the index is damaged.
pub fn backup(
    location: &Location,
    path: &Path,
    force: bool,
    progress: &dyn Fn(u64, u64),
) -> Result<Backup, BackupError> {
    if !force && path.exists() {
        return Err(BackupError::Exists(path.to_owned()));
    }
    let commit = hold(location)?;
    let state = commit.state(location)?;
    let meta = commit.meta().map_err(|error| location.damaged(error.to_string()))?;
    let meta = seal(&meta);
    let length = |file: &File| file.metadata().map_or(0, |meta| meta.len());
    let total = 2 * (meta.len() as u64 + commit.files.values().map(length).sum::<u64>());
    let mut done = 0;
    let mut step = |bytes: usize| {
        done += bytes as u64;
        progress(done, total);
    };
    let mut files = vec![backed(META, meta.len() as u64, blake3::hash(&meta))];
    for (name, file) in &commit.files {
        let (mut hasher, mut bytes) = (blake3::Hasher::new(), 0);
        checksum::verify(file, |piece| {
            hasher.update(piece);
            bytes += piece.len() as u64;
            step(piece.len());
        })
        .map_err(|reason| match reason.kind() {
            io::ErrorKind::InvalidData => location.damaged(format!("{name}: {reason}")),
            _ => IndexError::Io { path: PathBuf::from(name), reason },
        })?;
        files.push(backed(name, bytes, hasher.finalize()));
    }
    let sources = state
        .sources
        .iter()
        .map(|source| (source.name.clone(), source.pages - source.removed.min(source.pages)));
    let manifest = Backup::new(state.generation, sources.collect(), files);
    let temporary = beside(path);
    let mut write = || -> io::Result<()> {
        let file = File::options().write(true).create(true).truncate(true).open(&temporary)?;
        let out = BufWriter::new(&file);
        let mut out: Box<dyn Write> = if path.extension().is_some_and(|extension| extension == "gz") {
            Box::new(GzEncoder::new(out, Compression::fast()))
        } else {
            Box::new(out)
        };
        archive(&manifest, &meta, &commit, &mut out, &mut step)?;
        out.flush()?;
        drop(out);
        file.sync_all()?;
        if !force && path.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&temporary, path)?;
        File::open(folder_of(path))?.sync_all()
    };
    write().map_err(|reason| {
        let _ = fs::remove_file(&temporary);
        match reason.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
            _ => BackupError::Io { path: path.to_owned(), reason },
        }
    })?;
    Ok(manifest)
}

/// The commit that is current.
fn hold(location: &Location) -> Result<Commit, IndexError> {
    loop {
        let folder = location.current()?;
        let held = location
            .open_folder(&folder, &Refusal::default())
            .and_then(|index| Commit::of(location, &folder, &index));
        match held {
            Ok(Some(commit)) => match commit.missing.first() {
                None => return Ok(commit),
                Some(missing) => return Err(location.damaged(format!("{missing}: it is missing"))),
            },
            // A run ended meanwhile, or another folder was made current and this one removed.
            Ok(None) => {}
            Err(_) if location.current().is_ok_and(|now| now != folder) => {}
            Err(error) => return Err(error),
        }
    }
}

fn backed(name: &str, length: u64, hash: blake3::Hash) -> BackedFile {
    BackedFile { name: name.to_owned(), length, blake3: hash.to_hex().to_string() }
}

/// A temporary file in the same folder, so that it can be renamed.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn archive(
    manifest: &Backup,
    meta: &[u8],
    commit: &Commit,
    out: &mut dyn Write,
    step: &mut dyn FnMut(usize),
) -> io::Result<()> {
    let mut tar = tar::Builder::new(out);
    let json = serde_json::to_vec_pretty(manifest)?;
    append(&mut tar, NAME, json.len() as u64, json.as_slice())?;
    for file in &manifest.files {
        let Some(opened) = commit.files.get(&file.name) else {
            append(&mut tar, &file.name, file.length, meta)?;
            continue;
        };
        let mut opened = opened;
        opened.rewind()?;
        let mut reader = Hashed { inner: BufReader::new(opened), hasher: blake3::Hasher::new(), step };
        append(&mut tar, &file.name, file.length, &mut reader)?;
        if reader.hasher.finalize().to_hex().as_str() != file.blake3 {
            let reason = format!("{} was read twice and was not the same: is the disk sound?", file.name);
            return Err(io::Error::other(reason));
        }
    }
    tar.into_inner()?.flush()
}

fn append(
    tar: &mut tar::Builder<&mut dyn Write>,
    name: &str,
    length: u64,
    content: impl Read,
) -> io::Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_size(length);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::Regular);
    tar.append_data(&mut header, name, content)
}

/// A reader that hashes what it reads.
struct Hashed<'a, R> {
    inner: R,
    hasher: blake3::Hasher,
    step: &'a mut dyn FnMut(usize),
}

impl<R: Read> Read for Hashed<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.hasher.update(&bytes[..read]);
        (self.step)(read);
        Ok(read)
    }
}
