//! `GET /skills` and `GET /skills/{id}`: the skills that pages name, and what is known of one.

use super::params::{Params, id, listing};
use super::{AppState, Problem};
use crate::search::{SkillDetail, SkillOrder, SkillRequest, Skills, SkillsRequest};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;

/// How many roles of a skill are shown where nothing else is asked for.
const ROLES: usize = 20;

pub(super) async fn skills(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Skills>, Problem> {
    let mut params = Params::of(query);
    let listing = listing(&mut params);
    let sort = params.read("sort", "must be pages or name", SkillOrder::from_id).unwrap_or_default();
    params.end()?;
    state.answer(move |searcher, _| searcher.skills(&SkillsRequest { listing, sort })).await
}

pub(super) async fn skill(
    State(state): State<AppState>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Json<SkillDetail>, Problem> {
    let id = id(path)?;
    let mut params = Params::of(query);
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
    found.map(Json).ok_or(unknown)
}
