//! `GET /metrics`: what was counted, and how things are now, in the text format of Prometheus (0.0.4).
//!
//! Nothing in it names anything: no page, source, question, client or folder.

use super::{IngestOutcome, Metrics, Refusal};
use crate::http::results::Counts;
use crate::http::{AppState, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(in crate::http) async fn answer(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    // The files of the index are looked at.
    let read = tokio::task::spawn_blocking(move || text(&state)).await;
    let text = read.map_err(|error| Problem::internal(&error))?.map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")], text))
}

fn text(state: &AppState) -> Result<String, fmt::Error> {
    let mut registry = Registry::with_prefix("rolecall");
    registry
        .register_collector(Box::new(Scrape { metrics: Arc::clone(&state.metrics), now: Now::of(state) }));
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

/// How things are.
#[derive(Debug)]
struct Now {
    generation: u64,
    pages: u64,
    sections: u64,
    bytes: u64,
    searches: usize,
    waiting: usize,
    /// Questions that were written to the log, and those that were not for want of room; none where there is no log.
    logged: Option<(u64, u64)>,
    /// None where no answers are kept.
    results: Option<Counts>,
}

impl Now {
    fn of(state: &AppState) -> Self {
        let (pages, sections) = state.searcher.size();
        let (searches, waiting) = state.admission.load();
        Self {
            generation: state.searcher.generation(),
            pages,
            sections,
            bytes: state.searcher.bytes_on_disk(),
            searches,
            waiting,
            results: state.results.as_ref().map(|results| results.counts()),
            logged: state.settings.query_log.as_ref().map(|log| log.counts()),
        }
    }
}

/// What one scrape is told.
#[derive(Debug)]
struct Scrape {
    metrics: Arc<Metrics>,
    now: Now,
}

impl Collector for Scrape {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut to = Lines(encoder);
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        let mut build = to.0.encode_descriptor("build", "The program", None, MetricType::Info)?;
        build.encode_info(&version)?;
        to.gauge("start_time_seconds", "When the server began, in seconds since 1970", self.metrics.started)?;
        self.requests(&mut to)?;
        self.index(&mut to)?;
        if let Some(Counts { hits, misses, bytes }) = self.now.results {
            let help = "Searches by query string, by whether their answer was kept";
            let outcomes = [([("outcome", "hit")], hits), ([("outcome", "miss")], misses)];
            to.counters("result_cache_requests", help, outcomes)?;
            to.gauge("result_cache_size_bytes", "What the answers that are kept take", bytes)?;
        }
        if let Some((written, dropped)) = self.now.logged {
            let help = "Questions for the query log, by whether they were written";
            to.counters(
                "query_log_questions",
                help,
                [([("outcome", "written")], written), ([("outcome", "dropped")], dropped)],
            )?;
        }
        Ok(())
    }
}

impl Scrape {
    fn requests(&self, to: &mut Lines<'_>) -> fmt::Result {
        let Self { metrics, now } = self;
        let of_route = |route: &super::routes::Route| {
            let path = route.path.to_string();
            route
                .statuses()
                .map(|(status, count)| ((("route", path.clone()), status), count))
                .collect::<Vec<_>>()
        };
        let counts = metrics.routes.iter().flat_map(of_route);
        let counts = counts.map(|((route, status), count)| ([route, ("status", status.to_string())], count));
        to.counters("http_requests", "Requests that were answered, by the route that they matched", counts)?;
        let help = "From the head of a request to the head of its answer";
        let mut latency =
            to.0.encode_descriptor("http_request_duration_seconds", help, None, MetricType::Histogram)?;
        for route in metrics.routes.iter() {
            route.latency.encode(latency.encode_family(&[("route", &*route.path)])?)?;
        }
        to.gauge("http_requests_under_way", "Requests that are being answered", metrics.under_way())?;
        let given_up = metrics.given_up.load(Ordering::Relaxed);
        to.counter(
            "http_requests_given_up",
            "Requests whose client went away before it was answered",
            given_up,
        )?;
        let refused = Refusal::ALL
            .map(|why| ([("reason", why.name())], metrics.refused[why as usize].load(Ordering::Relaxed)));
        to.counters("refused", "What was refused for more than the server takes on", refused)?;
        to.gauge("searches_under_way", "Searches that have a turn", now.searches as u64)?;
        to.gauge("searches_waiting", "Searches that wait for a turn", now.waiting as u64)
    }

    fn index(&self, to: &mut Lines<'_>) -> fmt::Result {
        let Self { metrics, now } = self;
        to.gauge("index_generation", "The generation that answers", now.generation)?;
        to.gauge("index_pages", "Pages in it", now.pages)?;
        to.gauge("index_sections", "Sections in it", now.sections)?;
        to.gauge("index_size_bytes", "What the index takes on disk", now.bytes)?;
        let runs = IngestOutcome::ALL
            .map(|outcome| ([("outcome", outcome.name())], &metrics.ingest[outcome as usize]));
        let counts = runs.map(|(label, runs)| (label, runs.count.load(Ordering::Relaxed)));
        to.counters("ingest_runs", "Runs of ingest within this server", counts)?;
        let milliseconds: u64 = runs.iter().map(|(_, runs)| runs.milliseconds.load(Ordering::Relaxed)).sum();
        to.counter("ingest_seconds", "How long they took together", milliseconds as f64 / 1000.0)?;
        let last = runs.map(|(label, runs)| (label, runs.last.load(Ordering::Relaxed)));
        let help = "When the last one ended, in seconds since 1970; 0 where there was none";
        let mut family =
            to.0.encode_descriptor("ingest_last_end_time_seconds", help, None, MetricType::Gauge)?;
        for (label, time) in last {
            ConstGauge::new(time).encode(family.encode_family(&label)?)?;
        }
        Ok(())
    }
}

/// Where it is written.
struct Lines<'a>(DescriptorEncoder<'a>);

impl Lines<'_> {
    fn gauge(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        self.0.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&value)
    }

    fn counter(
        &mut self,
        name: &str,
        help: &str,
        value: impl prometheus_client::encoding::EncodeCounterValue,
    ) -> fmt::Result {
        let mut encoder = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        encoder.encode_counter::<NoLabelSet, _, u64>(&value, None)
    }

    fn counters<L: EncodeLabelSet>(
        &mut self,
        name: &str,
        help: &str,
        counts: impl IntoIterator<Item = (L, u64)>,
    ) -> fmt::Result {
        let mut family = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        for (labels, count) in counts {
            family.encode_family(&labels)?.encode_counter::<NoLabelSet, _, u64>(&count, None)?;
        }
        Ok(())
    }
}
