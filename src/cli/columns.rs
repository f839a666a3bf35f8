//! Columns side by side on a terminal: texts wrapped within theirs, and below each other where there is no room.

use super::style::{FAINT, STRONG, plain, styled};
use anstyle::Style;
use unicode_normalization::char::is_combining_mark;

/// How wide an answer is at most, and where nobody says how wide the terminal is.
const WIDEST: usize = 120;
const USUAL: usize = 100;
/// A narrower column is no column any more.
const NARROWEST: usize = 26;
/// Between columns.
const GAP: usize = 2;
/// How far what is folded below stands in.
const INDENT: usize = 4;

/// Texts below each other, each in a style.
pub(super) type Cell = Vec<(Style, String)>;

/// A table whose first column has names.
pub(super) struct Columns {
    /// How wide the first column is.
    names: usize,
    /// What the others are called, where they are several.
    heads: Vec<String>,
    /// How wide each of the others is; none where they are folded.
    column: Option<usize>,
    width: usize,
    text: String,
}

/// How wide the terminal is: as `COLUMNS` says, else as the terminal does.
pub(super) fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(terminal).unwrap_or(USUAL).clamp(NARROWEST, WIDEST)
}

impl Columns {
    /// A table with this many columns behind the names; their heads are shown where they are folded.
    pub(super) fn new(width: usize, names: usize, heads: Vec<String>) -> Self {
        let columns = heads.len().max(1);
        let room = width.saturating_sub(names) / columns;
        let column = room.checked_sub(GAP).filter(|column| *column >= NARROWEST);
        Self { names, heads, column, width, text: String::new() }
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A title above what follows.
    pub(super) fn title(&mut self, title: &str) {
        self.gap();
        self.line(STRONG, title);
    }

    /// A text over the whole width.
    pub(super) fn line(&mut self, style: Style, text: &str) {
        for line in wrapped(text, self.width) {
            self.text += &format!("{}\n", styled(style, &line));
        }
    }

    /// The heads of the columns, where there are columns.
    pub(super) fn heads(&mut self) {
        if self.column.is_some() {
            let heads = self.heads.iter().map(|head| vec![(STRONG, head.clone())]).collect();
            self.row("", heads);
        }
    }

    /// A row: a name, and a cell for each column.
    pub(super) fn row(&mut self, name: &str, cells: Vec<Cell>) {
        match self.column {
            Some(column) => self.side_by_side(name, &cells, column),
            None => self.folded(name, cells),
        }
    }

    fn side_by_side(&mut self, name: &str, cells: &[Cell], column: usize) {
        let names = wrapped(name, self.names);
        let cells: Vec<Vec<(Style, String)>> = cells.iter().map(|cell| lines(cell, column)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(names.len());
        for line in 0..height {
            let name = names.get(line).map_or("", String::as_str);
            let mut padding = self.names.saturating_sub(columns_of(name));
            let mut text = plain(name);
            for cell in &cells {
                let (style, part) = cell.get(line).map_or((Style::new(), ""), |(style, part)| (*style, part));
                if !part.is_empty() {
                    text += &" ".repeat(padding + GAP);
                    text += &styled(style, part);
                    padding = 0;
                } else {
                    padding += GAP;
                }
                padding += column - columns_of(part).min(column);
            }
            self.text += text.trim_end();
            self.text.push('\n');
        }
    }

    fn folded(&mut self, name: &str, cells: Vec<Cell>) {
        let several = cells.len() > 1;
        for line in wrapped(name, self.width) {
            self.text += &format!("{}\n", plain(&line));
        }
        for (cell, head) in cells.iter().zip(&self.heads).filter(|(cell, _)| !cell.is_empty()) {
            let mut cell = cell.clone();
            if several {
                cell[0].1 = format!("{head}: {}", cell[0].1);
            }
            let indents = std::iter::once(INDENT).chain(std::iter::repeat(INDENT + GAP));
            for ((style, line), indent) in lines(&cell, self.width - INDENT - GAP).into_iter().zip(indents) {
                self.text += &format!("{:indent$}{}\n", "", styled(style, &line));
            }
        }
    }

    /// A text over the whole width, behind its name.
    pub(super) fn wide(&mut self, name: &str, text: &str) {
        let indent = (self.names + GAP).min(self.width / 3);
        for (at, line) in wrapped(text, self.width - indent).into_iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            let padding = " ".repeat(indent.saturating_sub(columns_of(name)).max(1));
            self.text += &format!("{}{padding}{}\n", styled(FAINT, name), plain(&line));
        }
    }

    /// What was written.
    pub(super) fn text(self) -> String {
        self.text
    }
}

fn lines(cell: &Cell, width: usize) -> Vec<(Style, String)> {
    let of_text = |(style, text): &(Style, String)| {
        let style = *style;
        wrapped(text, width).into_iter().map(move |line| (style, line))
    };
    cell.iter().flat_map(of_text).collect()
}

/// Keeps two words together.
pub(super) const TIE: char = '\u{a0}';

/// A text in lines of at most so many columns, broken between words; a longer word is broken, too.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(|c: char| c.is_whitespace() && c != TIE).filter(|word| !word.is_empty()) {
        let length = columns_of(word);
        if used > 0 && used + 1 + length <= width {
            line.push(' ');
            line.extend(word.chars().map(untied));
            used += 1 + length;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for c in word.chars() {
            let wide = columns_of_char(c);
            if used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(untied(c));
            used += wide;
        }
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}

fn untied(c: char) -> char {
    if c == TIE { ' ' } else { c }
}

/// How many columns a text takes.
fn columns_of(text: &str) -> usize {
    text.chars().map(columns_of_char).sum()
}

/// East Asian characters and pictures take two, marks and joiners none (Unicode, Standard Annex 11, in its main lines).
fn columns_of_char(c: char) -> usize {
    match u32::from(c) {
        0x200B..=0x200D | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ if is_combining_mark(c) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_wrapped_between_words_and_long_words_within() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("corpus~cloud~x.html a", 6), ["corpus", "~cloud", "~x.htm", "l a"]);
        assert_eq!(wrapped("数据 工程", 4), ["数据", "工程"]);
        assert_eq!(wrapped("one ●\u{a0}two", 6), ["one", "● two"]);
        assert_eq!(wrapped("  ", 4), [""; 0]);
    }

    fn table(width: usize) -> String {
        let mut columns = Columns::new(width, 10, vec!["First".to_owned(), "Second".to_owned()]);
        columns.heads();
        let cell = |text: &str| vec![(Style::new(), text.to_owned())];
        columns.row("pay", vec![cell("a lot"), cell("as much as the others pay, or a little more")]);
        columns.row("none", vec![Vec::new(), cell("some")]);
        columns.text()
    }

    #[test]
    fn columns_stand_side_by_side_where_there_is_room() {
        let wide = anstream::adapter::strip_str(&table(80)).to_string();
        let wanted = "            First                              Second\n\
                      pay         a lot                              as much as the others pay, or a\n                                               \
                      little more\n\
                      none                                           some\n";
        assert_eq!(wide, wanted);
        let narrow = anstream::adapter::strip_str(&table(40)).to_string();
        let wanted = "pay\n    First: a lot\n    Second: as much as the others pay,\n      or a little more\n\
                      none\n    Second: some\n";
        assert_eq!(narrow, wanted);
    }
}
