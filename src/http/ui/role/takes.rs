//! The experience and education that a role takes, each with its sentence.

use super::super::figures::years;
use super::fold::fold;
use super::said::clipped;
use super::{Part, Role};
use crate::model::{Education, Evidence, Experience, Strength};
use crate::search::facts;
use maud::{Markup, html};

/// How many of each are shown at once, and how many at most.
const SHOWN: usize = 5;
const MOST: usize = 50;
/// How much is shown of a field, in bytes.
const LONGEST_FIELD: usize = 160;

/// Something that a role takes.
struct Taken<'r> {
    what: String,
    field: Option<&'r str>,
    of: Option<&'r str>,
    strength: Strength,
    section: usize,
    evidence: Evidence,
}

pub(super) fn part(role: &Role) -> Option<Part> {
    let experience: Vec<Taken<'_>> =
        facts(&role.page, |section| &section.experience).map(|(at, fact)| by_experience(at, fact)).collect();
    let education: Vec<Taken<'_>> =
        facts(&role.page, |section| &section.education).map(|(at, fact)| by_education(at, fact)).collect();
    let (name, body) = match (experience.is_empty(), education.is_empty()) {
        (true, true) => return None,
        (false, true) => ("Experience", list(role, &experience)),
        (true, false) => ("Education", list(role, &education)),
        (false, false) => (
            "Experience and education",
            html! {
                h3 { "Experience" }
                (list(role, &experience))
                h3 { "Education" }
                (list(role, &education))
            },
        ),
    };
    Some(Part { id: "experience", name, body })
}

/// How long an experience is.
pub(super) fn time(experience: &Experience) -> String {
    let of = |months: u16| f64::from(months) / 12.0;
    match (experience.low, experience.high) {
        (Some(low), high) => years(of(low), high.map(of)),
        (None, Some(high)) => format!("up to {}", years(of(high), Some(of(high)))),
        (None, None) => "Experience".to_owned(),
    }
}

fn by_experience(section: usize, fact: &Experience) -> Taken<'_> {
    Taken {
        what: time(fact),
        field: fact.field.as_deref(),
        of: fact.of.as_deref(),
        strength: fact.strength,
        section,
        evidence: fact.evidence,
    }
}

fn by_education(section: usize, fact: &Education) -> Taken<'_> {
    Taken {
        what: fact.degree.label().label,
        field: fact.field.as_deref(),
        of: None,
        strength: fact.strength,
        section,
        evidence: fact.evidence,
    }
}

fn list(role: &Role, taken: &[Taken<'_>]) -> Markup {
    let items = |taken: &[Taken<'_>]| {
        html! {
            ul.plain.said {
                @for one in taken {
                    li {
                        p {
                            strong { (one.what) }
                            @if let Some(field) = one.field { " in " bdi { (clipped(field, LONGEST_FIELD)) } }
                            @if let Some(of) = one.of {
                                " " span.soft { "of another role: " bdi { (clipped(of, LONGEST_FIELD)) } }
                            }
                            " " (tag(one.strength))
                        }
                        (role.quote(one.section, one.evidence))
                    }
                }
            }
        }
    };
    fold(taken, (SHOWN, MOST), items)
}

fn tag(strength: Strength) -> Markup {
    html! {
        @match strength {
            Strength::Required => span.tag.required { "Required" },
            Strength::Preferred => span.tag.preferred { "A plus" },
            Strength::Named => {}
        }
    }
}
