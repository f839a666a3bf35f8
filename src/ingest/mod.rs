//! The road of a page coming in: list, read and analyse on all cores, write, and make the whole run visible at once.
//!
//! A page is analysed again only when its content, the analysis, the vocabulary or the options changed; all of these
//! are in its key. A verdict over all pages of a source (`boilerplate`) is the one thing that a page does not show by
//! itself; where it changes, the pages that it is about are analysed again too. So what comes out is what a fresh index
//! would hold, document for document.

mod analyse;
mod boilerplate;
mod rebuild;
mod report;
mod run;
mod sources;

pub mod runs;

use crate::annotate::{Taxonomy, Vocabulary};
use crate::corpus::{self, CorpusError, Selection};
use crate::index::{IndexError, Location, Snapshot, SourceState, State, Writer};
use crate::model::Page;
use crate::parse;
use analyse::{Analysis, LazyVocabulary, understand};
use run::{Known, Run};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use report::{BoilerplateCounts, IngestReport, PageCounts, Remark};

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
    /// Read pages that ask search engines to leave them out too.
    pub ignore_robots: bool,
    /// Build the index anew beside the one that is there, in whatever state that is, and put it in its place.
    pub rebuild: bool,
    /// Sources of the index that it need not have any more.
    pub forget: Vec<String>,
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
    /// The index cannot be read; it can be built anew.
    #[error("{error}. {}", rebuild::known(.sources.as_deref()))]
    Unusable {
        /// Why.
        error: IndexError,
        /// What sources it has, where that can be told.
        sources: Option<Vec<SourceState>>,
    },
    /// Sources of the index that would not be in the new one.
    #[error("the new index would lose {}: give these folders too, or say --forget NAME for each that may go; nothing was changed", rebuild::listed(.0))]
    WouldLose(Vec<SourceState>),
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

/// Told about while a run goes on: pages done, pages in all.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Reads the paths into the index.
///
/// # Errors
/// [`IngestError`]; then nothing was changed. A page that cannot be read is no error, but in the report.
pub fn ingest(
    location: &Location,
    options: &IngestOptions,
    progress: Progress<'_>,
) -> Result<IngestReport, IngestError> {
    let start = Instant::now();
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if options.threads > 0 { options.threads } else { cores() };
    let listings = sources::list(options)?;
    if options.rebuild || !location.exists() {
        // Nothing is made on disk for names that turn out to be wrong.
        let known = location.remembered().filter(|_| options.rebuild).unwrap_or_default();
        rebuild::keeps(&known, &sources::name(options, &listings, &known)?, options)?;
    }
    // The lock before the look: what is known of the index must not change under us.
    let open = if options.rebuild { Writer::beside } else { Writer::open };
    let writer = if options.dry_run { Ok(None) } else { open(location, threads, options.memory).map(Some) };
    let writer = writer.map_err(|error| rebuild::unusable(location, error))?;
    let snapshot = if options.rebuild || !location.exists() {
        None
    } else {
        Some(Snapshot::open(location).map_err(|error| rebuild::unusable(location, error))?)
    };
    let before = match &snapshot {
        Some(snapshot) => snapshot.state.clone(),
        None if options.rebuild => rebuild::before(location),
        None => State::default(),
    };
    let names = sources::name(options, &listings, &before)?;
    rebuild::keeps(&before, &names, options)?;
    let before = if options.rebuild { State { sources: Vec::new(), ..before } } else { before };
    let sources = sources::gather(options, listings, names);
    let known = Known::of(snapshot.as_ref())?;
    let vocabulary = LazyVocabulary::new(options.taxonomy.as_slice());
    let total = sources.iter().map(|source| source.listing.pages.len() as u64).sum();
    let mut run = Run {
        writer: writer.as_ref(),
        snapshot: snapshot.as_ref(),
        analysis: Analysis {
            vocabulary: &vocabulary,
            hash: vocabulary.hash(),
            ignore_robots: options.ignore_robots,
        },
        threads,
        progress,
        total,
        done: 0,
        changes: 0,
        report: IngestReport { dry_run: options.dry_run, ..IngestReport::default() },
    };
    let mut state = before.clone();
    for source in &sources {
        let read =
            run.read(source, known.of_source(&source.state.name), before.source(&source.state.name))?;
        state.set_source(read);
    }
    let Run { mut report, changes, .. } = run;
    report.generation = before.generation;
    if let Some(writer) = writer
        && (changes > 0 || state != before || snapshot.is_none())
    {
        state.generation += 1;
        report.generation = state.generation;
        writer.commit(&state)?;
    }
    report.finish(start);
    Ok(report)
}

/// What of an index to take out.
///
/// # Errors
/// [`IndexError`] where the index cannot be used. `None` where it has no such source or page.
pub fn remove(location: &Location, name: &str) -> Result<Option<u64>, IndexError> {
    if !location.exists() {
        return Snapshot::open(location).map(|_| None);
    }
    let writer = Writer::open(location, 1, 0)?;
    let snapshot = Snapshot::open(location)?;
    let mut state = snapshot.state.clone();
    let mut removed = 0;
    let is_source = state.source(name).is_some();
    // Of the one page that is taken out.
    let mut source = None;
    for (page, of, _) in snapshot.keys()? {
        if page == name || (is_source && of == name) {
            writer.remove(page);
            removed += 1;
            source = Some(of);
        }
    }
    if !is_source && removed == 0 {
        return Ok(None);
    }
    state.sources.retain(|source| source.name != name);
    if let Some(source) = source.and_then(|of| state.sources.iter_mut().find(|source| source.name == of)) {
        source.removed += 1;
    }
    state.generation += 1;
    writer.commit(&state)?;
    Ok(Some(removed))
}

/// What is understood of one file, without any index.
///
/// # Errors
/// The reason in words, as a report would give it.
pub fn show(path: &Path, options: &IngestOptions) -> Result<Page, String> {
    let listing =
        corpus::list(path, &options.selection, sources::is_page).map_err(|error| error.to_string())?;
    let ([page], false) = (listing.pages.as_slice(), listing.whole) else {
        let formats = "a page is .html, .htm, .xhtml, .md, .markdown or .txt, each also .gz";
        return Err(format!(
            "{}: {}",
            path.display(),
            if listing.whole { "a folder; name one page of it" } else { formats }
        ));
    };
    let name = options.source.clone().unwrap_or_else(|| corpus::source_name(&listing.root));
    let bytes =
        corpus::read(page, parse::LARGEST_PAGE).map_err(|error| format!("{}: {error}", path.display()))?;
    let vocabulary = Vocabulary::with(options.taxonomy.as_slice());
    understand(&name, page, &bytes, options.base_url.as_ref().map(url::Url::as_str), &vocabulary)
        .map_err(|error| format!("{}: {error}", path.display()))
}
