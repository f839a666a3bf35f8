//! `POST /mcp`: the tools for language models, in the protocol's streamable HTTP: a message in, its answer as JSON. There
//! are no sessions.

use super::cors::AllowedOrigin;
use super::limits::LARGEST_BODY;
use super::metrics::Refusal;
use super::{AppState, Problem};
use crate::mcp::{Server, read};
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use std::sync::Arc;
use std::time::Instant;

/// Its one address, which speaks a protocol of its own: the document of the API does not describe it.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/mcp", post(answer))
}

async fn answer(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    if !is_let(&state, request.headers()) {
        let says = "pages of this site may not ask; --allow-origin lets them";
        return Err(Problem::new(StatusCode::FORBIDDEN, says));
    }
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &state).await;
    let body = body.map_err(|error: BytesRejection| Problem::new(error.status(), error.body_text()))?;
    if let Err(error) = read(&body) {
        return Ok((StatusCode::BAD_REQUEST, Json(error)).into_response());
    }
    let (admission, patience) = (&state.admission, state.settings.limits.search);
    // Only who would get a turn is heard; what is called then waits for its own.
    admission.free(Instant::now() + patience).await.inspect_err(|_| state.metrics.refuse(Refusal::Busy))?;
    let server = Server::new(Arc::clone(&state.searcher), admission.turns(), patience);
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(NeverSessionManager::default()),
        // Who may ask is settled above; a server is reached by whatever name it is given.
        StreamableHttpServerConfig::default()
            .disable_allowed_hosts()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(LARGEST_BODY),
    );
    let answered = service.handle(Request::from_parts(parts, Body::from(body))).await;
    Ok(answered.map(Body::new))
}

/// Whether whoever asks may: a program, which names no origin, or a page of a site that is let.
///
/// That the origin is the host that was asked says nothing: a hostile page can have its own name lead to this machine
/// (DNS rebinding), and is then of one origin with the server.
fn is_let(state: &AppState, headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let settings = &state.settings;
    origins.all(|origin| {
        let is = |known: &super::Origin| origin == known.as_str();
        settings.public.as_ref().is_some_and(is)
            || settings.allowed.iter().any(|allowed| match allowed {
                AllowedOrigin::Any => true,
                AllowedOrigin::One(known) => is(known),
            })
    })
}
