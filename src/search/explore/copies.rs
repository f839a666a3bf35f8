//! Copies of a page: the same address, or the same title and text. They are shown once, and the others named.

use super::places::Place;
use crate::index::{IndexError, Snapshot};
use crate::model::{Page, Section};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A page with those that are its copies.
pub(super) struct Copies {
    place: Place,
    title: String,
    url: Option<String>,
    /// A hash of its text, once it was needed.
    text: Option<u64>,
    ids: Vec<String>,
}

/// A page that may be a copy of one of many: its text is read once.
pub(super) struct Other<'h> {
    place: Place,
    head: &'h Page,
    text: Option<u64>,
}

impl<'h> Other<'h> {
    /// A page without its sections.
    pub(super) fn new(place: Place, head: &'h Page) -> Self {
        Self { place, head, text: None }
    }
}

impl Copies {
    /// Those of a page, none of which is known yet.
    pub(super) fn of(place: Place, head: &Page) -> Self {
        Self { place, title: head.title.clone(), url: head.url.clone(), text: None, ids: Vec::new() }
    }

    /// Takes a page in if it is a copy; whether it is.
    pub(super) fn takes(&mut self, snapshot: &Snapshot, other: &mut Other<'_>) -> Result<bool, IndexError> {
        let same_url = self.url.is_some() && self.url == other.head.url;
        if !same_url && (self.title != other.head.title || !self.has_text_of(snapshot, other)?) {
            return Ok(false);
        }
        self.ids.push(other.head.id.clone());
        Ok(true)
    }

    fn has_text_of(&mut self, snapshot: &Snapshot, other: &mut Other<'_>) -> Result<bool, IndexError> {
        let sections = |place: Place| {
            let page = snapshot.segments[place.segment].pages[place.index];
            page.end - page.first
        };
        if sections(self.place) != sections(other.place) {
            return Ok(false);
        }
        let own = known(&mut self.text, snapshot, self.place)?;
        Ok(own == known(&mut other.text, snapshot, other.place)?)
    }

    /// The ids of the copies, in the order in which they were come across.
    pub(super) fn into_ids(self) -> Vec<String> {
        self.ids
    }
}

fn known(text: &mut Option<u64>, snapshot: &Snapshot, place: Place) -> Result<u64, IndexError> {
    if let Some(text) = text {
        return Ok(*text);
    }
    let page = place.page(snapshot)?;
    let mut hasher = DefaultHasher::new();
    page.sections.iter().for_each(|section| hash(section, &mut hasher));
    Ok(*text.insert(hasher.finish()))
}

fn hash(section: &Section, hasher: &mut DefaultHasher) {
    section.heading.iter().chain(&section.subheadings).for_each(|heading| heading.text.hash(hasher));
    section.blocks.iter().for_each(|block| block.text.hash(hasher));
}
