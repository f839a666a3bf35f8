//! A section as hits quote it, read where it is stored: its texts are not copied, and its facts not read at all.

use super::convert::Unreadable;
use super::snapshot::Snapshot;
use super::stored::StoredDocument;
use super::{Fields, IndexError};
use crate::model::{Label, Level, Mention, path_to};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;
use tantivy::DocId;

/// What hits show of a page, without its sections. The fields are the first of [`crate::model::Page`], in its order.
#[derive(Debug, Deserialize)]
pub struct ShownPage {
    _id: Skipped<u8>,
    _source: Skipped<u8>,
    _path: Skipped<u8>,
    /// As [`crate::model::Page`] says, and so are the others.
    pub title: String,
    /// The role the page is about.
    pub role: Option<Label>,
    /// Where people find the page.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    _language_inferred: bool,
    /// When it was last changed.
    pub modified: Option<String>,
    /// How far up the role stands.
    pub level: Option<Level>,
}

/// A section as hits quote it.
pub struct Quotable<'a> {
    section: Stored<'a>,
    /// Where it names skills, in the order of blocks, headings first; nothing where it was not asked for.
    pub named: Vec<NamedSkill<'a>>,
}

/// A place in a section that names a skill, as [`crate::model::Mention`] says.
#[derive(Clone, Copy, Debug)]
pub struct NamedSkill<'a> {
    /// The skill's id.
    pub id: &'a str,
    /// The block, or none where a heading names it.
    pub block: Option<u32>,
    /// Where in the text it begins, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// The first fields of [`crate::model::Section`], in its order.
#[derive(Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    _kind: (&'a str, &'a str),
    inferred: bool,
    #[serde(borrow)]
    heading: Option<QuotableHeading<'a>>,
    #[serde(borrow)]
    parents: Vec<&'a str>,
    #[serde(borrow)]
    subheadings: Vec<QuotableHeading<'a>>,
    #[serde(borrow)]
    blocks: Vec<QuotableBlock<'a>>,
    boilerplate: Vec<u32>,
    /// They are a column's.
    #[serde(borrow)]
    _skills: Skipped<(&'a str, &'a str, &'a str)>,
}

/// As [`crate::model::Heading`].
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct QuotableHeading<'a> {
    level: u8,
    /// White space collapsed, numbering kept.
    pub text: &'a str,
    /// The fragment that a browser scrolls to, without `#`.
    pub anchor: Option<&'a str>,
}

/// As [`crate::model::Block`].
#[derive(Debug, Deserialize)]
pub struct QuotableBlock<'a> {
    kind: Kind,
    /// White space collapsed; of a row, its cells joined by ` | `.
    pub text: &'a str,
    heading: Option<u16>,
}

/// As [`crate::model::BlockKind`].
#[derive(Debug, Deserialize)]
enum Kind {
    Paragraph,
    Item { _depth: u8, _ordered: bool },
    Row { header: bool, _cells: Skipped<(u32, u32)> },
    Code,
}

impl Snapshot {
    /// What hits show of the page that begins at a document.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn shown_page(&self, segment: usize, document: DocId) -> Result<ShownPage, IndexError> {
        let stored = self.document(segment, document)?;
        let page = first(&stored, self.fields.head, "head");
        page.map(|(page, _)| page).map_err(|error| self.unreadable(&error))
    }

    /// Reads the section that is a document, with the places that name skills where that is asked for.
    ///
    /// # Errors
    /// [`IndexError`] where the stored section cannot be read.
    pub fn quote<T>(
        &self,
        segment: usize,
        document: DocId,
        names_skills: bool,
        read: impl FnOnce(&Quotable<'_>) -> T,
    ) -> Result<T, IndexError> {
        let stored = self.document(segment, document)?;
        let skills = names_skills.then(|| self.skill_ids(segment, document));
        let quotable = Quotable::stored(&self.fields, &stored, skills.as_deref());
        quotable.map(|section| read(&section)).map_err(|error| self.unreadable(&error))
    }
}

impl<'a> Quotable<'a> {
    /// `skills` are the ids of the section's, where the places that name them are to be read.
    fn stored(
        fields: &Fields,
        document: &'a StoredDocument,
        skills: Option<&[&'a str]>,
    ) -> Result<Self, Unreadable> {
        let ((count, section), rest): ((usize, Stored<'a>), _) = first(document, fields.content, "content")?;
        let Some(skills) = skills else { return Ok(Self { section, named: Vec::new() }) };
        if count != skills.len() {
            return Err(Unreadable(format!("a section of {count} skills has {}", skills.len())));
        }
        let (mentions, _): (Vec<Mention>, _) =
            postcard::take_from_bytes(rest).map_err(|error| Unreadable(format!("mentions: {error}")))?;
        let named = |&Mention { skill, block, start, end, .. }: &Mention| {
            let id = skills.get(usize::from(skill))?;
            Some(NamedSkill { id, block, start, end })
        };
        Ok(Self { section, named: mentions.iter().filter_map(named).collect() })
    }

    /// Reads a section as if it were stored.
    #[cfg(test)]
    pub(crate) fn read<T>(section: &crate::model::Section, read: impl FnOnce(&Quotable<'_>) -> T) -> T {
        let stored = postcard::to_allocvec(section).unwrap();
        let (section, _) = postcard::take_from_bytes(&stored).unwrap();
        read(&Quotable { section, named: Vec::new() })
    }

    /// The kind was inferred from the content, not read from a heading.
    pub fn is_inferred(&self) -> bool {
        self.section.inferred
    }

    /// The section's own heading.
    pub fn heading(&self) -> Option<QuotableHeading<'a>> {
        self.section.heading
    }

    /// Its blocks.
    pub fn blocks(&self) -> &[QuotableBlock<'a>] {
        &self.section.blocks
    }

    /// The blocks that say something of this page, with their indices.
    pub fn own_blocks(&self) -> impl Iterator<Item = (usize, &QuotableBlock<'a>)> {
        let boilerplate = &self.section.boilerplate;
        let is_own = |&(at, _): &(u32, _)| boilerplate.binary_search(&at).is_err();
        (0..).zip(&self.section.blocks).filter(is_own).map(|(at, block)| (at as usize, block))
    }

    /// The heading nearest above a block: a subheading, else the section's own.
    pub fn heading_of(&self, block: Option<usize>) -> Option<QuotableHeading<'a>> {
        let sub = self.subheading_of(block).and_then(|at| self.section.subheadings.get(at));
        sub.copied().or(self.section.heading)
    }

    /// The headings above a block, outermost first, the block's own heading last.
    pub fn path_of(&self, block: Option<usize>) -> Vec<&'a str> {
        let Stored { heading, parents, subheadings, .. } = &self.section;
        let subheadings = subheadings.iter().map(|heading| (heading.level, heading.text));
        let own = heading.map(|heading| heading.text);
        path_to(self.subheading_of(block), subheadings, own, parents.iter().copied())
    }

    fn subheading_of(&self, block: Option<usize>) -> Option<usize> {
        self.section.blocks.get(block?)?.heading.map(usize::from)
    }
}

impl QuotableBlock<'_> {
    /// Whether it names the columns of a table.
    pub fn is_header(&self) -> bool {
        matches!(self.kind, Kind::Row { header: true, .. })
    }
}

/// What a field of a document begins with, and what is behind it.
fn first<'a, T: Deserialize<'a>>(
    document: &'a StoredDocument,
    field: tantivy::schema::Field,
    name: &str,
) -> Result<(T, &'a [u8]), Unreadable> {
    let bytes = document.bytes(field).ok_or_else(|| Unreadable(format!("a document has no {name}")))?;
    postcard::take_from_bytes(bytes).map_err(|error| Unreadable(format!("{name}: {error}")))
}

/// A list that is passed over.
#[derive(Debug)]
struct Skipped<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Skipped<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PassOver<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for PassOver<T> {
            type Value = Skipped<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Skipped<T>, A::Error> {
                while list.next_element::<T>()?.is_some() {}
                Ok(Skipped(self.0))
            }
        }
        deserializer.deserialize_seq(PassOver(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Heading, Section};

    #[test]
    fn a_section_is_read_as_it_was_written() {
        let heading =
            |level, text: &str| Heading { level, text: text.to_owned(), anchor: Some(text.to_lowercase()) };
        let block = |text: &str, kind, heading| Block { kind, text: text.to_owned(), heading };
        let header = BlockKind::Row { header: true, cells: vec![(0, 1), (4, 5)] };
        let section = Section {
            inferred: true,
            heading: Some(heading(2, "Skills")),
            parents: vec!["The role".to_owned()],
            subheadings: vec![heading(3, "Tools"), heading(4, "Databases"), heading(3, "People")],
            blocks: vec![
                block("First", BlockKind::Paragraph, None),
                block("A | B", header, Some(0)),
                block("SQL", BlockKind::Item { depth: 1, ordered: false }, Some(1)),
                block("Menu", BlockKind::Code, Some(2)),
            ],
            boilerplate: vec![3],
            ..Section::default()
        };
        Quotable::read(&section, |quotable| {
            assert!(quotable.is_inferred());
            let texts: Vec<&str> = quotable.blocks().iter().map(|block| block.text).collect();
            assert_eq!(texts, ["First", "A | B", "SQL", "Menu"]);
            assert_eq!(quotable.own_blocks().map(|(at, _)| at).collect::<Vec<_>>(), [0, 1, 2]);
            assert_eq!(
                quotable.blocks().iter().map(QuotableBlock::is_header).collect::<Vec<_>>(),
                [false, true, false, false]
            );
            for block in [None, Some(0), Some(1), Some(2), Some(3)] {
                assert_eq!(quotable.path_of(block), section.path_of(block));
                let (one, other) = (quotable.heading_of(block), section.heading_of(block));
                assert_eq!(one.map(|heading| heading.text), other.map(|heading| heading.text.as_str()));
                assert_eq!(
                    one.and_then(|heading| heading.anchor),
                    other.and_then(|heading| heading.anchor.as_deref())
                );
            }
        });
    }
}
