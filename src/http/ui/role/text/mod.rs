//! The text of a page as it was read: headings, paragraphs, lists and tables, each where links look for it.

mod block;

use super::super::figures::count;
use super::super::frame::icon;
use super::super::links::{self, Spot};
use super::cut::Piece;
use super::said::clipped;
use super::{LONGEST_TITLE, Role, outline};
use crate::model::{Section, SectionKind};
use block::blocks;
use maud::{Markup, html};

/// The level of a section's heading, and the deepest that there is.
const SECTION: usize = 3;
const DEEPEST: usize = 6;

pub(super) fn text(role: &Role) -> Markup {
    let page = &role.page;
    let shown = page.sections.iter().enumerate().filter(|(index, _)| role.cut.shows(*index, None));
    html! {
        article.card.part.text #text {
            h2 { "Full text" }
            @for (index, section) in shown { (self::section(role, index, section)) }
            (more(role))
        }
    }
}

/// What is not shown, and where it is.
fn more(role: &Role) -> Markup {
    let page = &role.page;
    let (blocks, sections) = role.cut.more(page);
    let from = page.sections.get(role.cut.section);
    html! {
        @if let Some(from) = from {
            p.notice #more {
                "The page is very long. " (count(blocks as u64, "paragraph"))
                @if sections > 0 { ", with " (count(sections as u64, "more section")) "," }
                " from “" bdi { (clipped(outline::name(from), LONGEST_TITLE)) } "” on are not shown here"
                @if let Some(site) = links::site(page.url.as_deref()) {
                    ": " a href=(site) rel="noopener noreferrer" { "read them at the source" }
                }
                "."
            }
        }
    }
}

fn section(role: &Role, index: usize, section: &Section) -> Markup {
    let page = &role.page;
    let pieces = role.cut.pieces(index, section);
    let mut levels: Vec<u8> = section.heading.iter().map(|heading| heading.level).collect();
    html! {
        section #(links::place(index, None)) lang=[&page.language] {
            @if !section.parents.is_empty() {
                p.parents dir="auto" { (clipped(&section.parents.join(" › "), LONGEST_TITLE)) }
            }
            div.section-head dir="auto" {
                h3 { (clipped(outline::name(section), LONGEST_TITLE)) }
                (kind(section))
                (source(role, index, section))
            }
            (moved(role, section))
            @if pieces.iter().any(|piece| matches!(piece, Piece::Block(at) if section.is_boilerplate(*at))) {
                p.small.soft lang="en" { "Set back: what stands on most pages of this source." }
            }
            @for run in pieces.chunk_by(|a, b| matches!((a, b), (Piece::Block(_), Piece::Block(_)))) {
                @if let [Piece::Heading(at)] = run {
                    (subheading(section, *at, &mut levels))
                } @else {
                    (blocks(index, section, run))
                }
            }
        }
    }
}

/// A heading one level below the nearest above it that stands higher, whatever levels the page leaves out.
fn subheading(section: &Section, at: usize, levels: &mut Vec<u8>) -> Markup {
    let heading = &section.subheadings[at];
    let above = if section.heading.is_some() { 1 } else { 0 };
    while levels.len() > above && levels.last().is_some_and(|level| *level >= heading.level) {
        levels.pop();
    }
    let depth = SECTION + 1 + levels.len() - above;
    levels.push(heading.level);
    let text = clipped(&heading.text, LONGEST_TITLE);
    html! {
        @match depth.min(DEEPEST) {
            4 => h4 dir="auto" { (text) },
            5 => h5 dir="auto" { (text) },
            _ => h6 dir="auto" { (text) },
        }
    }
}

/// What kind of section it is, where its heading says it in other words.
fn kind(section: &Section) -> Markup {
    let known = SectionKind::from_id(&section.kind.id).is_some();
    let label = &section.kind.label;
    let other = section.heading.as_ref().is_some_and(|heading| !heading.text.eq_ignore_ascii_case(label));
    html! {
        @if known && other {
            span.kind lang="en" { (label) @if section.inferred { " (inferred)" } }
        } @else if section.inferred {
            span.kind lang="en" { "inferred" }
        }
    }
}

/// Cards of other roles are no text of the page: where they stood, it is said where they are now.
fn moved(role: &Role, section: &Section) -> Markup {
    let moved = section.is_about_others() && section.blocks.is_empty() && !role.path.related.is_empty();
    html! {
        @if moved {
            p lang="en" { "See " a href="#related" { "Related roles" } " above." }
        }
    }
}

/// The way to the section at the page's site.
fn source(role: &Role, index: usize, section: &Section) -> Markup {
    let page = &role.page;
    let heading = section.heading.as_ref();
    let first = || section.own_blocks().map(|(_, block)| block.text.as_str()).find(|text| !text.is_empty());
    let text = heading.map_or_else(|| first().unwrap_or_default(), |heading| heading.text.as_str());
    let anchor = heading.and_then(|heading| heading.anchor.as_deref());
    // A text that is cut is not found.
    let text = if text.len() > LONGEST_TITLE && heading.is_some() { "" } else { text };
    let spot = Spot { section: index, block: None, anchor, text };
    html! {
        @if links::site(page.url.as_deref()).is_some() {
            a.source href=(links::to(&page.id, page.url.as_deref(), spot)) rel="noopener noreferrer" lang="en" {
                "At the source"
                span.hidden { ": " (clipped(outline::name(section), LONGEST_TITLE)) }
                " " (icon("out"))
            }
        }
    }
}
