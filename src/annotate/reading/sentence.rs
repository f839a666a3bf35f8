//! The sentences of a section, as facts are read from them and quoted.

use crate::model::{Block, Evidence, Section};
use crate::text;

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
    text::sentences(&block.text).into_iter().map(move |range| {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let evidence =
            Evidence { block: Some(small(index)), start: small(range.start), end: small(range.end) };
        Sentence { text: &block.text[range], evidence, index, block }
    })
}
