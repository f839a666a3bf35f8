//! Settings from `rolecall.toml`: what all commands share at the top, and a table for each command.
//!
//! All that is wrong with a file is said at once, each with its line. Relative paths are relative to the file's folder.

use super::setting::{Kind, Place, Setting, all_well};
use super::{Failure, Given, Origin, Values};
use crate::text::nearest;
use anyhow::{Context as _, anyhow};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 10;

/// Puts what a file says over what is known.
pub(super) fn read(settings: &[Setting], path: &Path, values: &mut Values) -> Result<(), Failure> {
    let text = content(path)
        .with_context(|| format!("the configuration {}", path.display()))
        .map_err(Failure::Usage)?;
    let mut reader = Reader { settings, path, text: &text, values, problems: Vec::new() };
    match DeTable::parse(&text) {
        Ok(table) => reader.top(table.get_ref()),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reader.problem(at, error.message().to_owned());
        }
    }
    let mut problems = reader.problems;
    problems.sort();
    let name = path.display();
    all_well(problems.into_iter().map(|(line, problem)| format!("{name}:{line}: {problem}")).collect())
}

fn content(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(anyhow!("a configuration has at most {} KiB", LARGEST >> 10));
    }
    String::from_utf8(bytes).context("is not UTF-8")
}

struct Reader<'r> {
    settings: &'r [Setting],
    path: &'r Path,
    text: &'r str,
    values: &'r mut Values,
    problems: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn top(&mut self, table: &DeTable<'_>) {
        let tables: BTreeSet<&str> =
            self.settings.iter().map(|setting| setting.place.table.as_str()).collect();
        for (key, value) in table {
            match value.get_ref() {
                DeValue::Table(inner) if tables.contains(key.get_ref().as_ref()) => {
                    for (inner_key, value) in inner {
                        self.setting(key.get_ref(), inner_key, value);
                    }
                }
                DeValue::Table(_) => {
                    let near =
                        nearest(key.get_ref(), tables.iter().copied().filter(|table| !table.is_empty()));
                    let hint = near.map(|near| format!("; did you mean [{near}]?")).unwrap_or_default();
                    self.problem(key.span().start, format!("unknown table [{}]{hint}", key.get_ref()));
                }
                _ => self.setting("", key, value),
            }
        }
    }

    fn setting(
        &mut self,
        table: &str,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) {
        let place = Place { table: table.to_owned(), key: key.get_ref().to_string() };
        let settings = self.settings;
        let at = key.span().start;
        let Some(setting) = settings.iter().find(|setting| setting.place == place) else {
            let problem =
                format!("unknown key {} {}{}", place.key, place.table_in_words(), self.hint(&place));
            return self.problem(at, problem);
        };
        match self.parts(setting, value.get_ref()) {
            Ok(parts) => {
                let origin = Origin::File { path: self.path.to_owned(), line: self.line(at) };
                self.values.insert(place, Given { parts, origin });
            }
            Err(reason) => {
                let written = self.text.get(value.span()).unwrap_or_default();
                let written = written.lines().next().unwrap_or_default();
                self.problem(at, format!("{place} = {written}: {reason}"));
            }
        }
    }

    /// What may have been meant: a key near by in the same table, or the same key in another.
    fn hint(&self, place: &Place) -> String {
        let here =
            self.settings.iter().map(|setting| &setting.place).filter(|known| known.table == place.table);
        if let Some(key) = nearest(&place.key, here.map(|known| known.key.as_str())) {
            return format!("; did you mean {key}?");
        }
        let elsewhere =
            self.settings.iter().map(|setting| &setting.place).filter(|known| known.key == place.key);
        let tables: Vec<String> = elsewhere.map(Place::table_in_words).collect();
        if tables.is_empty() { String::new() } else { format!("; it belongs {}", tables.join(" or ")) }
    }

    /// The values of a setting as its option would be given them.
    fn parts(&self, setting: &Setting, value: &DeValue<'_>) -> Result<Vec<OsString>, String> {
        match value {
            DeValue::Array(list) if setting.list => {
                list.iter().map(|value| self.part(setting, value.get_ref())).collect()
            }
            _ => Ok(vec![self.part(setting, value)?]),
        }
    }

    fn part(&self, setting: &Setting, value: &DeValue<'_>) -> Result<OsString, String> {
        let part = match (setting.kind, value) {
            (Kind::Switch, DeValue::Boolean(on)) => on.to_string().into(),
            (Kind::Number, DeValue::Integer(number)) => {
                let number = i128::from_str_radix(number.as_str(), number.radix());
                number.map_err(|error| error.to_string())?.to_string().into()
            }
            (Kind::Number, DeValue::Float(number)) => number.as_str().into(),
            (Kind::Path, DeValue::String(path)) if path.is_empty() => {
                return Err("must not be empty".to_owned());
            }
            (Kind::Path, DeValue::String(path)) => {
                self.path.parent().unwrap_or(Path::new("")).join(path.as_ref()).into_os_string()
            }
            (Kind::Text, DeValue::String(text)) => text.as_ref().into(),
            (Kind::Switch, _) => return Err("must be true or false".to_owned()),
            (Kind::Number, _) => return Err("must be a number".to_owned()),
            (Kind::Path | Kind::Text, _) if setting.list => {
                return Err("must be a list of strings".to_owned());
            }
            (Kind::Path | Kind::Text, _) => return Err("must be a string".to_owned()),
        };
        setting.check(&part).map(|()| part)
    }

    fn problem(&mut self, at: usize, problem: String) {
        let line = self.line(at);
        self.problems.push((line, problem));
    }

    /// Lines count from 1.
    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
    }
}
