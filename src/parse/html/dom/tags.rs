//! Tags without the attributes beyond any real tag: the parser compares each with all before it, which takes seconds for
//! some ten thousand. So they are taken out of the text before it is parsed.

use memchr::memchr;
use std::borrow::Cow;

/// The most attributes of a tag; real ones have up to some dozen.
pub(super) const MOST_ATTRIBUTES: usize = 256;
/// The most attributes of formatting, which is compared with all formatting before it that is still open.
const MOST_OF_FORMATTING: usize = 40;
/// What the HTML standard calls formatting.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// The text without the attributes of a tag beyond the first so many, and whether there were any.
pub(super) fn bounded(text: &str) -> (Cow<'_, str>, bool) {
    let bytes = text.as_bytes();
    let mut bounded: Option<String> = None;
    let (mut kept, mut at) = (0, 0);
    while let Some(open) = find(bytes, at, b'<') {
        at = open + 1;
        if bytes[at..].starts_with(b"!--") {
            at = position(text, at, "-->");
            continue;
        }
        let name = at + usize::from(bytes.get(at) == Some(&b'/'));
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        match tag(bytes, name) {
            Tag::Whole { end } => {
                // What looks like a tag in a script (`i<n`) is none.
                let is = |raw: &&&str| name == open + 1 && starts_with(&bytes[name..], raw);
                let raw = ["script", "style"].iter().find(is);
                at = raw.map_or(end, |raw| end_of_raw(bytes, end, raw));
            }
            Tag::Overfull { cut } => {
                // The tag is ended here. What looks like a tag to us may be none (in an `<iframe>`), and the next `<` its
                // end: that one stays.
                let bounded = bounded.get_or_insert_default();
                bounded.push_str(&text[kept..cut]);
                bounded.push('>');
                let end = skip(bytes, cut, |byte| matches!(byte, b'<' | b'>'));
                at = if bytes.get(end) == Some(&b'>') { end + 1 } else { end };
                kept = at;
            }
        }
    }
    match bounded {
        Some(mut bounded) => {
            bounded.push_str(&text[kept..]);
            (Cow::Owned(bounded), true)
        }
        None => (Cow::Borrowed(text), false),
    }
}

enum Tag {
    /// It ends here, or has what may be another tag here: what looks like a quoted value to us may be none (behind
    /// `<a b="` in an `<iframe>`), and whole tags be hidden in it.
    Whole { end: usize },
    /// One attribute too many begins here.
    Overfull { cut: usize },
}

/// Reads the attributes of a tag as the HTML standard says (13.2.5.32 ff.), from its name on.
fn tag(bytes: &[u8], name: usize) -> Tag {
    let mut at = skip(bytes, name, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    let name = &bytes[name..at];
    let is_formatting = || FORMATTING.iter().any(|one| name.eq_ignore_ascii_case(one.as_bytes()));
    let (mut attributes, mut inner) = (0, None);
    loop {
        at = skip(bytes, at, |byte| !is_space(byte) && byte != b'/');
        match bytes.get(at) {
            None => return Tag::Whole { end: inner.unwrap_or(at) },
            Some(b'>') => return Tag::Whole { end: inner.unwrap_or(at + 1) },
            Some(_) if attributes == MOST_OF_FORMATTING && is_formatting() => {
                return Tag::Overfull { cut: at };
            }
            Some(_) if attributes == MOST_ATTRIBUTES => return Tag::Overfull { cut: at },
            Some(_) => attributes += 1,
        }
        at = skip(bytes, at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let equals = skip(bytes, at, |byte| !is_space(byte));
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = skip(bytes, equals + 1, |byte| !is_space(byte));
        at = match bytes.get(value) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = find(bytes, value + 1, quote).unwrap_or(bytes.len());
                let tag = || find(&bytes[..end], value, b'<');
                inner = inner.or_else(tag);
                (end + 1).min(bytes.len())
            }
            _ => skip(bytes, value, |byte| is_space(byte) || byte == b'>'),
        };
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Where a text begins, from a place on, or the end.
fn position(text: &str, from: usize, part: &str) -> usize {
    text.get(from..).and_then(|rest| rest.find(part)).map_or(text.len(), |at| from + at)
}

/// Where the end tag of a raw text begins.
fn end_of_raw(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(open) = find(bytes, at, b'<') {
        at = open + 1;
        if bytes.get(at) == Some(&b'/') && starts_with(&bytes[at + 1..], name) {
            return open;
        }
    }
    bytes.len()
}

fn starts_with(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
}

/// Where the first such byte is, from a place on, or the end.
fn skip(bytes: &[u8], from: usize, until: impl Fn(u8) -> bool) -> usize {
    let behind = bytes.get(from..).unwrap_or_default();
    behind.iter().position(|&byte| until(byte)).map_or(bytes.len(), |at| from + at)
}

/// Where a byte first is, from a place on.
fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    memchr(byte, bytes.get(from..)?).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(attribute: impl Fn(usize) -> String) -> String {
        (0..5_000).map(attribute).collect()
    }

    #[test]
    fn what_real_tags_look_like_stays() {
        let words = "word ".repeat(2_000);
        for text in [
            format!("<p title = \"{words}\" alt='{words}'>x < y</p>"),
            format!("<a href=/{}>x</a>", "a/".repeat(2_000)),
            format!("<img src=\"data:{}\">", "ab/c ".repeat(2_000)),
            format!("a <b{}", "x".repeat(5_000)),
            format!("a < {words}"),
            "<p a=\"".to_owned() + &words,
            "<p a".to_owned(),
            "<p a=".to_owned(),
            "<".to_owned(),
        ] {
            let (bounded, cut) = bounded(&text);
            assert!(!cut && bounded == text.as_str(), "{text:.80}");
        }
    }

    #[test]
    fn attributes_beyond_the_bound_are_taken_out_however_they_are_written() {
        for attributes in [
            many(|n| format!(" a{n}")),
            many(|n| format!("\x0ca{n}")),
            many(|n| format!("/a{n}")),
            many(|n| format!(" a{n}=x")),
            many(|n| format!(" a{n} = x")),
            format!(" {}", many(|n| format!("a{n}=\"x\""))),
            many(|n| format!(" =a{n}")),
            format!(" t=\"{}\"{}", "x".repeat(10_000), many(|n| format!(" a{n}"))),
            many(|n| format!(" <a{n}")),
            format!("><iframe><a b=\"</iframe><p {}", many(|n| format!(" a{n}"))),
            format!("><svg><![CDATA[<a b='x]]><p {}", many(|n| format!(" a{n}"))),
        ] {
            for tag in ["p", "/p", "b"] {
                let text = format!("<{tag}{attributes}>after</p>");
                let (bounded, cut) = bounded(&text);
                assert!(cut && bounded.ends_with(">after</p>"), "{attributes:.40}: {bounded:.80}");
                assert!(!super::bounded(&bounded).1, "{attributes:.40}: {bounded:.80}");
            }
        }
    }

    #[test]
    fn a_script_that_looks_like_a_tag_still_ends() {
        let code = "x = y; ".repeat(2_000);
        for before in ["<script>", "<STYLE a=b>", "<!-- "] {
            let page = format!("{before}for(i=0;i<n;i++){{{code}}}</Script></style>--><p>after</p>");
            assert_eq!(bounded(&page), (Cow::Borrowed(page.as_str()), false));
        }
        let page = format!("<iframe>for(i=0;i<n;i++){{{code}}}</iframe><p>after</p>");
        assert!(bounded(&page).0.ends_with("</iframe><p>after</p>"));
    }
}
