//! `rolecall restore FILE`

use super::progress::Bar;
use super::style::{counted, print};
use super::{Exit, IndexArgs, Outcome, print_json};
use crate::index::restore;
use clap::Args;
use std::path::PathBuf;

/// Put a backup in the place of the index
///
/// The file is verified before anything is changed. What is there goes on answering until the backup can, and is then
/// removed; a server answers from the backup within a second.
#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// A file that `rolecall backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    index: IndexArgs,
    /// Print what was restored as JSON
    #[arg(long)]
    json: bool,
}

impl RestoreArgs {
    pub(super) fn run(self) -> Outcome {
        let bar = Bar::new();
        let show = |done, total| bar.show("bytes", done, total);
        let restored = restore(&self.index.location(), &self.file, &show);
        bar.clear();
        let restored = restored?;
        if self.json {
            return print_json(&serde_json::json!({
                "generation": restored.generation,
                "generation_before": restored.before,
                "backup": restored.backup,
            }));
        }
        let was = match restored.before {
            0 => "no index that could be read".to_owned(),
            before => format!("generation {before}"),
        };
        print(&format!(
            "Restored generation {} as generation {}: {}; there was {was}\n",
            restored.backup.generation,
            restored.generation,
            counted(restored.backup.pages(), "page"),
        ))?;
        Ok(Exit::Done)
    }
}
