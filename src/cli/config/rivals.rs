//! Options of which a call takes only one: what is said later silences what was said earlier of the other.
//!
//! clap refuses two that conflict where both are flags; what is configured it takes for defaults, which conflict with
//! nothing. So `--csv` must silence `json = true` in the file, and two in one file are wrong.

use super::setting::{path_of, place};
use super::{Given, Origin, Values};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

/// Whether what is configured of an option does not count, because a flag or a later layer sets one that excludes it.
pub(super) fn is_silenced(
    command: &Command,
    path: &str,
    arg: &Arg,
    flags: Option<&ArgMatches>,
    values: &Values,
) -> bool {
    let is_flag = |id| flags.is_some_and(|flags| is_given(flags, id));
    let own = given(command, path, arg, values);
    let is_file = own.is_some_and(|own| matches!(own.origin, Origin::File { .. }));
    rivals(command, arg).any(|rival| {
        let later = given(command, path, rival, values).is_some_and(|rival| rival.is_of_the_environment());
        is_flag(rival.get_id().as_str()) || (is_file && later)
    })
}

/// What one layer says twice, in words.
pub(super) fn contradictions(command: &Command, path: &str, values: &Values) -> Vec<String> {
    let mut problems = Vec::new();
    for arg in command.get_arguments() {
        let Some(own) = given(command, path, arg, values) else { continue };
        for rival in rivals(command, arg).filter(|rival| rival.get_id() > arg.get_id()) {
            let other = given(command, path, rival, values);
            if let Some(other) = other.filter(|it| it.is_of_the_environment() == own.is_of_the_environment())
            {
                let (id, rival) = (arg.get_id(), rival.get_id());
                problems.push(format!("{}: {id} excludes {rival} ({})", own.origin, other.origin));
            }
        }
    }
    let below = command.get_subcommands();
    problems.extend(below.flat_map(|sub| contradictions(sub, &path_of(path, sub.get_name()), values)));
    problems
}

impl Given {
    fn is_of_the_environment(&self) -> bool {
        matches!(self.origin, Origin::Environment(_))
    }
}

/// What is configured of an option, if that sets it: a switch that is off excludes nothing.
fn given<'v>(command: &Command, path: &str, arg: &Arg, values: &'v Values) -> Option<&'v Given> {
    let given = values.get(&place(command, path, arg)?)?;
    let off = super::setting::is_switch(arg) && given.parts.iter().all(|part| part == "false");
    (!off).then_some(given)
}

fn is_given(flags: &ArgMatches, id: &str) -> bool {
    flags.try_contains_id(id).is_ok_and(|there| there)
        && flags.value_source(id) == Some(ValueSource::CommandLine)
}

/// The options that conflict with one, whichever of the two says so.
fn rivals<'c>(command: &'c Command, arg: &'c Arg) -> impl Iterator<Item = &'c Arg> {
    let names = |one: &Arg, other: &Arg| {
        command.get_arg_conflicts_with(one).iter().any(|named| named.get_id() == other.get_id())
    };
    command
        .get_arguments()
        .filter(move |other| other.get_id() != arg.get_id() && (names(arg, other) || names(other, arg)))
}

#[cfg(test)]
mod tests {
    use super::super::setting::Place;
    use super::*;
    use clap::ArgAction;

    fn command() -> Command {
        let switch = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        Command::new("list").args([switch("csv").conflicts_with("json"), switch("json"), switch("all")])
    }

    fn values(given: &[(&str, &str, Origin)]) -> Values {
        let value = |(key, value, origin): &(&str, &str, Origin)| {
            let place = Place { table: "list".to_owned(), key: (*key).to_owned() };
            (place, Given { parts: vec![value.into()], origin: origin.clone() })
        };
        given.iter().map(value).collect()
    }

    fn file(line: usize) -> Origin {
        Origin::File { path: "rolecall.toml".into(), line }
    }

    fn silenced(flags: &[&str], values: &Values) -> Vec<String> {
        let flags = command().no_binary_name(true).try_get_matches_from(flags).unwrap();
        let command = command();
        let is_silenced = |arg: &&Arg| is_silenced(&command, "list", arg, Some(&flags), values);
        command.get_arguments().filter(is_silenced).map(|arg| arg.get_id().to_string()).collect()
    }

    #[test]
    fn a_flag_silences_what_conflicts_with_it_in_both_directions() {
        let none = Values::new();
        assert_eq!(silenced(&["--csv"], &none), ["json"]);
        assert_eq!(silenced(&["--json"], &none), ["csv"]);
        assert!(silenced(&["--all"], &none).is_empty());
    }

    #[test]
    fn the_environment_silences_what_conflicts_with_it_in_the_file() {
        let variable = || Origin::Environment("ROLECALL_LIST_JSON".to_owned());
        let both = values(&[("csv", "true", file(2)), ("json", "true", variable())]);
        assert_eq!(silenced(&[], &both), ["csv"]);
        assert!(contradictions(&command(), "list", &both).is_empty());
        let off = values(&[("csv", "true", file(2)), ("json", "false", variable())]);
        assert!(silenced(&[], &off).is_empty());
    }

    #[test]
    fn two_that_conflict_in_one_file_are_wrong() {
        let both = values(&[("csv", "true", file(2)), ("json", "true", file(3)), ("all", "true", file(4))]);
        let problems = contradictions(&command(), "list", &both);
        assert_eq!(problems, ["rolecall.toml:2: csv excludes json (rolecall.toml:3)"]);
        let off = values(&[("csv", "true", file(2)), ("json", "false", file(3))]);
        assert!(contradictions(&command(), "list", &off).is_empty());
    }
}
