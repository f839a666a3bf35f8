//! The skills that somebody says they have, by any of their names, as the vocabulary of the index knows them.

use crate::model::{FacetField, Label};
use crate::search::suggest::MOST_SUGGESTIONS;
use crate::search::{Invalid, Opened, Warning};
use crate::text::{slug, words};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashSet;

/// The most skills that somebody can have, and the longest text of one `have`, in bytes.
pub const MOST_HAD: usize = 100;
/// See [`MOST_HAD`].
pub const LONGEST_HAVE: usize = 512;
/// For how many unknown names it is looked what may be meant, and how many skills are named for each.
const MOST_LOOKED_UP: usize = 10;
const MOST_MEANT: usize = 3;

/// A skill that somebody has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Had {
    /// The skill's id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// As they call it.
    pub text: String,
}

/// The parameter.
const HAVE: &str = "have";

/// What is wrong with what was given.
pub(super) fn validate(have: &[String]) -> Vec<Invalid> {
    let invalid = |value: &str, reason: String| {
        vec![Invalid { parameter: HAVE.to_owned(), value: value.to_owned(), reason }]
    };
    if let Some(long) = have.iter().find(|have| have.len() > LONGEST_HAVE) {
        let reason = format!("is {} bytes long; at most {LONGEST_HAVE} are read", long.len());
        return invalid(&(long[..long.floor_char_boundary(64)].to_owned() + "…"), reason);
    }
    let given = have.iter().flat_map(|have| have.split(',')).filter(|have| !have.trim().is_empty()).count();
    if given == 0 {
        return invalid("", "is missing: a skill that you have, by its id or any of its names".to_owned());
    }
    if given > MOST_HAD {
        return invalid(&given.to_string(), format!("at most {MOST_HAD} skills are taken"));
    }
    Vec::new()
}

/// The skills that these are names of, each once. A text that is no name may be several, with commas between them.
pub(super) fn resolve(opened: &Opened, have: &[String], warnings: &mut Vec<Warning>) -> Vec<Had> {
    let mut had: Vec<Had> = Vec::new();
    let mut seen = HashSet::new();
    let mut unknown = 0;
    let mut add = |skills: Vec<Label>, text: &str| {
        let new = skills.into_iter().filter(|skill| seen.insert(skill.id.clone()));
        had.extend(new.map(|Label { id, label }| Had { id, label, text: text.to_owned() }));
    };
    for have in have {
        let whole = skills(opened, have.trim());
        if !whole.is_empty() {
            add(whole, have.trim());
            continue;
        }
        for part in have.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let skills = skills(opened, part);
            if skills.is_empty() {
                unknown += 1;
                let meant = if unknown <= MOST_LOOKED_UP { meant(opened, part) } else { Vec::new() };
                let hint = if meant.is_empty() {
                    String::new()
                } else {
                    format!("; did you mean {}?", meant.join(", or "))
                };
                let message = format!("{part:?} is no skill that is known{hint}");
                warnings.push(Warning::new("unknown_skill", message, HAVE));
            }
            add(skills, part);
        }
    }
    for Had { id, label, .. } in &had {
        if opened.snapshot.dictionary(FacetField::Skill).ordinal(id).is_none() {
            let message = format!("no page asks for {label}");
            warnings.push(Warning::new("unused_skill", message, HAVE));
        }
    }
    had
}

/// The skills with this id or name.
fn skills(opened: &Opened, text: &str) -> Vec<Label> {
    let vocabulary = &opened.vocabulary;
    if let Some(skill) = vocabulary.skill(text) {
        return vec![skill.label()];
    }
    let words: Vec<_> = words(text).collect();
    let names: Vec<&str> = words.iter().map(|word| word.folded.as_ref()).collect();
    let called: Vec<Label> = vocabulary.called(&names).map(|skill| skill.label()).collect();
    if !called.is_empty() || names.is_empty() {
        return called;
    }
    // Of a vocabulary that the index was made with and that is no source's any more.
    let known = opened.snapshot.dictionary(FacetField::Skill);
    let ordinal = known.ordinal(text).or_else(|| known.ordinal(&slug(text)));
    let label = |ordinal| Label { id: known.id(ordinal).to_owned(), label: known.label(ordinal).to_owned() };
    ordinal.map(label).into_iter().collect()
}

/// Names of skills of the index that begin so, contain it, or nearly begin so.
fn meant(opened: &Opened, text: &str) -> Vec<String> {
    let Ok(names) = opened.names() else { return Vec::new() };
    let names = names.suggest(text, MOST_SUGGESTIONS).unwrap_or_default();
    let skills = names.into_iter().filter(|name| name.kind == FacetField::Skill.id());
    skills.map(|name| name.label).take(MOST_MEANT).collect()
}
