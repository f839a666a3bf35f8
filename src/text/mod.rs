//! What text is made of: words as the index sees them, sentences as snippets and facts quote them, ids made from names.

mod digest;
mod grams;
mod key;
mod sentences;
mod slug;
mod words;

pub use digest::digest;
pub use grams::{GRAMS, grams};
pub use key::{key, spread};
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
    if bytes.first().is_some_and(u8::is_ascii_graphic) {
        // As many bytes at a time as the machine compares at once, with those behind each.
        while let Some((these, next)) =
            bytes[at..].first_chunk::<16>().zip(bytes[at + 1..].first_chunk::<16>())
        {
            let is_plain = |byte: u8| byte.is_ascii_graphic() | (byte == b' ');
            let pairs = these.iter().zip(next);
            if !pairs
                .fold(true, |all, (&a, &b)| all & is_plain(a) & is_plain(b) & !((a == b' ') & (b == b' ')))
            {
                break;
            }
            at += these.len();
        }
    }
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
    let bytes = text.as_bytes();
    let (mut spaces, mut bits) = (0, 0);
    // Most texts are a few words. Longer ones are counted in parts, whose bytes are looked at several at a time.
    let (parts, rest) = if bytes.len() < 64 { bytes.split_at(0) } else { bytes.split_at(bytes.len() & !63) };
    for part in parts.chunks_exact(64) {
        let mut spaces_of_part = 0_u8;
        for byte in part {
            spaces_of_part += u8::from(byte.is_ascii_whitespace());
            bits |= byte;
        }
        spaces += usize::from(spaces_of_part);
    }
    for byte in rest {
        spaces += usize::from(IS_SPACE[usize::from(*byte)]);
        bits |= byte;
    }
    if bits.is_ascii() {
        return (text.len() - spaces) as u64;
    }
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}

/// Where the first byte stands that is looked for. Where that may be far away it is found several times as soon as by going
/// from byte to byte.
pub(crate) fn find_byte(bytes: &[u8], is_looked_for: impl Fn(u8) -> bool) -> Option<usize> {
    let (parts, _) = bytes.as_chunks::<16>();
    let has_one =
        |part: &[u8; 16]| part.iter().fold(0, |any, byte| any | u8::from(is_looked_for(*byte))) != 0;
    let from = 16 * parts.iter().position(has_one).unwrap_or(parts.len());
    bytes[from..].iter().position(|byte| is_looked_for(*byte)).map(|at| from + at)
}

/// White space of ASCII.
const IS_SPACE: [u8; 256] = {
    let mut is_space = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        is_space[byte as usize] = byte.is_ascii_whitespace() as u8;
        byte += 1;
    }
    is_space
};

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
        fn a_byte_is_found_where_it_first_stands(text in "[a-c]{0,40}[.é]{0,2}[a-c]{0,40}") {
            let bytes = text.as_bytes();
            prop_assert_eq!(find_byte(bytes, |byte| byte == b'.'), text.find('.'));
            prop_assert_eq!(find_byte(bytes, |byte| !byte.is_ascii()), text.find('é'));
        }

        #[test]
        fn white_space_is_collapsed_and_counted_as_its_characters_say(
            text in "[a \t\n\u{b}é\u{a0}\u{200b}\u{ad}\u{7f}中]{0,24}|[a-c ]{0,24}|([a-c]{1,20}[ \t]{0,2}){0,9}",
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
