//! `rolecall completions SHELL`

use super::style::print;
use super::{Exit, Outcome, config};
use clap::Args;
use clap_complete::{Shell, generate};

/// Print completions for a shell
///
/// For bash: `rolecall completions bash > ~/.local/share/bash-completion/completions/rolecall`. For zsh, a file `_rolecall`
/// in a folder of $fpath; for fish, ~/.config/fish/completions/rolecall.fish.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(self) -> Outcome {
        let mut script = Vec::new();
        generate(self.shell, &mut config::described(), "rolecall", &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Done)
    }
}
