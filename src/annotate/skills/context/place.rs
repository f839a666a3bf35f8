//! What the place of a text says: "Access" alone in a list of tools is the database, in a list of duties it is not.

use super::tells::is_subject;
use crate::model::{Block, BlockKind, Heading, Section};
use crate::text::{Word, words as words_of};
use std::ops::Range;

/// Kinds of sections that list skills and nothing else, and those that ask for them among other things.
const LISTS: [&str; 4] = ["technology", "tools", "skills", "soft-skills"];
const ASKS: [&str; 4] = ["requirements", "qualifications", "certifications", "experience"];

/// What the place of a text says about the names in it.
#[derive(Clone, Copy, Default)]
pub(in crate::annotate) struct Place<'a> {
    /// It lists skills.
    pub(super) lists: bool,
    /// It asks for skills, or lists them.
    pub(super) asks: bool,
    /// What stands alone there: the cells of a row, or the whole text of an item.
    parts: Parts<'a>,
}

#[derive(Clone, Copy, Default)]
enum Parts<'a> {
    /// Running text.
    #[default]
    None,
    Whole,
    Cells(&'a [(u32, u32)]),
}

/// The places of a section, as its kind and headings tell.
pub(in crate::annotate) struct Places {
    of_section: Place<'static>,
    /// For each subheading whether it is about skills.
    subheadings: Vec<bool>,
}

impl Places {
    pub(in crate::annotate) fn of(section: &Section) -> Self {
        let is_about_skills = |heading: &Heading| words_of(&heading.text).any(|word| is_subject(&word));
        let kind = section.kind.id.as_str();
        let lists = LISTS.contains(&kind) || section.heading.as_ref().is_some_and(is_about_skills);
        let of_section = Place { lists, asks: lists || ASKS.contains(&kind), parts: Parts::Whole };
        Self { of_section, subheadings: section.subheadings.iter().map(is_about_skills).collect() }
    }

    pub(in crate::annotate) fn of_headings(&self) -> Place<'static> {
        Place { asks: self.of_section.lists, ..self.of_section }
    }

    pub(in crate::annotate) fn of_block<'a>(&self, block: &'a Block) -> Place<'a> {
        let parts = match &block.kind {
            BlockKind::Paragraph | BlockKind::Code => return Place::default(),
            BlockKind::Item { .. } => Parts::Whole,
            BlockKind::Row { cells, .. } => Parts::Cells(cells),
        };
        let sub = block.heading.and_then(|index| self.subheadings.get(usize::from(index)));
        let Place { lists, asks, .. } = self.of_section;
        let is_about_skills = sub.is_some_and(|&is_about_skills| is_about_skills);
        Place { lists: lists || is_about_skills, asks: asks || is_about_skills, parts }
    }
}

impl Place<'_> {
    /// The words are all that stands in a part of the text, but for what follows in parentheses or behind a colon.
    pub(super) fn is_alone(&self, text: &str, words: &[Word<'_>], range: &Range<usize>) -> bool {
        let part = match self.parts {
            Parts::None => return false,
            Parts::Whole => 0..text.len(),
            Parts::Cells(cells) => {
                let start = words[range.start].start;
                let at = cells.partition_point(|&(_, end)| end as usize <= start);
                cells.get(at).map_or(0..0, |&(start, end)| start as usize..end as usize)
            }
        };
        let within = |word: &Word<'_>| part.contains(&word.start);
        if !within(&words[range.start])
            || range.start.checked_sub(1).is_some_and(|before| within(&words[before]))
        {
            return false;
        }
        words.get(range.end).filter(|next| within(next)).is_none_or(|next| {
            let gap = &text[words[range.end - 1].end..next.start];
            gap.contains(['(', ':']) || [" – ", " — ", " - "].contains(&gap)
        })
    }
}
