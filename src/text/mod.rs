//! What text is made of: words as the index sees them, sentences as snippets and facts quote them, ids made from names.

mod grams;
mod sentences;
mod slug;
mod words;

pub use grams::grams;
pub use sentences::sentences;
pub use slug::{segment, slug, unsegment};
pub use words::{Word, Words, fold, words};

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
    for c in text.chars() {
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

/// How many characters of a text are no space.
pub fn visible_len(text: &str) -> u64 {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() as u64;
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
