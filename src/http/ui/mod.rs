//! The pages that people see: the same answers as the API's, as HTML.
//!
//! Every page works without JavaScript: what is set stands in the address, and whatever changes it is a link or a form.
//! The script fetches the page that a link or a form leads to, and puts the parts of it that are marked `data-live` in
//! place of those that are shown; so there is one renderer, and nothing that only one of the two ways can do.

mod address;
mod amounts;
mod assets;
mod compare;
mod docs;
mod embed;
mod failure;
mod figures;
mod frame;
mod gap;
mod headers;
mod links;
mod opensearch;
mod pick;
mod role;
mod search;

use super::{AppState, Problem};
use axum::Router;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The pages and what they are made of. What people look at has its addresses under `/ui/`, besides the first page.
pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/", get(search::page))
        .route("/ui/compare", get(compare::page))
        .route("/ui/gap", get(gap::page))
        .route("/ui/pages/{id}", get(role::page))
        .route("/ui/embed", get(embed::page))
        .route("/docs", get(docs::page))
        .route("/ui/{asset}", get(assets::asset))
        .route("/favicon.ico", get(assets::favicon))
        .route("/opensearch.xml", get(opensearch::description))
        .route("/opensearch/suggest", get(opensearch::suggestions))
        .layer(from_fn(headers::protect))
}

/// The page that says why nothing is shown, where a request does not come as far as the pages.
pub(super) fn refused(problem: Problem) -> Response {
    let mut response = failure::Failure::from(problem).into_response();
    headers::add(&mut response);
    response
}

/// What other sites take into their pages.
pub(super) fn shared() -> Router<AppState> {
    Router::new().route("/embed.js", get(embed::script)).layer(from_fn(headers::protect))
}
