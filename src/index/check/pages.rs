//! Each page made into documents again, as an ingest would, and compared with the documents that are there: their number
//! and order, and every column of each.

use super::super::convert::{documents, page_hash};
use super::super::{Fields, IndexError, Snapshot};
use super::{Checked, Progress, compare_sources};
use crate::model::{FacetField, Page};
use std::collections::BTreeMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption, Term, Value as _};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, TantivyDocument};

/// Compares all pages of a snapshot.
pub(super) fn compare(snapshot: &Snapshot, checked: &mut Checked, progress: Progress<'_>) {
    let (mut done, total) = (0, snapshot.pages.len() as u64);
    let mut seen = vec![false; snapshot.pages.len()];
    for (at, segment) in snapshot.segments.iter().enumerate() {
        let columns = match Columns::of(&segment.reader, &snapshot.fields) {
            Ok(columns) => columns,
            Err(reason) => {
                checked.fault(None, None, format!("a column of segment {at} cannot be read: {reason}"));
                continue;
            }
        };
        for (index, place) in segment.pages.iter().enumerate() {
            let id = snapshot.pages.id(place.page);
            if std::mem::replace(&mut seen[place.page as usize], true) {
                checked.fault(None, Some(id), "its sections do not lie together, or it is there twice");
            }
            match snapshot.page_at(at, index) {
                Ok(page) => {
                    if let Err(reason) = columns.compare(snapshot, id, page, place.first, place.end) {
                        checked.fault(None, Some(id), reason);
                    }
                }
                Err(IndexError::Damaged { reason, .. }) => checked.fault(None, Some(id), reason),
                Err(error) => checked.fault(None, Some(id), error.to_string()),
            }
            checked.pages += 1;
            checked.sections += u64::from(place.end - place.first);
            done += 1;
            progress("pages", done, total);
        }
    }
    if let Err(error) = compare_sources(snapshot, &snapshot.state, checked) {
        checked.fault(None, None, error.to_string());
    }
}

/// The columns of a segment.
struct Columns<'a> {
    reader: &'a SegmentReader,
    fields: &'a Fields,
    texts: Vec<(Field, &'static str, Option<StrColumn>)>,
    numbers: Vec<(Field, &'static str, Option<Column<u64>>)>,
}

impl<'a> Columns<'a> {
    fn of(reader: &'a SegmentReader, fields: &'a Fields) -> tantivy::Result<Self> {
        let facets = FacetField::ALL.into_iter().zip(fields.facets).map(|(facet, field)| (field, facet.id()));
        let texts = [
            (fields.page, Fields::PAGE),
            (fields.title_order, Fields::TITLE_ORDER),
            (fields.listed_heading, Fields::LISTED_HEADING),
            (fields.pay, Fields::PAY),
            (fields.experience, Fields::EXPERIENCE),
            (fields.modified, Fields::MODIFIED),
        ];
        let numbers = [
            (fields.title_gram, Fields::TITLE_GRAM),
            (fields.key, Fields::KEY),
            (fields.asked, Fields::ASKED),
            (fields.fingerprint, Fields::FINGERPRINT),
            (fields.content_hash, Fields::CONTENT_HASH),
        ];
        let fast = reader.fast_fields();
        let text = |(field, name)| Ok((field, name, fast.str(name)?));
        let number = |(field, name)| Ok((field, name, fast.column_opt::<u64>(name)?));
        Ok(Self {
            reader,
            fields,
            texts: texts.into_iter().chain(facets).map(text).collect::<tantivy::Result<_>>()?,
            numbers: numbers.into_iter().map(number).collect::<tantivy::Result<_>>()?,
        })
    }

    /// Compares a stored page with its documents, from `first` to before `end`.
    fn compare(
        &self,
        snapshot: &Snapshot,
        id: &str,
        page: Page,
        first: DocId,
        end: DocId,
    ) -> Result<(), String> {
        if page.id != id {
            return Err(format!("the page that is stored for it is {:?}", page.id));
        }
        if snapshot.state.source(&page.source).is_none() {
            return Err(format!("its source {:?} is none of the index", page.source));
        }
        let key = self.number(Fields::KEY, first).pop().unwrap_or_default();
        let fingerprints = self.number(Fields::FINGERPRINT, first);
        let wanted = documents(self.fields, page, key, &fingerprints);
        let there = usize::try_from(end - first).unwrap_or_default();
        if wanted.len() != there {
            return Err(format!("{there} sections are indexed, and {} are stored", wanted.len()));
        }
        for (document, wanted) in (first..end).zip(&wanted) {
            self.compare_document(document, wanted)
                .map_err(|column| format!("section {}: {column} is not what is stored", document - first))?;
        }
        self.postings(id, first, end)
    }

    /// The column that differs.
    fn compare_document(&self, document: DocId, wanted: &TantivyDocument) -> Result<(), String> {
        let mut texts: BTreeMap<Field, Vec<String>> = BTreeMap::new();
        let mut numbers: BTreeMap<Field, Vec<u64>> = BTreeMap::new();
        for (field, value) in wanted.field_values() {
            if let Some(text) = value.as_str() {
                texts.entry(field).or_default().push(text.to_owned());
            } else if let Some(number) = value.as_u64() {
                numbers.entry(field).or_default().push(number);
            }
        }
        for (field, name, _) in &self.texts {
            let (mut wanted, mut found) =
                (texts.remove(field).unwrap_or_default(), self.text(name, document)?);
            wanted.sort_unstable();
            found.sort_unstable();
            if wanted != found {
                return Err((*name).to_owned());
            }
        }
        for (field, name, _) in &self.numbers {
            let (mut wanted, mut found) =
                (numbers.remove(field).unwrap_or_default(), self.number(name, document));
            wanted.sort_unstable();
            found.sort_unstable();
            if wanted != found {
                return Err((*name).to_owned());
            }
        }
        Ok(())
    }

    fn text(&self, name: &str, document: DocId) -> Result<Vec<String>, String> {
        let columns = self.texts.iter().filter(|(_, known, _)| *known == name);
        let mut texts = Vec::new();
        for column in columns.filter_map(|(_, _, column)| column.as_ref()) {
            for term in column.term_ords(document) {
                let mut text = String::new();
                match column.ord_to_str(term, &mut text) {
                    Ok(true) => texts.push(text),
                    _ => return Err(format!("{name} cannot be read")),
                }
            }
        }
        Ok(texts)
    }

    fn number(&self, name: &str, document: DocId) -> Vec<u64> {
        let columns = self.numbers.iter().filter(|(_, known, _)| *known == name);
        columns
            .filter_map(|(_, _, column)| column.as_ref())
            .flat_map(|column| column.values_for_doc(document))
            .collect()
    }

    /// Whether its id finds all of its sections and no others: by that it is replaced and taken out.
    fn postings(&self, id: &str, first: DocId, end: DocId) -> Result<(), String> {
        let term = Term::from_field_u64(self.fields.page_hash, page_hash(id));
        let postings = self
            .reader
            .inverted_index(self.fields.page_hash)
            .and_then(|index| Ok(index.read_postings(&term, IndexRecordOption::Basic)?))
            .map_err(|error| error.to_string())?;
        let mut found = Vec::new();
        if let Some(mut postings) = postings {
            let mut document = postings.doc();
            while document != TERMINATED {
                if !self.reader.is_deleted(document) {
                    found.push(document);
                }
                document = postings.advance();
            }
        }
        if !found.into_iter().eq(first..end) {
            return Err("its id finds other sections than its own".to_owned());
        }
        Ok(())
    }
}
