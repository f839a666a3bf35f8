//! `GET /roles`: the roles of the index in alphabetical order, with their pages.

use super::paging::Part;
use super::params::{Params, listing};
use super::{AppState, Problem};
use crate::search::{FURTHEST_LISTED, RolesRequest};
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;

pub(super) async fn roles(State(state): State<AppState>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(uri.query().map(str::to_owned));
    let request = RolesRequest { listing: listing(&mut params), skill: params.every("skill") };
    params.end()?;
    let (offset, limit) = (request.listing.offset, request.listing.limit);
    let answer = state.answer(move |searcher, _| searcher.roles(&request)).await?;
    let part = Part { offset, limit, total: answer.total, furthest: FURTHEST_LISTED };
    Ok(part.linked(&uri, answer))
}
