//! On which line of the source a text of the page stands.
//!
//! What a page says and what its source says differ in tags, marks, entities and where lines break, but not in the letters
//! and digits and their order. So only these are compared. A text that stands once in the source stands there; of one that stands
//! there several times that place is meant which lies between the texts before and after it; and where that does not
//! tell, none is.

use super::entities::entity;
use super::html::{Piece, pieces};
use crate::parse::Format;
use memchr::memmem;
use std::cell::{Cell, OnceCell};

/// How many letters may be looked through for all texts of one page together: no page costs more, however often the same
/// stands on it.
const MOST_LETTERS: usize = 128 << 20;
/// A text of fewer letters may stand elsewhere by chance, and is believed only between its neighbours.
const TELLING: usize = 16;
/// How many texts before and after are tried as neighbours.
const NEIGHBOURS: usize = 6;

/// The letters of a source, by line, and the texts of its page.
pub(in crate::lint) struct Places<'t> {
    text: &'t str,
    format: Format,
    texts: Vec<&'t str>,
    letters: OnceCell<Letters>,
    left: Cell<usize>,
}

#[derive(Debug, Default)]
struct Letters {
    letters: String,
    /// How many bytes of letters there are before each line.
    before: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(in crate::lint) fn new(text: &'t str, format: Format, texts: Vec<&'t str>) -> Self {
        Self { text, format, texts, letters: OnceCell::new(), left: Cell::new(MOST_LETTERS) }
    }

    /// The line of a byte of a text of the page, from 1.
    pub(in crate::lint) fn line(&self, text: usize, byte: usize) -> Option<u32> {
        let written = self.texts.get(text)?;
        let begins = self.begins(text)?;
        let skipped = letters_of(written.get(..byte)?).len();
        self.line_of(begins + skipped)
    }

    /// The line of a text that stands once in the source.
    pub(in crate::lint) fn only(&self, text: &str) -> Option<u32> {
        self.line_of(self.once(&letters_of(text))?)
    }

    fn begins(&self, text: usize) -> Option<usize> {
        let wanted = letters_of(self.texts[text]);
        if let Some(only) = self.once(&wanted).filter(|_| wanted.len() >= TELLING) {
            return Some(only);
        }
        let neighbour = |at: usize| {
            let letters = letters_of(self.texts[at]);
            Some((self.once(&letters).filter(|_| letters.len() >= TELLING)?, letters.len()))
        };
        let before = (text.saturating_sub(NEIGHBOURS)..text).rev().find_map(neighbour);
        let after = (text + 1..self.texts.len().min(text + 1 + NEIGHBOURS)).find_map(neighbour);
        let from = before.map(|(at, length)| at + length).or((text == 0).then_some(0))?;
        let to =
            after.map(|(at, _)| at).or((text + 1 == self.texts.len()).then_some(self.all().letters.len()))?;
        let between = self.all().letters.get(from..to)?;
        self.once_in(between, &wanted).map(|at| from + at)
    }

    fn once(&self, wanted: &str) -> Option<usize> {
        self.once_in(&self.all().letters, wanted)
    }

    /// Where a text stands, if it does once.
    fn once_in(&self, letters: &str, wanted: &str) -> Option<usize> {
        if wanted.is_empty() {
            return None;
        }
        self.left.set(self.left.get().checked_sub(letters.len() + wanted.len())?);
        let mut found = memmem::find_iter(letters.as_bytes(), wanted);
        found.next().filter(|_| found.next().is_none())
    }

    fn line_of(&self, at: usize) -> Option<u32> {
        u32::try_from(self.all().before.partition_point(|before| *before <= at)).ok()
    }

    fn all(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::of(self.text, self.format))
    }
}

impl Letters {
    fn of(text: &str, format: Format) -> Self {
        let mut all = Self { letters: String::with_capacity(text.len()), before: vec![0] };
        if format == Format::SavedText {
            all.add(text, |_| None);
            return all;
        }
        // A title is no part of the page's text, and mostly stands in its first heading again.
        let mut title = false;
        for piece in pieces(text) {
            match piece {
                Piece::Tag(tag) if tag.is("title") => {
                    title = !tag.closes;
                    all.pass(piece.whole());
                }
                Piece::Text(text) if title => all.pass(text),
                Piece::Text(text) if format == Format::Markdown => {
                    all.add(text, |rest| skipped_mark(rest).or_else(|| entity(rest)))
                }
                Piece::Text(text) => all.add(text, entity),
                silent => all.pass(silent.whole()),
            }
        }
        all
    }

    /// Adds a text; `written` tells what is not read as it stands, its length and the character it is, if any.
    fn add(&mut self, text: &str, written: impl Fn(&str) -> Option<(usize, Option<char>)>) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if matches!(c, '&' | ']')
                && let Some((length, c)) = written(rest)
            {
                self.letters.extend(c.filter(|c| c.is_alphanumeric()));
                self.pass(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            if c == '\n' {
                self.before.push(self.letters.len());
            } else if c.is_alphanumeric() {
                self.letters.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }

    /// Passes over what is no text.
    fn pass(&mut self, silent: &str) {
        let lines = memchr::memchr_iter(b'\n', silent.as_bytes()).count();
        self.before.extend(std::iter::repeat_n(self.letters.len(), lines));
    }
}

/// `](address)`, which a page does not show.
fn skipped_mark(text: &str) -> Option<(usize, Option<char>)> {
    let address = text.strip_prefix("](")?;
    let end = address.bytes().take(2048).position(|byte| matches!(byte, b')' | b'\n'))?;
    (address.as_bytes()[end] == b')').then_some((end + 3, None))
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(source: &str, format: Format, texts: &[&str], text: usize, byte: usize) -> Option<u32> {
        Places::new(source, format, texts.to_vec()).line(text, byte)
    }

    #[test]
    fn through_tags_entities_and_broken_lines() {
        let html = "<p>\nYou know <b>R&eacute;sum&#xE9;s</b>\n&ndash; and\nmuch more.</p>";
        let texts = ["You know Résumés – and much more."];
        assert_eq!(line(html, Format::Html, &texts, 0, 0), Some(2));
        assert_eq!(line(html, Format::Html, &texts, 0, texts[0].find("and").unwrap()), Some(3));
        assert_eq!(line(html, Format::Html, &texts, 0, texts[0].find("much").unwrap()), Some(4));
        let markdown = "# Chef\n\nSee [the *pay*](a/b.html)\nof & others.\n";
        assert_eq!(line(markdown, Format::Markdown, &["See the pay of & others."], 0, 0), Some(3));
        assert_eq!(
            line("One\r\ntwo three four five\r\nsix", Format::SavedText, &["two three four five"], 0, 0),
            Some(2)
        );
    }

    #[test]
    fn what_stands_twice_is_told_by_its_neighbours_or_not_at_all() {
        let source = "<h2>What you will need to know</h2>\n<li>Go\n<h2>What you will come to use</h2>\n<li>Go\n<h2>What there is besides</h2>";
        let texts =
            ["What you will need to know", "Go", "What you will come to use", "Go", "What there is besides"];
        assert_eq!(line(source, Format::Html, &texts, 1, 0), Some(2));
        assert_eq!(line(source, Format::Html, &texts, 3, 0), Some(4));
        assert_eq!(line("<p>Go<p>Go", Format::Html, &["Go", "Go"], 0, 0), None);
        assert_eq!(
            line("<p>Something else altogether", Format::Html, &["What is not there at all"], 0, 0),
            None
        );
    }

    #[test]
    fn a_page_of_the_same_costs_no_more_than_its_share() {
        let source = "<p>The same words once more</p>\n".repeat(40_000);
        let texts = vec!["The same words once more"; 40_000];
        let start = std::time::Instant::now();
        let places = Places::new(&source, Format::Html, texts);
        assert!((0..40_000).all(|text| places.line(text, 0).is_none()));
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
