//! Which breaks of lines a tool made because a line was full, and which were there before.

use super::lines::{Line, Raw};
use crate::text::push_collapsed;
use std::cell::OnceCell;
use std::collections::HashSet;

/// The widest lines that a tool wraps, in columns.
const WIDEST: usize = 132;
/// How many columns short of the widest a full line may be.
const RAGGED: usize = 8;
/// The narrowest line whose sentence goes on below it, although nothing tells that the page was wrapped.
const WIDE: usize = 56;
/// Words before a hyphen that belongs there.
const PREFIXES: &[&str] = &[
    "self", "non", "cross", "multi", "long", "short", "full", "part", "high", "low", "well", "end", "front",
    "back", "on", "off", "real", "hands", "decision", "problem", "client", "customer", "data", "third",
    "one", "two", "open", "co", "large", "small", "entry", "mid", "up", "follow", "day", "test", "user",
    "web", "time", "cloud", "post", "pre",
];

/// How a page is wrapped.
pub(super) struct Wrap<'a> {
    /// In columns; none of a page that is not.
    width: Option<usize>,
    text: &'a str,
    /// The words of the page, for those that a line's end cuts.
    words: OnceCell<HashSet<&'a str>>,
}

impl<'a> Wrap<'a> {
    /// A page is wrapped if no line is very wide and sentences go on from line to line.
    pub(super) fn of(lines: &[Raw<'_>], text: &'a str) -> Self {
        let widest = lines.iter().map(|line| line.width).max().unwrap_or(0);
        let mut breaks = 0_usize;
        let mut within = 0_usize;
        for pair in lines.windows(2).filter(|pair| !pair[1].apart && pair[1].mark.is_none()) {
            breaks += 1;
            within += usize::from(interrupts(&pair[0], &pair[1]) && 2 * pair[0].width > widest);
        }
        let width = (widest <= WIDEST && within > 0 && 5 * within >= breaks).then_some(widest);
        Self { width, text, words: OnceCell::new() }
    }

    /// Whether the text of a line, which ended with `before`, goes on with `next`.
    pub(super) fn continues(&self, line: &Line<'_>, before: &Raw<'_>, next: &Raw<'_>) -> bool {
        if next.apart || next.mark.is_some() || next.underlined || before.underlined || line.text.is_empty() {
            return false;
        }
        if before.text.contains('\t') || next.text.contains('\t') || next.text.starts_with('#') {
            return false;
        }
        if line.mark.is_some() && next.indent > line.indent {
            return true;
        }
        let first_word = next.text.split(char::is_whitespace).next().unwrap_or_default().chars().count();
        let full = self.width.is_some_and(|width| before.width + 1 + first_word + RAGGED > width);
        full || (interrupts(before, next) && before.width >= self.width.map_or(WIDE, |width| width / 2))
    }

    /// Appends the next line of a wrapped text. A hyphen at the end of a line goes if it only cut a word.
    pub(super) fn join(&self, text: &mut String, next: &str) {
        if text.ends_with('\u{ad}') {
            text.pop();
        } else if self.is_cut(text, next) {
            if self.only_cuts(text, next) {
                text.pop();
            }
        } else {
            text.push(' ');
        }
        push_collapsed(text, next);
    }

    fn is_cut(&self, text: &str, next: &str) -> bool {
        text.strip_suffix(['-', '\u{2010}']).is_some_and(|word| word.ends_with(char::is_alphabetic))
            && next.starts_with(char::is_lowercase)
    }

    /// The page may have the word elsewhere, in one piece or with a hyphen.
    fn only_cuts(&self, text: &str, next: &str) -> bool {
        let start = text.trim_end_matches(in_word).len();
        let before = text[start..].trim_end_matches(['-', '\u{2010}']);
        let after = &next[..next.find(|c| !in_word(c)).unwrap_or(next.len())];
        let words = self.words.get_or_init(|| self.text.split(|c| !in_word(c)).collect());
        if words.contains(format!("{before}{after}").as_str()) {
            return true;
        }
        let is_known = words.contains(format!("{before}-{after}").as_str());
        !is_known && !before.contains('-') && !PREFIXES.contains(&before.to_lowercase().as_str())
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\u{2010}')
}

/// The end of a line stands within a sentence.
fn interrupts(before: &Raw<'_>, next: &Raw<'_>) -> bool {
    !before.text.ends_with(['.', '!', '?', ':', ';']) && next.text.starts_with(char::is_lowercase)
}
