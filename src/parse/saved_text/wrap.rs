//! Which breaks of lines a tool made because a line was full, and which were there before.

use super::lines::{Line, Raw};
use crate::text::push_collapsed;
use std::cell::OnceCell;

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
    "web", "time", "cloud", "post", "pre", "ten", "six", "in", "out", "by", "new", "all", "ex", "anti",
    "far", "top", "big", "job", "app", "low", "on", "add",
];
/// Beginnings of words that are none of their own, though they are long.
const BEGINNINGS: &[&str] = &[
    "inter", "intro", "trans", "contro", "infor", "recom", "super", "under", "over", "micro", "tele",
    "electro",
];
/// The longest part of a word that is none of its own as a rule, in letters.
const SYLLABLE: usize = 3;
/// Ends of words that are none of their own: what stands behind the hyphen of a cut word.
const ENDINGS: &[&str] = &[
    "ment", "ments", "tion", "tions", "sion", "sions", "ing", "ings", "ly", "ity", "ities", "ance", "ence",
    "able", "ible", "ness", "ers", "ed", "ation", "ations", "ous", "ive", "gen", "ung", "ungen", "keit",
    "heit", "schaft", "lich", "lichen", "ten", "tion", "cion", "ciones", "dad", "mente", "teur", "ture",
    "tures", "nal", "cal",
];
/// The fewest letters that two words have in common which are forms of one.
const STEM: usize = 2;
/// The longest part of a word that is looked at, in bytes.
const LONGEST_PART: usize = 60;

/// How a page is wrapped.
pub(super) struct Wrap<'a> {
    /// In columns; none of a page that is not.
    width: Option<usize>,
    /// How wide its widest line is.
    widest: usize,
    text: &'a str,
    /// The words of the page in order, for those that a line's end cuts.
    words: OnceCell<Vec<&'a str>>,
    /// A word is surely cut by a line's end, and so others may be.
    hyphenates: bool,
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
        let mut wrap = Self { width, widest, text, words: OnceCell::new(), hyphenates: false };
        wrap.hyphenates = lines
            .windows(2)
            .filter(|pair| !pair[1].apart && pair[1].mark.is_none())
            .filter_map(|pair| Cut::of(pair[0].text, pair[1].text))
            .any(|cut| wrap.is_one_word(&cut) == Some(true));
        wrap
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
        self.width.is_some_and(|width| has_no_room(before, next, width))
            || (interrupts(before, next) && before.width >= self.width.map_or(WIDE, |width| width / 2))
    }

    /// Whether a line may have been broken because it was full, whatever else tells that the page was wrapped.
    pub(super) fn may_be_full(&self, line: &Raw<'_>, next: &Raw<'_>) -> bool {
        self.widest <= WIDEST && has_no_room(line, next, self.widest)
    }

    /// Appends the next line of a wrapped text. A hyphen at the end of a line goes if it only cut a word.
    pub(super) fn join(&self, text: &mut String, next: &str) {
        if text.ends_with('\u{ad}') {
            text.pop();
        } else if let Some(cut) = Cut::of(text, next) {
            if self.is_one_word(&cut).unwrap_or(self.hyphenates) {
                text.pop();
            }
        } else {
            text.push(' ');
        }
        push_collapsed(text, next);
    }

    /// Whether a word was cut, if anything tells: the page may have it elsewhere, in one piece or with a hyphen; or a form
    /// of it; or its parts, which stand alone then.
    fn is_one_word(&self, cut: &Cut<'_>) -> Option<bool> {
        let Cut { before, after } = cut;
        let joined = format!("{before}{after}");
        if self.has(&joined, true) {
            return Some(true);
        }
        if self.has(&format!("{before}-{after}"), false) || before.contains('-') {
            return Some(false);
        }
        let begins = before.to_lowercase();
        if PREFIXES.contains(&begins.as_str()) {
            return Some(false);
        }
        let is_syllable = before.chars().count() <= SYLLABLE && !self.has(before, true);
        if is_syllable
            || BEGINNINGS.contains(&begins.as_str())
            || ENDINGS.contains(after)
            || !before.contains(|c: char| "aeiouyäöüéèêáíóú".contains(c))
        {
            return Some(true);
        }
        let stem = after.char_indices().nth(STEM).map_or(after.len(), |(at, _)| at);
        if self.has(&joined[..before.len() + stem], false) {
            return Some(true);
        }
        (self.has(before, true) && self.has(after, true)).then_some(false)
    }

    /// The page has this word, or one that begins so, with a capital or without.
    fn has(&self, word: &str, whole: bool) -> bool {
        let words = self.words.get_or_init(|| {
            let mut words: Vec<&str> = self.text.split(|c| !in_word(c)).collect();
            words.sort_unstable();
            words.dedup();
            words
        });
        let has = |wanted: &str| {
            let found = words.get(words.partition_point(|word| *word < wanted));
            found.is_some_and(|found| if whole { *found == wanted } else { found.starts_with(wanted) })
        };
        let mut letters = word.chars();
        let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
        has(word) || capital.is_some_and(|capital| has(&capital))
    }
}

/// A word with a hyphen at the end of a line.
struct Cut<'t> {
    before: &'t str,
    after: &'t str,
}

impl<'t> Cut<'t> {
    fn of(text: &'t str, next: &'t str) -> Option<Self> {
        let before = text.strip_suffix(['-', '\u{2010}'])?;
        if !before.ends_with(char::is_alphabetic) || !next.starts_with(char::is_lowercase) {
            return None;
        }
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_PART))..];
        let before = &near[near.trim_end_matches(in_word).len()..];
        let after = &next[..next.floor_char_boundary(LONGEST_PART.min(next.len()))];
        let after = &after[..after.find(|c| !in_word(c)).unwrap_or(after.len())];
        Some(Self { before, after: after.trim_end_matches(['-', '\u{2010}']) })
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\u{2010}')
}

/// Whether the first word of the next line would have made a line too wide.
fn has_no_room(line: &Raw<'_>, next: &Raw<'_>, width: usize) -> bool {
    let first_word = next.text.split(char::is_whitespace).next().unwrap_or_default().chars().count();
    line.width + 1 + first_word + RAGGED > width
}

/// The end of a line stands within a sentence.
fn interrupts(before: &Raw<'_>, next: &Raw<'_>) -> bool {
    !before.text.ends_with(['.', '!', '?', ':', ';']) && next.text.starts_with(char::is_lowercase)
}
