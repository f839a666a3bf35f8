//! Files → pages on all cores. A page is analysed only if its key changed.

use super::sources::Source;
use crate::annotate::{self, Taxonomy, Vocabulary};
use crate::corpus::{self, PageFile};
use crate::index::IndexError;
use crate::model::Page;
use crate::parse::{self, Format, ParseError};
use crate::text::{digest, segment};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::{Arc, OnceLock};

/// The version of the analysis: a hash of the source of every room that takes part in it, made by the build script.
const ANALYSIS: &str = env!("ANALYSIS_OF_PAGES");

/// The vocabulary, made once it is needed: where no page has changed, to make it would take as long as to read them all.
pub(super) struct LazyVocabulary<'a> {
    taxonomies: &'a [Taxonomy],
    made: OnceLock<Arc<Vocabulary>>,
}

impl<'a> LazyVocabulary<'a> {
    pub(super) fn new(taxonomies: &'a [Taxonomy]) -> Self {
        Self { taxonomies, made: OnceLock::new() }
    }

    pub(super) fn get(&self) -> &Vocabulary {
        self.made.get_or_init(|| Vocabulary::with(self.taxonomies))
    }

    /// Of its names, which says whether it is another than before.
    pub(super) fn hash(&self) -> [u8; 16] {
        Vocabulary::hash_of(self.taxonomies)
    }
}

/// What pages are analysed with.
#[derive(Clone, Copy)]
pub(super) struct Analysis<'a> {
    pub(super) vocabulary: &'a LazyVocabulary<'a>,
    /// The vocabulary's hash.
    pub(super) hash: [u8; 16],
    pub(super) ignore_robots: bool,
}

/// A page with what is kept beside it.
pub(super) struct Analysed {
    pub(super) page: Box<Page>,
    pub(super) key: u64,
    pub(super) fingerprints: Vec<u64>,
}

/// What became of one file.
pub(super) enum Outcome {
    Unchanged,
    Analysed(Analysed),
    /// The file went after it was listed: as if it had gone before.
    Gone,
    Failed(String),
    Skipped(String),
}

/// Reads and analyses the pages of a source on several threads; `take` is called on this one, in no order.
pub(super) fn analyse<'s>(
    source: &'s Source,
    known: &BTreeMap<&str, u64>,
    analysis: Analysis<'_>,
    threads: usize,
    mut take: impl FnMut(&'s PageFile, u64, Outcome) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    corpus::on_cores(
        &source.listing.pages,
        threads,
        |page| analyse_page(source, page, known, analysis),
        |(_, outcome)| !matches!(outcome, Outcome::Analysed(_)),
        |page, (bytes, outcome)| take(page, bytes, outcome),
    )
}

pub(super) fn analyse_page(
    source: &Source,
    page: &PageFile,
    known: &BTreeMap<&str, u64>,
    analysis: Analysis<'_>,
) -> (u64, Outcome) {
    let bytes = match corpus::read(page, parse::LARGEST_PAGE) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return (0, Outcome::Gone),
        Err(error) => return (0, Outcome::Failed(error.to_string())),
    };
    let read = bytes.len() as u64;
    let key = key(source, page, &bytes, analysis);
    if known.get(page_id(&source.state.name, &page.path).as_str()) == Some(&key) {
        return (read, Outcome::Unchanged);
    }
    let vocabulary = analysis.vocabulary.get();
    // A fault of ours in one page must not take the others with it.
    let understood = std::panic::catch_unwind(|| {
        understand(&source.state.name, page, &bytes, source.state.base_url.as_deref(), vocabulary)
    });
    let outcome = match understood {
        Ok(Ok(page)) if page.noindex && !analysis.ignore_robots => Outcome::Skipped(
            "it asks search engines to leave it out (--ignore-robots reads it all the same)".to_owned(),
        ),
        Ok(Ok(page)) => {
            let fingerprints = annotate::fingerprints(&page);
            Outcome::Analysed(Analysed { page: Box::new(page), key, fingerprints })
        }
        Ok(Err(error @ ParseError::NotText)) => Outcome::Failed(error.to_string()),
        Ok(Err(error @ ParseError::NoText)) => Outcome::Skipped(error.to_string()),
        Err(_) => Outcome::Failed("rolecall failed on this page; please report it".to_owned()),
    };
    (read, outcome)
}

/// What a page is analysed from and with.
fn key(source: &Source, page: &PageFile, bytes: &[u8], analysis: Analysis<'_>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let base_url = source.state.base_url.as_deref().unwrap_or_default();
    hasher.update(ANALYSIS.as_bytes()).update(base_url.as_bytes()).update(&[0]).update(&analysis.hash);
    hasher.update(page.path.as_bytes()).update(&[0]).update(bytes);
    hasher.update(&[u8::from(analysis.ignore_robots)]);
    digest(hasher.finalize())
}

pub(super) fn understand(
    source: &str,
    file: &PageFile,
    bytes: &[u8],
    base_url: Option<&str>,
    vocabulary: &Vocabulary,
) -> Result<Page, ParseError> {
    let format = Format::of(&file.file).ok_or(ParseError::NotText)?;
    let mut page = parse::parse(bytes, format)?;
    page.id = page_id(source, &file.path);
    source.clone_into(&mut page.source);
    file.path.clone_into(&mut page.path);
    if let Some(base) = base_url {
        page.url = address(base, &file.path).or(page.url);
    }
    annotate::annotate(&mut page, vocabulary);
    Ok(page)
}

/// The address of a path below a base, whatever characters it has.
fn address(base: &str, path: &str) -> Option<String> {
    let mut url = url::Url::parse(base).ok()?;
    let path = path.strip_suffix(".gz").unwrap_or(path);
    url.path_segments_mut().ok()?.pop_if_empty().extend(path.split('/'));
    Some(url.to_string())
}

/// The id of a page: its source and its path as one segment of an address.
pub(super) fn page_id(source: &str, path: &str) -> String {
    format!("{}~{}", segment(source), segment(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses() {
        assert_eq!(page_id("my.pages", "a b/c.html"), "my.pages~a_20b~c.html");
        assert_eq!(
            address("https://x.org/careers/", "a b/c.html.gz").as_deref(),
            Some("https://x.org/careers/a%20b/c.html")
        );
        assert_eq!(address("https://x.org/careers", "c.md").as_deref(), Some("https://x.org/careers/c.md"));
    }
}
