//! Files on several cores: each is worked on by one thread, and what became of it is taken by one.

use super::PageFile;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// The stack of a thread that works on pages; one may nest 512 deep.
const STACK: usize = 8 << 20;

/// How many results that are small wait to be handed over together: where most files have not changed, to wake the
/// other thread for each would take longer than reading it.
const TOGETHER: usize = 64;

/// Works on the files on several threads; `take` is called on this one, in no order. The first error ends it. What was
/// made is handed over at once, unless it is small.
///
/// # Errors
/// What `take` fails with.
pub fn on_cores<'f, T: Send, E>(
    files: &'f [PageFile],
    threads: usize,
    work: impl Fn(&'f PageFile) -> T + Sync,
    is_small: impl Fn(&T) -> bool + Sync,
    mut take: impl FnMut(&'f PageFile, T) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        // Bounded, so that what was made does not pile up before a slow disk.
        let (sender, receiver) = mpsc::sync_channel(2 * threads);
        for worker in 0..threads.min(files.len()) {
            let (sender, next, work, is_small) = (sender.clone(), &next, &work, &is_small);
            let work = move || {
                let mut made = Vec::new();
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let one = work(file);
                    let waits = is_small(&one) && made.len() + 1 < TOGETHER;
                    made.push((file, one));
                    if !waits && sender.send(std::mem::take(&mut made)).is_err() {
                        return; // It has failed.
                    }
                }
                // Where it has failed there is nobody to tell.
                let _ = sender.send(made);
            };
            let thread = std::thread::Builder::new().name(format!("analyse-{worker}")).stack_size(STACK);
            if let Err(error) = thread.spawn_scoped(scope, work) {
                tracing::warn!(%error, "a thread could not be started");
            }
        }
        drop(sender);
        receiver.into_iter().flatten().try_for_each(|(file, made)| take(file, made))
    })
}
