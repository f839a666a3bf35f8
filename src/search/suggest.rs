//! What somebody may want to type: roles, skills and kinds of section whose names have words that begin so.
//!
//! All names are in memory, each by each of its words, in order: what begins with what was typed lies together.

use super::beginning::{Beginning, LONGEST_BEGINNING};
use super::{Invalid, Span};
use crate::index::{NONE, SegmentPage, Snapshot};
use crate::model::{FacetField, FacetScope};
use crate::text::{fold, words};
use serde::Serialize;
use std::collections::HashSet;

/// The most suggestions of an answer.
pub const MOST_SUGGESTIONS: usize = 50;

/// The fields whose values are suggested.
const FIELDS: [FacetField; 3] = [FacetField::Role, FacetField::Skill, FacetField::Section];
/// The most names that are looked at for what begins with what was typed, and for slips.
const MOST_LOOKED_AT: usize = 20_000;

/// What a name that is suggested is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// `role`, `skill` or `section`: the filter that takes the id.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How many pages have it.
    pub pages: u32,
    /// What of the name was typed, in code points; none where it was typed with a slip.
    pub highlights: Vec<Span>,
}

/// The names that an index has.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<Name>,
    /// Folded names from each of their words on, with the name and whether it is its first word; in order.
    beginnings: Vec<(String, u32, bool)>,
}

#[derive(Debug)]
struct Name {
    field: FacetField,
    id: String,
    label: String,
    pages: u32,
}

impl Names {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let mut names = Self::default();
        for field in FIELDS {
            let dictionary = snapshot.dictionary(field);
            let counts = pages_of(snapshot, field);
            for (ordinal, &pages) in (0_u32..).zip(&counts).filter(|(_, pages)| **pages > 0) {
                let (id, label) = (dictionary.id(ordinal).to_owned(), dictionary.label(ordinal).to_owned());
                names.add(Name { field, id, label, pages });
            }
        }
        names.beginnings.sort_unstable();
        names
    }

    fn add(&mut self, name: Name) {
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        for (index, word) in words(&name.label).enumerate() {
            self.beginnings.push((fold(&name.label[word.start..]).into_owned(), place, index == 0));
        }
        self.names.push(name);
    }

    /// The best names for a text that is being typed.
    ///
    /// # Errors
    /// What is wrong with the parameters.
    pub(super) fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Vec<Invalid>> {
        let invalid = |parameter: &str, value: String, reason: String| {
            Err(vec![Invalid { parameter: parameter.to_owned(), value, reason }])
        };
        if typed.len() > LONGEST_BEGINNING {
            let reason = format!("is {} bytes long; at most {LONGEST_BEGINNING} are completed", typed.len());
            return invalid("q", typed[..typed.floor_char_boundary(64)].to_owned() + "…", reason);
        }
        if limit > MOST_SUGGESTIONS {
            let reason = format!("must be a whole number from 0 to {MOST_SUGGESTIONS}");
            return invalid("limit", limit.to_string(), reason);
        }
        let Some(beginning) = Beginning::new(typed) else { return Ok(Vec::new()) };
        let mut seen = HashSet::new();
        let mut found: Vec<(u32, bool)> = self.beginning_with(&beginning).collect();
        let order = |&(name, first): &(u32, bool)| {
            let Name { pages, label, .. } = &self.names[name as usize];
            (!first, std::cmp::Reverse(*pages), label.len(), name)
        };
        found.sort_unstable_by_key(order);
        found.retain(|(name, _)| seen.insert(*name));
        let exact = found.len();
        if exact < limit && beginning.may_slip() {
            let mut slips: Vec<(u32, bool)> = self.nearly_beginning_with(&beginning).collect();
            slips.sort_unstable_by_key(order);
            found.extend(slips.into_iter().filter(|(name, _)| seen.insert(*name)));
        }
        let suggestion = |(index, (name, _)): (usize, (u32, bool))| {
            let Name { field, id, label, pages } = &self.names[name as usize];
            let highlights = if index < exact { highlight(label, &beginning.text) } else { Vec::new() };
            Suggestion { kind: field.id(), id: id.clone(), label: label.clone(), pages: *pages, highlights }
        };
        Ok(found.into_iter().enumerate().take(limit).map(suggestion).collect())
    }

    fn beginning_with(&self, beginning: &Beginning) -> impl Iterator<Item = (u32, bool)> {
        let start = self.beginnings.partition_point(|(name, ..)| *name < beginning.text);
        let names = self.beginnings[start..].iter().take(MOST_LOOKED_AT);
        names.take_while(|(name, ..)| beginning.begins(name)).map(|&(_, name, first)| (name, first))
    }

    /// The same with one slip behind the first letter.
    fn nearly_beginning_with(&self, beginning: &Beginning) -> impl Iterator<Item = (u32, bool)> {
        let first = beginning.first.to_string();
        let start = self.beginnings.partition_point(|(name, ..)| *name < first);
        let names = self.beginnings[start..].iter().take(MOST_LOOKED_AT);
        names
            .take_while(|(name, ..)| name.starts_with(beginning.first))
            .filter(|(name, ..)| beginning.nearly_begins(name))
            .map(|&(_, name, first)| (name, first))
    }
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

/// Where a name has what was typed: at the first of its words that begins so.
fn highlight(label: &str, beginning: &str) -> Vec<Span> {
    let typed = beginning.trim_end().chars().count();
    let begins = |start: usize| fold(&label[start..]).starts_with(beginning.trim_end());
    let start = words(label).map(|word| word.start).find(|&start| begins(start));
    let span = |start: usize| {
        let start = label[..start].chars().count();
        Span { start, end: (start + typed).min(label.chars().count()) }
    };
    start.map(span).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for (field, label, pages) in [
            (FacetField::Role, "Kubernetes Platform Engineer", 1),
            (FacetField::Skill, "Kubernetes", 9),
            (FacetField::Skill, "Amazon Kinesis", 2),
            (FacetField::Role, "Développeur web", 3),
            (FacetField::Section, "Salary", 20),
        ] {
            let id = crate::text::slug(label);
            names.add(Name { field, id, label: label.to_owned(), pages });
        }
        names.beginnings.sort_unstable();
        names
    }

    fn labels(typed: &str) -> Vec<String> {
        names().suggest(typed, 10).unwrap().into_iter().map(|name| name.label).collect()
    }

    #[test]
    fn names_that_begin_so_and_then_those_with_such_a_word() {
        assert_eq!(labels("K"), ["Kubernetes", "Kubernetes Platform Engineer", "Amazon Kinesis"]);
        assert_eq!(labels("platform e"), ["Kubernetes Platform Engineer"]);
        assert_eq!(labels("developp"), ["Développeur web"]);
        assert_eq!(labels("  sal"), ["Salary"]);
        assert_eq!(labels(" "), [""; 0]);
        assert_eq!(labels("zzzz"), [""; 0]);
    }

    #[test]
    fn one_slip_is_forgiven_from_four_letters_on() {
        assert_eq!(labels("kubrn"), ["Kubernetes", "Kubernetes Platform Engineer"]);
        assert_eq!(labels("kbe"), [""; 0]);
    }

    #[test]
    fn what_was_typed_is_marked_in_code_points() {
        let found = names().suggest("DÉVEL", 1).unwrap();
        assert_eq!(found[0].highlights, [Span { start: 0, end: 5 }]);
        let found = names().suggest("kine", 1).unwrap();
        assert_eq!(found[0].highlights, [Span { start: 7, end: 11 }]);
    }

    #[test]
    fn bounds_are_said() {
        assert!(names().suggest(&"a".repeat(101), 10).is_err());
        assert!(names().suggest("a", 51).is_err());
        assert_eq!(names().suggest("a", 0).unwrap(), []);
    }
}
