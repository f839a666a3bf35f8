//! Copies: pages that say the same, under several addresses or stored twice. They have one title and one text, section
//! by section, and so one role, language and level; their source, address and date may differ.

use super::{Fields, NONE, Segment, column};
use crate::model::{FacetField, Language, Page};
use crate::text::digest;

/// Which pages of a generation are copies of each other.
#[derive(Debug, Default)]
pub struct Copies {
    /// For each page, by its ordinal, the place of its group; nothing where no page has a copy.
    group_of: Vec<u32>,
    groups: Vec<CopyGroup>,
}

/// Pages that are copies of each other, at least two.
#[derive(Debug)]
pub struct CopyGroup {
    /// In the order of their ids.
    pub pages: Vec<CopyPlace>,
    /// Ordinals of the sources that they are in, each once.
    pub sources: Vec<u32>,
}

/// Where a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyPlace {
    /// The page's ordinal.
    pub page: u32,
    /// Its segment.
    pub segment: usize,
    /// Index into the segment's pages.
    pub index: usize,
    /// The ordinal of its source.
    pub source: u32,
}

impl CopyGroup {
    fn new(pages: Vec<CopyPlace>) -> Self {
        let mut sources: Vec<u32> = pages.iter().map(|copy| copy.source).collect();
        sources.sort_unstable();
        sources.dedup();
        Self { pages, sources }
    }
}

impl Copies {
    /// The copies among the pages of these segments, of which there are so many.
    pub(super) fn find(segments: &[Segment], pages: usize) -> Result<Self, tantivy::TantivyError> {
        let mut known: Vec<(u64, CopyPlace)> = Vec::with_capacity(pages);
        for (at, segment) in segments.iter().enumerate() {
            let Some(column) = segment.reader.fast_fields().column_opt::<u64>(Fields::CONTENT_HASH)? else {
                continue;
            };
            column::values(Some(&column), segment.firsts(), |index, hash| {
                let source = segment.page_value(FacetField::Source, index);
                let place = CopyPlace { page: segment.pages[index].page, segment: at, index, source };
                known.push((hash, place));
            });
        }
        known.sort_unstable_by_key(|(hash, place)| (*hash, place.page));
        let mut copies = Self::default();
        for same in known.chunk_by(|(a, _), (b, _)| a == b).filter(|same| same.len() > 1) {
            copies.group_of.resize(pages, NONE);
            let group = u32::try_from(copies.groups.len()).unwrap_or(NONE);
            let same: Vec<CopyPlace> = same.iter().map(|(_, place)| *place).collect();
            same.iter().for_each(|copy| copies.group_of[copy.page as usize] = group);
            copies.groups.push(CopyGroup::new(same));
        }
        Ok(copies)
    }

    /// The copies of a page, itself among them; none where it has no other.
    pub fn of(&self, page: u32) -> Option<&CopyGroup> {
        let group = *self.group_of.get(page as usize)?;
        self.groups.get(group as usize)
    }

    /// Whether a page is a copy of one whose id comes before its own.
    pub fn is_later(&self, page: u32) -> bool {
        self.of(page).is_some_and(|group| group.pages[0].page != page)
    }
}

/// A hash of what copies of a page have in common. Which of its blocks are boilerplate and which skills are known is a
/// matter of its source, and left out.
pub(super) fn content_hash(page: &Page) -> u64 {
    // As a whole: many bytes at a time are hashed faster.
    let mut whole = Vec::new();
    let mut add = |text: &str| {
        // With its length, so that no two texts run into each other.
        whole.extend_from_slice(&(text.len() as u64).to_le_bytes());
        whole.extend_from_slice(text.as_bytes());
    };
    let language = page.language.as_deref().map(Language::label);
    add(&page.title);
    add(page.role.as_ref().map_or("", |role| &role.id));
    add(language.as_ref().map_or("", |language| &language.id));
    add(page.level.map(|level| level.label().id).as_deref().unwrap_or_default());
    for section in &page.sections {
        add(&section.kind.id);
        let headings: Vec<&str> =
            section.heading.iter().chain(&section.subheadings).map(|heading| heading.text.as_str()).collect();
        for texts in [headings, section.blocks.iter().map(|block| block.text.as_str()).collect()] {
            add(&texts.len().to_string());
            texts.into_iter().for_each(&mut add);
        }
    }
    digest(blake3::hash(&whole))
}
