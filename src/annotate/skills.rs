//! Which skills a page names, and where.

use super::vocabulary::{Name, Rule, Vocabulary, push_word};
use crate::model::{Mention, Page, Strength};
use crate::text::{Word, fold, sentences, words};
use std::ops::Range;

/// Beside one of these, in the same sentence, an ambiguous name is meant as the skill.
const CONTEXT: &[&str] = &[
    "programming",
    "language",
    "languages",
    "developer",
    "developers",
    "code",
    "coding",
    "coded",
    "framework",
    "frameworks",
    "library",
    "libraries",
    "script",
    "scripts",
    "scripting",
    "software",
    "stack",
    "microservices",
    "compiler",
    "backend",
    "frontend",
    "spreadsheet",
    "spreadsheets",
    "tool",
    "tools",
    "microsoft",
    "apache",
    "adobe",
    "api",
    "apis",
    "written",
];

/// Stands in no name.
const BORDER: char = '\u{1}';

/// Joins names of a list: between two of them, each vouches for the other.
const JOINS: &[&str] = &["", "and", "or", "und", "oder", "et", "ou", "y", "o"];

/// Writes the skills and mentions of every section.
pub(super) fn annotate(page: &mut Page, vocabulary: &Vocabulary) {
    for section in &mut page.sections {
        let mut found: Vec<(usize, Option<usize>, Range<usize>)> = Vec::new();
        for heading in section.heading.iter().chain(&section.subheadings) {
            found.extend(
                mentions_in(&heading.text, vocabulary).into_iter().map(|(skill, _)| (skill, None, 0..0)),
            );
        }
        for (index, block) in section.own_blocks() {
            let mentions = mentions_in(&block.text, vocabulary);
            found.extend(mentions.into_iter().map(|(skill, span)| (skill, Some(index), span)));
        }
        let mut skills: Vec<usize> = found.iter().map(|&(skill, ..)| skill).collect();
        skills.sort_unstable_by_key(|&skill| vocabulary.at(skill).id.as_str());
        skills.dedup();
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        section.mentions = found
            .into_iter()
            .filter_map(|(skill, block, span)| {
                let skill = skills.iter().position(|&known| known == skill)?;
                let skill = u16::try_from(skill).ok()?;
                Some(Mention {
                    skill,
                    block: block.map(small),
                    start: small(span.start),
                    end: small(span.end),
                    strength: Strength::Named,
                })
            })
            .collect();
        section.skills = skills.into_iter().map(|skill| vocabulary.at(skill).clone()).collect();
    }
}

/// A spelling found in a text.
struct Found<'v> {
    /// Of the text's words, first and last.
    first: usize,
    last: usize,
    names: &'v [Name],
    /// The skill it is, once that is sure.
    skill: Option<usize>,
}

/// The most of a text that is looked at in one go, in bytes: what its words need is many times as long as they are.
const LONGEST_PIECE: usize = 1 << 16;

/// The skills that a text names, with the bytes that name them.
fn mentions_in(text: &str, vocabulary: &Vocabulary) -> Vec<(usize, Range<usize>)> {
    let mut mentions = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let piece = piece(&text[start..]);
        let found = mentions_of(piece, vocabulary).into_iter();
        mentions.extend(found.map(|(skill, at)| (skill, start + at.start..start + at.end)));
        start += piece.len();
    }
    mentions
}

/// The beginning of a text up to the end of a sentence, or else of a word.
fn piece(text: &str) -> &str {
    if text.len() <= LONGEST_PIECE {
        return text;
    }
    let longest = &text[..text.floor_char_boundary(LONGEST_PIECE)];
    let sentence = longest.rfind(". ").map(|at| at + 2).filter(|&at| at > LONGEST_PIECE / 2);
    let end = sentence.or_else(|| longest.rfind(' ').map(|at| at + 1));
    &longest[..end.unwrap_or(longest.len())]
}

/// As [`mentions_in`], of a text that is not too long.
fn mentions_of(text: &str, vocabulary: &Vocabulary) -> Vec<(usize, Range<usize>)> {
    let words: Vec<Word<'_>> = words(text).collect();
    let (normalised, starts) = normalise(text, &words);
    let mut found = Vec::new();
    for (range, names) in vocabulary.find(&normalised) {
        let first = starts.partition_point(|&start| start < range.start);
        let last = starts.partition_point(|&start| start < range.end) - 1;
        let as_written = |name: &&Name| {
            name.written.len() == last + 1 - first
                && name
                    .written
                    .iter()
                    .zip(&words[first..=last])
                    .all(|(written, word)| *written == text[word.start..word.end])
        };
        let sure =
            names.iter().find(|name| name.rule == Rule::Any || (name.rule == Rule::Case && as_written(name)));
        let possible = names.iter().any(|name| name.rule == Rule::Context && as_written(&name));
        if sure.is_some() || possible {
            found.push(Found { first, last, names, skill: sure.map(|name| name.skill) });
        }
    }
    if found.iter().any(|found| found.skill.is_none()) {
        settle(text, &words, &mut found, vocabulary);
    }
    found
        .iter()
        .filter_map(|found| {
            let lead =
                found.names.iter().find(|name| Some(name.skill) == found.skill).map_or(0, |name| name.lead);
            let span = words[found.first + lead].start..words[found.last].end;
            found.skill.map(|skill| (skill, span))
        })
        .collect()
}

/// The words as the automaton sees them, and where each begins there. A name does not go on behind a comma or the
/// like: "Azure, DevOps" are two.
fn normalise(text: &str, words: &[Word<'_>]) -> (String, Vec<usize>) {
    let mut normalised = String::with_capacity(text.len() + 2 * words.len());
    let mut starts = Vec::with_capacity(words.len());
    let mut end = 0;
    for word in words {
        if text[end..word.start].contains([',', ';', ':', '(', ')', '|', '!', '?', '•', '\n', '"']) {
            normalised.push(BORDER);
        }
        end = word.end;
        starts.push(normalised.len());
        push_word(&mut normalised, &word.folded);
    }
    (normalised, starts)
}

/// What a sentence says about the ambiguous names in it.
#[derive(Clone, Copy, Default)]
struct Surroundings {
    /// It names a skill that is sure.
    names_skill: bool,
    /// How many words of it are about skills.
    context_words: u32,
}

/// Decides on the names that need a context.
fn settle(text: &str, words: &[Word<'_>], found: &mut [Found<'_>], vocabulary: &Vocabulary) {
    let sentences = sentences(text);
    let sentence_of: Vec<usize> = {
        let mut at = 0;
        let of_word = |word: &Word<'_>| {
            while sentences.get(at).is_some_and(|sentence| sentence.end <= word.start) {
                at += 1;
            }
            at
        };
        words.iter().map(of_word).collect()
    };
    let mut surroundings = vec![Surroundings::default(); sentences.len() + 1];
    for (word, &sentence) in words.iter().zip(&sentence_of) {
        surroundings[sentence].context_words += u32::from(is_context(word));
    }
    let hard = |skill: usize| {
        matches!(vocabulary.at(skill).kind.as_str(), "language" | "tool" | "platform" | "skill")
    };
    for found in found.iter().filter(|found| found.skill.is_some_and(hard)) {
        surroundings[sentence_of[found.first]].names_skill = true;
    }
    let verdicts: Vec<bool> = (0..found.len())
        .map(|index| {
            let this = &found[index];
            if this.skill.is_some() {
                return false;
            }
            let at = sentence_of[this.first];
            let sentence = sentences.get(at).cloned().unwrap_or(0..text.len());
            if begins_a_clause(text, words, this, &sentence) || is_part_of_a_sign(text, words, this) {
                return false;
            }
            let own = words[this.first..=this.last].iter().filter(|word| is_context(word)).count() as u32;
            let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            surroundings[at].names_skill
                || surroundings[at].context_words > own
                || neighbours
                    .filter_map(|other| found.get(other))
                    .any(|other| listed(text, words, this, other))
        })
        .collect();
    for (found, verdict) in found.iter_mut().zip(verdicts) {
        if verdict {
            found.skill = found.names.iter().find(|name| name.rule == Rule::Context).map(|name| name.skill);
        }
    }
}

fn is_context(word: &Word<'_>) -> bool {
    CONTEXT.contains(&word.folded.as_ref())
}

/// Two names stand next to each other in a list.
fn listed(text: &str, words: &[Word<'_>], this: &Found<'_>, other: &Found<'_>) -> bool {
    let (left, right) = if other.first < this.first { (other, this) } else { (this, other) };
    let gap = &text[words[left.last].end..words[right.first].start];
    let gap = gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | ';' | '(' | ')'));
    gap.len() < 8 && JOINS.contains(&fold(gap).as_ref())
}

/// A letter that a sign ties to its neighbour is no name: "R&D", "C-level", "A/B".
fn is_part_of_a_sign(text: &str, words: &[Word<'_>], found: &Found<'_>) -> bool {
    let (start, end) = (words[found.first].start, words[found.last].end);
    let tied = |c: Option<char>| c.is_some_and(|c| matches!(c, '&' | '-' | '\'' | '’'));
    end - start == 1 && (tied(text[..start].chars().next_back()) || tied(text[end..].chars().next()))
}

/// A capital at the beginning of a sentence says nothing: "Go through the code", "Express yourself". There a name is
/// meant only where a list goes on after it, or a word about skills.
fn begins_a_clause(text: &str, words: &[Word<'_>], found: &Found<'_>, sentence: &Range<usize>) -> bool {
    let start = words[found.first].start;
    let before = text[sentence.start..start].trim_end();
    if !(before.is_empty() || before.ends_with([':', '–', '—', '"', '“', '('])) {
        return false;
    }
    let Some(next) = words.get(found.last + 1).filter(|next| sentence.contains(&next.start)) else {
        return false;
    };
    let gap = &text[words[found.last].end..next.start];
    let runs_on = gap.chars().all(char::is_whitespace);
    let next = next.folded.as_ref();
    runs_on && !CONTEXT.contains(&next) && !JOINS.contains(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skills(text: &str) -> Vec<String> {
        let vocabulary = Vocabulary::built_in();
        mentions_in(text, &vocabulary).into_iter().map(|(skill, _)| vocabulary.at(skill).id.clone()).collect()
    }

    #[test]
    fn names_signs_and_aliases() {
        assert_eq!(
            skills("Mastery of languages (e.g., Java, Python, Ruby, Node.js)"),
            ["java", "python", "ruby", "node.js"]
        );
        assert_eq!(
            skills("Docker, k8s and CI / CD pipelines in golang"),
            ["docker", "kubernetes", "ci-cd", "go"]
        );
        assert!(skills("Azure, DevOps").contains(&"devops".to_owned()));
        assert_eq!(skills("C++ and C#, .NET"), ["cpp", "csharp", "dotnet"]);
        let text = "uses k8s daily";
        assert_eq!(
            mentions_in(text, &Vocabulary::built_in())
                .into_iter()
                .map(|(_, at)| &text[at])
                .collect::<Vec<_>>(),
            ["k8s"]
        );
    }

    #[test]
    fn ordinary_words_are_no_skills() {
        for text in [
            "Robust, scalable systems",
            "Ready to go the extra mile",
            "Go through the plan with everyone",
            "R&D at C-level",
            "To excel as a manager",
            "Excel in your role",
            "React to incidents",
            "Swift resolution of incidents",
            "the rest of the team",
        ] {
            let found = skills(text);
            assert!(
                found
                    .iter()
                    .all(|id| !["go", "scala", "r", "c", "excel", "react", "swift", "rest"]
                        .contains(&id.as_str())),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_long_list_takes_no_longer_a_name() {
        let text = "Python, Java, Go, R, C, ".repeat(20_000);
        let mentions = mentions_in(&text, &Vocabulary::built_in());
        assert!(mentions.len() > 40_000);
        assert!(
            mentions.iter().all(|(_, at)| ["Python", "Java", "Go", "R", "C"].contains(&&text[at.clone()]))
        );
    }

    #[test]
    fn ambiguous_names_in_their_context() {
        assert!(
            skills("Engineers proficient in Go, Scala, and GraphQL")
                .starts_with(&["go".to_owned(), "scala".to_owned()])
        );
        assert!(skills("Statistics in R and Python").contains(&"r".to_owned()));
        assert!(
            skills("Word, Excel").contains(&"excel".to_owned())
                || skills("Microsoft Excel spreadsheets").iter().any(|id| id.contains("excel"))
        );
    }
}
