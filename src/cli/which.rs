//! Which page is meant on the command line: by its id, by its path with or without its source, or by the id or name of a
//! role that one page alone is about.

use super::Failure;
use crate::model::FacetField;
use crate::search::{SearchError, SearchRequest, Searcher};
use crate::text::{segment, slug};

/// How many pages are named where it is not clear which is meant.
const NAMED: usize = 10;

/// The id of the page.
pub(super) fn page(searcher: &Searcher, meant: &str) -> Result<String, Failure> {
    if searcher.page(meant)?.is_some() {
        return Ok(meant.to_owned());
    }
    if let Some(id) = by_path(searcher, meant) {
        return Ok(id);
    }
    let request = SearchRequest {
        role: vec![slug(meant)],
        limit: NAMED,
        facets: Vec::new(),
        ..SearchRequest::default()
    };
    let found = searcher.search(&request)?;
    match found.hits.as_slice() {
        [one] if found.total.pages == 1 => Ok(one.id.clone()),
        [] => Err(SearchError::UnknownPages(vec![meant.to_owned()]).into()),
        several => {
            let ids: Vec<&str> = several.iter().map(|hit| hit.id.as_str()).collect();
            let (role, pages) = (FacetField::Role.id(), found.total.pages);
            let reason =
                format!("{meant:?} is the {role} of {pages} pages: give the id of one: {}", ids.join(", "));
            Err(Failure::Usage(anyhow::anyhow!(reason)))
        }
    }
}

/// The id of the only page with this path, or with its source's name before it.
fn by_path(searcher: &Searcher, meant: &str) -> Option<String> {
    let path = segment(meant.trim_start_matches("./"));
    let ids = searcher.page_ids();
    let ends =
        |id: &&String| id.strip_suffix(&path).is_some_and(|rest| rest.is_empty() || rest.ends_with('~'));
    let mut found = ids.iter().filter(ends);
    let first = found.next()?;
    let another = found.next();
    // The whole of an id is meant before the end of another.
    ids.binary_search(&path)
        .ok()
        .map(|at| ids[at].clone())
        .or_else(|| another.is_none().then(|| first.clone()))
}
