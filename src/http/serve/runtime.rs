//! The threads on which the server runs.

use crate::http::AppState;
use std::io;
use tokio::runtime::{Builder, Runtime};

/// Threads that tell this server when they have nothing to do. On others it answers as well; only under a flood, whoever is let
/// in waits longer.
///
/// # Errors
/// Where the system gives no threads.
pub fn runtime(state: &AppState) -> io::Result<Runtime> {
    let mut threads = Builder::new_multi_thread();
    state.idle.watch(threads.enable_all());
    threads.build()
}
