//! The skills that can be told apart: the built-in table `skills.tsv` and the taxonomies a user adds.
//!
//! Names are found by an Aho-Corasick automaton over the words of a text, leftmost longest, so that a name never
//! begins or ends within a word, `CI / CD` is `CI/CD`, and `front end` is `front-end`.

use super::rule::Rule;
use super::taxonomy::{Entry, Taxonomy};
use crate::model::Skill;
use crate::text::{self, Word, slug};
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
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

/// Words that lead to a name in a spelling of it.
const LEADS: [&str; 14] =
    ["in", "with", "using", "mit", "en", "con", "avec", "sur", "bei", "auf", "de", "on", "of", "and"];

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

/// With which words spellings begin, as bits of their keys: there may be more, never fewer. Of a spelling of several
/// words its first two are known, for the first alone may be as common as "in".
#[derive(Debug)]
struct Beginnings(Vec<u64>);

impl Beginnings {
    /// Bits to a pattern at least.
    const SPARSE: usize = 32;

    fn of(patterns: &[String]) -> Self {
        let words = (patterns.len() * Self::SPARSE / 64).max(1).next_power_of_two();
        let mut beginnings = Self(vec![0; words]);
        for pattern in patterns {
            let mut words = pattern.split([' ', BORDER]).filter(|word| !word.is_empty()).map(key);
            if let Some(first) = words.next() {
                let (at, bit) = beginnings.place(first, words.next());
                beginnings.0[at] |= bit;
            }
        }
        beginnings
    }

    /// Whether a spelling may begin with a word and the one behind it, or be the word alone.
    fn are(&self, first: u64, second: impl FnOnce() -> Option<u64>) -> bool {
        let has = |(at, bit): (usize, u64)| self.0[at] & bit != 0;
        has(self.place(first, None)) || second().is_some_and(|second| has(self.place(first, Some(second))))
    }

    fn place(&self, first: u64, second: Option<u64>) -> (usize, u64) {
        let both = first ^ second.map_or(0, |second| second.rotate_left(29) ^ 1);
        // Fibonacci hashing: neighbours are spread over all bits.
        let spread = (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24) as usize;
        (spread / 64 % self.0.len(), 1 << (spread % 64))
    }
}

/// A number for a word, as its first and last letters and its length give it.
fn key(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    ends ^ (bytes.len() as u64) << 58
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

/// A name without what its publisher adds in parentheses to tell it from others: "Swift (computer programming)".
fn without_qualifier(label: &str) -> Option<&str> {
    label.strip_suffix(')')?.split_once(" (").map(|(name, _)| name)
}

/// A product or a language, no activity and no field.
fn is_hard(kind: &str) -> bool {
    matches!(kind, "language" | "tool" | "platform")
}

#[derive(Default)]
struct Builder {
    skills: Vec<Skill>,
    ids: HashMap<String, usize>,
    spellings: HashMap<String, usize>,
    names: Vec<Vec<Name>>,
    /// How many spellings the built-in table has: they are settled there.
    of_table: usize,
    patterns: Vec<String>,
    of_pattern: Vec<usize>,
}

impl Builder {
    /// Adds a row of the built-in table: label, kind, id, rule, and aliases that can have a rule of their own.
    fn add_row(&mut self, line: &str) {
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
    fn add_entry(&mut self, entry: Entry<'_>) {
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
    fn finish(self, hash: [u8; 16]) -> Vocabulary {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(&self.patterns)
            .expect("an automaton over some thousand names");
        let beginnings = Beginnings::of(&self.patterns);
        let Self { skills, ids, spellings, names, of_pattern, .. } = self;
        Vocabulary { skills, ids, spellings, names, of_pattern, automaton, beginnings, hash }
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
