//! What can be the name of a company, as it is written.

use super::TABLE;
use crate::annotate::pay;
use crate::annotate::skills::is_common;
use crate::text::{Word, words};
use std::ops::Range;

/// The most words of a name, and its most bytes.
const MOST_WORDS: usize = 4;
pub(super) const LONGEST_NAME: usize = 60;
/// The name that begins at a word: words with capitals that only a space or `&` joins; and the word after it.
pub(super) fn name_at(text: &str, all: &[Word<'_>], first: usize) -> Option<(Range<usize>, usize)> {
    let start = all.get(first)?.start;
    let mut end = start;
    let mut at = first;
    while let Some(word) = all.get(at) {
        let gap = if at == first { "" } else { text[end..word.start].trim() };
        let capital = word.written.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !capital
            || !matches!(gap, "" | "&" | "." | "-")
            || gap == "." && word.start > end + 1
            || at - first >= MOST_WORDS
        {
            break;
        }
        end = word.start + word.written.len();
        at += 1;
    }
    text.get(start..end).filter(|name| is_name(name)).map(|_| (start..end, at))
}

/// Whether a text can be the name of a company: a few words with capitals, none of which says that it is something else.
pub(in crate::annotate) fn is_name(name: &str) -> bool {
    let name = name.trim();
    if name.len() < 2 || name.len() > LONGEST_NAME || pay::is_place(name) || pay::names_a_role(name) {
        return false;
    }
    let all: Vec<Word<'_>> = words(name).collect();
    let is_part = |word: &Word<'_>| {
        word.written.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(word.folded.as_ref(), "of" | "and" | "de" | "und" | "et" | "com" | "io" | "ai")
    };
    (1..=MOST_WORDS).contains(&all.len())
        && all.iter().all(is_part)
        && all[0].written.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && all.iter().any(|word| word.written.chars().any(char::is_alphabetic))
        && !all.iter().any(|word| TABLE.never.contains(word.folded.as_ref()))
        && !all.iter().all(|word| TABLE.not_alone.contains(word.folded.as_ref()))
        && !(all.len() <= 2 && all.iter().all(|word| is_abstract(&word.folded)))
}

/// Whether a name could be an ordinary word with a capital: the first of a sentence ("Law pays"), behind "at" ("at
/// Grade 7"), and any German noun ("bei Frauen").
pub(super) fn may_be_a_word(name: &str, german: bool) -> bool {
    let all: Vec<Word<'_>> = words(name).collect();
    let plural = |word: &Word<'_>| german && (word.folded.ends_with("en") || word.folded.ends_with("ern"));
    let common = |word: &Word<'_>| {
        is_common(&word.folded) || plural(word) || word.folded.bytes().all(|byte| byte.is_ascii_digit())
    };
    !is_surely_a_name(name) && all.iter().all(common)
}

fn is_abstract(word: &str) -> bool {
    word.len() > 5 && TABLE.endings.iter().any(|ending| word.ends_with(ending))
}

/// A name that looks like no word of a language: BCG, GitLab, Acme GmbH.
pub(super) fn is_surely_a_name(name: &str) -> bool {
    let all: Vec<Word<'_>> = words(name).collect();
    let inner = |word: &Word<'_>| word.written.chars().skip(1).any(char::is_uppercase);
    all.iter().any(inner)
        || all.len() > 1 && all.last().is_some_and(|word| TABLE.forms.contains(word.folded.as_ref()))
}
