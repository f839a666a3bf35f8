//! What a question is after besides its words: "how much does a nurse earn" asks for what is said of pay. Its frame is no
//! content and need not be on a page; sections of the kind answer it. "Salary" in "nurse salary" is content: a section of
//! that kind has it, whatever it is called there.
//!
//! `intents.tsv` has the wordings. `…` stands for up to six words, `^` and `$` for the beginning and end of the question,
//! and what begins with `+` is content.

use super::{Clause, Expr, Query, Shape, Want, is_stop_word_of};
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
    /// Takes the frame of a question out of what pages should have, and adds what it is after.
    pub(super) fn follow_intents(&mut self, top: &mut Vec<Clause>, analyzers: &[Analyzer]) {
        // The words with the clauses that they are of; what is quoted and the like stands between them.
        let mut words: Vec<(&str, Option<usize>)> = Vec::new();
        for (at, clause) in top.iter().enumerate() {
            match clause.expr {
                Expr::Want(bit) if self.wants[bit].shape == Shape::Word && self.wants[bit].is_plain() => {
                    words.extend(self.wants[bit].folded.iter().map(|word| (word.as_str(), Some(at))));
                }
                _ => words.push(("", None)),
            }
        }
        let is_stop = |word: &str| analyzers.iter().any(|&analyzer| is_stop_word_of(analyzer, word));
        let texts: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let intents = intents(&texts, &is_stop);
        let mut framed = vec![false; words.len()];
        intents
            .iter()
            .filter(|intent| !intent.is_content)
            .flat_map(|intent| &intent.words)
            .for_each(|&word| framed[word] = true);
        let clauses_of = |intent: &Intent| {
            let mut clauses: Vec<usize> = intent.words.iter().filter_map(|&word| words[word].1).collect();
            clauses.dedup();
            clauses
        };
        let is_content = |word: usize| !framed[word] && !(is_stop(words[word].0) && words[word].1.is_some());
        let has_content = (0..words.len()).any(is_content);
        let mut left_out: Vec<usize> = Vec::new();
        let mut topics: Vec<(String, &'static [String])> = Vec::new();
        let mut kept: Vec<(usize, String)> = Vec::new();
        for intent in &intents {
            let clauses = clauses_of(intent);
            let text = clauses.iter().map(|&at| top[at].text.as_str()).collect::<Vec<_>>().join(" ");
            if let Some(first) = intent.topics.first() {
                if intent.is_content {
                    kept.extend(clauses.iter().map(|&at| (at, first.clone())));
                }
                topics.push((text, intent.topics));
            }
            // A word like "day-to-day" is left out only with all its parts.
            let is_framed = |at: &usize| {
                let mut of_clause = words.iter().zip(&framed).filter(|((_, of), _)| *of == Some(*at));
                of_clause.all(|(_, framed)| *framed)
            };
            if !intent.is_content && has_content {
                let whole = clauses.into_iter().filter(is_framed);
                left_out.extend(whole);
            }
        }
        drop(words);
        for (at, topic) in kept {
            if let Expr::Want(bit) = top[at].expr {
                self.wants[bit].topics.push(topic);
            }
        }
        for (text, topics) in topics {
            self.add_topic(text, topics);
        }
        left_out.sort_unstable();
        for at in left_out.into_iter().rev() {
            let clause = top.remove(at);
            if let Expr::Want(bit) = clause.expr {
                self.positive &= !(1 << bit);
                self.wants[bit].forms.clear();
            }
        }
    }

    /// Adds a kind of section that answers the question, if it is there.
    fn add_topic(&mut self, text: String, topics: &[String]) {
        let bit = self.wants.len();
        if bit >= MOST_WANTS
            || self.wants.iter().any(|want| want.shape == Shape::Topic && want.topics == topics)
        {
            return;
        }
        self.positive |= 1 << bit;
        self.optional |= 1 << bit;
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
