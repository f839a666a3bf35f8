//! What judgements call pages and sections, and whether the index has them.

use crate::index::IndexError;
use crate::search::Searcher;
use crate::text::{segment, slug};
use std::collections::{HashMap, HashSet};

/// A page and, behind `#`, a section of it.
pub(super) fn page_of(name: &str) -> (&str, Option<&str>) {
    name.split_once('#').map_or((name, None), |(page, section)| (page, Some(section)))
}

/// Whether a section that is called so, by its kind or a heading, is one that this name means.
pub(super) fn is_named(name: &str, called: &str) -> bool {
    name.strip_suffix('*').map_or(name == called, |start| called.starts_with(start))
}

/// The pages of an index by what judgements call them: their ids, and their paths where only one source has them.
pub(super) struct Names {
    ids: HashMap<String, Option<String>>,
}

impl Names {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let mut ids: HashMap<String, Option<String>> = HashMap::new();
        for id in searcher.page_ids() {
            if let Some((_, path)) = id.split_once('~') {
                ids.entry(path.to_owned()).and_modify(|known| *known = None).or_insert(Some(id.clone()));
            }
            ids.insert(id.clone(), Some(id));
        }
        Self { ids }
    }

    pub(super) fn id(&self, name: &str) -> Option<&str> {
        let known = |name: &str| self.ids.get(name)?.as_deref();
        known(name).or_else(|| known(&segment(name)))
    }

    /// Those of these names that the index has no page for, or whose page has no section that is called so; each once,
    /// in order.
    pub(super) fn unknown<'n>(
        &self,
        searcher: &Searcher,
        named: impl Iterator<Item = &'n str>,
    ) -> Result<Vec<String>, IndexError> {
        let mut sections: HashMap<&str, HashSet<String>> = HashMap::new();
        let mut unknown = Vec::new();
        for name in named {
            let (page, section) = page_of(name);
            let is_known = match (self.id(page), section) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(id), Some(section)) => {
                    if !sections.contains_key(id) {
                        sections.insert(id, sections_of(searcher, id)?);
                    }
                    sections
                        .get(id)
                        .is_some_and(|called| called.iter().any(|called| is_named(section, called)))
                }
            };
            if !is_known {
                unknown.push(name.to_owned());
            }
        }
        unknown.sort_unstable();
        unknown.dedup();
        Ok(unknown)
    }
}

/// All that a section of this page can be called.
fn sections_of(searcher: &Searcher, id: &str) -> Result<HashSet<String>, IndexError> {
    let mut called = HashSet::new();
    for section in searcher.page(id)?.into_iter().flat_map(|page| page.sections) {
        called.extend(section.parents.iter().map(|parent| slug(parent)));
        let headings = section.heading.iter().chain(&section.subheadings);
        called.extend(headings.map(|heading| slug(&heading.text)));
        called.insert(section.kind.id);
    }
    Ok(called)
}
