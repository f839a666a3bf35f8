//! Pages as browsers and tools save them, and what is read of them.

mod dense;
mod furniture;
mod languages;
mod lines;
mod tools;

use super::read;
use crate::model::{Block, BlockKind, Page};
use crate::parse::outline;

/// A page in short: `# title`, `## kind "heading"`, `### subheading`, `p` a paragraph, `*` and `1` items, `|` rows,
/// `> ` related roles.
fn shape(text: &str) -> String {
    let page = outline::page(read(text)).expect("a page");
    let mut shape = format!("# {}\n", page.title);
    for section in &page.sections {
        let inferred = if section.inferred { " (inferred)" } else { "" };
        let heading =
            section.heading.as_ref().map_or(String::new(), |heading| format!(" {:?}", heading.text));
        shape.push_str(&format!("## {}{heading}{inferred}\n", section.kind.id));
        let mut above = None;
        for block in &section.blocks {
            if block.heading != above {
                above = block.heading;
                let heading = above.and_then(|at| section.subheadings.get(usize::from(at)));
                shape.push_str(&heading.map_or(String::new(), |heading| format!("### {}\n", heading.text)));
            }
            shape.push_str(&line(block));
        }
    }
    related(&page, &mut shape);
    shape
}

fn line(block: &Block) -> String {
    match block.kind {
        BlockKind::Paragraph => format!("p {}\n", block.text),
        BlockKind::Item { depth, ordered } => {
            let mark = if ordered { '1' } else { '*' };
            format!("{}{mark} {}\n", "  ".repeat(usize::from(depth)), block.text)
        }
        BlockKind::Row { header, .. } => format!("{} {}\n", if header { "||" } else { "|" }, block.text),
        BlockKind::Code => format!("c {}\n", block.text),
    }
}

fn related(page: &Page, shape: &mut String) {
    for role in &page.related {
        let url = role.url.as_ref().map_or(String::new(), |url| format!(" <{url}>"));
        let teaser = role.teaser.as_ref().map_or(String::new(), |teaser| format!(": {teaser}"));
        shape.push_str(&format!("> {}{url}{teaser}\n", role.title));
    }
}
