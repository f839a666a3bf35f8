//! One generation of an index, opened for answering: what every question needs is worked out here, once.
//!
//! The values of each facet field get ordinals that hold across segments and are in the order of ids, and so do the
//! pages. Documents of a page lie together; a segment knows where each page begins and ends, and the ordinals of
//! every document, in plain arrays.

use super::convert;
use super::schema::LABEL;
use super::{Fields, IndexError, Location, State};
use crate::model::{Page, Section};
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Index, ReloadPolicy, Searcher, SegmentReader};

/// The ordinal of no value.
pub const NONE: u32 = u32::MAX;

/// The values of a field over all segments, in the order of their ids.
#[derive(Debug, Default)]
pub struct Dictionary {
    values: Vec<(String, String)>,
}

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

/// One generation of an index.
pub struct Snapshot {
    /// The fields of its documents.
    pub fields: Fields,
    /// Sources and generation.
    pub state: State,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Page ids; they have no labels.
    pub pages: Dictionary,
    /// Roles.
    pub roles: Dictionary,
    /// Section kinds.
    pub kinds: Dictionary,
    /// Skills.
    pub skills: Dictionary,
    /// Sources.
    pub sources: Dictionary,
    /// Sections that are not deleted.
    pub section_count: u64,
    searcher: Searcher,
    location: Location,
    average_lengths: Vec<(Field, f32)>,
}

impl Dictionary {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The id of an ordinal.
    pub fn id(&self, ordinal: u32) -> &str {
        self.values.get(ordinal as usize).map_or("", |(id, _)| id)
    }

    /// The label of an ordinal.
    pub fn label(&self, ordinal: u32) -> &str {
        self.values.get(ordinal as usize).map_or("", |(_, label)| label)
    }

    /// The ordinal of an id.
    pub fn ordinal(&self, id: &str) -> Option<u32> {
        let at = self.values.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        u32::try_from(at).ok()
    }

    /// The values of these columns, and for each column what its own ordinals become.
    fn over(columns: &[Option<StrColumn>]) -> Result<(Self, Vec<Vec<u32>>), tantivy::TantivyError> {
        let mut locals: Vec<Vec<String>> = Vec::with_capacity(columns.len());
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for column in columns {
            let mut ids = Vec::new();
            if let Some(column) = column {
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let term = String::from_utf8_lossy(terms.key());
                    let (id, label) = term.split_once(LABEL).unwrap_or((&term, &term));
                    ids.push(id.to_owned());
                    // Two labels of one id: the first in byte order, whichever segment it is in.
                    let known = values.entry(id.to_owned()).or_insert_with(|| label.to_owned());
                    if label < known.as_str() {
                        label.clone_into(known);
                    }
                }
            }
            locals.push(ids);
        }
        let dictionary = Self { values: values.into_iter().collect() };
        let maps = locals
            .iter()
            .map(|ids| ids.iter().map(|id| dictionary.ordinal(id).unwrap_or(NONE)).collect())
            .collect();
        Ok((dictionary, maps))
    }
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
struct Columns<'a> {
    page: (&'a Option<StrColumn>, &'a [u32]),
    role: (&'a Option<StrColumn>, &'a [u32]),
    kind: (&'a Option<StrColumn>, &'a [u32]),
    skill: (&'a Option<StrColumn>, &'a [u32]),
    source: (&'a Option<StrColumn>, &'a [u32]),
}

fn ordinals<'a>((column, map): (&'a Option<StrColumn>, &'a [u32]), document: DocId) -> impl Iterator<Item = u32> + 'a {
    let terms = column.iter().flat_map(move |column| column.term_ords(document));
    terms.filter_map(|term| map.get(usize::try_from(term).ok()?).copied())
}

impl Segment {
    fn open(reader: SegmentReader, columns: &Columns<'_>) -> Result<Self, String> {
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
                    let role = first(columns.role).unwrap_or(NONE);
                    segment.pages.push(SegmentPage { first: document, end: document + 1, page, role, source });
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
}

impl Snapshot {
    /// Opens the generation that is current.
    ///
    /// # Errors
    /// [`IndexError`] where there is none, or where its documents disagree with each other.
    pub fn open(location: &Location) -> Result<Self, IndexError> {
        let index = location.open()?;
        let engine = |error| location.engine(error);
        // A commit may come between reading the one and the other.
        let (state, searcher) = loop {
            let before = state(&index, location)?;
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine)?;
            if state(&index, location)? == before {
                break (before, reader.searcher());
            }
        };
        let columns = |name: &str| -> Result<Vec<Option<StrColumn>>, IndexError> {
            let readers = searcher.segment_readers().iter();
            readers.map(|reader| reader.fast_fields().str(name).map_err(engine)).collect()
        };
        let [page, role, section, skill, source] =
            [columns("page")?, columns("role")?, columns("section")?, columns("skill_value")?, columns("source")?];
        let (pages, page_map) = Dictionary::over(&page).map_err(engine)?;
        let (roles, role_map) = Dictionary::over(&role).map_err(engine)?;
        let (kinds, kind_map) = Dictionary::over(&section).map_err(engine)?;
        let (skills, skill_map) = Dictionary::over(&skill).map_err(engine)?;
        let (sources, source_map) = Dictionary::over(&source).map_err(engine)?;
        let mut segments = Vec::with_capacity(page.len());
        for (at, reader) in searcher.segment_readers().iter().enumerate() {
            let columns = Columns {
                page: (&page[at], &page_map[at]),
                role: (&role[at], &role_map[at]),
                kind: (&section[at], &kind_map[at]),
                skill: (&skill[at], &skill_map[at]),
                source: (&source[at], &source_map[at]),
            };
            segments.push(Segment::open(reader.clone(), &columns).map_err(|reason| location.damaged(reason))?);
        }
        let fields = Fields::new();
        let mut snapshot = Self {
            fields,
            state,
            pages,
            roles,
            kinds,
            skills,
            sources,
            section_count: searcher.num_docs(),
            average_lengths: Vec::new(),
            searcher,
            location: location.clone(),
            segments,
        };
        snapshot.forget_deleted();
        for field in [fields.title, fields.role_name, fields.heading, fields.body] {
            let average = snapshot.average_length(field).map_err(engine)?;
            snapshot.average_lengths.push((field, average));
        }
        Ok(snapshot)
    }

    /// Values that only deleted documents have are no values of this generation: their ordinals would be harmless,
    /// but a filter by them would not be said to be unknown. Each page must be in one place only.
    fn forget_deleted(&mut self) {
        let mut seen = [&self.roles, &self.kinds, &self.skills, &self.sources, &self.pages].map(|d| vec![false; d.len()]);
        for segment in &self.segments {
            for page in &segment.pages {
                for (which, ordinal) in [(0, page.role), (3, page.source), (4, page.page)] {
                    if let Some(seen) = seen[which].get_mut(ordinal as usize) {
                        *seen = true;
                    }
                }
            }
            let kinds = segment.kind_of.iter().filter(|&&kind| kind != NONE);
            kinds.for_each(|&kind| seen[1][kind as usize] = true);
            segment.skills.ordinals.iter().for_each(|&skill| seen[2][skill as usize] = true);
        }
        let [roles, kinds, skills, sources, pages] = seen.map(|seen| renumbering(&seen));
        for (dictionary, map) in [
            (&mut self.roles, &roles),
            (&mut self.kinds, &kinds),
            (&mut self.skills, &skills),
            (&mut self.sources, &sources),
            (&mut self.pages, &pages),
        ] {
            let mut at = 0;
            dictionary.values.retain(|_| {
                at += 1;
                map[at - 1] != NONE
            });
        }
        let renumber = |ordinal: &mut u32, map: &[u32]| *ordinal = map.get(*ordinal as usize).copied().unwrap_or(NONE);
        for segment in &mut self.segments {
            for page in &mut segment.pages {
                renumber(&mut page.role, &roles);
                renumber(&mut page.source, &sources);
                renumber(&mut page.page, &pages);
            }
            segment.kind_of.iter_mut().for_each(|kind| renumber(kind, &kinds));
            segment.skills.ordinals.iter_mut().for_each(|skill| renumber(skill, &skills));
            segment.page_skills.ordinals.iter_mut().for_each(|skill| renumber(skill, &skills));
        }
    }

    /// The mean length of a field over the documents that can have it, from the lengths that scoring sees.
    fn average_length(&self, field: Field) -> Result<f32, tantivy::TantivyError> {
        let of_pages = field == self.fields.title || field == self.fields.role_name;
        let (mut total, mut count) = (0_u64, 0_u64);
        for segment in &self.segments {
            let Some(norms) = norms(&segment.reader, field)? else { continue };
            for page in &segment.pages {
                let end = if of_pages { page.first + 1 } else { page.end };
                total += (page.first..end).map(|document| u64::from(norms.fieldnorm(document))).sum::<u64>();
                count += u64::from(end - page.first);
            }
        }
        Ok(if total == 0 { 1.0 } else { (total as f64 / count as f64) as f32 })
    }

    /// The mean length of a field of words.
    pub fn average_length_of(&self, field: Field) -> f32 {
        self.average_lengths.iter().find(|(known, _)| *known == field).map_or(1.0, |(_, average)| *average)
    }

    /// The engine's own searcher.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Turns an error of the engine into one that names the index.
    pub fn engine_error(&self, error: tantivy::TantivyError) -> IndexError {
        self.location.engine(error)
    }

    /// The page that begins at a document, without its sections.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn head(&self, segment: usize, document: DocId) -> Result<Page, IndexError> {
        let document = self.document(segment, document)?;
        convert::head(&self.fields, &document).map_err(|error| self.location.damaged(error.to_string()))
    }

    /// The section that is a document.
    ///
    /// # Errors
    /// [`IndexError`] where the stored section cannot be read.
    pub fn section(&self, segment: usize, document: DocId) -> Result<Section, IndexError> {
        let document = self.document(segment, document)?;
        convert::section(&self.fields, &document).map_err(|error| self.location.damaged(error.to_string()))
    }

    fn document(&self, segment: usize, document: DocId) -> Result<tantivy::TantivyDocument, IndexError> {
        let address = DocAddress::new(u32::try_from(segment).unwrap_or(u32::MAX), document);
        self.searcher.doc(address).map_err(|error| self.location.engine(error))
    }

    /// A whole page.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, IndexError> {
        let Some(ordinal) = self.pages.ordinal(id) else { return Ok(None) };
        for (at, segment) in self.segments.iter().enumerate() {
            if let Some(place) = segment.pages.iter().find(|page| page.page == ordinal) {
                let mut page = self.head(at, place.first)?;
                page.sections = (place.first..place.end).map(|document| self.section(at, document)).collect::<Result<_, _>>()?;
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    /// Id, source and key of every page: what each was analysed from and with.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn keys(&self) -> Result<Vec<(&str, &str, String)>, IndexError> {
        let mut keys = Vec::with_capacity(self.pages.len());
        for segment in &self.segments {
            let column = segment.reader.fast_fields().str("key").map_err(|error| self.location.engine(error))?;
            for page in &segment.pages {
                let mut key = String::new();
                if let Some(column) = &column
                    && let Some(term) = column.term_ords(page.first).next()
                {
                    column.ord_to_str(term, &mut key).map_err(|error| self.location.damaged(error.to_string()))?;
                }
                keys.push((self.pages.id(page.page), self.sources.id(page.source), key));
            }
        }
        Ok(keys)
    }
}

/// What the ordinals of the values that were seen become.
fn renumbering(seen: &[bool]) -> Vec<u32> {
    let mut next = 0;
    seen.iter()
        .map(|&seen| {
            let ordinal = if seen { next } else { NONE };
            next += u32::from(seen);
            ordinal
        })
        .collect()
}

/// The lengths of a field, if any document of the segment has it.
fn norms(reader: &SegmentReader, field: Field) -> Result<Option<FieldNormReader>, tantivy::TantivyError> {
    reader.fieldnorms_readers().get_field(field)
}

fn state(index: &Index, location: &Location) -> Result<State, IndexError> {
    let meta = index.load_metas().map_err(|error| location.engine(error))?;
    match meta.payload {
        None => Ok(State::default()),
        Some(json) => serde_json::from_str(&json).map_err(|error| location.damaged(format!("its sources: {error}"))),
    }
}
