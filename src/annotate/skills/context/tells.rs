//! The words that tell whether a name is meant as a skill, from `tells.tsv`: a group and its words a line, folded.

use crate::text::Word;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of `tells.tsv` by what they tell.
pub(super) struct Words {
    /// Beside one of these, in the same sentence, an ambiguous name is meant as the skill.
    pub(super) subject: HashSet<&'static str>,
    /// Directly before or behind a name: "Go engineer", "Excel dashboards".
    pub(super) beside: HashSet<&'static str>,
    /// Asks for or tells of a skill that a preposition leads to: "experience with".
    pub(super) asks: HashSet<&'static str>,
    /// Leads to the skill.
    pub(super) leads: HashSet<&'static str>,
    /// Leads to the skill without more: "using Excel".
    pub(super) uses: HashSet<&'static str>,
    /// Says of the name before it what it is: "Go is our main language".
    pub(super) is: HashSet<&'static str>,
    /// A sentence goes on with one of these behind a name, not behind the first half of one.
    pub(super) goes_on: HashSet<&'static str>,
    /// Joins names of a list: between two of them, each vouches for the other.
    pub(super) joins: HashSet<&'static str>,
    /// Says of a language beside it that somebody speaks it.
    pub(super) speaks: HashSet<&'static str>,
    /// May stand between such a word and the language.
    pub(super) well: HashSet<&'static str>,
    /// The name of an institution begins with one: "Bureau of Labor Statistics".
    pub(super) institution: HashSet<&'static str>,
    /// Ends one: "Accounting Standards Board".
    pub(super) institution_end: HashSet<&'static str>,
    /// Stands within one in small letters.
    pub(super) connects: HashSet<&'static str>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table = include_str!("tells.tsv");
    let group = |id: &str| {
        let lines = table.lines().filter_map(|line| line.split_once('\t')).filter(|(group, _)| *group == id);
        lines.flat_map(|(_, words)| words.split(' ')).collect()
    };
    Words {
        subject: group("subject"),
        beside: group("beside"),
        asks: group("asks"),
        leads: group("leads"),
        uses: group("uses"),
        is: group("is"),
        goes_on: group("goes-on"),
        joins: group("joins"),
        speaks: group("speaks"),
        well: group("well"),
        institution: group("institution"),
        institution_end: group("institution-end"),
        connects: group("connects"),
    }
});

/// The word is about skills.
pub(super) fn is_subject(word: &Word<'_>) -> bool {
    WORDS.subject.contains(word.folded.as_ref())
}
