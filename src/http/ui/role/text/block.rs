//! Blocks as HTML: what stands together in a list or a table is put together again.

use super::super::super::links::place;
use super::super::cut::{LONGEST_BLOCK, Piece};
use super::super::said::clipped;
use crate::model::{Block, BlockKind, Section};
use maud::{Markup, html};

/// How deep lists nest at most.
const DEEPEST: u8 = 8;
/// How many cells of a row are shown.
const MOST_CELLS: usize = 40;

/// A block and what links call it.
struct Named<'s> {
    id: String,
    block: &'s Block,
    /// What it is set back by, where it stands on most pages of the source.
    class: Option<&'static str>,
}

/// The blocks of a section that stand under one heading.
pub(super) fn blocks(section: usize, of: &Section, pieces: &[Piece]) -> Markup {
    let indices = pieces.iter().filter_map(|piece| match piece {
        Piece::Block(at) => Some(*at),
        Piece::Heading(_) => None,
    });
    let named = indices.map(|at| Named {
        id: place(section, Some(at)),
        block: &of.blocks[at],
        class: of.is_boilerplate(at).then_some("boilerplate"),
    });
    let named: Vec<Named<'_>> = named.collect();
    html! {
        @for run in named.chunk_by(|a, b| stand_together(a.block, b.block)) {
            @match run.first().map(|first| &first.block.kind) {
                Some(BlockKind::Item { .. }) => (list(run, true)),
                Some(BlockKind::Row { .. }) => (table(run)),
                Some(BlockKind::Code) => {
                    @for one in run { pre #(one.id) class=[one.class] { code { (text(one)) } } }
                }
                _ => @for one in run { p #(one.id) class=[one.class] dir="auto" { (text(one)) } },
            }
        }
    }
}

fn text(one: &Named<'_>) -> Markup {
    html! { (clipped(&one.block.text, LONGEST_BLOCK)) (set_back(one)) }
}

/// Says what otherwise only the look of a block says.
fn set_back(one: &Named<'_>) -> Markup {
    html! { @if one.class.is_some() { span.hidden lang="en" { " (on most pages)" } } }
}

/// Whether a block goes on with what the one before it began.
fn stand_together(before: &Block, after: &Block) -> bool {
    match (&before.kind, &after.kind) {
        (BlockKind::Item { .. }, BlockKind::Item { .. }) => true,
        // Columns are named above what stands in them: where they are named anew, another table begins.
        (BlockKind::Row { header: before, .. }, BlockKind::Row { header: after, .. }) => *before || !after,
        _ => false,
    }
}

fn depth_of(item: &Named<'_>) -> u8 {
    match item.block.kind {
        BlockKind::Item { depth, .. } => depth.min(DEEPEST),
        _ => 0,
    }
}

fn is_ordered(item: &Named<'_>) -> bool {
    matches!(item.block.kind, BlockKind::Item { ordered: true, .. })
}

/// Items, each with those that are deeper below it. Marks stand where the outermost list begins to be read.
fn list(items: &[Named<'_>], outermost: bool) -> Markup {
    let base = items.first().map_or(0, depth_of);
    let with_below: Vec<&[Named<'_>]> = items.chunk_by(|_, next| depth_of(next) > base).collect();
    let direction = outermost.then_some("auto");
    let list = |items: &[&[Named<'_>]]| {
        html! {
            @for item in items {
                @if let [item, below @ ..] = *item {
                    li #(item.id) class=[item.class] {
                        span { (text(item)) }
                        @if !below.is_empty() { (self::list(below, false)) }
                    }
                }
            }
        }
    };
    html! {
        @for alike in with_below.chunk_by(|a, b| is_ordered(&a[0]) == is_ordered(&b[0])) {
            @if is_ordered(&alike[0][0]) {
                ol dir=[direction] { (list(alike)) }
            } @else {
                ul dir=[direction] { (list(alike)) }
            }
        }
    }
}

/// Rows; a table of pairs without names of its columns has the first of each pair as the row's name.
fn table(rows: &[Named<'_>]) -> Markup {
    let heads = rows.iter().take_while(|row| is_header(row)).count();
    let (heads, rows) = rows.split_at(heads);
    let pairs = heads.is_empty() && rows.iter().all(|row| row.block.cells().len() == 2);
    html! {
        div.scroll tabindex="0" role="region" aria-label="Table" {
            table dir="auto" {
                @if !heads.is_empty() {
                    thead {
                        @for row in heads {
                            tr #(row.id) class=[row.class] { @for cell in cells(row) { th scope="col" { (cell) } } }
                        }
                    }
                }
                tbody {
                    @for row in rows {
                        tr #(row.id) class=[row.class] {
                            @for (at, cell) in cells(row).enumerate() {
                                @if at == 0 && pairs {
                                    th scope="row" { (cell) }
                                } @else {
                                    td { (cell) @if at == 0 { (set_back(row)) } }
                                }
                            }
                            @if row.block.cells().len() > MOST_CELLS { td { "…" } }
                        }
                    }
                }
            }
        }
    }
}

fn is_header(row: &Named<'_>) -> bool {
    matches!(row.block.kind, BlockKind::Row { header: true, .. })
}

fn cells<'s>(row: &'s Named<'_>) -> impl Iterator<Item = std::borrow::Cow<'s, str>> {
    row.block.cells().take(MOST_CELLS).map(|cell| clipped(cell, LONGEST_BLOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kinds: &[(BlockKind, &str)]) -> Section {
        let block = |(kind, text): &(BlockKind, &str)| Block {
            kind: kind.clone(),
            text: (*text).to_owned(),
            heading: None,
        };
        Section { blocks: kinds.iter().map(block).collect(), ..Section::default() }
    }

    /// The elements without attributes.
    fn drawn(kinds: &[(BlockKind, &str)]) -> String {
        let section = section(kinds);
        let pieces: Vec<Piece> = (0..section.blocks.len()).map(Piece::Block).collect();
        let html = blocks(0, &section, &pieces).into_string();
        let mut bare = String::new();
        let (mut inside, mut named) = (false, true);
        for c in html.chars() {
            match c {
                '<' => (inside, named) = (true, true),
                ' ' if inside => named = false,
                '>' => (inside, named) = (false, true),
                _ => {}
            }
            if named || c == '>' {
                bare.push(c);
            }
        }
        bare.replace("<span>", "").replace("</span>", "")
    }

    fn item(depth: u8, ordered: bool) -> BlockKind {
        BlockKind::Item { depth, ordered }
    }

    fn row(header: bool) -> BlockKind {
        BlockKind::Row { header, cells: vec![(0, 1), (4, 5)] }
    }

    #[test]
    fn lists_nest_as_deep_as_their_items() {
        let of = |items: &[(u8, bool)]| {
            let items: Vec<_> = items.iter().map(|(depth, ordered)| (item(*depth, *ordered), "x")).collect();
            drawn(&items)
        };
        assert_eq!(
            of(&[(0, false), (1, true), (1, true), (0, false)]),
            "<ul><li>x<ol><li>x</li><li>x</li></ol></li><li>x</li></ul>"
        );
        assert_eq!(of(&[(3, false), (0, false)]), "<ul><li>x</li><li>x</li></ul>");
        assert_eq!(of(&[(0, true), (0, false)]), "<ol><li>x</li></ol><ul><li>x</li></ul>");
        assert_eq!(of(&[(0, false), (255, false)]), "<ul><li>x<ul><li>x</li></ul></li></ul>");
    }

    #[test]
    fn a_table_names_its_columns_and_pairs_their_first() {
        let head = "<thead><tr><th>a</th><th>b</th></tr></thead>";
        let table = drawn(&[(row(true), "a | b"), (row(false), "c | d"), (row(true), "a | b")]);
        assert_eq!(table.matches("<table>").count(), 2);
        assert!(table.contains(&format!("{head}<tbody><tr><td>c</td><td>d</td></tr></tbody>")), "{table}");
        assert!(drawn(&[(row(false), "c | d")]).contains("<tr><th>c</th><td>d</td></tr>"));
    }

    #[test]
    fn each_block_has_the_name_that_links_use() {
        let of = section(&[
            (BlockKind::Paragraph, "a"),
            (BlockKind::Code, "b"),
            (item(0, true), "c"),
            (row(false), "d"),
        ]);
        let html = blocks(7, &of, &[0, 1, 2, 3].map(Piece::Block)).into_string();
        for id in ["s7-0", "s7-1", "s7-2", "s7-3"] {
            assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{html}");
        }
    }
}
