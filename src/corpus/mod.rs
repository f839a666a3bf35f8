//! Where pages come from: a folder or a file, walked in sorted order, read with a bound.

mod cores;

use crate::text;
use flate2::bufread::GzDecoder;
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::fs::File;
use std::io::{self, BufRead as _, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

pub use cores::on_cores;

/// Why a path is no source of pages.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// It is not there.
    #[error("{}: there is no such file or folder", .0.display())]
    Missing(PathBuf),
    /// It cannot be looked at.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// A pattern of `--include` or `--exclude` is none.
    #[error("the pattern {pattern:?} is not valid: {reason}")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Which files of a folder are taken.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
    follow_links: bool,
}

/// A file that holds a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFile {
    /// Within the source, with `/` between its parts.
    pub path: String,
    /// On this machine.
    pub file: PathBuf,
}

/// What a path holds.
#[derive(Debug)]
pub struct Listing {
    /// The real path of the source's folder.
    pub root: PathBuf,
    /// The path is the folder itself, not one file of it: what is not listed is no longer there.
    pub whole: bool,
    /// In the order of their paths.
    pub pages: Vec<PageFile>,
    /// Files and folders that are passed over, with the reason.
    pub skipped: Vec<(String, String)>,
    /// Files and folders that could not be looked at, with the reason.
    pub failed: Vec<(String, String)>,
}

impl Selection {
    /// Takes what fits a pattern of `include` (all, if there is none) and none of `exclude`. A pattern without `/`
    /// is for the name, one with `/` for the path within the source.
    ///
    /// # Errors
    /// [`CorpusError::Pattern`].
    pub fn new(include: &[String], exclude: &[String], follow_links: bool) -> Result<Self, CorpusError> {
        Ok(Self { include: set(include)?, exclude: set(exclude)?, follow_links })
    }

    fn excluded(&self, path: &str) -> bool {
        self.exclude.as_ref().is_some_and(|patterns| patterns.is_match(path))
    }

    fn included(&self, path: &str) -> bool {
        self.include.as_ref().is_none_or(|patterns| patterns.is_match(path))
    }
}

fn set(patterns: &[String]) -> Result<Option<GlobSet>, CorpusError> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let wrong = |pattern: &str, error: &globset::Error| CorpusError::Pattern {
        pattern: pattern.to_owned(),
        reason: error.kind().to_string(),
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let trimmed = pattern.trim_end_matches('/');
        let anywhere = if trimmed.contains('/') {
            trimmed.trim_start_matches('/').to_owned()
        } else {
            format!("**/{trimmed}")
        };
        set.add(Glob::new(&anywhere).map_err(|error| wrong(pattern, &error))?);
    }
    set.build().map(Some).map_err(|error| wrong(&patterns.join(" "), &error))
}

/// Lists the pages of a folder, or the one page that a file is.
///
/// # Errors
/// [`CorpusError`] where the path itself cannot be used; anything below it that cannot is in the listing.
pub fn list(
    path: &Path,
    selection: &Selection,
    is_page: impl Fn(&Path) -> bool,
) -> Result<Listing, CorpusError> {
    let unreadable = |reason: io::Error| match reason.kind() {
        io::ErrorKind::NotFound => CorpusError::Missing(path.to_owned()),
        _ => CorpusError::Unreadable { path: path.to_owned(), reason },
    };
    let real = path.canonicalize().map_err(unreadable)?;
    let whole = real.is_dir();
    let root = if whole { real.as_path() } else { real.parent().unwrap_or(&real) }.to_owned();
    let mut listing = Listing { root, whole, pages: Vec::new(), skipped: Vec::new(), failed: Vec::new() };
    if !whole {
        if !real.is_file() {
            listing.skipped.push((path.display().to_string(), "not a regular file".to_owned()));
        } else if is_page(&real) {
            listing.pages.push(PageFile { path: relative(&listing.root, &real), file: real });
        } else {
            listing.skipped.push((path.display().to_string(), "not a page format".to_owned()));
        }
        return Ok(listing);
    }
    listing.walk(selection, is_page);
    if let [(failed, reason)] = listing.failed.as_slice()
        && failed == "."
    {
        return Err(CorpusError::Unreadable {
            path: path.to_owned(),
            reason: io::Error::other(reason.clone()),
        });
    }
    listing.settle();
    Ok(listing)
}

impl Listing {
    /// Adds what another path of the same source holds.
    pub fn merge(&mut self, other: Self) {
        self.whole |= other.whole;
        self.pages.extend(other.pages);
        self.settle();
        for (remarks, others) in [(&mut self.skipped, other.skipped), (&mut self.failed, other.failed)] {
            remarks.extend(others);
            remarks.sort();
            remarks.dedup();
        }
    }

    /// Puts the pages in order, each once.
    fn settle(&mut self) {
        self.pages.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
        self.pages.dedup();
        let failed = &mut self.failed;
        self.pages.dedup_by(|page, before| {
            // Two names that are no Unicode may differ only in what is replaced.
            let namesakes = page.path == before.path;
            if namesakes {
                let reason =
                    format!("its name is not Unicode and reads as that of another file: {:?}", page.file);
                failed.push((page.path.clone(), reason));
            }
            namesakes
        });
    }

    fn walk(&mut self, selection: &Selection, is_page: impl Fn(&Path) -> bool) {
        let root = self.root.clone();
        let mut walk =
            WalkDir::new(&root).follow_links(selection.follow_links).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map_or_else(|| ".".to_owned(), |path| relative(&root, path));
                    let reason = match (error.loop_ancestor(), error.io_error()) {
                        (Some(_), _) => "a link that leads back to a folder it is in".to_owned(),
                        (_, Some(source)) if source.kind() == io::ErrorKind::NotFound => {
                            "a link that leads nowhere".to_owned()
                        }
                        (_, Some(source)) => source.to_string(),
                        _ => error.to_string(),
                    };
                    self.failed.push((path, reason));
                    continue;
                }
            };
            if entry.depth() == 0 {
                continue;
            }
            let folder = entry.file_type().is_dir();
            let path = relative(&root, entry.path());
            let reason = if entry.file_name().to_str().is_some_and(|name| name.starts_with('.')) {
                Some("hidden (its name begins with a dot)")
            } else if selection.excluded(&path) {
                Some("excluded")
            } else if folder {
                None
            } else if entry.file_type().is_symlink() {
                Some("a link (use --follow-links to follow it)")
            } else if !entry.file_type().is_file() {
                Some("not a regular file")
            } else if !is_page(entry.path()) {
                Some("not a page format")
            } else if !selection.included(&path) {
                Some("not included")
            } else {
                None
            };
            match reason {
                Some(reason) => {
                    if folder {
                        walk.skip_current_dir();
                    }
                    self.skipped.push((path, reason.to_owned()));
                }
                None if !folder => self.pages.push(PageFile { path, file: entry.path().to_owned() }),
                None => {}
            }
        }
    }
}

/// The path within the root; a name that is no Unicode has its other bytes replaced.
fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// The bytes of a page, unpacked where its name ends in `.gz`, at most `limit` + 1 of them: one more tells the
/// reader that there are more, however large the file is or unpacks to.
///
/// # Errors
/// What the system says; a packed file that is damaged; a file that is being written.
pub fn read(page: &PageFile, limit: usize) -> io::Result<Vec<u8>> {
    for _ in 0..TRIES {
        // What it was when it was listed may be gone. To open a pipe that took its place would wait for the pipe's
        // other end.
        if !page.file.metadata()?.is_file() {
            return Err(io::Error::other("no longer a regular file"));
        }
        let file = File::open(&page.file)?;
        let state = |file: &File| file.metadata().map(|about| (about.len(), about.modified().ok()));
        let before = state(&file)?;
        let bytes = if page.path.to_ascii_lowercase().ends_with(".gz") {
            unpacked(&file, limit)
        } else {
            // Room for all of it and one more, so that it is read at once and its end seen.
            let mut bytes = Vec::with_capacity(usize::try_from(before.0).unwrap_or(limit).min(limit) + 1);
            (&file).take(limit as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
        };
        // Half of what it was and half of what it is now is no page.
        if state(&file)? == before {
            return bytes;
        }
    }
    Err(io::Error::other("it is being written; read it again later"))
}

/// How often a file that changes while it is read is read again.
const TRIES: usize = 3;

/// What packed members hold, one after the other. What stands behind them and is none (padding, a signature) takes
/// nothing from the page; within one, everything that is wrong is damage.
fn unpacked(file: &File, limit: usize) -> io::Result<Vec<u8>> {
    let limit = limit as u64 + 1;
    let mut bytes = Vec::new();
    // Packed data is hardly ever longer than what is in it; a file may hold any number of empty packings.
    let mut packed = io::BufReader::new(file.take(2 * limit));
    let mut first = true;
    while (bytes.len() as u64) < limit {
        let begins = packed.fill_buf()?.first().is_some_and(|byte| first || *byte == GZIP);
        if !begins {
            break;
        }
        first = false;
        let free = limit - bytes.len() as u64;
        GzDecoder::new(&mut packed)
            .take(free)
            .read_to_end(&mut bytes)
            .map_err(|error| io::Error::new(error.kind(), format!("its gzip data is damaged: {error}")))?;
    }
    Ok(bytes)
}

/// The byte with which a packed member begins (RFC 1952).
const GZIP: u8 = 0x1f;

/// The name of the source that a folder is: its own name, in the characters of an id.
pub fn source_name(root: &Path) -> String {
    let name = root.file_name().map_or("root".into(), |name| name.to_string_lossy());
    let name: String = text::fold(&name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "pages".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_page(path: &Path) -> bool {
        path.extension().is_some_and(|extension| extension == "html")
    }

    #[test]
    fn a_folder_is_listed_in_order_with_reasons() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        std::fs::create_dir_all(root.join("b/.git"))?;
        for name in ["b/two.html", "a.html", "b/x.css", "b/.git/config.html", "z-draft.html"] {
            std::fs::write(root.join(name), "x")?;
        }
        let selection = Selection::new(&[], &["*draft*".to_owned()], false).map_err(io::Error::other)?;
        let listing = list(root, &selection, is_page).map_err(io::Error::other)?;
        let paths: Vec<_> = listing.pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(paths, ["a.html", "b/two.html"]);
        let skipped: Vec<_> = listing.skipped.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(skipped, ["b/.git", "b/x.css", "z-draft.html"]);
        let only = Selection::new(&["b/*.html".to_owned()], &[], false).map_err(io::Error::other)?;
        assert_eq!(list(root, &only, is_page).map_err(io::Error::other)?.pages.len(), 1);
        assert!(matches!(list(&root.join("no"), &only, is_page), Err(CorpusError::Missing(_))));
        assert!(Selection::new(&["a[".to_owned()], &[], false).is_err());
        Ok(())
    }

    #[test]
    fn what_took_the_place_of_a_file_is_not_waited_for() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let page = PageFile { path: "a.html".to_owned(), file: folder.path().join("a.html") };
        assert_eq!(read(&page, 9).map_err(|error| error.kind()), Err(io::ErrorKind::NotFound));
        assert!(std::process::Command::new("mkfifo").arg(&page.file).status()?.success());
        assert!(read(&page, 9).is_err_and(|error| error.to_string().contains("regular")));
        Ok(())
    }

    #[test]
    fn names_of_sources() {
        assert_eq!(source_name(Path::new("/x/My Pages")), "my-pages");
        assert_eq!(source_name(Path::new("/x/onet_29.2")), "onet_29.2");
        assert_eq!(source_name(Path::new("/")), "root");
    }
}
