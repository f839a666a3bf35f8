//! `rolecall remove SOURCE|PAGE`

use super::style::print;
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::ingest::remove;
use anyhow::anyhow;
use clap::Args;

/// Take a source or a page out of the index
///
/// The files themselves are not touched: a page whose file is still there comes back with the next ingest.
#[derive(Debug, Args)]
pub(super) struct RemoveArgs {
    /// The name of a source, or the id of a page
    #[arg(value_name = "SOURCE|PAGE")]
    name: String,
    #[command(flatten)]
    index: IndexArgs,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

impl RemoveArgs {
    pub(super) fn run(self) -> Outcome {
        let unknown = || {
            let name = &self.name;
            Failure::NotDone(anyhow!(
                "{name:?} is neither a source nor a page of the index; `rolecall sources` lists the sources"
            ))
        };
        let removed = remove(&self.index.location(), &self.name)?.ok_or_else(unknown)?;
        if self.json {
            return print_json(&serde_json::json!({ "removed": { "name": self.name, "pages": removed } }));
        }
        let pages = if removed == 1 { "1 page".to_owned() } else { format!("{removed} pages") };
        print(&format!("{pages} removed\n"))?;
        Ok(Exit::Done)
    }
}
