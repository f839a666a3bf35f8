//! The opening of a generation: what every question needs is worked out here, once.

use super::{Size, Snapshot};
use crate::index::commit::Commit;
use crate::index::cores::{both, on_cores};
use crate::index::directory::Refusal;
use crate::index::segment::Column;
use crate::index::skills::Skills;
use crate::index::{Analyzer, Copies, Dictionary, Fields, IndexError, Location, NONE, PayRange, Segment};
use crate::model::FacetField;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{ReloadPolicy, SegmentReader};

/// How many blocks of stored pages are kept unpacked of each segment, of 16 KiB each.
const CACHED_BLOCKS: usize = 1024;

impl Snapshot {
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
    pub(in crate::index) fn open_folder(
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
}

/// The lengths of a field, if any document of the segment has it.
fn norms(reader: &SegmentReader, field: Field) -> Result<Option<FieldNormReader>, tantivy::TantivyError> {
    reader.fieldnorms_readers().get_field(field)
}
