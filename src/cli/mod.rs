//! The command line: one file a subcommand, flags → options of the layer below, result → terminal.

mod backup;
mod check;
mod columns;
mod compare;
mod completions;
mod config;
mod curation;
mod eval;
mod facts;
mod filters;
mod gap;
mod histogram;
mod ingest;
mod key;
mod limits;
mod lint;
mod man;
mod mcp;
mod observe;
mod openapi;
mod path;
mod progress;
mod queries;
mod remove;
mod restore;
mod roles;
mod search;
mod serve;
mod show;
mod similar;
mod skills;
mod sources;
mod style;
mod suggest;
#[cfg(feature = "tls")]
mod tls;
mod which;

use crate::index::Location;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, with failures that were reported.
    WithFailures,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::WithFailures => Self::from(1),
        }
    }
}

/// Why a command was not done.
#[derive(Debug)]
pub enum Failure {
    /// It was called wrongly: exit code 2.
    Usage(anyhow::Error),
    /// It could not be done and nothing was changed: exit code 3.
    NotDone(anyhow::Error),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::NotDone(_) => ExitCode::from(3),
        }
    }

    /// What went wrong.
    pub fn error(&self) -> &anyhow::Error {
        match self {
            Self::Usage(error) | Self::NotDone(error) => error,
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::NotDone(error.into())
    }
}

/// What a command comes to.
pub type Outcome = Result<Exit, Failure>;

/// Search over career pages: roles, sections and skills.
///
/// `rolecall ingest PATH` reads career pages (HTML, Markdown, saved text) into an index; `rolecall serve` answers
/// ranked queries over HTTP, `rolecall search` on the terminal. Every option can also be set in a file, rolecall.toml,
/// and by a variable of the environment; `rolecall config` prints what is in force, and `--no-json` turns a switch off that
/// they turned on.
#[derive(Debug, Parser)]
#[command(name = "rolecall", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 done with failures that were reported, 2 wrong use, 3 not done and nothing changed."
)]
pub struct Cli {
    #[command(flatten)]
    everywhere: EverywhereArgs,
    /// What the flags were put over.
    #[arg(skip)]
    layers: config::Layers,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Ingest(ingest::IngestArgs),
    Serve(serve::ServeArgs),
    Mcp(mcp::McpArgs),
    Search(search::SearchArgs),
    Show(show::ShowArgs),
    Lint(lint::LintArgs),
    Sources(sources::SourcesArgs),
    Remove(remove::RemoveArgs),
    Check(check::CheckArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Eval(eval::EvalArgs),
    Suggest(suggest::SuggestArgs),
    Compare(compare::CompareArgs),
    Gap(gap::GapArgs),
    Key(key::KeyArgs),
    Similar(similar::SimilarArgs),
    Path(path::PathArgs),
    Roles(roles::RolesArgs),
    Skills(skills::SkillsArgs),
    Queries(queries::QueriesArgs),
    Config(config::ConfigArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    Openapi(openapi::OpenapiArgs),
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[group(id = "[]")]
#[command(next_help_heading = "Global options")]
struct EverywhereArgs {
    /// The configuration file [default: rolecall.toml in the working directory, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    // rmcp would warn of every fault of a client.
    /// What is logged to standard error: error, warn, info, debug, trace or off, also of a part (`warn,rolecall=debug`)
    #[arg(long, global = true, value_name = "FILTER", default_value = "warn,rolecall=info,rmcp=error", value_parser = log_filter)]
    log: String,
    /// In which form: lines for people, or a JSON object a line
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

/// In which form the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line for people
    Text,
    /// A JSON object
    Json,
}

fn log_filter(value: &str) -> Result<String, String> {
    EnvFilter::try_new(value).map(|_| value.to_owned()).map_err(|error| error.to_string())
}

/// Where the index is; the same for all subcommands.
#[derive(Clone, Debug, Args)]
#[group(id = "[]")]
struct IndexArgs {
    /// The folder that holds the index
    #[arg(long, value_name = "DIR", default_value = "index")]
    index: PathBuf,
}

impl IndexArgs {
    fn location(&self) -> Location {
        Location::new(&self.index)
    }
}

impl Cli {
    /// Reads the flags of this process, its environment and the configuration file. Does not return where there is
    /// nothing more to do than to print help or what is wrong with the flags.
    ///
    /// # Errors
    /// [`Failure::Usage`] where the file or the environment is wrong.
    pub fn read() -> Result<Self, Failure> {
        let (args, variables): (Vec<_>, Vec<_>) =
            (std::env::args_os().collect(), std::env::vars_os().collect());
        config::read(&args, &variables)
    }

    /// The arguments of `serve`, if that is the command.
    fn serve(self) -> Option<serve::ServeArgs> {
        match self.command {
            Command::Serve(args) => Some(args),
            _ => None,
        }
    }

    /// What is to be logged.
    pub fn log_filter(&self) -> EnvFilter {
        EnvFilter::new(&self.everywhere.log)
    }

    /// In which form.
    pub fn log_format(&self) -> LogFormat {
        self.everywhere.log_format
    }

    /// Does what the arguments say.
    ///
    /// # Errors
    /// [`Failure`] says why it was not done, and with it the exit code.
    pub fn run(self) -> Outcome {
        match self.command {
            Command::Ingest(args) => args.run(),
            Command::Serve(args) => args.run(),
            Command::Mcp(args) => args.run(),
            Command::Search(args) => args.run(),
            Command::Show(args) => args.run(),
            Command::Lint(args) => args.run(),
            Command::Sources(args) => args.run(),
            Command::Remove(args) => args.run(),
            Command::Check(args) => args.run(),
            Command::Backup(args) => args.run(),
            Command::Restore(args) => args.run(),
            Command::Eval(args) => args.run(),
            Command::Suggest(args) => args.run(),
            Command::Config(args) => args.run(&self.layers),
            Command::Completions(args) => args.run(),
            Command::Man(args) => args.run(),
            Command::Openapi(args) => args.run(),
            Command::Compare(args) => args.run(),
            Command::Gap(args) => args.run(),
            Command::Key(args) => args.run(),
            Command::Similar(args) => args.run(),
            Command::Path(args) => args.run(),
            Command::Roles(args) => args.run(),
            Command::Skills(args) => args.run(),
            Command::Queries(args) => args.run(),
        }
    }
}

/// Prints JSON for machines.
fn print_json(value: &impl serde::Serialize) -> Outcome {
    style::print(&(serde_json::to_string_pretty(value)? + "\n"))?;
    Ok(Exit::Done)
}
