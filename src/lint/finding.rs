//! What a rule found, where, and how surely it is there.

use super::Rule;
use serde::Serialize;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Could be better.
    Note,
    /// Misleads readers, or will.
    Warning,
    /// Is broken.
    Error,
}

/// How exactly the line of a finding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// What was found stands there.
    Text,
    /// It stands below the heading of that line.
    Heading,
    /// It is somewhere on the page, or is the page; the line is 1.
    Page,
}

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    /// From 1.
    pub(super) line: u32,
    pub(super) precision: Precision,
}

impl Spot {
    /// The page as such.
    pub(super) const PAGE: Self = Self { line: 1, precision: Precision::Page };

    /// Exactly this line.
    pub(super) fn at(line: u32) -> Self {
        Self { line, precision: Precision::Text }
    }
}

/// What a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// The file, from the working directory where it is below it, else from the root; `/` between its parts.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// How exactly it is known.
    pub precision: Precision,
    /// What was found, in plain words.
    pub message: String,
    /// On how many other pages of the folder the same was found; those are not listed.
    pub others: u64,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
