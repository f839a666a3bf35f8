//! /search over HTTP, as one client sees it.

use crate::questions::QUERIES;
use rolecall::http::{AppState, serve};
use rolecall::search::Searcher;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often each query is asked over HTTP.
const ROUNDS: usize = 40;

/// One client with one connection that it keeps.
pub(crate) fn over_http(searcher: Arc<Searcher>) {
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
