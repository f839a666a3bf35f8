//! Stemming: a word → its stem, as the stemmer of its language makes it.

use super::Analyzer;
use crate::text::{Word, fold};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The shortest word that is stemmed and the shortest stem, in characters; a shorter one says too little ("going"
/// would be Go, "aws" would be "aw").
pub(super) const SHORTEST_STEM: usize = 3;

/// The languages that have a stemmer, and whether it is given words with their accents. One that does not tell them
/// apart is given words without, so that what people type without accents has the same stem.
pub(super) const STEMMERS: [(&str, Algorithm, Accents); 18] = [
    ("ar", Algorithm::Arabic, Accents::Kept),
    ("da", Algorithm::Danish, Accents::LeftOff),
    ("de", Algorithm::German, Accents::LeftOff),
    ("el", Algorithm::Greek, Accents::Kept),
    ("en", Algorithm::English, Accents::LeftOff),
    ("es", Algorithm::Spanish, Accents::Kept),
    ("fi", Algorithm::Finnish, Accents::LeftOff),
    ("fr", Algorithm::French, Accents::Kept),
    ("hu", Algorithm::Hungarian, Accents::Kept),
    ("it", Algorithm::Italian, Accents::Kept),
    ("nl", Algorithm::Dutch, Accents::LeftOff),
    ("no", Algorithm::Norwegian, Accents::LeftOff),
    ("pt", Algorithm::Portuguese, Accents::Kept),
    ("ro", Algorithm::Romanian, Accents::Kept),
    ("ru", Algorithm::Russian, Accents::Kept),
    ("sv", Algorithm::Swedish, Accents::LeftOff),
    ("ta", Algorithm::Tamil, Accents::Kept),
    ("tr", Algorithm::Turkish, Accents::Kept),
];
/// The place of English in the table.
pub(super) const ENGLISH: u8 = 4;
/// Stands for every language without a stemmer.
pub(super) const UNSTEMMED: u8 = STEMMERS.len() as u8;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Accents {
    Kept,
    LeftOff,
}

/// Endings that a stemmer knows only with their accent; people often type them without.
const ENDINGS: [(&str, &str, &str); 5] = [
    ("es", "acion", "ación"),
    ("es", "ucion", "ución"),
    ("es", "logia", "logía"),
    ("pt", "cao", "ção"),
    ("pt", "coes", "ções"),
];

/// The stems of one language.
pub(super) struct Stems {
    pub(super) analyzer: Analyzer,
    stemmer: Option<Stemmer>,
}

impl Stems {
    pub(super) fn new(analyzer: Analyzer) -> Self {
        let stemmer =
            STEMMERS.get(usize::from(analyzer.0)).map(|(_, algorithm, _)| Stemmer::create(*algorithm));
        Self { analyzer, stemmer }
    }

    /// Whether stems may begin otherwise than their words.
    pub(super) fn cuts_beginnings(&self) -> bool {
        matches!(self.analyzer.language(), Some("ar" | "ta"))
    }

    /// The stem of a word, without accents; names with digits or signs and short words are left as they are.
    pub(super) fn stem<'a>(&self, word: &'a Word<'_>) -> Cow<'a, str> {
        let folded: &str = &word.folded;
        let (Some(stemmer), Some((code, _, accents))) =
            (&self.stemmer, STEMMERS.get(usize::from(self.analyzer.0)))
        else {
            return Cow::Borrowed(folded);
        };
        if folded.len() <= SHORTEST_STEM {
            return Cow::Borrowed(folded);
        }
        let stem = if *accents == Accents::LeftOff || word.written.is_ascii() {
            if !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
                return Cow::Borrowed(folded);
            }
            let ending =
                ENDINGS.iter().find(|(language, bare, _)| language == code && folded.ends_with(bare));
            match ending {
                Some((_, bare, accented)) => {
                    let whole = format!("{}{accented}", &folded[..folded.len() - bare.len()]);
                    Cow::Owned(fold(&stemmer.stem(&whole)).into_owned())
                }
                None => stemmer.stem(folded),
            }
        } else {
            let lower = word.written.to_lowercase();
            let lower = if is_nfc(&lower) { lower } else { lower.nfc().collect() };
            if folded.chars().nth(SHORTEST_STEM).is_none() || lower.chars().any(|c| !is_letter(c)) {
                return Cow::Borrowed(folded);
            }
            Cow::Owned(fold(&stemmer.stem(&lower)).into_owned())
        };
        if stem.chars().nth(SHORTEST_STEM - 1).is_none() { Cow::Borrowed(folded) } else { stem }
    }
}

/// A letter, or a mark that belongs to one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}
