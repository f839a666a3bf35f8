//! The HTTP interface: the router reads as its table of contents.

mod compare;
mod cors;
mod error;
mod facts;
mod fresh;
mod gap;
mod health;
mod keys;
mod mcp;
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

use crate::search::{SearchError, Searcher, follow};
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
use tokio::task::JoinHandle;
use tower_http::compression::CompressionLayer;

pub use compare::{CompareView, comparison_csv};
pub use cors::{AllowedOrigin, NotAllowable};
pub use error::Problem;
pub use gap::GapView;
pub use keys::{Key, KeyFile, KeyFileError, Keys, KnownKey, Scope};
pub use openapi::openapi;
pub use origin::{NoOrigin, Origin};
pub use pages::PageView;
pub use settings::Settings;

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
    // Around all of them: which methods an address takes is said only where a route ends.
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
        .merge(mcp::routes())
        .merge(ui::shared())
        .fallback(error::not_found)
}

/// What holds for all that is asked.
fn served(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), fresh::keep))
        .layer(from_fn_with_state(state.clone(), keys::guard))
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
    let followers = [
        tokio::spawn(follow(Arc::clone(&state.searcher))),
        tokio::spawn(keys::follow(state.settings.keys.clone())),
    ];
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
    followers.iter().for_each(JoinHandle::abort);
    result
}
