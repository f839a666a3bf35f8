//! What the targets share: a page that was read from any bytes, and what must be true of every page.

use libfuzzer_sys::Corpus;
use rolecall::annotate::{Vocabulary, annotate};
use rolecall::model::{BlockKind, Page, Section};
use rolecall::parse::{Format, parse};
use rolecall::text::collapse;

/// Reads and annotates a page with the built-in skills. Bytes that are no page are no seed for others.
pub fn read(bytes: &[u8], format: Format) -> Corpus {
    let Ok(mut page) = parse(bytes, format) else { return Corpus::Reject };
    annotate(&mut page, &Vocabulary::built_in());
    check(&page);
    Corpus::Keep
}

/// Panics where a page breaks a promise of `rolecall::model`.
pub fn check(page: &Page) {
    assert!(!page.sections.is_empty(), "a page without sections");
    assert_eq!(collapse(&page.title), page.title, "the title");
    if let Some(role) = &page.role {
        check_id(&role.id);
    }
    page.sections.iter().for_each(check_section);
}

fn check_section(section: &Section) {
    check_id(&section.kind.id);
    for heading in section.heading.iter().chain(&section.subheadings) {
        assert!((1..=6).contains(&heading.level), "{heading:?}");
        assert_eq!(collapse(&heading.text), heading.text, "{heading:?}");
    }
    for block in &section.blocks {
        if let Some(heading) = block.heading {
            assert!(usize::from(heading) < section.subheadings.len(), "no subheading {heading}: {block:?}");
        }
        match &block.kind {
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                assert_eq!(collapse(&block.text), block.text, "{block:?}");
            }
            BlockKind::Row { cells, .. } => {
                let mut after = 0;
                for &(start, end) in cells {
                    assert!(after <= start, "cells overlap: {block:?}");
                    check_span(&block.text, start, end);
                    after = end;
                }
            }
            BlockKind::Code => {}
        }
    }
    section.skills.iter().for_each(|skill| check_id(&skill.id));
    assert!(section.skills.is_sorted_by(|a, b| a.id < b.id), "skills: {:?}", section.skills);
    let mut after = (None, 0);
    for mention in &section.mentions {
        assert!(usize::from(mention.skill) < section.skills.len(), "no such skill: {mention:?}");
        let Some(block) = mention.block else {
            assert_eq!(after, (None, 0), "a heading's mention after those of blocks: {mention:?}");
            continue;
        };
        assert!((block as usize) < section.blocks.len(), "no such block: {mention:?}");
        check_span(&section.blocks[block as usize].text, mention.start, mention.end);
        assert!(mention.start < mention.end, "an empty mention: {mention:?}");
        assert!(after <= (Some(block), mention.start), "mentions out of order: {:?}", section.mentions);
        after = (Some(block), mention.end);
    }
}

fn check_span(text: &str, start: u32, end: u32) {
    assert!(text.get(start as usize..end as usize).is_some(), "{start}..{end} is no part of {text:?}");
}

/// Ids stand in addresses as they are.
pub fn check_id(id: &str) {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
    assert!(!id.is_empty() && id.bytes().all(safe), "the id {id:?}");
}
