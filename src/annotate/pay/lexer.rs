//! A sentence as words, numbers, currencies and signs.

use super::currencies::{self, Currency};
use super::numbers::{Number, number};
use crate::text::fold;
use std::borrow::Cow;

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Nothing stands between it and the token before.
    pub(super) glued: bool,
}

/// What it is.
#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    Number(Number),
    Currency(Currency),
    /// Folded; an abbreviation without its full stops: `p.a.` is `pa`.
    Word(Cow<'a, str>),
    /// Any dash is `-`.
    Sign(char),
}

/// Letters that stand right after a number and say how much or of what it is; others make it a name: 401k, 3rd, 5G.
const AFTER_NUMBER: &[&str] = &[
    "k", "m", "mn", "mio", "mm", "b", "bn", "l", "lpa", "lac", "lakh", "lakhs", "cr", "t", "tsd", "pa", "ph",
    "h", "yr", "hr", "kusd", "keur", "kgbp", "kchf", "万",
];

impl Token<'_> {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.contains(&word))
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        matches!(self.kind, Kind::Sign(own) if own == sign)
    }

    pub(super) fn currency(&self) -> Option<Currency> {
        match self.kind {
            Kind::Currency(currency) => Some(currency),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<Number> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, tokens: Vec::new(), end: 0 };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = if c.is_whitespace() { at + c.len_utf8() } else { lexer.token(at, c) };
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    /// Of the last token.
    end: usize,
}

impl<'a> Lexer<'a> {
    /// Adds the token that begins here; where the next may begin.
    fn token(&mut self, at: usize, c: char) -> usize {
        let rest = &self.text[at..];
        if c.is_ascii_digit() {
            return self.number(at);
        }
        if let Some((currency, len)) = currencies::sign(rest) {
            return self.push(at, at + len, Kind::Currency(currency));
        }
        if c.is_alphabetic() {
            return self.word(at);
        }
        let sign = if is_dash(c) { '-' } else { c };
        self.push(at, at + c.len_utf8(), Kind::Sign(sign))
    }

    fn number(&mut self, at: usize) -> usize {
        let Some(found) = number(&self.text[at..]) else { return at + 1 };
        let mut end = at + found.len;
        let letters = letters(&self.text[end..]);
        let suffix = fold(&self.text[end..end + letters]);
        let known = AFTER_NUMBER.contains(&suffix.as_ref())
            || currencies::word(&self.text[end..end + letters], &suffix).is_some();
        let is_plan = suffix == "k" && matches!(&self.text[at..end], "401" | "403");
        if letters > 0 && (!known || is_plan) {
            end += letters + alphanumerics(&self.text[end + letters..]);
            return self.push(at, end, Kind::Word(fold(&self.text[at..end])));
        }
        // "110'000.–" and "1.200,-" say that there are no cents.
        let mut after = self.text[end..].chars();
        if matches!(after.next(), Some('.' | ',')) && after.next().is_some_and(is_dash) {
            let dash = self.text[end + 1..].chars().next().map_or(0, char::len_utf8);
            if !self.text[end + 1 + dash..].starts_with(|c: char| c.is_ascii_digit()) {
                end += 1 + dash;
            }
        }
        self.push(at, end, Kind::Number(found))
    }

    fn word(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if let Some((end, folded)) = abbreviation(rest) {
            return self.push(at, at + end, Kind::Word(Cow::Owned(folded)));
        }
        let len = letters(rest);
        let written = &rest[..len];
        let folded = fold(written);
        let digits = rest[len..].starts_with(|c: char| c.is_ascii_digit());
        if let Some(currency) = currencies::word(written, &folded) {
            let stop = usize::from(matches!(folded.as_ref(), "rs" | "kr") && rest[len..].starts_with('.'));
            return self.push(at, at + len + stop, Kind::Currency(currency));
        }
        if let Some(currency) = thousands_of(written, &folded) {
            self.push(at, at + 1, Kind::Word(Cow::Borrowed("k")));
            return self.push(at + 1, at + len, Kind::Currency(currency));
        }
        if digits && folded.is_ascii() {
            let end = at + len + alphanumerics(&rest[len..]);
            return self.push(at, end, Kind::Word(fold(&self.text[at..end])));
        }
        self.push(at, at + len, Kind::Word(folded))
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind<'a>) -> usize {
        let glued = start == self.end && !self.tokens.is_empty();
        self.tokens.push(Token { kind, start, end, glued });
        self.end = end;
        end
    }
}

/// `kEUR` and `KUSD` are thousands.
fn thousands_of(written: &str, folded: &str) -> Option<Currency> {
    let code = folded.strip_prefix(['k', 't'])?;
    (written.len() == 4 && matches!(code, "eur" | "usd" | "gbp" | "chf"))
        .then(|| currencies::word(code, code))?
}

/// Single letters with full stops: `p.a.`, `U.S.`; its length and its letters.
fn abbreviation(text: &str) -> Option<(usize, String)> {
    let mut folded = String::new();
    let mut end = 0;
    loop {
        let mut chars = text[end..].chars();
        let Some(letter) = chars.next().filter(|c| c.is_alphabetic()) else { break };
        if chars.next() != Some('.') {
            // "p.a" without its last stop.
            if !folded.is_empty() && letters(&text[end..]) == letter.len_utf8() {
                folded.extend(letter.to_lowercase());
                end += letter.len_utf8();
            }
            break;
        }
        folded.extend(letter.to_lowercase());
        end += letter.len_utf8() + 1;
    }
    (folded.chars().count() > 1).then_some((end, folded))
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−' | '〜' | '～')
}

/// How many bytes of letters a text begins with.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic() || matches!(c, '円' | '元' | '원')).unwrap_or(text.len())
}

fn alphanumerics(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexed(text: &str) -> Vec<String> {
        let show = |token: &Token<'_>| match &token.kind {
            Kind::Number(number) => number.value.to_string(),
            Kind::Currency(currency) => format!("<{}>", currency.code),
            Kind::Word(word) => word.to_string(),
            Kind::Sign(sign) => sign.to_string(),
        };
        tokens(text).iter().map(show).collect()
    }

    #[test]
    fn sentences_as_tokens() {
        assert_eq!(lexed("$120k–$150k p.a."), ["<USD>", "120", "k", "-", "<USD>", "150", "k", "pa"]);
        assert_eq!(lexed("Rs. 12 LPA, CHF 110'000.–"), ["<INR>", "12", "lpa", ",", "<CHF>", "110000"]);
        assert_eq!(lexed("401k, 3rd, k8s and 24/7"), ["401k", ",", "3rd", ",", "k8s", "and", "24", "/", "7"]);
        assert_eq!(
            lexed("60 T€, 60 kEUR, 600万円"),
            ["60", "t", "<EUR>", ",", "60", "k", "<EUR>", ",", "600", "万", "<JPY>"]
        );
        assert_eq!(lexed("25€/h l'heure"), ["25", "<EUR>", "/", "h", "l", "'", "heure"]);
    }
}
