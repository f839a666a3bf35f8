//! The road of a page coming in: list, read and analyse on all cores, write, and make the whole run visible at once.
//!
//! A page is analysed again only when its content, the analysis, the vocabulary or the options changed; all of these
//! are in its key. What comes out is what a fresh index would hold, document for document.

use crate::annotate::{self, Taxonomy, Vocabulary};
use crate::corpus::{self, CorpusError, Listing, PageFile, Selection};
use crate::index::{IndexError, Location, Snapshot, SourceState, State, Writer};
use crate::model::Page;
use crate::parse::{self, Format, ParseError};
use crate::text::segment;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;

/// The version of the analysis: a hash of the source of every room that takes part in it, made by the build script.
const ANALYSIS: &str = env!("ROLECALL_ANALYSIS");
/// The stack of a thread that analyses; a page may nest 512 deep.
const STACK: usize = 8 << 20;

/// What to ingest and how.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// Folders and files.
    pub paths: Vec<PathBuf>,
    /// The name of the source, instead of the folder's; for one path only.
    pub source: Option<String>,
    /// A page's address is this and its path.
    pub base_url: Option<url::Url>,
    /// Which files are taken.
    pub selection: Selection,
    /// Skills beside the built-in ones.
    pub taxonomy: Option<Taxonomy>,
    /// Report what would change, and change nothing.
    pub dry_run: bool,
    /// Threads that analyse; all cores if 0.
    pub threads: usize,
    /// Memory for documents that are not on disk yet, in bytes.
    pub memory: usize,
}

/// Why a run was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A path cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The index cannot be used.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There are no pages.
    #[error("{}: there is no page in it ({reason}); what was indexed of it before is kept", path.display())]
    Empty {
        /// As given.
        path: PathBuf,
        /// What there is instead.
        reason: String,
    },
    /// Two folders would have one name.
    #[error("{}: the name {name:?} belongs to the source at {other}; give this one another with --source NAME", path.display())]
    NameTaken {
        /// As given.
        path: PathBuf,
        /// The name.
        name: String,
        /// The folder that has it.
        other: String,
    },
    /// One folder would have two names.
    #[error("{}: this folder is the source {name:?} already; leave --source away, or remove that source first", path.display())]
    NamedOtherwise {
        /// As given.
        path: PathBuf,
        /// Its name.
        name: String,
    },
    /// `--source` names one folder.
    #[error("--source names one path, but {0} were given: ingest them one by one")]
    SourceForMany(usize),
    /// A name that could not be part of an id.
    #[error("--source {0:?}: a name is made of A-Z a-z 0-9 . _ - and begins with a letter or digit")]
    BadSourceName(String),
}

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IngestReport {
    /// Nothing was written.
    pub dry_run: bool,
    /// The generation of the index after the run.
    pub generation: u64,
    /// Names of the sources that were read.
    pub sources: Vec<String>,
    /// Pages.
    pub pages: PageCounts,
    /// Sections of the pages that were analysed.
    pub sections: u64,
    /// Bytes of the pages that were read.
    pub bytes: u64,
    /// Code points of text that was left out as navigation and the like, in the pages that were analysed.
    pub left_out: u64,
    /// How long it took.
    pub seconds: f64,
    /// Pages read, whether or not they changed, by that.
    pub pages_per_second: f64,
    /// Files passed over, in the order of their paths.
    pub skipped: Vec<Remark>,
    /// Files that could not be read.
    pub failed: Vec<Remark>,
    /// Pages that were indexed but are odd.
    pub warnings: Vec<Remark>,
}

/// Pages by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageCounts {
    /// Were not there before.
    pub new: u64,
    /// Were there and are different now, or are analysed differently.
    pub changed: u64,
    /// Are as they were.
    pub unchanged: u64,
    /// Are no longer there.
    pub removed: u64,
    /// Were passed over.
    pub skipped: u64,
    /// Could not be read.
    pub failed: u64,
}

/// A file and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// The source.
    pub source: String,
    /// The path within it.
    pub path: String,
    /// What there is to say.
    pub reason: String,
}

/// Told about while a run goes on: pages done, pages in all.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// A source to read in this run.
struct Source {
    state: SourceState,
    listing: Listing,
    options: String,
}

/// What became of one file.
enum Outcome {
    Unchanged,
    Analysed(Box<Page>, String),
    Failed(String),
    Skipped(String),
}

/// Reads the paths into the index.
///
/// # Errors
/// [`IngestError`]; then nothing was changed. A page that cannot be read is no error, but in the report.
pub fn ingest(location: &Location, options: &IngestOptions, progress: Progress<'_>) -> Result<IngestReport, IngestError> {
    let start = Instant::now();
    // The lock first: what is known of the index must not change under us.
    let threads = if options.threads > 0 { options.threads } else { std::thread::available_parallelism().map_or(1, usize::from) };
    let mut report = IngestReport { dry_run: options.dry_run, ..IngestReport::default() };
    if !location.exists() {
        // Nothing is made on disk for a path that turns out to be wrong.
        sources(options, &State::default())?;
    }
    let writer = if options.dry_run { None } else { Some(Writer::open(location, threads, options.memory.max(threads * 15_000_000))?) };
    let snapshot = if location.exists() { Some(Snapshot::open(location)?) } else { None };
    let before = snapshot.as_ref().map_or_else(State::default, |snapshot| snapshot.state.clone());
    let sources = sources(options, &before)?;
    let mut known: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    if let Some(snapshot) = &snapshot {
        for (page, source, key) in snapshot.keys()? {
            known.entry(source).or_default().insert(page, key);
        }
    }
    let vocabulary = Vocabulary::with(options.taxonomy.as_slice());
    let mut state = before.clone();
    let mut changes = 0_u64;
    let total: usize = sources.iter().map(|source| source.listing.pages.len()).sum();
    let mut done = 0;
    for source in &sources {
        let name = source.state.name.as_str();
        report.sources.push(name.to_owned());
        let remark = |(path, reason): &(String, String)| Remark { source: name.to_owned(), path: path.clone(), reason: reason.clone() };
        report.skipped.extend(source.listing.skipped.iter().map(remark));
        report.failed.extend(source.listing.failed.iter().map(remark));
        let empty = BTreeMap::new();
        let known = known.get(name).unwrap_or(&empty);
        let mut kept: BTreeSet<String> = BTreeSet::new();
        analyse(source, known, &vocabulary, threads, |page, bytes, outcome| {
            done += 1;
            progress(done, total as u64);
            report.bytes += bytes;
            let id = page_id(name, &page.path);
            let said = |reason: String| Remark { source: name.to_owned(), path: page.path.clone(), reason };
            match outcome {
                Outcome::Unchanged => report.pages.unchanged += 1,
                Outcome::Analysed(page, key) => {
                    let counter = if known.contains_key(id.as_str()) { &mut report.pages.changed } else { &mut report.pages.new };
                    *counter += 1;
                    changes += 1;
                    report.sections += page.sections.len() as u64;
                    report.left_out += page.left_out;
                    report.warnings.extend(page.warnings.iter().cloned().map(&said));
                    if let Some(writer) = &writer {
                        writer.put(*page, &key)?;
                    }
                }
                Outcome::Failed(reason) => return Ok(report.failed.push(said(reason))),
                Outcome::Skipped(reason) => return Ok(report.skipped.push(said(reason))),
            }
            kept.insert(id);
            Ok(())
        })?;
        let listed: BTreeSet<String> = source.listing.pages.iter().map(|page| page_id(name, &page.path)).collect();
        for id in known.keys().filter(|id| !kept.contains(**id) && (source.listing.whole || listed.contains(**id))) {
            report.pages.removed += 1;
            changes += 1;
            if let Some(writer) = &writer {
                writer.remove(id);
            }
        }
        state.set_source(source.state.clone());
    }
    if changes > 0 || state != before || !location.exists() {
        state.generation += 1;
        if let Some(writer) = writer {
            writer.commit(&state)?;
        }
    }
    report.generation = if options.dry_run { before.generation } else { state.generation };
    report.finish(start);
    Ok(report)
}

impl IngestReport {
    fn finish(&mut self, start: Instant) {
        for remarks in [&mut self.skipped, &mut self.failed, &mut self.warnings] {
            remarks.sort();
        }
        self.pages.skipped = self.skipped.len() as u64;
        self.pages.failed = self.failed.len() as u64;
        self.seconds = start.elapsed().as_secs_f64();
        let read = self.pages.new + self.pages.changed + self.pages.unchanged;
        self.pages_per_second = read as f64 / self.seconds.max(1e-9);
    }
}

/// What of an index to take out.
///
/// # Errors
/// [`IndexError`] where the index cannot be used. `None` where it has no such source or page.
pub fn remove(location: &Location, name: &str) -> Result<Option<u64>, IndexError> {
    if !location.exists() {
        return Err(IndexError::Missing(location.root().to_owned()));
    }
    let writer = Writer::open(location, 1, 15_000_000)?;
    let snapshot = Snapshot::open(location)?;
    let mut state = snapshot.state.clone();
    let mut removed = 0;
    let is_source = state.source(name).is_some();
    for (page, source, _) in snapshot.keys()? {
        if page == name || (is_source && source == name) {
            writer.remove(page);
            removed += 1;
        }
    }
    if !is_source && removed == 0 {
        return Ok(None);
    }
    state.sources.retain(|source| source.name != name);
    state.generation += 1;
    writer.commit(&state)?;
    Ok(Some(removed))
}

/// What is understood of one file, without any index.
///
/// # Errors
/// The reason in words, as a report would give it.
pub fn show(path: &Path, options: &IngestOptions) -> Result<Page, String> {
    let listing = corpus::list(path, &options.selection, is_page).map_err(|error| error.to_string())?;
    let [page] = listing.pages.as_slice() else {
        let formats = "a page is .html, .htm, .xhtml, .md, .markdown or .txt, each also .gz";
        return Err(format!("{}: {}", path.display(), if listing.whole { "a folder; name one page of it" } else { formats }));
    };
    let name = options.source.clone().unwrap_or_else(|| corpus::source_name(&listing.root));
    let bytes = corpus::read(page, parse::LARGEST_PAGE).map_err(|error| format!("{}: {error}", path.display()))?;
    let vocabulary = Vocabulary::with(options.taxonomy.as_slice());
    understand(&name, page, &bytes, options.base_url.as_ref().map(url::Url::as_str), &vocabulary)
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// The id of a page: its source and its path as one segment of an address.
fn page_id(source: &str, path: &str) -> String {
    format!("{}~{}", segment(source), segment(path))
}

fn is_page(path: &Path) -> bool {
    Format::of(path).is_some()
}

/// The sources of this run, each with its files.
fn sources(options: &IngestOptions, state: &State) -> Result<Vec<Source>, IngestError> {
    if let Some(name) = &options.source {
        let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if !name.bytes().all(valid) || !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || name.len() > 64 {
            return Err(IngestError::BadSourceName(name.clone()));
        }
        if options.paths.len() > 1 {
            return Err(IngestError::SourceForMany(options.paths.len()));
        }
    }
    let mut sources: Vec<Source> = Vec::new();
    for path in &options.paths {
        let listing = corpus::list(path, &options.selection, is_page)?;
        if listing.pages.is_empty() {
            let reason = match (listing.skipped.first(), listing.failed.first()) {
                (_, Some((failed, reason))) => format!("{failed}: {reason}"),
                (Some((skipped, reason)), None) if listing.whole => {
                    format!("{} files or folders were skipped, the first is {skipped}: {reason}", listing.skipped.len())
                }
                (Some((_, reason)), None) => reason.clone(),
                _ => "the folder is empty".to_owned(),
            };
            return Err(IngestError::Empty { path: path.clone(), reason });
        }
        let root = listing.root.display().to_string();
        let by_root = |known: &&SourceState| known.root == root;
        let in_run = sources.iter().map(|source| &source.state).find(by_root);
        let name = match (in_run.or_else(|| state.sources.iter().find(by_root)), &options.source) {
            (Some(known), Some(name)) if known.name != *name => {
                return Err(IngestError::NamedOtherwise { path: path.clone(), name: known.name.clone() });
            }
            (Some(known), _) => known.name.clone(),
            (None, name) => name.clone().unwrap_or_else(|| corpus::source_name(&listing.root)),
        };
        let taken = sources.iter().map(|source| &source.state).chain(&state.sources).find(|known| known.name == name && known.root != root);
        if let Some(other) = taken {
            return Err(IngestError::NameTaken { path: path.clone(), name, other: other.root.clone() });
        }
        if let Some(same) = sources.iter_mut().find(|source| source.state.name == name) {
            same.listing.merge(listing);
            continue;
        }
        let base_url = options.base_url.as_ref().map(url::Url::to_string);
        let taxonomy = options.taxonomy.as_ref().map(|taxonomy| taxonomy.text.clone()).unwrap_or_default();
        let key = format!("{ANALYSIS}\n{}\n", base_url.as_deref().unwrap_or_default());
        sources.push(Source { state: SourceState { name, root, base_url, taxonomy }, listing, options: key });
    }
    Ok(sources)
}

/// Reads and analyses the pages of a source on several threads; `take` is called on this one, in no order.
fn analyse(
    source: &Source,
    known: &BTreeMap<&str, String>,
    vocabulary: &Arc<Vocabulary>,
    threads: usize,
    mut take: impl FnMut(&PageFile, u64, Outcome) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let pages = &source.listing.pages;
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        // Bounded, so that analysed pages do not pile up before a slow disk.
        let (sender, receiver) = mpsc::sync_channel(2 * threads);
        for worker in 0..threads.min(pages.len()) {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (bytes, outcome) = analyse_page(source, page, known, vocabulary);
                    if sender.send((page, bytes, outcome)).is_err() {
                        return; // The run has failed.
                    }
                }
            };
            let thread = std::thread::Builder::new().name(format!("analyse-{worker}")).stack_size(STACK);
            if let Err(error) = thread.spawn_scoped(scope, work) {
                tracing::warn!(%error, "a thread could not be started");
            }
        }
        drop(sender);
        receiver.into_iter().try_for_each(|(page, bytes, outcome)| take(page, bytes, outcome))
    })
}

fn analyse_page(source: &Source, page: &PageFile, known: &BTreeMap<&str, String>, vocabulary: &Vocabulary) -> (u64, Outcome) {
    let bytes = match corpus::read(page, parse::LARGEST_PAGE) {
        Ok(bytes) => bytes,
        Err(error) => return (0, Outcome::Failed(error.to_string())),
    };
    let read = bytes.len() as u64;
    let key = key(source, page, &bytes, vocabulary);
    if known.get(page_id(&source.state.name, &page.path).as_str()) == Some(&key) {
        return (read, Outcome::Unchanged);
    }
    // A fault of ours in one page must not take the others with it.
    let understood = std::panic::catch_unwind(|| {
        understand(&source.state.name, page, &bytes, source.state.base_url.as_deref(), vocabulary)
    });
    let outcome = match understood {
        Ok(Ok(page)) => Outcome::Analysed(Box::new(page), key),
        Ok(Err(error @ ParseError::NotText)) => Outcome::Failed(error.to_string()),
        Ok(Err(error @ ParseError::NoText)) => Outcome::Skipped(error.to_string()),
        Err(_) => Outcome::Failed("rolecall failed on this page; please report it".to_owned()),
    };
    (read, outcome)
}

/// What a page is analysed from and with.
fn key(source: &Source, page: &PageFile, bytes: &[u8], vocabulary: &Vocabulary) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.options.as_bytes()).update(&vocabulary.hash());
    hasher.update(page.path.as_bytes()).update(&[0]).update(bytes);
    hasher.finalize().to_hex()[..32].to_owned()
}

fn understand(
    source: &str,
    file: &PageFile,
    bytes: &[u8],
    base_url: Option<&str>,
    vocabulary: &Vocabulary,
) -> Result<Page, ParseError> {
    let format = Format::of(&file.file).ok_or(ParseError::NotText)?;
    let mut page = parse::parse(bytes, format)?;
    page.id = page_id(source, &file.path);
    source.clone_into(&mut page.source);
    file.path.clone_into(&mut page.path);
    if let Some(base) = base_url {
        page.url = address(base, &file.path).or(page.url);
    }
    annotate::annotate(&mut page, vocabulary);
    Ok(page)
}

/// The address of a path below a base, whatever characters it has.
fn address(base: &str, path: &str) -> Option<String> {
    let mut url = url::Url::parse(base).ok()?;
    let path = path.strip_suffix(".gz").unwrap_or(path);
    url.path_segments_mut().ok()?.pop_if_empty().extend(path.split('/'));
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses() {
        assert_eq!(page_id("my.pages", "a b/c.html"), "my.pages~a_20b~c.html");
        assert_eq!(address("https://x.org/careers/", "a b/c.html.gz").as_deref(), Some("https://x.org/careers/a%20b/c.html"));
        assert_eq!(address("https://x.org/careers", "c.md").as_deref(), Some("https://x.org/careers/c.md"));
    }
}
