//! What the page has, with links to it: beside the text where there is room, folded above it where there is not.

use super::super::links;
use super::said::clipped;
use super::{Part, Role};
use crate::model::Section;
use maud::{Markup, html};

/// How many sections are named.
const MOST_SECTIONS: usize = 40;
/// How much is shown of a heading, in bytes.
const LONGEST_NAME: usize = 80;

/// What a section is called: by its heading, else by its kind.
pub(super) fn name(section: &Section) -> &str {
    let heading = section.heading.as_ref().map(|heading| heading.text.as_str());
    heading.filter(|heading| !heading.is_empty()).unwrap_or(&section.kind.label)
}

pub(super) fn outline(role: &Role, parts: &[Part]) -> Markup {
    let sections = &role.page.sections;
    let shown = role.page.sections.len().min(role.cut.section + 1).min(MOST_SECTIONS);
    html! {
        nav.outline aria-label="On this page" tabindex="0" {
            details {
                summary { "On this page" }
                ul.plain {
                    @for part in parts {
                        li { a href={ "#" (part.id) } { (part.name) } }
                    }
                    li {
                        a href="#text" { "Full text" }
                        ol.plain lang=[&role.page.language] {
                            @for (index, section) in sections.iter().enumerate().take(shown) {
                                li {
                                    a href={ "#" (links::place(index, None)) } dir="auto" {
                                        (clipped(name(section), LONGEST_NAME))
                                    }
                                }
                            }
                        }
                        @if sections.len() > shown {
                            p.small.soft { "and " (sections.len() - shown) " more" }
                        }
                    }
                }
            }
        }
    }
}
