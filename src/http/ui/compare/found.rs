//! What an address names: the roles that there are, and what may be added to them.

use super::pick::{self, Choice};
use crate::model::Page;
use crate::search::{COMPARED_PAGES, Comparison, SearchError, Searcher};
use std::collections::HashSet;
use std::time::Instant;

/// What there is to show.
pub(super) struct Found {
    pub(super) known: Known,
    /// Ids that no page has.
    pub(super) unknown: Vec<String>,
    /// How many roles are more than fit.
    pub(super) left_out: usize,
    /// Roles of the name that is looked for, else some to begin with; none that is shown already.
    pub(super) choices: Vec<Choice>,
    /// Roles like the one that is shown.
    pub(super) alike: Vec<Choice>,
}

/// The roles that are shown.
pub(super) enum Known {
    /// One or none.
    Few(Vec<Page>),
    /// Enough to compare.
    Several(Comparison),
}

impl Known {
    pub(super) fn pages(&self) -> &[Page] {
        match self {
            Self::Few(pages) => pages,
            Self::Several(comparison) => &comparison.pages,
        }
    }

    /// The pages of these ids; the ids that no page has are taken out of them.
    fn of(searcher: &Searcher, ids: &mut Vec<String>) -> Result<Self, SearchError> {
        while ids.len() >= COMPARED_PAGES.0 {
            match searcher.compare(ids) {
                Ok(comparison) => return Ok(Self::Several(comparison)),
                Err(SearchError::UnknownPages(unknown)) => ids.retain(|id| !unknown.contains(id)),
                Err(error) => return Err(error),
            }
        }
        let page = ids.first().map(|id| searcher.page(id)).transpose()?.flatten();
        ids.truncate(usize::from(page.is_some()));
        Ok(Self::Few(page.into_iter().collect()))
    }
}

impl Found {
    pub(super) fn of(
        searcher: &Searcher,
        mut ids: Vec<String>,
        find: &str,
        deadline: Instant,
    ) -> Result<Self, SearchError> {
        let mut seen = HashSet::new();
        // A form sends its empty fields, too.
        ids.retain(|id| !id.trim().is_empty() && seen.insert(id.clone()));
        let left_out = ids.len().saturating_sub(COMPARED_PAGES.1);
        ids.truncate(COMPARED_PAGES.1);
        let given = ids.clone();
        let known = Known::of(searcher, &mut ids)?;
        let unknown = given.into_iter().filter(|id| !ids.contains(id)).collect();
        let alike = match &known {
            Known::Few(pages) if find.is_empty() => pages.first(),
            _ => None,
        };
        let alike =
            alike.map(|page| pick::alike(searcher, &page.id, deadline)).transpose()?.unwrap_or_default();
        let wants_choices = !find.is_empty() || (ids.len() < COMPARED_PAGES.0 && alike.is_empty());
        let mut choices = if wants_choices { pick::find(searcher, find, deadline)? } else { Vec::new() };
        choices.retain(|choice| !ids.contains(&choice.id));
        Ok(Self { known, unknown, left_out, choices, alike })
    }
}
