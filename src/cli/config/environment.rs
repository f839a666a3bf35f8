//! Settings from the environment: `ROLECALL_INDEX`, `ROLECALL_SERVE_LISTEN`.
//!
//! A list of paths is separated as the system separates paths (`:`, on Windows `;`), any other by commas. An empty
//! variable counts as not set, as scripts leave them.

use super::setting::{CONFIG, Kind, PREFIX, Setting, all_well};
use super::{Failure, Given, Origin, Values};
use crate::text::nearest;
use std::ffi::{OsStr, OsString};

/// The variable that names the file.
pub(super) fn config_variable() -> String {
    format!("{PREFIX}{}", CONFIG.to_uppercase())
}

/// The file that it names.
pub(super) fn config_file(variables: &[(OsString, OsString)]) -> Option<OsString> {
    let name = config_variable();
    let given = variables.iter().find(|(variable, value)| *variable == *name && !value.is_empty());
    given.map(|(_, value)| value.clone())
}

/// Puts what the environment says over what is known.
pub(super) fn read(
    settings: &[Setting],
    variables: &[(OsString, OsString)],
    values: &mut Values,
) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let known: Vec<String> = settings.iter().map(|setting| setting.place.variable()).collect();
    let config = config_variable();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        if value.is_empty() || name == config || is_of_the_platform(name) {
            continue;
        }
        let Some(setting) = known.iter().position(|known| known == name).map(|index| &settings[index]) else {
            // What all begin with would make all look alike.
            let names = known.iter().chain([&config]).map(|known| &known[PREFIX.len()..]);
            let near = nearest(&name[PREFIX.len()..], names);
            let hint = near.map(|near| format!("; did you mean {PREFIX}{near}?")).unwrap_or_default();
            problems.push(format!("unknown environment variable {name}{hint}"));
            continue;
        };
        match parts(setting, value) {
            Ok(parts) => {
                let given = Given { parts, origin: Origin::Environment(name.to_owned()) };
                values.insert(setting.place.clone(), given);
            }
            Err(reason) => problems.push(format!("{name}={}: {reason}", value.to_string_lossy())),
        }
    }
    all_well(problems)
}

/// Container platforms tell every program where a service called "rolecall" is, in variables of their own.
fn is_of_the_platform(name: &str) -> bool {
    let name = &name[PREFIX.len()..];
    name.starts_with("SERVICE_") || name == "PORT" || name.starts_with("PORT_")
}

fn parts(setting: &Setting, value: &OsStr) -> Result<Vec<OsString>, String> {
    let parts: Vec<OsString> = match (setting.list, setting.kind) {
        (_, Kind::Switch) => vec![switch(value).ok_or("must be true or false")?.into()],
        (false, _) => vec![value.to_owned()],
        (true, Kind::Path) => std::env::split_paths(value).map(Into::into).collect(),
        (true, _) => {
            let text = value.to_str().ok_or("must be UTF-8")?;
            separated(text).into_iter().map(Into::into).collect()
        }
    };
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| setting.check(part).map(|()| part.clone()))
        .collect()
}

fn switch(value: &OsStr) -> Option<&'static str> {
    match value.to_str()?.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some("true"),
        "false" | "0" | "no" | "off" => Some("false"),
        _ => None,
    }
}

/// What commas separate, but not those within braces: `*.{html,md}` is one pattern.
fn separated(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let outside = |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    text.split(outside).map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_but_not_within_braces() {
        assert_eq!(separated("a, b"), ["a", "b"]);
        assert_eq!(separated("*.{html,md},roles/**"), ["*.{html,md}", "roles/**"]);
        assert_eq!(separated("},a"), ["}", "a"]);
    }
}
