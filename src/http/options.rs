//! `OPTIONS`: which methods an address takes (RFC 9110, 9.3.7).

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Answers OPTIONS by what the router would have refused it for; a refusal names the methods that there are.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let is_asked = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    let known =
        response.headers().get(header::ALLOW).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Ok(allowed) = HeaderValue::from_str(&format!("{known},OPTIONS")) else { return response };
    if is_asked {
        *response.status_mut() = StatusCode::NO_CONTENT;
        *response.body_mut() = Body::empty();
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
            response.headers_mut().remove(name);
        }
    }
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}
