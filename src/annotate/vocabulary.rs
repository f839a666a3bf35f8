//! The skills that can be told apart: the built-in table `skills.tsv` and the taxonomies a user adds.
//!
//! Names are found by an Aho-Corasick automaton over the words of a text, leftmost longest, so that a name never
//! begins or ends within a word, `CI / CD` is `CI/CD`, and `front end` is `front-end`.

use crate::model::Skill;
use crate::text::{self, slug};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// How a name in a text is told to be the skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// In any case of letters.
    Any,
    /// Only as written, because otherwise it is an ordinary word.
    Case,
    /// As written, and only among other skills or words about them.
    Context,
}

/// A spelling of a skill.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) skill: usize,
    pub(super) rule: Rule,
    /// The words as written, for the rules that compare case.
    pub(super) written: Vec<String>,
    /// How many words at its beginning only lead to the name: one in "in Go".
    pub(super) lead: usize,
}

/// Words that lead to a name in a spelling of it.
const LEADS: [&str; 14] =
    ["in", "with", "using", "mit", "en", "con", "avec", "sur", "bei", "auf", "de", "on", "of", "and"];

/// Skills that a user adds: lines of a name, a tab and aliases separated by `|`, `,` or `;`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxonomy {
    /// Normalised to one line a skill: name, tab, aliases separated by `|`.
    pub text: String,
}

/// Why a file is no taxonomy.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct TaxonomyError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl Taxonomy {
    /// Reads the lines of a taxonomy; empty lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// [`TaxonomyError`] names a line without a name or with one that has no letter.
    pub fn parse(file: &str) -> Result<Self, TaxonomyError> {
        let mut text = String::new();
        for (index, line) in file.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let (name, aliases) = line.split_once('\t').unwrap_or((line, ""));
            let name = text::collapse(name);
            if text::words(&name).next().is_none() {
                let reason = format!(
                    "a line is a name, a tab and aliases, but the name {name:?} has no letter or digit"
                );
                return Err(TaxonomyError { line: index + 1, reason });
            }
            let aliases =
                aliases.split(['|', ',', ';', '\t']).map(text::collapse).filter(|alias| !alias.is_empty());
            text.push_str(&name);
            text.push('\t');
            text.push_str(&aliases.collect::<Vec<_>>().join("|"));
            text.push('\n');
        }
        Ok(Self { text })
    }
}

/// The skills and their names.
#[derive(Debug)]
pub struct Vocabulary {
    skills: Vec<Skill>,
    ids: HashMap<String, usize>,
    /// Normalised spelling → its names, in the order of the automaton's patterns.
    spellings: HashMap<String, usize>,
    names: Vec<Vec<Name>>,
    automaton: AhoCorasick,
    hash: [u8; 16],
}

static BUILT_IN: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::build(&[])));
/// The table that comes with the program.
const TABLE: &str = include_str!("skills.tsv");

impl Vocabulary {
    /// The vocabulary that comes with the program.
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// The built-in vocabulary and what the taxonomies add.
    pub fn with(taxonomies: &[Taxonomy]) -> Arc<Self> {
        if taxonomies.iter().all(|taxonomy| taxonomy.text.is_empty()) {
            return Self::built_in();
        }
        Arc::new(Self::build(taxonomies))
    }

    /// Changes with every change of a name, and so do the pages that are annotated with it.
    pub fn hash(&self) -> [u8; 16] {
        self.hash
    }

    /// The skill with this id.
    pub fn skill(&self, id: &str) -> Option<&Skill> {
        self.ids.get(id).map(|&index| &self.skills[index])
    }

    /// Every skill.
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// The skills that are called by these words, whatever their case.
    pub fn called(&self, words: &[&str]) -> impl Iterator<Item = &Skill> {
        let pattern = pattern(words.iter().copied());
        let names = self.spellings.get(&pattern).map_or(&[][..], |&index| &self.names[index]);
        names.iter().map(|name| &self.skills[name.skill])
    }

    pub(super) fn at(&self, index: usize) -> &Skill {
        &self.skills[index]
    }

    /// Every spelling that stands in a normalised text: where, and the names it can be.
    pub(super) fn find<'a>(
        &'a self,
        normalised: &'a str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'a [Name])> {
        self.automaton
            .find_iter(normalised)
            .map(|found| (found.range(), self.names[found.pattern().as_usize()].as_slice()))
    }

    fn build(taxonomies: &[Taxonomy]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(TABLE.as_bytes());
        let mut builder = Builder::default();
        for line in TABLE.lines().skip(1) {
            let mut columns = line.split('\t');
            let [Some(label), Some(kind), Some(id), Some(rule)] = [(); 4].map(|()| columns.next()) else {
                continue;
            };
            let rule = Rule::from_id(rule).unwrap_or(Rule::Any);
            let skill =
                builder.skill(Skill { id: id.to_owned(), label: label.to_owned(), kind: kind.to_owned() });
            builder.name(skill, rule, label);
            for alias in columns.next().unwrap_or_default().split('|').filter(|alias| !alias.is_empty()) {
                let (rule, alias) = match alias.split_once(':') {
                    Some((prefix, alias)) => {
                        Rule::from_id(prefix).map_or((rule, alias), |rule| (rule, alias))
                    }
                    None => (rule, alias),
                };
                builder.name(skill, rule, alias);
            }
        }
        for taxonomy in taxonomies {
            hasher.update(&[0]);
            hasher.update(taxonomy.text.as_bytes());
            for line in taxonomy.text.lines() {
                let (label, aliases) = line.split_once('\t').unwrap_or((line, ""));
                let known = builder.known(label);
                let skill = known.unwrap_or_else(|| {
                    builder.skill(Skill {
                        id: slug(label),
                        label: label.to_owned(),
                        kind: "skill".to_owned(),
                    })
                });
                for name in std::iter::once(label).chain(aliases.split('|')) {
                    builder.name(skill, Rule::Any, name);
                }
            }
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        builder.finish(hash)
    }
}

impl Rule {
    fn from_id(id: &str) -> Option<Self> {
        match id {
            "any" => Some(Self::Any),
            "case" => Some(Self::Case),
            "context" => Some(Self::Context),
            _ => None,
        }
    }
}

/// Words as the automaton sees them: each between spaces of its own, so that a match is never within a word.
fn pattern<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut pattern = String::new();
    words.for_each(|word| push_word(&mut pattern, word));
    pattern
}

pub(super) fn push_word(pattern: &mut String, word: &str) {
    pattern.push(' ');
    pattern.push_str(word);
    pattern.push(' ');
}

#[derive(Default)]
struct Builder {
    skills: Vec<Skill>,
    ids: HashMap<String, usize>,
    spellings: HashMap<String, usize>,
    patterns: Vec<String>,
    names: Vec<Vec<Name>>,
}

impl Builder {
    /// The skill's index; one with the same id is the same skill.
    fn skill(&mut self, skill: Skill) -> usize {
        *self.ids.entry(skill.id.clone()).or_insert_with(|| {
            self.skills.push(skill);
            self.skills.len() - 1
        })
    }

    /// The skill that is called so already.
    fn known(&self, label: &str) -> Option<usize> {
        let words: Vec<_> = text::words(label).collect();
        let pattern = pattern(words.iter().map(|word| word.folded.as_ref()));
        self.spellings.get(&pattern).and_then(|&index| self.names[index].first()).map(|name| name.skill)
    }

    fn name(&mut self, skill: usize, rule: Rule, spelling: &str) {
        let words: Vec<_> = text::words(spelling).collect();
        if words.is_empty() {
            return;
        }
        let pattern = pattern(words.iter().map(|word| word.folded.as_ref()));
        let written = words.iter().map(|word| spelling[word.start..word.end].to_owned()).collect();
        let index = *self.spellings.entry(pattern).or_insert_with_key(|pattern| {
            self.patterns.push(pattern.clone());
            self.names.push(Vec::new());
            self.names.len() - 1
        });
        let lead = words.iter().take_while(|word| LEADS.contains(&&spelling[word.start..word.end])).count();
        let name = Name { skill, rule, written, lead: if lead < words.len() { lead } else { 0 } };
        if !self.names[index]
            .iter()
            .any(|known| known.skill == skill && known.rule == rule && known.written == name.written)
        {
            self.names[index].push(name);
        }
    }

    #[expect(clippy::expect_used, reason = "fails only beyond four billion patterns")]
    fn finish(self, hash: [u8; 16]) -> Vocabulary {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&self.patterns)
            .expect("an automaton over some thousand names");
        let Self { skills, ids, spellings, names, patterns: _ } = self;
        Vocabulary { skills, ids, spellings, names, automaton, hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let vocabulary = Vocabulary::built_in();
        assert!(vocabulary.skills().len() >= 300, "{} skills", vocabulary.skills().len());
        for line in TABLE.lines() {
            assert_eq!(line.split('\t').count(), 5, "{line}");
        }
        for skill in vocabulary.skills() {
            assert!(
                skill
                    .id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)),
                "{skill:?}"
            );
            let kinds = ["language", "tool", "platform", "method", "certification", "soft-skill", "field"];
            assert!(kinds.contains(&skill.kind.as_str()), "{skill:?}");
        }
        assert_eq!(
            vocabulary.called(&["k8s"]).map(|skill| skill.label.as_str()).collect::<Vec<_>>(),
            ["Kubernetes"]
        );
    }

    #[test]
    fn a_taxonomy_adds_names_and_skills() {
        let taxonomy =
            Taxonomy::parse("# ours\nQuuxlang\tquux, qx\n\nKubernetes\tkuber\n").expect("a taxonomy");
        let vocabulary = Vocabulary::with(&[taxonomy]);
        assert_eq!(vocabulary.called(&["qx"]).next().map(|skill| skill.id.as_str()), Some("quuxlang"));
        assert_eq!(vocabulary.called(&["kuber"]).next().map(|skill| skill.id.as_str()), Some("kubernetes"));
        assert_ne!(vocabulary.hash(), Vocabulary::built_in().hash());
        assert_eq!(Taxonomy::parse("fine\n\t--\n").map_err(|error| error.line), Err(2));
    }
}
