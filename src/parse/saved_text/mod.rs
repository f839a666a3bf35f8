//! Text as a page is saved to by a browser, copied out of one, dumped by a text browser or printed and read back.
//!
//! Lines are put together again (`lines`, `wrap`, `marks`), what belongs to the site is left out (`furniture`, `title`),
//! and lines become headings, paragraphs, items and rows (`blocks`). What a save loses is worked out again: the levels
//! of headings from what they say (`levels`), a heading that is gone from the paragraph it headed (`lost`), and the
//! paragraphs that a list swallowed (`glue`).

mod blocks;
mod furniture;
mod glue;
mod levels;
mod lines;
mod lost;
mod marks;
mod title;
mod wrap;

use super::outline::Draft;

/// The draft of a page saved as text.
pub(super) fn read(text: &str) -> Draft {
    let (lines, left_out) = lines::lines(text);
    let mut draft = Draft { left_out, ..Draft::default() };
    blocks::read(lines, &mut draft);
    title::take(&mut draft);
    levels::give(&mut draft);
    levels::settle(&mut draft);
    let swallows = glue::swallows(&draft.entries);
    lost::infer(&mut draft, swallows);
    glue::split(&mut draft.entries);
    draft
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::model::BlockKind;
    use crate::parse::outline;

    #[test]
    fn a_line_without_width_is_blank() {
        let text = "Data Engineer\n\nOverview\n\u{200b}\nThey build pipelines.\n\u{200b}\nSalary\n\u{feff}\nGood.\n\u{200e}\n";
        let page = outline::page(read(text)).expect("a page");
        let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
        assert_eq!(kinds, ["overview", "salary"]);
    }

    #[test]
    fn lone_lines_are_headings_and_bullets_below_a_number_its_children() {
        let text = "logoCareers\n\nDevOps Engineer\n\nfirst image\n\nOverview\n\nWhat it is, in a sentence.\n\nRequirements\n\n\
            Key requirements include:\n\n  1. Education\n  • A degree\n  1. Tools\n  • Docker\n  • k8s\n\nMore Careers\n\nCloud Architect\n\n\
            Cloud Architect\n\nA Cloud Architect plans. ### Skills - AWS\n";
        let page = outline::page(read(text)).expect("a page");
        assert_eq!(page.title, "DevOps Engineer");
        let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
        assert_eq!(kinds, ["overview", "requirements", "related-roles"]);
        let depths = page.sections[1].blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Item { depth, ordered } => Some((depth, ordered)),
            _ => None,
        });
        assert_eq!(depths.collect::<Vec<_>>(), [(0, true), (1, false), (0, true), (1, false), (1, false)]);
        assert_eq!(page.related.len(), 1);
        assert!(page.related[0].teaser.as_deref().is_some_and(|teaser| teaser.contains("### Skills")));
        assert!(page.sections[2].blocks.is_empty());
    }
}
