//! One generation of an index, opened for answering: what every question needs is worked out here, once.
//!
//! The values of each facet field get ordinals that hold across segments and are in the order of ids, and so do the
//! pages. Documents of a page lie together; a segment knows where each page begins and ends, and the ordinals of
//! every document, in plain arrays.

use super::convert;
use super::segment::{Columns, NONE, Segment};
use super::{Analyzer, Dictionary, Fields, IndexError, Location, State};
use crate::model::{Page, Section};
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Index, ReloadPolicy, Searcher, SegmentReader};

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Pages that are not deleted.
    pub pages: u64,
    /// Their sections.
    pub sections: u64,
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
    /// Languages.
    pub languages: Dictionary,
    /// The analyzers of its pages, each with how much it analysed, in order.
    pub analyzed: Vec<(Analyzer, Size)>,
    /// Sections that are not deleted.
    pub section_count: u64,
    searcher: Searcher,
    location: Location,
    average_lengths: Vec<(Field, f32)>,
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
            let reader =
                index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine)?;
            if state(&index, location)? == before {
                break (before, reader.searcher());
            }
        };
        let columns = |name: &str| -> Result<Vec<Option<StrColumn>>, IndexError> {
            let readers = searcher.segment_readers().iter();
            readers.map(|reader| reader.fast_fields().str(name).map_err(engine)).collect()
        };
        let [page, role, section, skill, source, language] = [
            columns("page")?,
            columns("role")?,
            columns("section")?,
            columns("skill_value")?,
            columns("source")?,
            columns("language")?,
        ];
        let (pages, page_map) = Dictionary::over(&page).map_err(engine)?;
        let (roles, role_map) = Dictionary::over(&role).map_err(engine)?;
        let (kinds, kind_map) = Dictionary::over(&section).map_err(engine)?;
        let (skills, skill_map) = Dictionary::over(&skill).map_err(engine)?;
        let (sources, source_map) = Dictionary::over(&source).map_err(engine)?;
        let (languages, language_map) = Dictionary::over(&language).map_err(engine)?;
        let mut segments = Vec::with_capacity(page.len());
        for (at, reader) in searcher.segment_readers().iter().enumerate() {
            let columns = Columns {
                page: (&page[at], &page_map[at]),
                role: (&role[at], &role_map[at]),
                kind: (&section[at], &kind_map[at]),
                skill: (&skill[at], &skill_map[at]),
                source: (&source[at], &source_map[at]),
                language: (&language[at], &language_map[at]),
            };
            segments
                .push(Segment::open(reader.clone(), &columns).map_err(|reason| location.damaged(reason))?);
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
            languages,
            analyzed: Vec::new(),
            section_count: searcher.num_docs(),
            average_lengths: Vec::new(),
            searcher,
            location: location.clone(),
            segments,
        };
        snapshot.forget_deleted();
        snapshot.analyzed = snapshot.sizes_by_analyzer();
        for field in [fields.title, fields.role_name, fields.heading, fields.body] {
            let average = snapshot.average_length(field).map_err(engine)?;
            snapshot.average_lengths.push((field, average));
        }
        Ok(snapshot)
    }

    /// Values that only deleted documents have are no values of this generation: an index that was changed must not
    /// be told from one that was built afresh.
    fn forget_deleted(&mut self) {
        let mut dictionaries = [
            &mut self.roles,
            &mut self.kinds,
            &mut self.skills,
            &mut self.sources,
            &mut self.languages,
            &mut self.pages,
        ];
        let mut seen = dictionaries.each_ref().map(|dictionary| vec![false; dictionary.len()]);
        for segment in &mut self.segments {
            segment.ordinals(|which, ordinal| {
                if let Some(seen) = seen[which as usize].get_mut(*ordinal as usize) {
                    *seen = true;
                }
            });
        }
        let maps: Vec<Vec<u32>> =
            dictionaries.iter_mut().zip(&seen).map(|(dictionary, seen)| dictionary.keep(seen)).collect();
        for segment in &mut self.segments {
            segment.ordinals(|which, ordinal| {
                *ordinal = maps[which as usize].get(*ordinal as usize).copied().unwrap_or(NONE);
            });
        }
    }

    /// How much each analyzer analysed.
    fn sizes_by_analyzer(&self) -> Vec<(Analyzer, Size)> {
        let of = |language: u32| Analyzer::of((language != NONE).then(|| self.languages.id(language)));
        let mut sizes: BTreeMap<u32, Size> = BTreeMap::new();
        for page in self.segments.iter().flat_map(|segment| &segment.pages) {
            let size = sizes.entry(page.language).or_default();
            size.pages += 1;
            size.sections += u64::from(page.end - page.first);
        }
        let mut analyzed: BTreeMap<Analyzer, Size> = BTreeMap::new();
        for (language, size) in sizes {
            let sum = analyzed.entry(of(language)).or_default();
            sum.pages += size.pages;
            sum.sections += size.sections;
        }
        analyzed.into_iter().collect()
    }

    /// How much an analyzer analysed.
    pub fn size_of(&self, analyzer: Analyzer) -> Size {
        let known = self.analyzed.iter().find(|(known, _)| *known == analyzer);
        known.map_or_else(Size::default, |(_, size)| *size)
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
                page.sections = (place.first..place.end)
                    .map(|document| self.section(at, document))
                    .collect::<Result<_, _>>()?;
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    /// Calls `take` with the id and the blocks' fingerprints of every page of a source.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn fingerprints(&self, source: &str, mut take: impl FnMut(&str, &[u64])) -> Result<(), IndexError> {
        let source = self.sources.ordinal(source);
        let mut fingerprints = Vec::new();
        for segment in &self.segments {
            let column = segment.reader.fast_fields().column_opt::<u64>("fingerprint");
            let column = column.map_err(|error| self.location.engine(error))?;
            for page in segment.pages.iter().filter(|page| Some(page.source) == source) {
                fingerprints.clear();
                fingerprints.extend(column.iter().flat_map(|column| column.values_for_doc(page.first)));
                take(self.pages.id(page.page), &fingerprints);
            }
        }
        Ok(())
    }

    /// Id, source and key of every page: what each was analysed from and with.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn keys(&self) -> Result<Vec<(&str, &str, String)>, IndexError> {
        let mut keys = Vec::with_capacity(self.pages.len());
        for segment in &self.segments {
            let column =
                segment.reader.fast_fields().str("key").map_err(|error| self.location.engine(error))?;
            for page in &segment.pages {
                let mut key = String::new();
                if let Some(column) = &column
                    && let Some(term) = column.term_ords(page.first).next()
                {
                    column
                        .ord_to_str(term, &mut key)
                        .map_err(|error| self.location.damaged(error.to_string()))?;
                }
                keys.push((self.pages.id(page.page), self.sources.id(page.source), key));
            }
        }
        Ok(keys)
    }
}

/// The lengths of a field, if any document of the segment has it.
fn norms(reader: &SegmentReader, field: Field) -> Result<Option<FieldNormReader>, tantivy::TantivyError> {
    reader.fieldnorms_readers().get_field(field)
}

fn state(index: &Index, location: &Location) -> Result<State, IndexError> {
    let meta = index.load_metas().map_err(|error| location.engine(error))?;
    match meta.payload {
        None => Ok(State::default()),
        Some(json) => {
            serde_json::from_str(&json).map_err(|error| location.damaged(format!("its sources: {error}")))
        }
    }
}
