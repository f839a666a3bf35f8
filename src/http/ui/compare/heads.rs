//! The roles at the head of their columns.

use super::super::address::Address;
use super::super::frame::{icon, role_page};
use super::super::gap;
use super::super::pick::short;
use super::LONGEST;
use crate::model::{Level, Page};
use maud::{Markup, html};

/// A role by its name, with the way to take it out of the page that is shown.
pub(super) fn head(page: &Page, here: &Address) -> Markup {
    let title = short(&page.title, LONGEST);
    let level = page.level.map(Level::label);
    html! {
        div.head {
            a.title href=(role_page(&page.id).href()) { bdi { (title) } }
            a.remove href=(here.clone().without("page", &page.id).href()) {
                (icon("close")) span.hidden { "Remove " bdi { (title) } }
            }
            p.facts.small {
                @if let Some(level) = level { span { (level.label) } }
                span { (page.source) }
                a.lack href=(gap::address("", Some(&page.id)).href()) {
                    "What you lack" span.hidden { " for " bdi { (title) } }
                }
            }
        }
    }
}
