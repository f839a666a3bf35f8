//! A connection beyond those that the server takes: it is told so and closed.

use crate::http::Problem;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;

/// How many are told at a time; others are closed at once.
pub(super) const AT_A_TIME: usize = 64;
/// How long one may take to read it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Answers 503 whatever is asked.
pub(super) async fn refuse(mut stream: TcpStream, _permit: OwnedSemaphorePermit) {
    let answer = answer();
    let told = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // Closed with something unread, the system would take the answer back.
        let mut rest = [0; 1024];
        while stream.read(&mut rest).await? > 0 {}
        Ok::<(), std::io::Error>(())
    };
    let _ = tokio::time::timeout(PATIENCE, told).await;
}

fn answer() -> String {
    let problem = Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the server answers as many connections as it takes; try again in a second",
    );
    let body = serde_json::to_string(&problem).unwrap_or_default();
    format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\nretry-after: 1\r\n\
         cache-control: no-store\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}
