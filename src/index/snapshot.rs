//! One generation of an index, opened for answering: what every question needs is worked out here, once.
//!
//! The values of each facet field get ordinals that hold across segments and are in the order of ids, and so do the
//! pages. Documents of a page lie together; a segment knows where each page begins and ends, and the ordinals of
//! every document, in plain arrays.

use super::commit::Commit;
use super::convert::{self, Unreadable};
use super::cores::{both, on_cores};
use super::directory::Refusal;
use super::segment::{Column, NONE, Segment};
use super::skills::Skills;
use super::stored::StoredDocument;
use super::{Analyzer, Copies, Dictionary, Fields, IndexError, Location, PayRange, State};
use crate::model::{FacetField, Page, Section};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocId, ReloadPolicy, Searcher, SegmentReader};

/// How many blocks of stored pages are kept unpacked of each segment, of 16 KiB each.
const CACHED_BLOCKS: usize = 1024;

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
    /// Which of them are copies of each other.
    pub copies: Copies,
    /// The analyzers of its pages, each with how much it analysed, in order.
    pub analyzed: Vec<(Analyzer, Size)>,
    /// The currencies in which pages state their role's pay, each with how many pages do, most first and then by its
    /// letters.
    pub currencies: Vec<([u8; 3], u64)>,
    /// Sections that are not deleted.
    pub section_count: u64,
    /// By the field's place in [`FacetField::ALL`].
    dictionaries: Vec<Dictionary>,
    skills: Skills,
    searcher: Searcher,
    /// The stored documents, by segment.
    stores: Vec<StoreReader>,
    location: Location,
    /// The files whose checksums were found to fit.
    verified: BTreeSet<PathBuf>,
    average_lengths: Vec<(Field, f32)>,
    /// How many words a page has on average, in its headings and in its blocks.
    pub average_page_length: (f32, f32),
}

impl Snapshot {
    /// What tells it from every other state of any index: the names of its segments, which are random, and what was
    /// deleted in them.
    pub fn identity(&self) -> String {
        let segment = |reader: &SegmentReader| {
            format!("{}-{:?}", reader.segment_id().uuid_string(), reader.delete_opstamp())
        };
        let mut segments: Vec<String> = self.searcher.segment_readers().iter().map(segment).collect();
        segments.sort_unstable();
        format!("{}-{}", self.state.generation, segments.join("-"))
    }

    /// Opens the generation that is current, once the checksums of all its files fit.
    ///
    /// # Errors
    /// [`IndexError`] where there is none, where a file is damaged, or where its documents disagree with each other.
    pub fn open(location: &Location) -> Result<Self, IndexError> {
        Self::open_after(location, None)
    }

    /// The same, where the one before is at hand: files that it has are not verified again.
    ///
    /// # Errors
    /// As [`Snapshot::open`].
    pub fn open_after(location: &Location, before: Option<&Self>) -> Result<Self, IndexError> {
        let verified = before.map(|before| before.verified.clone()).unwrap_or_default();
        loop {
            let folder = location.current()?;
            match Self::open_folder(location, &folder, verified.clone()) {
                // Another folder was made current meanwhile, and this one removed.
                Err(_) if location.current().is_ok_and(|now| now != folder) => {}
                opened => return opened,
            }
        }
    }

    /// Opens the documents of a folder, which need not be current; files that were verified before are not again.
    pub(super) fn open_folder(
        location: &Location,
        folder: &Path,
        mut verified: BTreeSet<PathBuf>,
    ) -> Result<Self, IndexError> {
        let index = location.open_folder(folder, &Refusal::default())?;
        let engine = |error| location.engine(error);
        // A commit or a merge may come between any two of these.
        let (state, searcher) = loop {
            let Some(commit) = Commit::of(location, folder, &index)? else { continue };
            commit.verify(location, &mut verified)?;
            let before = commit.state(location)?;
            let reader =
                index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine);
            let is_same = Commit::of(location, folder, &index)?.is_some_and(|now| now.is(&commit));
            if is_same {
                break (before, reader?.searcher());
            }
        };
        let columns = |name: &str| -> Result<Vec<Option<StrColumn>>, IndexError> {
            let readers = searcher.segment_readers().iter();
            readers.map(|reader| reader.fast_fields().str(name).map_err(engine)).collect()
        };
        let page = columns(Fields::PAGE)?;
        let facets: Vec<Vec<Option<StrColumn>>> =
            FacetField::ALL.iter().map(|field| columns(field.id())).collect::<Result<_, _>>()?;
        // All columns first and then each field: the largest would keep one core busy while others have nothing to do.
        let count = page.len();
        let of =
            |at: usize| [&page].into_iter().chain(&facets).nth(at / count).map(|field| &field[at % count]);
        let named =
            on_cores(count * (1 + facets.len()), |at| Dictionary::of(of(at).and_then(Option::as_ref)));
        let named = named.into_iter().collect::<tantivy::Result<Vec<_>>>().map_err(engine)?;
        let of_field = |at: usize| Dictionary::over(&named[at * count..(at + 1) * count]);
        let mut named = on_cores(1 + facets.len(), of_field);
        let (pages, page_map) = named.remove(0);
        let (dictionaries, maps): (Vec<Dictionary>, Vec<Vec<Vec<u32>>>) = named.into_iter().unzip();
        let readers = searcher.segment_readers();
        let segments = on_cores(readers.len(), |at| {
            let pages = Column { column: &page[at], map: &page_map[at] };
            let facets = facets
                .iter()
                .zip(&maps)
                .map(|(columns, maps)| Column { column: &columns[at], map: &maps[at] });
            let facets: Vec<Column<'_>> = facets.collect();
            Segment::open(readers[at].clone(), &pages, &facets)
        });
        let segments = segments.into_iter().collect::<Result<_, _>>();
        let segments = segments.map_err(|reason: String| location.damaged(reason))?;
        let stores = searcher.segment_readers().iter().map(|reader| reader.get_store_reader(CACHED_BLOCKS));
        let stores = stores.collect::<Result<_, _>>().map_err(|error| engine(error.into()))?;
        let fields = Fields::new();
        let mut snapshot = Self {
            fields,
            state,
            pages,
            dictionaries,
            skills: Skills::over(&facets[FacetField::Skill as usize]).map_err(engine)?,
            copies: Copies::default(),
            analyzed: Vec::new(),
            currencies: Vec::new(),
            section_count: searcher.num_docs(),
            average_lengths: Vec::new(),
            average_page_length: (1.0, 1.0),
            searcher,
            stores,
            location: location.clone(),
            verified,
            segments,
        };
        snapshot.forget_deleted();
        let (copies, (analyzed, currencies, length)) = both(
            || Copies::find(&snapshot.segments, snapshot.pages.len()),
            || (snapshot.sizes_by_analyzer(), snapshot.pages_by_currency(), snapshot.mean_page_length()),
        );
        snapshot.copies = copies.map_err(engine)?;
        (snapshot.analyzed, snapshot.currencies, snapshot.average_page_length) =
            (analyzed, currencies, length);
        for field in [fields.title, fields.role_name] {
            let average = snapshot.average_length(field).map_err(engine)?;
            snapshot.average_lengths.push((field, average));
        }
        // The same for a section.
        let of_sections = snapshot.pages.len() as f32 / (snapshot.section_count as f32).max(1.0);
        let (headings, body) = snapshot.average_page_length;
        snapshot
            .average_lengths
            .extend([(fields.heading, headings * of_sections), (fields.body, body * of_sections)]);
        Ok(snapshot)
    }

    /// Values that only deleted documents have are no values of this generation: an index that was changed must not
    /// be told from one that was built afresh.
    fn forget_deleted(&mut self) {
        let mut seen = vec![false; self.pages.len()];
        self.segments
            .iter()
            .flat_map(|segment| &segment.pages)
            .for_each(|page| seen[page.page as usize] = true);
        if let Some(map) = self.pages.keep(&seen) {
            self.segments.iter_mut().for_each(|segment| segment.pages.map(&map));
        }
        let seen = on_cores(self.dictionaries.len(), |at| {
            let mut seen = vec![false; self.dictionaries[at].len()];
            self.segments.iter().for_each(|segment| segment.see(FacetField::ALL[at], &mut seen));
            seen
        });
        for ((field, dictionary), seen) in FacetField::ALL.into_iter().zip(&mut self.dictionaries).zip(seen) {
            if let Some(map) = dictionary.keep(&seen) {
                self.segments.iter_mut().for_each(|segment| segment.map(field, &map));
            }
        }
    }

    /// The values of a facet field.
    pub fn dictionary(&self, field: FacetField) -> &Dictionary {
        &self.dictionaries[field as usize]
    }

    fn pages_by_currency(&self) -> Vec<([u8; 3], u64)> {
        let mut pages: BTreeMap<[u8; 3], u64> = BTreeMap::new();
        for segment in &self.segments {
            for page in 0..segment.pages.len() {
                let pay = segment.pay(page);
                for (at, PayRange { currency, .. }) in pay.iter().enumerate() {
                    let is_first = pay[..at].iter().all(|before| before.currency != *currency);
                    *pages.entry(*currency).or_default() += u64::from(is_first);
                }
            }
        }
        let mut pages: Vec<([u8; 3], u64)> = pages.into_iter().collect();
        pages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        pages
    }

    /// How much each analyzer analysed.
    fn sizes_by_analyzer(&self) -> Vec<(Analyzer, Size)> {
        let languages = self.dictionary(FacetField::Language);
        let of = |language: u32| Analyzer::of((language != NONE).then(|| languages.id(language)));
        let mut sizes: BTreeMap<u32, Size> = BTreeMap::new();
        for segment in &self.segments {
            for (index, page) in segment.pages.iter().enumerate() {
                let size = sizes.entry(segment.page_value(FacetField::Language, index)).or_default();
                size.pages += 1;
                size.sections += u64::from(page.end - page.first);
            }
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

    /// How many words a page has on average.
    fn mean_page_length(&self) -> (f32, f32) {
        let lengths = self
            .segments
            .iter()
            .flat_map(|segment| (0..segment.pages.len()).map(|page| segment.length(page)));
        let total = lengths.fold((0_u64, 0_u64), |total, length| {
            (total.0 + u64::from(length.headings), total.1 + u64::from(length.body))
        });
        let average =
            |total: u64| if total == 0 { 1.0 } else { (total as f64 / self.pages.len() as f64) as f32 };
        (average(total.0), average(total.1))
    }

    /// The mean length of a field that pages have on their first section.
    fn average_length(&self, field: Field) -> Result<f32, tantivy::TantivyError> {
        let mut total = 0_u64;
        for segment in &self.segments {
            let Some(norms) = norms(&segment.reader, field)? else { continue };
            total += segment.pages.iter().map(|page| u64::from(norms.fieldnorm(page.first))).sum::<u64>();
        }
        Ok(if total == 0 { 1.0 } else { (total as f64 / self.pages.len() as f64) as f32 })
    }

    /// The mean length of a field of words over the documents that can have it.
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
        let of = &self.segments[segment];
        let stored = self.document(segment, document)?;
        let index = of.pages.of(document).ok_or_else(|| self.location.damaged("a page was taken out"))?;
        let source = self.dictionary(FacetField::Source).id(of.page_value(FacetField::Source, index));
        convert::head(&self.fields, &stored, self.pages.id(of.pages[index].page), source)
            .map_err(|error| self.location.damaged(error.to_string()))
    }

    /// The section that is a document.
    ///
    /// # Errors
    /// [`IndexError`] where the stored section cannot be read.
    pub fn section(&self, segment: usize, document: DocId) -> Result<Section, IndexError> {
        let skills = self.skills.of(segment, document).cloned().collect();
        let document = self.document(segment, document)?;
        convert::section(&self.fields, &document, skills)
            .map_err(|error| self.location.damaged(error.to_string()))
    }

    /// The ids of the skills of the section that is a document, in order.
    pub(super) fn skill_ids(&self, segment: usize, document: DocId) -> Vec<&str> {
        self.skills.of(segment, document).map(|skill| skill.id.as_str()).collect()
    }

    /// The index is damaged: what is stored cannot be read.
    pub(super) fn unreadable(&self, error: &Unreadable) -> IndexError {
        self.location.damaged(error.to_string())
    }

    /// A document as it is stored.
    pub(super) fn document(&self, segment: usize, document: DocId) -> Result<StoredDocument, IndexError> {
        let bytes = self.stores[segment].get_document_bytes(document);
        bytes.map(StoredDocument).map_err(|error| self.location.engine(error))
    }

    /// A whole page.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, IndexError> {
        self.place_of(id).map(|(segment, index)| self.page_at(segment, index)).transpose()
    }

    /// Where a page is: its segment, and its index in that.
    pub fn place_of(&self, id: &str) -> Option<(usize, usize)> {
        let ordinal = self.pages.ordinal(id)?;
        let in_segment = |(at, segment): (usize, &Segment)| {
            Some((at, segment.pages.iter().position(|page| page.page == ordinal)?))
        };
        self.segments.iter().enumerate().find_map(in_segment)
    }

    /// The whole page at a place.
    ///
    /// # Errors
    /// [`IndexError`] where the stored page cannot be read.
    pub fn page_at(&self, segment: usize, index: usize) -> Result<Page, IndexError> {
        let place = self.segments[segment].pages[index];
        let mut page = self.head(segment, place.first)?;
        page.sections = (place.first..place.end)
            .map(|document| self.section(segment, document))
            .collect::<Result<_, _>>()?;
        Ok(page)
    }

    /// Calls `take` with the id and the blocks' fingerprints of every page of a source.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn fingerprints(&self, source: &str, mut take: impl FnMut(&str, &[u64])) -> Result<(), IndexError> {
        let source = self.dictionary(FacetField::Source).ordinal(source);
        let mut fingerprints = Vec::new();
        for segment in &self.segments {
            let column = segment.reader.fast_fields().column_opt::<u64>(Fields::FINGERPRINT);
            let column = column.map_err(|error| self.location.engine(error))?;
            for (index, page) in segment.pages.iter().enumerate() {
                if Some(segment.page_value(FacetField::Source, index)) != source {
                    continue;
                }
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
    pub fn keys(&self) -> Result<Vec<(&str, &str, u64)>, IndexError> {
        let mut keys = Vec::with_capacity(self.pages.len());
        for segment in &self.segments {
            let column = segment.reader.fast_fields().column_opt::<u64>(Fields::KEY);
            let column = column.map_err(|error| self.location.engine(error))?;
            for (index, page) in segment.pages.iter().enumerate() {
                let key = column.as_ref().and_then(|column| column.first(page.first)).unwrap_or_default();
                let source = segment.page_value(FacetField::Source, index);
                keys.push((self.pages.id(page.page), self.dictionary(FacetField::Source).id(source), key));
            }
        }
        Ok(keys)
    }
}

/// The lengths of a field, if any document of the segment has it.
fn norms(reader: &SegmentReader, field: Field) -> Result<Option<FieldNormReader>, tantivy::TantivyError> {
    reader.fieldnorms_readers().get_field(field)
}
