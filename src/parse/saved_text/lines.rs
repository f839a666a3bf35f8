//! The lines of a page as they were before it was saved: wrapped lines are joined, the marks of items taken off, and
//! what tools add of their own (numbers and addresses of links, rules, running headers of printed pages) is left out.

use super::marks::{Mark, mark};
use super::wrap::Wrap;
use crate::text::{collapse, visible_len};
use std::borrow::Cow;
use std::collections::HashMap;

/// The most lines that are looked at one by one; a page that has more is read on as running text.
const MOST_LINES: usize = 60_000;

/// A line as it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Raw<'a> {
    /// Without the white space around it and the mark of an item.
    pub(super) text: &'a str,
    pub(super) mark: Option<Mark>,
    /// How far it is indented, in columns.
    pub(super) indent: usize,
    /// Where it ends, in columns.
    pub(super) width: usize,
    /// A blank line stands before it.
    pub(super) apart: bool,
    /// A line of dashes or the like stands below it.
    pub(super) underlined: bool,
}

/// A heading, a paragraph, an item or a row, whole.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) mark: Option<Mark>,
    pub(super) indent: usize,
    pub(super) apart: bool,
    pub(super) underlined: bool,
}

/// The lines of a page, and how much was left out of it, in code points.
pub(super) fn lines(text: &str) -> (Vec<Line<'_>>, u64) {
    let (text, links) = without_references(text);
    let mut left_out = links.map_or(0, visible_len);
    let mut raw = Vec::new();
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let running = RunningLines::of(&pages);
    for (number, page) in pages.iter().enumerate() {
        left_out += read_page(page, number, &running, &mut raw);
    }
    number_items(&mut raw);
    let wrap = Wrap::of(&raw, text);
    mark_children(&mut raw, &wrap);
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(raw.len());
    let mut before: Option<Raw<'_>> = None;
    for next in raw {
        match (lines.last_mut(), &before) {
            (Some(line), Some(before)) if wrap.continues(line, before, &next) => {
                wrap.join(line.text.to_mut(), next.text);
            }
            // A mark alone on its line belongs to the text below it.
            (Some(line), Some(_)) if line.mark.is_some() && line.text.is_empty() && next.mark.is_none() => {
                line.text = Cow::Borrowed(next.text);
            }
            _ => {
                if lines.last().is_some_and(|line| line.text.is_empty()) {
                    lines.pop();
                }
                lines.push(Line {
                    text: Cow::Borrowed(next.text),
                    mark: next.mark,
                    indent: next.indent,
                    apart: next.apart,
                    underlined: next.underlined,
                });
            }
        }
        before = Some(next);
    }
    lines.retain(|line| !line.text.is_empty());
    if links.is_some() {
        lines.iter_mut().for_each(|line| drop_link_numbers(&mut line.text));
    }
    (lines, left_out)
}

/// Reads the lines of a printed page (of a page that was never printed, all), and how much of it was left out.
fn read_page<'a>(page: &'a str, number: usize, running: &RunningLines, to: &mut Vec<Raw<'a>>) -> u64 {
    let mut left_out = 0;
    let mut apart = true;
    let mut rest = page.trim_end();
    let mut first = true;
    while !rest.is_empty() {
        let line = if to.len() < MOST_LINES {
            let end = rest.find(LINE_ENDS).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest[end..].strip_prefix("\r\n").unwrap_or_else(|| {
                let mut left = rest[end..].chars();
                left.next();
                left.as_str()
            });
            line
        } else {
            std::mem::take(&mut rest)
        };
        let text = line.trim();
        if is_blank(text) {
            apart = true;
        } else if running.is_one(text, number, first, rest.is_empty()) {
            left_out += visible_len(text);
            apart = true;
            first = false;
        } else if is_rule(text) {
            match to.last_mut() {
                Some(above) if !apart && above.mark.is_none() && underlines(text) => {
                    above.underlined = above.apart || text.starts_with('=');
                }
                _ => {}
            }
            apart = apart || !text.contains(['+', '|']);
        } else {
            let indent = indent(line);
            let beside = to
                .last()
                .filter(|above| !apart && above.indent == indent && above.mark == Some(Mark::Bullet));
            let (mark, text) = mark(text, beside.is_some());
            let goes_on = first && number > 0 && goes_on(to.last(), text);
            let width = line.trim_end().chars().count().max(indent);
            to.push(Raw { text, mark, indent, width, apart: apart && !goes_on, underlined: false });
            apart = false;
            first = false;
        }
    }
    left_out
}

const LINE_ENDS: [char; 6] = ['\n', '\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// A sentence that a new page interrupts goes on there.
fn goes_on(above: Option<&Raw<'_>>, text: &str) -> bool {
    text.starts_with(char::is_lowercase)
        && above.is_some_and(|above| !above.text.ends_with(['.', '!', '?', ':', ';']))
}

/// A line of nothing but characters without width is blank to the eye, and so is it here.
fn is_blank(text: &str) -> bool {
    text.is_empty() || (!text.starts_with(|c: char| c.is_ascii_graphic()) && collapse(text).is_empty())
}

/// A line that is drawn, not written.
fn is_rule(text: &str) -> bool {
    let drawn = |c: char| "=-_~*#+|^—–─━═:. ".contains(c);
    text.len() >= 3 && text.chars().all(drawn) && visible_len(text) >= 3 && text != "..."
}

fn underlines(rule: &str) -> bool {
    let first = rule.chars().next();
    first.is_some_and(|first| "=-~^─━═_*".contains(first)) && rule.chars().all(|c| Some(c) == first)
}

/// A number at the margin begins an item of a list, or numbers a heading that has blank lines around it.
fn number_items(lines: &mut [Raw<'_>]) {
    let blocks = blocks(lines);
    let mut next_number: Option<bool> = None; // Has the next numbered line a blank line before it?
    for (number_of_block, &at) in blocks.iter().enumerate().rev() {
        let Some(Mark::Number { number, margin: true }) = lines[at].mark else { continue };
        let above = number_of_block.checked_sub(1).map(|above| &lines[blocks[above]]);
        let apart = lines[at].apart;
        let below = blocks.get(number_of_block + 1).map(|&below| &lines[below]);
        let in_list = !apart && above.is_some_and(|above| above.mark.is_some());
        let list_below = below.is_some_and(|below| !below.apart && below.mark.is_some());
        let loose = |line: Option<&Raw<'_>>, wanted: u32| {
            line.is_some_and(
                |line| matches!(line.mark, Some(Mark::Number { number, .. }) if number == wanted),
            )
        };
        let grouped = list_below && !(apart && next_number != Some(false));
        let dense = list_below && below.is_some_and(|below| matches!(below.mark, Some(Mark::Number { .. })));
        let is_item = in_list
            || grouped
            || dense
            || loose(below, number + 1)
            || (number > 1 && loose(above, number - 1));
        next_number = Some(apart);
        lines[at].mark = Some(Mark::Number { number, margin: !is_item });
    }
}

/// Several lines below a marked one, all indented further and none of them going on with the one above, are its items
/// which lost their bullets.
fn mark_children(lines: &mut [Raw<'_>], wrap: &Wrap<'_>) {
    let mut at = 0;
    while at < lines.len() {
        let parent = &lines[at];
        let children = lines[at..].windows(2).take_while(|pair| {
            let [above, line] = pair else { return false };
            let is_apart = line.apart || line.mark.is_some() || line.indent <= parent.indent;
            let begins = !line.text.starts_with(char::is_lowercase) && !wrap.may_be_full(above, line);
            !is_apart && begins && (above.mark.is_some() || above.indent == line.indent)
        });
        let count = children.count();
        let ends = lines
            .get(at + count + 1)
            .is_none_or(|next| next.apart || next.mark.is_some() || next.indent <= parent.indent);
        if parent.mark.is_some() && ends && count >= FEWEST_CHILDREN {
            lines[at + 1..=at + count].iter_mut().for_each(|line| line.mark = Some(Mark::Bullet));
        }
        at += count.max(1);
    }
}

/// The fewest items below another.
const FEWEST_CHILDREN: usize = 2;

/// Where blocks begin: all lines but those that the text of a marked line surely goes on with, because they are indented
/// further or begin within a sentence.
fn blocks(lines: &[Raw<'_>]) -> Vec<usize> {
    let mut blocks: Vec<usize> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let goes_on = |block: &Raw<'_>| {
            block.mark.is_some() && (line.indent > block.indent || line.text.starts_with(char::is_lowercase))
        };
        let within =
            !line.apart && line.mark.is_none() && blocks.last().is_some_and(|&at| goes_on(&lines[at]));
        if !within {
            blocks.push(at);
        }
    }
    blocks
}

/// Lines at the top and at the foot of printed pages.
struct RunningLines(HashMap<String, usize>);

impl RunningLines {
    fn of(pages: &[&str]) -> Self {
        let mut times = HashMap::new();
        for page in pages.iter().filter(|_| pages.len() > 1) {
            let mut lines = page.lines().map(str::trim).filter(|line| !is_blank(line));
            for line in lines.next().into_iter().chain(lines.next_back()) {
                *times.entry(without_digits(line)).or_default() += 1;
            }
        }
        Self(times)
    }

    /// A title that is repeated on top of every page is the title on the first.
    fn is_one(&self, line: &str, page: usize, first: bool, last: bool) -> bool {
        if self.0.is_empty() || !(first && page > 0 || last) {
            return is_page_number(line) && !self.0.is_empty();
        }
        is_page_number(line) || self.0.get(&without_digits(line)).is_some_and(|&times| times > 1)
    }
}

fn without_digits(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// `3`, `- 3 -`, `Page 3 of 10`, `3/10`.
fn is_page_number(line: &str) -> bool {
    line.len() < 30
        && line.contains(|c: char| c.is_ascii_digit())
        && crate::text::words(line).all(|word| {
            matches!(word.folded.as_ref(), "page" | "of" | "seite" | "von" | "sur" | "pagina" | "de")
                || word.folded.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// The text without the list of links that text browsers put at its end, and that list.
fn without_references(text: &str) -> (&str, Option<&str>) {
    let mut end = text.trim_end().len();
    let (mut links, mut start) = (0, None);
    while end > 0 {
        let at = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = text[at..end].trim();
        if is_reference(line) {
            links += 1;
        } else if links > 0
            && matches!(line.trim_end_matches(':'), "References" | "Visible links" | "Links" | "Hidden links")
        {
            start = Some(at);
        } else if !line.is_empty() {
            break;
        }
        end = at.saturating_sub(1);
    }
    start.map_or((text, None), |start| (&text[..start], Some(&text[start..])))
}

/// `1. https://…`, `[1] https://…`, `[1]: …`.
fn is_reference(line: &str) -> bool {
    let rest = line.trim_start_matches('[');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let target = rest[digits..].trim_start_matches([']', '.', ':', ')']).trim_start();
    digits > 0
        && !target.contains(' ')
        && (target.contains("://") || target.starts_with("mailto:") || target.starts_with('/'))
}

/// Drops `[12]` as text browsers number links.
fn drop_link_numbers(text: &mut Cow<'_, str>) {
    if !text.contains('[') {
        return;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(open) = rest.find('[') {
        kept.push_str(&rest[..open]);
        let digits = rest[open + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let close = open + 1 + digits;
        if digits > 0 && rest[close..].starts_with(']') {
            rest = &rest[close + 1..];
        } else {
            kept.push('[');
            rest = &rest[open + 1..];
        }
    }
    kept.push_str(rest);
    *text = Cow::Owned(kept);
}
