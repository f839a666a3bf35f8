//! Files that are named as pages and cannot be read as such.

use super::{Check, Rule};
use crate::lint::finding::Severity;

pub(super) const RULE: Rule = Rule {
    id: "unreadable",
    severity: Severity::Error,
    summary: "A file cannot be read as a page",
    advice: "It is on no list and in no search. Repair the file, or keep it elsewhere or under another ending.",
    check: Check::Reading,
};
