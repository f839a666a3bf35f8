//! How much of a page is shown: a page may be as long as its maker likes, what is sent may not.

use crate::model::{BlockKind, Page, Section};

/// The most headings and blocks.
const MOST_PIECES: usize = 2_000;
/// The most text, in bytes.
const MOST_TEXT: usize = 400_000;
/// The most of one block, in bytes.
pub(super) const LONGEST_BLOCK: usize = 20_000;

/// Something that stands in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A heading, an index into the section's subheadings.
    Heading(usize),
    /// A block, an index into the section's.
    Block(usize),
}

/// Where the text ends that is shown: what is not, from where on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The section that is not whole; as many as there are where all is shown.
    pub(super) section: usize,
    /// How many of its pieces are shown.
    pieces: usize,
    /// How many of its blocks are.
    blocks: usize,
}

/// The headings and blocks of a section as they are read.
fn pieces(section: &Section) -> impl Iterator<Item = Piece> {
    let headings = section.subheadings.len();
    let mut next = 0;
    let above = section.blocks.iter().enumerate().flat_map(move |(at, block)| {
        let first = next;
        next = block.heading.map_or(next, |heading| next.max(usize::from(heading) + 1).min(headings));
        (first..next).map(Piece::Heading).chain([Piece::Block(at)])
    });
    // Those that nothing stands under come last.
    let last = section.blocks.iter().filter_map(|block| block.heading).max();
    let rest = last.map_or(0, |last| usize::from(last) + 1)..headings;
    above.chain(rest.map(Piece::Heading))
}

impl Cut {
    pub(super) fn of(page: &Page) -> Self {
        let (mut all, mut text) = (0, 0);
        for (section, of) in page.sections.iter().enumerate() {
            // The section's own heading is one, too.
            all += 1;
            let mut blocks = 0;
            for (at, piece) in pieces(of).enumerate() {
                if all >= MOST_PIECES || text >= MOST_TEXT {
                    return Self { section, pieces: at, blocks };
                }
                all += 1;
                text += cost(of, piece);
                blocks += usize::from(matches!(piece, Piece::Block(_)));
            }
        }
        Self { section: page.sections.len(), pieces: 0, blocks: 0 }
    }

    /// What is shown of a section.
    pub(super) fn pieces(self, index: usize, section: &Section) -> Vec<Piece> {
        let most = if index < self.section { usize::MAX } else { self.pieces };
        pieces(section).take(most).collect()
    }

    /// Whether a section, or a block of it, is shown.
    pub(super) fn shows(self, section: usize, block: Option<usize>) -> bool {
        section < self.section || section == self.section && block.is_none_or(|block| block < self.blocks)
    }

    /// How many blocks are not shown, and how many sections are not begun.
    pub(super) fn more(self, page: &Page) -> (usize, usize) {
        let rest = page.sections.get(self.section..).unwrap_or_default();
        let blocks: usize = rest.iter().map(|section| section.blocks.len()).sum();
        (blocks - self.blocks.min(blocks), rest.len().saturating_sub(1))
    }
}

/// How much text a piece has.
fn cost(section: &Section, piece: Piece) -> usize {
    match piece {
        Piece::Heading(at) => section.subheadings[at].text.len().min(LONGEST_BLOCK),
        Piece::Block(at) => match section.blocks[at].kind {
            // Each cell is cut by itself.
            BlockKind::Row { .. } => section.blocks[at].text.len(),
            _ => section.blocks[at].text.len().min(LONGEST_BLOCK),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Heading};

    fn block(text: &str, heading: Option<u16>) -> Block {
        Block { kind: BlockKind::Paragraph, text: text.to_owned(), heading }
    }

    fn section(blocks: Vec<Block>, headings: usize) -> Section {
        Section { blocks, subheadings: vec![Heading::default(); headings], ..Section::default() }
    }

    #[test]
    fn headings_stand_above_their_blocks_and_each_is_read() {
        let section = section(vec![block("a", None), block("b", Some(1)), block("c", Some(1))], 4);
        let read: Vec<Piece> = pieces(&section).collect();
        let wanted = [
            Piece::Block(0),
            Piece::Heading(0),
            Piece::Heading(1),
            Piece::Block(1),
            Piece::Block(2),
            Piece::Heading(2),
            Piece::Heading(3),
        ];
        assert_eq!(read, wanted);
    }

    #[test]
    fn a_long_page_is_cut_and_it_is_known_where() {
        let many = |blocks| section(vec![block("a", None); blocks], 0);
        let page = Page { sections: vec![many(1_500), many(1_000), many(9)], ..Page::default() };
        let cut = Cut::of(&page);
        assert_eq!((cut.section, cut.blocks), (1, 498));
        assert!(cut.shows(0, Some(1_499)) && cut.shows(1, None) && cut.shows(1, Some(497)));
        assert!(!cut.shows(1, Some(498)) && !cut.shows(2, None));
        assert_eq!(
            (cut.pieces(0, &page.sections[0]).len(), cut.pieces(1, &page.sections[1]).len()),
            (1_500, 498)
        );
        assert_eq!(cut.more(&page), (511, 1));
        let long = section(vec![block(&"a".repeat(1 << 20), None); 30], 0);
        let page = Page { sections: vec![long], ..Page::default() };
        assert_eq!(Cut::of(&page).more(&page), (10, 0));
        let page = Page { sections: vec![many(3)], ..Page::default() };
        assert_eq!((Cut::of(&page).more(&page), Cut::of(&page).shows(0, Some(2))), ((0, 0), true));
    }
}
