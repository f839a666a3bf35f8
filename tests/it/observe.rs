//! What those who run a server see of it: its numbers, whether it is to be sent requests, and its log.

use crate::support::{Answer, Place, Server, eventually, html};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use rolecall::http::{AppState, IngestOutcome, KeyFile, Keys, QueryLog, Scope, Settings, router};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::net::TcpStream;
use std::process::Child;
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) fn place() -> Place {
    Place::ingested(&[("a.html", &html("Data Engineer", &[("Requirements", &["Python and SQL."])]))])
}

/// A key for each scope; they stand in files of these names.
pub(crate) fn keys(place: &Place) -> Option<Arc<Keys>> {
    let mut file = KeyFile::default();
    for scope in Scope::ALL {
        place.write(scope.id(), format!("Bearer {}", file.add("a", &[scope]).unwrap().as_str()));
    }
    file.write(&place.path("keys.json")).unwrap();
    Some(Arc::new(Keys::open(&place.path("keys.json")).unwrap()))
}

/// The interface within this process.
pub(crate) struct App {
    pub(crate) place: Place,
    state: AppState,
    router: Router,
    log: Option<Arc<QueryLog>>,
}

impl App {
    pub(crate) fn new(settings: impl FnOnce(&Place) -> Settings) -> Self {
        let place = place();
        let settings = settings(&place);
        let log = settings.query_log.clone();
        let state = AppState::new(Arc::new(place.searcher())).with(settings);
        let router = router(state.clone());
        Self { place, state, router, log }
    }

    /// One that writes questions down, in both files no more than so many bytes.
    pub(crate) fn logging(bytes: u64) -> Self {
        let log = |place: &Place| QueryLog::open(&place.path("questions"), bytes).unwrap();
        Self::new(|place| Settings { query_log: Some(Arc::new(log(place))), ..Settings::default() })
    }

    /// What sends a key for this.
    pub(crate) fn key(&self, scope: Scope) -> String {
        std::fs::read_to_string(self.place.path(scope.id())).unwrap()
    }

    pub(crate) async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, value.as_bytes());
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer::new(status, headers, String::from_utf8(body.to_vec()).unwrap())
    }

    pub(crate) async fn metrics(&self) -> Samples {
        let answer = self.ask("/metrics", &[]).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
        assert_eq!(answer.content_type, "text/plain; version=0.0.4; charset=utf-8");
        Samples::of(&answer.body)
    }

    /// The questions that were written down, once all are.
    pub(crate) fn written(&self) -> Vec<Value> {
        self.log.as_ref().unwrap().close();
        let text = std::fs::read_to_string(self.place.path("questions")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A scrape: the value of each series.
#[derive(Debug)]
pub(crate) struct Samples(BTreeMap<String, f64>);

impl Samples {
    /// Reads the text format as strictly as it is (<https://prometheus.io/docs/instrumenting/exposition_formats/>): what a sample
    /// is of was described before, and no series stands twice.
    fn of(text: &str) -> Self {
        let (mut samples, mut described) = (BTreeMap::new(), BTreeMap::new());
        assert!(text.ends_with('\n'));
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert!(described.insert(name.to_owned(), kind.to_owned()).is_none(), "{line}");
            } else if !line.starts_with("# HELP ") {
                let (series, value) = line.rsplit_once(' ').unwrap();
                let name = series.split('{').next().unwrap();
                let parts = ["_bucket", "_sum", "_count"];
                let whole = parts
                    .iter()
                    .find_map(|part| name.strip_suffix(part))
                    .filter(|name| described.contains_key(*name));
                let name = whole.unwrap_or(name);
                assert!(name.starts_with("rolecall_") && described.contains_key(name), "{line}");
                let is_new = samples.insert(series.to_owned(), value.parse().unwrap()).is_none();
                assert!(is_new, "{line}");
            }
        }
        Self(samples)
    }

    #[track_caller]
    pub(crate) fn value(&self, series: &str) -> f64 {
        *self.0.get(series).unwrap_or_else(|| panic!("{series} is not among {self:#?}"))
    }

    fn requests(&self, route: &str, status: u16) -> f64 {
        let series = format!("rolecall_http_requests_total{{route=\"{route}\",status=\"{status}\"}}");
        self.0.get(&series).copied().unwrap_or_default()
    }

    fn routes(&self) -> BTreeSet<&str> {
        self.0.keys().filter_map(|series| series.split_once("route=\"")?.1.split('"').next()).collect()
    }
}

#[tokio::test]
async fn what_is_asked_is_counted_by_route_and_status() {
    let app = App::new(|_| Settings::default());
    for path in
        ["/search?q=python", "/search?q=sql", "/search?limit=x", "/pages/pages~a.html", "/pages/nosuch", "/"]
    {
        app.ask(path, &[]).await;
    }
    app.send(Request::delete("/search").body(Body::empty()).unwrap()).await;
    app.send(Request::options("/search").body(Body::empty()).unwrap()).await;
    let samples = app.metrics().await;
    let counted = |route: &str, status: u16, count: u64| {
        assert_eq!(samples.requests(route, status), count as f64, "{route} {status}: {samples:#?}")
    };
    counted("/search", 200, 2);
    counted("/search", 400, 1);
    counted("/search", 405, 1);
    counted("/search", 204, 1);
    counted("/pages/{id}", 200, 1);
    counted("/pages/{id}", 404, 1);
    counted("/", 200, 1);
    let bucket = |end: &str| {
        samples.value(&format!(
            "rolecall_http_request_duration_seconds_bucket{{route=\"/search\",le=\"{end}\"}}"
        ))
    };
    assert_eq!(samples.value("rolecall_http_request_duration_seconds_count{route=\"/search\"}"), 5.0);
    assert!(samples.value("rolecall_http_request_duration_seconds_sum{route=\"/search\"}") > 0.0);
    assert_eq!(bucket("+Inf"), 5.0);
    assert!(bucket("0.001") <= bucket("1") && bucket("1") <= bucket("10"));
    assert_eq!(samples.value("rolecall_http_requests_under_way"), 1.0, "the scrape itself");
    assert_eq!(app.metrics().await.requests("/metrics", 200), 1.0);
}

#[tokio::test]
async fn however_many_addresses_are_tried_there_is_one_name_for_them() {
    let app = App::new(|_| Settings::default());
    for number in 0..10_000 {
        assert_eq!(app.ask(&format!("/nothing/{number}"), &[]).await.status, 404);
    }
    for number in 0..100 {
        app.ask(&format!("/pages/{number}"), &[]).await;
    }
    let samples = app.metrics().await;
    assert_eq!(samples.requests("unmatched", 404), 10_000.0);
    assert_eq!(samples.requests("/pages/{id}", 404), 100.0);
    assert_eq!(samples.routes(), BTreeSet::from(["/pages/{id}", "unmatched"]));
}

#[tokio::test]
async fn the_index_and_runs_of_ingest_are_counted_and_nothing_private_is_named() {
    let app = App::logging(1 << 20);
    app.ask("/search?q=secret+question", &[]).await;
    app.state.metrics().ingest_run(IngestOutcome::Done, 1.5);
    app.state.metrics().ingest_run(IngestOutcome::Done, 0.25);
    app.state.metrics().ingest_run(IngestOutcome::Failed, 1.0);
    let samples = app.metrics().await;
    let index =
        ["pages", "sections", "generation"].map(|name| samples.value(&format!("rolecall_index_{name}")));
    assert!(index[0] == 1.0 && index[1] >= 1.0 && index[2] >= 1.0, "{index:?}");
    let on_disk: usize = app.place.bytes("index").values().map(Vec::len).sum();
    assert_eq!(samples.value("rolecall_index_size_bytes"), on_disk as f64);
    let runs = ["done", "with_failures", "failed"]
        .map(|outcome| samples.value(&format!("rolecall_ingest_runs_total{{outcome=\"{outcome}\"}}")));
    assert_eq!((runs, samples.value("rolecall_ingest_seconds_total")), ([2.0, 0.0, 1.0], 2.75));
    assert!(samples.value("rolecall_ingest_last_end_time_seconds{outcome=\"done\"}") > 1.7e9);
    assert_eq!(samples.value("rolecall_ingest_last_end_time_seconds{outcome=\"with_failures\"}"), 0.0);
    assert_eq!(
        samples.value(&format!("rolecall_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"))),
        1.0
    );
    assert_eq!(samples.value("rolecall_query_log_questions_total{outcome=\"dropped\"}"), 0.0);
    let (text, folder) = (format!("{samples:?}"), app.place.path("").display().to_string());
    assert!(
        !text.contains("secret") && !text.contains("a.html") && !text.contains(folder.as_str()),
        "{text}"
    );
}

#[tokio::test]
async fn metrics_take_a_key_to_run_the_server_where_there_are_keys() {
    for open_search in [false, true] {
        let app = App::new(|place| Settings { keys: keys(place), open_search, ..Settings::default() });
        let (search, admin) = (app.key(Scope::Search), app.key(Scope::Admin));
        assert_eq!(app.ask("/metrics", &[]).await.status, 401);
        assert_eq!(app.ask("/metrics", &[("authorization", &search)]).await.status, 403);
        assert_eq!(app.ask("/metrics", &[("authorization", &admin)]).await.status, 200);
        assert!([200, 503].contains(&app.ask("/readyz", &[]).await.status), "it is open");
    }
}

#[tokio::test]
async fn it_is_ready_once_its_index_is_and_stays_so() {
    let app = App::new(|_| Settings::default());
    let not_yet = app.ask("/readyz", &[]).await;
    assert_eq!((not_yet.status, not_yet.header("cache-control")), (503, "no-store"));
    assert_eq!(app.ask("/healthz", &[]).await.status, 200);
    assert_eq!(app.ask("/suggest?q=data", &[]).await.status, 200);
    let ready = app.ask("/readyz", &[]).await;
    assert_eq!((ready.status, ready.json()), (200, json!({ "status": "ready" })));
}

#[test]
fn once_it_is_told_to_stop_it_is_ready_no_more_and_goes_on_for_as_long_as_it_should() {
    let place = place();
    let mut server = Server::start_with(&place, &["--stop-delay", "2"]);
    eventually("it is ready", || server.get("/readyz").status == 200);
    server.terminate();
    eventually("it says that it stops", || server.get("/readyz").status == 503);
    assert_eq!((server.get("/healthz").status, server.get("/search?q=python").status), (200, 200));
    assert_eq!(server.exit_code(), Some(0));
}

#[tokio::test]
async fn a_request_has_a_name_that_can_stand_in_a_log() {
    let app = App::new(|_| Settings::default());
    let named = |answer: &Answer| answer.header("x-request-id").to_owned();
    let longest = "a".repeat(64);
    for name in ["a", "0af7651916cd43dd8448eb211c80319c", "A.b_C-9", &longest] {
        assert_eq!(named(&app.ask("/healthz", &[("x-request-id", name)]).await), name);
    }
    let too_long = "a".repeat(65);
    let mut made = BTreeSet::new();
    for hostile in ["", " ", "a b", "a;b", "<script>", "a\"b", "ä", "a=1 level=error", "../../x", &too_long]
    {
        let name = named(&app.ask("/nothing", &[("x-request-id", hostile)]).await);
        assert!(name != hostile && (1..=64).contains(&name.len()), "{hostile}: {name}");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{name}");
        made.insert(name);
    }
    assert_eq!(made.len(), 10, "each has its own");
    let refused = app.send(Request::delete("/search").body(Body::empty()).unwrap()).await;
    assert!(refused.status == 405 && !named(&refused).is_empty());
}

/// A server whose log is kept.
struct Logged {
    child: Child,
    place: Place,
    port: u16,
}

impl Logged {
    fn start(args: &[&str]) -> Self {
        let place = place();
        let log = File::create(place.path("log")).unwrap();
        let mut command = place.command(["serve", "--listen", "127.0.0.1:0"]);
        let child = command.args(args).stdout(std::process::Stdio::null()).stderr(log).spawn().unwrap();
        let mut logged = Self { child, place, port: 0 };
        eventually("it says where it listens", || {
            let text = logged.log();
            let port = text.lines().find_map(|line| line.rsplit_once("http://127.0.0.1:")?.1.parse().ok());
            logged.port = port.unwrap_or_default();
            port.is_some()
        });
        logged
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.place.path("log")).unwrap()
    }

    fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        Answer::read(&mut stream)
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n"))
    }

    /// The first line of the log, as JSON, that is of this target and request.
    fn line(&self, target: &str, id: &str) -> Value {
        let mut found = Value::Null;
        eventually("it is logged", || {
            let log = self.log();
            let mut lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            found =
                lines.find(|line| line["target"] == target && line["span"]["id"] == id).unwrap_or_default();
            !found.is_null()
        });
        found
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_access_line_says_what_was_answered_and_neither_who_asked_nor_with_what_key() {
    let logged = Logged::start(&["--access-log", "on", "--log-format", "json"]);
    let headers = "x-request-id: one\r\nauthorization: Bearer rolecall_secret\r\ncookie: a=private\r\nx-forwarded-for: 192.0.2.7\r\n";
    assert_eq!(logged.get("/pages/pages~a.html?", headers).status, 200);
    let line = logged.line("rolecall::access", "one");
    assert_eq!(
        (&line["level"], &line["method"], &line["route"]),
        (&json!("INFO"), &json!("GET"), &json!("/pages/{id}"))
    );
    assert_eq!((&line["path"], &line["status"]), (&json!("/pages/pages~a.html"), &json!(200)));
    assert!(line["ms"].as_f64().is_some() && line["client"].is_null(), "{line}");
    logged.get("/search?q=private+question", "x-request-id: two\r\n");
    logged.line("rolecall::access", "two");
    let log = logged.log();
    for private in ["rolecall_secret", "private", "192.0.2.7", "127.0.0.1\""] {
        assert!(!log.contains(private), "{private}: {log}");
    }
}

#[test]
fn an_address_stands_in_the_access_line_where_it_is_asked_for() {
    let logged = Logged::start(&[
        "--access-log",
        "with-address",
        "--log-format",
        "json",
        "--trusted-proxy",
        "127.0.0.1",
    ]);
    logged.get("/nothing/%0A%1B[31m", "x-request-id: one\r\nx-forwarded-for: 192.0.2.7\r\n");
    let line = logged.line("rolecall::access", "one");
    assert_eq!((&line["client"], &line["route"]), (&json!("192.0.2.7"), &json!("unmatched")));
    // By default no request is logged.
    let quiet = Logged::start(&[]);
    assert_eq!(quiet.get("/search?q=python", "x-request-id: one\r\n").status, 200);
    assert!(!quiet.log().contains("one"), "{}", quiet.log());
}

#[test]
fn a_slow_request_is_logged_with_what_it_asked_for() {
    let logged = Logged::start(&["--slow-query", "1", "--log-format", "json"]);
    let long = "x".repeat(300);
    let mut line = Value::Null;
    // One that is answered within a millisecond is not slow.
    eventually("one is slow", || {
        let answer = logged.get(&format!("/search?q=python%0A{long}&explain=true"), "");
        assert_eq!(answer.status, 200);
        let log = logged.log();
        let mut lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        line = lines.find(|line| line["target"] == "rolecall::slow").unwrap_or_default();
        !line.is_null()
    });
    assert_eq!(
        (&line["level"], &line["route"], &line["status"]),
        (&json!("WARN"), &json!("/search"), &json!(200))
    );
    let parameters = line["parameters"].as_str().unwrap();
    assert!(
        parameters.starts_with("q=python\\u{a}xxx") && parameters.ends_with("xxx… explain=true"),
        "{parameters}"
    );
    assert!(parameters.chars().count() < 240 && line["matches"].is_number(), "{line}");
    assert!(line["ms"].as_f64().unwrap() >= 1.0 && line["span"]["id"].is_string(), "{line}");
    let never = Logged::start(&["--slow-query", "0"]);
    never.get("/search?q=python", "");
    assert!(!never.log().contains("slow"), "{}", never.log());
}
