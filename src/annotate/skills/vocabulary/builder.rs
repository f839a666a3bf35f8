//! How the vocabulary is made: the rows of the built-in table, and what a taxonomy adds to them.

use super::beginnings::Beginnings;
use super::{Name, Vocabulary, normalise, pattern};
use crate::annotate::skills::rule::Rule;
use crate::annotate::skills::taxonomy::Entry;
use crate::model::Skill;
use crate::text::{self, Word, slug};
use aho_corasick::{AhoCorasick, MatchKind, StartKind};
use std::collections::HashMap;

/// Words that lead to a name in a spelling of it.
const LEADS: [&str; 14] =
    ["in", "with", "using", "mit", "en", "con", "avec", "sur", "bei", "auf", "de", "on", "of", "and"];

/// A name without what its publisher adds in parentheses to tell it from others: "Swift (computer programming)".
fn without_qualifier(label: &str) -> Option<&str> {
    label.strip_suffix(')')?.split_once(" (").map(|(name, _)| name)
}

/// A product or a language, no activity and no field.
fn is_hard(kind: &str) -> bool {
    matches!(kind, "language" | "tool" | "platform")
}

#[derive(Default)]
pub(super) struct Builder {
    skills: Vec<Skill>,
    ids: HashMap<String, usize>,
    spellings: HashMap<String, usize>,
    pub(super) names: Vec<Vec<Name>>,
    /// How many spellings the built-in table has: they are settled there.
    pub(super) of_table: usize,
    patterns: Vec<String>,
    of_pattern: Vec<usize>,
}

impl Builder {
    /// Adds a row of the built-in table: label, kind, id, rule, and aliases that can have a rule of their own.
    pub(super) fn add_row(&mut self, line: &str) {
        let mut columns = line.split('\t');
        let [Some(label), Some(kind), Some(id), Some(rule)] = [(); 4].map(|()| columns.next()) else {
            return;
        };
        let rule = Rule::from_id(rule).unwrap_or(Rule::Any);
        let skill = self.skill(id, label, kind);
        self.name(skill, rule, label);
        for alias in columns.next().unwrap_or_default().split('|').filter(|alias| !alias.is_empty()) {
            let told = alias.split_once(':').and_then(|(id, alias)| Some((Rule::from_id(id)?, alias)));
            let (rule, alias) = told.unwrap_or((rule, alias));
            self.name(skill, rule, alias);
        }
    }

    /// Adds a skill of a taxonomy, or its aliases to the skill that is called so already.
    pub(super) fn add_entry(&mut self, entry: Entry<'_>) {
        let bare = without_qualifier(entry.label);
        let known = self.known(entry.label).or_else(|| {
            // "ML (computer programming)" is not the machine learning that is called ML too.
            self.known(bare?).filter(|&known| is_hard(&self.skills[known].kind) && is_hard(entry.kind))
        });
        let skill = known.unwrap_or_else(|| self.skill(&slug(entry.label), entry.label, entry.kind));
        for name in std::iter::once(entry.label).chain(bare).chain(entry.aliases()) {
            let words: Vec<_> = text::words(name).collect();
            // What needs a qualifier to be told from others is ambiguous without it.
            let rule = match Rule::of_name(&words) {
                Rule::Any | Rule::Case if bare == Some(name) && words.len() == 1 => Rule::Context,
                rule => rule,
            };
            if !self.is_settled(&words) {
                self.name(skill, rule, name);
            }
        }
    }

    /// The skill's index; one with the same id is the same skill.
    fn skill(&mut self, id: &str, label: &str, kind: &str) -> usize {
        *self.ids.entry(id.to_owned()).or_insert_with(|| {
            self.skills.push(Skill { id: id.to_owned(), label: label.to_owned(), kind: kind.to_owned() });
            self.skills.len() - 1
        })
    }

    /// The skill that is called so already.
    fn known(&self, label: &str) -> Option<usize> {
        let words: Vec<_> = text::words(label).collect();
        let pattern = pattern(words.iter().map(|word| word.folded.as_ref()));
        self.spellings.get(&pattern).and_then(|&index| self.names[index].first()).map(|name| name.skill)
    }

    /// The built-in table has this spelling, with rules that are made for it.
    fn is_settled(&self, words: &[Word<'_>]) -> bool {
        let pattern = pattern(words.iter().map(|word| word.folded.as_ref()));
        self.spellings.get(&pattern).is_some_and(|&index| index < self.of_table)
    }

    fn name(&mut self, skill: usize, rule: Rule, spelling: &str) {
        let words: Vec<_> = text::words(spelling).collect();
        if words.is_empty() {
            return;
        }
        let pattern = pattern(words.iter().map(|word| word.folded.as_ref()));
        let written: Vec<String> = words.iter().map(|word| word.written.to_owned()).collect();
        let index = match self.spellings.get(&pattern) {
            Some(&index) => index,
            None => {
                self.names.push(Vec::new());
                let index = self.names.len() - 1;
                let separated = normalise(spelling, &words).0;
                if separated != pattern {
                    self.patterns.push(separated);
                    self.of_pattern.push(index);
                }
                self.patterns.push(pattern.clone());
                self.of_pattern.push(index);
                self.spellings.insert(pattern, index);
                index
            }
        };
        let lead = written.iter().take_while(|word| LEADS.contains(&word.as_str())).count();
        let name = Name { skill, rule, written, lead: if lead < words.len() { lead } else { 0 } };
        if !self.names[index]
            .iter()
            .any(|known| known.skill == skill && known.rule == rule && known.written == name.written)
        {
            self.names[index].push(name);
        }
    }

    #[expect(clippy::expect_used, reason = "fails only beyond four billion patterns")]
    pub(super) fn finish(self, hash: [u8; 16]) -> Vocabulary {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            // It is of no use where a search begins at a given place.
            .prefilter(false)
            .build(&self.patterns)
            .expect("an automaton over some thousand names");
        let beginnings = Beginnings::of(&self.patterns);
        let Self { skills, ids, spellings, names, of_pattern, .. } = self;
        Vocabulary { skills, ids, spellings, names, of_pattern, automaton, beginnings, hash }
    }
}
