//! The configuration: every option in the file, in the environment and as a flag; the later wins, and what is wrong is
//! named with its place.

use crate::support::{Place, Ran, Server, html, strings};
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use rolecall::cli::Cli;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// An option of a command, by its names in all three ways, with two values that it takes.
struct Named {
    table: String,
    key: String,
    variable: String,
    flag: String,
    kind: Kind,
    list: bool,
    /// Its id, and those of the options that conflict with it.
    id: String,
    rivals: Vec<String>,
    /// The first one is not the default.
    values: [String; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Switch,
    Number,
    Text,
}

impl Named {
    fn new(command: &Command, arg: &Arg, table: &str) -> Self {
        let shared = command.get_groups().find(|group| group.get_args().any(|id| id == arg.get_id()));
        let shared =
            shared.and_then(|group| Some(group.get_id().as_str().strip_prefix('[')?.split_once(']')?.0));
        let table = shared.unwrap_or(table).to_owned();
        let long = arg.get_long().unwrap_or_default();
        let key = if long.is_empty() { arg.get_id().to_string() } else { long.replace('-', "_") };
        let begin = if table.is_empty() { String::new() } else { format!("{table}_") };
        let (kind, values) = samples(arg);
        Self {
            variable: format!("ROLECALL_{begin}{key}").to_uppercase(),
            table,
            flag: if long.is_empty() { String::new() } else { format!("--{long}") },
            key,
            kind,
            list: matches!(arg.get_action(), ArgAction::Append),
            id: arg.get_id().to_string(),
            rivals: command
                .get_arg_conflicts_with(arg)
                .iter()
                .map(|rival| rival.get_id().to_string())
                .collect(),
            values,
        }
    }

    fn excludes(&self, other: &Self) -> bool {
        self.rivals.contains(&other.id) || other.rivals.contains(&self.id)
    }

    fn dotted(&self) -> String {
        if self.table.is_empty() { self.key.clone() } else { format!("{}.{}", self.table, self.key) }
    }

    /// A value as the file has it, and as `config --json` prints it.
    fn written(&self, value: usize) -> Value {
        let value = &self.values[value];
        let value = match self.kind {
            Kind::Switch | Kind::Number => serde_json::from_str(value).unwrap(),
            Kind::Text => json!(value),
        };
        if self.list { json!([value]) } else { value }
    }

    fn flags(&self, value: usize) -> Vec<String> {
        match (self.kind, self.values[value].as_str()) {
            (Kind::Switch, "true") => vec![self.flag.clone()],
            (Kind::Switch, _) => vec![self.flag.replacen("--", "--no-", 1)],
            (_, value) if self.flag.is_empty() => vec![value.to_owned()],
            (_, value) => vec![format!("{}={value}", self.flag)],
        }
    }
}

/// Two values that an option takes, the first of them not its default.
fn samples(arg: &Arg) -> (Kind, [String; 2]) {
    match arg.get_action() {
        ArgAction::SetTrue => return (Kind::Switch, ["true".to_owned(), "false".to_owned()]),
        ArgAction::Set | ArgAction::Append => {}
        action => panic!("{}: teach the configuration and this test about {action:?}", arg.get_id()),
    }
    const WORDS: [&str; 18] = [
        "one",
        "two",
        "exact",
        "estimated",
        "any",
        "all",
        "127.0.0.1:1",
        "127.0.0.1:2",
        "https://a.example/",
        "https://b.example/",
        "title",
        "modified",
        "skill:one",
        "role:two",
        "pages",
        "name",
        "192.0.2.1/32",
        "10.0.0.0/8",
    ];
    let takes = |value: &&str| {
        let arg = Arg::new("probe").long("probe").value_parser(arg.get_value_parser().clone());
        let command = Command::new("probe").no_binary_name(true).arg(arg);
        command.try_get_matches_from([format!("--probe={value}")]).is_ok()
    };
    if let Some(possible) = arg.get_value_parser().possible_values() {
        let mut possible: Vec<String> = possible.map(|value| value.get_name().to_owned()).collect();
        possible
            .sort_by_key(|value| arg.get_default_values().iter().any(|default| default == value.as_str()));
        return (Kind::Text, [possible[0].clone(), possible[1].clone()]);
    }
    let default = arg.get_default_values().first().map(|value| value.to_str().unwrap());
    for (kind, candidates) in [(Kind::Text, &WORDS[..]), (Kind::Number, &["33", "44"])] {
        let mut taken: Vec<&str> = candidates.iter().copied().filter(takes).collect();
        taken.sort_by_key(|value| default == Some(value));
        if let [first, second, ..] = taken[..] {
            return (kind, [first.to_owned(), second.to_owned()]);
        }
    }
    panic!("--{}: the test has no two values for it; add them to WORDS", arg.get_id());
}

/// Every command with its options, as clap knows them; `--config` itself and what is asked anew each time aside.
fn every_option() -> Vec<(String, Vec<Named>)> {
    let mut root = Cli::command();
    root.build();
    let commands = root.get_subcommands().filter(|command| command.get_name() != "help");
    let options = |command: &Command| {
        assert!(command.get_subcommands().next().is_none(), "teach this test about commands in commands");
        let args = command.get_arguments().filter(|arg| !["help", "config"].contains(&arg.get_id().as_str()));
        let args = args.filter(|arg| !arg.is_positional() || arg.get_id() == "paths");
        let named = args.map(|arg| match arg.is_global_set() {
            true => Named::new(&root, arg, ""),
            false => Named::new(command, arg, command.get_name()),
        });
        (command.get_name().to_owned(), named.collect())
    };
    commands.map(options).collect()
}

/// The options of a command in as many parts as it takes for no two of a part to exclude each other.
fn compatible(options: Vec<Named>) -> Vec<Vec<Named>> {
    let mut parts: Vec<Vec<Named>> = Vec::new();
    for option in options {
        match parts.iter_mut().find(|part| !part.iter().any(|other| other.excludes(&option))) {
            Some(part) => part.push(option),
            None => parts.push(vec![option]),
        }
    }
    parts
}

/// `rolecall config --json COMMAND FLAGS…` with a file and variables of the environment.
fn in_force(file: &str, variables: &[(String, String)], call: &[String]) -> Value {
    let place = Place::new();
    place.write("rolecall.toml", file);
    let mut command = place.command(["config", "--json"]);
    command.args(call).envs(variables.iter().cloned());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{file}\n{variables:?}\n{call:?}\n{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A file with these values of some options.
fn file_with(options: &[Named], value: usize) -> String {
    let mut sorted: Vec<&Named> = options.iter().collect();
    sorted.sort_by(|a, b| a.table.cmp(&b.table));
    let (mut file, mut table) = (String::new(), "");
    for option in sorted {
        if option.table != table {
            table = &option.table;
            writeln!(file, "[{table}]").unwrap();
        }
        writeln!(file, "{} = {}", option.key, option.written(value)).unwrap();
    }
    file
}

#[track_caller]
fn all_are(answer: &Value, options: &[Named], value: usize, from: &str) {
    for option in options {
        let settings = answer["settings"].as_array().unwrap();
        let setting = settings.iter().find(|setting| setting["key"] == option.dotted());
        let setting = setting.unwrap_or_else(|| panic!("{} is not printed", option.dotted()));
        assert_eq!(setting["value"], option.written(value), "{setting}");
        assert_eq!(setting["from"], from, "{setting}");
        let at = setting["at"].as_str().unwrap();
        match from {
            "file" => assert!(at.starts_with("rolecall.toml:"), "{setting}"),
            "environment" => assert_eq!(at, option.variable),
            _ if option.flag.is_empty() => assert_eq!(at, "argument"),
            _ => assert!(option.flags(value)[0].starts_with(at), "{setting}"),
        }
    }
}

#[test]
fn every_option_is_reachable_in_three_ways_and_the_later_wins() {
    let commands = every_option();
    let found: Vec<String> =
        commands.iter().flat_map(|(_, options)| options.iter().map(Named::dotted)).collect();
    for known in ["index", "log", "ingest.paths", "ingest.taxonomy", "serve.listen", "search.skill_match"] {
        assert!(found.iter().any(|option| option == known), "{known} is missing in {found:?}");
    }
    let parts = commands.into_iter().flat_map(|(command, options)| {
        compatible(options).into_iter().map(move |options| (command.clone(), options))
    });
    for (command, options) in parts {
        let options = &options[..];
        let variables = |value: usize| -> Vec<(String, String)> {
            options.iter().map(|option| (option.variable.clone(), option.values[value].clone())).collect()
        };
        let call = |value: usize| -> Vec<String> {
            let flags = options.iter().flat_map(|option| option.flags(value));
            std::iter::once(command.clone()).chain(flags).collect()
        };
        let none = [command.clone()];
        let (first, second) = (file_with(options, 0), file_with(options, 1));
        all_are(&in_force(&first, &[], &none), options, 0, "file");
        all_are(&in_force("", &variables(0), &none), options, 0, "environment");
        all_are(&in_force("", &[], &call(0)), options, 0, "flag");
        all_are(&in_force(&second, &variables(0), &none), options, 0, "environment");
        all_are(&in_force(&second, &[], &call(0)), options, 0, "flag");
        all_are(&in_force("", &variables(1), &call(0)), options, 0, "flag");
        // A switch that is on can be turned off by each later one.
        all_are(&in_force(&first, &variables(1), &none), options, 1, "environment");
        all_are(&in_force("", &variables(0), &call(1)), options, 1, "flag");
    }
}

#[test]
fn no_two_options_share_a_name() {
    let commands = every_option();
    let mut known: Vec<(String, String)> = Vec::new();
    for option in commands.iter().flat_map(|(_, options)| options) {
        let names = (option.variable.clone(), option.dotted());
        known
            .iter()
            .for_each(|other| assert_eq!(other.0 == names.0, other.1 == names.1, "{other:?} {names:?}"));
        known.push(names);
    }
    assert!(known.iter().all(|(variable, _)| variable != "ROLECALL_CONFIG"));
}

#[test]
fn help_tells_the_variable_of_every_option() {
    let place = Place::new();
    for (command, options) in every_option() {
        let shown = place.run(&[&command, "--help"]).done().stdout;
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for option in &options {
            assert!(words.contains(&format!("[env: {}]", option.variable)), "{}: {shown}", option.variable);
        }
        let short = place.run(&[&command, "-h"]).done().stdout;
        assert!(short.lines().count() < shown.lines().count(), "{short}");
    }
}

fn page() -> String {
    html("Cloud Engineer", &[("Requirements", &["Flumox and Grindle in production."])])
}

/// A page with two skills that only taxonomies know.
fn flumox() -> Place {
    let place = Place::with_pages(&[("cloud.html", &page())]);
    place.write("a.tsv", "Flumox\t\n");
    place.write("b.tsv", "Grindle\t\n");
    place
}

fn skills(ran: &Ran) -> Vec<String> {
    let shown = ran.json();
    strings(&shown["sections"][0]["skills"], "label").into_iter().map(str::to_owned).collect()
}

#[test]
fn taxonomies_are_taken_from_everywhere_and_repeated() {
    let place = flumox();
    let show = ["show", "pages/cloud.html", "--json"];
    let both = ["Flumox", "Grindle"];
    let with = |name: &str, value: &str| {
        let output = place.command(show).env(name, value).output().unwrap();
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        strings(&shown["sections"][0]["skills"], "label").join(" ")
    };
    assert!(skills(&place.run(&show).done()).is_empty());
    let flags = ["--taxonomy", "a.tsv", "--taxonomy", "b.tsv"];
    assert_eq!(skills(&place.run(&[&show[..], &flags].concat()).done()), both);
    assert_eq!(with("ROLECALL_INGEST_TAXONOMY", "a.tsv:b.tsv"), both.join(" "));
    place.write("rolecall.toml", "[ingest]\ntaxonomy = [\"a.tsv\", \"b.tsv\"]\n");
    assert_eq!(skills(&place.run(&show).done()), both);
    assert_eq!(
        skills(&place.run(&[&show[..], &flags[..2]].concat()).done()),
        both[..1],
        "a list replaces a list"
    );
    assert_eq!(with("ROLECALL_INGEST_TAXONOMY", "b.tsv"), both[1]);
    place.ingest(&["pages"]);
    assert_eq!(strings(&place.search(&[])["facets"]["skill"], "label"), both);
}

#[test]
fn what_is_configured_is_ingested_and_served_without_an_argument() {
    let place = flumox();
    place.write("rolecall.toml", "index = 'elsewhere'\n[ingest]\npaths = ['pages']\n[search]\njson = true\n");
    assert_eq!(place.ingest(&[])["pages"]["new"], 1);
    assert!(place.path("elsewhere").exists() && !place.path("index").exists());
    assert_eq!(place.run(&["search", "flumox"]).done().json()["total"]["pages"], 1);
    assert!(place.run(&["search", "flumox", "--no-json"]).done().stdout.starts_with("1 page"));
    assert_eq!(Server::start(&place).get("/healthz").json()["pages"], 1);
    place.write("other/data.html", page());
    assert_eq!(place.ingest(&["other"])["sources"], json!(["other"]), "an argument replaces the list");
}

#[test]
fn paths_in_the_file_are_relative_to_its_folder() {
    let place = flumox();
    place.write(
        "etc/rolecall.toml",
        "index = '../built'\n[ingest]\npaths = ['../pages']\ntaxonomy = '../a.tsv'\n",
    );
    place.run(&["sources"]).fails(3, &["rolecall ingest"]);
    assert_eq!(place.ingest(&["--config", "etc/rolecall.toml"])["pages"]["new"], 1);
    assert!(place.path("built").exists());
    let output = place.command(["sources"]).env("ROLECALL_CONFIG", "etc/rolecall.toml").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    place.write("rolecall.toml", "[search]\nlimit = 1\n");
    let one = place.run(&["config", "--config", "etc/rolecall.toml", "--json", "sources"]).done().json();
    assert_eq!(one["file"], "etc/rolecall.toml", "the one that is named, and only that");
    let mut settings = one["settings"].as_array().unwrap().iter();
    let index = settings.find(|setting| setting["key"] == "index").unwrap();
    assert_eq!(index["at"], "etc/rolecall.toml:1");
    place.run(&["config", "sources", "--config", "etc/rolecall.toml"]).fails(2, &["--config", "before"]);
    place.run(&["sources", "--config", "nosuch.toml"]).fails(2, &["nosuch.toml"]);
    place.run(&["sources", "--config", "etc"]).fails(2, &["etc"]);
    let output = place.command(["sources"]).env("ROLECALL_CONFIG", "nosuch.toml").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_is_wrong_in_the_file_is_named_with_its_line_and_all_at_once() {
    let place = Place::new();
    for (file, says) in [
        ("indx = 'x'", &["rolecall.toml:1: unknown key indx at the top; did you mean index?"][..]),
        (
            "\n[serve]\nlistne = 'x'",
            &["rolecall.toml:3: unknown key listne in [serve]; did you mean listen?"],
        ),
        (
            "[serve]\ntaxonomy = 'x'",
            &["rolecall.toml:2: unknown key taxonomy in [serve]; it belongs in [ingest]"],
        ),
        ("[serve]\nindex = 'x'", &["rolecall.toml:2: unknown key index in [serve]; it belongs at the top"]),
        ("listen = 'x'", &["rolecall.toml:1: unknown key listen at the top; it belongs in [serve]"]),
        ("config = 'x'", &["rolecall.toml:1: unknown key config at the top"]),
        ("[search]\nquery = 'x'", &["rolecall.toml:2: unknown key query in [search]"]),
        ("[srve]\nlisten = 'x'", &["rolecall.toml:1: unknown table [srve]; did you mean [serve]?"]),
        ("[[ingest]]\nlisten = 'x'", &["rolecall.toml:1: unknown key ingest at the top"]),
        ("[serve]\nlisten = 'x'", &["rolecall.toml:2: serve.listen = 'x': invalid socket address"]),
        ("index = 5", &["rolecall.toml:1: index = 5: must be a string"]),
        ("index = ''", &["rolecall.toml:1: index = '': must not be empty"]),
        ("index = ['a', 'b']", &["rolecall.toml:1: index = ['a', 'b']: must be a string"]),
        ("[search]\nlimit = 'x'", &["rolecall.toml:2: search.limit = 'x': must be a number"]),
        ("[search]\nlimit = -1", &["rolecall.toml:2: search.limit = -1: "]),
        ("[search]\njson = 'yes'", &["rolecall.toml:2: search.json = 'yes': must be true or false"]),
        ("[search]\nskill_match = 'x'", &["rolecall.toml:2: search.skill_match = 'x': must be all or any"]),
        (
            "[ingest]\ntaxonomy = [\n 5 ]",
            &["rolecall.toml:2: ingest.taxonomy = [: must be a list of strings"],
        ),
        ("[ingest]\nmemory = 3", &["rolecall.toml:2: ingest.memory = 3: 3 is not in 32..=16384"]),
        ("log = '=['", &["rolecall.toml:1: log = '=['"]),
        ("a = [", &["rolecall.toml:1: "]),
        ("index = 'a'\nindex = 'b'", &["rolecall.toml:2: duplicate key"]),
        (
            "\nb = 1\n[serve]\na = 1\n",
            &["rolecall.toml:2: unknown key b", "\nrolecall.toml:4: unknown key a"],
        ),
    ] {
        place.write("rolecall.toml", file);
        for call in [&["config"][..], &["search", "x"]] {
            place.run(call).fails(2, says);
        }
        place.run(&["search", "--help"]).done();
        place.run(&["--version"]).done();
    }
    place.write("rolecall.toml", [0xff, 0xfe, 0, 1]);
    place.run(&["config"]).fails(2, &["rolecall.toml", "UTF-8"]);
    place.write("rolecall.toml", "# long\n".repeat(100_000));
    place.run(&["config"]).fails(2, &["rolecall.toml", "KiB"]);
}

#[test]
fn what_is_wrong_in_the_environment_is_named() {
    let place = Place::new();
    for (name, value, says) in [
        ("ROLECALL_SERVE_LISTN", "x", "ROLECALL_SERVE_LISTN; did you mean ROLECALL_SERVE_LISTEN?"),
        ("ROLECALL_NOSUCH", "x", "unknown environment variable ROLECALL_NOSUCH"),
        ("ROLECALL_SEARCH_LIMIT", "x", "ROLECALL_SEARCH_LIMIT=x: "),
        ("ROLECALL_SEARCH_JSON", "maybe", "ROLECALL_SEARCH_JSON=maybe: must be true or false"),
        ("ROLECALL_LOG", "=[", "ROLECALL_LOG==["),
    ] {
        let output = place.command(["search"]).env(name, value).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(says), "{said}");
    }
    for (name, value) in [("ROLECALL_SEARCH_LIMIT", ""), ("ROLECALL_SERVICE_HOST", "10.0.0.1")] {
        let output = place.command(["config"]).env(name, value).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn lists_in_the_environment_are_separated() {
    let variables = [
        ("ROLECALL_INGEST_PATHS", "a:b"),
        ("ROLECALL_INGEST_INCLUDE", "*.{html,md}, x"),
        ("ROLECALL_SEARCH_FACETS", "a,b"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = in_force("", &variables, &[]);
    let value = |key: &str| {
        let settings = answer["settings"].as_array().unwrap();
        settings.iter().find(|setting| setting["key"] == key).unwrap()["value"].clone()
    };
    assert_eq!(value("ingest.paths"), json!(["a", "b"]));
    assert_eq!(value("ingest.include"), json!(["*.{html,md}", "x"]));
    assert_eq!(value("search.facets"), json!(["a", "b"]));
}

#[test]
fn what_config_prints_is_a_configuration_file() {
    let place = Place::new();
    place.write(
        "rolecall.toml",
        "index = \"a 'b' \\\" \\\\ \\n c\"\n[ingest]\npaths = ['x', 'y']\n[search]\npay_min = 1.5\nfacets = []\n",
    );
    let values = |file: &str| {
        let answer = place.run(&["config", "--json", "--config", file]).done().json();
        let settings = answer["settings"].as_array().unwrap().clone();
        settings
            .into_iter()
            .map(|setting| (setting["key"].clone(), setting["value"].clone()))
            .collect::<Vec<_>>()
    };
    let printed = place.run(&["config"]).done().stdout;
    assert!(printed.contains("# rolecall.toml:1") && printed.contains("# default"), "{printed}");
    place.write("printed.toml", &printed);
    // `config --json` itself is a setting, and printed as it was for the call that printed.
    let printed = values("printed.toml");
    assert_eq!(values("rolecall.toml"), printed);
    assert!(printed.contains(&(json!("search.facets"), json!([]))), "{printed:?}");
}

#[test]
fn the_example_in_the_documentation_holds() {
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating.md")).unwrap();
    let example = docs.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let place = Place::new();
    place.write("rolecall.toml", example);
    let answer = place.run(&["config", "--json"]).done().json();
    let settings = answer["settings"].as_array().unwrap();
    let from_file = settings.iter().filter(|setting| setting["from"] == "file").count();
    let lines = example.lines().filter(|line| line.contains(" = ") && !line.starts_with('#'));
    assert_eq!(from_file, lines.count());
    assert!(from_file > 5, "{answer}");
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let place = Place::new();
    for (shell, has) in [
        ("bash", "complete -F _rolecall"),
        ("zsh", "#compdef rolecall"),
        ("fish", "complete -c rolecall"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let script = place.run(&["completions", shell]).done().stdout;
        assert!(script.contains(has) && script.contains("sections-per-hit"), "{shell}: {script}");
    }
    place.run(&["completions", "nosuch"]).fails(2, &["bash"]);
    let page = place.run(&["man"]).done().stdout;
    assert!(page.contains(".TH rolecall 1") && page.contains("Exit codes"), "{page}");
    let page = place.run(&["man", "ingest"]).done().stdout;
    assert!(page.contains(".TH rolecall-ingest 1") && page.contains("ROLECALL_INGEST_TAXONOMY"), "{page}");
    place.run(&["man", "nosuch"]).fails(2, &["nosuch"]);
}
