//! The sentence that something stands in.

use crate::model::{Evidence, Section};
use crate::text::sentences;
use std::ops::Range;

/// How much of the text before and behind something is looked at, in bytes: what is quoted stays short, and a text
/// without full stops takes no longer than any other.
const AROUND: usize = 400;

/// The sentence of a block that something stands in; of a heading there is none.
pub(super) fn around(section: &Section, block: Option<u32>, at: Range<usize>) -> Evidence {
    let of = block.and_then(|block| section.blocks.get(block as usize));
    let Some(of) = of.filter(|of| of.text.get(at.clone()).is_some()) else { return Evidence::default() };
    let sentence = sentence(&of.text, at);
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Evidence { block, start: small(sentence.start), end: small(sentence.end) }
}

/// The first sentence of a section that says something of its page.
pub(super) fn first(section: &Section) -> Evidence {
    let block = section.own_blocks().find(|(_, block)| !block.text.is_empty());
    block.map_or_else(Evidence::default, |(index, _)| around(section, u32::try_from(index).ok(), 0..0))
}

/// The sentence, or as many of its words as are near.
fn sentence(text: &str, at: Range<usize>) -> Range<usize> {
    let least = text.ceil_char_boundary(at.start.saturating_sub(AROUND));
    let most = text.floor_char_boundary(at.end + AROUND).max(at.end);
    // What is cut is cut between words.
    let start = match text[least..at.start].find(char::is_whitespace) {
        _ if least == 0 => 0,
        Some(space) => least + space,
        None => at.start,
    };
    let end = match text[at.end..most].rfind(char::is_whitespace) {
        _ if most == text.len() => most,
        Some(space) => at.end + space,
        None => at.end,
    };
    let sentences = sentences(&text[start..end]).into_iter();
    let mut sentences = sentences.map(|sentence| start + sentence.start..start + sentence.end);
    let sentence = sentences.find(|sentence| at.start < sentence.end).unwrap_or(at.clone());
    sentence.start.min(at.start)..sentence.end.max(at.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quoted<'t>(text: &'t str, named: &str) -> &'t str {
        let at = text.find(named).unwrap();
        &text[sentence(text, at..at + named.len())]
    }

    #[test]
    fn a_sentence_is_whole_and_a_very_long_one_is_cut_between_words() {
        let text = "We ship. You know Go, e.g. its tools. We pay.";
        assert_eq!(quoted(text, "Go"), "You know Go, e.g. its tools.");
        assert_eq!(quoted(text, "We ship"), "We ship.");
        let long = format!("{} Go {}", "über alles ".repeat(9_000), "nie endend ".repeat(9_000));
        let quoted = quoted(&long, "Go");
        assert!(quoted.len() <= 2 * AROUND + 2 && quoted.len() > AROUND, "{quoted}");
        assert!(quoted.starts_with(['ü', 'a']) && quoted.ends_with('d') | quoted.ends_with('e'), "{quoted}");
    }

    proptest! {
        #[test]
        fn what_is_quoted_holds_what_it_is_quoted_for(text in "[a-zé🚀. ]{1,900}", from in 0_usize..900, length in 0_usize..9) {
            let start = text.floor_char_boundary(from.min(text.len()));
            let end = text.floor_char_boundary((start + length).min(text.len())).max(start);
            let range = sentence(&text, start..end);
            prop_assert!(range.start <= start && end <= range.end);
            prop_assert!(text.get(range).is_some_and(|quoted| quoted.len() <= 2 * AROUND + length));
        }
    }
}
