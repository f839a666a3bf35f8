//! One connection, from its first request to its end.

use super::Site;
use super::line::{Line, Phase};
use super::stream::{Outgoing, Watched};
use crate::http::limits::{LARGEST_HEAD, Limits, MOST_HEADERS};
use arc_swap::ArcSwap;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use futures_util::future::Either;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::future::{Future as _, poll_fn, ready};
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// Answers what is asked on a connection until either side ends it, the client takes too long, it has to make room,
/// or the server stops; a request that is being answered is ended first.
pub(super) async fn run(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    peer: SocketAddr,
    line: Line,
    site: &ArcSwap<Site>,
    limits: &Limits,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(|mut request: Request<Incoming>| {
        line.enter(Phase::Work);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(line.clone());
        let site = site.load();
        let answered = match site.gate.refuse(&request) {
            Some(refusal) => Either::Left(ready(Ok(refusal))),
            None => Either::Right(TowerToHyperService::new(site.router.clone()).call(request)),
        };
        let line = line.clone();
        async move {
            let Ok(response) = answered.await;
            line.enter(Phase::Answer);
            Ok::<Response<Outgoing>, Infallible>(response.map(|body| Outgoing::new(body, line)))
        }
    });
    let mut builder = http1::Builder::new();
    builder.max_buf_size(LARGEST_HEAD).max_header_size(LARGEST_HEAD).max_headers(MOST_HEADERS);
    let stream = TokioIo::new(Watched::new(stream, line.clone()));
    let mut connection = pin!(builder.serve_connection(stream, service));
    let mut clock = pin!(sleep_until(Instant::now()));
    let mut is_stopping = false;
    loop {
        let in_time = poll_fn(|cx| {
            // All that changes the phase happens in here, so the clock is never set too late.
            if connection.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
            let Some(until) = line.until(limits) else { return Poll::Pending };
            if clock.deadline() != until {
                clock.as_mut().reset(until);
            }
            clock.as_mut().poll(cx)
        });
        tokio::select! {
            () = in_time => return,
            () = line.unwanted() => {
                if line.is_waiting() {
                    return;
                }
                connection.as_mut().graceful_shutdown();
            }
            _ = stop.changed(), if !is_stopping => {
                is_stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
