//! The server: it takes connections, bounds them, and ends what is under way when it is told to stop.

mod connection;
mod line;
mod refuse;
mod stream;

use super::limits::{DRAIN, Limits};
use super::{AppState, keys, router};
use crate::search::follow;
use axum::Router;
use line::{Lines, Place};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

pub(super) use line::{Line, Phase};

/// How long it is waited after the system could not give a connection: it has no file descriptors left.
const BREATH: Duration = Duration::from_millis(50);
/// How often that is logged at most.
const SAID_EVERY: Duration = Duration::from_secs(10);

/// Serves until `shutdown` is done, then ends what is under way and returns.
///
/// # Errors
/// None any more; what the system says of the listener is logged, and the server goes on.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let followers = [
        tokio::spawn(follow(Arc::clone(&state.searcher))),
        tokio::spawn(keys::follow(state.settings.keys.clone())),
    ];
    let server = Server::new(state.settings.limits.clone(), router(state));
    server.run(listener, shutdown).await;
    followers.iter().for_each(JoinHandle::abort);
    Ok(())
}

/// What every connection is served with.
struct Server {
    limits: Arc<Limits>,
    router: Router,
    lines: Arc<Lines>,
    stop: tokio::sync::watch::Sender<bool>,
    /// Those that are refused are let go slowly, so that they can read why; at most so many at a time.
    refusals: Arc<tokio::sync::Semaphore>,
}

impl Server {
    fn new(limits: Limits, router: Router) -> Self {
        let refusals = Arc::new(tokio::sync::Semaphore::new(refuse::AT_A_TIME));
        let (lines, stop) = (Lines::new(limits.connections), tokio::sync::watch::Sender::new(false));
        Self { limits: Arc::new(limits), router, lines, stop, refusals }
    }

    async fn run(&self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let mut connections = JoinSet::new();
        let mut shutdown = pin!(shutdown);
        let mut said = None;
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => self.take(&mut connections, stream, peer),
                    Err(error) if is_of_client(&error) => {}
                    Err(error) => {
                        if said.is_none_or(|said: Instant| said.elapsed() > SAID_EVERY) {
                            said = Some(Instant::now());
                            tracing::warn!(%error, "no connection could be taken; the longest idle is closed");
                        }
                        self.lines.make_room();
                        tokio::time::sleep(BREATH).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(listener);
        self.stop.send_replace(true);
        let drained = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(DRAIN, drained).await.is_err() {
            tracing::warn!("requests were still under way after {DRAIN:?} and were given up");
        }
    }

    fn take(&self, connections: &mut JoinSet<()>, stream: TcpStream, peer: SocketAddr) {
        // An answer is written as a whole; it need not wait for more.
        let _ = stream.set_nodelay(true);
        match self.lines.enter() {
            Some(place) => {
                connections.spawn(self.connection(stream, peer, place));
            }
            None => {
                if let Ok(refusal) = Arc::clone(&self.refusals).try_acquire_owned() {
                    connections.spawn(refuse::refuse(stream, refusal));
                }
            }
        }
    }

    fn connection(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        place: Place,
    ) -> impl Future<Output = ()> + Send + use<> {
        let (limits, router, stop) = (Arc::clone(&self.limits), self.router.clone(), self.stop.subscribe());
        async move { connection::run(stream, peer, place.line.clone(), router, &limits, stop).await }
    }
}

/// Whether it is the end of the client that failed.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
