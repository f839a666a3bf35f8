//! What a question is after besides its words: "how much does a nurse earn" asks for what is said of pay. Its frame is no
//! content and need not be on a page; sections of the kind answer it. "Salary" in "nurse salary" is content: a section of
//! that kind has it, whatever it is called there.
//!
//! `intents.tsv` has the wordings. `…` stands for up to six words, `^` and `$` for the beginning and end of the question,
//! and what begins with `+` is content.

use super::{Expr, Query, Shape, StopWords, Want};
use crate::index::Analyzer;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Wants are bits of a word.
const MOST_WANTS: usize = 64;
/// How many words may stand in a gap.
const LONGEST_GAP: usize = 6;

/// What was found in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Intent {
    /// The kinds of section that answer it, that which is named first.
    pub(super) topics: &'static [String],
    /// The places of the words that say so, in order.
    pub(super) words: Vec<usize>,
    /// The words are content.
    pub(super) is_content: bool,
}

/// Parts of a wording.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    Gap,
}

#[derive(Debug)]
struct Wording {
    topics: usize,
    parts: Vec<Part>,
    at_beginning: bool,
    at_end: bool,
    is_content: bool,
}

struct Table {
    topics: Vec<Vec<String>>,
    /// By their first word, those of most words first.
    wordings: HashMap<String, Vec<Wording>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { topics: Vec::new(), wordings: HashMap::new() };
    for line in include_str!("intents.tsv").lines().skip(1) {
        let Some((topics, wordings)) = line.split_once('\t') else { continue };
        let topics = topics.split(' ').filter(|topic| *topic != "-").map(str::to_owned).collect();
        for wording in wordings.split('|') {
            let (wording, is_content) = (wording.trim_start_matches('+'), wording.starts_with('+'));
            let (at_beginning, at_end) = (wording.starts_with('^'), wording.ends_with('$'));
            let part = |part: &str| if part == "…" { Part::Gap } else { Part::Word(part.to_owned()) };
            let parts: Vec<Part> = wording.trim_matches(['^', '$']).split(' ').map(part).collect();
            let Some(Part::Word(first)) = parts.first() else { continue };
            let of_first = table.wordings.entry(first.clone()).or_default();
            let topics = table.topics.len();
            of_first.push(Wording { topics, parts, at_beginning, at_end, is_content });
        }
        table.topics.push(topics);
    }
    for wordings in table.wordings.values_mut() {
        wordings.sort_by_key(|wording| std::cmp::Reverse(wording.parts.len()));
    }
    table
});

/// What a question of these words is after; `is_stop` says of a word whether it is no content anyway. Each word is of at
/// most one intent.
pub(super) fn intents(words: &[&str], is_stop: &impl Fn(&str) -> bool) -> Vec<Intent> {
    let mut taken = vec![false; words.len()];
    let mut found: Vec<Intent> = Vec::new();
    for is_content in [false, true] {
        for start in 0..words.len() {
            let wordings = TABLE.wordings.get(words[start]).map_or(&[][..], Vec::as_slice);
            for wording in wordings.iter().filter(|wording| wording.is_content == is_content) {
                let Some(places) = wording.places(words, start, &taken) else { continue };
                if is_content && !stands_free(words, &places, is_stop) {
                    continue;
                }
                places.iter().for_each(|&place| taken[place] = true);
                let topics = &TABLE.topics[wording.topics];
                found.push(Intent { topics, words: places, is_content });
                break;
            }
        }
    }
    found
}

/// Whether what is content is a topic: at the beginning or the end, or before "of", "for" and the like. Before another word
/// it says what kind of thing that is: an education manager is no education.
fn stands_free(words: &[&str], places: &[usize], is_stop: &impl Fn(&str) -> bool) -> bool {
    let next = places.last().map_or(0, |last| last + 1);
    places.first() == Some(&0) || words.get(next).is_none_or(|next| is_stop(next))
}

impl Query {
    /// Takes the frame of a question out of its parts and adds what it is after; what names a kind of section need not be
    /// there word for word, if there is something else to look for.
    pub(super) fn follow_intents(
        &mut self,
        parts: &mut Vec<(String, Expr)>,
        analyzers: &[Analyzer],
        stop_words: &StopWords,
    ) {
        // The words with the parts that they are of; what is quoted and the like stands between them.
        let mut words: Vec<(&str, usize)> = Vec::new();
        for (at, (_, expr)) in parts.iter().enumerate() {
            match expr {
                Expr::Want(bit) if self.wants[*bit].shape == Shape::Word && self.wants[*bit].is_plain() => {
                    words.extend(self.wants[*bit].folded.iter().map(|word| (word.as_str(), at)));
                }
                _ => words.push(("", at)),
            }
        }
        let is_stop = |word: &str| analyzers.iter().any(|&analyzer| stop_words.has(word, analyzer));
        let texts: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let intents = intents(&texts, &is_stop);
        let mut said = vec![false; words.len()];
        intents.iter().flat_map(|intent| &intent.words).for_each(|&word| said[word] = true);
        let has_content = words.iter().zip(&said).any(|((word, _), said)| !said && !is_stop(word));
        // A word like "day-to-day" is said only with all its parts.
        let is_said = |part: usize| words.iter().zip(&said).all(|((_, of), said)| *of != part || *said);
        let mut left_out: Vec<(usize, bool)> = Vec::new();
        let mut found = Vec::new();
        for intent in intents {
            let mut of: Vec<usize> = intent.words.iter().map(|&word| words[word].1).collect();
            of.dedup();
            let text: Vec<&str> = of.iter().map(|&part| parts[part].0.as_str()).collect();
            found.push((text.join(" "), intent.topics, intent.is_content.then_some(of[0])));
            if has_content {
                left_out.extend(
                    of.into_iter().filter(|&part| is_said(part)).map(|part| (part, intent.is_content)),
                );
            }
        }
        for (text, topics, content) in found {
            match content.map(|part| &parts[part].1) {
                Some(&Expr::Want(bit)) => {
                    let wanted = if has_content { topics.len() } else { 1 };
                    self.wants[bit].topics = topics[..wanted.min(topics.len())].to_vec();
                }
                _ => self.add_topic(text, topics),
            }
        }
        left_out.sort_unstable();
        for (part, is_content) in left_out.into_iter().rev() {
            let (text, expr) = parts.remove(part);
            let Expr::Want(bit) = expr else { continue };
            if is_content {
                self.positive |= 1 << bit.min(63);
                self.optional |= 1 << bit.min(63);
            } else if !parts.iter().any(|(_, expr)| expr.has(bit)) {
                self.wants[bit].forms.clear();
                self.framed.push(text);
            }
        }
        // What is asked for elsewhere as well has to be there.
        let needed = parts.iter().fold(0, |needed, (_, expr)| needed | expr.positive());
        self.optional &= !needed;
    }

    /// Adds a kind of section that answers the question, if it is there.
    fn add_topic(&mut self, text: String, topics: &[String]) {
        let bit = self.wants.len();
        if topics.is_empty()
            || bit >= MOST_WANTS
            || self.wants.iter().any(|want| want.shape == Shape::Topic && want.topics == topics)
        {
            return;
        }
        self.positive |= 1 << bit.min(63);
        self.optional |= 1 << bit.min(63);
        let topics = topics.to_vec();
        self.wants.push(Want { text, topics, ..Want::nothing(Shape::Topic) });
    }
}

impl Wording {
    /// The places of its words where it begins at `start`.
    fn places(&self, words: &[&str], start: usize, taken: &[bool]) -> Option<Vec<usize>> {
        if self.at_beginning && start != 0 {
            return None;
        }
        let mut places = Vec::new();
        let (mut at, mut gap) = (start, false);
        for part in &self.parts {
            let Part::Word(word) = part else {
                gap = true;
                continue;
            };
            let furthest = if gap { at + 1 + LONGEST_GAP } else { at + 1 }.min(words.len());
            let first = if gap { at + 1 } else { at };
            let place = (first..furthest).find(|&place| words[place] == *word && !taken[place])?;
            places.push(place);
            (at, gap) = (place + 1, false);
        }
        (!self.at_end || at == words.len()).then_some(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(question: &str) -> Vec<(String, String)> {
        let words: Vec<&str> = question.split(' ').collect();
        let of = |intent: &Intent| {
            let said: Vec<&str> = intent.words.iter().map(|&place| words[place]).collect();
            (intent.topics.first().cloned().unwrap_or_default(), said.join(" "))
        };
        intents(&words, &|word| ["a", "for", "of", "and"].contains(&word)).iter().map(of).collect()
    }

    #[test]
    fn frames_and_topics() {
        let is = |question: &str, expected: &[(&str, &str)]| {
            let found = found(question);
            let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected, "{question}");
        };
        is("how much does a data engineer earn", &[("salary", "how much does earn")]);
        is("what does a product manager do all day", &[("responsibilities", "what does do all day")]);
        is("how to become a nurse", &[("career-path", "how to become")]);
        is("nurse salary", &[("salary", "salary")]);
        is("skills for a nurse and salary", &[("skills", "skills"), ("salary", "salary")]);
        is("combien gagne un data engineer", &[("salary", "combien gagne")]);
        is("wie wird man pilot", &[("career-path", "wie wird man")]);
        is("remote jobs", &[("", "jobs")]);
        is("the education manager", &[]);
        is("nurse", &[]);
    }

    #[test]
    fn every_wording_can_be_found() {
        for (first, wordings) in &TABLE.wordings {
            for wording in wordings {
                let mut words = Vec::new();
                for part in &wording.parts {
                    words.push(match part {
                        Part::Word(word) => word.as_str(),
                        Part::Gap => "nurse",
                    });
                }
                assert_eq!(words[0], first);
                let places = wording.places(&words, 0, &vec![false; words.len()]).unwrap_or_default();
                assert_eq!(
                    places.len(),
                    words.iter().filter(|word| **word != "nurse").count(),
                    "{wording:?}"
                );
                for word in words {
                    assert_eq!(crate::text::fold(word), word, "words are compared folded");
                }
            }
        }
    }

    #[test]
    fn topics_are_kinds_of_section() {
        for topic in TABLE.topics.iter().flatten() {
            assert!(crate::model::SectionKind::from_id(topic).is_some(), "{topic}");
        }
    }
}
