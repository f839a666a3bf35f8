//! What text is made of: words as the index sees them, sentences as snippets and facts quote them, ids made from names.

mod digest;
mod grams;
mod sentences;
mod slug;
mod words;

pub use digest::digest;
pub use grams::{GRAMS, grams};
pub use sentences::sentences;
pub use slug::{segment, slug, unsegment};
pub use words::{Word, Words, all_words, fold, words};

/// The text with every run of white space as one space, none at the ends, and no control characters.
pub fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    push_collapsed(&mut collapsed, text);
    collapsed.truncate(collapsed.trim_end().len());
    collapsed
}

/// Appends text with its white space collapsed; a run that continues one at the end of `to` adds nothing.
pub fn push_collapsed(to: &mut String, text: &str) {
    let mut space = to.is_empty() || to.ends_with(' ');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (plain, behind) = rest.split_at(plain_len(rest));
        if !plain.is_empty() {
            to.push_str(plain);
            space = false;
            rest = behind;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            if !space {
                to.push(' ');
                space = true;
            }
        } else if !c.is_control() && !matches!(c, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{2060}') {
            to.push(c);
            space = false;
        }
    }
}

/// How many bytes a text begins with that stay as they are: words of ASCII with a space between each two.
fn plain_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let is_between = || *byte == b' ' && at > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic);
        if !byte.is_ascii_graphic() && !is_between() {
            break;
        }
        at += 1;
    }
    at
}

/// How many characters of a text are no space.
pub fn visible_len(text: &str) -> u64 {
    let (mut spaces, mut bits) = (0, 0);
    for byte in text.as_bytes() {
        spaces += usize::from(byte.is_ascii_whitespace());
        bits |= byte;
    }
    if bits.is_ascii() {
        return (text.len() - spaces) as u64;
    }
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}

/// Emoji and other small pictures, with what joins and varies them.
pub fn is_pictogram(c: char) -> bool {
    matches!(u32::from(c), 0x200D | 0x20E3 | 0x2190..=0x21FF | 0x2300..=0x27BF | 0x2B00..=0x2BFF | 0xFE00..=0xFE0F | 0x1F000..=0x1FAFF)
}

/// The known name that is nearest to one that is unknown, if any is near.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let rated = known.into_iter().map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    rated
        .filter(|(rating, _)| *rating > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn white_space_is_collapsed_and_counted_as_its_characters_say(
            text in "[a \t\n\u{b}é\u{a0}\u{200b}\u{ad}\u{7f}中]{0,24}|[a-c ]{0,24}",
        ) {
            let is_space = |c: &char| c.is_whitespace() || matches!(c, '\u{200b}');
            let shown: String = text.chars().filter(|c| is_space(c) || !c.is_control() && *c != '\u{ad}').collect();
            let words: Vec<&str> = shown.split(|c| is_space(&c)).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(collapse(&text), words.join(" "));
            if !text.contains('\u{b}') {
                prop_assert_eq!(visible_len(&text), text.chars().filter(|c| !c.is_whitespace()).count() as u64);
            }
        }
    }
}
