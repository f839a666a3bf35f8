//! The names that an index has, in one text that is searched: what begins with what was typed lies together in the order of
//! beginnings, what contains it is found by going through the text.

use crate::index::{IndexError, NONE, SegmentPage, Snapshot};
use crate::model::{FacetField, FacetScope};
use crate::search::beginning::Beginning;
use crate::text::{fold, slug, words};
use memchr::memmem;
use std::cmp::Reverse;

/// The fields whose values are names, in the order of what comes first.
const FIELDS: [FacetField; 3] = [FacetField::Role, FacetField::Skill, FacetField::Section];
/// The most headings that are kept, those of most pages.
const MOST_HEADINGS: usize = 50_000;
/// The most names that are looked at for what begins with what was typed, contains it, or may be a slip of it.
const MOST_LOOKED_AT: usize = 20_000;
/// Stands behind each name; no name has it.
const END: char = '\n';

/// All names.
#[derive(Debug, Default)]
pub(in crate::search) struct Names {
    names: Vec<Name>,
    /// The names without case and accents, an [`END`] behind each.
    text: String,
    /// Where in the text each begins.
    starts: Vec<u32>,
    /// Where in the text a word of a name begins, and the name, in the order of what stands there.
    beginnings: Vec<(u32, u32)>,
}

/// A name.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) label: String,
    /// How many pages have it.
    pub(super) pages: u32,
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value of a field.
    Value(FacetField),
    /// A heading.
    Heading,
}

impl Kind {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Value(field) => field.id(),
            Self::Heading => "heading",
        }
    }
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: u32,
    /// It was found at its first word.
    pub(super) first: bool,
}

impl Names {
    pub(in crate::search) fn of(snapshot: &Snapshot) -> Result<Self, IndexError> {
        let mut names = Vec::new();
        for field in FIELDS {
            let dictionary = snapshot.dictionary(field);
            let counts = pages_of(snapshot, field);
            for (ordinal, &pages) in (0_u32..).zip(&counts).filter(|(_, pages)| **pages > 0) {
                let (id, label) = (dictionary.id(ordinal).to_owned(), dictionary.label(ordinal).to_owned());
                names.push(Name { kind: Kind::Value(field), id, label, pages });
            }
        }
        // What is a name of something else already is no heading.
        let is_known =
            |id: &str| FIELDS.iter().any(|&field| snapshot.dictionary(field).ordinal(id).is_some());
        let mut headings: Vec<(String, u32)> = snapshot.headings()?.into_iter().collect();
        headings.sort_by_key(|(_, pages)| Reverse(*pages));
        headings.truncate(MOST_HEADINGS);
        let headings = headings.into_iter().filter(|(heading, _)| !is_known(&slug(heading)));
        names.extend(headings.map(|(heading, pages)| Name {
            kind: Kind::Heading,
            id: heading.clone(),
            label: heading,
            pages,
        }));
        Ok(Self::from_names(names))
    }

    pub(super) fn from_names(names: Vec<Name>) -> Self {
        let mut all = Self::default();
        for (place, name) in (0_u32..).zip(&names) {
            let start = all.text.len();
            all.starts.push(small(start));
            all.text.push_str(&fold(&name.label).replace(END, " "));
            let beginnings = words(&all.text[start..]).map(|word| (small(start + word.start), place));
            all.beginnings.extend(beginnings);
            all.text.push(END);
        }
        let text = all.text.as_str();
        all.beginnings.sort_unstable_by(|a, b| (rest(text, a.0), a.1).cmp(&(rest(text, b.0), b.1)));
        Self { names, ..all }
    }

    pub(super) fn name(&self, found: Found) -> &Name {
        &self.names[found.name as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Names with a word that begins so.
    pub(super) fn beginning_with(&self, beginning: &Beginning) -> impl Iterator<Item = Found> {
        self.from(&beginning.text).take_while(|(at, _)| beginning.begins(self.rest(*at))).map(self.found())
    }

    /// Names with a word that begins nearly so: with one slip behind the first letter.
    pub(super) fn nearly_beginning_with(&self, beginning: &Beginning) -> impl Iterator<Item = Found> {
        let first = beginning.first.to_string();
        self.from(&first)
            .take_while(|(at, _)| self.rest(*at).starts_with(beginning.first))
            .filter(|(at, _)| beginning.nearly_begins(self.rest(*at)))
            .map(self.found())
    }

    /// Names that contain it, wherever.
    pub(super) fn containing<'a>(&'a self, part: &'a str) -> impl Iterator<Item = Found> + 'a {
        let hits = memmem::find_iter(self.text.as_bytes(), part).take(MOST_LOOKED_AT);
        hits.map(|at| {
            let after = self.starts.partition_point(|&start| start as usize <= at);
            Found { name: small(after.saturating_sub(1)), first: false }
        })
    }

    fn from(&self, beginning: &str) -> impl Iterator<Item = (u32, u32)> + use<'_> {
        let start = self.beginnings.partition_point(|&(at, _)| self.rest(at) < beginning);
        self.beginnings[start..].iter().take(MOST_LOOKED_AT).copied()
    }

    fn found(&self) -> impl Fn((u32, u32)) -> Found {
        |(at, name)| Found { name, first: self.starts[name as usize] == at }
    }

    fn rest(&self, at: u32) -> &str {
        rest(&self.text, at)
    }
}

/// The rest of a name from a place in the text on.
fn rest(text: &str, at: u32) -> &str {
    let rest = &text[at as usize..];
    let end = memchr::memchr(END as u8, rest.as_bytes()).unwrap_or(rest.len());
    &rest[..end]
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How many pages have each value of a field, by ordinal; copies of a page count once.
fn pages_of(snapshot: &Snapshot, field: FacetField) -> Vec<u32> {
    let mut counts = vec![0_u32; snapshot.dictionary(field).len()];
    let mut count = |value: u32| {
        if let Some(count) = counts.get_mut(value as usize).filter(|_| value != NONE) {
            *count += 1;
        }
    };
    for segment in &snapshot.segments {
        let is_first = |page: &SegmentPage| !snapshot.copies.is_later(page.page);
        for (index, page) in segment.pages.iter().enumerate().filter(|(_, page)| is_first(page)) {
            match field.scope() {
                FacetScope::Page => count(segment.page_value(field, index)),
                FacetScope::Tags => segment.page_tags(field, index).iter().for_each(|&tag| count(tag)),
                FacetScope::Section => {
                    let mut kinds: Vec<u32> =
                        (page.first..page.end).map(|document| segment.kind_of(document)).collect();
                    kinds.sort_unstable();
                    kinds.dedup();
                    kinds.into_iter().for_each(&mut count);
                }
            }
        }
    }
    counts
}
