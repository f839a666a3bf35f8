//! Sections into an index, by one thread.

use crate::plain::{Fields, schema};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use tantivy::{Index, TantivyDocument};

/// How much waits in memory to be written, as rolecall's own default.
const MEMORY: usize = 128 << 20;

/// A line a section: page, role, section, skills parted by commas, title, heading, text.
pub(crate) fn ingest(sections: &Path, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    let mut writer = index.writer_with_num_threads(1, MEMORY)?;
    for line in BufReader::new(File::open(sections)?).lines() {
        writer.add_document(document(fields, &line?).context("a line without seven columns")?)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn document(fields: Fields, line: &str) -> Option<TantivyDocument> {
    let mut columns = line.split('\t');
    let mut document = TantivyDocument::new();
    document.add_text(fields.page, columns.next()?);
    for facet in [fields.role, fields.section, fields.skill] {
        let values = columns.next()?.split(',').filter(|value| !value.is_empty());
        values.for_each(|value| document.add_text(facet, value));
    }
    for words in [fields.title, fields.heading, fields.body] {
        document.add_text(words, columns.next()?);
    }
    Some(document)
}
