//! How long answers take, ten hits with snippets and three facets: `cargo bench --bench search`.
//!
//! Criterion measures in process; median and 99th percentile over HTTP are printed first.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench that cannot go on says so")]

mod common;

use criterion::Criterion;
use rolecall::http::{AppState, serve};
use rolecall::index::Location;
use rolecall::search::{SearchRequest, Searcher};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One, two and three words; rare and common; a phrase, a negation, another name.
const QUERIES: [&str; 50] = [
    "kubernetes",
    "nurse",
    "sales",
    "python",
    "management",
    "accountant",
    "welding",
    "design",
    "sql",
    "teacher",
    "data",
    "safety",
    "engineer",
    "customer service",
    "software developer",
    "project management",
    "machine learning",
    "quality control",
    "train driver",
    "food processing",
    "data analysis",
    "human resources",
    "legal advice",
    "public relations",
    "financial reports",
    "supply chain",
    "database administrator",
    "medical records",
    "electrical equipment",
    "environmental protection",
    "machine tool operator",
    "coordinate production schedules",
    "develop marketing strategies",
    "maintain hydraulic systems",
    "teach children music",
    "analyse financial risk",
    "design electronic circuits",
    "manage construction projects",
    "inspect aircraft engines",
    "train new employees",
    "\"quality assurance\"",
    "\"customer relationship management\"",
    "software -manager",
    "k8s",
    "C++",
    "JavaScript",
    "kubernetes leadership",
    "leadership communication planning",
    "what does a biologist do",
    "programming languages",
];
/// How often each query is asked over HTTP.
const ROUNDS: usize = 40;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::new(folder.path().join("index"));
    let report = common::build(location.root());
    println!("{} pages, {} sections", report.pages.new, report.sections);
    let searcher = Arc::new(Searcher::open(&location).expect("an index"));
    over_http(Arc::clone(&searcher));
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("50 queries in process", |bencher| {
        bencher
            .iter(|| QUERIES.map(|query| searcher.search(&request(query)).expect("an answer").total.pages));
    });
    criterion.bench_function("everything listed", |bencher| {
        bencher.iter(|| searcher.search(&request("")).expect("an answer"))
    });
    criterion.bench_function("open the index", |bencher| {
        bencher.iter(|| Searcher::open(&location).expect("an index"))
    });
    criterion.final_summary();
}

fn request(query: &str) -> SearchRequest {
    SearchRequest { q: query.to_owned(), ..SearchRequest::default() }
}

/// One client with one connection that it keeps.
fn over_http(searcher: Arc<Searcher>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(serve(listener, AppState::new(searcher), std::future::pending()));
    let mut client = Client::new(address);
    let mut times: Vec<Duration> = Vec::new();
    for round in 0..=ROUNDS {
        for query in QUERIES {
            let start = Instant::now();
            client.search(query);
            if round > 0 {
                times.push(start.elapsed()); // The first round warms up.
            }
        }
    }
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "/search over HTTP, {} answers: median {:?}, p99 {:?}, most {:?}",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    runtime.shutdown_background();
}

struct Client {
    stream: TcpStream,
    address: SocketAddr,
    buffer: Vec<u8>,
}

impl Client {
    fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self { stream, address, buffer: Vec::new() }
    }

    fn search(&mut self, query: &str) {
        let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        write!(self.stream, "GET /search?q={query} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address)
            .expect("a request");
        self.buffer.clear();
        let mut piece = [0; 65536];
        loop {
            let read = self.stream.read(&mut piece).expect("an answer");
            assert!(read > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&piece[..read]);
            let Some(head) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
                continue;
            };
            let headers = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
            assert!(headers.starts_with("http/1.1 200"), "{headers}");
            let length =
                headers.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if self.buffer.len() >= head + 4 + length.expect("a length") {
                return;
            }
        }
    }
}
