//! The roles that are like this one, and what they share.

use super::super::figures::count;
use super::super::frame::role_page;
use super::career::LONGEST_NAME;
use super::said::clipped;
use super::{Part, Role};
use crate::search::SimilarPage;
use maud::{Markup, html};

/// How many shared skills and words are named.
const SHOWN: usize = 6;

pub(super) fn part(role: &Role) -> Option<Part> {
    let similar = &role.similar.similar;
    let body = html! {
        ul.plain.similar {
            @for page in similar { li { (item(role, page)) } }
        }
    };
    (!similar.is_empty()).then_some(Part { id: "similar", name: "Similar roles", body })
}

fn item(role: &Role, page: &SimilarPage) -> Markup {
    let skills = page.skills.len().min(SHOWN);
    html! {
        p {
            a href=(role_page(&page.page.id).href()) dir="auto" {
                strong { (clipped(&page.page.title, LONGEST_NAME)) }
            }
            @if let Some(level) = &page.level { " " span.tag { (level.label) } }
            (role.source_of(&page.page))
        }
        @if skills > 0 {
            p.small.soft {
                "Both name "
                @for (at, skill) in page.skills[..skills].iter().enumerate() {
                    @if at > 0 { ", " }
                    bdi { (clipped(&skill.label, LONGEST_NAME)) }
                }
                @if page.skills_total > skills as u64 { " and " (count(page.skills_total - skills as u64, "more skill")) }
            }
        }
        @if !page.words.is_empty() {
            p.small.soft {
                "Both say "
                @for (at, word) in page.words.iter().take(SHOWN).enumerate() {
                    @if at > 0 { ", " }
                    bdi { (clipped(word, LONGEST_NAME)) }
                }
            }
        }
    }
}
