//! Pieces of a text as it is read, shared with it where they stand in it as they are: a tree of copies would be made and
//! dropped piece by piece.

use html5ever::tendril::StrTendril;
use std::borrow::Cow;
use std::ops::Range;

/// What is no longer than this is no less in a copy, in bytes: it stands where its address would.
const INLINE: usize = 8;

/// The text that is read.
pub(super) struct Page<'p> {
    text: &'p str,
    /// The same, to be shared by what the tree holds of it.
    whole: StrTendril,
}

impl<'p> Page<'p> {
    pub(super) fn of(text: &'p str) -> Self {
        Self { text, whole: StrTendril::from_slice(text) }
    }
}

/// A piece of the text that comes in parts: what stands in the page as it is read is shared with it, all else (references to
/// characters, other ends of lines) is put together. It is bytes, for a character may come in several parts.
#[derive(Default)]
pub(super) struct Piece {
    /// Where it stands in the page.
    within: Range<usize>,
    /// What does not stand there.
    made: Vec<u8>,
}

impl Piece {
    pub(super) fn is_empty(&self) -> bool {
        self.within.is_empty() && self.made.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.within = 0..0;
        self.made.clear();
    }

    #[inline]
    pub(super) fn push(&mut self, part: &[u8], page: &Page<'_>) {
        let place = part.as_ptr().addr().wrapping_sub(page.text.as_ptr().addr());
        let stands_there = place.checked_add(part.len()).is_some_and(|end| end <= page.text.len());
        if stands_there && self.is_empty() {
            self.within = place..place + part.len();
        } else if stands_there && self.made.is_empty() && self.within.end == place {
            self.within.end += part.len();
        } else {
            self.made.extend_from_slice(&page.text.as_bytes()[std::mem::take(&mut self.within)]);
            self.made.extend_from_slice(part);
        }
    }

    /// The piece, whole; it is empty then.
    pub(super) fn take(&mut self, page: &Page<'_>) -> StrTendril {
        let Range { start, end } = std::mem::take(&mut self.within);
        if let Some(text) = page.text.get(start..end).filter(|text| !text.is_empty()) {
            if text.len() <= INLINE {
                return StrTendril::from_slice(text);
            }
            let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            return page.whole.subtendril(small(start), small(end - start));
        }
        self.made.extend_from_slice(&page.text.as_bytes()[start..end]);
        let made = StrTendril::from_slice(&text(&self.made));
        self.made.clear();
        made
    }
}

/// What html5gum reads of a text is text, whole characters once all parts of it have come.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
