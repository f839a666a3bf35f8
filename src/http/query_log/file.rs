//! The two files: what is written to, and what was put aside when that was full.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where questions are written.
pub(super) struct Files {
    path: PathBuf,
    aside: PathBuf,
    /// The most bytes of one file.
    most: u64,
}

/// What was put aside of a log.
pub(super) fn aside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".1");
    name.into()
}

impl Files {
    pub(super) fn new(path: &Path, bytes: u64) -> Self {
        Self { path: path.to_owned(), aside: aside(path), most: bytes / 2 }
    }

    /// Writes whole lines, of which there may be more than one file takes. The file is opened anew each time: somebody may
    /// have removed it, or another server that writes to it may have put it aside.
    pub(super) fn append(&self, lines: &[u8]) -> io::Result<()> {
        let mut rest = lines;
        loop {
            let mut file = open(&self.path)?;
            let length = file.metadata()?.len();
            let room = usize::try_from(self.most.saturating_sub(length)).unwrap_or(usize::MAX);
            let (fits, more) = rest.split_at(whole_lines(rest, room));
            file.write_all(fits)?;
            rest = more;
            if rest.is_empty() {
                return Ok(());
            }
            if length + fits.len() as u64 == 0 {
                // A line that no file takes.
                return Err(io::Error::other("a question is larger than the log may be"));
            }
            drop(file);
            fs::rename(&self.path, &self.aside)?;
        }
    }
}

/// How many bytes the lines have that fit.
fn whole_lines(lines: &[u8], room: usize) -> usize {
    if lines.len() <= room {
        return lines.len();
    }
    lines[..room].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

/// A file to write to the end of; a new one only its owner may read.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_together_never_have_more_than_they_may() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let files = Files::new(&path, 100);
        let length = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
        for number in 0..40 {
            files.append(format!("question {number}\n").repeat(number % 12).as_bytes()).unwrap();
            assert!(length(&path) <= 50 && length(&aside(&path)) <= 50);
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.lines().all(|line| line.starts_with("question ")) && text.ends_with('\n'), "{text}");
        assert!(text.contains("question 39"), "the last is there");
        assert!(files.append(&[b'x'; 60]).is_err());
        // Who removes it is done with it: it begins anew.
        fs::remove_file(&path).unwrap();
        files.append(b"again\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "again\n");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        Files::new(&path, 100).append(b"a\n").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
