//! Tags without the attributes beyond any real tag: the parser compares each with all before it, which takes seconds for
//! some ten thousand. So they are taken out of the text before it is parsed.

use std::borrow::Cow;

/// The most attributes of a tag; real ones have up to some dozen.
pub(super) const MOST_ATTRIBUTES: usize = 256;

/// The text without the attributes of a tag beyond the first [`MOST_ATTRIBUTES`], and whether there were any.
pub(super) fn bounded(text: &str) -> (Cow<'_, str>, bool) {
    let bytes = text.as_bytes();
    let mut bounded: Option<String> = None;
    let (mut kept, mut at) = (0, 0);
    while let Some(open) = find(bytes, at, |byte| byte == b'<') {
        at = open + 1;
        let name = at + usize::from(bytes.get(at) == Some(&b'/'));
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        match tag(bytes, name) {
            Tag::Whole { end } => at = end,
            Tag::Overfull { cut } => {
                // The tag is ended here. What looks like a tag to us may stand in a script (`i<n`), and the next `<`
                // be the script's end: that one stays.
                let bounded = bounded.get_or_insert_default();
                bounded.push_str(&text[kept..cut]);
                bounded.push('>');
                let end = find(bytes, cut, |byte| matches!(byte, b'<' | b'>')).unwrap_or(bytes.len());
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
    /// It ends here.
    Whole { end: usize },
    /// One attribute too many begins here.
    Overfull { cut: usize },
}

/// Reads the attributes of a tag as the HTML standard says (13.2.5.32 ff.), from its name on.
fn tag(bytes: &[u8], name: usize) -> Tag {
    let find = |from: usize, is: fn(u8) -> bool| find(bytes, from, is).unwrap_or(bytes.len());
    let mut at = find(name, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    let mut attributes = 0;
    loop {
        at = find(at, |byte| !is_space(byte) && byte != b'/');
        match bytes.get(at) {
            None => return Tag::Whole { end: at },
            Some(b'>') => return Tag::Whole { end: at + 1 },
            Some(_) if attributes == MOST_ATTRIBUTES => return Tag::Overfull { cut: at },
            Some(_) => attributes += 1,
        }
        at = find(at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let equals = find(at, |byte| !is_space(byte));
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = find(equals + 1, |byte| !is_space(byte));
        at = match bytes.get(value) {
            Some(b'"') => (find(value + 1, |byte| byte == b'"') + 1).min(bytes.len()),
            Some(b'\'') => (find(value + 1, |byte| byte == b'\'') + 1).min(bytes.len()),
            _ => find(value, |byte| is_space(byte) || byte == b'>'),
        };
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Where the first such byte is, from a place on.
fn find(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    bytes.get(from..)?.iter().position(|&byte| is(byte)).map(|at| from + at)
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
        ] {
            for tag in ["p", "/p"] {
                let text = format!("<{tag}{attributes}>after</p>");
                let (bounded, cut) = bounded(&text);
                assert!(cut && bounded.ends_with(">after</p>"), "{attributes:.40}: {bounded:.80}");
                assert!(!super::bounded(&bounded).1, "{attributes:.40}: {bounded:.80}");
            }
        }
    }

    #[test]
    fn a_script_that_looks_like_a_tag_still_ends() {
        let script = format!("<script>for(i=0;i<n;i++){{{}}}</script><p>after</p>", "x = y; ".repeat(2_000));
        assert!(bounded(&script).0.ends_with("</script><p>after</p>"));
    }
}
