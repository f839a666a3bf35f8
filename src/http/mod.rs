//! The HTTP interface: the router reads as its table of contents.

mod admin;
mod admission;
mod asked;
mod client;
mod compare;
mod cors;
mod error;
mod facts;
mod fresh;
mod gap;
mod gate;
mod health;
mod idle;
mod inbound;
mod keys;
mod limits;
mod mcp;
mod metrics;
mod observe;
mod openapi;
mod options;
mod origin;
mod pages;
mod paging;
mod params;
mod path;
mod place;
mod preemption;
mod query_log;
mod rate;
mod readiness;
mod request_id;
mod results;
mod roles;
mod search;
mod serve;
mod settings;
mod similar;
mod skills;
mod suggest;
#[cfg(feature = "tls")]
mod tls;
mod ui;
mod watch;

use crate::ingest::runs::Runs;
use crate::search::{SearchError, Searcher};
use admission::{Admission, Turn};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use idle::Idle;
use limits::LARGEST_BODY;
use metrics::Refusal;
use rate::Limiter;
use readiness::Readiness;
use results::Results;
use std::sync::Arc;
use std::time::Instant;
use tower_http::compression::CompressionLayer;

pub use client::{Network, NoNetwork};
pub use compare::{CompareView, comparison_csv};
pub use cors::{AllowedOrigin, NotAllowable};
pub use error::Problem;
pub use gap::GapView;
pub use keys::{Key, KeyFile, KeyFileError, Keys, KnownKey, Scope};
pub use limits::Limits;
pub use metrics::{IngestOutcome, Metrics};
pub use openapi::openapi;
pub use origin::{NoOrigin, Origin};
pub use pages::PageView;
pub use query_log::{Frequent, Queries, QueryLog, Unanswered};
pub use rate::Rate;
pub use serve::{runtime, serve, serve_changing};
pub use settings::{AccessLog, Settings};
#[cfg(feature = "tls")]
pub use tls::{Tls, TlsError};

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    searcher: Arc<Searcher>,
    admission: Arc<Admission>,
    idle: Arc<Idle>,
    /// None where clients may ask as much as they like.
    limiter: Option<Arc<Limiter>>,
    /// None where no answers are kept.
    results: Option<Arc<Results>>,
    settings: Arc<Settings>,
    /// What tells these settings from others.
    identity: Arc<str>,
    metrics: Arc<Metrics>,
    readiness: Arc<Readiness>,
    /// None where no source can be read.
    runs: Option<Arc<Runs>>,
}

impl AppState {
    /// Answers from this searcher.
    pub fn new(searcher: Arc<Searcher>) -> Self {
        let settings = Arc::<Settings>::default();
        let idle = Arc::<Idle>::default();
        let admission = Arc::new(Admission::new(&settings.limits, Arc::clone(&idle)));
        Self {
            searcher,
            admission,
            idle,
            limiter: None,
            results: None,
            settings,
            identity: Arc::default(),
            metrics: Arc::default(),
            readiness: Arc::default(),
            runs: None,
        }
    }

    /// The same, as those who run the server choose.
    #[must_use]
    pub fn with(self, settings: Settings) -> Self {
        let identity = format!("{settings:?}").into();
        let admission = Arc::new(Admission::new(&settings.limits, Arc::clone(&self.idle)));
        let limiter = Limiter::of(&settings.limits).map(Arc::new);
        let results = Results::new(settings.result_cache).map(Arc::new);
        Self { settings: Arc::new(settings), admission, limiter, results, identity, ..self }
    }

    /// The same, with sources that can be read while the server runs.
    #[must_use]
    pub fn with_runs(self, runs: Arc<Runs>) -> Self {
        Self { runs: Some(runs), ..self }
    }

    /// The same server, answering from another searcher from now on.
    #[must_use]
    pub fn with_searcher(self, searcher: Arc<Searcher>) -> Self {
        Self { searcher, ..self }
    }

    /// Pages and sections of the index that answers.
    pub fn size(&self) -> (u64, u64) {
        self.searcher.size()
    }

    /// How it answers.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What is counted while the server runs.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Works an answer out off the async threads, in turn; it is given until when it is of use. A client that goes away
    /// meanwhile gives back its place among those that wait.
    async fn answer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Searcher, Instant) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<Json<T>, Problem> {
        let deadline = Instant::now() + self.settings.limits.search;
        let turn = self.turn(deadline).await?;
        let searcher = Arc::clone(&self.searcher);
        let span = tracing::Span::current();
        let is_flooded = self.admission.is_flooded();
        let answered = tokio::task::spawn_blocking(move || {
            preemption::set(!is_flooded);
            let is_late = Instant::now() >= deadline;
            let answer =
                if is_late { Err(SearchError::TooLate) } else { span.in_scope(|| work(&searcher, deadline)) };
            drop(turn);
            answer
        });
        self.admission.give_way();
        // Whatever does not look at the deadline goes on to its end, and keeps its turn until then.
        let answered = match tokio::time::timeout_at(deadline.into(), answered).await {
            Ok(answered) => answered.map_err(|error| Problem::internal(&error))?,
            Err(_) => Err(SearchError::TooLate),
        };
        if matches!(answered, Err(SearchError::TooLate)) {
            self.metrics.refuse(Refusal::Late);
        }
        Ok(Json(answered?))
    }

    /// Leave to search.
    async fn turn(&self, deadline: Instant) -> Result<Turn, Problem> {
        self.admission.turn(deadline).await.inspect_err(|_| self.metrics.refuse(Refusal::Busy))
    }
}

/// Everything that can be asked: the pages that people see, and what programs and other sites ask.
pub fn router(state: AppState) -> Router {
    let open = served(api(), &state, Problem::into_response);
    // Outermost, so that a script of another site that may ask can read a refusal as well.
    let open = match cors::layer(&state.settings.allowed) {
        Some(layer) => open.layer(layer),
        None => open,
    };
    let people = served(ui::router(), &state, ui::refused);
    // No other site's script is ever let near these.
    let admin = served(admin::routes(&state), &state, Problem::into_response);
    let routes = open.merge(people).merge(admin).layer(from_fn(observe::name_route));
    // Around all of them: which methods an address takes is said only where a route ends, and every answer is observed.
    Router::new()
        .fallback_service(routes.with_state(state.clone()))
        .layer(from_fn(options::answer))
        .layer(from_fn_with_state(state, observe::observe))
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
        .route("/readyz", get(readiness::readyz))
        .route("/metrics", get(metrics::answer))
        .route("/openapi.json", get(openapi::answer))
        .merge(mcp::routes())
        .merge(ui::shared())
        .fallback(error::not_found)
}

/// What holds for all that is asked; who is not let in is told so in this form.
fn served(routes: Router<AppState>, state: &AppState, refused: fn(Problem) -> Response) -> Router<AppState> {
    let admitted = move |State(state): State<AppState>, request: Request, next: Next| async move {
        let (left, admitted) = rate::admit(&state, &request);
        let answered = match admitted {
            Ok(()) => inbound::read(&state, request, next).await,
            Err(problem) => Err(problem),
        };
        let mut response = answered.unwrap_or_else(refused);
        left.into_iter().for_each(|left| left.mark(&mut response));
        response
    };
    routes
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), admitted))
        .layer(from_fn_with_state(state.clone(), fresh::keep))
        .layer(from_fn_with_state(state.clone(), keys::guard))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CompressionLayer::new())
}
