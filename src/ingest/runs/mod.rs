//! Runs for a server that goes on answering: of sources it was told of by those who run it, one at a time, each followed
//! from when it was asked for to its report.

mod queue;
mod watch;

use super::{IngestError, IngestOptions, IngestReport, ingest};
use crate::corpus;
use crate::index::{IndexError, Location, State};
use arc_swap::ArcSwap;
use queue::Queue;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::watch as signal;

pub use watch::{WatchError, Watching};

/// How long it is waited before a run that was caused by a change is tried again while another process writes.
const AGAIN: Duration = Duration::from_secs(2);
/// How often the progress of a run is told.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// A source that may be read while the server runs.
#[derive(Clone, Debug)]
pub struct RunnableSource {
    /// What it is called.
    pub name: String,
    /// The folder or file, as it was given.
    pub path: PathBuf,
    /// How it is read.
    pub options: IngestOptions,
    /// It is read again whenever something in it changes.
    pub watched: bool,
}

/// Tells a run from others, also from those of an earlier process: when this one began, in seconds, and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId {
    process: u64,
    number: u64,
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.process, self.number)
    }
}

impl FromStr for RunId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (process, number) = text.split_once('-').ok_or(())?;
        let process = u64::from_str_radix(process, 16).map_err(|_| ())?;
        let id = Self { process, number: number.parse().map_err(|_| ())? };
        // As it is written, and in no other way.
        (id.to_string() == text).then_some(id).ok_or(())
    }
}

/// Why a run was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody asked.
    Request,
    /// A file came, changed or went.
    Change,
}

/// How far a run is.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Others are before it.
    Waiting,
    /// It goes on.
    Running {
        /// Since when.
        since: SystemTime,
        /// Pages that were read.
        done: u64,
        /// Pages that there are.
        pages: u64,
    },
    /// It is done.
    Done {
        /// Since when.
        since: SystemTime,
        /// What it did.
        report: Arc<IngestReport>,
    },
    /// It was not done; nothing was changed.
    Failed {
        /// Since when.
        since: SystemTime,
        /// What went wrong.
        reason: String,
    },
}

impl Progress {
    /// Whether nothing more will happen.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Failed { .. })
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its name.
    pub id: RunId,
    /// The source that it reads.
    pub source: String,
    /// Why it was asked for.
    pub cause: Cause,
    /// When.
    pub asked: SystemTime,
    /// How far it is.
    pub progress: Progress,
}

/// How many runs have ended, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// Done.
    pub done: u64,
    /// Not done.
    pub failed: u64,
}

/// Told of each run that has ended.
type Ended = Box<dyn Fn(&Run) + Send + Sync>;

/// Runs sources, one at a time, on a thread of its own.
pub struct Runs {
    location: Location,
    sources: ArcSwap<Vec<RunnableSource>>,
    queue: Mutex<Queue>,
    asked: Condvar,
    told: signal::Sender<()>,
    ended: Ended,
}

impl Runs {
    /// Begins the thread. It ends with the process: a run that is ended with it has changed nothing.
    ///
    /// # Errors
    /// What the system says where there can be no thread.
    pub fn start(
        location: Location,
        sources: Vec<RunnableSource>,
        ended: impl Fn(&Run) + Send + Sync + 'static,
    ) -> std::io::Result<Arc<Self>> {
        let runs = Arc::new(Self {
            location,
            sources: ArcSwap::from_pointee(sources),
            queue: Mutex::default(),
            asked: Condvar::new(),
            told: signal::Sender::new(()),
            ended: Box::new(ended),
        });
        let own = Arc::clone(&runs);
        std::thread::Builder::new().name("ingest".to_owned()).spawn(move || own.work())?;
        Ok(runs)
    }

    /// The sources that there are.
    pub fn sources(&self) -> Arc<Vec<RunnableSource>> {
        self.sources.load_full()
    }

    /// From now on there are these.
    pub fn set_sources(&self, sources: Vec<RunnableSource>) {
        self.sources.store(Arc::new(sources));
    }

    /// Asks for a run of a source; none where there is no such source. One that waits already is that one.
    pub fn ask(&self, source: &str, cause: Cause) -> Option<Run> {
        self.sources().iter().find(|known| known.name == source)?;
        let run = self.queue().ask(source, cause);
        self.asked.notify_one();
        self.told.send_replace(());
        Some(run)
    }

    /// A run that goes on, waits, or ended not long ago.
    pub fn run(&self, id: RunId) -> Option<Run> {
        self.queue().all().find(|run| run.id == id).cloned()
    }

    /// All that are known, the newest first.
    pub fn all(&self) -> Vec<Run> {
        self.queue().all().rev().cloned().collect()
    }

    /// How many have ended.
    pub fn counts(&self) -> RunCounts {
        self.queue().counts
    }

    /// Changes whenever a run does.
    pub fn changes(&self) -> signal::Receiver<()> {
        self.told.subscribe()
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        step_back();
        loop {
            let run = {
                let mut queue = self.queue();
                loop {
                    if let Some(run) = queue.begin() {
                        break run;
                    }
                    queue = self.asked.wait(queue).unwrap_or_else(PoisonError::into_inner);
                }
            };
            self.told.send_replace(());
            self.carry_out(&run);
            self.told.send_replace(());
        }
    }

    fn carry_out(&self, run: &Run) {
        let since = SystemTime::now();
        let progress = match self.read(run, since) {
            Ok(report) => {
                say(&run.source, &report);
                Progress::Done { since, report: Arc::new(report) }
            }
            Err(Stop::Later) => {
                tracing::debug!(source = run.source, "another rolecall writes; the change waits");
                std::thread::sleep(AGAIN);
                return self.queue().set(run.id, Progress::Waiting);
            }
            Err(Stop::Failed(reason)) => {
                tracing::warn!(
                    source = run.source,
                    reason,
                    "the source was not read; the index is as it was"
                );
                Progress::Failed { since, reason }
            }
        };
        (self.ended)(&Run { progress: progress.clone(), ..run.clone() });
        self.queue().end(run.id, progress);
    }

    fn read(&self, run: &Run, since: SystemTime) -> Result<IngestReport, Stop> {
        let sources = self.sources();
        let source = sources.iter().find(|source| source.name == run.source);
        let source =
            source.ok_or_else(|| Stop::Failed("the source is not configured any more".to_owned()))?;
        let told = Mutex::new(None::<Instant>);
        let progress = |done: u64, pages: u64| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
                *told = Some(Instant::now());
                self.queue().set(run.id, Progress::Running { since, done, pages });
                self.told.send_replace(());
            }
        };
        // Whatever a page does to the program, the next run finds the thread alive.
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            ingest(&self.location, &source.options, &progress)
        }));
        match ran {
            Ok(Ok(report)) => Ok(report),
            Ok(Err(IngestError::Index(IndexError::Locked(_)))) if run.cause == Cause::Change => {
                Err(Stop::Later)
            }
            Ok(Err(error)) => Err(Stop::Failed(error.to_string())),
            Err(_) => Err(Stop::Failed("the program failed; this is a fault of it".to_owned())),
        }
    }
}

/// Why a run did not read its source.
enum Stop {
    /// Another process writes.
    Later,
    Failed(String),
}

fn say(source: &str, report: &IngestReport) {
    let pages = &report.pages;
    let (new, changed, removed, failed) = (pages.new, pages.changed, pages.removed, pages.failed);
    if new + changed + removed + failed == 0 {
        tracing::debug!(source, "the source is as it was");
    } else {
        let (seconds, generation) = (report.seconds, report.generation);
        tracing::info!(source, new, changed, removed, failed, seconds, generation, "the source was read");
    }
}

/// What the source of a path is called: as it is in the index, else as it would be.
pub fn source_of(path: &Path, named: Option<&str>, state: &State) -> std::io::Result<String> {
    let real = path.canonicalize()?;
    let root = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(&real) };
    let root_name = root.display().to_string();
    let known = state.sources.iter().find(|source| source.root == root_name);
    let new = || named.map_or_else(|| corpus::source_name(root), str::to_owned);
    Ok(known.map_or_else(new, |source| source.name.clone()))
}

/// From now on this thread, and those that it begins, come after the ones that answer (Linux counts `nice` by thread); elsewhere all
/// are alike.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(10) {
        tracing::debug!(%error, "runs of ingest are as urgent as answers");
    }
}
