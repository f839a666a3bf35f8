//! The ways that were found in one direction: one for each role, with all that say so.

use crate::model::{Evidence, Level};
use crate::search::explore::links;
use crate::search::explore::places::Place;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A role that a way leads to or from.
#[derive(Debug)]
pub(super) struct Found {
    /// As written where it is said first.
    pub(super) title: String,
    pub(super) level: Option<Level>,
    pub(super) page: Option<Place>,
    /// The fewest that are said.
    pub(super) steps: Option<u32>,
    pub(super) said: Vec<Saying>,
}

/// Where it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    pub(super) by: By,
    pub(super) page: Place,
    /// What names a role: the section, an index into the page's, the place in it, and the name.
    pub(super) at: Option<(u32, Evidence, String)>,
    /// What is quoted from elsewhere than a section.
    pub(super) quote: Option<String>,
}

/// How something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Ladder,
    Level,
    Related,
}

impl By {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Ladder => "ladder",
            Self::Level => "level",
            Self::Related => "related",
        }
    }
}

#[derive(PartialEq, Eq, Hash)]
enum Key {
    Page(Place),
    Name(String),
}

/// The ways of one direction.
#[derive(Default)]
pub(super) struct Ways {
    found: Vec<Found>,
    known: HashMap<Key, usize>,
}

impl Ways {
    /// Adds a way, or that something else says it.
    pub(super) fn add(
        &mut self,
        (title, level): (&str, Option<Level>),
        page: Option<Place>,
        steps: Option<u32>,
        saying: Saying,
    ) {
        let key = page.map_or_else(|| Key::Name(links::name(title)), Key::Page);
        let at = *self.known.entry(key).or_insert_with(|| {
            self.found.push(Found { title: title.to_owned(), level, page, steps, said: Vec::new() });
            self.found.len() - 1
        });
        let way = &mut self.found[at];
        way.steps = match (way.steps, steps) {
            (Some(known), Some(steps)) => Some(known.min(steps)),
            (known, steps) => known.or(steps),
        };
        if !way.said.contains(&saying) {
            way.said.push(saying);
        }
    }

    /// The nearest first, then what is said most, then what has a page, then in alphabetical order.
    pub(super) fn nearest_first(mut self) -> Vec<Found> {
        self.found.sort_by_cached_key(|way| {
            let steps = way.steps.unwrap_or(u32::MAX);
            (steps, Reverse(way.said.len()), way.page.is_none(), links::name(&way.title))
        });
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_once_the_nearest_first() {
        let place = |index| Place { segment: 0, index };
        let saying = |page| Saying { by: By::Ladder, page: place(page), at: None, quote: None };
        let mut ways = Ways::default();
        ways.add(("Staff engineer", None), None, Some(2), saying(0));
        ways.add(("Senior engineer", None), Some(place(7)), Some(1), saying(0));
        ways.add(("Sr engineer", None), Some(place(7)), Some(3), saying(1));
        ways.add(("staff engineers", None), None, Some(1), saying(2));
        ways.add(("staff engineers", None), None, Some(1), saying(2));
        ways.add(("Author", None), None, None, saying(2));
        let ways = ways.nearest_first();
        let shown: Vec<_> = ways.iter().map(|way| (way.title.as_str(), way.steps, way.said.len())).collect();
        let wanted = [("Senior engineer", Some(1), 2), ("Staff engineer", Some(1), 2), ("Author", None, 1)];
        assert_eq!(shown, wanted);
    }
}
