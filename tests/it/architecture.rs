//! The layout of the house: imports point down, never sideways or up, and foreign crates stay in the rooms that know
//! them. A workspace would hold this by itself; here the `use` lines are read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The rooms from the ground up; those of one rank do not know each other.
const RANKS: [&[&str]; 8] = [
    &["text"],
    &["model"],
    &["corpus", "parse", "annotate", "index"],
    &["ingest", "lint", "search"],
    &["mcp"],
    &["http"],
    &["cli"],
    &["main"],
];

/// Foreign crates and the only rooms that name them.
const FOREIGN: [(&[&str], &[&str]); 11] = [
    (&["scraper", "html5ever", "html5gum", "ego_tree"], &["parse"]),
    (&["tantivy"], &["index", "search"]),
    (&["tar", "crc32fast"], &["index"]),
    (&["schemars"], &["model", "search", "mcp", "http"]),
    (&["rmcp"], &["mcp", "http"]),
    (&["axum", "tower", "tower_http", "maud", "hyper", "hyper_util", "governor", "tokio_rustls"], &["http"]),
    (&["clap", "clap_complete", "clap_mangen"], &["cli"]),
    (&["toml"], &["cli", "search"]),
    (&["notify"], &["ingest"]),
    (&["rustix"], &["ingest", "http"]),
    (&["thread_priority"], &["http"]),
];

/// Most lines of a source file, tests in files of their own aside.
const LONGEST_FILE: usize = 450;

/// A file of the program.
struct Source {
    /// Within `src`.
    path: String,
    /// As it is.
    text: String,
    /// Without comments, strings and unit tests.
    code: String,
}

impl Source {
    /// The room it is in: `index` of `index/writer.rs`, `ingest` of `ingest.rs`.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// How many modules deep it is: 1 for `ingest.rs` and `index/mod.rs`, 2 for `index/writer.rs`.
    fn depth(&self) -> usize {
        self.path.split('/').filter(|part| *part != "mod.rs").count()
    }

    fn is_unit_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let rust = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"));
    rust.map(|file| {
        let path = file.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(file.path()).unwrap();
        let code = code(&text);
        Source { path, text, code }
    })
    .collect()
}

/// The code of a file: no comments, no texts in quotes, nothing from the unit tests on, which stand last.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    let mut code = String::new();
    for line in text[..end].lines() {
        let line = line.replace("\\\"", "").replace("'\"'", "' '");
        let bare: String = line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"");
        code.push_str(bare.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What follows each `path` that stands as a word of its own.
fn after<'c>(code: &'c str, path: &'c str) -> impl Iterator<Item = &'c str> {
    code.match_indices(path)
        .filter(|(at, _)| !code[..*at].ends_with(|c| is_word(c) || c == '$'))
        .map(|(at, _)| &code[at + path.len()..])
}

/// The rooms that a file names: `crate::room`, `crate::{room, …}`, in the program itself `rolecall::room`.
fn rooms_named(source: &Source) -> BTreeSet<String> {
    let own = if source.room() == "main" { "rolecall::" } else { "crate::" };
    let mut rooms = BTreeSet::new();
    for rest in after(&source.code, own) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let end = group.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth < 0
            });
            let flat = without_nested(&group[..end.unwrap_or(group.len())]);
            rooms.extend(
                flat.split(',')
                    .map(|name| first_word(name.trim()))
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned),
            );
        } else {
            rooms.insert(first_word(rest).to_owned());
        }
    }
    rooms
}

/// A group of imports without the groups inside it.
fn without_nested(group: &str) -> String {
    let mut depth = 0;
    let flat = group.chars().filter(|c| {
        depth += i32::from(*c == '{');
        let outside = depth == 0;
        depth -= i32::from(*c == '}');
        outside
    });
    flat.collect()
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

fn rank(room: &str) -> usize {
    RANKS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("the room {room:?} has no rank: give it one in RANKS"))
}

/// Fails with all that is wrong, a line each.
#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_room_has_a_rank() {
    let rooms: BTreeSet<String> =
        sources().iter().map(|source| source.room().to_owned()).filter(|room| room != "lib").collect();
    let ranked: BTreeSet<String> = RANKS.concat().into_iter().map(str::to_owned).collect();
    assert_eq!(rooms, ranked);
}

#[test]
fn imports_point_down() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_unit_test() && source.room() != "lib") {
        for room in rooms_named(source) {
            if room != source.room() && rank(&room) >= rank(source.room()) {
                faults.push(format!("src/{} imports {room}: it is not below {}", source.path, source.room()));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_import_climbs_out_of_its_room() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_unit_test() && source.room() != "lib") {
        let climbs = "super::".repeat(source.depth());
        if after(&source.code, &climbs).next().is_some() {
            faults.push(format!(
                "src/{} climbs to the crate's root with {climbs}: write crate:: where all can see it",
                source.path
            ));
        }
    }
    none(&faults);
}

#[test]
fn foreign_crates_are_named_only_in_their_rooms() {
    let mut faults = Vec::new();
    for (crates, rooms) in FOREIGN {
        for source in sources().iter().filter(|source| !rooms.contains(&source.room())) {
            for name in crates {
                let named = after(&source.code, name)
                    .any(|rest| rest.starts_with("::") || rest.starts_with(';') || rest.starts_with(" as "));
                if named {
                    faults.push(format!(
                        "src/{} names {name}, which belongs to {}",
                        source.path,
                        rooms.join(" and ")
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn no_source_file_is_long() {
    let long = |source: &Source| source.text.lines().count() >= LONGEST_FILE && !source.is_unit_test();
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| long(source))
        .map(|source| {
            format!(
                "src/{} has {} lines, which is not under {LONGEST_FILE}",
                source.path,
                source.text.lines().count()
            )
        })
        .collect();
    none(&faults);
}

#[test]
fn the_reader_of_imports_sees_every_way_to_write_one() {
    let text = r#"
        use crate::index::{Location, Writer};
        use crate::{model, text::{self, words}, search as asking};
        /// Comments about crate::http are no imports, nor is "crate::cli" in a text.
        fn f() -> crate::annotate::Vocabulary { let x = "use crate::cli;"; crate::parse::parse() }
        #[cfg(test)]
        mod tests { use crate::corpus; }
    "#;
    let source = Source { path: "ingest.rs".to_owned(), text: String::new(), code: code(text) };
    let wanted = ["annotate", "index", "model", "parse", "search", "text"];
    assert_eq!(rooms_named(&source).iter().map(String::as_str).collect::<Vec<_>>(), wanted);
    assert_eq!((source.room(), source.depth()), ("ingest", 1));
    assert!(after("let reader = tantivy::Index::open()", "tantivy").next().is_some());
    assert!(after("my_tantivy::Index", "tantivy").next().is_none());
}
