//! What is in force: asked of clap with file and environment below the flags, just as a command is given it.

use super::setting::{self, CONFIG, Kind, Place};
use super::{Failure, Layers, Origin, described, is_negated, negatable, negation, over, parsed, rivals};
use crate::cli::style::{FAINT, plain, styled};
use anyhow::anyhow;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use serde::Serialize;
use std::ffi::OsString;
use std::fmt::Write as _;
use toml::Value;

/// A setting with its value.
pub(super) struct InForce {
    place: Place,
    value: Option<Value>,
    origin: Origin,
}

/// The settings of one call of a command, or of all commands where none is named.
pub(super) fn settings(layers: &Layers, call: Vec<OsString>) -> Result<Vec<InForce>, Failure> {
    let all = described();
    let mut found = Vec::new();
    collect(&all, "", &layers.flags, layers, &mut found);
    let calls = if call.is_empty() {
        every_command(&all)
    } else {
        found.retain(|setting| setting.place.table.is_empty());
        vec![call]
    };
    for call in calls {
        let call: Vec<OsString> = std::iter::once("rolecall".into()).chain(call).collect();
        let early = parsed(&mut negatable(described()).ignore_errors(true), &call);
        let command = over(negatable(described()), &layers.values, &early);
        // What is missing is no matter here.
        let mut command = setting::map(command, "", &mut |_, _, arg| arg.required(false));
        let matches = parsed(&mut command, &call);
        if matches.contains_id(CONFIG) {
            return Err(Failure::Usage(anyhow!(
                "--config FILE belongs before the command that is asked about"
            )));
        }
        collect(&all, "", &matches, layers, &mut found);
    }
    // As in the file: what is at the top comes first.
    found.sort_by_key(|setting| !setting.place.table.is_empty());
    Ok(found)
}

/// The names by which each command is called that has no further commands in it.
fn every_command(command: &Command) -> Vec<Vec<OsString>> {
    let below = command.get_subcommands().flat_map(|sub| {
        let calls = every_command(sub);
        let calls = if calls.is_empty() { vec![Vec::new()] } else { calls };
        calls.into_iter().map(|call| std::iter::once(sub.get_name().into()).chain(call).collect())
    });
    below.collect()
}

/// The settings of a command that was matched and of the one in it that was called.
fn collect(command: &Command, path: &str, matches: &ArgMatches, layers: &Layers, found: &mut Vec<InForce>) {
    for arg in command.get_arguments() {
        let Some(place) = setting::place(command, path, arg) else { continue };
        let silenced = rivals::is_silenced(command, path, arg, Some(matches), &layers.values);
        let setting = in_force(place, arg, matches, layers, silenced);
        match found.iter_mut().find(|known| known.place == setting.place) {
            None => found.push(setting),
            Some(known) if matches!(setting.origin, Origin::Flag(_)) => *known = setting,
            Some(_) => {}
        }
    }
    if let Some((name, below)) = matches.subcommand()
        && let Some(sub) = command.find_subcommand(name)
    {
        collect(sub, &setting::path_of(path, name), below, layers, found);
    }
}

fn in_force(place: Place, arg: &Arg, matches: &ArgMatches, layers: &Layers, silenced: bool) -> InForce {
    let id = arg.get_id().as_str();
    let flag = || arg.get_long().map_or_else(|| "argument".to_owned(), |long| format!("--{long}"));
    let origin = if matches.value_source(id) == Some(ValueSource::CommandLine) {
        Origin::Flag(flag())
    } else if is_negated(matches, id) {
        Origin::Flag(format!("--{}", negation(arg.get_long().unwrap_or(id))))
    } else if silenced {
        Origin::Default
    } else {
        layers.values.get(&place).map_or(Origin::Default, |given| given.origin.clone())
    };
    let raw = matches.try_get_raw(id).ok().flatten().into_iter().flatten();
    let parts = raw.map(|part| part.to_string_lossy().into_owned());
    let kind = setting::kind(arg);
    let mut values = parts.map(|part| typed(kind, part));
    let value = if setting::is_list(arg) { Some(Value::Array(values.collect())) } else { values.next() };
    InForce { place, value, origin }
}

fn typed(kind: Kind, part: String) -> Value {
    let typed = match kind {
        Kind::Switch => part.parse().ok().map(Value::Boolean),
        Kind::Number => part.parse().map(Value::Integer).or_else(|_| part.parse().map(Value::Float)).ok(),
        Kind::Path | Kind::Text => None,
    };
    typed.unwrap_or(Value::String(part))
}

/// A value as the file has it, whatever is in it.
fn on_one_line(value: &Value) -> String {
    match value {
        // JSON escapes line ends, and as TOML does; TOML itself would go on in a second line.
        Value::String(text) if text.contains(char::is_control) => {
            serde_json::Value::from(text.as_str()).to_string()
        }
        Value::Array(list) => format!("[{}]", list.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        value => value.to_string(),
    }
}

/// As a configuration file, with where each value comes from behind it.
pub(super) fn describe(layers: &Layers, settings: &[InForce]) -> String {
    let file = layers.file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
    let mut text = styled(FAINT, &format!("# configuration file: {file}")) + "\n";
    let mut table = "";
    for setting in settings {
        let InForce { place, value, origin } = setting;
        if place.table != table {
            table = &place.table;
            let _ = writeln!(text, "\n[{table}]");
        }
        let _ = match value {
            Some(value) => {
                let line = plain(&format!("{} = {}", place.key, on_one_line(value)));
                writeln!(text, "{line:<36}  {}", styled(FAINT, &format!("# {origin}")))
            }
            None => writeln!(text, "{}", styled(FAINT, &format!("# {} is not set", place.key))),
        };
    }
    text
}

#[derive(Serialize)]
pub(super) struct ConfigView<'a> {
    file: Option<String>,
    settings: Vec<SettingView<'a>>,
}

#[derive(Serialize)]
struct SettingView<'a> {
    /// `serve.listen`
    key: String,
    value: &'a Option<Value>,
    from: &'static str,
    /// The file and line, the variable, the flag.
    at: Option<String>,
}

/// For machines.
pub(super) fn view<'a>(layers: &Layers, settings: &'a [InForce]) -> ConfigView<'a> {
    let view = |setting: &'a InForce| {
        let from = match &setting.origin {
            Origin::Default => "default",
            Origin::File { .. } => "file",
            Origin::Environment(_) => "environment",
            Origin::Flag(_) => "flag",
        };
        let at = (setting.origin != Origin::Default).then(|| setting.origin.to_string());
        SettingView { key: setting.place.to_string(), value: &setting.value, from, at }
    };
    ConfigView {
        file: layers.file.as_ref().map(|file| file.display().to_string()),
        settings: settings.iter().map(view).collect(),
    }
}
