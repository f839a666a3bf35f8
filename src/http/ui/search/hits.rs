//! What was found: each role with the sections that answer, and in them the sentence.

use super::super::figures::{count, money_range, years};
use super::super::frame::{icon, role_page};
use super::super::links::{self, Spot};
use super::asked::{Asked, SHOWN_SECTIONS};
use crate::search::{Hit, SectionHit, Span};
use maud::{Markup, PreEscaped, html};

pub(super) fn list(asked: &Asked, hits: &[Hit]) -> Markup {
    html! {
        ol.plain.hits start=(asked.request.offset + 1) {
            @for hit in hits { li { (self::hit(hit)) } }
        }
    }
}

fn hit(hit: &Hit) -> Markup {
    let (shown, others) = hit.sections.split_at(hit.sections.len().min(SHOWN_SECTIONS));
    let more = hit.sections_total.saturating_sub(shown.len() as u64);
    let title = if hit.title.trim().is_empty() { &hit.id } else { &hit.title };
    html! {
        article.card.hit {
            div.head {
                h2 dir="auto" {
                    a.open href=(role_page(&hit.id).href()) { (marked(title, &hit.title_highlights)) }
                }
                label.pick {
                    input type="checkbox" form="compare" name="page" value=(hit.id) data-title=(title);
                    " Compare" span.hidden { " " (title) }
                }
            }
            (facts(hit))
            ol.plain.sections {
                @for section in shown { (self::section(hit, section)) }
            }
            @if more > 0 {
                details.more {
                    summary { "also in " (count(more, "more section")) }
                    ol.plain.sections {
                        @for section in others { (self::section(hit, section)) }
                    }
                    @if more > others.len() as u64 {
                        p.small { a href=(role_page(&hit.id).href()) { "Read all of it" } }
                    }
                }
            }
        }
    }
}

fn facts(hit: &Hit) -> Markup {
    let role = hit.role.as_ref().filter(|role| role.label.to_lowercase() != hit.title.trim().to_lowercase());
    html! {
        p.facts {
            @if hit.pinned { span { strong { "Recommended" } } }
            @if let Some(role) = role { span dir="auto" { (role.label) } }
            @if let Some(pay) = &hit.pay {
                span { strong { (money_range(&pay.currency, pay.low, pay.high)) } " a year" }
            }
            @if let Some(experience) = hit.experience {
                span { strong { (years(experience.low, experience.high)) } }
            }
            @if let Some(level) = &hit.level { span { (level.label) } }
            @if let Some(site) = links::site(hit.url.as_deref()) {
                a.site href=(site) rel="noopener noreferrer" { (host(site)) " " (icon("out")) span.hidden { " (" (hit.title) " at its site)" } }
            }
            @if hit.copies_total > 0 { span { "and " (count(hit.copies_total, "page")) " that say the same" } }
        }
        @if !hit.missing.is_empty() {
            p.small.missing {
                "Without " @for (at, word) in hit.missing.iter().enumerate() { @if at > 0 { ", " } s { (word) } }
            }
        }
    }
}

fn section(hit: &Hit, section: &SectionHit) -> Markup {
    let SectionHit { section: kind, path, anchor, snippet, block, .. } = section;
    let spot = Spot { section: kind.index, block: *block, anchor: anchor.as_deref(), text: &snippet.text };
    let is_away = links::site(hit.url.as_deref()).is_some();
    // The heading says it where it is called otherwise than the kind.
    let path: Vec<&str> =
        path.iter().map(String::as_str).filter(|name| *name != kind.label && *name != hit.title).collect();
    html! {
        li {
            p.where {
                span.kind { (kind.label) }
                @if let Some(name) = path.last() { span.soft dir="auto" { (name) } }
            }
            a.snippet href=(links::to(&hit.id, hit.url.as_deref(), spot)) rel=[is_away.then_some("noopener noreferrer")] dir="auto" {
                (PreEscaped(&snippet.html))
            }
        }
    }
}

/// A text with what matched in it marked; the spans are in order and do not overlap.
fn marked(text: &str, spans: &[Span]) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let of = |start: usize, end: usize| chars.get(start..end).unwrap_or_default().iter().collect::<String>();
    let before = std::iter::once(0).chain(spans.iter().map(|span| span.end));
    html! {
        @for (span, before) in spans.iter().zip(before) {
            (of(before, span.start))
            mark { (of(span.start, span.end)) }
        }
        (of(spans.last().map_or(0, |span| span.end), chars.len()))
    }
}

/// The name of a site.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
