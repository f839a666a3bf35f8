//! Words as the index sees them, the same for a page and for a question.
//!
//! A word is a run of letters and digits. Signs that belong to a name stay with it (`C++`, `C#`, `F#`, `.NET`); all
//! others separate, so that `Node.js`, `CI/CD` and `front-end` are two words that follow each other and are found as
//! a phrase, while `Go/Scala` stays two skills. Scripts without spaces give one word a character. An apostrophe with
//! `s` is left off (`master's`), other short ones are joined (`don't`), elisions are split (`l'équipe`).

use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest word in bytes; what is longer (no word of a language is) is compared by its beginning.
const LONGEST: usize = 96;

/// The bit by which small letters differ from capitals.
const SMALL: u8 = b'a' ^ b'A';

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes; signs and a possessive `'s` that belong to it are within.
    pub end: usize,
    /// As it is written, the possessive left off.
    pub written: &'a str,
    /// In lower case, without accents, the possessive left off.
    pub folded: Cow<'a, str>,
}

/// The words of a text, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text in one list.
pub fn all_words(text: &str) -> Vec<Word<'_>> {
    // Most words take no fewer bytes than this with the space behind them.
    let mut all = Vec::with_capacity(text.len() / 5 + 1);
    all.extend(words(text));
    all
}

/// Iterator over the words of a text.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            self.pass_signs();
            if let Some(word) = self.plain() {
                return Some(word);
            }
            let byte = *bytes.get(self.at)?;
            if byte == b'.' && is_dot_net(&self.text[self.at..]) {
                return Some(self.word(self.at, self.at + 4, self.at + 4));
            }
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                self.at += 1;
                continue;
            }
            let c = char_at(self.text, self.at)?;
            if !c.is_alphanumeric() {
                self.at += c.len_utf8();
                continue;
            }
            if is_unspaced(c) {
                return Some(self.word(self.at, self.at + c.len_utf8(), self.at + c.len_utf8()));
            }
            return Some(self.run());
        }
    }
}

impl<'a> Words<'a> {
    /// The word that begins here, where it is of ASCII and nothing behind it can belong to it: most are so.
    fn plain(&mut self) -> Option<Word<'a>> {
        let start = self.at;
        let (written, is_small) = self.plain_written()?;
        let folded = if is_small { Cow::Borrowed(written) } else { Cow::Owned(written.to_ascii_lowercase()) };
        Some(Word { start, end: self.at, written, folded })
    }

    /// As [`Words::plain`]: as it is written, and whether that is without capitals.
    fn plain_written(&mut self) -> Option<(&'a str, bool)> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let mut end = start;
        // Of all letters and digits only capitals lack the bit of small letters.
        let mut bits = SMALL;
        while let Some(byte) = bytes.get(end).filter(|byte| KINDS[usize::from(**byte)] & PLAIN != 0) {
            bits &= byte;
            end += 1;
        }
        let goes_on = |next: &u8| KINDS[usize::from(*next)] & GOES_ON != 0;
        if end == start || end - start > LONGEST || bytes.get(end).is_some_and(goes_on) {
            return None;
        }
        self.at = end;
        Some((&self.text[start..end], bits == SMALL))
    }

    /// Passes over signs of ASCII with which no word begins.
    fn pass_signs(&mut self) {
        let is_sign = |byte: &&u8| KINDS[usize::from(**byte)] == 0;
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(is_sign).count();
    }

    /// The next word, for those who need no more of it than this: it is folded at the end of a text of theirs. Where it
    /// stands, and as it is written.
    pub(crate) fn next_into(&mut self, folded: &mut String) -> Option<(Range<usize>, &'a str)> {
        self.pass_signs();
        let start = self.at;
        if let Some((written, is_small)) = self.plain_written() {
            let from = folded.len();
            folded.push_str(written);
            if !is_small {
                folded[from..].make_ascii_lowercase();
            }
            return Some((start..self.at, written));
        }
        let word = self.next()?;
        folded.push_str(&word.folded);
        Some((word.start..word.end, word.written))
    }

    /// The word that begins here with a letter or digit.
    fn run(&mut self) -> Word<'a> {
        let start = self.at;
        let end = end_of_run(self.text, start);
        let rest = &self.text[end..];
        if let Some(after) = rest.strip_prefix('\'').or_else(|| rest.strip_prefix('\u{2019}')) {
            let suffix = self.text.len() - after.len();
            let suffix_end = end_of_run(self.text, suffix);
            let tail = &self.text[suffix..suffix_end];
            if tail.eq_ignore_ascii_case("s") {
                return self.word(start, end, suffix_end);
            }
            if !tail.is_empty() && self.text[start..end].chars().nth(2).is_some() {
                self.at = suffix_end;
                let joined = format!("{}{tail}", &self.text[start..end]);
                let folded = Cow::Owned(cut(fold(&joined).into_owned()));
                return Word { start, end: suffix_end, written: &self.text[start..suffix_end], folded };
            }
        }
        let signs = if rest.starts_with("++") {
            2
        } else if rest.starts_with('#') && end - start == 1 && end_of_run(self.text, end + 1) == end + 1 {
            1
        } else {
            0
        };
        self.word(start, end + signs, end + signs)
    }

    /// The word whose term is `start..term_end` and which covers `start..end`.
    fn word(&mut self, start: usize, term_end: usize, end: usize) -> Word<'a> {
        self.at = end;
        let written = &self.text[start..term_end];
        // Folding may make a character many times longer, or nothing of it: a beginning tells the word.
        let folded = match fold(&written[..written.floor_char_boundary(8 * LONGEST)]) {
            long if long.len() > LONGEST => Cow::Owned(cut(long.into_owned())),
            short => short,
        };
        Word { start, end, written, folded }
    }

    /// Passes over the words that come next of ASCII letters and digits alone whose first three bytes, in lower case, are
    /// none that are looked for; those are 0 that a word does not have. How many they are.
    pub(crate) fn pass_over(&mut self, is_looked_for: impl Fn(u8, u8, u8) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        let is = |byte: u8, kind: u8| KINDS[usize::from(byte)] & kind != 0;
        let (mut at, mut passed) = (self.at, 0);
        while let Some(&byte) = bytes.get(at).filter(|byte| !is(**byte, STOPS)) {
            if !is(byte, PLAIN) {
                at += 1;
                continue;
            }
            let rest = &bytes[at..];
            let length = rest.iter().position(|byte| !is(*byte, PLAIN)).unwrap_or(rest.len());
            // Digits have the bit of small letters.
            let lower = |at: usize| if at < length { rest[at] | SMALL } else { 0 };
            // What may go on is read as a whole.
            if rest.get(length).is_some_and(|next| is(*next, GOES_ON))
                || is_looked_for(lower(0), lower(1), lower(2))
            {
                break;
            }
            at += length;
            passed += 1;
        }
        self.at = at;
        passed
    }
}

/// What a byte is: a letter or digit of ASCII, a sign with which a word may go on, one with which it may begin.
const KINDS: [u8; 256] = kinds();
const PLAIN: u8 = 1;
const GOES_ON: u8 = 2;
const STOPS: u8 = 4;

const fn kinds() -> [u8; 256] {
    let mut kinds = [GOES_ON | STOPS; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => PLAIN,
            b'\'' | b'+' | b'#' => GOES_ON,
            b'.' => STOPS,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

/// The text in lower case and without accents; `ß` is `ss`, `ø` is `o`, `œ` is `oe`.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase).nfc() {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ı' => folded.push('i'),
            c if is_accent(c) => {}
            c => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// A mark that people leave out when they type: accents, and the vowel points of Arabic and Hebrew. The marks of other
/// scripts are letters as much as the letters are.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x0670 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF)
}

fn cut(mut term: String) -> String {
    if term.len() > LONGEST {
        term.truncate(term.floor_char_boundary(LONGEST));
    }
    term
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Where the run of letters, digits and their combining marks that begins at `start` ends.
fn end_of_run(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            if !bytes[at].is_ascii_alphanumeric() {
                break;
            }
            at += 1;
            continue;
        }
        match char_at(text, at) {
            Some(c) if (c.is_alphanumeric() || is_combining_mark(c)) && !is_unspaced(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    at
}

/// `.NET` at the beginning of the text, in any case of letters and no longer word.
fn is_dot_net(text: &str) -> bool {
    text.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(".net")) && end_of_run(text, 4) == 4
}

/// Scripts that write without spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn names_with_signs_stay_whole() {
        assert_eq!(
            folded("C, C++ and C#; F# (.NET, ASP.NET)"),
            ["c", "c++", "and", "c#", "f#", ".net", "asp", ".net"]
        );
        assert_eq!(
            folded("Node.js CI/CD Go/Scala front-end issue#5"),
            ["node", "js", "ci", "cd", "go", "scala", "front", "end", "issue", "5"]
        );
        assert_eq!(folded("internet.networks"), ["internet", "networks"]);
    }

    #[test]
    fn apostrophes_accents_and_unspaced_scripts() {
        assert_eq!(folded("Master’s don't l'Équipe Straße"), ["master", "dont", "l", "equipe", "strasse"]);
        assert_eq!(folded("数据 k8s"), ["数", "据", "k8s"]);
        let spans: Vec<_> = words("a bachelor's degree").map(|word| (word.start, word.end)).collect();
        assert_eq!(spans, [(0, 1), (2, 12), (13, 19)]);
    }

    proptest! {
        #[test]
        fn a_plain_word_is_read_as_any_other(text in "[aZ0]{1,4}[-.'’+#s zé中]{0,2}[aZ0]{0,3}|[aZ]{90,100}") {
            let mut plain = words(&text);
            if let Some(word) = plain.plain() {
                let mut any = words(&text);
                prop_assert_eq!(word, any.run());
                prop_assert_eq!(plain.at, any.at);
            }
            prop_assert_eq!(all_words(&text), words(&text).collect::<Vec<_>>());
            let (mut rest, mut folded) = (words(&text), "x".to_owned());
            for word in words(&text) {
                prop_assert_eq!(rest.next_into(&mut folded), Some((word.start..word.end, word.written)));
                prop_assert_eq!(folded.split_off(1), word.folded.as_ref());
            }
            prop_assert_eq!(rest.next_into(&mut folded), None);
        }
    }

    #[test]
    fn words_that_are_passed_over_are_those_that_come_next() {
        let text = "To be: a Bee, o'clock don't be C++ .NET x y#z 7 été end";
        for looked_for in ["", "be", "bee", "en", "end", "clo", "don", "d", "x", "7"] {
            let at = |at: usize| looked_for.as_bytes().get(at).copied().unwrap_or(0);
            let is_looked_for = |first, second, third| [at(0), at(1), at(2)] == [first, second, third];
            let all: Vec<Word<'_>> = words(text).collect();
            let (mut rest, mut at) = (words(text), 0);
            loop {
                at += rest.pass_over(is_looked_for);
                let Some(word) = rest.next() else { break };
                assert_eq!(word, all[at], "{looked_for:?}");
                at += 1;
            }
            assert_eq!(at, all.len(), "{looked_for:?}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let long = "é".repeat(500);
        let word = words(&long).next().expect("one word");
        assert_eq!((word.start, word.end), (0, 1000));
        assert_eq!(word.folded.len(), LONGEST);
    }
}
