//! Text → terms, the same for a page and for a question: the words of [`crate::text::words`], stemmed in the page's
//! language.
//!
//! A term says which language it was made in, by one byte before its letters: "die" of a German page is not "die" of
//! an English one. So one field holds all languages, and what is counted of a term is counted within its language. A
//! field for each would cost every section a byte of length for every language and field (an eighth of the index).

use super::Beginnings;
use crate::model::Language;
use crate::text::{self, Word, fold, words};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::rc::Rc;
use tantivy::schema::{Field, Term};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The shortest word that is stemmed and the shortest stem, in characters; a shorter one says too little ("going"
/// would be Go, "aws" would be "aw").
const SHORTEST_STEM: usize = 3;

/// The languages that have a stemmer, and whether it is given words with their accents. One that does not tell them
/// apart is given words without, so that what people type without accents has the same stem.
const STEMMERS: [(&str, Algorithm, Accents); 18] = [
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
const ENGLISH: u8 = 4;
/// Stands for every language without a stemmer.
const UNSTEMMED: u8 = STEMMERS.len() as u8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Accents {
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

/// Makes terms of text in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Analyzer(u8);

impl Default for Analyzer {
    /// That of pages whose language is not known: English, in which names of skills and tools are made.
    fn default() -> Self {
        Self(ENGLISH)
    }
}

impl Analyzer {
    /// The name by which the schema knows it.
    pub(super) const NAME: &str = "rolecall";

    /// The analyzer of a language, by its BCP 47 tag.
    pub fn of(language: Option<&str>) -> Self {
        let Some(tag) = language else { return Self::default() };
        // Most tags are just the code.
        if let Some((index, _)) = (0..).zip(STEMMERS).find(|(_, (known, ..))| *known == tag) {
            return Self(index);
        }
        let code = Language::label(tag).id;
        let known = (0..).zip(STEMMERS).find(|(_, (known, ..))| *known == code);
        Self(known.map_or(UNSTEMMED, |(index, _)| index))
    }

    /// The code of its language; none where it serves all languages without a stemmer.
    pub fn language(self) -> Option<&'static str> {
        STEMMERS.get(usize::from(self.0)).map(|(code, ..)| *code)
    }

    /// Whether the stem of a word of ASCII has its first three letters, but for "e", "i" and "y", which may stand for each
    /// other: so it is in English, where stems have three letters and all that is put for an ending begins as that does, or
    /// is one of these.
    pub(super) fn keeps_three_letters(self) -> bool {
        self.0 == ENGLISH
    }

    /// The terms of a text with the bytes they cover, in order.
    pub fn terms(self, text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
        let stems = Stems::new(self);
        words(text).map(move |word| (word.start..word.end, stems.stem(&word).into_owned()))
    }

    /// As [`Analyzer::terms`], but for the words that begin as none of the terms that are looked for; each with how many words
    /// are before it. Most words are passed over as they stand: folding and stemming is what takes the time.
    pub fn terms_beginning(
        self,
        text: &str,
        beginnings: &Beginnings,
    ) -> impl Iterator<Item = (usize, std::ops::Range<usize>, Rc<str>)> {
        let stems = Stems::new(self);
        let all = stems.cuts_beginnings();
        let (mut words, mut before) = (words(text), 0);
        std::iter::from_fn(move || {
            loop {
                before +=
                    words.pass_over(|first, second, third| all || beginnings.may_begin(first, second, third));
                let word = words.next()?;
                let at = before;
                before += 1;
                if all || beginnings.may_have(&word.folded) {
                    let stem = beginnings.stem(word.written, || stems.stem(&word).into());
                    return Some((at, word.start..word.end, stem));
                }
            }
        })
    }

    /// The term as a field has it.
    pub fn term(self, field: Field, term: &str) -> Term {
        Term::from_field_text(field, &self.marked(term))
    }

    /// A text that says which language it is to be analysed in; what the tokenizer takes.
    pub(super) fn marked(self, text: &str) -> String {
        let mut marked = String::with_capacity(text.len() + 1);
        self.mark(text, &mut marked);
        marked
    }

    /// As [`Analyzer::marked`], in the place of what was marked before.
    pub(super) fn mark(self, text: &str, marked: &mut String) {
        marked.clear();
        marked.push(char::from(1 + self.0));
        marked.push_str(text);
    }

    pub(super) fn for_tantivy() -> TextAnalyzer {
        TextAnalyzer::from(MarkedText::default())
    }
}

/// The stems of one language.
struct Stems {
    analyzer: Analyzer,
    stemmer: Option<Stemmer>,
}

impl Stems {
    fn new(analyzer: Analyzer) -> Self {
        let stemmer =
            STEMMERS.get(usize::from(analyzer.0)).map(|(_, algorithm, _)| Stemmer::create(*algorithm));
        Self { analyzer, stemmer }
    }

    /// Whether stems may begin otherwise than their words.
    fn cuts_beginnings(&self) -> bool {
        matches!(self.analyzer.language(), Some("ar" | "ta"))
    }

    /// The stem of a word, without accents; names with digits or signs and short words are left as they are.
    fn stem<'a>(&self, word: &'a Word<'_>) -> Cow<'a, str> {
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

/// The stems that were made last, each word in the one place that its letters give it: a text repeats its words, and to
/// compare one costs a tenth of stemming it. It never grows, and words that are chosen to share a place only find it
/// taken.
#[derive(Clone, Default)]
struct Known(Vec<KnownStem>);

/// How many words are known at a time.
const MOST_KNOWN: usize = 1 << 14;

/// A word and its stem, which begins as the word does: that they are found in one place of memory is what makes it quick.
#[derive(Clone, Copy, Default)]
struct KnownStem {
    analyzer: u8,
    /// Bytes of the word; none where there is none.
    len: u8,
    word: [u8; 22],
    /// With how many of them the stem begins, and what it ends with.
    kept: u8,
    ending: (u8, [u8; 6]),
}

impl KnownStem {
    /// None of a word or ending that is too long.
    fn new(analyzer: Analyzer, word: &str, stem: &str) -> Option<Self> {
        let same = word.bytes().zip(stem.bytes()).take_while(|(a, b)| a == b).count();
        let small = |len: usize| u8::try_from(len).ok();
        let mut known =
            Self { analyzer: analyzer.0, len: small(word.len())?, kept: small(same)?, ..Self::default() };
        known.word.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        let ending = &stem.as_bytes()[same..];
        known.ending.0 = small(ending.len())?;
        known.ending.1.get_mut(..ending.len())?.copy_from_slice(ending);
        Some(known)
    }

    fn is_of(&self, analyzer: Analyzer, word: &str) -> bool {
        self.analyzer == analyzer.0
            && usize::from(self.len) == word.len()
            && self.word.get(..word.len()) == Some(word.as_bytes())
    }

    fn ending(&self) -> &str {
        str::from_utf8(&self.ending.1[..usize::from(self.ending.0)]).unwrap_or_default()
    }
}

impl Known {
    /// As [`Stems::stem`], of the word that a text ends with, folded, from a byte on: the stem takes its place.
    fn stem(&mut self, stems: &Stems, text: &mut String, from: usize, written: &str) {
        let folded = &text[from..];
        if folded.len() <= SHORTEST_STEM {
            return;
        }
        // Of other words the stem depends on how they are written too.
        let may_be_known = written.is_ascii();
        let place = place(folded);
        if may_be_known {
            if self.0.is_empty() {
                self.0.resize(MOST_KNOWN, KnownStem::default());
            }
            let known = &self.0[place];
            if known.is_of(stems.analyzer, folded) {
                text.truncate(from + usize::from(known.kept));
                text.push_str(known.ending());
                return;
            }
        }
        let word = Word { start: 0, end: written.len(), written, folded: Cow::Borrowed(folded) };
        let stem = stems.stem(&word).into_owned();
        if let Some(known) = KnownStem::new(stems.analyzer, folded, &stem).filter(|_| may_be_known) {
            self.0[place] = known;
        }
        text.truncate(from);
        text.push_str(&stem);
    }
}

/// The place of a word, as its first and last letters and its length give it.
fn place(word: &str) -> usize {
    let bytes = word.as_bytes();
    let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23),
        _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    // Fibonacci hashing: neighbours are spread over all bits.
    let spread = (ends ^ (bytes.len() as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (spread >> 32) as usize % MOST_KNOWN
}

/// Takes texts as [`Analyzer::marked`] makes them.
#[derive(Clone, Default)]
struct MarkedText {
    known: Known,
}

impl Tokenizer for MarkedText {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, marked: &'a str) -> Terms<'a> {
        let mut chars = marked.chars();
        let mark = chars.next().unwrap_or_default();
        let index = u8::try_from(mark).unwrap_or_default().saturating_sub(1);
        let token = Token { position: usize::MAX, ..Token::default() };
        let stems = Stems::new(Analyzer(index));
        Terms { words: words(chars.as_str()), stems, known: &mut self.known, mark, token }
    }
}

/// The terms of a text, as tantivy takes them.
struct Terms<'a> {
    words: text::Words<'a>,
    stems: Stems,
    known: &'a mut Known,
    mark: char,
    token: Token,
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        let text = &mut self.token.text;
        text.clear();
        text.push(self.mark);
        let from = text.len();
        let Some((at, written)) = self.words.next_into(text) else { return false };
        self.known.stem(&self.stems, text, from, written);
        self.token.position = self.token.position.wrapping_add(1);
        (self.token.offset_from, self.token.offset_to) = (at.start, at.end);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(language: &str, text: &str) -> Vec<String> {
        Analyzer::of(Some(language)).terms(text).map(|(_, term)| term).collect()
    }

    #[test]
    fn every_language_is_stemmed_in_its_own_way() {
        assert_eq!(terms("en", "managers managing"), ["manag", "manag"]);
        assert_eq!(
            terms("de-AT", "Häuser Haus Kenntnisse Kenntnissen"),
            ["haus", "haus", "kenntnis", "kenntnis"]
        );
        assert_eq!(terms("fr", "développeurs developpeur gérer"), ["developpeur", "developpeur", "ger"]);
        assert_eq!(terms("es", "programación programacion programaciones"), ["program"; 3]);
        assert_eq!(terms("pt", "programação programacao programações programacoes"), ["program"; 4]);
        assert_eq!(terms("ru", "разработчики разработчика"), ["разработчик"; 2]);
        assert_eq!(terms("pl", "Programiści"), ["programisci"]);
        assert_eq!(terms("ja", "設計"), ["設", "計"]);
        assert_eq!(Analyzer::of(None), Analyzer::of(Some("en-GB")));
        let places: Vec<&str> = STEMMERS.iter().map(|(code, ..)| *code).collect();
        assert!(places.is_sorted());
        assert_eq!(Analyzer::default().language(), Some("en"));
    }

    #[test]
    fn names_are_names_in_every_language() {
        for (code, ..) in STEMMERS {
            assert_eq!(terms(code, "C++ k8s AWS"), ["c++", "k8s", "aws"], "{code}");
        }
    }

    #[test]
    fn a_page_and_a_question_give_the_same_terms() {
        let text = "Going to managers' meetings: C++, AWS, k8s, Node.js and developing Straßen";
        let wanted =
            ["going", "to", "manag", "meet", "c++", "aws", "k8s", "node", "js", "and", "develop", "strassen"];
        assert_eq!(terms("en", text), wanted);
        let analyzer = Analyzer::of(Some("en"));
        let mut tokenizer = Analyzer::for_tantivy();
        let marked = analyzer.marked(text);
        let mut stream = tokenizer.token_stream(&marked);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        let terms = wanted.into_iter().map(|term| analyzer.marked(term));
        assert_eq!(tokens, terms.enumerate().collect::<Vec<_>>());
    }

    #[test]
    fn a_known_stem_is_that_of_its_word_and_language() {
        let mut known = Known::default();
        let text = "manager managers Managing développeurs developpeurs programacion arbeiten C++ going happy \
                    Donaudampfschifffahrtsgesellschaften responsibilities";
        for _ in 0..2 {
            for code in ["en", "de", "fr", "es", "pl"] {
                let stems = Stems::new(Analyzer::of(Some(code)));
                for word in words(text) {
                    let mut stem = format!("x{}", word.folded);
                    known.stem(&stems, &mut stem, 1, word.written);
                    assert_eq!(stem[1..], *stems.stem(&word), "{code}: {word:?}");
                }
            }
        }
        assert_eq!(known.0.len(), MOST_KNOWN);
    }

    proptest! {
        #[test]
        fn a_stem_begins_as_its_word_does(word in "[a-zäöüßéèêàçñãõåøığşőűăîșț]{1,14}|[а-яё]{2,14}|[α-ωάέήίόύώ]{2,12}|\\PC{1,8}") {
            for (code, ..) in STEMMERS {
                let analyzer = Analyzer::of(Some(code));
                if Stems::new(analyzer).cuts_beginnings() {
                    continue;
                }
                for (found, (_, term)) in words(&word).zip(analyzer.terms(&word)) {
                    prop_assert_eq!(found.folded.bytes().next(), term.bytes().next(), "{} {}", code, word);
                }
            }
        }
    }
}
