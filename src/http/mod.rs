//! The HTTP interface: the router reads as its table of contents.

mod compare;
mod cors;
mod error;
mod facts;
mod fresh;
mod gap;
mod health;
mod openapi;
mod options;
mod origin;
mod pages;
mod paging;
mod params;
mod path;
mod place;
mod roles;
mod search;
mod settings;
mod similar;
mod skills;
mod suggest;
mod ui;

use crate::search::{SearchError, Searcher};
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Json, Router};
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

pub use compare::{CompareView, comparison_csv};
pub use cors::{AllowedOrigin, NotAllowable};
pub use error::Problem;
pub use gap::GapView;
pub use openapi::openapi;
pub use origin::{NoOrigin, Origin};
pub use pages::PageView;
pub use settings::Settings;

/// How often it is looked whether an ingest in another process has ended.
const WATCH_EVERY: Duration = Duration::from_millis(200);
/// How long requests under way may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long a search may take.
const SEARCH_DEADLINE: Duration = Duration::from_secs(10);

/// The largest body of a request, in bytes; a question is much smaller.
const LARGEST_BODY: usize = 64 << 10;

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    searcher: Arc<Searcher>,
    /// Twice as many searches at a time as there are cores; the others wait their turn, so that each keeps its speed.
    turns: Arc<Semaphore>,
    settings: Arc<Settings>,
    /// What tells these settings from others.
    identity: Arc<str>,
}

impl AppState {
    /// Answers from this searcher.
    pub fn new(searcher: Arc<Searcher>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let turns = Arc::new(Semaphore::new(2 * cores));
        Self { searcher, turns, settings: Arc::default(), identity: Arc::default() }
    }

    /// The same, as those who run the server choose.
    #[must_use]
    pub fn with(self, settings: Settings) -> Self {
        let identity = format!("{settings:?}").into();
        Self { settings: Arc::new(settings), identity, ..self }
    }

    /// Works an answer out off the async threads, in turn; it is given until when it is of use.
    async fn answer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Searcher, Instant) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<Json<T>, Problem> {
        let turn =
            Arc::clone(&self.turns).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
        let searcher = Arc::clone(&self.searcher);
        let deadline = Instant::now() + SEARCH_DEADLINE;
        let answered = tokio::task::spawn_blocking(move || {
            let answer = work(&searcher, deadline);
            drop(turn);
            answer
        });
        Ok(Json(answered.await.map_err(|error| Problem::internal(&error))??))
    }
}

/// Everything that can be asked: the pages that people see, and what programs and other sites ask.
pub fn router(state: AppState) -> Router {
    let served = |routes| served(routes, &state);
    let open = served(api());
    // Outermost, so that a script of another site that may ask can read a refusal as well.
    let open = match cors::layer(&state.settings.allowed) {
        Some(layer) => open.layer(layer),
        None => open,
    };
    let routes = open.merge(served(ui::router())).with_state(state);
    // Around the routes, as which methods one takes is said where it has answered.
    Router::new().fallback_service(routes).layer(from_fn(options::answer))
}

/// What programs ask, and what other sites take into their pages.
fn api() -> Router<AppState> {
    Router::new()
        .route("/search", get(search::by_query).post(search::by_body))
        .route("/suggest", get(suggest::suggest))
        .route("/roles", get(roles::roles))
        .route("/skills", get(skills::skills))
        .route("/skills/{id}", get(skills::skill))
        .route("/pages/{id}", get(pages::page))
        .route("/pages/{id}/similar", get(similar::similar))
        .route("/pages/{id}/path", get(path::path))
        .route("/compare", get(compare::compare))
        .route("/gap", get(gap::gap))
        .route("/healthz", get(health::healthz))
        .route("/openapi.json", get(openapi::answer))
        .merge(ui::shared())
        .fallback(error::not_found)
}

/// What holds for all that is asked.
fn served(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), fresh::keep))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CompressionLayer::new().gzip(true))
}

/// Serves until `shutdown` is done, then ends what is under way and returns.
///
/// # Errors
/// What the system says of the listener.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let watcher = tokio::spawn(watch(Arc::clone(&state.searcher)));
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let server = axum::serve(listener, router(state)).with_graceful_shutdown(async move {
        shutdown.await;
        let _ = stopping.send(());
    });
    let deadline = async {
        // Never, where the server ended by itself.
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(DRAIN).await;
    };
    let result = tokio::select! {
        result = async { server.await } => result,
        () = deadline => {
            tracing::warn!("requests were still under way after {DRAIN:?} and were given up");
            Ok(())
        }
    };
    watcher.abort();
    result
}

/// Opens each new generation as soon as it is there, and reads a curation file again that changed. Requests go on being answered from the one before meanwhile.
async fn watch(searcher: Arc<Searcher>) {
    let mut interval = tokio::time::interval(WATCH_EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut is_first = true;
    loop {
        interval.tick().await;
        let searcher = Arc::clone(&searcher);
        let looked = tokio::task::spawn_blocking(move || look(&searcher, is_first)).await;
        is_first = false;
        if let Err(error) = looked {
            tracing::error!(%error, "the watcher failed");
        }
    }
}

/// Looks once whether the index or the curation file is another; what questions need of a new generation is made ready.
fn look(searcher: &Searcher, is_first: bool) {
    let reloaded = searcher.reload_if_changed();
    if let Ok(Some(generation)) = reloaded {
        tracing::info!(generation, "answering from a new generation");
    }
    let prepared = if is_first || matches!(reloaded, Ok(Some(_))) { searcher.prepare() } else { Ok(()) };
    if let Err(error) = reloaded.map(drop).and(prepared) {
        tracing::warn!(%error, "the new generation could not be opened; the one before goes on answering");
    }
    match searcher.curate_if_changed() {
        Ok(false) => {}
        Ok(true) => tracing::info!("answering as the curation file says now"),
        Err(error) => {
            tracing::warn!(%error, "the curation file could not be used; what it said before goes on counting")
        }
    }
}
