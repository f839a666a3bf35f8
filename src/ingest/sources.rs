//! Which sources a run reads: every path is a folder with a name, the same folder always the same source.

use super::{IngestError, IngestOptions};
use crate::corpus::{self, Listing};
use crate::index::{SourceState, State};
use crate::parse::Format;
use std::path::{Path, PathBuf};

/// A source to read in this run.
pub(super) struct Source {
    pub(super) state: SourceState,
    pub(super) listing: Listing,
}

/// Whether a file's name is that of a page.
pub(super) fn is_page(path: &Path) -> bool {
    Format::of(path).is_some()
}

/// Lists the files of every path.
pub(super) fn list(options: &IngestOptions) -> Result<Vec<Listing>, IngestError> {
    let list = |path: &PathBuf| {
        let listing = corpus::list(path, &options.selection, is_page)?;
        if listing.pages.is_empty() {
            return Err(IngestError::Empty { path: path.clone(), reason: why_empty(&listing) });
        }
        Ok(listing)
    };
    options.paths.iter().map(list).collect()
}

fn why_empty(listing: &Listing) -> String {
    match (listing.skipped.first(), listing.failed.first()) {
        (_, Some((failed, reason))) => format!("{failed}: {reason}"),
        (Some((skipped, reason)), None) if listing.whole => {
            format!(
                "{} files or folders were skipped, the first is {skipped}: {reason}",
                listing.skipped.len()
            )
        }
        (Some((_, reason)), None) => reason.clone(),
        _ => "the folder is empty".to_owned(),
    }
}

/// The name of the source that each listing belongs to.
pub(super) fn name(
    options: &IngestOptions,
    listings: &[Listing],
    state: &State,
) -> Result<Vec<String>, IngestError> {
    if let Some(name) = &options.source {
        let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if !name.bytes().all(valid)
            || !name.starts_with(|c: char| c.is_ascii_alphanumeric())
            || name.len() > 64
        {
            return Err(IngestError::BadSourceName(name.clone()));
        }
        if listings.iter().any(|listing| listing.root != listings[0].root) {
            return Err(IngestError::SourceForMany(listings.len()));
        }
    }
    let mut names: Vec<String> = Vec::with_capacity(listings.len());
    for (listing, path) in listings.iter().zip(&options.paths) {
        let root = listing.root.display().to_string();
        let in_run = || {
            names.iter().zip(listings).map(|(name, known)| (name.clone(), known.root.display().to_string()))
        };
        let in_index = || state.sources.iter().map(|known| (known.name.clone(), known.root.clone()));
        let known = in_run().chain(in_index()).find(|(_, known)| *known == root).map(|(name, _)| name);
        let name = match (known, &options.source) {
            (Some(known), Some(name)) if known != *name => {
                return Err(IngestError::NamedOtherwise { path: path.clone(), name: known });
            }
            (Some(known), _) => known,
            (None, name) => name.clone().unwrap_or_else(|| corpus::source_name(&listing.root)),
        };
        if let Some((_, other)) = in_run().chain(in_index()).find(|(known, at)| *known == name && *at != root)
        {
            return Err(IngestError::NameTaken { path: path.clone(), name, other });
        }
        names.push(name);
    }
    Ok(names)
}

/// The sources of a run, each once, with its files.
pub(super) fn gather(options: &IngestOptions, listings: Vec<Listing>, names: Vec<String>) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (listing, name) in listings.into_iter().zip(names) {
        if let Some(same) = sources.iter_mut().find(|source| source.state.name == name) {
            same.listing.merge(listing);
            continue;
        }
        let state = SourceState {
            name,
            root: listing.root.display().to_string(),
            base_url: options.base_url.as_ref().map(url::Url::to_string),
            taxonomy: options.taxonomy.as_ref().map(|taxonomy| taxonomy.text.clone()).unwrap_or_default(),
            pages: 0,
            removed: 0,
            boilerplate: Vec::new(),
        };
        sources.push(Source { state, listing });
    }
    sources
}
