//! The skills that can be told apart: the built-in table `skills.tsv` and the taxonomies a user adds.
//!
//! Names are found by an Aho-Corasick automaton over the words of a text, leftmost longest, so that a name never
//! begins or ends within a word, `CI / CD` is `CI/CD`, and `front end` is `front-end`.

mod beginnings;
mod builder;

use super::rule::Rule;
use super::taxonomy::Taxonomy;
use crate::model::Skill;
use crate::text::{self, Word, key};
use aho_corasick::{AhoCorasick, Anchored, Input};
use beginnings::Beginnings;
use builder::Builder;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

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

/// Stands in no word.
const BORDER: char = '\u{1}';

/// The skills and their names.
#[derive(Debug)]
pub struct Vocabulary {
    skills: Vec<Skill>,
    ids: HashMap<String, usize>,
    /// Normalised spelling → index of its names.
    spellings: HashMap<String, usize>,
    names: Vec<Vec<Name>>,
    /// For each of the automaton's patterns its spelling.
    of_pattern: Vec<usize>,
    automaton: AhoCorasick,
    beginnings: Beginnings,
    hash: [u8; 16],
}

static BUILT_IN: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::build(&[])));
/// The one that was built last, as long as it is in use: each generation of an index asks for the same.
static LAST: Mutex<Weak<Vocabulary>> = Mutex::new(Weak::new());
/// The table that comes with the program.
const TABLE: &str = include_str!("../skills.tsv");

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
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = last.upgrade().filter(|last| last.hash == hash(taxonomies)) {
            return same;
        }
        let vocabulary = Arc::new(Self::build(taxonomies));
        *last = Arc::downgrade(&vocabulary);
        vocabulary
    }

    /// Of the vocabulary that [`Vocabulary::with`] makes of these: it changes with every change of a name, and so do the
    /// pages that are annotated with it. The vocabulary need not be made for it.
    pub fn hash_of(taxonomies: &[Taxonomy]) -> [u8; 16] {
        let are_empty = taxonomies.iter().all(|taxonomy| taxonomy.text.is_empty());
        hash(if are_empty { &[] } else { taxonomies })
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

    /// Whether any spelling may begin in a text; in many none does.
    pub(super) fn may_be_named_in(&self, text: &str) -> bool {
        let (mut words, mut folded) = (text::words(text), String::new());
        let mut next = || {
            folded.clear();
            words.next_into(&mut folded).map(|_| key(&folded))
        };
        let mut last = next();
        while let Some(this) = last {
            last = next();
            if self.beginnings.are(this, || last) {
                return true;
            }
        }
        false
    }

    /// The next spelling in a text, from one of its words on: where it stands in the text as [`normalise`] makes it, and the
    /// names it can be.
    pub(super) fn find(
        &self,
        (normalised, starts): (&str, &[usize]),
        words: &[Word<'_>],
        from: usize,
    ) -> Option<(Range<usize>, &[Name])> {
        // A spelling begins where a word does, and few words begin one.
        let mut keys = words.get(from..)?.iter().map(|word| key(&word.folded)).peekable();
        (from..words.len()).find_map(|first| {
            let this = keys.next()?;
            if !self.beginnings.are(this, || keys.peek().copied()) {
                return None;
            }
            let input = Input::new(normalised).range(starts[first]..).anchored(Anchored::Yes);
            let found = self.automaton.find(input)?;
            Some((found.range(), self.names[self.of_pattern[found.pattern().as_usize()]].as_slice()))
        })
    }

    fn build(taxonomies: &[Taxonomy]) -> Self {
        let mut builder = Builder::default();
        TABLE.lines().skip(1).for_each(|line| builder.add_row(line));
        builder.of_table = builder.names.len();
        taxonomies.iter().flat_map(Taxonomy::skills).for_each(|entry| builder.add_entry(entry));
        builder.finish(hash(taxonomies))
    }
}

/// Of all names there are.
fn hash(taxonomies: &[Taxonomy]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(TABLE.as_bytes());
    for taxonomy in taxonomies {
        hasher.update(&[0]);
        hasher.update(taxonomy.text.as_bytes());
    }
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    hash
}

/// A text as the automaton sees it, and where each of its words begins there. Each word stands between spaces of its
/// own, so that a match is never within a word; and a name does not go on behind a comma or the like, unless it has one
/// there itself: "Azure, DevOps" are two.
pub(super) fn normalise(text: &str, words: &[Word<'_>]) -> (String, Vec<usize>) {
    let mut normalised = String::with_capacity(text.len() + 2 * words.len());
    let mut starts = Vec::with_capacity(words.len());
    let mut end = words.first().map_or(0, |word| word.start);
    for word in words {
        let gap = &text[end..word.start];
        let separates = |c| matches!(c, ',' | ';' | ':' | '(' | ')' | '|' | '!' | '?' | '•' | '\n' | '"');
        if gap != " " && (gap.contains(separates) || gap.contains(". ")) {
            normalised.push(BORDER);
        }
        end = word.end;
        starts.push(normalised.len());
        push_word(&mut normalised, &word.folded);
    }
    (normalised, starts)
}

/// Words as the automaton sees them where nothing separates them.
fn pattern<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut pattern = String::new();
    words.for_each(|word| push_word(&mut pattern, word));
    pattern
}

fn push_word(pattern: &mut String, word: &str) {
    pattern.push(' ');
    pattern.push_str(word);
    pattern.push(' ');
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
            let kinds = [
                "language",
                "tool",
                "platform",
                "method",
                "certification",
                "soft-skill",
                "field",
                "spoken-language",
            ];
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
            Taxonomy::read(b"# ours\nQuuxlang\tquux, qx\n\nKubernetes\tkuber\n").expect("a taxonomy");
        let taxonomies = [taxonomy];
        let vocabulary = Vocabulary::with(&taxonomies);
        assert_eq!(vocabulary.called(&["qx"]).next().map(|skill| skill.id.as_str()), Some("quuxlang"));
        assert_eq!(vocabulary.called(&["kuber"]).next().map(|skill| skill.id.as_str()), Some("kubernetes"));
        assert_eq!(vocabulary.hash, Vocabulary::hash_of(&taxonomies));
        assert_ne!(vocabulary.hash, Vocabulary::hash_of(&[]));
        assert_eq!(Vocabulary::built_in().hash, Vocabulary::hash_of(&[]));
    }
}
