//! What the server does not put up with: slow clients, too many of them, requests that are too large. Over real sockets; the
//! limits are small, so that no test has to wait.

use crate::support::{Answer, PATIENCE, Place, eventually, html};
use rolecall::http::{AppState, Limits, Rate, Settings, serve};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(600);

/// A server with these limits, within this process; it ends when dropped.
pub(crate) struct Limited {
    address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
    _place: Place,
}

impl Limited {
    fn by(limits: Limits) -> Self {
        Self::with(Settings { limits, ..Settings::default() })
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let cloud = html("Cloud Engineer", &[("Requirements", &["Kubernetes and leadership."])]);
        let place = Place::ingested(&[("cloud.html", &cloud)]);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let state = AppState::new(Arc::new(place.searcher())).with(settings);
        runtime.spawn(serve(listener, state, std::future::pending()));
        Self { address, _runtime: runtime, _place: place }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends this, and nothing more.
    pub(crate) fn send(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn answer(&self, request: &str) -> Answer {
        Answer::read(&mut self.send(request))
    }

    fn get(&self, path: &str) -> Answer {
        self.answer(&get(path, "connection: close\r\n"))
    }
}

pub(crate) fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n")
}

/// Reads one answer of a connection that stays open; its head.
fn one_answer(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
            if body.len() >= length.parse().unwrap() {
                return head.to_owned();
            }
        }
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0, "closed after {text:?}");
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
}

/// The server closes it without another word.
#[track_caller]
pub(crate) fn is_closed(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => assert_eq!(String::from_utf8_lossy(&rest), ""),
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
}

/// A problem document with this status.
#[track_caller]
fn is_problem(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.content_type, "application/problem+json");
    assert_eq!(answer.json()["status"], status);
}

fn detail(answer: &Answer) -> String {
    answer.json()["detail"].as_str().unwrap().to_owned()
}

#[test]
fn a_head_that_does_not_end_is_cut_off() {
    let server = Limited::by(Limits { head: SHORT, idle: LONG, ..Limits::default() });
    is_closed(&mut server.send("GET /healthz HTTP/1.1\r\nhost: lo"));
    // One that never stops sending is no better.
    let mut dripping = server.send("GET /healthz HTTP/1.1\r\n");
    eventually("the server closes", || dripping.write_all(b"a: b\r\n").is_err());
    let mut again = server.send(&get("/healthz", ""));
    one_answer(&mut again);
    again.write_all(b"GET").unwrap();
    is_closed(&mut again);
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_connection_on_which_nothing_is_asked_is_closed() {
    let server = Limited::by(Limits { idle: SHORT, head: LONG, ..Limits::default() });
    is_closed(&mut server.connect());
    let mut asked = server.send(&get("/healthz", ""));
    one_answer(&mut asked);
    is_closed(&mut asked);
}

#[test]
fn a_body_that_does_not_come_is_a_408() {
    let server = Limited::by(Limits { body: SHORT, ..Limits::default() });
    let head = "POST /search HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{";
    let answer = server.answer(head);
    is_problem(&answer, 408);
    assert_eq!(answer.header("connection"), "close");
}

#[test]
fn a_client_that_does_not_read_is_let_go() {
    let server = Limited::by(Limits { write: SHORT, ..Limits::default() });
    let mut stream = server.connect();
    let asked = get("/ui/app.css", "").repeat(100);
    let error = (0..1_000_000).find_map(|_| stream.write_all(asked.as_bytes()).err());
    assert!(error.is_some(), "the server gives it up");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn beyond_the_bound_the_longest_idle_connection_makes_room() {
    let server = Limited::by(Limits { connections: 2, idle: LONG, head: LONG, ..Limits::default() });
    let mut first = server.send(&get("/healthz", ""));
    one_answer(&mut first);
    let mut second = server.send("GET /healthz HTTP/1.1\r\n");
    std::thread::sleep(SHORT);
    let mut third = server.send(&get("/healthz", ""));
    one_answer(&mut third);
    is_closed(&mut first);
    second.write_all(b"host: localhost\r\n\r\n").unwrap();
    assert!(one_answer(&mut second).starts_with("HTTP/1.1 200"));
}

#[test]
fn idle_connections_do_not_shut_others_out() {
    let server = Limited::by(Limits { connections: 4, idle: LONG, head: LONG, ..Limits::default() });
    let idle: Vec<TcpStream> = (0..40).map(|_| server.send("GET /")).collect();
    for _ in 0..10 {
        assert_eq!(server.get("/search?q=cloud").status, 200);
    }
    drop(idle);
}

#[test]
fn where_all_connections_are_answered_another_is_a_503() {
    let limits = Limits { connections: 1, searches: 0, search: LONG, wait: LONG, ..Limits::default() };
    let server = Limited::by(limits);
    let mut waiting = Vec::new();
    eventually("another is refused", || {
        // Before it is being answered, it would make room.
        waiting.push(server.send(&get("/search?q=cloud", "")));
        std::thread::sleep(SHORT);
        let answer = server.get("/healthz");
        answer.status == 503 && answer.header("retry-after") == "1" && answer.json()["status"] == 503
    });
    drop(waiting);
    eventually("its place is free", || server.get("/healthz").status == 200);
}

/// Sends searches until one is refused; those that wait.
fn fill(server: &Limited) -> (Vec<TcpStream>, Answer) {
    let mut waiting = Vec::new();
    loop {
        let mut stream = server.send(&get("/search?q=cloud", "connection: close\r\n"));
        stream.set_read_timeout(Some(SHORT)).unwrap();
        match stream.peek(&mut [0]) {
            Ok(_) => return (waiting, Answer::read(&mut stream)),
            Err(_) => waiting.push(stream),
        }
    }
}

#[test]
fn a_full_queue_refuses_at_once() {
    let limits = Limits { searches: 0, waiting: 1, search: LONG, wait: LONG, ..Limits::default() };
    let server = Limited::by(limits);
    let (waiting, refused) = fill(&server);
    assert_eq!(waiting.len(), 1, "one waits");
    is_problem(&refused, 503);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(server.get("/healthz").status, 200, "what takes no turn is answered");
    let page = server.get("/?q=cloud");
    assert_eq!((page.status, page.content_type.as_str()), (503, "text/html; charset=utf-8"));
    assert_eq!(page.header("retry-after"), "1");
}

#[test]
fn a_full_queue_refuses_alike_before_the_router_and_behind_it() {
    let limits = Limits { searches: 0, waiting: 1, search: LONG, wait: LONG, ..Limits::default() };
    let server = Limited::by(limits);
    let (_waiting, short) = fill(&server);
    for header in ["if-none-match: \"x\"\r\n", "origin: https://example.org\r\n"] {
        let request = get("/search?q=cloud", &format!("connection: close\r\n{header}"));
        let long = server.answer(&request);
        is_problem(&long, 503);
        assert_eq!(long.json(), short.json());
        for name in ["retry-after", "cache-control", "content-length"] {
            assert_eq!(long.header(name), short.header(name), "{name}");
        }
        assert!(!short.header("x-request-id").is_empty() && !long.header("x-request-id").is_empty());
    }
    let counted = server.get("/metrics").body;
    for line in
        ["refused_total{reason=\"busy\"} 3", "http_requests_total{route=\"/search\",status=\"503\"} 3"]
    {
        assert!(counted.contains(line), "{line} in {counted}");
    }
}

#[test]
fn a_client_that_goes_away_gives_its_place_back() {
    let limits = Limits { searches: 0, waiting: 1, search: LONG, wait: LONG, ..Limits::default() };
    let server = Limited::by(limits);
    let (waiting, _) = fill(&server);
    drop(waiting);
    eventually("another waits in its place", || fill(&server).0.len() == 1);
}

#[test]
fn who_waits_too_long_is_refused() {
    let server = Limited::by(Limits { searches: 0, wait: SHORT, search: LONG, ..Limits::default() });
    let refused = server.get("/search?q=cloud");
    is_problem(&refused, 503);
    assert_eq!(refused.header("retry-after"), "1");
}

#[test]
fn a_search_that_takes_too_long_is_a_503_and_frees_its_turn() {
    let limits = Limits { searches: 1, waiting: 0, search: Duration::ZERO, ..Limits::default() };
    let server = Limited::by(limits);
    for _ in 0..10 {
        eventually("the turn is free", || {
            let answer = server.get("/search?q=cloud");
            is_problem(&answer, 503);
            detail(&answer).contains("too long") && answer.header("retry-after") == "5"
        });
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let server = Limited::by(Limits::default());
    let long = "a".repeat(20 << 10);
    is_problem(&server.get(&format!("/search?q={long}")), 414);
    let head = get("/search", &format!("x-long: {}\r\n", "a".repeat(40 << 10)));
    assert!(one_answer(&mut server.send(&head)).starts_with("HTTP/1.1 431"));
    let many: String = (0..101).map(|at| format!("x-{at}: a\r\n")).collect();
    assert!(one_answer(&mut server.send(&get("/search", &many))).starts_with("HTTP/1.1 431"));
    let post =
        |headers: &str| format!("POST /search HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}");
    is_problem(&server.answer(&post("content-length: 65537\r\n\r\n")), 413);
    let chunk = format!("transfer-encoding: chunked\r\n\r\n10001\r\n{}\r\n0\r\n\r\n", "a".repeat(65537));
    is_problem(&server.answer(&post(&chunk)), 413);
    assert_eq!(server.answer(&post("content-length: 14\r\n\r\n{\"q\": \"cloud\"}")).status, 200);
}

/// One request a second, and so many at once.
fn rate(burst: u32) -> Option<Rate> {
    Some(Rate { per_second: NonZeroU32::MIN, burst: NonZeroU32::new(burst).unwrap() })
}

fn is_too_much(answer: &Answer) -> bool {
    if answer.status == 200 {
        return false;
    }
    is_problem(answer, 429);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1, "{answer:?}");
    assert_eq!(answer.header("ratelimit-policy"), "\"client\";q=2;w=2");
    assert!(answer.header("ratelimit").starts_with("\"client\";r=0;t="), "{answer:?}");
    true
}

#[test]
fn who_asks_too_much_is_told_when_to_come_again() {
    let server = Limited::by(Limits { rate: rate(2), ..Limits::default() });
    let first = server.get("/search?q=cloud");
    assert_eq!((first.status, first.header("ratelimit")), (200, "\"client\";r=1;t=1"));
    eventually("it is too much", || is_too_much(&server.get("/search?q=cloud")));
    for free in ["/healthz", "/ui/app.css", "/embed.js"] {
        assert_eq!(server.get(free).status, 200, "{free}");
    }
    eventually("a page says so as well", || {
        let page = server.get("/?q=cloud");
        page.status == 429 && page.content_type.starts_with("text/html")
    });
    eventually("it is forgiven", || server.get("/search?q=cloud").status == 200);
}

#[test]
fn only_a_trusted_proxy_says_who_asks() {
    let asked_for = |server: &Limited, client: &str| {
        let headers = format!("x-forwarded-for: {client}\r\nconnection: close\r\n");
        server.answer(&get("/search?q=cloud", &headers))
    };
    let strict = Limited::by(Limits { rate: rate(2), ..Limits::default() });
    let mut clients = (0..).map(|at| format!("192.0.2.{}", at % 256));
    eventually("all are one client", || is_too_much(&asked_for(&strict, &clients.next().unwrap())));
    let proxies = vec!["127.0.0.0/8".parse().unwrap()];
    let behind = Limited::by(Limits { rate: rate(2), proxies, ..Limits::default() });
    for client in 0..20 {
        assert_eq!(asked_for(&behind, &format!("192.0.2.{client}")).status, 200);
    }
    eventually("each has its own bound", || is_too_much(&asked_for(&behind, "192.0.2.1")));
}

#[test]
fn without_keys_only_this_machine_is_answered_unless_told_so() {
    let place = Place::ingested(&[("cloud.html", &html("Cloud Engineer", &[]))]);
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        place.run(&["serve", "--listen", address]).fails(2, &[address, "--without-keys"]);
    }
    // It comes as far as the address, which is not this machine's.
    place.run(&["serve", "--listen", "192.0.2.1:0", "--without-keys"]).fails(3, &["192.0.2.1:0"]);
}
