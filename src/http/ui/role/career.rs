//! Where the role stands: the steps of its career, what leads to it and what comes next, and the roles beside it.

use super::super::figures::count;
use super::super::frame::{icon, role_page};
use super::super::links::{self, Spot};
use super::fold::fold;
use super::said::{clipped, quoted};
use super::{Part, Role};
use crate::search::{Rung, Said, Way};
use maud::{Markup, html};

/// How many steps and ways are shown at once, and how many at most.
const MOST_RUNGS: usize = 30;
const SHOWN: usize = 6;
const MOST: usize = 50;
/// How much is shown of a name, in bytes.
pub(super) const LONGEST_NAME: usize = 160;

pub(super) fn path(role: &Role) -> Option<Part> {
    let path = &role.path;
    if path.ladder.is_empty() && path.leads_here.is_empty() && path.comes_next.is_empty() {
        return None;
    }
    let body = html! {
        (ladder(role))
        div.ways {
            (ways(role, "Leads here", &path.leads_here))
            (ways(role, "Comes next", &path.comes_next))
        }
    };
    Some(Part { id: "career", name: "Career path", body })
}

pub(super) fn related(role: &Role) -> Option<Part> {
    let related = &role.path.related;
    let body = html! { div.wide-list { (list(role, related)) } };
    (!related.is_empty()).then_some(Part { id: "related", name: "Related roles", body })
}

/// The steps as the page itself describes them.
fn ladder(role: &Role) -> Markup {
    let ladder = &role.path.ladder;
    html! {
        @if !ladder.is_empty() {
            ol.ladder {
                @for (at, rung) in ladder.iter().enumerate().take(MOST_RUNGS) {
                    li aria-current=[rung.own.then_some("step")] {
                        (rung_title(role, at, rung))
                        @if let Some(level) = &rung.level { " " span.tag { (level.label) } }
                        @if rung.own { " " span.tag.required { "This role" } }
                    }
                }
            }
            @if ladder.len() > MOST_RUNGS {
                p.small.soft { "and " (count((ladder.len() - MOST_RUNGS) as u64, "step")) " more in the text" }
            }
        }
    }
}

/// A step: a link to our page of it where there is one, else to where this page names it.
fn rung_title(role: &Role, at: usize, rung: &Rung) -> Markup {
    let title = clipped(&rung.title, LONGEST_NAME);
    let other = rung.pages.iter().find(|page| page.id != role.page.id).filter(|_| !rung.own);
    let step = role.page.ladder.get(at);
    html! {
        @match (other, step) {
            (Some(page), _) => a href=(role_page(&page.id).href()) dir="auto" { (title) },
            (None, Some(step)) => {
                a.quiet href=(role.place(step.section as usize, step.evidence)) dir="auto" { (title) }
            }
            (None, None) => bdi { (title) },
        }
    }
}

fn ways(role: &Role, name: &str, ways: &[Way]) -> Markup {
    html! {
        @if !ways.is_empty() {
            div {
                h3 { (name) }
                (list(role, ways))
            }
        }
    }
}

fn list(role: &Role, ways: &[Way]) -> Markup {
    let items = |ways: &[Way]| {
        html! {
            ul.plain.said {
                @for way in ways { li { (item(role, way)) } }
            }
        }
    };
    fold(ways, (SHOWN, MOST), items)
}

fn item(role: &Role, way: &Way) -> Markup {
    let title = clipped(&way.title, LONGEST_NAME);
    html! {
        p {
            @if let Some(page) = &way.page {
                a href=(role_page(&page.id).href()) dir="auto" { strong { (title) } }
            } @else if let Some(site) = site(role, &way.title) {
                a href=(site) rel="noopener noreferrer" { strong { bdi { (title) } } " " (icon("out")) }
            } @else {
                strong dir="auto" { (title) }
            }
            @if let Some(level) = &way.level { " " span.tag { (level.label) } }
            @if let Some(steps) = way.steps.filter(|steps| *steps > 1) {
                " " span.soft.small.nowrap { (count(u64::from(steps), "step")) " away" }
            }
            @if let Some(page) = &way.page { (role.source_of(page)) }
        }
        @if let Some(said) = way.said.first() { (reason(role, way, said)) }
    }
}

/// The address that the page gives of a role that it points to.
fn site<'r>(role: &'r Role, title: &str) -> Option<&'r str> {
    let related = role.page.related.iter().find(|related| related.title == title)?;
    links::site(related.url.as_deref())
}

/// Why a role stands here: who says so, and in which words, where these say more than its name.
fn reason(role: &Role, way: &Way, said: &Said) -> Markup {
    let own = said.page.id == role.page.id;
    let by_itself = way.page.as_ref().is_some_and(|page| page.id == said.page.id);
    let what = match said.by {
        "ladder" => "A step of the career",
        "related" if own => "This page points to it",
        "related" if by_itself => "It points to this role",
        "related" => "A related role",
        _ => "Told from the two titles",
    };
    let address = address(role, said);
    let sentence = said.at.sentence.as_deref().or(said.at.heading.as_deref());
    let sentence = sentence.filter(|text| !text.is_empty() && *text != way.title && said.by != "level");
    html! {
        p.small.soft {
            @match &address {
                Some(address) if sentence.is_none() => a.quiet href=(address) { (what) },
                _ => (what),
            }
            @if !own && !by_itself && said.by != "level" {
                " by " a.quiet href=(role_page(&said.page.id).href()) dir="auto" {
                    (clipped(&said.page.title, LONGEST_NAME))
                }
            }
            @if way.said_total > 1 { " · said in " (count(way.said_total, "place")) }
        }
        @match (&address, sentence) {
            (Some(address), Some(_)) => (quoted(address, sentence, None)),
            (None, Some(text)) => p.quote { q dir="auto" { (clipped(text, 2 * LONGEST_NAME)) } },
            _ => {}
        }
    }
}

/// Where it is said: on our page of the page that says it.
fn address(role: &Role, said: &Said) -> Option<String> {
    let Said { page, at, .. } = said;
    let section = at.section.as_ref()?.index;
    let block = at.block.map(|block| block as usize);
    let text = at.sentence.as_deref().unwrap_or_default();
    let spot = Spot { section, block, anchor: at.anchor.as_deref(), text };
    Some(if page.id == role.page.id { role.spot(spot) } else { links::here(&page.id, spot) })
}
