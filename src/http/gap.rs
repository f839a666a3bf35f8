//! `GET /gap`: what somebody lacks for a role who has these skills; without a page, which roles they are closest to.

use super::compare::SkillCell;
use super::paging::Part;
use super::params::Params;
use super::place::PageHead;
use super::{AppState, Problem};
use crate::model::Page;
use crate::search::{Asked, Coverage, FURTHEST_OFFSET, GapRequest, Had, PageGap, Warning};
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// What somebody lacks for the role of one page; `gap --json` prints the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GapView {
    /// The skills that somebody has, each with the text that was understood as it.
    have: Vec<Had>,
    /// The page.
    page: PageHead,
    /// How much of what it asks for they have.
    coverage: Coverage,
    /// What of the page's skills they have, the most asked for first.
    had: Vec<AskedView>,
    /// What of them they lack, the most asked for first.
    missing: Vec<AskedView>,
    /// The generation of the index that answered.
    generation: u64,
    /// What was odd about the request.
    warnings: Vec<Warning>,
}

/// A skill that the page asks for, and where it does so most.
#[derive(Debug, Serialize, JsonSchema)]
struct AskedView {
    /// The skill's id.
    id: String,
    /// Its name.
    label: String,
    /// What kind of skill it is.
    kind: String,
    #[serde(flatten)]
    cell: SkillCell,
}

pub(super) async fn gap(State(state): State<AppState>, uri: Uri) -> Result<Response, Problem> {
    let mut params = Params::of(uri.query().map(str::to_owned));
    let have = params.every("have");
    // A form sends its empty fields, too.
    if let Some(page) = params.one("page").filter(|page| !page.is_empty()) {
        params.end()?;
        let gap = state.answer(move |searcher, _| searcher.gap(&have, &page).map(GapView::from));
        return Ok(gap.await?.into_response());
    }
    let default = GapRequest::default();
    let request = GapRequest {
        have,
        role: params.every("role"),
        level: params.every("level"),
        source: params.every("source"),
        language: params.every("language"),
        limit: params.number("limit", default.limit),
        offset: params.number("offset", default.offset),
        missing_limit: params.number("missing_limit", default.missing_limit),
    };
    params.end()?;
    let (offset, limit) = (request.offset, request.limit);
    let answer = state.answer(move |searcher, _| searcher.gaps(&request)).await?;
    let part = Part { offset, limit, total: answer.total.pages, furthest: FURTHEST_OFFSET };
    Ok(part.linked(&uri, answer))
}

impl From<PageGap> for GapView {
    fn from(gap: PageGap) -> Self {
        let PageGap { generation, have, page, coverage, had, missing, warnings } = gap;
        let views = |asked: &[Asked]| asked.iter().map(|asked| AskedView::of(&page, asked)).collect();
        Self {
            had: views(&had),
            missing: views(&missing),
            page: PageHead::of(&page),
            have,
            coverage,
            generation,
            warnings,
        }
    }
}

impl AskedView {
    fn of(page: &Page, asked: &Asked) -> Self {
        Self {
            id: asked.skill.id.clone(),
            label: asked.skill.label.clone(),
            kind: asked.skill.kind.clone(),
            cell: SkillCell::of(page, asked),
        }
    }
}
