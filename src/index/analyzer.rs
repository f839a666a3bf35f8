//! Text → terms, the same for a page and for a question: the words of [`crate::text::words`], stemmed.

use crate::text::{self, words};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// The shortest stem; a shorter one says too little ("going" would be Go, "aws" would be "aw").
const SHORTEST_STEM: usize = 3;

/// Makes terms of text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Analyzer;

impl Analyzer {
    /// The name by which the schema knows it.
    pub const NAME: &str = "rolecall";

    /// The analyzer.
    pub const fn new() -> Self {
        Self
    }

    /// The terms of a text with the bytes they cover, in order.
    pub fn terms(self, text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
        let stemmer = Stemmer::create(Algorithm::English);
        words(text).map(move |word| (word.start..word.end, stem(&stemmer, &word.folded).into_owned()))
    }

    /// As [`Analyzer::terms`], with an empty term for every word that begins with a byte that is not in `first`: a
    /// stem begins as its word does, and stemming is what takes the time.
    pub fn terms_beginning(
        self,
        text: &str,
        first: &[bool; 256],
    ) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
        let stemmer = Stemmer::create(Algorithm::English);
        words(text).map(move |word| {
            let possible = word.folded.bytes().next().is_some_and(|byte| first[usize::from(byte)]);
            let term = if possible { stem(&stemmer, &word.folded).into_owned() } else { String::new() };
            (word.start..word.end, term)
        })
    }

    pub(super) fn for_tantivy(self) -> TextAnalyzer {
        TextAnalyzer::from(self)
    }
}

/// The stem of a word; names with digits or signs, words of other scripts and short ones are left as they are.
fn stem<'a>(stemmer: &Stemmer, word: &'a str) -> Cow<'a, str> {
    if word.len() <= SHORTEST_STEM || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    match stemmer.stem(word) {
        stem if stem.len() < SHORTEST_STEM => Cow::Borrowed(word),
        stem => stem,
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms {
            words: words(text),
            stemmer: Stemmer::create(Algorithm::English),
            token: Token::default(),
            begun: false,
        }
    }
}

/// The terms of a text, as tantivy takes them.
pub struct Terms<'a> {
    words: text::Words<'a>,
    stemmer: Stemmer,
    token: Token,
    begun: bool,
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = if self.begun { self.token.position + 1 } else { 0 };
        self.begun = true;
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        self.token.text.clear();
        self.token.text.push_str(&stem(&self.stemmer, &word.folded));
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

    #[test]
    fn a_stem_begins_as_its_word_does() {
        let words = "dying lying tying skis skies idly gently ugly early only singly sky news howe atlas yearly you ying";
        for ((range, term), whole) in Analyzer.terms(words).zip(words.split(' ')) {
            assert_eq!(&words[range], whole);
            assert_eq!(term.as_bytes()[0], whole.as_bytes()[0], "{whole} {term}");
        }
        let first = std::array::from_fn(|byte| byte == usize::from(b'l'));
        let terms: Vec<String> =
            Analyzer.terms_beginning("lying and leading", &first).map(|(_, term)| term).collect();
        assert_eq!(terms, ["lie", "", "lead"]);
    }

    #[test]
    fn a_page_and_a_question_give_the_same_terms() {
        let text = "Going to managers' meetings: C++, AWS, k8s, Node.js and developing Straßen";
        let terms: Vec<String> = Analyzer.terms(text).map(|(_, term)| term).collect();
        let wanted =
            ["going", "to", "manag", "meet", "c++", "aws", "k8s", "node", "js", "and", "develop", "strassen"];
        assert_eq!(terms, wanted);
        let mut analyzer = Analyzer.for_tantivy();
        let mut stream = analyzer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(tokens, terms.into_iter().enumerate().collect::<Vec<_>>());
    }
}
