//! What somebody lacks for one role and what of it they have, each with the sentence that asks for it.

use super::super::compare;
use super::super::compare::says::{STRENGTHS, Said, word};
use super::super::frame::{icon, role_page};
use super::ask::Ask;
use super::coverage::covered;
use crate::model::Page;
use crate::search::{Asked, PageGap};
use maud::{Markup, html};

/// How many skills of each strength are shown at once, and how many more at most.
const AT_ONCE: usize = 15;
const MOST: usize = 300;

/// The one role.
pub(super) fn detail(ask: &Ask, gap: &PageGap) -> Markup {
    let PageGap { page, had, missing, coverage, .. } = gap;
    let all = ask.of(None);
    html! {
        nav.leads aria-label="Other roles" {
            a data-live-link="top" href=(all.address().href()) {
                @if ask.parts.is_empty() { "Begin with your skills" } @else { "All roles, the closest first" }
            }
            a href=(role_page(&page.id).href()) { "Read its page" }
            a href=(compare::address([page.id.as_str()]).href()) { "Compare it" }
        }
        @if had.is_empty() && missing.is_empty() {
            p.card { "Its page names no skill." }
        } @else {
            div.card.asked {
                @if ask.parts.is_empty() {
                    p { "It asks for these. Tick what you have." }
                } @else {
                    (covered(coverage))
                }
                @if !missing.is_empty() {
                    h2 { @if ask.parts.is_empty() { "What it asks for" } @else { "You lack" } }
                    @for strength in STRENGTHS {
                        @let of: Vec<&Asked> =
                            missing.iter().filter(|asked| asked.strength == strength).collect();
                        @if !of.is_empty() {
                            h3 { (word(strength)) }
                            (rows(page, &of, |asked| tick(ask, asked)))
                        }
                    }
                }
                @if !had.is_empty() {
                    h2 { "You have" }
                    (rows(page, &had.iter().collect::<Vec<_>>(), |asked| ticked(ask, gap, asked)))
                }
            }
        }
    }
}

/// The skills, each with the sentence that asks for it; of many the first, and behind a button the others.
fn rows(page: &Page, of: &[&Asked], name: impl Fn(&Asked) -> Markup) -> Markup {
    let (shown, more) = of.split_at(AT_ONCE.min(of.len()));
    let list = |of: &[&Asked]| {
        html! {
            ul.plain.ticks {
                @for asked in of { li { (name(asked)) (Said::of_asked(page, asked).quote()) } }
            }
        }
    };
    html! {
        (list(shown))
        @if !more.is_empty() {
            details.rest {
                summary { (more.len()) " more" }
                (list(&more[..more.len().min(MOST)]))
                @if more.len() > MOST { p.small.soft { "and " (more.len() - MOST) " more" } }
            }
        }
    }
}

/// A skill that they lack, as the link that has it.
fn tick(ask: &Ask, asked: &Asked) -> Markup {
    html! {
        a.tick data-live-link="" data-key=(key(asked)) href=(ask.with(&asked.skill.label()).address().href()) {
            span.box {} span { span.hidden { "I have " } (asked.skill.label) }
        }
    }
}

/// A skill that they have, as the link that takes it out.
fn ticked(ask: &Ask, gap: &PageGap, asked: &Asked) -> Markup {
    let had = gap.have.iter().find(|had| had.id == asked.skill.id);
    let without = had.map_or_else(|| ask.clone(), |had| ask.without(&had.text));
    html! {
        a.tick data-live-link="" data-key=(key(asked)) href=(without.address().href()) {
            span.box.on { (icon("check")) } span { span.hidden { "I lack " } (asked.skill.label) }
        }
    }
}

/// What a skill's link is called before and after it is followed, so that it keeps the focus.
fn key(asked: &Asked) -> String {
    format!("tick-{}", asked.skill.id)
}
