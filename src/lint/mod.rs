//! Care for the pages: what the pages of a site lack, contradict and point to in vain, for the people who keep them.
//!
//! Each page is read as `ingest` reads it, on all cores; the rules of one page look at it at once and leave a small
//! `Entry` of it, over which the rules of all pages look then. A rule is one file in `rules` and one line in its
//! registry. What is said of more than half of a folder's pages in the same words is said once.

mod finding;
mod minhash;
mod read;
mod reading;
mod rules;
mod source;

use crate::annotate::Vocabulary;
use crate::corpus::{self, CorpusError, Listing, Selection};
use crate::parse::Format;
use read::{Read, Reader};
use reading::{Corpus, Entry, Folder};
use rules::Found;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use finding::{Finding, Precision, Severity};
pub use rules::{Rule, rules};

/// What to look at and how.
#[derive(Clone, Debug, Default)]
pub struct LintOptions {
    /// Folders and files.
    pub paths: Vec<PathBuf>,
    /// Which files are taken.
    pub selection: Selection,
    /// Threads that read; all cores if 0.
    pub threads: usize,
    /// The present year, by which it is judged what is old.
    pub year: u16,
    /// Ids of the rules that are left out.
    pub without: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct LintReport {
    /// Pages looked at.
    pub pages: u64,
    /// In the order of files and lines.
    pub findings: Vec<Finding>,
    /// Findings that are not listed: a page had too many of one rule.
    pub cut: u64,
}

/// Why nothing was looked at.
#[derive(Debug, thiserror::Error)]
pub enum LintError {
    /// A path cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// There are no pages.
    #[error("{}: there is no page in it", .0.display())]
    Empty(PathBuf),
}

/// Told about while it goes on: pages done, pages in all.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Looks at the pages of the paths.
///
/// # Errors
/// [`LintError`]. A page that cannot be read is no error, but a finding.
pub fn lint(options: &LintOptions, progress: Progress<'_>) -> Result<LintReport, LintError> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if options.threads > 0 { options.threads } else { cores() };
    let listings = list(options)?;
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let total = listings.iter().map(|listing| listing.pages.len() as u64).sum();
    let vocabulary = Vocabulary::with(&[]);
    let mut found = Found::new(options.year, &options.without);
    let (mut done, mut folders) = (0, Vec::new());
    for listing in listings {
        let reader = Reader { vocabulary: &vocabulary, here: &here, found: found.like() };
        for (path, reason) in &listing.failed {
            found.unreadable(&name_of(&here, &listing.root.join(path)), reason);
        }
        let mut entries: Vec<Entry> = Vec::new();
        let read = |file| reader.read(file);
        let taken: Result<(), LintError> = corpus::on_cores(
            &listing.pages,
            threads,
            read,
            |_| false,
            |_, Read { entry, findings }| {
                done += 1;
                progress(done, total);
                entries.extend(entry);
                found.extend(findings);
                Ok(())
            },
        );
        taken?;
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        folders.push(Folder::new(listing, entries));
    }
    let corpus = Corpus { folders };
    found.look_over(&corpus);
    let (findings, cut) = found.finish(&corpus);
    Ok(LintReport { pages: total, findings, cut })
}

/// Lists the files of every path: those of one folder together, each file once.
fn list(options: &LintOptions) -> Result<Vec<Listing>, LintError> {
    let mut listings: Vec<Listing> = Vec::new();
    for path in &options.paths {
        let listing = corpus::list(path, &options.selection, |path| Format::of(path).is_some())?;
        if listing.pages.is_empty() && listing.failed.is_empty() {
            return Err(LintError::Empty(path.clone()));
        }
        match listings.iter_mut().find(|known| known.root == listing.root) {
            Some(known) => known.merge(listing),
            None => listings.push(listing),
        }
    }
    // A folder within another that is given too is part of it.
    listings.sort_by(|a, b| (!a.whole, &a.root).cmp(&(!b.whole, &b.root)));
    let mut seen = BTreeSet::new();
    for listing in &mut listings {
        listing.pages.retain(|page| seen.insert(page.file.clone()));
    }
    listings.retain(|listing| !(listing.pages.is_empty() && listing.failed.is_empty()));
    Ok(listings)
}

/// A file as it is named: from the working directory, where it is below it.
fn name_of(here: &Path, file: &Path) -> String {
    let name = file.strip_prefix(here).unwrap_or(file).to_string_lossy().into_owned();
    if std::path::MAIN_SEPARATOR == '/' { name } else { name.replace(std::path::MAIN_SEPARATOR, "/") }
}
