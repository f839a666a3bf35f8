//! Where a new block begins within a line, behind a space or none: what speaks for it, and how much.
//!
//! A sentence begins where none has ended: a capital within a word, a word that begins sentences or that a verb follows
//! (the table `glue.tsv`). Names have capitals too ("JavaScript", "ASP.Net", "Web Services"), so that a capital alone
//! says little.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The fewest words of a block that was glued on.
pub(super) const FEWEST: usize = 3;
/// The longest word within which a sentence is looked for, in bytes.
const LONGEST_WORD: usize = 60;
/// What speaks for the beginning of a sentence beyond doubt.
pub(super) const SURE: u32 = 5;
/// A verb behind its first word speaks for a sentence.
pub(super) const LIKELY: u32 = 4;

/// Words that go on behind a comma, but not with another thing of the same kind.
const SUBORDINATE: &[&str] =
    &["since", "because", "although", "but", "so", "which", "who", "where", "when", "while"];
/// What follows a full stop within a name.
const ENDS_OF_NAMES: &[&str] = &["net", "js", "io", "ai", "com", "org", "py"];

/// What words tell of where a sentence begins.
struct Words {
    /// They begin a sentence rather than a name.
    begins: HashSet<&'static str>,
    /// They are parts of names too: "OneNote", "LinkedIn".
    in_names: HashSet<&'static str>,
    /// They do not end an item: what follows them goes on.
    goes_on: HashSet<&'static str>,
    /// The word before them is a sentence's first.
    verbs: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &str| {
        let rows = include_str!("glue.tsv").lines().skip(1).map(|line| line.split('\t'));
        let wanted = rows.filter_map(|mut row| (row.next() == Some(wanted)).then(|| row.nth(1)).flatten());
        wanted.flat_map(|words| words.split(' ')).collect()
    };
    Words { begins: of("begins"), in_names: of("in-names"), goes_on: of("goes-on"), verbs: of("verb") }
});

/// Where a block may begin in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    /// In bytes.
    pub(super) at: usize,
    /// Which word it begins with, or within.
    pub(super) word: usize,
    /// How much speaks for it.
    pub(super) weight: u32,
    /// The word before it is written as a name is.
    pub(super) behind_name: bool,
}

/// Where a sentence begins within a word, the space before it lost: "teamsThese trends", "repaired.Junior testers".
pub(super) fn within_word(words: &[(usize, &str)]) -> Option<Beginning> {
    words.iter().enumerate().find_map(|(index, &(start, word))| {
        if words.len() - index < FEWEST || word.len() > LONGEST_WORD {
            return None;
        }
        let next = words.get(index + 1).map_or("", |&(_, next)| next);
        word.char_indices().skip(1).find_map(|(at, after)| {
            let weight = Within::of(&word[..at], &word[at..], after, next)?.weight();
            let behind_name = word.starts_with(char::is_uppercase);
            (weight > 0).then_some(Beginning { at: start + at, word: index, weight, behind_name })
        })
    })
}

/// A word that may be the end of a block and the first word of the next.
struct Within<'a> {
    head: &'a str,
    before: char,
    tail: &'a str,
    after: char,
    next: &'a str,
    /// The tail as it compares.
    first: String,
}

impl<'a> Within<'a> {
    fn of(head: &'a str, tail: &'a str, after: char, next: &'a str) -> Option<Self> {
        let can_begin = after.is_uppercase() || matches!(after, '$' | '€' | '£' | '“' | '"' | '„' | '«');
        let before = head.chars().next_back().filter(|_| can_begin)?;
        Some(Self { head, before, tail, after, next, first: plain(tail) })
    }

    fn weight(&self) -> u32 {
        let (length, behind) = (self.head.chars().count(), self.first.chars().count());
        let small = self.head.chars().all(char::is_lowercase);
        let opens = WORDS.begins.contains(self.first.as_str());
        let begins = opens || gerund(&self.first);
        let signs = if begins || length > 3 && small { "'’-,:" } else { "'’-" };
        let in_word = |c: char| c.is_lowercase() || signs.contains(c);
        let is_word =
            self.after.is_uppercase() && self.tail.chars().skip(1).all(in_word) && (begins || behind > 2);
        let goes_on = self.next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let by_verb = goes_on && behind > 3 && WORDS.verbs.contains(plain(self.next).as_str());
        let sure = |is_so: bool| if is_so { SURE } else { 0 };
        let likely = |is_so: bool| if is_so { LIKELY } else { 0 };
        if self.before.is_lowercase() {
            let begins_with_capital = |text: &str| {
                text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
            };
            let in_names = WORDS.in_names.contains(self.first.as_str());
            // "JavaScript" and "LinkedIn" are names; their first letter tells.
            if begins_with_capital(self.head) {
                let joined = matches!(self.next, "and" | "or" | "und" | "oder" | "et" | "y");
                let is_one = is_word && goes_on && behind > 2 && !joined && !in_names;
                return sure(is_one && opens).max(likely(is_one && (begins || self.next == "the")));
            }
            let amount = matches!(self.after, '$' | '€' | '£')
                && self.tail.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
            return sure(length > 2 && amount || length > 1 && is_word && begins && (goes_on || !in_names))
                .max(likely(length > 2 && is_word && goes_on));
        }
        if self.before.is_uppercase() {
            // "SREs" and "DBAs" are one word.
            let is_acronym = length > 1 && behind > 2 && self.head.chars().all(char::is_uppercase);
            return sure(is_acronym && is_word && opens && goes_on)
                .max(likely(is_acronym && is_word && by_verb));
        }
        if self.before.is_ascii_digit() {
            return sure(is_word && goes_on && opens)
                .max(likely(is_word && goes_on && (by_verb || behind > 5)));
        }
        self.behind_sign(is_word, opens, goes_on)
    }

    /// Behind a full stop, a closing bracket and the like.
    fn behind_sign(&self, is_word: bool, opens: bool, goes_on: bool) -> u32 {
        let stem = self.head.trim_end_matches(|c: char| !c.is_alphanumeric());
        if stem.chars().count() < 2 || self.head.starts_with(['(', '[', '"', '“']) {
            return 0;
        }
        let quotes = matches!(self.after, '“' | '"' | '„' | '«')
            && self.tail.chars().nth(1).is_some_and(char::is_uppercase);
        match self.before {
            '.' if quotes => SURE,
            '.' | '?' | '!' | ')' | '”' | '"' | '’' | '%' | '+' | ';' | '…' if opens && is_word => SURE,
            '?' | '!' if self.after.is_uppercase() && goes_on => LIKELY,
            // "ASP.Net"
            '.' if ENDS_OF_NAMES.contains(&self.first.as_str()) => 0,
            '.' | ')' | '”' | '"' | '’' | ';' | '…' if is_word && (goes_on || self.next.is_empty()) => {
                LIKELY
            }
            _ => 0,
        }
    }
}

/// Where a sentence begins behind words that end without one, before `end`: where most speaks for it.
pub(super) fn within_sentence(words: &[(usize, &str)], end: usize) -> Option<Beginning> {
    let mut best: Option<Beginning> = None;
    let mut open = 0_usize; // Brackets: no sentence begins within them.
    for (index, pair) in words.windows(2).enumerate() {
        let [(_, before), (start, word)] = pair else { continue };
        let followed = words.len() - index - 1;
        if *start >= end || followed < FEWEST {
            break;
        }
        open = (open + before.matches('(').count()).saturating_sub(before.matches(')').count());
        if open > 0 {
            continue;
        }
        let next = words.get(index + 2).map_or("", |&(_, next)| next);
        let weight = weight(before, word, next);
        if weight > best.map_or(0, |best| best.weight) {
            let behind_name = is_name(before);
            best = Some(Beginning { at: *start, word: index + 1, weight, behind_name });
        }
    }
    best
}

/// How much speaks for a sentence that begins with this word.
fn weight(before: &str, word: &str, next: &str) -> u32 {
    let upper = word.trim_start_matches(['“', '"', '„', '(']).starts_with(char::is_uppercase);
    let free = !before.ends_with([',', ';', ':', '-', '–', '—', '(', '/', '&', '.', '!', '?', '+'])
        && !WORDS.goes_on.contains(before.to_lowercase().as_str());
    if !upper || !free {
        return 0;
    }
    let next_lower = next.starts_with(char::is_lowercase);
    let first = plain(word);
    // "Note:" and "For instance:" begin sentences too, though a colon follows.
    if WORDS.begins.contains(first.as_str())
        && (next_lower || word.ends_with(':') || next.starts_with(char::is_alphanumeric))
    {
        return SURE;
    }
    let subordinate = word.ends_with(',') && SUBORDINATE.contains(&next);
    if subordinate && !before.starts_with(char::is_uppercase) {
        return 2;
    }
    if !next_lower
        || word.chars().count() < 3
        || !word.chars().skip(1).all(|c| c.is_lowercase() || "-'’".contains(c))
    {
        return 0;
    }
    let next = plain(next);
    let verb = WORDS.verbs.contains(next.as_str());
    // Behind another capital, it is rather the second word of a name: "Web Services are".
    let behind_name = is_name(before);
    match WORDS.goes_on.contains(next.as_str()) {
        _ if verb => {
            if behind_name {
                1
            } else {
                LIKELY
            }
        }
        _ if gerund(&first) => {
            if behind_name {
                2
            } else {
                LIKELY
            }
        }
        _ if behind_name => 1,
        true if matches!(next.as_str(), "the" | "a" | "an") => 3,
        true => 1,
        false => 2,
    }
}

/// Words that a name is made of; "C1" and "2020" are none.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !word.ends_with(|c: char| c.is_ascii_digit())
}

/// The first of these words' sentences has a verb of its own.
pub(super) fn is_finite(words: &[(usize, &str)]) -> bool {
    let first = words.iter().position(|(_, word)| word.ends_with(['.', '!', '?'])).unwrap_or(words.len());
    words[..first].windows(2).any(|pair| {
        let [(_, before), (_, word)] = pair else { return false };
        let relative = matches!(
            plain(before).as_str(),
            "that" | "which" | "who" | "to" | "die" | "der" | "das" | "qui" | "que"
        );
        !relative && WORDS.verbs.contains(plain(word).as_str())
    })
}

fn gerund(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ing")
}

pub(super) fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
}

/// The words of a text between spaces, with where they begin.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    text.split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect()
}
