//! Headings → sections, for every format.
//!
//! A section is what a top-level heading heads. A subheading that surely names another kind starts a section of its
//! own; other subheadings stay inside, as headings of their blocks. A section over [`LONGEST_SECTION`] words is split
//! at its subheadings too. Roles that a page points to are taken apart from its own text.

mod related;

use super::ParseError;
use crate::model::{
    Block, BlockKind, Fit, Heading, Label, Page, RelatedRole, Section, SectionKind, role, section_kind,
    without_site,
};
use crate::text;
use related::take_related;

/// The most words of a section that is not split, if it has subheadings to split it at.
const LONGEST_SECTION: usize = 1_000;
/// The longest heading, in bytes; what is longer is text, however it is marked.
const LONGEST_HEADING: usize = 400;
/// The level of the text before any heading: no heading stands below it.
const INTRODUCTION: u8 = 0;
/// The kind of section that points to other roles.
const RELATED: &str = "related-roles";
/// The kind of section whose subheadings are questions, whatever they ask about.
const QUESTIONS: &str = "faq";

/// A page as a reader of one format saw it, in document order.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The text of the first-level heading.
    pub(super) heading: Option<String>,
    /// The document's own title (`<title>`, front matter).
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) left_out: u64,
    /// The page asks search engines to leave it out.
    pub(super) noindex: bool,
    pub(super) warnings: Vec<String>,
}

/// A heading or a piece of text.
#[derive(Debug)]
pub(super) enum Entry {
    Heading(Heading),
    /// The heading before it leads to another page.
    Leads(String),
    /// A section begins whose heading was lost; its kind is inferred, if anything tells it.
    Inferred(Option<SectionKind>),
    Text {
        kind: BlockKind,
        text: String,
        link: Option<Link>,
    },
}

/// The link that a piece of text begins with.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) url: String,
    /// Length of the linked text at the beginning, in bytes.
    pub(super) len: usize,
}

impl Entry {
    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Text { kind: BlockKind::Paragraph, text: text.into(), link: None }
    }

    pub(super) fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading(Heading { level, text: text.into(), anchor: None })
    }

    pub(super) fn is_item(&self) -> bool {
        matches!(self, Self::Text { kind: BlockKind::Item { .. }, .. })
    }

    /// A row of a table: its text is the cells joined, and each cell is found in it again.
    pub(super) fn row(header: bool, cells: &[String]) -> Self {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(cells.len());
        for cell in cells {
            if !text.is_empty() {
                text.push_str(" | ");
            }
            let start = text.len();
            text.push_str(cell);
            spans.push((offset(start), offset(text.len())));
        }
        Self::Text { kind: BlockKind::Row { header, cells: spans }, text, link: None }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The page that a draft describes.
pub(super) fn page(draft: Draft) -> Result<Page, ParseError> {
    let Draft { heading, title, url, language, modified, mut entries, left_out, noindex, warnings } = draft;
    let document_title = title.map(|title| without_site(&title)).filter(|title| !title.is_empty());
    let has_heading = heading.is_some();
    let title = heading.filter(|heading| !heading.is_empty()).or_else(|| document_title.clone());
    let has_text = entries.iter().any(|entry| matches!(entry, Entry::Text { text, .. } if !text.is_empty()));
    let title = match title {
        Some(title) => title,
        None if !has_text => return Err(ParseError::NoText),
        None => first_words(&entries),
    };
    let role =
        role(&title).or_else(|| document_title.as_deref().filter(|_| role_is_open(&title)).and_then(role));
    drop_repeated_title(&mut entries, &title);
    let builder = Builder::new(role.as_ref().map(|role| role.label.as_str()), &entries);
    let (mut sections, related) = builder.build(entries);
    if sections.is_empty() {
        if !has_heading {
            return Err(ParseError::NoText);
        }
        // A page that is only announced is found by its title.
        sections.push(Section { inferred: true, ..Section::default() });
    }
    Ok(Page {
        title,
        role,
        url,
        language,
        modified,
        sections,
        related,
        left_out,
        noindex,
        warnings,
        ..Page::default()
    })
}

/// A title that is empty of words leaves the role to the document's own title.
fn role_is_open(title: &str) -> bool {
    text::words(title).next().is_none()
}

/// The beginning of the text, for a page without any title.
fn first_words(entries: &[Entry]) -> String {
    let first = entries.iter().find_map(|entry| match entry {
        Entry::Heading(Heading { text, .. }) | Entry::Text { text, .. } => {
            (!text.is_empty()).then_some(text.as_str())
        }
        Entry::Inferred(_) | Entry::Leads(_) => None,
    });
    let first = first.unwrap_or_default();
    match first.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).take_while(|&at| at <= 80).last()
    {
        Some(cut) if first.len() > 80 => first[..cut].to_owned(),
        _ => first.chars().take(80).collect(),
    }
}

/// The title often stands once more as the first heading of the text.
fn drop_repeated_title(entries: &mut Vec<Entry>, title: &str) {
    let first = entries.iter().position(|entry| matches!(entry, Entry::Heading(_)));
    if let Some(first) = first
        && matches!(&entries[first], Entry::Heading(heading) if text::fold(&heading.text) == text::fold(title))
    {
        entries.remove(first);
    }
}

struct Builder<'a> {
    role: Option<&'a str>,
    top: u8,
    sections: Vec<Section>,
    /// The open sections, outermost first: index, and the level of the heading that opened it.
    open: Vec<(usize, u8)>,
    links: Vec<Vec<Option<Link>>>,
    /// Where subheadings lead: section, subheading, address.
    leads: Vec<(usize, usize, String)>,
}

impl<'a> Builder<'a> {
    fn new(role: Option<&'a str>, entries: &[Entry]) -> Self {
        let levels = entries.iter().filter_map(|entry| match entry {
            Entry::Heading(heading) => Some(heading.level),
            Entry::Inferred(_) | Entry::Leads(_) | Entry::Text { .. } => None,
        });
        Self {
            role,
            top: levels.min().unwrap_or(2),
            sections: Vec::new(),
            open: Vec::new(),
            links: Vec::new(),
            leads: Vec::new(),
        }
    }

    fn build(mut self, entries: Vec<Entry>) -> (Vec<Section>, Vec<RelatedRole>) {
        for entry in entries {
            match entry {
                Entry::Heading(heading) if heading.text.is_empty() => {}
                Entry::Heading(heading) if heading.text.len() > LONGEST_HEADING => {
                    self.text(BlockKind::Paragraph, heading.text, None);
                }
                Entry::Heading(heading) => self.heading(heading),
                Entry::Inferred(kind) => self.inferred(kind),
                Entry::Leads(url) => self.leads(url),
                Entry::Text { text, .. } if text.is_empty() => {}
                Entry::Text { kind, text, link } => self.text(kind, text, link),
            }
        }
        let mut related = Vec::new();
        let mut sections = Vec::with_capacity(self.sections.len());
        let mut leads = self.leads.into_iter().peekable();
        let mut read = self.sections.into_iter().zip(self.links).enumerate().peekable();
        while let Some((index, (mut section, links))) = read.next() {
            if read.peek().is_some_and(|(_, (next, _))| only_heads(&section, next)) {
                continue;
            }
            if section.kind.id == RELATED {
                let leads = std::iter::from_fn(|| leads.next_if(|(of, ..)| *of == index));
                take_related(&mut section, links, leads.map(|(_, card, url)| (card, url)), &mut related);
            }
            split(section, &mut sections);
        }
        (sections, related)
    }

    fn heading(&mut self, heading: Heading) {
        let found = section_kind(&heading.text, self.role);
        let mut sibling = None;
        while self.open.last().is_some_and(|&(_, level)| level >= heading.level || level == INTRODUCTION) {
            sibling = self.open.pop().filter(|&(_, level)| level == heading.level);
        }
        let Some(&(parent, _)) = self.open.last() else {
            let kind = found.map_or_else(|| own_kind(&heading.text), |(kind, _)| kind.into());
            return self.start(kind, Vec::new(), heading);
        };
        let section = &mut self.sections[parent];
        let other: Option<SectionKind> = match found {
            // Cards under "related roles" are named after roles, never sections of this page.
            Some((kind, Fit::Strong))
                if kind.id != section.kind.id
                    && section.kind.id != RELATED
                    && !(section.kind.id == QUESTIONS && heading.text.ends_with('?')) =>
            {
                Some(kind)
            }
            _ => None,
        };
        if let Some(kind) = other {
            let parents = match sibling {
                Some((sibling, _)) => self.sections[sibling].parents.clone(),
                None => take_parents(section, heading.level),
            };
            self.start(kind.into(), parents, heading);
        } else if section
            .heading
            .as_ref()
            .is_none_or(|own| own.text != heading.text || !section.blocks.is_empty())
        {
            section.subheadings.push(heading);
        }
    }

    /// Notes where a subheading of a section that points to other roles leads.
    fn leads(&mut self, url: String) {
        let Some(&(index, _)) = self.open.last() else { return };
        let section = &self.sections[index];
        if section.kind.id == RELATED
            && let Some(last) = section.subheadings.len().checked_sub(1)
        {
            self.leads.push((index, last, url));
        }
    }

    fn inferred(&mut self, kind: Option<SectionKind>) {
        let kind =
            kind.map_or_else(|| Label { id: "other".to_owned(), label: "Other".to_owned() }, Label::from);
        self.open = vec![(self.sections.len(), self.top)];
        self.sections.push(Section { kind, inferred: true, ..Section::default() });
        self.links.push(Vec::new());
    }

    fn start(&mut self, kind: Label, parents: Vec<String>, heading: Heading) {
        self.open.push((self.sections.len(), heading.level));
        self.sections.push(Section { kind, parents, heading: Some(heading), ..Section::default() });
        self.links.push(Vec::new());
    }

    fn text(&mut self, kind: BlockKind, text: String, link: Option<Link>) {
        if self.open.is_empty() {
            // Text before any heading says what the page is about.
            self.open.push((self.sections.len(), INTRODUCTION));
            self.sections.push(Section { inferred: true, ..Section::default() });
            self.links.push(Vec::new());
        }
        let Some(&(index, _)) = self.open.last() else { return };
        let section = &mut self.sections[index];
        let heading = section.subheadings.len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
        section.blocks.push(Block { kind, text, heading });
        self.links[index].push(link);
    }
}

/// The headings that a heading of this level stands under, if it follows on this section. Those with nothing else
/// under them live on as its parents alone.
fn take_parents(section: &mut Section, level: u8) -> Vec<String> {
    let mut parents = section.parents.clone();
    parents.extend(section.heading.as_ref().map(|heading| heading.text.clone()));
    let mut above: Vec<String> = Vec::new();
    let mut least = level;
    for heading in section.subheadings.iter().rev().filter(|_| level > 1) {
        if heading.level < least {
            least = heading.level;
            above.push(heading.text.clone());
        }
    }
    parents.extend(above.into_iter().rev());
    let said = section.blocks.last().and_then(|block| block.heading).map_or(0, |last| usize::from(last) + 1);
    while section.subheadings.len() > said
        && section.subheadings.last().is_some_and(|last| last.level < level)
    {
        section.subheadings.pop();
    }
    parents
}

/// Whether a section says nothing but what the next one stands under: its heading lives on as that one's parent.
fn only_heads(section: &Section, next: &Section) -> bool {
    section.blocks.is_empty()
        && section.subheadings.is_empty()
        && next.parents.split_last().is_some_and(|(parent, above)| {
            above == section.parents
                && section.heading.as_ref().is_some_and(|heading| heading.text == *parent)
        })
}

/// The kind of a section whose heading no wording fits: the heading itself.
fn own_kind(heading: &str) -> Label {
    let label = heading
        .trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | ')' | ' ') || text::is_pictogram(c)
        })
        .trim_end_matches(|c: char| matches!(c, ':' | ' ' | '.') || text::is_pictogram(c));
    let label = if label.is_empty() { heading } else { label };
    let mut id = text::slug(label);
    id.truncate(80); // A slug is ASCII.
    Label { id: id.trim_end_matches('-').to_owned(), label: label.to_owned() }
}

/// Whether a section has more words than one that is not split.
fn is_long(section: &Section) -> bool {
    let mut count = 0;
    section.blocks.iter().any(|block| {
        let mut words = text::words(&block.text);
        loop {
            count += words.pass_over(|_, _, _| false);
            if count > LONGEST_SECTION || words.next().is_none() {
                break;
            }
            count += 1;
        }
        count > LONGEST_SECTION
    })
}

/// Adds the section, split at its subheadings as long as it is too long.
fn split(section: Section, to: &mut Vec<Section>) {
    let Some(level) = section.subheadings.iter().map(|heading| heading.level).min() else {
        return to.push(section);
    };
    // A word and what is between it and the next take two bytes at least.
    let may_be_long =
        section.blocks.iter().map(|block| block.text.len() + 1).sum::<usize>() > 2 * LONGEST_SECTION;
    if !may_be_long || !is_long(&section) {
        return to.push(section);
    }
    let Section { kind, inferred, heading, parents, subheadings, blocks, .. } = section;
    let mut below = parents.clone();
    below.extend(heading.as_ref().map(|heading| heading.text.clone()));
    let lead = Section { kind: kind.clone(), inferred, heading, parents, ..Section::default() };
    let mut pieces = vec![lead];
    let mut place = Vec::with_capacity(subheadings.len()); // (piece, index of the subheading in it) of each old subheading
    for heading in subheadings {
        if heading.level == level || pieces.len() == 1 {
            let parents = below.clone();
            pieces.push(Section {
                kind: kind.clone(),
                inferred,
                heading: Some(heading),
                parents,
                ..Section::default()
            });
            place.push((pieces.len() - 1, None));
        } else if let Some(piece) = pieces.last_mut() {
            piece.subheadings.push(heading);
            let index = u16::try_from(piece.subheadings.len() - 1).ok();
            place.push((pieces.len() - 1, index));
        }
    }
    for mut block in blocks {
        let (piece, heading) =
            block.heading.and_then(|old| place.get(usize::from(old)).copied()).unwrap_or((0, None));
        block.heading = heading;
        pieces[piece].blocks.push(block);
    }
    if pieces[0].blocks.is_empty() {
        pieces.remove(0); // The heading lives on as the parent of the pieces.
    }
    for piece in pieces {
        split(piece, to);
    }
}
