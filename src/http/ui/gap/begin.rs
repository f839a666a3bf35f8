//! Before anything is asked: what to begin with.

use super::super::figures;
use super::super::frame::icon;
use super::ask::Ask;
use crate::model::Label;
use crate::search::SkillEntry;
use maud::{Markup, html};

/// The skills that most roles ask for, as links that have them.
pub(super) fn begin(ask: &Ask, skills: &[SkillEntry]) -> Markup {
    html! {
        @if !skills.is_empty() {
            h2 { "Most asked for" }
            p.soft { "Begin with one of these, and add what else you have." }
            ul.tags.large {
                @for SkillEntry { id, label, pages, .. } in skills {
                    @let skill = Label { id: id.clone(), label: label.clone() };
                    li {
                        a.tag data-live-link="" href=(ask.with(&skill).address().href()) {
                            (icon("plus")) (label) span.soft.small { (figures::count(*pages, "page")) }
                        }
                    }
                }
            }
        }
    }
}
