//! The server: it takes connections, bounds them, and ends what is under way when it is told to stop.

mod connection;
mod line;
mod refuse;
mod runtime;
mod stream;

use super::gate::Gate;
use super::limits::DRAIN;
use super::metrics::Refusal;
use super::{AppState, Metrics, Settings, router};
use crate::search::follow;
use arc_swap::ArcSwap;
use axum::Router;
use line::{Lines, Place};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

pub(super) use line::{Line, Phase};
pub use runtime::runtime;

/// How long it is waited after the system could not give a connection: it lets no more files be open.
const BREATH: Duration = Duration::from_millis(10);
/// What the system says then (EMFILE).
const TOO_MANY_FILES: i32 = 24;
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
    let (_states, state) = watch::channel(state);
    serve_changing(listener, state, shutdown).await
}

/// The same, from a state that may be replaced: a request is answered from the one that is there when it comes. How many
/// connections there may be is as it was at the beginning.
///
/// # Errors
/// As [`serve`].
pub async fn serve_changing(
    listener: TcpListener,
    states: watch::Receiver<AppState>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let state = states.borrow().clone();
    let (settings, readiness) = (Arc::clone(&state.settings), Arc::clone(&state.readiness));
    let delay = settings.stop_delay;
    let shutdown = async move {
        shutdown.await;
        readiness.stop();
        tokio::time::sleep(delay).await;
    };
    let server = Arc::new(Server::new(state));
    let following = tokio::spawn(Arc::clone(&server).follow(states));
    server.run(listener, shutdown).await;
    following.abort();
    if let Some(log) = settings.query_log.clone() {
        let _ = tokio::task::spawn_blocking(move || log.close()).await;
    }
    Ok(())
}

/// What requests are answered with.
struct Site {
    settings: Arc<Settings>,
    gate: Gate,
    router: Router,
}

impl Site {
    fn of(state: AppState) -> Self {
        Self { settings: Arc::clone(&state.settings), gate: Gate::new(state.clone()), router: router(state) }
    }
}

/// What every connection is served with.
struct Server {
    site: Arc<ArcSwap<Site>>,
    metrics: Arc<Metrics>,
    lines: Arc<Lines>,
    stop: watch::Sender<bool>,
    /// Those that are refused are let go slowly, so that they can read why; at most so many at a time.
    refusals: Arc<tokio::sync::Semaphore>,
}

impl Server {
    fn new(state: AppState) -> Self {
        let metrics = Arc::clone(&state.metrics);
        let site = Arc::new(ArcSwap::from_pointee(Site::of(state)));
        let refusals = Arc::new(tokio::sync::Semaphore::new(refuse::AT_A_TIME));
        let lines = Lines::new(site.load().settings.limits.connections);
        Self { site, metrics, lines, stop: watch::Sender::new(false), refusals }
    }

    /// Answers from each state that comes, and keeps up with what may change beside it. It never ends: abort the task that it
    /// runs in.
    async fn follow(self: Arc<Self>, mut states: watch::Receiver<AppState>) {
        loop {
            let state = states.borrow_and_update().clone();
            let mut followers =
                pin!(async { tokio::join!(follow(state.searcher), super::watch::follow(state.settings)) });
            tokio::select! {
                _ = &mut followers => {}
                changed = states.changed() => match changed {
                    Ok(()) => self.site.store(Arc::new(Site::of(states.borrow().clone()))),
                    // Nobody can send another: this one stays.
                    Err(_) => drop(followers.await),
                },
            }
        }
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
                        let is_of_files = error.raw_os_error() == Some(TOO_MANY_FILES);
                        let most = is_of_files.then(|| self.lines.lower());
                        if said.is_none_or(|said: Instant| said.elapsed() > SAID_EVERY) {
                            said = Some(Instant::now());
                            tracing::warn!(%error, most, "no connection could be taken; from now on at most so many are");
                        }
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
                self.metrics.refuse(Refusal::Connections);
                // What is not encrypted cannot be told to a client that expects it to be.
                let is_plain = self.site.load().settings.scheme() == "http";
                if is_plain && let Ok(refusal) = Arc::clone(&self.refusals).try_acquire_owned() {
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
        let (settings, site) = (Arc::clone(&self.site.load().settings), Arc::clone(&self.site));
        let stop = self.stop.subscribe();
        async move {
            let line = &place.line;
            #[cfg(feature = "tls")]
            if let Some(tls) = &settings.tls {
                if let Some(stream) = agreed(tls, stream, line, &settings).await {
                    connection::run(stream, peer, line.clone(), &site, &settings.limits, stop).await;
                }
                return;
            }
            connection::run(stream, peer, line.clone(), &site, &settings.limits, stop).await;
        }
    }
}

/// The stream within, once both ends know how to encrypt it.
#[cfg(feature = "tls")]
async fn agreed(
    tls: &super::Tls,
    stream: TcpStream,
    line: &Line,
    settings: &Settings,
) -> Option<impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + use<>> {
    line.enter(Phase::Head);
    let agreed = tokio::select! {
        agreed = tokio::time::timeout(settings.limits.head, tls.accept(stream)) => agreed,
        () = line.unwanted() => return None,
    };
    line.enter(Phase::Idle);
    match agreed {
        Ok(Ok(stream)) => return Some(stream),
        Ok(Err(error)) => tracing::debug!(%error, "a client could not agree on TLS"),
        Err(_) => tracing::debug!("a client took too long to agree on TLS"),
    }
    None
}

/// Whether it is the end of the client that failed.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
