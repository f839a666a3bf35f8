//! The roles that somebody is closest to, and what they lack for each.

use super::super::compare;
use super::super::compare::says::{STRENGTHS, class, word};
use super::super::figures;
use super::super::frame::{icon, role_page};
use super::super::pick::short;
use super::LONGEST;
use super::ask::Ask;
use super::coverage::covered;
use super::found::LIMIT;
use crate::model::Label;
use crate::search::{AskedLabel, FURTHEST_OFFSET, Gaps, RoleGap};
use maud::{Markup, html};

/// How many roles are put side by side by one link.
const TOGETHER: usize = 3;
/// How many of the skills that they have are named of a role.
const HAD: usize = 30;

/// The list with its filter and its pager.
pub(super) fn list(ask: &Ask, gaps: &Gaps, levels: &[Label], offset: usize) -> Markup {
    let Gaps { total, hits, .. } = gaps;
    html! {
        (filter(ask, levels))
        @if hits.is_empty() {
            p.card { (nothing(gaps, ask, offset)) }
        } @else {
            div.over {
                div {
                    h2 { "The closest roles" }
                    p.soft.small {
                        (figures::grouped(offset as f64 + 1.0)) "–" (figures::grouped((offset + hits.len()) as f64))
                        " of " (figures::count(total.pages, "role")) " that ask for any of it"
                        @if total.without > 0 { "; " (figures::grouped(total.without as f64)) " ask for none" }
                    }
                }
                @if hits.len() > 1 {
                    @let closest = hits.iter().take(TOGETHER).map(|role| role.id.as_str());
                    a.button href=(compare::address(closest).href()) {
                        "Compare the first " (hits.len().min(TOGETHER))
                    }
                }
            }
            ol.plain.roles start=(offset + 1) {
                @for role in hits { li.card { (entry(ask, role)) } }
            }
            (pager(ask, gaps, offset))
        }
    }
}

/// Why there is none.
fn nothing(gaps: &Gaps, ask: &Ask, offset: usize) -> &'static str {
    if offset > 0 && gaps.total.pages > 0 {
        "There are no more roles."
    } else if gaps.have.is_empty() && ask.parts.is_empty() {
        "Name a skill that you have."
    } else if ask.level.is_empty() {
        "No role asks for any of it."
    } else {
        "No role of this level asks for any of it."
    }
}

fn filter(ask: &Ask, levels: &[Label]) -> Markup {
    let tag = |on: bool, ask: &Ask, name: &str| {
        html! {
            li {
                a.tag data-live-link="" href=(ask.address().href()) aria-current=[on.then_some("true")] { (name) }
            }
        }
    };
    html! {
        @if levels.len() > 1 {
            nav.levels aria-label="Level" {
                ul.tags {
                    (tag(ask.level.is_empty(), &Ask { level: Vec::new(), ..ask.clone() }, "Any level"))
                    @for level in levels {
                        (tag(ask.level.contains(&level.id), &ask.turned(&level.id), &level.label))
                    }
                }
            }
        }
    }
}

fn entry(ask: &Ask, role: &RoleGap) -> Markup {
    let title = short(&role.title, LONGEST);
    let of = ask.of(Some(&role.id)).address().href();
    html! {
        h3 { a href=(role_page(&role.id).href()) { bdi { (title) } } }
        p.facts.small {
            @if let Some(level) = &role.level { span { (level.label) } }
            span { (role.source) }
            @if role.copies_total > 0 { span { (figures::count(role.copies_total, "page")) " more say the same" } }
        }
        (covered(&role.coverage))
        dl.groups {
            @for strength in STRENGTHS {
                @let of: Vec<&AskedLabel> =
                    role.missing.iter().filter(|asked| asked.strength == strength).collect();
                @if !of.is_empty() {
                    dt { (word(strength)) }
                    dd {
                        ul.tags {
                            @for asked in of {
                                @let skill = Label { id: asked.id.clone(), label: asked.label.clone() };
                                li {
                                    a class=(class(strength)) data-live-link="" href=(ask.with(&skill).address().href()) {
                                        (icon("plus")) span.hidden { "I have " } (asked.label)
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if role.missing_total > role.missing.len() {
                dt { "Besides" }
                dd {
                    a.small data-live-link="top" href=(of) {
                        (role.missing_total - role.missing.len()) " more that you lack"
                    }
                }
            }
            @if !role.had.is_empty() {
                dt { "You have" }
                dd {
                    ul.tags {
                        @for asked in role.had.iter().take(HAD) { li.tag.has { (icon("check")) (asked.label) } }
                        @if role.had.len() > HAD { li.small.soft { "and " (role.had.len() - HAD) " more" } }
                    }
                }
            }
        }
        p.leads.small {
            a data-live-link="top" href=(of) { "What it says of each" span.hidden { ": " bdi { (title) } } }
            a href=(compare::address([role.id.as_str()]).href()) { "Compare" span.hidden { " " bdi { (title) } } }
        }
    }
}

fn pager(ask: &Ask, gaps: &Gaps, offset: usize) -> Markup {
    let at = |offset: usize| {
        let here = ask.address();
        if offset == 0 { here } else { here.with("offset", offset) }.href()
    };
    let next = offset + LIMIT;
    let has_next = (next as u64) < gaps.total.pages && next <= FURTHEST_OFFSET;
    html! {
        @if offset > 0 || has_next {
            nav.pager aria-label="More roles" {
                @if offset > 0 {
                    a.button rel="prev" data-live-link="" href=(at(offset.saturating_sub(LIMIT))) { "Closer roles" }
                }
                @if has_next { a.button rel="next" data-live-link="" href=(at(next)) { "Further roles" } }
            }
        }
    }
}
