//! A section as Markdown, for models to read.

use crate::model::{Block, BlockKind, Section};

/// The section with its headings, until it is longer than so many bytes. What stands on most pages is left out.
pub(super) fn of(section: &Section, most: usize) -> String {
    let mut text = String::new();
    let top = section.heading.as_ref().map_or(1, |heading| heading.level);
    if let Some(heading) = &section.heading {
        push_heading(&mut text, 2, &heading.text);
    }
    let mut shown = 0;
    let mut before: Option<&BlockKind> = None;
    for (_, block) in section.own_blocks() {
        if text.len() > most {
            return text;
        }
        let through = block.heading.map_or(0, |heading| usize::from(heading) + 1);
        for heading in section.subheadings.iter().take(through).skip(shown) {
            push_heading(
                &mut text,
                heading.level.saturating_sub(top).saturating_add(2).max(3),
                &heading.text,
            );
            before = None;
        }
        shown = shown.max(through);
        if !before.is_some_and(|before| goes_on(before, &block.kind)) && !text.is_empty() {
            text.push('\n');
        }
        push_block(&mut text, block);
        before = Some(&block.kind);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Whether a block stands right under one before it: in the same list or table.
fn goes_on(before: &BlockKind, kind: &BlockKind) -> bool {
    matches!(
        (before, kind),
        (BlockKind::Item { .. }, BlockKind::Item { .. })
            | (BlockKind::Row { .. }, BlockKind::Row { header: false, .. })
    )
}

fn push_heading(text: &mut String, level: u8, heading: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.extend(std::iter::repeat_n('#', usize::from(level.min(6))));
    text.push(' ');
    text.push_str(heading);
    text.push('\n');
}

fn push_block(text: &mut String, block: &Block) {
    match &block.kind {
        BlockKind::Paragraph => text.push_str(&block.text),
        BlockKind::Item { depth, ordered } => {
            text.extend(std::iter::repeat_n("  ", usize::from(*depth).min(8)));
            text.push_str(if *ordered { "1. " } else { "- " });
            text.push_str(&block.text);
        }
        BlockKind::Row { header, .. } => {
            text.push('|');
            for cell in block.cells() {
                text.push(' ');
                text.push_str(&cell.replace('|', "\\|"));
                text.push_str(" |");
            }
            if *header {
                text.push_str("\n|");
                block.cells().for_each(|_| text.push_str(" --- |"));
            }
        }
        BlockKind::Code => {
            // Longer than any inside.
            let runs = block.text.split(|c| c != '`').map(str::len);
            let fence = "`".repeat(runs.max().unwrap_or_default().max(2) + 1);
            text.push_str(&format!("{fence}\n{}\n{fence}", block.text));
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Heading;

    fn block(kind: BlockKind, text: &str, heading: Option<u16>) -> Block {
        Block { kind, text: text.to_owned(), heading }
    }

    fn row(header: bool, cells: &[&str]) -> Block {
        let text = cells.join(" | ");
        let mut at = 0;
        let places = cells.iter().map(|cell| {
            let start = at;
            at += u32::try_from(cell.len()).unwrap() + 3;
            (start, at - 3)
        });
        block(BlockKind::Row { header, cells: places.collect() }, &text, Some(0))
    }

    fn section() -> Section {
        let heading = |level, text: &str| Heading { level, text: text.to_owned(), anchor: None };
        let item = |depth| BlockKind::Item { depth, ordered: false };
        Section {
            heading: Some(heading(2, "Pay")),
            subheadings: vec![heading(3, "By place")],
            blocks: vec![
                block(BlockKind::Paragraph, "It pays.", None),
                block(item(0), "base", None),
                block(item(1), "bonus", None),
                block(BlockKind::Paragraph, "Share this page", None),
                row(true, &["Place", "Pay"]),
                row(false, &["A|B", "$1"]),
                block(BlockKind::Code, "a ```` b", Some(0)),
            ],
            boilerplate: vec![3],
            ..Section::default()
        }
    }

    #[test]
    fn blocks_are_written_as_people_write_them() {
        let wanted = "## Pay\n\nIt pays.\n\n- base\n  - bonus\n\n### By place\n\n| Place | Pay |\n| --- | --- |\n\
            | A\\|B | $1 |\n\n`````\na ```` b\n`````";
        assert_eq!(of(&section(), usize::MAX), wanted);
    }

    #[test]
    fn it_ends_where_it_is_long_enough() {
        assert_eq!(of(&section(), 10), "## Pay\n\nIt pays.\n");
    }
}
