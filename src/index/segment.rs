//! A segment with what every question needs of it in plain arrays: where each page begins and ends, and the ordinals
//! of the values that documents and pages have.

use super::range::{ExperienceRange, PayRange};
use super::schema::Fields;
use super::title_letters::TitleLetters;
use super::{Lists, SegmentPage, SegmentPages, asked, column};
use crate::model::{FacetField, FacetScope, Strength};
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

/// The ordinal of no value.
pub const NONE: u32 = u32::MAX;

/// A segment with its ordinals.
pub struct Segment {
    /// The engine's reader.
    pub reader: SegmentReader,
    /// The pages that are not deleted, in the order of their documents.
    pub pages: SegmentPages,
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

/// One segment's column of a field and what its ordinals become.
pub(super) struct Column<'a> {
    pub(super) column: &'a Option<StrColumn>,
    pub(super) map: &'a [u32],
}

impl Column<'_> {
    fn ordinal(&self, term: u64) -> Option<u32> {
        self.map.get(usize::try_from(term).ok()?).copied()
    }

    /// The first of each document, or [`NONE`].
    fn firsts(&self, documents: impl ExactSizeIterator<Item = DocId>) -> Vec<u32> {
        let column = self.column.as_ref().map(|column| column.ords());
        column::firsts(column, documents, |term| self.ordinal(term).unwrap_or(NONE))
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
            pages: find_pages(&reader, page)?,
            values: Vec::new(),
            asked: Lists::default(),
            pay: Lists::default(),
            experience: Lists::default(),
            lengths: Vec::new(),
            letters: TitleLetters::default(),
            reader,
        };
        for (field, column) in FacetField::ALL.into_iter().zip(facets) {
            segment.values.push(segment.facet(field, column)?);
        }
        segment.asked = segment.strengths()?;
        segment.pay = segment.ranges(Fields::PAY)?;
        segment.experience = segment.ranges(Fields::EXPERIENCE)?;
        segment.lengths = segment.page_lengths()?;
        segment.letters =
            TitleLetters::read(&segment.reader, &segment.pages).map_err(|error| error.to_string())?;
        Ok(segment)
    }

    /// The documents at which pages begin.
    pub(super) fn firsts(&self) -> impl ExactSizeIterator<Item = DocId> {
        self.pages.iter().map(|page| page.first)
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

    fn facet(&self, field: FacetField, column: &Column<'_>) -> Result<Values, String> {
        let documents = 0..self.reader.max_doc();
        match field.scope() {
            FacetScope::Page => Ok(Values::Page(column.firsts(self.firsts()))),
            FacetScope::Section => {
                let mut values = column.firsts(documents.clone());
                for (document, value) in documents.zip(&mut values) {
                    if self.reader.is_deleted(document) {
                        *value = NONE;
                    } else if *value == NONE {
                        return Err(format!("a section has no {}", field.id()));
                    }
                }
                Ok(Values::Section(values))
            }
            FacetScope::Tags => {
                let ordinals = column.column.as_ref().map(|column| column.ords());
                let is_deleted = |document: usize| self.reader.is_deleted(document as DocId);
                let read = |document, term| column.ordinal(term).filter(|_| !is_deleted(document));
                let mut sections = Lists::read(ordinals, documents, read);
                sections.sort();
                let (mut pages, mut of_page) = (Lists::default(), Vec::new());
                for page in &self.pages {
                    of_page.clear();
                    of_page.extend_from_slice(sections.between(page.first as usize..page.end as usize));
                    of_page.sort_unstable();
                    of_page.dedup();
                    pages.push(of_page.iter().copied());
                }
                Ok(Values::Tags { sections, pages })
            }
        }
    }

    /// How much the skills of each page are asked for.
    fn strengths(&self) -> Result<Lists<Strength>, String> {
        let column = self.reader.fast_fields().column_opt::<u64>(Fields::ASKED);
        let column = column.map_err(|error| error.to_string())?;
        let strengths = Lists::read(column.as_ref(), self.firsts(), |_, number| asked::strength(number));
        let fits = |page| strengths.get(page).len() == self.page_tags(FacetField::Skill, page).len();
        if !(0..self.pages.len()).all(fits) {
            return Err("a page's skills are not those that it asks for".to_owned());
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
        let mut is_unknown = false;
        let ranges = Lists::read(column.as_ref().map(|column| column.ords()), self.firsts(), |_, term| {
            let range = usize::try_from(term).ok().and_then(|term| known.get(term)).copied();
            is_unknown |= range.is_none();
            range
        });
        if is_unknown {
            return Err(format!("a page has a {name} that is not there"));
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

    /// The ordinals of a field's tags, by document and by page; none for a field of another scope.
    pub fn tags(&self, field: FacetField) -> Option<(&Lists<u32>, &Lists<u32>)> {
        match &self.values[field as usize] {
            Values::Tags { sections, pages } => Some((sections, pages)),
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

    /// Marks every ordinal of a field that a document or page has which is not deleted.
    pub(super) fn see(&self, field: FacetField, seen: &mut [bool]) {
        let mut see = |ordinal: &u32| {
            if *ordinal != NONE {
                seen[*ordinal as usize] = true;
            }
        };
        match &self.values[field as usize] {
            Values::Page(values) | Values::Section(values) => values.iter().for_each(&mut see),
            Values::Tags { sections, .. } => sections.items().iter().for_each(&mut see),
        }
    }

    /// Takes every ordinal of a field for what it becomes.
    pub(super) fn map(&mut self, field: FacetField, map: &[u32]) {
        let to = |ordinal: &mut u32| {
            if *ordinal != NONE {
                *ordinal = map[*ordinal as usize];
            }
        };
        match &mut self.values[field as usize] {
            Values::Page(values) | Values::Section(values) => values.iter_mut().for_each(to),
            Values::Tags { sections, pages } => {
                sections.items_mut().iter_mut().for_each(to);
                pages.items_mut().iter_mut().for_each(to);
            }
        }
    }
}

/// Finds where pages begin and end: documents of a page lie together.
fn find_pages(reader: &SegmentReader, page: &Column<'_>) -> Result<SegmentPages, String> {
    let mut pages: Vec<SegmentPage> = Vec::new();
    for (document, page) in (0..).zip(page.firsts(0..reader.max_doc())) {
        if reader.is_deleted(document) {
            continue;
        }
        if page == NONE {
            return Err("a section belongs to no page".to_owned());
        }
        match pages.last_mut() {
            Some(last) if last.page == page && last.end == document => last.end = document + 1,
            _ => pages.push(SegmentPage { first: document, end: document + 1, page }),
        }
    }
    Ok(SegmentPages::new(pages))
}
