//! What people ask, in a file of the owner's: questions with what was found, no client, no address, no time of day.
//!
//! It is written by a thread of its own, so that no answer waits for a disk; where that cannot keep up, questions are left
//! out and counted. While somebody types, only the question that they stay with is written.

mod entry;
mod file;
mod settle;
mod tally;

use file::Files;
use settle::Settling;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub(super) use entry::Entry;
pub use tally::{Frequent, Queries, Unanswered};

/// How many questions wait to be written.
const WAITING: usize = 4096;
/// How many are written at a time.
const AT_A_TIME: usize = 1024;
/// How long is waited where nothing is held back.
const LONG: Duration = Duration::from_secs(3600);

/// A log of questions.
pub struct QueryLog {
    path: PathBuf,
    sender: SyncSender<Message>,
    counts: Arc<Counts>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    /// A question, and whether a script asked it.
    Asked(Entry, bool),
    End,
}

#[derive(Debug, Default)]
struct Counts {
    written: AtomicU64,
    dropped: AtomicU64,
}

/// Names the file alone: what tells servers apart must not change with every question.
impl fmt::Debug for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("QueryLog").field(&self.path).finish()
    }
}

impl QueryLog {
    /// Writes to this file, which only its owner may read. When it has half of `bytes`, it is put aside as `FILE.1`, in place of
    /// what was put aside before; so both together have no more than `bytes`.
    ///
    /// # Errors
    /// What the system says where the file cannot be written.
    pub fn open(path: &Path, bytes: u64) -> io::Result<Self> {
        let files = Files::new(path, bytes);
        files.append(b"")?;
        let (sender, receiver) = sync_channel(WAITING);
        let counts = Arc::<Counts>::default();
        let writer =
            Writer { files, counts: Arc::clone(&counts), settling: Settling::default(), has_failed: false };
        let thread =
            std::thread::Builder::new().name("query log".to_owned()).spawn(move || writer.run(&receiver))?;
        Ok(Self { path: path.to_owned(), sender, counts, thread: Mutex::new(Some(thread)) })
    }

    /// Writes a question down, in time.
    pub(super) fn note(&self, entry: Entry, is_of_script: bool) {
        if self.sender.try_send(Message::Asked(entry, is_of_script)).is_err() {
            self.counts.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many questions were written, and how many could not be.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.counts.written.load(Ordering::Relaxed), self.counts.dropped.load(Ordering::Relaxed))
    }

    /// What was asked most, and what found nothing.
    ///
    /// # Errors
    /// What the system says where the file cannot be read.
    pub(super) fn queries(&self, limit: usize) -> io::Result<Queries> {
        Queries::read(&self.path, limit)
    }

    /// Writes what is left, and ends.
    pub fn close(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // Behind whatever waits, so that it is written first.
            let _ = self.sender.send(Message::End);
            let _ = thread.join();
        }
    }
}

impl Drop for QueryLog {
    fn drop(&mut self) {
        self.close();
    }
}

/// What the thread does.
struct Writer {
    files: Files,
    counts: Arc<Counts>,
    settling: Settling,
    /// The last time it could not be written.
    has_failed: bool,
}

impl Writer {
    fn run(mut self, receiver: &Receiver<Message>) {
        let mut is_open = true;
        while is_open {
            let until =
                self.settling.next().map_or(LONG, |due| due.saturating_duration_since(Instant::now()));
            let mut settled = Vec::new();
            match receiver.recv_timeout(until) {
                Ok(message) => {
                    for message in std::iter::once(message).chain(receiver.try_iter().take(AT_A_TIME)) {
                        match message {
                            Message::Asked(entry, is_of_script) => {
                                settled.extend(self.settling.take(entry, is_of_script, Instant::now()));
                            }
                            Message::End => is_open = false,
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => is_open = false,
            }
            settled.extend(if is_open { self.settling.due(Instant::now()) } else { self.settling.rest() });
            self.write(&settled);
        }
    }

    fn write(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        let lines: String = entries.iter().map(Entry::line).collect();
        let written = self.files.append(lines.as_bytes());
        let counter = if written.is_ok() { &self.counts.written } else { &self.counts.dropped };
        counter.fetch_add(entries.len() as u64, Ordering::Relaxed);
        let had_failed = std::mem::replace(&mut self.has_failed, written.is_err());
        if let (Err(error), false) = (written, had_failed) {
            tracing::warn!(%error, "the query log could not be written; questions are left out until it can be");
        }
    }
}
