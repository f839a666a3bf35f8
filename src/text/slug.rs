//! Ids made from names: stable, URL-safe, readable.

use super::fold;
use std::fmt::Write;

/// An id for a name: words in lower case without accents, joined by `-`. `C++` is `cpp`, `C#` is `csharp`,
/// `.NET` is `dotnet`. A name without any letter or digit of the alphabet gives its code points in hexadecimal.
pub fn slug(name: &str) -> String {
    let folded = fold(name);
    let mut slug = String::with_capacity(folded.len());
    let mut gap = false;
    let mut rest = &*folded;
    while let Some(c) = rest.chars().next() {
        let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let plain = rest.bytes().take_while(is_plain).count();
        let (here, behind) = rest.split_at(plain.max(c.len_utf8()));
        rest = behind;
        let goes_on = !gap && slug.ends_with(|last: char| last.is_ascii_alphanumeric());
        let names = behind.starts_with(|next: char| next.is_ascii_alphabetic());
        let word = match c {
            'a'..='z' | '0'..='9' => here,
            '+' if goes_on => "p",
            '#' if goes_on => "sharp",
            '.' if names && goes_on => ".",
            '.' if names => "dot",
            _ => {
                gap = true;
                continue;
            }
        };
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        slug.push_str(word);
    }
    if slug.is_empty() {
        for c in name.chars().filter(|c| !c.is_whitespace()).take(16) {
            let _ = write!(slug, "u{:x}", u32::from(c));
        }
    }
    if slug.is_empty() {
        slug.push_str("none");
    }
    slug
}

/// A path as one URL-safe segment, different for different paths: `/` becomes `~`, `_` is doubled, and any other
/// byte but A–Z a–z 0–9 . - becomes `_` and two hexadecimal digits.
pub fn segment(path: &str) -> String {
    let mut segment = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => segment.push(char::from(byte)),
            b'/' => segment.push('~'),
            b'_' => segment.push_str("__"),
            _ => {
                let _ = write!(segment, "_{byte:02x}");
            }
        }
    }
    segment
}

/// The path that a segment was made of; none where it was made of none.
pub fn unsegment(segment: &str) -> Option<String> {
    let mut path = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'~' => path.push(b'/'),
            b'_' => match bytes.next()? {
                b'_' => path.push(b'_'),
                high => {
                    let digit =
                        |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                    path.push(digit(high)? << 4 | digit(bytes.next()?)?);
                }
            },
            _ => path.push(byte),
        }
    }
    String::from_utf8(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_signs_keep_apart() {
        let ids = ["C", "C++", "C#", "F#", ".NET", "ASP.NET", "Node.js", "CI/CD", "Übersetzer:in", "R & D"]
            .map(slug);
        let wanted =
            ["c", "cpp", "csharp", "fsharp", "dotnet", "asp.net", "node.js", "ci-cd", "ubersetzer-in", "r-d"];
        assert_eq!(ids, wanted);
        assert_eq!(slug("中文"), "u4e2du6587");
        assert_eq!(slug(" "), "none");
    }

    #[test]
    fn different_paths_have_different_segments() {
        assert_eq!(segment("a/b_c d.html"), "a~b__c_20d.html");
        assert_ne!(segment("a/b"), segment("a~b"));
        assert_ne!(segment("a_20"), segment("a "));
    }
}
