//! The tags of HTML as they stand in the source, told apart from its text; what browsers do with them is `parse`'s.
//!
//! Every step moves forward, and what is opened and never closed goes to the end, so a page of any shape is read once.

use super::entities::decoded;
use super::{Lines, Source};
use std::borrow::Cow;

/// Elements whose content is no text of the page.
const SILENT: [&str; 5] = ["script", "style", "template", "noscript", "svg"];

/// What stands in the tag of a link that is there for a script.
const BUTTON: [&str; 4] = [" onclick", " data-", " role=", " aria-"];
/// Fragments that name what a link does.
const ACTIONS: [&str; 12] = [
    "next", "prev", "previous", "share", "close", "cancel", "menu", "more", "nav", "search", "print", "temp",
];

/// A piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Tag(Tag<'t>),
    /// Comments, declarations, scripts.
    Silent(&'t str),
}

/// A tag as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) name: &'t str,
    pub(super) closes: bool,
    whole: &'t str,
}

/// The pieces of a source, in order.
pub(super) struct Pieces<'t> {
    rest: &'t str,
    /// The element in which everything up to its end is silent.
    silent: Option<&'static str>,
}

pub(super) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text, silent: None }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(name) = self.silent.take() {
            let end = closing(self.rest, name).unwrap_or(self.rest.len());
            if end > 0 {
                return Some(Piece::Silent(self.take(end)));
            }
        }
        let begins = begins_tag(self.rest);
        if !begins {
            let mut end = 1;
            while let Some(at) = memchr::memchr(b'<', &self.rest.as_bytes()[end..]) {
                end += at;
                if begins_tag(&self.rest[end..]) {
                    return Some(Piece::Text(self.take(end)));
                }
                end += 1;
            }
            return Some(Piece::Text(self.take(self.rest.len())));
        }
        let end_of = |mark: &str| self.rest.find(mark).map_or(self.rest.len(), |at| at + mark.len());
        if self.rest.starts_with("<!--") {
            return Some(Piece::Silent(self.take(end_of("-->"))));
        }
        if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            return Some(Piece::Silent(self.take(end_of(">"))));
        }
        let whole = self.take(end_of_tag(self.rest));
        let inner = whole[1..].trim_end_matches('>');
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let tag = Tag { name: &inner[..end], closes, whole };
        if !closes && !whole.ends_with("/>") {
            self.silent = SILENT.into_iter().find(|name| tag.is(name));
        }
        Some(Piece::Tag(tag))
    }
}

impl<'t> Pieces<'t> {
    fn take(&mut self, length: usize) -> &'t str {
        let (piece, rest) = self.rest.split_at(self.rest.ceil_char_boundary(length));
        self.rest = rest;
        piece
    }
}

/// Whether a tag, a comment or a declaration begins here, and not a sign or an address (`<https://…>`).
fn begins_tag(text: &str) -> bool {
    let mut bytes = text.bytes();
    if bytes.next() != Some(b'<') {
        return false;
    }
    let rest = &text[1..];
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    if rest.starts_with(['!', '?']) {
        return true;
    }
    let name = rest.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest[name..].starts_with([':', '@', '.'])
}

/// Where a tag ends. Its values may hold `>`, between quotes that follow a `=`.
fn end_of_tag(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut after_sign) = (1, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'"' | b'\'' if after_sign => match memchr::memchr(byte, &bytes[at + 1..]) {
                Some(end) => at += end + 1,
                None => return text.len(),
            },
            _ => {}
        }
        after_sign = byte == b'=' || after_sign && byte.is_ascii_whitespace();
        at += 1;
    }
    text.len()
}

/// Where the end tag of an element begins.
fn closing(text: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), "</").find(|at| {
        let rest = &text.as_bytes()[at + 2..];
        rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
    })
}

impl<'t> Tag<'t> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether a link within the page is for a script: it opens a menu, turns a leaf.
    fn is_button(&self) -> bool {
        let scripted = |sign: &str| memchr::memmem::find(self.whole.as_bytes(), sign.as_bytes()).is_some();
        BUTTON.into_iter().any(scripted)
            || self.attribute("href").is_some_and(|url| {
                let name = url[1..].trim_end_matches(|c: char| c.is_ascii_digit());
                name.len() < 2 || ACTIONS.contains(&name.to_ascii_lowercase().as_str())
            })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'t, str>> {
        let mut rest =
            self.whole.trim_start_matches(['<', '/']).get(self.name.len()..)?.trim_end_matches('>');
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
                if after.is_empty() {
                    return None;
                }
                rest = after;
                continue;
            };
            let value = value.trim_ascii_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(decoded(value));
            }
            rest = after;
        }
    }
}

/// Reads a piece of HTML that stands so far into the text whose lines are given.
pub(super) fn read(text: &str, begins: usize, lines: &Lines, source: &mut Source) {
    let mut at = begins;
    let mut title = false;
    for piece in pieces(text) {
        let length = match piece {
            Piece::Text(text) => {
                source.titled |= title && !text.trim().is_empty();
                text.len()
            }
            Piece::Silent(text) => text.len(),
            Piece::Tag(tag) => {
                if tag.is("title") || tag.is("h1") {
                    title = !tag.closes;
                }
                if !tag.closes {
                    source.tag(&tag, lines.line(at));
                }
                tag.whole.len()
            }
        };
        at += length;
    }
}

impl Source {
    fn tag(&mut self, tag: &Tag<'_>, line: u32) {
        if let Some(id) = tag.attribute("id") {
            self.anchor(&id);
        }
        if tag.is("a") {
            if let Some(name) = tag.attribute("name") {
                self.anchor(&name);
            }
            if let Some(url) = tag.attribute("href").filter(|url| !(url.starts_with('#') && tag.is_button()))
            {
                self.link(&url, line);
            }
        } else if tag.is("base") {
            self.rebased |= tag.attribute("href").is_some();
        } else if tag.is("meta")
            && tag
                .attribute("content")
                .is_some_and(|content| content.to_ascii_lowercase().contains("noindex"))
        {
            self.robots.get_or_insert(line);
        }
    }
}

impl<'t> Piece<'t> {
    /// As it stands in the source.
    pub(super) fn whole(&self) -> &'t str {
        match self {
            Self::Text(text) | Self::Silent(text) => text,
            Self::Tag(tag) => tag.whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Format;

    #[test]
    fn pieces_put_together_are_the_source() {
        for text in [
            "<p a='>' b>x &lt; y < z</p><!-- <a> --><script>if (a<b) '<p>'</script >é",
            "<",
            "<!--",
            "<a href=\"x",
            "a <https://a.example> b",
            "<script>",
            "<p é=ü>",
        ] {
            let whole: String = pieces(text).map(|piece| piece.whole()).collect();
            assert_eq!(whole, text);
        }
        let texts = pieces("<p a='>' b>x < z</p><script>no</script>y").filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        });
        assert_eq!(texts.collect::<Vec<_>>(), ["x < z", "y"]);
    }

    #[test]
    fn links_and_anchors_with_their_lines() {
        let text = "<title>x</title>\n<h2 id=pay>Pay</h2>\n<p><a class=x\n href='a.html?b&amp;c'>a</a> <A NAME=\"top\" HREF=b.html>b</A>";
        let source = Source::read(text, Format::Html);
        let links: Vec<(&str, u32)> =
            source.links.iter().map(|link| (link.url.as_str(), link.line)).collect();
        assert_eq!(links, [("a.html?b&c", 3), ("b.html", 4)]);
        assert!(source.titled && source.anchors.contains("pay") && source.anchors.contains("top"));
        assert!(!Source::read("<title> </title><h1></h1><p>x", Format::Html).titled);
    }

    #[test]
    fn links_for_scripts_are_none() {
        let text = "<a href='#next'>a</a><a href=#0>b</a><a href=# onclick=x()>c</a><a href=#x1 data-toggle=y>d</a><a href=#pay>e</a>";
        let source = Source::read(text, Format::Html);
        let links: Vec<&str> = source.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(links, ["#pay"]);
        let text = "<p>Übersicht <b>ä</b><h2 id=b>é</h2>";
        assert!(Source::read(text, Format::Html).anchors.contains("b"));
    }

    #[test]
    fn hostile_sources_are_read_once() {
        let start = std::time::Instant::now();
        for text in ["<", "<a href=\"", "<!--", "</", "<a ='", "&#", "<script></", "<p a "] {
            Source::read(&text.repeat((1 << 20) / text.len()), Format::Html);
        }
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
