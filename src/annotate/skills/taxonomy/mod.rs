//! Skills that a user adds: the official downloads of ESCO and O*NET as they come, or lines of one's own. Which of them
//! a file is, its header tells; one file a format and one `match`.

mod esco;
mod lines;
mod onet;

use crate::text;
use std::collections::HashMap;

/// A name longer than this, in characters, is none: a quote that was not closed, or a file that is no taxonomy.
const LONGEST_NAME: usize = 300;
/// Bytes that all names of a file may have together: well above those of the whole of ESCO in one language.
const MOST: usize = 6 << 20;

/// Skills that are found beside the built-in ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxonomy {
    /// Normalised to one line a skill: name, tab, aliases separated by `|`, tab, kind.
    pub text: String,
}

/// Why a file is no taxonomy.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomyError {
    /// Nothing in it can be a skill.
    #[error("{0}")]
    File(String),
    /// A line cannot be read.
    #[error("line {line}: {reason}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it, and what to do.
        reason: String,
    },
}

/// A skill of a taxonomy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) label: &'a str,
    pub(super) kind: &'a str,
    aliases: &'a str,
}

impl<'a> Entry<'a> {
    pub(super) fn aliases(self) -> impl Iterator<Item = &'a str> {
        self.aliases.split('|').filter(|alias| !alias.is_empty())
    }
}

impl Taxonomy {
    /// The largest file that is read, in bytes.
    pub const LARGEST: usize = 32 << 20;

    /// Reads a file: ESCO's `skills_en.csv` or one of its collections, O*NET's `Technology Skills.txt`, or lines of a
    /// name, a tab and aliases separated by `|`, `,` or `;`.
    ///
    /// # Errors
    /// [`TaxonomyError`] says what is wrong, in which line, and what to do about it.
    pub fn read(file: &[u8]) -> Result<Self, TaxonomyError> {
        let fault = |reason: String| Err(TaxonomyError::File(reason));
        if file.len() > Self::LARGEST {
            return fault(format!(
                "it has more than {} MiB: is it a taxonomy? Leave out what is no name of a skill",
                Self::LARGEST >> 20
            ));
        }
        let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
        let text = match std::str::from_utf8(file) {
            _ if file.contains(&0) => {
                return fault("it is not text, or not in UTF-8: save it as UTF-8".to_owned());
            }
            Ok(text) => text,
            Err(error) => {
                let before = &file[..error.valid_up_to()];
                let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count() as u64;
                return Err(TaxonomyError::Line {
                    line,
                    reason: "is not in UTF-8: save it as UTF-8".to_owned(),
                });
            }
        };
        if text.trim().is_empty() {
            return fault("it is empty: a taxonomy has a line a skill".to_owned());
        }
        let header = text.lines().next().unwrap_or_default();
        let mut names = Names::default();
        match header {
            header if esco::has_header(header) => esco::read(text, &mut names)?,
            header if onet::has_header(header) => onet::read(text, &mut names)?,
            _ => lines::read(text, &mut names)?,
        }
        if names.skills.is_empty() {
            return fault("it has no skill: below the header stands nothing that is one".to_owned());
        }
        Ok(Self { text: names.text() })
    }

    /// Its skills, in order.
    pub(super) fn skills(&self) -> impl Iterator<Item = Entry<'_>> {
        self.text.lines().map(|line| {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let (label, aliases, kind) = (next(), next(), next());
            Entry { label, kind: if kind.is_empty() { "skill" } else { kind }, aliases }
        })
    }
}

/// The skills that are read from a file, each once.
#[derive(Default)]
struct Names {
    skills: Vec<(String, Vec<String>, &'static str)>,
    known: HashMap<String, usize>,
    bytes: usize,
}

impl Names {
    /// Adds a skill, or more aliases of one that was there before; what is wrong with it otherwise.
    fn add<'a>(
        &mut self,
        label: &str,
        aliases: impl Iterator<Item = &'a str>,
        kind: &'static str,
    ) -> Result<(), String> {
        let label = self.name(label)?;
        if text::words(&label).next().is_none() {
            let reason = format!(
                "a skill has a name, but {label:?} has no letter or digit: give one, or take the line out"
            );
            return Err(reason);
        }
        let mut names = Vec::new();
        for alias in aliases {
            let alias = self.name(alias)?;
            if text::words(&alias).next().is_some() && alias != label {
                names.push(alias);
            }
        }
        match self.known.get(&label) {
            Some(&index) => {
                let known = &mut self.skills[index].1;
                names.retain(|alias| !known.contains(alias));
                known.append(&mut names);
            }
            None => {
                self.known.insert(label.clone(), self.skills.len());
                self.skills.push((label, names, kind));
            }
        }
        Ok(())
    }

    fn name(&mut self, name: &str) -> Result<String, String> {
        // What is far too long is not looked at in full.
        let name = text::collapse(&name[..name.floor_char_boundary(8 * LONGEST_NAME)]).replace('|', "/");
        if name.chars().nth(LONGEST_NAME).is_some() {
            let beginning: String = name.chars().take(40).collect();
            return Err(format!(
                "a name of more than {LONGEST_NAME} characters, {beginning:?}…: is a quote not closed, or is this no \
                 taxonomy?"
            ));
        }
        self.bytes += name.len();
        if self.bytes > MOST {
            return Err(format!("all names up to here have more than {} MiB: leave some out", MOST >> 20));
        }
        Ok(name)
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(self.bytes + 16 * self.skills.len());
        for (label, aliases, kind) in &self.skills {
            text.extend([label, "\t", &aliases.join("|"), "\t", kind, "\n"]);
        }
        text
    }
}

/// The columns of a table by name, whatever their order and the case of their letters.
struct Columns(csv::StringRecord);

impl Columns {
    fn of(reader: &mut csv::Reader<&[u8]>) -> Result<Self, TaxonomyError> {
        reader.headers().cloned().map(Self).map_err(|error| fault_of(&error))
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column.trim().eq_ignore_ascii_case(name))
    }

    fn need(&self, name: &str, advice: &str) -> Result<usize, TaxonomyError> {
        let reason = || format!("it has no column {name:?}: {advice}");
        self.find(name).ok_or_else(|| TaxonomyError::Line { line: 1, reason: reason() })
    }
}

/// Whether the first line of a file names this column.
fn names_column(header: &str, column: &str) -> bool {
    header
        .split(['\t', ',', ';'])
        .any(|name| name.trim().trim_matches('"').trim().eq_ignore_ascii_case(column))
}

/// What is wrong with a row, and the line that it begins in.
fn fault(text: &str, row: &csv::StringRecord, reason: String) -> TaxonomyError {
    let byte = row.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
    let bytes = text.as_bytes();
    let end_of_last = bytes.get(byte..).unwrap_or_default().iter().take_while(|byte| b"\r\n".contains(byte));
    let before = &bytes[..bytes.len().min(byte + end_of_last.count())];
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count() as u64;
    TaxonomyError::Line { line, reason }
}

/// What is wrong where not even a row can be read.
fn fault_of(error: &csv::Error) -> TaxonomyError {
    let line = error.position().map_or(1, csv::Position::line);
    TaxonomyError::Line { line, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(file: &[u8]) -> String {
        Taxonomy::read(file).expect_err("no taxonomy").to_string()
    }

    #[test]
    fn what_is_no_taxonomy_is_refused_with_its_reason() {
        assert!(fault(b"").contains("empty"));
        assert!(fault(b"\xef\xbb\xbf \n").contains("empty"));
        assert!(fault(b"PK\x03\x04\0\0").contains("not text"));
        assert!(fault(b"Python\nJ\xe4ger\n").starts_with("line 2: is not in UTF-8"));
        assert!(fault(b"# only a remark\n").contains("no skill"));
        assert!(fault(&vec![b'a'; Taxonomy::LARGEST + 1]).contains("MiB"));
        assert!(fault(&vec![b'a'; 1 << 20]).starts_with("line 1: a name of more than 300"));
        let many: String = (0..25_000).map(|n| format!("{} {n}\n", "x".repeat(290))).collect();
        assert!(fault(many.as_bytes()).contains("leave some out"));
    }

    #[test]
    fn a_skill_that_comes_twice_is_one_with_the_aliases_of_both() {
        let taxonomy = Taxonomy::read(b"Quux\tqx\nQuux\tqx, quuxlang\n").expect("a taxonomy");
        assert_eq!(taxonomy.text, "Quux\tqx|quuxlang\tskill\n");
    }
}
