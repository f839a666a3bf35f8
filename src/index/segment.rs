//! A segment with what every question needs of it in plain arrays: where each page begins and ends, and the ordinals
//! of the values that documents and pages have.

use super::asked;
use super::range::{ExperienceRange, PayRange};
use super::schema::Fields;
use super::title_letters::TitleLetters;
use crate::model::{FacetField, FacetScope, Strength};
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
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
}

/// A segment with its ordinals.
pub struct Segment {
    /// The engine's reader.
    pub reader: SegmentReader,
    /// The pages that are not deleted, in the order of their documents.
    pub pages: Vec<SegmentPage>,
    /// For each document the index of its page in `pages`, or [`NONE`] where it is deleted.
    pub page_of: Vec<u32>,
    /// By the field's place in [`FacetField::ALL`].
    values: Vec<Values>,
    /// Of the skills of each page, in their order.
    asked: Lists<Strength>,
    pay: Lists<PayRange>,
    experience: Lists<ExperienceRange>,
    /// By page.
    lengths: Vec<PageLength>,
    /// Of the titles of its pages.
    pub letters: TitleLetters,
}

/// How many words a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageLength {
    /// In the headings of its sections.
    pub headings: u32,
    /// In their blocks.
    pub body: u32,
}

/// The ordinals of a field, by what has them.
enum Values {
    /// One for each page.
    Page(Vec<u32>),
    /// One for each document.
    Section(Vec<u32>),
    /// Any number for each document and each page, in order.
    Tags { sections: Lists<u32>, pages: Lists<u32> },
}

/// Lists, one after the other.
pub struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// The list at a place.
    pub fn get(&self, index: usize) -> &[T] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[index] as usize]
    }
}

impl Values {
    fn new(scope: FacetScope) -> Self {
        match scope {
            FacetScope::Page => Self::Page(Vec::new()),
            FacetScope::Section => Self::Section(Vec::new()),
            FacetScope::Tags => Self::Tags { sections: Lists::default(), pages: Lists::default() },
        }
    }
}

/// One segment's column of a field and what its ordinals become.
pub(super) struct Column<'a> {
    pub(super) column: &'a Option<StrColumn>,
    pub(super) map: &'a [u32],
}

impl Column<'_> {
    fn ordinals(&self, document: DocId) -> impl Iterator<Item = u32> {
        let terms = self.column.iter().flat_map(move |column| column.term_ords(document));
        terms.filter_map(|term| self.map.get(usize::try_from(term).ok()?).copied())
    }

    fn first(&self, document: DocId) -> Option<u32> {
        self.ordinals(document).next()
    }
}

impl Segment {
    /// Reads a segment; `facets` are the columns by the field's place in [`FacetField::ALL`].
    pub(super) fn open(
        reader: SegmentReader,
        page: &Column<'_>,
        facets: &[Column<'_>],
    ) -> Result<Self, String> {
        let mut segment = Self {
            pages: Vec::new(),
            page_of: Vec::with_capacity(reader.max_doc() as usize),
            values: FacetField::ALL.iter().map(|field| Values::new(field.scope())).collect(),
            asked: Lists::default(),
            pay: Lists::default(),
            experience: Lists::default(),
            lengths: Vec::new(),
            letters: TitleLetters::default(),
            reader,
        };
        segment.find_pages(page)?;
        for (field, column) in FacetField::ALL.into_iter().zip(facets) {
            segment.read_facet(field, column)?;
        }
        segment.asked = segment.strengths()?;
        segment.pay = segment.ranges(Fields::PAY)?;
        segment.experience = segment.ranges(Fields::EXPERIENCE)?;
        segment.lengths = segment.page_lengths()?;
        segment.letters =
            TitleLetters::read(&segment.reader, &segment.pages).map_err(|error| error.to_string())?;
        Ok(segment)
    }

    /// How many words each page has, from the lengths that scoring sees.
    fn page_lengths(&self) -> Result<Vec<PageLength>, String> {
        let fields = Fields::new();
        let norms =
            |field| self.reader.fieldnorms_readers().get_field(field).map_err(|error| error.to_string());
        let (headings, body) = (norms(fields.heading)?, norms(fields.body)?);
        let sum = |norms: &Option<FieldNormReader>, page: &SegmentPage| {
            let norms = norms.iter();
            norms.flat_map(|norms| (page.first..page.end).map(|document| norms.fieldnorm(document))).sum()
        };
        let length = |page| PageLength { headings: sum(&headings, page), body: sum(&body, page) };
        Ok(self.pages.iter().map(length).collect())
    }

    /// Finds where pages begin and end: documents of a page lie together.
    fn find_pages(&mut self, page: &Column<'_>) -> Result<(), String> {
        for document in 0..self.reader.max_doc() {
            if self.reader.is_deleted(document) {
                self.page_of.push(NONE);
                continue;
            }
            let page = page.first(document).ok_or("a section belongs to no page")?;
            match self.pages.last_mut() {
                Some(last) if last.page == page && last.end == document => last.end = document + 1,
                _ => self.pages.push(SegmentPage { first: document, end: document + 1, page }),
            }
            self.page_of.push(u32::try_from(self.pages.len() - 1).unwrap_or(NONE));
        }
        Ok(())
    }

    fn read_facet(&mut self, field: FacetField, column: &Column<'_>) -> Result<(), String> {
        match &mut self.values[field as usize] {
            Values::Page(values) => {
                values.extend(self.pages.iter().map(|page| column.first(page.first).unwrap_or(NONE)));
            }
            Values::Section(values) => {
                for (document, &page) in (0..).zip(&self.page_of) {
                    let value = column.first(document).filter(|_| page != NONE);
                    if value.is_none() && page != NONE {
                        return Err(format!("a section has no {}", field.id()));
                    }
                    values.push(value.unwrap_or(NONE));
                }
            }
            Values::Tags { sections, pages } => {
                for (document, &page) in (0..).zip(&self.page_of) {
                    let mut tags: Vec<u32> = column.ordinals(document).filter(|_| page != NONE).collect();
                    tags.sort_unstable();
                    sections.push(tags);
                }
                for page in &self.pages {
                    let of_page = (page.first..page.end).flat_map(|document| sections.get(document as usize));
                    let mut tags: Vec<u32> = of_page.copied().collect();
                    tags.sort_unstable();
                    tags.dedup();
                    pages.push(tags);
                }
            }
        }
        Ok(())
    }

    /// How much the skills of each page are asked for.
    fn strengths(&self) -> Result<Lists<Strength>, String> {
        let column = self.reader.fast_fields().column_opt::<u64>(Fields::ASKED);
        let column = column.map_err(|error| error.to_string())?;
        let mut strengths = Lists::default();
        for (index, page) in self.pages.iter().enumerate() {
            let of_page = column.iter().flat_map(|column| column.values_for_doc(page.first));
            strengths.push(of_page.filter_map(asked::strength));
            if strengths.get(index).len() != self.page_tags(FacetField::Skill, index).len() {
                return Err("a page's skills are not those that it asks for".to_owned());
            }
        }
        Ok(strengths)
    }

    /// The ranges that pages have in a column.
    fn ranges<T: std::str::FromStr + Copy>(&self, name: &str) -> Result<Lists<T>, String> {
        let column = self.reader.fast_fields().str(name).map_err(|error| error.to_string())?;
        // Each is read once, by its place in the dictionary.
        let mut known: Vec<T> = Vec::new();
        if let Some(column) = &column {
            let mut terms = column.dictionary().stream().map_err(|error| error.to_string())?;
            while terms.advance() {
                let text = String::from_utf8_lossy(terms.key());
                known.push(text.parse().map_err(|_| format!("{text:?} is no {name}"))?);
            }
        }
        let mut ranges = Lists::default();
        for page in &self.pages {
            let of_page = column.iter().flat_map(|column| column.term_ords(page.first));
            let of_page = of_page.map(|term| known.get(usize::try_from(term).ok()?).copied());
            let of_page: Option<Vec<T>> = of_page.collect();
            ranges.push(of_page.ok_or_else(|| format!("a page has a {name} that is not there"))?);
        }
        Ok(ranges)
    }

    /// The ordinal of the value that a page has, or [`NONE`]; of a section's field as well [`NONE`].
    pub fn page_value(&self, field: FacetField, page: usize) -> u32 {
        match &self.values[field as usize] {
            Values::Page(values) => values[page],
            _ => NONE,
        }
    }

    /// The ordinals of the values that a page has, in order; one for a field of pages, which may be [`NONE`], and none for
    /// a section's.
    pub fn page_values(&self, field: FacetField, page: usize) -> &[u32] {
        match &self.values[field as usize] {
            Values::Page(values) => &values[page..=page],
            Values::Section(_) => &[],
            Values::Tags { pages, .. } => pages.get(page),
        }
    }

    /// The ordinal of a section's kind.
    pub fn kind_of(&self, document: DocId) -> u32 {
        match &self.values[FacetField::Section as usize] {
            Values::Section(values) => values[document as usize],
            _ => NONE,
        }
    }

    /// The ordinals of a section's tags, in order; none for a field of another scope.
    pub fn section_tags(&self, field: FacetField, document: DocId) -> &[u32] {
        match &self.values[field as usize] {
            Values::Tags { sections, .. } => sections.get(document as usize),
            _ => &[],
        }
    }

    /// The ordinals of a field's tags, by document; none for a field of another scope.
    pub fn tags_of_sections(&self, field: FacetField) -> Option<&Lists<u32>> {
        match &self.values[field as usize] {
            Values::Tags { sections, .. } => Some(sections),
            _ => None,
        }
    }

    /// The ordinals of the tags of a page, an index into [`Segment::pages`], in order.
    pub fn page_tags(&self, field: FacetField, page: usize) -> &[u32] {
        match &self.values[field as usize] {
            Values::Tags { pages, .. } => pages.get(page),
            _ => &[],
        }
    }

    /// How many words a page has.
    pub fn length(&self, page: usize) -> PageLength {
        self.lengths[page]
    }

    /// The ordinals of a page's skills, in order, each with how much the page asks for it where it asks for it most.
    pub fn page_skills(&self, page: usize) -> impl Iterator<Item = (u32, Strength)> {
        let skills = self.page_tags(FacetField::Skill, page).iter().copied();
        skills.zip(self.asked.get(page).iter().copied())
    }

    /// What a page's role pays.
    pub fn pay(&self, page: usize) -> &[PayRange] {
        self.pay.get(page)
    }

    /// The experience that a page's role takes.
    pub fn experience(&self, page: usize) -> &[ExperienceRange] {
        self.experience.get(page)
    }

    /// Calls `f` with every ordinal of the pages, none of which is deleted.
    pub(super) fn page_ordinals(&mut self, f: impl FnMut(&mut u32)) {
        self.pages.iter_mut().map(|page| &mut page.page).for_each(f);
    }

    /// Calls `f` with every ordinal of a field that a document or page has which is not deleted.
    pub(super) fn ordinals(&mut self, field: FacetField, mut f: impl FnMut(&mut u32)) {
        let known = |ordinal: &&mut u32| **ordinal != NONE;
        match &mut self.values[field as usize] {
            Values::Page(values) | Values::Section(values) => values.iter_mut().filter(known).for_each(f),
            Values::Tags { sections, pages } => {
                sections.items.iter_mut().for_each(&mut f);
                pages.items.iter_mut().for_each(f);
            }
        }
    }
}
