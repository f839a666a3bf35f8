//! Blocks that stand on most pages of a source: the call to apply, the legal notice, the praise of the company. No page
//! shows by itself which of its blocks these are, so each block has a fingerprint to be counted by; who counts, marks.

use crate::model::{Page, Section};
use crate::text::{digest, words};

/// A block of so few words that names a skill is a fact of the page, however many pages share it: most lists of tools
/// begin with the same office software.
const FACT: usize = 6;
/// Bytes of a fingerprint: among a billion blocks, one in a thousand is taken for one of a hundred others by chance.
pub const FINGERPRINT_BYTES: usize = 5;

/// The fingerprints of the page's blocks, but for its facts: each once, in order. The skills must be annotated.
pub fn fingerprints(page: &Page) -> Vec<u64> {
    let mut fingerprints: Vec<u64> = page
        .sections
        .iter()
        .flat_map(|section| {
            let facts = facts(section);
            let counted = section.blocks.iter().zip(facts).filter(|(_, is_fact)| !is_fact);
            counted.map(|(block, _)| fingerprint(&block.text))
        })
        .collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    fingerprints
}

/// Marks the blocks whose fingerprint and text are told to be boilerplate, and no others; whether that changed
/// anything. Then the page has to be annotated again.
pub fn mark_boilerplate(page: &mut Page, mut is_boilerplate: impl FnMut(u64, &str) -> bool) -> bool {
    let mut changed = false;
    for section in &mut page.sections {
        let blocks = (0_u32..).zip(&section.blocks).zip(facts(section)).filter(|(_, is_fact)| !is_fact);
        let marked: Vec<u32> = blocks
            .filter(|((_, block), _)| is_boilerplate(fingerprint(&block.text), &block.text))
            .map(|((index, _), _)| index)
            .collect();
        changed |= marked != section.boilerplate;
        section.boilerplate = marked;
    }
    changed
}

/// For each block whether it is short and names a skill.
fn facts(section: &Section) -> Vec<bool> {
    let mut names_a_skill = vec![false; section.blocks.len()];
    for block in section.mentions.iter().filter_map(|mention| mention.block) {
        if let Some(names) = names_a_skill.get_mut(block as usize) {
            *names = true;
        }
    }
    let is_short = |text: &str| words(text).nth(FACT).is_none();
    section.blocks.iter().zip(names_a_skill).map(|(block, names)| names && is_short(&block.text)).collect()
}

fn fingerprint(text: &str) -> u64 {
    digest(blake3::hash(text.as_bytes())) >> (u64::BITS - 8 * FINGERPRINT_BYTES as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Vocabulary, annotate};
    use crate::parse::{Format, parse};

    fn page(text: &str) -> Page {
        let mut page = parse(text.as_bytes(), Format::Markdown).expect("a page");
        annotate(&mut page, &Vocabulary::built_in());
        page
    }

    #[test]
    fn what_is_marked_is_no_longer_read_for_skills_and_can_be_unmarked() {
        let vocabulary = Vocabulary::built_in();
        let notice = "All our teams work with Kubernetes and Docker and look forward to your application.";
        let before =
            page(&format!("# Nurse\n\n## Skills\n\n- Microsoft Excel\n- Microsoft Excel\n\n{notice}\n"));
        assert_eq!(fingerprints(&before).len(), 1, "Microsoft Excel is a fact");
        let mut marked = before.clone();
        assert!(mark_boilerplate(&mut marked, |_, text| text == notice));
        annotate(&mut marked, &vocabulary);
        let skills: Vec<&str> = marked.sections[0].skills.iter().map(|skill| skill.id.as_str()).collect();
        assert_eq!((skills, marked.sections[0].boilerplate.as_slice()), (vec!["excel"], &[2][..]));
        assert_eq!(fingerprints(&marked), fingerprints(&before));
        assert!(!mark_boilerplate(&mut marked, |_, text| text == notice));
        assert!(mark_boilerplate(&mut marked, |_, _| false));
        annotate(&mut marked, &vocabulary);
        assert_eq!(marked, before);
    }
}
