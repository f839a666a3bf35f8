//! `/admin/ingest`: sources are read again while the server answers. A run is asked for by the name of a source, never by a path,
//! and is told of while it goes on.

use crate::http::params::Params;
use crate::http::{AppState, Problem};
use crate::ingest::runs::{Cause, Progress, Run, RunId, Runs};
use crate::ingest::{IngestReport, Remark};
use crate::search::Invalid;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};
use schemars::JsonSchema;
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// How many pages that failed are named.
const NAMED: usize = 20;
/// How often a stream on which nothing happens says that it is there.
const ALIVE_EVERY: Duration = Duration::from_secs(10);

/// Sources that can be read, and runs.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct RunsView {
    /// In the order in which the server was told of them.
    sources: Vec<SourceView>,
    /// The newest first.
    runs: Vec<RunView>,
}

/// A source that can be read.
#[derive(Debug, Serialize, JsonSchema)]
struct SourceView {
    /// Its name.
    name: String,
    /// It is read again whenever something in it changes.
    watched: bool,
}

/// A run.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct RunView {
    /// Its id.
    id: String,
    /// The name of the source.
    source: String,
    /// `request` or `change`.
    cause: &'static str,
    /// When it was asked for, in seconds since 1970.
    asked: u64,
    /// `waiting`, `running`, `done` or `failed`; a run that failed has changed nothing.
    status: &'static str,
    /// How far it is; null before it has begun.
    pages: Option<DoneOf>,
    /// What it did, once it is done; else null.
    report: Option<ReportView>,
    /// Why it failed, or null.
    error: Option<String>,
}

/// So many of so many.
#[derive(Debug, Serialize, JsonSchema)]
struct DoneOf {
    /// Those that were read.
    done: u64,
    /// Those that there are.
    all: u64,
}

/// What a run did.
#[derive(Debug, Serialize, JsonSchema)]
struct ReportView {
    /// The generation of the index after it.
    generation: u64,
    /// Pages that were not there before.
    new: u64,
    /// Pages that are different now.
    changed: u64,
    /// Pages that are as they were.
    unchanged: u64,
    /// Pages that are no longer there.
    removed: u64,
    /// Files that were passed over.
    skipped: u64,
    /// Files that could not be read.
    failed: u64,
    /// The first of them.
    failures: Vec<FailureView>,
    /// How long it took.
    seconds: f64,
}

/// A file that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
struct FailureView {
    /// Within the source.
    path: String,
    /// Why.
    reason: String,
}

impl RunView {
    fn of(run: &Run) -> Self {
        let (status, pages, report, error) = match &run.progress {
            Progress::Waiting => ("waiting", None, None, None),
            Progress::Running { done, pages, .. } => {
                ("running", Some(DoneOf { done: *done, all: *pages }), None, None)
            }
            Progress::Done { report, .. } => ("done", None, Some(ReportView::of(report)), None),
            Progress::Failed { reason, .. } => ("failed", None, None, Some(reason.clone())),
        };
        let asked = run.asked.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self {
            id: run.id.to_string(),
            source: run.source.clone(),
            cause: match run.cause {
                Cause::Request => "request",
                Cause::Change => "change",
            },
            asked,
            status,
            pages,
            report,
            error,
        }
    }
}

impl ReportView {
    fn of(report: &IngestReport) -> Self {
        let pages = report.pages;
        let failure =
            |remark: &Remark| FailureView { path: remark.path.clone(), reason: remark.reason.clone() };
        Self {
            generation: report.generation,
            new: pages.new,
            changed: pages.changed,
            unchanged: pages.unchanged,
            removed: pages.removed,
            skipped: pages.skipped,
            failed: pages.failed,
            failures: report.failed.iter().take(NAMED).map(failure).collect(),
            seconds: report.seconds,
        }
    }
}

/// `GET /admin/ingest`
pub(super) async fn all(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    Params::of(query).end()?;
    let (mut sources, mut runs) = (Vec::new(), Vec::new());
    if let Some(known) = &state.runs {
        let source = |source: &crate::ingest::runs::RunnableSource| SourceView {
            name: source.name.clone(),
            watched: source.watched,
        };
        sources = known.sources().iter().map(source).collect();
        runs = known.all().iter().map(RunView::of).collect();
    }
    Ok(fresh(Json(RunsView { sources, runs })))
}

/// `POST /admin/ingest?source=NAME`
pub(super) async fn start(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let mut params = Params::of(query);
    let name = params.one("source");
    params.end()?;
    let Some(name) = name else {
        let reason = "is missing: the name of a source".to_owned();
        return Err(Problem::invalid(vec![Invalid {
            parameter: "source".to_owned(),
            value: String::new(),
            reason,
        }]));
    };
    let Some(run) = state.runs.as_ref().and_then(|runs| runs.ask(&name, Cause::Request)) else {
        let known = state.runs.as_ref().map(|runs| runs.sources()).unwrap_or_default();
        let known: Vec<&str> = known.iter().map(|source| source.name.as_str()).collect();
        let says = if known.is_empty() {
            "this server was told of no source; `serve --ingest PATH` and `--watch PATH` do".to_owned()
        } else {
            format!("this server was told of no such source; there are {}", known.join(", "))
        };
        return Err(Problem::new(StatusCode::NOT_FOUND, says));
    };
    let mut response = (StatusCode::ACCEPTED, fresh(Json(RunView::of(&run)))).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/admin/ingest/{}", run.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// `GET /admin/ingest/{id}`
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    Params::of(query).end()?;
    let (_, run) = find(&state, &id)?;
    Ok(fresh(Json(RunView::of(&run))))
}

/// `GET /admin/ingest/{id}/events`
pub(super) async fn events(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    Params::of(query).end()?;
    let (runs, run) = find(&state, &id)?;
    let alive = KeepAlive::new().interval(ALIVE_EVERY);
    Ok(fresh(Sse::new(told(runs, run.id)).keep_alive(alive)))
}

/// A run as it is now and whenever it is another, to its end.
fn told(runs: Arc<Runs>, id: RunId) -> impl Stream<Item = Result<Event, Infallible>> {
    let changes = runs.changes();
    stream::unfold(
        (runs, changes, String::new(), false),
        move |(runs, mut changes, said, is_over)| async move {
            if is_over {
                return None;
            }
            loop {
                changes.borrow_and_update();
                let run = runs.run(id)?;
                let now = serde_json::to_string(&RunView::of(&run)).unwrap_or_default();
                if now != said {
                    let event = Event::default().event("run").data(now.clone());
                    return Some((Ok(event), (runs, changes, now, run.progress.is_over())));
                }
                changes.changed().await.ok()?;
            }
        },
    )
}

fn find(state: &AppState, id: &str) -> Result<(Arc<Runs>, Run), Problem> {
    let runs = state.runs.as_ref();
    let found = runs.zip(id.parse().ok()).and_then(|(runs, id)| Some((Arc::clone(runs), runs.run(id)?)));
    found.ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            format!("there is no run {id:?}; the last hundred are remembered"),
        )
    })
}

fn fresh(response: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], response).into_response()
}
