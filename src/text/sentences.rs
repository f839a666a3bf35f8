//! Where sentences end. Unicode's own rule (UAX #29) ends one at "e.g. Java" and at "Inc. Today", which cuts quotes
//! in the middle; this one knows abbreviations and initials.

use super::find_byte;
use memchr::memchr3;
use std::ops::Range;

/// Ends no sentence, compared without its own full stop.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "vs", "cf", "ca", "approx", "incl", "excl", "esp", "dept", "mr", "mrs", "ms",
    "dr", "prof", "st", "jr", "sr", "no", "vol", "fig", "min", "mind", "max", "est", "al", "z.b", "bzw",
    "u.a", "d.h", "ggf", "inkl", "p.ej", "p.ex", "rs", "tsd", "mio",
];

/// What a sentence begins with rather than a name that an initialism stands before: "the U.S. The rest", "U.S. Army".
const BEGINNINGS: &[&str] = &[
    "a", "after", "all", "an", "and", "as", "at", "before", "both", "but", "by", "each", "for", "from", "he",
    "here", "how", "however", "if", "in", "it", "its", "many", "more", "most", "no", "on", "one", "other",
    "our", "she", "since", "some", "such", "that", "the", "their", "there", "these", "they", "this", "those",
    "to", "today", "under", "we", "what", "when", "where", "while", "who", "with", "you", "your",
];

/// The sentences of a text as byte ranges, in order, without the white space between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let is_ascii = text.is_ascii();
    let (mut start, mut end) = (0, 0);
    while let Some((at, c)) = next_end(text, is_ascii, end) {
        end = at + c.len_utf8();
        let unspaced = matches!(c, '。' | '！' | '？');
        let is_closer = |c: char| {
            matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '。' | '！' | '？')
        };
        end = text.len() - text[end..].trim_start_matches(is_closer).len();
        let rest = text[end..].trim_start();
        let spaced = rest.len() < text.len() - end;
        if !unspaced
            && (!spaced || !begins_sentence(rest) || (c == '.' && is_abbreviation(&text[start..at], rest)))
        {
            continue;
        }
        push(&mut sentences, text, start..end);
        start = end;
    }
    push(&mut sentences, text, start..text.len());
    sentences
}

/// The next sign that can end a sentence, and where it stands.
fn next_end(text: &str, is_ascii: bool, from: usize) -> Option<(usize, char)> {
    let (bytes, mut at) = (text.as_bytes(), from);
    if is_ascii {
        at += memchr3(b'.', b'!', b'?', bytes.get(at..)?)?;
        return Some((at, char::from(bytes[at])));
    }
    loop {
        // The signs that are not ASCII begin with one of these three bytes; so do other characters.
        let may_be_one = |byte| matches!(byte, b'.' | b'!' | b'?' | 0xE2 | 0xE3 | 0xEF);
        at += find_byte(bytes.get(at..)?, may_be_one)?;
        let c = text[at..].chars().next()?;
        if matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

fn push(sentences: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let sentence = &text[range.clone()];
    let start = range.start + (sentence.len() - sentence.trim_start().len());
    let end = range.start + sentence.trim_end().len();
    if start < end {
        sentences.push(start..end);
    }
}

/// What follows could be the beginning of a sentence: anything but a lower-case letter or a sign that goes on.
fn begins_sentence(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | ')'))
}

/// The text ends with a word that is followed by a full stop without ending the sentence.
fn is_abbreviation(text: &str, rest: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(text);
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        // "No.", "min." and "mind." end sentences too; before a digit they count something.
        return !matches!(lower.as_str(), "no" | "min" | "mind" | "max")
            || rest.starts_with(|c: char| c.is_ascii_digit());
    }
    if is_initialism(word) {
        let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        return !next.is_empty() && !BEGINNINGS.contains(&next.to_lowercase().as_str());
    }
    if text.len() == word.len() && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return true; // "3. Core responsibilities" is numbered.
    }
    // An initial, "J. Smith", but not "Plan B. Then" where the letter is no name's: only after a capitalised start.
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase())
        && text.len() == word.len()
}

/// Several capitals with full stops between them: `U.S` of "U.S.".
fn is_initialism(word: &str) -> bool {
    let is_initial = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    word.contains('.') && word.split('.').all(is_initial)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            split("One here. Two there! Three? \"Four.\" Five"),
            ["One here.", "Two there!", "Three?", "\"Four.\"", "Five"]
        );
        assert_eq!(
            split("Languages (e.g. Java, i.e. the JVM) and Node.js 3.5 vs. Go."),
            ["Languages (e.g. Java, i.e. the JVM) and Node.js 3.5 vs. Go."]
        );
        assert_eq!(split("3. Core duties. More in 2020. Then"), ["3. Core duties.", "More in 2020.", "Then"]);
        assert_eq!(split("  From 2020. to now  "), ["From 2020. to now"]);
        assert_eq!(
            split(
                "The U.S. Bureau counts (in the U.S. and the U.K.) Most live in the U.S. The rest moves. U.S. Army"
            ),
            [
                "The U.S. Bureau counts (in the U.S. and the U.K.)",
                "Most live in the U.S.",
                "The rest moves.",
                "U.S. Army"
            ]
        );
        assert_eq!(split("日本語。英語！"), ["日本語。", "英語！"]);
        assert_eq!(split(""), Vec::<&str>::new());
    }
}
