//! What the words and signs around a name say about it.

use super::place::Place;
use super::tells::{WORDS, is_subject};
use crate::annotate::skills::ordinary::ordinary;
use crate::annotate::skills::rule::{Rule, Shape};
use crate::text::Word;
use std::cell::OnceCell;
use std::ops::Range;

/// What stands around a name.
pub(super) struct Around<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word<'a>],
    /// Whether each word belongs to a name that was found.
    pub(super) owner: &'a [bool],
    pub(super) sentence: Range<usize>,
    pub(super) this: Range<usize>,
    pub(super) place: Place<'a>,
}

impl Around<'_> {
    /// The word behind the name in its sentence, and what separates them.
    fn next(&self) -> Option<(&Word<'_>, &str)> {
        let next = self.words.get(self.this.end).filter(|next| self.sentence.contains(&next.start))?;
        Some((next, &self.text[self.words[self.this.end - 1].end..next.start]))
    }

    /// The word before the name in its sentence, and what separates them.
    fn before(&self) -> Option<(&Word<'_>, &str)> {
        let before = self.words.get(self.this.start.checked_sub(1)?)?;
        let before = self.sentence.contains(&before.start).then_some(before)?;
        Some((before, &self.text[before.end..self.words[self.this.start].start]))
    }

    /// A capital at the beginning of a sentence says nothing: "Go through the code", "Express yourself". There a name
    /// is meant only where a list goes on after it, or a word about skills. Where skills are asked for, "or" is enough.
    pub(super) fn begins_a_clause(&self, tells_of_skills: bool) -> bool {
        let before = self.text[self.sentence.start..self.words[self.this.start].start].trim_end();
        if !(before.is_empty() || before.ends_with([':', '–', '—', '"', '“', '('])) {
            return false;
        }
        self.next().is_some_and(|(next, gap)| {
            let next = next.folded.as_ref();
            let goes_on = WORDS.joins.contains(next)
                && (self.place.asks || self.owner.get(self.this.end + 1) == Some(&true));
            let is_told = tells_of_skills && WORDS.is.contains(next);
            is_space(gap)
                && !goes_on
                && !is_told
                && !WORDS.subject.contains(next)
                && !WORDS.beside.contains(next)
        })
    }

    /// A capitalised word beside it makes it part of a longer name: "American Express", "Swift Transportation".
    pub(super) fn is_part_of_a_name(&self) -> bool {
        let next =
            self.next().is_some_and(|(next, gap)| is_space(gap) && self.is_other_name(self.this.end, next));
        next || self.before().is_some_and(|(before, gap)| {
            let at = self.this.start - 1;
            is_space(gap) && before.start > self.sentence.start && self.is_other_name(at, before)
        })
    }

    fn is_other_name(&self, at: usize, word: &Word<'_>) -> bool {
        let folded = word.folded.as_ref();
        let is_behind = at >= self.this.end && WORDS.beside.contains(folded);
        let tells = [&WORDS.subject, &WORDS.asks, &WORDS.leads, &WORDS.joins];
        Shape::of(word.written) == Shape::Capitalised
            && !self.owner[at]
            && !is_behind
            && !tells.iter().any(|words| words.contains(folded))
    }

    /// No other name stands before it, not even a word that could only begin the sentence.
    pub(super) fn stands_free(&self) -> bool {
        self.before().is_none_or(|(before, gap)| {
            let at = self.this.start - 1;
            !is_space(gap) || !self.is_other_name(at, before)
        })
    }

    /// "Go engineer", "programming language Go".
    pub(super) fn is_beside(&self) -> bool {
        let tells = |word: &Word<'_>| {
            let word = word.folded.as_ref();
            WORDS.subject.contains(word) || WORDS.beside.contains(word)
        };
        let joined = |gap: &str| is_space(gap) || gap == "-";
        self.next().is_some_and(|(next, gap)| joined(gap) && tells(next))
            || self.before().is_some_and(|(before, gap)| is_space(gap) && is_subject(before))
    }

    /// "fluent in English, French and German", "German (C1)": between the name and the word that says so stand but other
    /// names and what joins them.
    pub(super) fn is_spoken(&self) -> bool {
        let within = |at: usize| self.words.get(at).filter(|word| self.sentence.contains(&word.start));
        let passes = |at: usize, word: &Word<'_>| {
            let folded = word.folded.as_ref();
            self.owner[at] || WORDS.joins.contains(folded) || WORDS.well.contains(folded)
        };
        let tells = |mut places: Box<dyn Iterator<Item = usize>>| {
            let stop = places.find_map(|at| match within(at) {
                Some(word) if passes(at, word) => None,
                word => Some(word),
            });
            stop.flatten().is_some_and(|word| WORDS.speaks.contains(word.folded.as_ref()))
        };
        let Range { start, end } = self.this;
        tells(Box::new((start.saturating_sub(FARTHEST)..start).rev())) || tells(Box::new(end..end + FARTHEST))
    }

    /// "experience with Go", "using Excel or", and not "experience with Express checkout".
    pub(super) fn is_asked_for(&self, rule: Rule) -> bool {
        let ends = self.next().is_none_or(|(next, gap)| {
            let next = next.folded.as_ref();
            !is_space(gap)
                || WORDS.goes_on.contains(next)
                || WORDS.joins.contains(next)
                || rule != Rule::Listed && WORDS.subject.contains(next)
        });
        let Some((before, gap)) = self.before().filter(|_| ends) else { return false };
        let before = before.folded.as_ref();
        let asks = |word: &Word<'_>| {
            self.sentence.contains(&word.start) && WORDS.asks.contains(word.folded.as_ref())
        };
        let from = self.this.start.saturating_sub(5);
        is_space(gap)
            && (WORDS.uses.contains(before)
                || WORDS.leads.contains(before) && self.words[from..self.this.start].iter().any(asks))
    }
}

/// The most words between a language and the word that says that it is spoken.
const FARTHEST: usize = 12;

pub(super) fn is_space(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace)
}

/// A sign ties a word to its neighbour, and neither is a name then: "R&D", "C-level", "Open-Source", "draw.io". But
/// "Go-based" and "Excel-Kenntnisse" are about the skill.
pub(super) fn is_tied(text: &str, words: &[Word<'_>], range: &Range<usize>) -> bool {
    let (start, end) = (words[range.start].start, words[range.end - 1].end);
    let is_letter = end - start == 1;
    let before = text[..start].chars().next_back();
    let mut behind = text[end..].chars();
    let (behind, next) = (behind.next(), behind.next());
    let goes_on = next.is_some_and(char::is_alphanumeric);
    let tells = || {
        let next = words.get(range.end).map_or("", |next| next.folded.as_ref());
        WORDS.subject.contains(next) || WORDS.beside.contains(next) || WORDS.speaks.contains(next)
    };
    match (before, behind) {
        (Some('-' | '@' | '_'), _) => true,
        (Some('.'), _) => text[..start - 1].ends_with(char::is_alphanumeric),
        (_, Some('.' | '@' | '_')) => goes_on,
        (_, Some('-')) => goes_on && !tells(),
        (Some('&' | '\'' | '’'), _) | (_, Some('&' | '\'' | '’')) => is_letter,
        _ => false,
    }
}

/// A sign that begins a name ties it to a word before it: `.NET` is none in `Paint.NET`.
pub(super) fn is_glued(text: &str, these: &[Word<'_>]) -> bool {
    these.first().is_some_and(|word| {
        word.written.starts_with('.') && text[..word.start].ends_with(char::is_alphanumeric)
    })
}

/// Whether a text is all in capitals, looked at once.
#[derive(Default)]
pub(in crate::annotate) struct Shouted(OnceCell<bool>);

impl Shouted {
    fn get(&self, text: &str) -> bool {
        *self.0.get_or_init(|| !text.chars().any(char::is_lowercase))
    }
}

/// Capitals say nothing where all is in capitals: "THE REST OF THE TEAM".
pub(super) fn is_shouted(shouted: &Shouted, text: &str, these: &[Word<'_>]) -> bool {
    let shouts = |word: &Word<'_>| Shape::of(word.written) == Shape::Upper;
    these.iter().all(|word| shouts(word) && ordinary(&word.folded).is_some())
        && shouted.get(text)
        && these.iter().map(|word| word.end - word.start).sum::<usize>() + 2 < text.trim().len()
}

/// A field within the name of an institution: "Bureau of Labor Statistics", "Accounting Standards Board".
pub(super) fn is_of_an_institution(text: &str, words: &[Word<'_>], range: &Range<usize>) -> bool {
    let is_capitalised = |word: &Word<'_>| word.written.starts_with(char::is_uppercase);
    if !is_capitalised(&words[range.start]) {
        return false;
    }
    let runs_on = |left: &Word<'_>, right: &Word<'_>| matches!(text[left.end..right.start].trim(), "" | "&");
    let mut connected = false;
    for at in (range.start.saturating_sub(6)..range.start).rev() {
        let word = &words[at];
        if !runs_on(word, &words[at + 1]) {
            break;
        }
        let connects = WORDS.connects.contains(word.folded.as_ref());
        connected |= connects;
        if connected && is_capitalised(word) && WORDS.institution.contains(word.folded.as_ref()) {
            return true;
        }
        if !connects && !is_capitalised(word) {
            break;
        }
    }
    let behind = words.iter().enumerate().skip(range.end).take(3);
    let mut behind = behind.take_while(|(at, word)| is_capitalised(word) && runs_on(&words[at - 1], word));
    behind.any(|(_, word)| WORDS.institution_end.contains(word.folded.as_ref()))
}
