//! Folders that are watched: a source is read again once nothing has changed in its folder for a moment.

use super::{Cause, Runs};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long nothing must change: files are written in pieces, and many at a time.
const QUIET: Duration = Duration::from_millis(500);
/// Where something always changes, the source is read this long after the first change all the same.
const MOST: Duration = Duration::from_secs(5);
/// How often it is looked whether the folders are still the same: one that is mounted, made anew or linked elsewhere is
/// another, and the system says nothing of it.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Why folders cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The system refused.
    #[error(
        "the system refused ({0}); on Linux fs.inotify.max_user_watches says how many folders can be watched"
    )]
    System(#[from] notify::Error),
    /// There can be no thread.
    #[error(transparent)]
    Thread(#[from] std::io::Error),
}

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watching(Arc<AtomicBool>);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A folder that is watched.
struct Folder {
    source: String,
    path: PathBuf,
    /// Where it is, if it is there.
    real: Option<PathBuf>,
    /// The folder that the system watches for it: its own, or a file's.
    watched: Option<PathBuf>,
    /// The first change that was not read yet, and the last.
    changed: Option<(Instant, Instant)>,
}

impl Watching {
    /// Watches the folders of the sources that are to be watched. What is below `besides` (the index itself) does not count.
    ///
    /// # Errors
    /// [`WatchError`].
    pub fn start(runs: Arc<Runs>, besides: &Path) -> Result<Self, WatchError> {
        let (events, event) = channel();
        let watcher = notify::recommended_watcher(move |happened| {
            let _ = events.send(happened);
        })?;
        let besides = besides.canonicalize().unwrap_or_else(|_| besides.to_owned());
        let sources = runs.sources();
        let watched = sources.iter().filter(|source| source.watched);
        let folders = watched
            .map(|source| Folder {
                source: source.name.clone(),
                path: source.path.clone(),
                real: None,
                watched: None,
                changed: None,
            })
            .collect();
        let mut watch = Watch { runs, watcher, folders, besides };
        for at in 0..watch.folders.len() {
            watch.follow(at)?;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || watch.work(&event, &stopped))?;
        Ok(Self(stop))
    }
}

struct Watch {
    runs: Arc<Runs>,
    watcher: RecommendedWatcher,
    folders: Vec<Folder>,
    besides: PathBuf,
}

impl Watch {
    fn work(&mut self, events: &Receiver<notify::Result<notify::Event>>, stopped: &AtomicBool) {
        let mut looked = Instant::now();
        while !stopped.load(Ordering::Relaxed) {
            match events.recv_timeout(self.next().unwrap_or(LOOK_EVERY).min(LOOK_EVERY)) {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.ask();
            if looked.elapsed() >= LOOK_EVERY {
                looked = Instant::now();
                self.look();
            }
        }
    }

    /// How long until the next source is to be read.
    fn next(&self) -> Option<Duration> {
        let due = self.folders.iter().filter_map(|folder| folder.changed).map(due);
        due.min().map(|due| due.saturating_duration_since(Instant::now()))
    }

    fn take(&mut self, event: notify::Result<notify::Event>) {
        let event = match event {
            Ok(event) if matches!(event.kind, notify::EventKind::Access(_)) => return,
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(%error, "a change may have been missed; all that is watched is read again");
                self.folders.iter_mut().for_each(Folder::touch);
                return;
            }
        };
        let is_lost = event.need_rescan();
        let counts = |path: &&PathBuf| !path.starts_with(&self.besides);
        let paths: Vec<&PathBuf> = event.paths.iter().filter(counts).collect();
        for folder in &mut self.folders {
            let within = |path: &&PathBuf| folder.real.as_ref().is_some_and(|real| path.starts_with(real));
            if is_lost || paths.iter().any(within) {
                folder.touch();
            }
        }
    }

    /// Asks for runs of what has been quiet for long enough.
    fn ask(&mut self) {
        let now = Instant::now();
        for folder in &mut self.folders {
            if folder.changed.is_some_and(|changed| due(changed) <= now) {
                folder.changed = None;
                self.runs.ask(&folder.source, Cause::Change);
            }
        }
    }

    /// Follows folders that are another than before.
    fn look(&mut self) {
        for at in 0..self.folders.len() {
            let folder = &mut self.folders[at];
            let real = folder.path.canonicalize().ok();
            if real == folder.real {
                continue;
            }
            folder.real = None;
            let watched = folder.watched.take();
            let is_shared =
                |watched: &PathBuf| self.folders.iter().any(|other| other.watched.as_ref() == Some(watched));
            if let Some(watched) = watched.filter(|watched| !is_shared(watched)) {
                // It may be gone, and is then not watched any more by itself.
                let _ = self.watcher.unwatch(&watched);
            }
            match real {
                None => tracing::warn!(
                    path = %self.folders[at].path.display(),
                    "what is watched is gone; its pages stay in the index until it is there again"
                ),
                Some(_) => {
                    self.folders[at].touch();
                    if let Err(error) = self.follow(at) {
                        tracing::warn!(path = %self.folders[at].path.display(), %error, "this cannot be watched");
                    }
                }
            }
        }
    }

    fn follow(&mut self, at: usize) -> Result<(), WatchError> {
        let folder = &mut self.folders[at];
        let Ok(real) = folder.path.canonicalize() else { return Ok(()) };
        // A file that is written anew is another; its folder sees it come.
        let watched = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(&real) };
        let mode = if real.is_dir() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        self.watcher.watch(watched, mode)?;
        folder.watched = Some(watched.to_owned());
        folder.real = Some(real);
        Ok(())
    }
}

impl Folder {
    fn touch(&mut self) {
        let now = Instant::now();
        self.changed = Some((self.changed.map_or(now, |(first, _)| first), now));
    }
}

fn due((first, last): (Instant, Instant)) -> Instant {
    (last + QUIET).min(first + MOST)
}
