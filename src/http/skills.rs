//! `GET /skills` and `GET /skills/{id}`: the skills that pages name, and what is known of one.

use super::paging::Part;
use super::params::{Params, id, listing};
use super::{AppState, Problem};
use crate::search::{FURTHEST_LISTED, FURTHEST_OFFSET, SkillOrder, SkillRequest, SkillsRequest};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;

/// How many roles of a skill are shown where nothing else is asked for.
pub(super) const ROLES: usize = 20;

pub(super) async fn skills(State(state): State<AppState>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(uri.query().map(str::to_owned));
    let listing = listing(&mut params);
    let sort = params.read("sort", "must be pages or name", SkillOrder::from_id).unwrap_or_default();
    params.end()?;
    let (offset, limit) = (listing.offset, listing.limit);
    let answer = state.answer(move |searcher, _| searcher.skills(&SkillsRequest { listing, sort })).await?;
    let part = Part { offset, limit, total: answer.total, furthest: FURTHEST_LISTED };
    Ok(part.linked(&uri, answer))
}

pub(super) async fn skill(
    State(state): State<AppState>,
    path: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let mut params = Params::of(uri.query().map(str::to_owned));
    let (limit, offset) = (params.number("limit", ROLES), params.number("offset", 0));
    params.end()?;
    let unknown = Problem::new(
        StatusCode::NOT_FOUND,
        format!("no page names a skill with the id {id:?}; /skills lists those there are"),
    );
    let Json(found) = state
        .answer(move |searcher, deadline| {
            searcher.skill(&SkillRequest { id, limit, offset, deadline: Some(deadline) })
        })
        .await?;
    let found = found.ok_or(unknown)?;
    let part = Part { offset, limit, total: found.pages, furthest: FURTHEST_OFFSET };
    Ok(part.linked(&uri, Json(found)))
}
