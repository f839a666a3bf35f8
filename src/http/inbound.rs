//! A request as it comes in: how long its address may be, and its body, which is read whole before anything is done.

use super::limits::{LARGEST_BODY, LONGEST_ADDRESS};
use super::serve::{Line, Phase};
use super::{AppState, Problem};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{FromRequest as _, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Turns away what is too long or too slow; what is inside gets the body as it is.
pub(super) async fn read(state: &AppState, request: Request, next: Next) -> Result<Response, Problem> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > LONGEST_ADDRESS {
        let detail = format!(
            "the address has {address} bytes; it may have {LONGEST_ADDRESS}. POST /search takes more"
        );
        return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    if request.body().is_end_stream() {
        return Ok(next.run(request).await);
    }
    let (head, body) = request.into_parts();
    let line = head.extensions.get::<Line>();
    line.inspect(|line| line.enter(Phase::Body));
    let read =
        tokio::time::timeout(state.settings.limits.body, whole(Request::from_parts(head.clone(), body)))
            .await;
    line.inspect(|line| line.enter(Phase::Work));
    let body = match read {
        Ok(body) => body?,
        Err(_) => return Ok(too_slow(state.settings.limits.body.as_secs_f64())),
    };
    Ok(next.run(Request::from_parts(head, Body::from(body))).await)
}

async fn whole(request: Request) -> Result<Bytes, Problem> {
    let is_too_large = request.body().size_hint().lower() > LARGEST_BODY as u64;
    let read = if is_too_large { None } else { Some(Bytes::from_request(request, &()).await) };
    match read {
        Some(Ok(body)) => Ok(body),
        Some(Err(rejection)) if rejection.status() != StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Problem::new(rejection.status(), rejection.body_text()))
        }
        _ => {
            let detail = format!("the body has more than {LARGEST_BODY} bytes");
            Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail))
        }
    }
}

/// Nothing more is read of such a connection.
fn too_slow(seconds: f64) -> Response {
    let detail = format!("the body took longer than {seconds} s");
    let mut response = Problem::new(StatusCode::REQUEST_TIMEOUT, detail).into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
