//! The skills of a role by how strongly they are asked for, each with the sentence that says so.

use super::super::figures::count;
use super::fold::fold;
use super::said::clipped;
use super::{Part, Role};
use crate::model::Strength;
use crate::search::Asked;
use maud::{Markup, html};
use std::collections::HashMap;

/// How many are shown at once of each strength, and how many there are at most.
const SHOWN: usize = 24;
const MOST: usize = 300;
/// How many sentences are quoted.
const MOST_SENTENCES: usize = 60;
/// How much is shown of a name, in bytes.
const LONGEST_NAME: usize = 100;

const STRENGTHS: [(Strength, &str, &str, &str); 3] = [
    (Strength::Required, "Required", "tag required", "asked for"),
    (Strength::Preferred, "A plus", "tag preferred", "welcome, and not a must"),
    (Strength::Named, "Named", "tag", "the page speaks of them"),
];

pub(super) fn part(role: &Role) -> Option<Part> {
    if role.asked.is_empty() {
        return None;
    }
    let body = html! {
        @for (strength, name, class, meaning) in STRENGTHS {
            @let skills: Vec<&Asked> = role.asked.iter().filter(|asked| asked.strength == strength).collect();
            @if !skills.is_empty() {
                h3 { (name) " " span.soft.small { (skills.len()) " · " (meaning) } }
                (tags(role, &skills, class))
                (sentences(role, &skills))
            }
        }
    };
    Some(Part { id: "skills", name: "Skills", body })
}

fn tags(role: &Role, skills: &[&Asked], class: &str) -> Markup {
    let list = |skills: &[&Asked]| {
        html! {
            ul.tags {
                @for asked in skills {
                    li {
                        a class=(class) href=(role.place(asked.section, asked.evidence)) {
                            (clipped(&asked.skill.label, LONGEST_NAME))
                        }
                    }
                }
            }
        }
    };
    fold(skills, (SHOWN, MOST), list)
}

/// The sentences that say so, each once with the skills that it names.
fn sentences(role: &Role, skills: &[&Asked]) -> Markup {
    let mut places: HashMap<_, usize> = HashMap::new();
    let mut said: Vec<(&Asked, Vec<&str>)> = Vec::new();
    for &asked in skills {
        let evidence = asked.evidence;
        let key = (asked.section, evidence.block, evidence.start, asked.subheading);
        let at = *places.entry(key).or_insert_with(|| {
            said.push((asked, Vec::new()));
            said.len() - 1
        });
        said[at].1.push(&asked.skill.label);
    }
    html! {
        details.more {
            summary { "Where it says so: " (count(said.len() as u64, "sentence")) }
            ul.plain.said {
                @for (asked, names) in said.iter().take(MOST_SENTENCES) {
                    li {
                        p.small { strong { (clipped(&names.join(", "), 4 * LONGEST_NAME)) } }
                        (role.quoted(&role.place(asked.section, asked.evidence), says(role, asked)))
                    }
                }
            }
            @if said.len() > MOST_SENTENCES {
                p.small.soft { "and " (said.len() - MOST_SENTENCES) " more in the text" }
            }
        }
    }
}

/// The sentence, or the heading that names it.
fn says<'r>(role: &'r Role, asked: &Asked) -> Option<&'r str> {
    match asked.evidence.block {
        Some(_) => role.sentence(asked.section, asked.evidence),
        None => asked.heading(&role.page).map(|heading| heading.text.as_str()),
    }
}
