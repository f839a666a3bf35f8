//! The sentences of a section, as facts are read from them and quoted.

use crate::model::{Block, Evidence, Section};
use crate::text;
use std::ops::Range;

/// The longest sentence that is read at once, in bytes: a text without full stops is read in pieces, so that what is
/// looked up again for each thing in a sentence stays bounded.
const LONGEST: usize = 8 << 10;

/// A sentence and where it stands.
#[derive(Clone, Copy)]
pub(in crate::annotate) struct Sentence<'a> {
    pub(in crate::annotate) text: &'a str,
    pub(in crate::annotate) evidence: Evidence,
    /// Index of the block.
    pub(in crate::annotate) index: usize,
    pub(in crate::annotate) block: &'a Block,
}

/// The sentences of the blocks that say something of the page, in order.
pub(in crate::annotate) fn sentences(section: &Section) -> impl Iterator<Item = Sentence<'_>> {
    section.own_blocks().flat_map(|(index, block)| sentences_of(index, block))
}

/// The sentences of one block, for those who looked first whether it has any of theirs.
pub(in crate::annotate) fn sentences_of(index: usize, block: &Block) -> impl Iterator<Item = Sentence<'_>> {
    let sentences = text::sentences(&block.text).into_iter();
    sentences.flat_map(|sentence| pieces(&block.text, sentence)).map(move |range| {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let evidence =
            Evidence { block: Some(small(index)), start: small(range.start), end: small(range.end) };
        Sentence { text: &block.text[range], evidence, index, block }
    })
}

/// A sentence in pieces that are not too long, cut at spaces where there are some.
fn pieces(text: &str, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = sentence.start;
    std::iter::from_fn(move || {
        let rest = text.get(start..sentence.end).filter(|rest| !rest.is_empty())?;
        let piece = &rest[..rest.floor_char_boundary(LONGEST)];
        let is_last = piece.len() == rest.len();
        let length = if is_last { piece.len() } else { piece.rfind(' ').map_or(piece.len(), |at| at + 1) };
        let range = start..start + text[start..start + length].trim_end().len().max(1);
        start += length;
        Some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn read(text: &str) -> Vec<String> {
        let block = Block { kind: BlockKind::Paragraph, text: text.to_owned(), heading: None };
        let sentences = sentences_of(0, &block);
        let quoted = |sentence: &Sentence<'_>| {
            let Evidence { start, end, .. } = sentence.evidence;
            assert_eq!(&text[start as usize..end as usize], sentence.text);
        };
        sentences.inspect(quoted).map(|sentence| sentence.text.to_owned()).collect()
    }

    #[test]
    fn sentences_are_whole_and_what_has_no_end_is_read_in_pieces() {
        assert_eq!(read("We ship. You learn."), ["We ship.", "You learn."]);
        let words = "über alles ".repeat(4_000);
        let pieces = read(words.trim_end());
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.len() <= LONGEST));
        assert!(pieces.iter().all(|piece| piece.starts_with("über") || piece.starts_with("alles")));
        assert_eq!(pieces.join(" "), words.trim_end());
        let word = "ü".repeat(10_000);
        assert_eq!(read(&word).concat(), word);
    }
}
