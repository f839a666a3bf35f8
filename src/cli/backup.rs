//! `rolecall backup FILE`

use super::progress::Bar;
use super::style::{counted, plain, print};
use super::{Exit, IndexArgs, Outcome, print_json};
use crate::index::backup;
use clap::Args;
use std::path::PathBuf;

/// Write the index into one file
///
/// A tar, compressed where the name ends in .gz. Every file of the index is verified before it is written. Servers and runs
/// may go on meanwhile: it holds what was current when it began. The file is there whole or not at all.
#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The file to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    index: IndexArgs,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
}

impl BackupArgs {
    pub(super) fn run(self) -> Outcome {
        let bar = Bar::new();
        let show = |done, total| bar.show("bytes", done, total);
        let written = backup(&self.index.location(), &self.file, self.force, &show);
        bar.clear();
        let written = written?;
        if self.json {
            return print_json(&written);
        }
        print(&format!(
            "{}: generation {}, {} of {:.1} MB, {}\n",
            plain(&self.file.display().to_string()),
            written.generation,
            counted(written.files.len() as u64, "file"),
            written.bytes() as f64 / 1e6,
            counted(written.pages(), "page"),
        ))?;
        Ok(Exit::Done)
    }
}
