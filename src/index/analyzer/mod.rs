//! Text → terms, the same for a page and for a question: the words of [`crate::text::words`], stemmed in the page's
//! language.
//!
//! A term says which language it was made in, by one byte before its letters: "die" of a German page is not "die" of
//! an English one. So one field holds all languages, and what is counted of a term is counted within its language. A
//! field for each would cost every section a byte of length for every language and field (an eighth of the index).

mod known;
mod stems;

use super::Beginnings;
use crate::model::Language;
use crate::text::{self, words};
use known::Known;
use std::rc::Rc;
use stems::{ENGLISH, STEMMERS, Stems, UNSTEMMED};
use tantivy::schema::{Field, Term};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

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
