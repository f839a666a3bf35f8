//! What the answers of several tools have in common, and how long the texts in them may be.

use crate::model::{Label, Level, Strength};
use schemars::JsonSchema;
use serde::Serialize;

/// How much is given of a title or a name, in bytes.
const LONGEST_NAME: usize = 200;
/// How much is given of a sentence.
const LONGEST_SENTENCE: usize = 400;
/// A longer address is none that anybody would follow.
const LONGEST_ADDRESS: usize = 1_000;

/// Something with an id to filter by and a name to show.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Named {
    id: String,
    label: String,
}

/// A skill and how much it is asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AskedSkill {
    id: String,
    label: String,
    strength: Strength,
}

impl Named {
    pub(super) fn of(Label { id, label }: &Label) -> Self {
        Self { id: id.clone(), label: name(label) }
    }
}

impl AskedSkill {
    pub(super) fn new(id: &str, label: &str, strength: Strength) -> Self {
        Self { id: id.to_owned(), label: name(label), strength }
    }
}

/// The id of a level, which reads as its name.
pub(super) fn level(level: Level) -> String {
    level.label().id
}

/// A title or a name.
pub(super) fn name(text: &str) -> String {
    clipped(text, LONGEST_NAME)
}

/// A sentence.
pub(super) fn sentence(text: &str) -> String {
    clipped(text, LONGEST_SENTENCE)
}

/// Where people find a page.
pub(super) fn address(url: Option<&String>) -> Option<String> {
    url.filter(|url| url.len() <= LONGEST_ADDRESS).cloned()
}

/// The text, or as much of it as so many bytes hold.
pub(super) fn clipped(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    text[..text.floor_char_boundary(longest)].to_owned() + "…"
}

/// Leaves out the second half of a list; whether there was one.
pub(super) fn halve<T>(list: &mut Vec<T>) -> bool {
    let half = list.len() / 2;
    let shorter = half < list.len();
    list.truncate(half);
    shorter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_letters() {
        assert_eq!(clipped("short", 5), "short");
        assert_eq!(clipped("éééé", 5), "éé…");
    }

    #[test]
    fn a_list_is_halved_until_nothing_is_left() {
        let mut list = vec![1, 2, 3];
        assert!(halve(&mut list) && list == [1]);
        assert!(halve(&mut list) && list.is_empty());
        assert!(!halve(&mut list));
    }
}
