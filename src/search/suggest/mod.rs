//! What somebody may want to type: roles, skills, kinds of section and headings whose names have words that begin so, or
//! contain it.

mod names;

use super::beginning::{Beginning, LONGEST_BEGINNING};
use super::{Invalid, Span};
use crate::text::{fold, words};
use names::{Found, Kind, Name};
use schemars::JsonSchema;
use serde::Serialize;

pub(super) use names::Names;

/// The most suggestions of an answer.
pub const MOST_SUGGESTIONS: usize = 50;

/// From how many letters on they may stand within a word.
const SHORTEST_WITHIN: usize = 3;

/// What a name that is suggested is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// `role`, `skill` or `section`: the filter that takes the id; `heading`, which `heading:"…"` in a question takes.
    pub kind: &'static str,
    /// Its id; a heading's is the heading.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How many pages have it.
    pub pages: u32,
    /// What of the name was typed, in code points; none where it was typed with a slip.
    pub highlights: Vec<Span>,
}

impl Names {
    /// The best names for a text that is being typed.
    ///
    /// # Errors
    /// What is wrong with the parameters.
    pub(in crate::search) fn suggest(
        &self,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Suggestion>, Vec<Invalid>> {
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
        let mut best = Best { names: self, seen: vec![false; self.len()], found: Vec::new() };
        best.add(self.beginning_with(&beginning));
        if best.found.len() < limit && beginning.text.trim_end().chars().count() >= SHORTEST_WITHIN {
            best.add(self.containing(&beginning.text));
        }
        let exact = best.found.len();
        if exact < limit && beginning.may_slip() {
            best.add(self.nearly_beginning_with(&beginning));
        }
        let suggestion = |(index, found): (usize, Found)| {
            let Name { kind, id, label, pages } = self.name(found);
            let highlights = if index < exact { highlight(label, &beginning.text) } else { Vec::new() };
            Suggestion { kind: kind.id(), id: id.clone(), label: label.clone(), pages: *pages, highlights }
        };
        Ok(best.found.into_iter().enumerate().take(limit).map(suggestion).collect())
    }
}

/// The names that were found, each once.
struct Best<'n> {
    names: &'n Names,
    seen: Vec<bool>,
    found: Vec<Found>,
}

impl Best<'_> {
    /// Adds further names behind those that are there: those found at their first word first, headings behind what can
    /// be filtered by, then by the pages that have them.
    fn add(&mut self, found: impl Iterator<Item = Found>) {
        let start = self.found.len();
        let order = |&found: &Found| {
            let Name { kind, pages, label, .. } = self.names.name(found);
            (!found.first, *kind == Kind::Heading, std::cmp::Reverse(*pages), label.len(), found.name)
        };
        let mut further: Vec<Found> = found.filter(|found| !self.seen[found.name as usize]).collect();
        further.sort_unstable_by_key(order);
        further.retain(|found| !std::mem::replace(&mut self.seen[found.name as usize], true));
        self.found.splice(start.., further);
    }
}

/// Where a name has what was typed: at the first of its words that begins so, else within one.
fn highlight(label: &str, beginning: &str) -> Vec<Span> {
    let typed = beginning.trim_end().chars().count();
    let begins = |start: &usize| fold(&label[*start..]).starts_with(beginning.trim_end());
    let within = || label.char_indices().map(|(at, _)| at).find(begins);
    let start = words(label).map(|word| word.start).find(begins).or_else(within);
    let span = |start: usize| {
        let start = label[..start].chars().count();
        Span { start, end: (start + typed).min(label.chars().count()) }
    };
    start.map(span).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FacetField;

    fn names() -> Names {
        let field = Kind::Value;
        let names = [
            (field(FacetField::Role), "Kubernetes Platform Engineer", 1),
            (field(FacetField::Skill), "Kubernetes", 9),
            (field(FacetField::Skill), "Amazon Kinesis", 2),
            (field(FacetField::Role), "Développeur web", 3),
            (field(FacetField::Role), "Bauingenieurin", 1),
            (field(FacetField::Section), "Salary", 20),
            (Kind::Heading, "Kubernetes in production", 30),
        ];
        let name = |(kind, label, pages): (Kind, &str, u32)| Name {
            kind,
            id: crate::text::slug(label),
            label: label.to_owned(),
            pages,
        };
        Names::from_names(names.map(name).into())
    }

    fn labels(typed: &str) -> Vec<String> {
        names().suggest(typed, 10).unwrap().into_iter().map(|name| name.label).collect()
    }

    #[test]
    fn names_that_begin_so_and_then_those_with_such_a_word() {
        assert_eq!(
            labels("K"),
            ["Kubernetes", "Kubernetes Platform Engineer", "Kubernetes in production", "Amazon Kinesis"]
        );
        assert_eq!(labels("platform e"), ["Kubernetes Platform Engineer"]);
        assert_eq!(labels("developp"), ["Développeur web"]);
        assert_eq!(labels("  sal"), ["Salary"]);
        assert_eq!(labels(" "), [""; 0]);
        assert_eq!(labels("zzzz"), [""; 0]);
    }

    #[test]
    fn one_slip_is_forgiven_from_four_letters_on() {
        let wanted = ["Kubernetes", "Kubernetes Platform Engineer", "Kubernetes in production"];
        assert_eq!(labels("kubrn"), wanted);
        assert_eq!(labels("kbe"), [""; 0]);
    }

    #[test]
    fn from_three_letters_on_they_may_stand_within_a_word() {
        assert_eq!(labels("ingen"), ["Bauingenieurin"]);
        assert_eq!(labels("eng"), ["Kubernetes Platform Engineer"]);
        assert_eq!(labels("tes p"), ["Kubernetes Platform Engineer"]);
        assert_eq!(labels("in"), ["Kubernetes in production"]);
        let found = names().suggest("ingen", 1).unwrap();
        assert_eq!(found[0].highlights, [Span { start: 3, end: 8 }]);
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
