//! Files on several cores: each is worked on by one thread, and what became of it is taken by one.

use super::PageFile;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// The stack of a thread that works on pages; one may nest 512 deep.
const STACK: usize = 8 << 20;

/// Works on the files on several threads; `take` is called on this one, in no order. The first error ends it.
///
/// # Errors
/// What `take` fails with.
pub fn on_cores<'f, T: Send, E>(
    files: &'f [PageFile],
    threads: usize,
    work: impl Fn(&'f PageFile) -> T + Sync,
    mut take: impl FnMut(&'f PageFile, T) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        // Bounded, so that what was made does not pile up before a slow disk.
        let (sender, receiver) = mpsc::sync_channel(2 * threads);
        for worker in 0..threads.min(files.len()) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            let work = move || {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if sender.send((file, work(file))).is_err() {
                        return; // It has failed.
                    }
                }
            };
            let thread = std::thread::Builder::new().name(format!("analyse-{worker}")).stack_size(STACK);
            if let Err(error) = thread.spawn_scoped(scope, work) {
                tracing::warn!(%error, "a thread could not be started");
            }
        }
        drop(sender);
        receiver.into_iter().try_for_each(|(file, made)| take(file, made))
    })
}
