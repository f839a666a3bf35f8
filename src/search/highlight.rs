//! Which stretches of a text answer the question: its words in any form, phrases as one stretch, other names of a
//! skill that it names, in the language of the page. By bytes here; answers count code points.

use super::query::{Field, Form, Query, Shape, Want};
use super::response::{HighlightKind, Span};
use crate::index::{Analyzer, Beginnings, Quotable};
use crate::text;
use std::ops::Range;
use std::rc::Rc;

/// A stretch of a text that answers the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark<'q> {
    /// In bytes of the text.
    pub(super) range: Range<usize>,
    /// Which word of the question.
    pub(super) want: usize,
    /// The words of the question that it answers, as they stand there.
    pub(super) term: &'q str,
    pub(super) kind: HighlightKind,
}

/// Finds the marks of one question in texts of one language.
pub(super) struct Highlighter<'q> {
    analyzer: Analyzer,
    /// By term; few, so that they are looked through faster than hashed.
    words: Vec<(&'q str, Sought<'q>)>,
    phrases: Vec<(Sought<'q>, &'q [String], usize)>,
    prefixes: Vec<(Sought<'q>, &'q str)>,
    /// By id: the word, and all the words that name it.
    skills: Vec<(&'q str, (usize, &'q str))>,
    rarity: &'q [f32],
    /// How the words that are looked for begin.
    beginnings: Beginnings,
}

/// A want that can be marked.
#[derive(Clone, Copy)]
struct Sought<'q> {
    want: usize,
    text: &'q str,
    /// It is looked for in titles only.
    in_title: bool,
    kind: HighlightKind,
}

impl<'q> Highlighter<'q> {
    /// What is excluded is never marked, and what is looked for in headings only not in texts. `rarity` says how much
    /// each word tells.
    pub(super) fn new(query: &'q Query, analyzer: Analyzer, rarity: &'q [f32]) -> Self {
        let mut highlighter = Self {
            analyzer,
            words: Vec::new(),
            phrases: Vec::new(),
            prefixes: Vec::new(),
            skills: Vec::new(),
            rarity,
            beginnings: Beginnings::of(analyzer),
        };
        for (index, want) in query.wants.iter().enumerate().filter(|(bit, _)| query.is_positive(*bit)) {
            highlighter.add(index, want);
        }
        highlighter
    }

    fn add(&mut self, index: usize, want: &'q Want) {
        for skill in &want.skills {
            if look_up(&self.skills, &skill.id).is_none() {
                self.skills.push((&skill.id, (index, &skill.text)));
            }
        }
        let sought = Sought {
            want: index,
            text: &want.text,
            in_title: want.field == Some(Field::Role),
            kind: HighlightKind::Exact,
        };
        if !sought.in_title && want.field.is_some() {
            return;
        }
        want.forms.iter().for_each(|form| self.add_form(sought, want.shape, form));
        for other in &want.others {
            let in_title = sought.in_title || other.in_role;
            let sought = Sought { in_title, kind: other.kind, ..sought };
            other.forms.iter().for_each(|form| self.add_form(sought, other.shape, form));
        }
        let near = Sought { in_title: true, kind: HighlightKind::Synonym, ..sought };
        for (_, term, _) in want.hints.iter().filter(|(analyzer, ..)| *analyzer == self.analyzer) {
            self.beginnings.add(term);
            if look_up(&self.words, term).is_none() {
                self.words.push((term, near));
            }
        }
    }

    fn add_form(&mut self, sought: Sought<'q>, shape: Shape, form: &'q Form) {
        if form.analyzer != self.analyzer {
            return;
        }
        match (form.terms.as_slice(), shape) {
            ([prefix], Shape::Prefix) => self.beginnings.add_prefix(prefix),
            (terms, _) => terms.iter().for_each(|term| self.beginnings.add(term)),
        }
        match (form.terms.as_slice(), shape) {
            ([prefix], Shape::Prefix) => self.prefixes.push((sought, prefix)),
            ([term], _) => match self.words.iter_mut().find(|(known, _)| *known == term.as_str()) {
                Some((_, known)) if known.in_title || known.kind > sought.kind => *known = sought,
                Some(_) => {}
                None => self.words.push((term, sought)),
            },
            (terms, Shape::Phrase { slop }) => self.phrases.push((sought, terms, slop as usize)),
            (terms, _) => self.phrases.push((sought, terms, 0)),
        }
    }

    /// The marks of a title, in order and without overlap.
    pub(super) fn marks(&self, title: &str) -> Vec<Mark<'q>> {
        Self::settle(self.matches(title, true))
    }

    /// The marks of a section's block, with the skills that are named there.
    pub(super) fn marks_of_block(&self, section: &Quotable<'_>, block: usize) -> Vec<Mark<'q>> {
        let text = section.blocks()[block].text;
        let mut marks = self.matches(text, false);
        if !self.marks_skills() {
            return Self::settle(marks);
        }
        let first = section.named.partition_point(|named| named.block.is_none_or(|at| (at as usize) < block));
        let here = section.named[first..]
            .iter()
            .take_while(|named| named.block.is_some_and(|at| at as usize == block));
        for named in here {
            let Some(&(want, term)) = look_up(&self.skills, named.id) else { continue };
            let range = named.start as usize..named.end as usize;
            if text.get(range.clone()).is_some() {
                marks.push(Mark { range, want, term, kind: HighlightKind::Synonym });
            }
        }
        Self::settle(marks)
    }

    /// Whether it marks skills where a section names them.
    pub(super) fn marks_skills(&self) -> bool {
        !self.skills.is_empty()
    }

    /// How much each word of the question tells.
    pub(super) fn rarity(&self) -> &[f32] {
        self.rarity
    }

    /// Whether nothing could be marked in any text.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty() && self.prefixes.is_empty() && self.skills.is_empty()
    }

    fn matches(&self, text: &str, is_title: bool) -> Vec<Mark<'q>> {
        let mut marks = Vec::new();
        if self.words.is_empty() && self.phrases.is_empty() && self.prefixes.is_empty() {
            return marks;
        }
        let mut mark = |sought: &Sought<'q>, range: Range<usize>| {
            if is_title || !sought.in_title {
                let Sought { want, text: term, kind, .. } = *sought;
                marks.push(Mark { range, want, term, kind });
            }
        };
        let terms = self.analyzer.terms_beginning(text, &self.beginnings);
        if self.prefixes.is_empty() && self.phrases.is_empty() {
            for (_, range, word) in terms {
                if let Some(sought) = look_up(&self.words, &word) {
                    mark(sought, range);
                }
            }
            return marks;
        }
        let terms: Vec<(usize, Range<usize>, Rc<str>)> = terms.collect();
        for (at, (_, range, word)) in terms.iter().enumerate() {
            if let Some(sought) = look_up(&self.words, word) {
                mark(sought, range.clone());
            }
            for (sought, prefix) in &self.prefixes {
                if text::fold(&text[range.clone()]).starts_with(prefix) {
                    mark(sought, range.clone());
                }
            }
            for (sought, phrase, slop) in &self.phrases {
                if let Some(end) = end_of_phrase(&terms[at..], phrase, *slop) {
                    mark(sought, range.start..end);
                }
            }
        }
        marks
    }

    /// Of marks that overlap, the longer stays, and of two as long the one that says more surely.
    fn settle(mut marks: Vec<Mark<'q>>) -> Vec<Mark<'q>> {
        if marks.len() < 2 {
            return marks;
        }
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end), mark.kind));
        let mut settled: Vec<Mark<'q>> = Vec::with_capacity(marks.len());
        for mark in marks {
            match settled.last_mut() {
                Some(last) if last.range.end > mark.range.start => {
                    // A word within another name of a skill: the word itself is what was asked for.
                    if last.kind > mark.kind && mark.kind == HighlightKind::Exact {
                        *last = mark;
                    }
                }
                _ => settled.push(mark),
            }
        }
        settled
    }
}

/// The value of a term.
fn look_up<'t, T>(terms: &'t [(&str, T)], term: &str) -> Option<&'t T> {
    terms.iter().find(|(known, _)| *known == term).map(|(_, value)| value)
}

/// Where a phrase ends that begins with the first of these terms, with at most `slop` other words within; each term with
/// how many words are before it.
fn end_of_phrase(terms: &[(usize, Range<usize>, Rc<str>)], phrase: &[String], slop: usize) -> Option<usize> {
    let mut wanted = phrase.iter();
    let ((start, _, first), mut next) = (terms.first()?, wanted.next()?);
    if **first != **next {
        return None;
    }
    let within = start + phrase.len() + slop;
    for (_, range, term) in terms.iter().take_while(|(at, ..)| *at < within) {
        if **term == **next {
            match wanted.next() {
                Some(following) => next = following,
                None => return Some(range.end),
            }
        }
    }
    None
}

/// Bytes of a text as code points; `ranges` in order and apart.
pub(super) fn spans(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Span> {
    let (mut byte, mut point) = (0, 0);
    let mut count_to = |to: usize| {
        point += text[byte..to].chars().count();
        byte = to;
        point
    };
    ranges.map(|range| Span { start: count_to(range.start), end: count_to(range.end) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Vocabulary;
    use crate::search::query::StopWords;

    fn marked<'t>(question: &str, text: &'t str) -> Vec<&'t str> {
        let analyzer = Analyzer::default();
        let query = Query::parse(question, &Vocabulary::built_in(), &[analyzer], &StopWords::default());
        Highlighter::new(&query, analyzer, &[])
            .marks(text)
            .into_iter()
            .map(|mark| &text[mark.range])
            .collect()
    }

    #[test]
    fn words_in_any_form_and_phrases_as_one() {
        assert_eq!(
            marked("manage teams", "Managing a team; teams managed"),
            ["Managing", "team", "teams", "managed"]
        );
        assert_eq!(
            marked("\"software development\"", "software-development of Software, developments"),
            ["software-development", "Software, developments"]
        );
        assert_eq!(marked("CI/CD C++ .NET", "ci-cd, C++ and .NET in C"), ["ci-cd", "C++", ".NET"]);
        assert_eq!(marked("plimvok -\"snordax plimvok\" -other", "other snordax plimvok"), ["plimvok"]);
    }

    #[test]
    fn code_points() {
        assert_eq!(spans("🚀é x", std::iter::once(7..8)), [Span { start: 3, end: 4 }]);
    }
}
