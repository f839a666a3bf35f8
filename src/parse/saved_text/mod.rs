//! Text as a page is saved to by a browser, copied out of one, dumped by a text browser or printed and read back.
//!
//! Lines are put together again (`lines`, `wrap`, `marks`), what belongs to the site is left out (`furniture`, `title`),
//! and lines become headings, paragraphs, items and rows (`blocks`). What a save loses is worked out again: the levels
//! of headings from what they say (`levels`), a heading that is gone from the paragraph it headed (`lost`), and the
//! paragraphs that a list swallowed (`glue`, `begins`).

mod begins;
mod blocks;
mod furniture;
mod glue;
mod levels;
mod lines;
mod lost;
mod marks;
#[cfg(test)]
mod tests;
mod title;
mod wrap;

use super::{markdown, outline::Draft};
use glue::Manner;

/// The draft of a page saved as text.
pub(super) fn read(text: &str) -> Draft {
    if is_markdown(text) {
        return markdown::read(text);
    }
    let (lines, left_out) = lines::lines(text);
    let mut draft = Draft { left_out, ..Draft::default() };
    blocks::read(lines, &mut draft);
    furniture::leave_out(&mut draft);
    title::take(&mut draft);
    levels::clear(&mut draft);
    levels::give(&mut draft);
    levels::settle(&mut draft);
    let manner = Manner::of(&draft.entries);
    lost::infer(&mut draft, manner != Manner::Whole);
    glue::split(&mut draft.entries, manner);
    draft
}

/// A page of Markdown under the name of a text: several lines are headings by their mark, the first of them early on.
/// What teasers have of it stands within lines, or at the end.
fn is_markdown(text: &str) -> bool {
    let is_heading = |line: &str| {
        let text = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.position(is_heading);
    first.is_some_and(|first| first < EARLY)
        && lines.filter(|line| is_heading(line)).nth(FEWEST_HEADINGS - 2).is_some()
}

/// The fewest headings of a page of Markdown, and before which line the first of them stands.
const FEWEST_HEADINGS: usize = 2;
const EARLY: usize = 12;
