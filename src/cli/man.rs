//! `rolecall man [COMMAND]`

use super::style::print;
use super::{Exit, Failure, Outcome, config};
use anyhow::anyhow;
use clap::Args;
use clap_mangen::Man;

/// Print a page of the manual
///
/// In the format of man: `rolecall man ingest > rolecall-ingest.1`, or to read it, `rolecall man ingest | man -l -`.
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The command that the page is about [default: the page about all of them]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl ManArgs {
    pub(super) fn run(self) -> Outcome {
        let mut all = config::described();
        all.build();
        let command = match &self.command {
            Some(name) => all.find_subcommand(name).cloned().ok_or_else(|| unknown(name))?,
            None => all,
        };
        // As git does: the page of `rolecall ingest` is rolecall-ingest(1).
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let mut page = Vec::new();
        Man::new(command).title(name).render(&mut page)?;
        print(&String::from_utf8_lossy(&page))?;
        Ok(Exit::Done)
    }
}

fn unknown(name: &str) -> Failure {
    Failure::Usage(anyhow!("there is no command {name:?}; `rolecall --help` lists them"))
}
