//! `GET /roles`: the roles of the index in alphabetical order, with their pages.

use super::params::{Params, listing};
use super::{AppState, Problem};
use crate::search::{Roles, RolesRequest};
use axum::Json;
use axum::extract::{RawQuery, State};

pub(super) async fn roles(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Roles>, Problem> {
    let mut params = Params::of(query);
    let request = RolesRequest { listing: listing(&mut params), skill: params.every("skill") };
    params.end()?;
    state.answer(move |searcher, _| searcher.roles(&request)).await
}
