//! What can be configured: every option of every command, by the names that it has in the file and in the environment.
//!
//! The list is read from clap's description of the commands, so that an option is configurable because it exists. An
//! option belongs to the table of its command. A struct of options that several commands share names the table of all
//! of them as the id of its clap group: `[ingest]`, and `[]` for the top of the file; what follows there only tells groups of one
//! command apart.

use super::Failure;
use crate::cli::style::plain;
use anyhow::anyhow;
use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, Command, ValueHint};
use std::any::TypeId;
use std::error::Error as _;
use std::ffi::{OsStr, OsString};
use std::fmt;

/// The id of the one argument without a name that may be configured: where the pages are.
const PATHS: &str = "paths";
/// The id of the option that says which file is read; it cannot stand in it.
pub(super) const CONFIG: &str = "config";
/// What every variable begins with.
pub(super) const PREFIX: &str = "ROLECALL_";

/// What a setting's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Switch,
    Number,
    Path,
    Text,
}

/// Where a setting stands in the file: its table, `""` for the top, and its key there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) table: String,
    pub(super) key: String,
}

impl Place {
    /// The variable that sets it.
    pub(super) fn variable(&self) -> String {
        let table = if self.table.is_empty() { String::new() } else { format!("{}_", self.table) };
        format!("{PREFIX}{table}{}", self.key).to_uppercase()
    }

    /// `in [serve]`, for messages.
    pub(super) fn table_in_words(&self) -> String {
        if self.table.is_empty() { "at the top".to_owned() } else { format!("in [{}]", self.table) }
    }
}

/// As it can be written in the file: `serve.listen`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.table.is_empty() { f.write_str(&self.key) } else { write!(f, "{}.{}", self.table, self.key) }
    }
}

/// An option that can be configured.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) place: Place,
    pub(super) kind: Kind,
    pub(super) list: bool,
    arg: Arg,
}

impl Setting {
    fn new(place: Place, arg: &Arg) -> Self {
        Self { place, kind: kind(arg), list: is_list(arg), arg: arg.clone() }
    }

    /// Whether its option would take this value; otherwise why not, in the words of the option.
    pub(super) fn check(&self, value: &OsStr) -> Result<(), String> {
        let probe = Arg::new("value").long("value").require_equals(true);
        let probe = probe.value_parser(self.arg.get_value_parser().clone());
        let command = Command::new("probe").no_binary_name(true).styles(Styles::plain()).arg(probe);
        let mut given = OsString::from("--value=");
        given.push(value);
        command.try_get_matches_from([given]).map(drop).map_err(|error| reason(&error))
    }
}

/// What clap says about a value, without its frame of an option.
fn reason(error: &clap::Error) -> String {
    if let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue)
        && !valid.is_empty()
    {
        return format!("there are {}", valid.join(", "));
    }
    match error.source() {
        Some(source) => source.to_string(),
        None => error.kind().to_string(),
    }
}

/// What the values of an option are.
pub(super) fn kind(arg: &Arg) -> Kind {
    let parsed_to = arg.get_value_parser().type_id();
    if is_switch(arg) {
        Kind::Switch
    } else if numbers().iter().any(|number| parsed_to == *number) {
        Kind::Number
    } else if is_path(arg.get_value_hint()) {
        Kind::Path
    } else {
        Kind::Text
    }
}

/// Whether an option is turned on by being there.
pub(super) fn is_switch(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

/// Whether an option takes any number of values.
pub(super) fn is_list(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

fn is_path(hint: ValueHint) -> bool {
    use ValueHint::{AnyPath, DirPath, ExecutablePath, FilePath};
    matches!(hint, AnyPath | DirPath | ExecutablePath | FilePath)
}

fn numbers() -> [TypeId; 12] {
    [
        TypeId::of::<u8>(),
        TypeId::of::<u16>(),
        TypeId::of::<u32>(),
        TypeId::of::<u64>(),
        TypeId::of::<usize>(),
        TypeId::of::<i8>(),
        TypeId::of::<i16>(),
        TypeId::of::<i32>(),
        TypeId::of::<i64>(),
        TypeId::of::<isize>(),
        TypeId::of::<f32>(),
        TypeId::of::<f64>(),
    ]
}

/// Where an argument of a command can be configured; `None` for what is asked anew each time (a query, a page).
pub(super) fn place(command: &Command, path: &str, arg: &Arg) -> Option<Place> {
    let id = arg.get_id();
    if id == CONFIG || arg.is_hide_set() {
        return None;
    }
    let key = match arg.get_long() {
        Some(long) => long.replace('-', "_"),
        None if id == PATHS => PATHS.to_owned(),
        None => return None,
    };
    let shared = command.get_groups().filter(|group| group.get_args().any(|member| member == id));
    let table =
        shared.filter_map(|group| Some(group.get_id().as_str().strip_prefix('[')?.split_once(']')?.0)).next();
    Some(Place { table: table.unwrap_or(path).to_owned(), key })
}

/// Every option of a command and the commands in it, once each, in the order of help; `path` is the command's table.
pub(super) fn settings(command: &Command, path: &str) -> Vec<Setting> {
    let mut all: Vec<Setting> = Vec::new();
    let own = command.get_arguments().filter_map(|arg| Some(Setting::new(place(command, path, arg)?, arg)));
    let below = command.get_subcommands().flat_map(|sub| settings(sub, &path_of(path, sub.get_name())));
    for setting in own.chain(below) {
        if all.iter().all(|known| known.place != setting.place) {
            all.push(setting);
        }
    }
    all
}

/// The table of a command in a command.
pub(super) fn path_of(path: &str, name: &str) -> String {
    let name = name.replace('-', "_");
    if path.is_empty() { name } else { format!("{path}_{name}") }
}

/// Changes the arguments of a command and the commands in it; the function is given the command and its table.
pub(super) fn map(
    command: Command,
    path: &str,
    change: &mut dyn FnMut(&Command, &str, Arg) -> Arg,
) -> Command {
    let before = command.clone();
    command.mut_args(|arg| change(&before, path, arg)).mut_subcommands(|sub| {
        let path = path_of(path, sub.get_name());
        map(sub, &path, change)
    })
}

/// All that is wrong, as one failure; nothing if there is nothing.
pub(super) fn all_well(mut problems: Vec<String>) -> Result<(), Failure> {
    const MOST: usize = 20;
    if problems.is_empty() {
        return Ok(());
    }
    let more = problems.len().saturating_sub(MOST);
    problems.truncate(MOST);
    if more > 0 {
        problems.push(format!("and {more} more"));
    }
    let lines: Vec<String> = problems.iter().map(|problem| plain(problem)).collect();
    Err(Failure::Usage(anyhow!(lines.join("\n"))))
}
