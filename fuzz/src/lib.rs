//! What the targets share: a page that was read from any bytes, and what must be true of every page.

use libfuzzer_sys::Corpus;
use rolecall::annotate::{Vocabulary, annotate};
use rolecall::model::{BlockKind, Evidence, Page, Pay, Section};
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
    for step in &page.ladder {
        let section = page.sections.get(step.section as usize);
        check_evidence(section.expect("a step of no section"), &step.evidence);
        assert!(!step.title.trim().is_empty(), "a step without a name");
    }
    assert!(page.related.iter().all(|role| !role.title.is_empty()), "a related role without a name");
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
    check_facts(section);
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

fn check_facts(section: &Section) {
    let facts = section.pay.iter().map(|pay| &pay.evidence);
    let facts = facts.chain(section.experience.iter().map(|experience| &experience.evidence));
    let facts = facts.chain(section.education.iter().map(|education| &education.evidence));
    let facts = facts.chain(section.companies.iter().map(|company| &company.evidence));
    facts.for_each(|evidence| check_evidence(section, evidence));
    section.pay.iter().for_each(check_pay);
    for experience in &section.experience {
        assert!(experience.low.is_some() || experience.high.is_some(), "no time: {experience:?}");
        assert!(experience.low.zip(experience.high).is_none_or(|(low, high)| low <= high), "{experience:?}");
    }
    section.companies.iter().for_each(|company| check_id(&company.name.id));
}

fn check_pay(pay: &Pay) {
    let ends = [pay.low, pay.high, pay.beyond];
    assert!(pay.low.is_some() || pay.high.is_some(), "no amount: {pay:?}");
    assert!(ends.iter().flatten().all(|end| end.is_finite() && *end > 0.0), "{pay:?}");
    assert!(pay.low.zip(pay.high).is_none_or(|(low, high)| low <= high), "{pay:?}");
    assert!(pay.currency.len() == 3 && pay.inferred.is_sorted(), "{pay:?}");
}

/// The sentence of a fact lies in its block, or in a heading.
fn check_evidence(section: &Section, evidence: &Evidence) {
    if let Some(block) = evidence.block {
        let block = section.blocks.get(block as usize).expect("evidence in no block");
        check_span(&block.text, evidence.start, evidence.end);
        assert!(evidence.start < evidence.end, "no sentence: {evidence:?} of {block:?}");
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
