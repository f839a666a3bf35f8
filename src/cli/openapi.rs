//! `rolecall openapi`

use super::style::print;
use super::{Exit, Outcome};
use crate::http::openapi;
use clap::Args;

/// Print what `rolecall serve` can be asked, as an OpenAPI document
///
/// The same as `GET /openapi.json`, for programs that make clients of it; `GET /docs` says it to people.
#[derive(Debug, Args)]
pub(super) struct OpenapiArgs {}

impl OpenapiArgs {
    pub(super) fn run(self) -> Outcome {
        print(openapi())?;
        Ok(Exit::Done)
    }
}
