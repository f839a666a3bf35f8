//! Which of the roles that a page's structured data describe is the page's own: data state of other roles too, those that
//! a page lists or recommends, what they pay and what they take.

use super::super::outline::Entry;
use super::stated::Stated;
use crate::model::role;
use crate::text::{Word, collapse, words};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What an object of the data says, and of which role if it is of one.
#[derive(Default)]
pub(super) struct Described {
    pub(super) is_role: bool,
    pub(super) name: Option<String>,
    /// It stands where the site speaks, not the page.
    pub(super) is_aside: bool,
    pub(super) modified: Option<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) facts: Vec<Stated>,
}

/// How much of a name or title is compared, in bytes.
const LONGEST_NAME: usize = 200;
/// Signs between what a title consists of.
const SIGNS: &[char] = &['|', '–', '—', '·', ':', '»', '-', ',', ';', '(', ')', '[', ']'];
/// Words that stand before the name of a role without being of it, and those that stand behind.
const BEFORE: &[&str] =
    &["a", "an", "as", "the", "als", "ein", "eine", "einen", "der", "die", "un", "une", "le", "la", "el"];
const BEHIND: &[&str] =
    &["at", "for", "in", "with", "job", "jobs", "bei", "fur", "mit", "chez", "pour", "a", "en", "para"];

/// The name of a role.
pub(super) fn name(object: &Map<String, Value>) -> Option<String> {
    let name = |key| match object.get(key)? {
        Value::Array(names) => names.first()?.as_str(),
        name => name.as_str(),
    };
    ["title", "name"].into_iter().find_map(name).map(collapse).filter(|name| !name.is_empty())
}

/// Of what the data say, what is said of the page with these titles, the first of them that a role fits. A role that is
/// alone in the data is the page's whatever its name, unless it stands aside; of several it is the one that is named as
/// the page is. What has no name belongs to the only role there is.
pub(super) fn own<'a>(
    mut described: Vec<Described>,
    titles: impl Iterator<Item = &'a String>,
) -> Vec<Described> {
    let names: Vec<Option<Name<'_>>> =
        described.iter().map(|described| described.name.as_deref().map(Name::of)).collect();
    let different: HashSet<&[String]> = names.iter().flatten().map(|name| name.words.as_slice()).collect();
    // Most pages have no such data, and their titles are not looked at.
    let mut titles = titles.filter(|_| !different.is_empty());
    let own = titles.find_map(|title| {
        let title = Name::of(title);
        Some(nearest(&names, &title)).filter(|own| !own.is_empty())
    });
    let own = own.unwrap_or_default();
    let is_own = |(described, name): (&Described, &Option<Name<'_>>)| {
        !described.is_role
            || match name {
                Some(name) if own.contains(name.words.as_slice()) => own.len() == 1,
                _ => different.len() <= 1 && !described.is_aside,
            }
    };
    let is_own: Vec<bool> = described.iter().zip(&names).map(is_own).collect();
    let mut is_own = is_own.into_iter();
    described.retain(|_| is_own.next() == Some(true));
    described
}

/// The names that are nearest to a title; none if each is another's.
fn nearest<'n>(names: &'n [Option<Name<'_>>], title: &Name<'_>) -> HashSet<&'n [String]> {
    let ways: [&dyn Fn(&Name<'_>) -> bool; 3] =
        [&|name| name.words == title.words, &|name| name.role == title.role, &|name| {
            name.stands_in(title) || title.stands_in(name)
        }];
    let those = |is_near: &dyn Fn(&Name<'_>) -> bool| {
        let near = names.iter().flatten().filter(|name| is_near(name));
        near.map(|name| name.words.as_slice()).collect()
    };
    ways.into_iter().map(those).find(|near: &HashSet<_>| !near.is_empty()).unwrap_or_default()
}

/// The name of a role or the title of a page, as it compares.
struct Name<'a> {
    text: &'a str,
    words: Vec<String>,
    /// The words of the role that it names.
    role: Vec<String>,
}

impl<'a> Name<'a> {
    fn of(text: &'a str) -> Self {
        let text = &text[..text.floor_char_boundary(LONGEST_NAME.min(text.len()))];
        let of = |text: &str| words(text).map(|word| word.folded.into_owned()).collect::<Vec<_>>();
        let words = of(text);
        let role = role(text).map_or_else(|| words.clone(), |role| of(&role.label));
        Self { text, words, role }
    }

    /// Whether the role is a part of a title, with nothing beside it that makes it another one: "Data Engineer" is one
    /// of "Acme: Data Engineer, Berlin", not of "Senior Data Engineer" or "Data Engineer Assistant".
    fn stands_in(&self, title: &Self) -> bool {
        let all: Vec<Word<'_>> = words(title.text).collect();
        let sign = |before: &Word<'_>, behind: &Word<'_>| {
            let between = &title.text[before.end..behind.start];
            between.contains(SIGNS) && between != "-"
        };
        let is_listed = |word: &Word<'_>, list: &[&str]| list.contains(&word.folded.as_ref());
        !self.role.is_empty()
            && all.windows(self.role.len()).enumerate().any(|(at, part)| {
                let (before, behind) = (at.checked_sub(1).map(|at| &all[at]), all.get(at + part.len()));
                part.iter().map(|word| word.folded.as_ref()).eq(&self.role)
                    && before.is_none_or(|word| is_listed(word, BEFORE) || sign(word, &part[0]))
                    && behind.is_none_or(|word| is_listed(word, BEHIND) || sign(&part[part.len() - 1], word))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own_of(title: &str, names: &[&str]) -> Vec<String> {
        let described = names.iter().map(|name| Described {
            is_role: true,
            name: Some((*name).to_owned()).filter(|name| !name.is_empty()),
            ..Described::default()
        });
        let own = own(described.collect(), [title.to_owned()].iter());
        own.into_iter().map(|own| own.name.unwrap_or_default()).collect()
    }

    #[test]
    fn of_several_roles_the_one_that_is_named_as_the_page_is() {
        for (title, own) in [
            ("Data Engineer", "data engineer"),
            ("How to become a Data Engineer | Acme", "Data Engineer (m/w/d)"),
            ("Data Engineer", "Data Engineer, Berlin"),
            ("Data Engineer", "Acme - Data Engineer"),
            ("We hire a Data Engineer in Berlin", "Data Engineer"),
            ("Acme: Data Engineer (remote)", "Data Engineer"),
            ("Engineer - Backend", "Engineer – Backend"),
        ] {
            assert_eq!(own_of(title, &["Chef", own, "Engineer - Frontend", ""]), [own], "{title}");
        }
        for (title, names) in [
            ("Data Engineer", ["Senior Data Engineer", "Data Engineer Assistant"]),
            ("Senior Data Engineer", ["Data Engineer", "Engineer"]),
            ("Jobs at Acme", ["Chef", "Pilot"]),
            ("Co-Pilot", ["Pilot", "Chef"]),
            ("Chef", ["Chef & Waiter", "Pilot"]),
            ("Engineer", ["Engineer, Backend", "Engineer, Frontend"]),
        ] {
            assert!(own_of(title, &names).is_empty(), "{title}");
        }
    }

    #[test]
    fn a_role_that_is_alone_is_the_pages() {
        assert_eq!(own_of("Work with us", &["Chef", "Chef", ""]), ["Chef", "Chef", ""]);
        let aside = Described {
            is_role: true,
            is_aside: true,
            name: Some("Chef".to_owned()),
            ..Described::default()
        };
        assert!(own(vec![aside], ["Pilot".to_owned()].iter()).is_empty());
    }
}
