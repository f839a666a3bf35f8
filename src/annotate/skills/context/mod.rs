//! Whether an ambiguous name is meant as the skill: what stands around it says so. "Go" among "Rust, Go, Kotlin", after
//! "experience with" or before "developer" is the language; at the beginning of a sentence that goes on, or within
//! "Go Ahead Ltd", it is not.

mod around;
mod place;
mod tells;

use super::rule::Rule;
use super::vocabulary::{Name, Vocabulary};
use crate::text::{Word, fold, sentences};
use around::{Around, is_glued, is_of_an_institution, is_shouted, is_space, is_tied};
use std::ops::Range;
use tells::{WORDS, is_subject};

pub(super) use around::Shouted;
pub(super) use place::{Place, Places};

/// A spelling found in a text.
pub(super) struct Found<'v> {
    /// Of the text's words, first and last.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) names: &'v [Name],
    /// The skill it is, once that is sure.
    pub(super) skill: Option<usize>,
    /// The name that it is in the right context.
    candidate: Option<&'v Name>,
}

impl<'v> Found<'v> {
    /// None where it cannot be a skill.
    pub(super) fn new(
        text: &str,
        words: &[Word<'_>],
        range: Range<usize>,
        names: &'v [Name],
        (place, shouted): (Place<'_>, &Shouted),
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let these = &words[range.clone()];
        let as_written = |name: &&Name| {
            name.written.len() == these.len()
                && name.written.iter().zip(these).all(|(written, word)| written == word.written)
        };
        let sure = names.iter().find(|name| match name.rule {
            Rule::Any => true,
            Rule::Case => as_written(name) && !is_shouted(shouted, text, these),
            Rule::Context | Rule::Listed | Rule::Spoken => false,
        });
        let (first, last) = (range.start, range.end - 1);
        let found = |skill, candidate| Some(Self { first, last, names, skill, candidate });
        if let Some(name) = sure {
            let is_product = is_hard(vocabulary, name.skill);
            if !is_product && is_of_an_institution(text, words, &range) || is_glued(text, these) {
                return None;
            }
            return found(Some(name.skill), None);
        }
        let whole = |name: &&Name| match name.rule {
            Rule::Listed => place.lists,
            _ => place.asks,
        };
        if (place.lists || place.asks)
            && let Some(name) = names.iter().find(whole)
            && place.is_alone(text, words, &range)
        {
            return found(Some(name.skill), None);
        }
        let candidate = names.iter().find(|name| match name.rule {
            Rule::Listed => true,
            // French and Spanish write the names of languages small, and with a capital at the beginning of a line.
            Rule::Spoken if name.written.iter().all(|word| word.starts_with(char::is_lowercase)) => true,
            _ => as_written(name),
        });
        candidate
            .filter(|_| !is_tied(text, words, &range) && !is_glued(text, these))
            .and_then(|name| found(None, Some(name)))
    }

    fn range(&self) -> Range<usize> {
        self.first..self.last + 1
    }

    /// "maintain databases" says what people do, and a list of such things is no list of names.
    fn is_activity(&self, words: &[Word<'_>], vocabulary: &Vocabulary) -> bool {
        self.skill.is_some_and(|skill| vocabulary.at(skill).kind == "skill")
            && words[self.first].written.starts_with(char::is_lowercase)
    }
}

fn is_hard(vocabulary: &Vocabulary, skill: usize) -> bool {
    matches!(vocabulary.at(skill).kind.as_str(), "language" | "tool" | "platform")
}

/// Decides on the names that need a context.
pub(super) fn settle(
    text: &str,
    words: &[Word<'_>],
    place: Place<'_>,
    found: &mut [Found<'_>],
    vocabulary: &Vocabulary,
) {
    let sentences = Sentences::of(text, words, found, vocabulary);
    let mut owner = vec![false; words.len()];
    for found in found.iter() {
        owner[found.range()].fill(true);
    }
    let verdicts: Vec<bool> = (0..found.len())
        .map(|index| {
            let this = &found[index];
            let Some(candidate) = this.candidate else { return false };
            let is_listed = candidate.rule == Rule::Listed;
            let (sentence, told) = sentences.around(this.first);
            let around = Around { text, words, owner: &owner, sentence, this: this.range(), place };
            let own = words[this.range()].iter().filter(|word| is_subject(word)).count() as u32;
            let tells_of_skills = told.subjects > own;
            if candidate.rule == Rule::Spoken {
                return around.is_spoken() || around.is_asked_for(Rule::Listed);
            }
            if around.begins_a_clause(tells_of_skills) || around.is_part_of_a_name() {
                return false;
            }
            let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let vouches = |other: &Found<'_>| {
                listed(text, words, this, other).is_some_and(|list| match other.skill {
                    Some(skill) => is_hard(vocabulary, skill) || list.is_list() && !other.is_activity(words, vocabulary),
                    None => !is_listed && other.candidate.is_some_and(|name| name.rule == Rule::Context),
                } && (list.is_list() || !is_listed))
            };
            if neighbours.filter_map(|other| found.get(other)).any(vouches) {
                return true;
            }
            if around.is_asked_for(candidate.rule) {
                return true;
            }
            !is_listed
                && (around.is_beside() || around.stands_free() && (told.names_skill || tells_of_skills))
        })
        .collect();
    for (found, verdict) in found.iter_mut().zip(verdicts) {
        if verdict {
            found.skill = found.candidate.map(|name| name.skill);
        }
    }
}

/// What a sentence says about the ambiguous names in it.
#[derive(Clone, Copy, Default)]
struct Told {
    /// It names a product or language that is sure.
    names_skill: bool,
    /// How many words of it are about skills.
    subjects: u32,
}

struct Sentences {
    ranges: Vec<Range<usize>>,
    /// For each word its sentence.
    of_word: Vec<usize>,
    told: Vec<Told>,
}

impl Sentences {
    fn of(text: &str, words: &[Word<'_>], found: &[Found<'_>], vocabulary: &Vocabulary) -> Self {
        let ranges = sentences(text);
        let mut at = 0;
        let of_word: Vec<usize> = words
            .iter()
            .map(|word| {
                while ranges.get(at).is_some_and(|sentence| sentence.end <= word.start) {
                    at += 1;
                }
                at
            })
            .collect();
        let mut told = vec![Told::default(); ranges.len() + 1];
        for (word, &sentence) in words.iter().zip(&of_word) {
            told[sentence].subjects += u32::from(is_subject(word));
        }
        for found in found.iter().filter(|found| found.skill.is_some_and(|skill| is_hard(vocabulary, skill)))
        {
            told[of_word[found.first]].names_skill = true;
        }
        Self { ranges, of_word, told }
    }

    /// The sentence of a word, and what it says.
    fn around(&self, word: usize) -> (Range<usize>, Told) {
        let at = self.of_word[word];
        (self.ranges.get(at).cloned().unwrap_or(0..usize::MAX), self.told[at])
    }
}

/// What stands between two names that follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Nothing but a space, as in "Java Spring".
    Space,
    /// A comma, a slash, "and" or the like.
    List,
}

impl Join {
    fn is_list(self) -> bool {
        self == Self::List
    }
}

/// Two names stand next to each other in a list.
fn listed(text: &str, words: &[Word<'_>], this: &Found<'_>, other: &Found<'_>) -> Option<Join> {
    let (left, right) = if other.first < this.first { (other, this) } else { (this, other) };
    let gap = &text[words[left.last].end..words[right.first].start];
    let join =
        gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | ';' | '(' | ')'));
    if is_space(gap) {
        Some(Join::Space)
    } else if join.is_empty() || join.len() < 8 && WORDS.joins.contains(fold(join).as_ref()) {
        Some(Join::List)
    } else {
        None
    }
}
