//! What stands where in the source of a page: its links, what links to it may name, its titles, and the line of each text.

mod entities;
mod html;
mod markdown;
mod places;

use crate::parse::Format;
use std::collections::HashSet;

pub(super) use places::Places;

/// The most links and the most anchors of a page that are looked at.
const MOST: usize = 20_000;

/// A link as written, and the line it begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) url: String,
    pub(super) line: u32,
}

/// What the source of a page tells that the page itself does not keep.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    pub(super) links: Vec<Link>,
    /// What the fragment of a link to the page may be.
    pub(super) anchors: HashSet<String>,
    /// Links are relative to another address than the page's (`<base href>`).
    pub(super) rebased: bool,
    /// It has a title: a `<title>`, a heading of the first level, a title in the front matter.
    pub(super) titled: bool,
    /// The line that asks search engines to leave the page out.
    pub(super) robots: Option<u32>,
}

impl Source {
    pub(super) fn read(text: &str, format: Format) -> Self {
        let mut source = Self::default();
        match format {
            Format::Html => html::read(text, 0, &Lines::of(text), &mut source),
            Format::Markdown => markdown::read(text, &Lines::of(text), &mut source),
            // Saved text has no links, and its first line is as good a title as it can have.
            Format::SavedText => source.titled = true,
        }
        source
    }

    fn link(&mut self, url: &str, line: u32) {
        if self.links.len() < MOST && !url.trim().is_empty() {
            self.links.push(Link { url: url.trim().to_owned(), line });
        }
    }

    fn anchor(&mut self, anchor: &str) {
        if self.anchors.len() < MOST && !anchor.is_empty() {
            self.anchors.insert(anchor.to_owned());
        }
    }
}

impl Link {
    /// Whether it leads to a page of the same site, by a path relative to its own or a fragment.
    pub(super) fn is_within(&self) -> bool {
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
        // What a template or a script puts in is not there yet.
        let is_made = self.url.contains(['{', '}', '<', '>', '$']) || self.url.contains("javascript");
        !has_scheme && !path.starts_with(['/', '\\']) && !is_made
    }
}

/// Where the lines of a text begin.
#[derive(Debug)]
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect())
    }

    /// The line of a byte, from 1.
    fn line(&self, byte: usize) -> u32 {
        u32::try_from(self.0.partition_point(|start| *start <= byte)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_within_a_site() {
        let within = |url: &str| Link { url: url.to_owned(), line: 1 }.is_within();
        for url in ["a.html", "../b/c.md#x", "#pay", "a.html?x=1", "./"] {
            assert!(within(url), "{url}");
        }
        for url in ["https://a.example/", "mailto:a@b", "/a.html", "//a.example", "{{ url }}", "tel:1"] {
            assert!(!within(url), "{url}");
        }
    }

    #[test]
    fn the_line_of_a_byte() {
        let lines = Lines::of("a\nbc\n\nd");
        assert_eq!([0, 1, 2, 4, 5, 6, 99].map(|byte| lines.line(byte)), [1, 1, 2, 2, 3, 4, 4]);
    }
}
