//! The configuration: a file, the environment and flags, each option in all three; the later wins.
//!
//! No option is named here. What the file and the environment say is put below the flags as the defaults of clap's
//! arguments; so a value means the same wherever it is given, the same parser judges it, and an option that is added to a
//! command is configurable at once. A list of a later layer replaces that of an earlier one.

mod environment;
mod file;
mod in_force;
mod rivals;
mod setting;

use super::{Cli, Exit, Failure, IndexArgs, Outcome};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, CommandFactory as _, FromArgMatches as _};
use setting::{CONFIG, Place};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

/// The file that is read where none is named.
const FILE: &str = "rolecall.toml";

/// Print the configuration in force
///
/// Every setting with its value and where it comes from: the default, the file and the line, a variable of the environment,
/// a flag. What is printed is itself a configuration file. With COMMAND and its arguments, what is in force for just
/// that: `rolecall config serve --listen 127.0.0.1:8080`.
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    #[command(flatten)]
    _index: IndexArgs,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    /// The command whose settings are wanted, as it would be called [default: all of them]
    #[arg(value_name = "COMMAND", trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<OsString>,
}

impl ConfigArgs {
    pub(super) fn run(self, layers: &Layers) -> Outcome {
        let settings = in_force::settings(layers, self.command)?;
        if self.json {
            return super::print_json(&in_force::view(layers, &settings));
        }
        super::style::print(&in_force::describe(layers, &settings))?;
        Ok(Exit::Done)
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Default,
    File {
        path: PathBuf,
        line: usize,
    },
    /// The variable.
    Environment(String),
    /// As it is written.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A value below the flags, as its option would be given it.
#[derive(Clone, Debug)]
struct Given {
    parts: Vec<OsString>,
    origin: Origin,
}

type Values = BTreeMap<Place, Given>;

/// What was read: the file and the environment, and the flags of this call.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    file: Option<PathBuf>,
    values: Values,
    flags: ArgMatches,
}

/// Reads file, environment and flags. Where clap has the last word (`--help`, wrong use), this does not return.
pub(super) fn read(args: &[OsString], variables: &[(OsString, OsString)]) -> Result<Cli, Failure> {
    // Once without the configuration: for the file's name, and so that help is given whatever is in the file.
    let early = parsed(&mut negatable(described()).ignore_errors(true), args);
    let file = file_of(&early, variables);
    let settings = setting::settings(&described(), "");
    let mut values = Values::new();
    if let Some(file) = &file {
        file::read(&settings, file, &mut values)?;
    }
    environment::read(&settings, variables, &mut values)?;
    setting::all_well(rivals::contradictions(&described(), "", &values))?;
    let mut command = over(negatable(described()), &values, &early);
    let flags = parsed(&mut command, args);
    let mut cli = Cli::from_arg_matches(&flags).unwrap_or_else(|error| error.format(&mut command).exit());
    cli.layers = Layers { file, values, flags };
    Ok(cli)
}

/// The file to read; a file that is named must be there.
fn file_of(early: &ArgMatches, variables: &[(OsString, OsString)]) -> Option<PathBuf> {
    let named = early.get_one::<PathBuf>(CONFIG).cloned();
    let named = named.or_else(|| environment::config_file(variables).map(PathBuf::from));
    // A link that leads nowhere is there too, and an error.
    named.or_else(|| Path::new(FILE).symlink_metadata().is_ok().then(|| FILE.into()))
}

fn parsed(command: &mut Command, args: &[OsString]) -> ArgMatches {
    command.try_get_matches_from_mut(args).unwrap_or_else(|error| error.exit())
}

/// The commands as help shows them: `-h` in short, `--help` each option with its variable.
pub(super) fn described() -> Command {
    setting::map(Cli::command(), "", &mut |command, path, arg| {
        let variable = match setting::place(command, path, &arg) {
            Some(place) => place.variable(),
            None if arg.get_id() == CONFIG => environment::config_variable(),
            None => return arg,
        };
        let default = arg.get_default_values().join(OsStr::new(","));
        let default = default.to_string_lossy();
        let shown = !default.is_empty() && !arg.is_hide_default_value_set();
        let default = if shown { format!("[default: {default}] ") } else { String::new() };
        let short = arg.get_help().cloned().unwrap_or_default();
        let long = arg.get_long_help().unwrap_or(&short).clone();
        let takes_a_value = !setting::is_switch(&arg);
        arg.hide_default_value(takes_a_value)
            .help(format!("{short} {default}").trim_end().to_owned())
            .long_help(format!("{long}\n{default}[env: {variable}]"))
    })
}

/// The switch that turns this one off again, where the file or the environment turns it on.
fn negation(id: &str) -> String {
    format!("no-{id}")
}

/// The same commands where every switch `--x` has a hidden `--no-x`; the last one given counts.
fn negatable(command: Command) -> Command {
    let switches = command.get_arguments().filter(|arg| setting::is_switch(arg));
    let negations: Vec<Arg> = switches
        .filter_map(|arg| {
            let (id, long) = (arg.get_id().as_str(), arg.get_long()?);
            let negation = Arg::new(negation(id)).long(negation(long)).hide(true);
            Some(negation.action(ArgAction::SetTrue).overrides_with(id.to_owned()))
        })
        .collect();
    let command = command.mut_args(|arg| {
        let negation = setting::is_switch(&arg).then(|| negation(arg.get_id().as_str()));
        if let Some(negation) = negation { arg.overrides_with(negation) } else { arg }
    });
    command.args(negations).mut_subcommands(negatable)
}

/// Whether a switch was turned off by a flag.
fn is_negated(matches: &ArgMatches, id: &str) -> bool {
    matches.try_get_one::<bool>(&negation(id)).is_ok_and(|negated| negated == Some(&true))
}

/// The commands with these values as their defaults, as far as the flags leave them in force.
fn over(command: Command, values: &Values, early: &ArgMatches) -> Command {
    setting::map(command, "", &mut |command, path, arg| {
        let place = setting::place(command, path, &arg);
        let Some(given) = place.and_then(|place| values.get(&place)) else { return arg };
        let flags = called(early, path);
        let is_negated = flags.is_some_and(|flags| is_negated(flags, arg.get_id().as_str()));
        if is_negated || rivals::is_silenced(command, path, &arg, flags, values) {
            return arg;
        }
        arg.required(false).default_values(given.parts.clone())
    })
}

/// What was matched of the command with this path, if that is the one that was called.
fn called<'m>(matches: &'m ArgMatches, path: &str) -> Option<&'m ArgMatches> {
    let (mut at, mut matches) = (String::new(), matches);
    while at != path {
        let (name, below) = matches.subcommand()?;
        (at, matches) = (setting::path_of(&at, name), below);
    }
    Some(matches)
}
