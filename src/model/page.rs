//! A career page as it was understood: sections of blocks, with the skills that are mentioned in them.

use super::{Company, Education, Evidence, Experience, Level, Pay, Step, Strength};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something with a stable id and a name to show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// Made of A–Z a–z 0–9 . _ ~ - only; compares as bytes.
    pub id: String,
    /// As people write it.
    pub label: String,
}

/// One page about a role (or about none: an introduction, say).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The source's name and the path within it as one URL-safe segment.
    pub id: String,
    /// The name of the source it was read from.
    pub source: String,
    /// The path within the source, with `/` between its parts.
    pub path: String,
    /// The first-level heading if there is one, else the document's title.
    pub title: String,
    /// The role the page is about.
    pub role: Option<Label>,
    /// Where people find the page.
    pub url: Option<String>,
    /// A BCP 47 language tag, as the page states it, else as its text tells.
    pub language: Option<String>,
    /// The language was told from the text.
    pub language_inferred: bool,
    /// When the page says that it was last changed: an ISO 8601 date or date and time, as stated.
    pub modified: Option<String>,
    /// How far up the role stands.
    pub level: Option<Level>,
    /// In the order of the page; never empty.
    pub sections: Vec<Section>,
    /// The steps of the career that the page describes, in its order.
    pub ladder: Vec<Step>,
    /// Other roles the page points to. What their teasers say is theirs, not this page's.
    pub related: Vec<RelatedRole>,
    /// Text that belongs to navigation, consent dialogs and the like, in code points that are no space.
    pub left_out: u64,
    /// The page asks search engines to leave it out (`robots`, `noindex`).
    pub noindex: bool,
    /// What was odd about the page, for people.
    pub warnings: Vec<String>,
}

/// What one top-level heading heads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What kind of section it is; the id is that of the kind, or the heading's own.
    pub kind: Label,
    /// The kind was inferred from the content, not read from a heading.
    pub inferred: bool,
    /// The heading as written; none where the page starts without one.
    pub heading: Option<Heading>,
    /// The headings that the section's own heading stands under, outermost first.
    pub parents: Vec<String>,
    /// Further headings inside the section, in order.
    pub subheadings: Vec<Heading>,
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// Those blocks, by index and in order, that stand on most pages of the source and so say nothing of this one. They
    /// are shown, and neither searched nor read for facts.
    pub boilerplate: Vec<u32>,
    /// Skills that the blocks and headings name, each once, in the order of ids.
    pub skills: Vec<Skill>,
    /// Where they are named, in order.
    pub mentions: Vec<Mention>,
    /// What is paid, in order.
    pub pay: Vec<Pay>,
    /// Experience that is asked for, in order.
    pub experience: Vec<Experience>,
    /// Education that is asked for, in order.
    pub education: Vec<Education>,
    /// Companies that are named, each once.
    pub companies: Vec<Company>,
}

/// A heading as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6, relative to the page: 2 is a section's usual level.
    pub level: u8,
    /// White space collapsed, numbering kept.
    pub text: String,
    /// The fragment that a browser scrolls to, without `#`.
    pub anchor: Option<String>,
}

/// A paragraph, a list item or a row of a table: the unit that phrases match in and snippets are taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// White space collapsed; of a row, its cells joined by ` | `.
    pub text: String,
    /// The subheading that it stands under, an index into [`Section::subheadings`].
    pub heading: Option<u16>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item {
        /// 0 for an item of an outermost list.
        depth: u8,
        /// The list is numbered.
        ordered: bool,
    },
    /// A row of a table, or a term with its definition.
    Row {
        /// The row names the columns.
        header: bool,
        /// Where in the text each cell begins and ends, in bytes.
        cells: Vec<(u32, u32)>,
    },
    /// Preformatted text.
    Code,
}

/// A skill that pages name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skill {
    /// Stable and URL-safe.
    pub id: String,
    /// As its makers write it.
    pub label: String,
    /// language, tool, platform, method, certification, soft-skill, field, spoken-language; `skill` where a taxonomy does not say.
    pub kind: String,
}

/// A place in a section that names a skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The skill, an index into [`Section::skills`].
    pub skill: u16,
    /// Index of the block, or none where a heading names it.
    pub block: Option<u32>,
    /// Where in the block's (or heading's) text it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// How much it is asked for there.
    pub strength: Strength,
}

/// Another role that a page points to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedRole {
    /// Its name as written.
    pub title: String,
    /// The link as written.
    pub url: Option<String>,
    /// What the page says of it.
    pub teaser: Option<String>,
}

impl Section {
    /// Whether a block stands on most pages of the source.
    pub fn is_boilerplate(&self, block: usize) -> bool {
        u32::try_from(block).is_ok_and(|block| self.boilerplate.binary_search(&block).is_ok())
    }

    /// Whether it speaks of other roles: what it states is theirs.
    pub fn is_about_others(&self) -> bool {
        self.kind.id == "related-roles"
    }

    /// How much a skill, an index into the section's, is asked for where it is asked for most.
    pub fn strength_of(&self, skill: usize) -> Strength {
        let mentions = self.mentions.iter().filter(|mention| usize::from(mention.skill) == skill);
        mentions.map(|mention| mention.strength).max().unwrap_or_default()
    }

    /// The sentence that states something, word for word; none where a heading does.
    pub fn quoted(&self, evidence: Evidence) -> Option<&str> {
        let block = self.blocks.get(evidence.block? as usize)?;
        block.text.get(evidence.start as usize..evidence.end as usize)
    }

    /// The blocks that say something of this page, with their indices.
    pub fn own_blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(index, _)| !self.is_boilerplate(*index))
    }

    /// The heading nearest above a block: a subheading, else the section's own.
    pub fn heading_of(&self, block: Option<usize>) -> Option<&Heading> {
        let sub = block.and_then(|block| self.blocks.get(block)).and_then(|block| block.heading);
        sub.and_then(|index| self.subheadings.get(usize::from(index))).or(self.heading.as_ref())
    }

    /// The headings above a block, outermost first, the block's own heading last.
    pub fn path_of(&self, block: Option<usize>) -> Vec<&str> {
        let nearest = block.and_then(|block| self.blocks.get(block)).and_then(|block| block.heading);
        let subheadings = self.subheadings.iter().map(|heading| (heading.level, heading.text.as_str()));
        let own = self.heading.as_ref().map(|heading| heading.text.as_str());
        path_to(nearest.map(usize::from), subheadings, own, self.parents.iter().map(String::as_str))
    }
}

/// The headings above something that stands under a subheading, or under none; outermost first. Subheadings are given with
/// their levels.
pub(crate) fn path_to<'t>(
    nearest: Option<usize>,
    subheadings: impl DoubleEndedIterator<Item = (u8, &'t str)> + ExactSizeIterator,
    own: Option<&'t str>,
    parents: impl DoubleEndedIterator<Item = &'t str>,
) -> Vec<&'t str> {
    let mut path = Vec::new();
    let mut level = u8::MAX;
    if let Some(nearest) = nearest {
        for (of_heading, text) in subheadings.take(nearest + 1).rev() {
            if of_heading < level {
                level = of_heading;
                path.push(text);
            }
        }
    }
    path.extend(own);
    path.extend(parents.rev());
    path.reverse();
    path
}

impl Block {
    /// The texts of a row's cells, in order; none of what is no row.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        let cells: &[(u32, u32)] = match &self.kind {
            BlockKind::Row { cells, .. } => cells,
            _ => &[],
        };
        cells.iter().map(|&(start, end)| self.text.get(start as usize..end as usize).unwrap_or_default())
    }

    /// Which cell of a row a byte of its text lies in.
    pub fn cell_at(&self, byte: usize) -> Option<usize> {
        let BlockKind::Row { cells, .. } = &self.kind else { return None };
        Some(cells.partition_point(|&(_, end)| end as usize <= byte))
    }
}

impl Skill {
    /// Its id and label.
    pub fn label(&self) -> Label {
        Label { id: self.id.clone(), label: self.label.clone() }
    }
}

impl Default for Label {
    fn default() -> Self {
        Self { id: "overview".to_owned(), label: "Overview".to_owned() }
    }
}

impl Label {
    /// A label whose id is made from its text.
    pub fn named(label: impl Into<String>) -> Self {
        let label = label.into();
        Self { id: crate::text::slug(&label), label }
    }
}
