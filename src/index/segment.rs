//! A segment with what every question needs of it in plain arrays: where each page begins and ends, and the ordinals
//! of every document.

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

/// The ordinal of no value.
pub const NONE: u32 = u32::MAX;

/// A page within a segment.
#[derive(Clone, Copy, Debug)]
pub struct SegmentPage {
    /// Its first document.
    pub first: DocId,
    /// The document after its last.
    pub end: DocId,
    /// Its ordinal among all pages, which is in the order of ids.
    pub page: u32,
    /// The ordinal of its role, or [`NONE`].
    pub role: u32,
    /// The ordinal of its source.
    pub source: u32,
    /// The ordinal of its language, or [`NONE`].
    pub language: u32,
}

/// A segment with its ordinals.
pub struct Segment {
    /// The engine's reader.
    pub reader: SegmentReader,
    /// The pages that are not deleted, in the order of their documents.
    pub pages: Vec<SegmentPage>,
    /// For each document the index of its page in `pages`, or [`NONE`] where it is deleted.
    pub page_of: Vec<u32>,
    /// For each document the ordinal of its section kind.
    pub kind_of: Vec<u32>,
    skills: Lists,
    page_skills: Lists,
}

/// Lists of ordinals, one after the other.
#[derive(Default)]
struct Lists {
    ends: Vec<u32>,
    ordinals: Vec<u32>,
}

impl Lists {
    fn push(&mut self, ordinals: impl Iterator<Item = u32>) {
        self.ordinals.extend(ordinals);
        self.ends.push(u32::try_from(self.ordinals.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, index: usize) -> &[u32] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ordinals[start as usize..self.ends[index] as usize]
    }
}

impl Segment {
    /// The ordinals of a section's skills, in order.
    pub fn skills(&self, document: DocId) -> &[u32] {
        self.skills.get(document as usize)
    }

    /// The ordinals of the skills of a page, an index into [`Segment::pages`], in order.
    pub fn page_skills(&self, page: usize) -> &[u32] {
        self.page_skills.get(page)
    }
}

/// One segment's columns and what their ordinals become.
pub(super) struct Columns<'a> {
    pub(super) page: (&'a Option<StrColumn>, &'a [u32]),
    pub(super) role: (&'a Option<StrColumn>, &'a [u32]),
    pub(super) kind: (&'a Option<StrColumn>, &'a [u32]),
    pub(super) skill: (&'a Option<StrColumn>, &'a [u32]),
    pub(super) source: (&'a Option<StrColumn>, &'a [u32]),
    pub(super) language: (&'a Option<StrColumn>, &'a [u32]),
}

fn ordinals<'a>(
    (column, map): (&'a Option<StrColumn>, &'a [u32]),
    document: DocId,
) -> impl Iterator<Item = u32> + 'a {
    let terms = column.iter().flat_map(move |column| column.term_ords(document));
    terms.filter_map(|term| map.get(usize::try_from(term).ok()?).copied())
}

impl Segment {
    pub(super) fn open(reader: SegmentReader, columns: &Columns<'_>) -> Result<Self, String> {
        let documents = reader.max_doc();
        let mut segment = Self {
            pages: Vec::new(),
            page_of: Vec::with_capacity(documents as usize),
            kind_of: Vec::with_capacity(documents as usize),
            skills: Lists::default(),
            page_skills: Lists::default(),
            reader,
        };
        let mut page_skills: Vec<u32> = Vec::new();
        for document in 0..documents {
            if segment.reader.is_deleted(document) {
                segment.page_of.push(NONE);
                segment.kind_of.push(NONE);
                segment.skills.push(std::iter::empty());
                continue;
            }
            let first = |column| ordinals(column, document).next();
            let page = first(columns.page).ok_or("a section belongs to no page")?;
            let kind = first(columns.kind).ok_or("a section has no kind")?;
            let source = first(columns.source).ok_or("a section has no source")?;
            match segment.pages.last_mut() {
                Some(last) if last.page == page && last.end == document => last.end = document + 1,
                _ => {
                    if !segment.pages.is_empty() {
                        segment.page_skills.push(std::mem::take(&mut page_skills).into_iter());
                    }
                    segment.pages.push(SegmentPage {
                        first: document,
                        end: document + 1,
                        page,
                        role: first(columns.role).unwrap_or(NONE),
                        source,
                        language: first(columns.language).unwrap_or(NONE),
                    });
                }
            }
            segment.page_of.push(u32::try_from(segment.pages.len() - 1).unwrap_or(NONE));
            segment.kind_of.push(kind);
            let mut skills: Vec<u32> = ordinals(columns.skill, document).collect();
            skills.sort_unstable();
            page_skills.extend(&skills);
            page_skills.sort_unstable();
            page_skills.dedup();
            segment.skills.push(skills.into_iter());
        }
        if !segment.pages.is_empty() {
            segment.page_skills.push(page_skills.into_iter());
        }
        Ok(segment)
    }

    /// Calls `f` with every ordinal of the segment's documents that are not deleted, by the kind of value it is of.
    pub(super) fn ordinals(&mut self, mut f: impl FnMut(Values, &mut u32)) {
        for page in &mut self.pages {
            f(Values::Role, &mut page.role);
            f(Values::Source, &mut page.source);
            f(Values::Language, &mut page.language);
            f(Values::Page, &mut page.page);
        }
        self.kind_of.iter_mut().filter(|kind| **kind != NONE).for_each(|kind| f(Values::Kind, kind));
        self.skills.ordinals.iter_mut().for_each(|skill| f(Values::Skill, skill));
        self.page_skills.ordinals.iter_mut().for_each(|skill| f(Values::Skill, skill));
    }
}

/// What an ordinal is of, in the order in which [`super::Snapshot`] lists its dictionaries.
#[derive(Clone, Copy)]
pub(super) enum Values {
    Role,
    Kind,
    Skill,
    Source,
    Language,
    Page,
}
