//! The ways that are shown, with what their pages say; each page and section is read once.

use super::ways::{Found, Saying, Ways};
use super::{MOST_SAID, MOST_WAYS, Said, Way};
use crate::index::Snapshot;
use crate::model::{Level, Section};
use crate::search::SearchError;
use crate::search::explore::places::{PageLink, Place};
use crate::search::explore::quoted::Quoted;
use crate::text::sentences;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What is read of pages that are shown, each once.
pub(super) struct Read<'s> {
    snapshot: &'s Snapshot,
    heads: HashMap<Place, (PageLink, Option<Level>)>,
    sections: HashMap<(Place, u32), Option<Section>>,
}

impl<'s> Read<'s> {
    pub(super) fn of(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, heads: HashMap::new(), sections: HashMap::new() }
    }

    fn head(&mut self, place: Place) -> Result<&(PageLink, Option<Level>), SearchError> {
        Ok(match self.heads.entry(place) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let head = place.head(self.snapshot)?;
                new.insert((PageLink::of(&head), head.level))
            }
        })
    }

    fn section(&mut self, place: Place, index: u32) -> Result<Option<&Section>, SearchError> {
        Ok(match self.sections.entry((place, index)) {
            Entry::Occupied(known) => known.into_mut().as_ref(),
            Entry::Vacant(new) => new.insert(place.section(self.snapshot, index)?).as_ref(),
        })
    }

    pub(super) fn link(&mut self, place: Place) -> Result<PageLink, SearchError> {
        Ok(self.head(place)?.0.clone())
    }

    /// The ways of one direction as they are shown.
    pub(super) fn ways(&mut self, ways: Ways) -> Result<Vec<Way>, SearchError> {
        ways.nearest_first().into_iter().take(MOST_WAYS).map(|found| self.way(found)).collect()
    }

    fn way(&mut self, found: Found) -> Result<Way, SearchError> {
        let (page, level) = match found.page {
            Some(place) => {
                let (link, level) = self.head(place)?;
                (Some(link.clone()), *level)
            }
            None => (None, None),
        };
        let said_total = found.said.len() as u64;
        let said = found.said.into_iter().take(MOST_SAID).map(|saying| self.said(saying));
        Ok(Way {
            said: said.collect::<Result<_, _>>()?,
            title: found.title,
            level: level.or(found.level).map(Level::label),
            page,
            steps: found.steps,
            said_total,
        })
    }

    fn said(&mut self, saying: Saying) -> Result<Said, SearchError> {
        let page = self.link(saying.page)?;
        let section = match saying.at {
            Some((index, evidence, name)) => {
                let section = self.section(saying.page, index)?;
                section.map(|section| Quoted::of(section, index as usize, evidence, &name))
            }
            None => None,
        };
        let of_card = || Quoted { sentence: saying.quote.map(first_sentence), ..Quoted::default() };
        let at = section.unwrap_or_else(of_card);
        Ok(Said { by: saying.by.id(), page, at })
    }
}

/// What is said of a related role may be a whole card: its first sentence.
fn first_sentence(text: String) -> String {
    let first = sentences(&text).first().cloned();
    first.and_then(|first| text.get(first)).map_or_else(|| text.clone(), str::to_owned)
}
