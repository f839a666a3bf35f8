//! Running text → blocks: paragraphs, the items of lists, and what was written as lines.

use super::headings::is_section;
use super::*;

/// What a line begins with that was written as an item of a list.
const BULLETS: [char; 14] = ['-', '*', '–', '•', '·', '▪', '◦', '‣', '●', '■', '►', '➢', '✓', '✔'];
/// Of these, what also begins a note, or says who is quoted, where it stands alone.
const AMBIGUOUS: [char; 2] = ['*', '–'];

/// The most lines of a text that are read as a list; more are no list that people wrote.
const MOST_LINES: usize = 10_000;

impl<'a> Walker<'a, '_> {
    /// A piece of text as it stands in the page. Its own line breaks are spaces, unless the lines are a list.
    pub(super) fn piece(&mut self, piece: &str) {
        let is_item = |line: &str| bullet(line.trim_start()).is_some_and(|bullet| bullet.number.is_none());
        let mut items = piece.lines().take(MOST_LINES).filter(|line| is_item(line));
        if piece.contains('\n') && items.nth(1).is_some() && piece.lines().nth(MOST_LINES).is_none() {
            for line in piece.split_inclusive('\n') {
                if is_item(line) && !self.inline.is_empty() {
                    self.line_break();
                }
                push_collapsed(&mut self.inline, line);
            }
        } else {
            push_collapsed(&mut self.inline, piece);
        }
    }

    /// Ends a line of the inline text. More than two ends say no more than two, so that spaces never grow long and
    /// whether there is any text is seen at once.
    pub(super) fn line_break(&mut self) {
        self.inline.truncate(self.inline.trim_end_matches(' ').len());
        if !self.inline.ends_with("\n\n") {
            self.inline.push('\n');
        }
    }

    pub(super) fn list(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        self.flush();
        self.introduced();
        let (depth, counted) = (self.lists, self.counted);
        self.lists = self.lists.saturating_add(1);
        if depth > 0 {
            self.counted = 0;
        }
        let mut numbers = Numbers::of(node, element);
        for child in node.children() {
            let Node::Element(element) = child.value() else {
                self.node(child);
                continue;
            };
            if element.name() != "li" {
                self.element(child, element);
                continue;
            }
            if let Some(numbers) = &mut numbers {
                let number = numbers.next(element);
                let told = self.is_next(number) || number == 1 && numbers.step == 1;
                self.number = (!told).then(|| numbers.written(number));
                self.counted = number;
            }
            if boilerplate(element, self.within_main).is_some()
                || is_hidden(element) && !is_panel(child, element)
            {
                continue;
            }
            self.flush();
            self.kind = BlockKind::Item { depth, ordered: numbers.is_some() };
            if facts::is_fact(child) {
                self.fact(child);
            } else {
                self.children(child);
            }
            self.flush();
            self.kind = BlockKind::Paragraph;
            self.number = None;
        }
        self.flush();
        self.lists = depth;
        if depth > 0 {
            self.counted = counted;
        }
    }

    /// Whether a number goes on with the counting.
    fn is_next(&self, number: u32) -> bool {
        number.checked_sub(1) == Some(self.counted)
    }

    /// A paragraph that names a section, right above a list, heads it; unless it says what the heading above said.
    fn introduced(&mut self) {
        let kind = |text: &str| section_kind(text, None).map(|(kind, _)| kind);
        let Some((Entry::Text { kind: BlockKind::Paragraph, text, link: None }, before)) =
            self.draft.entries.split_last()
        else {
            return;
        };
        let above = || {
            before.iter().rev().find_map(|entry| match entry {
                Entry::Heading(heading) => Some(kind(&heading.text)),
                _ => None,
            })
        };
        if is_section(text) && above() != Some(kind(text)) {
            let heading = text.trim_end_matches([':', ' ']).to_owned();
            self.draft.entries.pop();
            self.draft.entries.push(Entry::heading((self.level + 1).min(6), heading));
        }
    }

    pub(super) fn preformatted(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let text = ElementRef::wrap(node).map(plain_text).unwrap_or_default();
        self.push(Entry::Text { kind: BlockKind::Code, text, link: None });
    }

    /// Ends the inline text: a block, or several where the page wrote paragraphs and items as lines.
    pub(super) fn flush(&mut self) {
        let mut inline = std::mem::take(&mut self.inline);
        self.end(&mut inline);
        // The next block is written where this one was.
        inline.clear();
        self.inline = inline;
    }

    fn end(&mut self, inline: &mut String) {
        let mut link = self.link.take();
        if inline.chars().all(|c| c.is_whitespace() || text::is_pictogram(c)) {
            return; // An icon, or the joiner with which some editors keep an empty paragraph open.
        }
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        if link.as_ref().is_some_and(|link| link.len == inline.trim().len()) && is_call(inline.trim()) {
            return; // "Apply now" is a control, whatever element it is.
        }
        if kind == BlockKind::Paragraph && is_the_sites(inline.trim()) {
            return;
        }
        if let Some(number) = self.number.take() {
            inline.insert_str(0, &number);
            link.iter_mut().for_each(|link| link.len += number.len());
        }
        let inline = inline.as_str();
        let lines = || inline.split('\n').map(str::trim).filter(|line| !line.is_empty());
        if !inline.contains('\n') {
            self.line(kind, inline.trim(), link, true);
        } else if lines().any(|line| bullet(line).is_some())
            || self.weights.is_bare() && lines().any(is_section)
        {
            lines().for_each(|line| self.line(kind.clone(), line, None, false));
        } else {
            for paragraph in inline.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
                self.line(kind.clone(), &text::collapse(paragraph), link.take(), true);
            }
        }
    }

    /// A line of text: a paragraph, or what was written as an item or, where the page marks no headings, as one.
    fn line(&mut self, kind: BlockKind, line: &str, link: Option<Link>, alone: bool) {
        self.anchor = None;
        if kind == BlockKind::Paragraph || !alone {
            let is_item = |bullet: &Bullet<'_>| {
                let counts = |number| number == 1 || self.is_next(number);
                !alone
                    || !bullet.sign.is_some_and(|sign| AMBIGUOUS.contains(&sign))
                        && bullet.number.is_none_or(counts)
            };
            if let Some(bullet) = bullet(line).filter(is_item) {
                let told = bullet.number.is_none_or(|number| number == 1 || self.is_next(number));
                let text = if told { bullet.item } else { line };
                self.counted = bullet.number.unwrap_or(self.counted);
                let kind = BlockKind::Item { depth: self.lists, ordered: bullet.number.is_some() };
                return self.push(Entry::Text { kind, text: text.to_owned(), link: None });
            }
            if self.weights.is_bare() && link.is_none() && self.skipping.is_none() && is_section(line) {
                self.counted = 0;
                return self.draft.entries.push(Entry::heading(2, line));
            }
        }
        self.push(Entry::Text { kind, text: line.to_owned(), link });
    }

    /// Adds text, unless it stands below a heading of the site's own.
    pub(super) fn push(&mut self, entry: Entry) {
        if self.skipping.is_none() {
            self.draft.entries.push(entry);
        }
    }
}

/// Whether a box holds nothing but several spans, each of a word or more: the looks keep them apart, not a space.
pub(super) fn are_apart(node: NodeRef<'_, Node>) -> bool {
    let mut count = 0;
    let spans = node.children().all(|child| match child.value() {
        Node::Element(element) if element.name() == "span" => {
            count += 1;
            child
                .descendants()
                .filter_map(|node| node.value().as_text())
                .any(|text| text.trim().chars().nth(1).is_some())
        }
        Node::Text(text) => text.trim().is_empty(),
        Node::Comment(_) => true,
        _ => false,
    });
    spans && count > 1
}

/// A line that was written as an item.
struct Bullet<'t> {
    item: &'t str,
    sign: Option<char>,
    number: Option<u32>,
}

/// The item of a line that was written as one.
fn bullet(line: &str) -> Option<Bullet<'_>> {
    let first = line.chars().next()?;
    if BULLETS.contains(&first) {
        let item = line[first.len_utf8()..].strip_prefix(' ')?.trim_start();
        return (!item.is_empty()).then_some(Bullet { item, sign: Some(first), number: None });
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let item = line[digits..].strip_prefix(". ").or_else(|| line[digits..].strip_prefix(") "))?;
    let number = line[..digits].parse().ok().filter(|_| digits <= 2);
    number.map(|number| Bullet { item: item.trim_start(), sign: None, number: Some(number) })
}

/// The numbers of an ordered list's items.
struct Numbers<'a> {
    next: u32,
    step: i32,
    /// `a`, `A`, `i`, `I`; else digits.
    style: Option<&'a str>,
}

impl<'a> Numbers<'a> {
    fn of(list: NodeRef<'a, Node>, element: &'a Element) -> Option<Self> {
        if element.name() != "ol" {
            return None;
        }
        let start = element.attribute("start").and_then(|start| start.trim().parse().ok());
        let reversed = element.attribute("reversed").is_some();
        let items =
            || list.children().filter(|child| child.value().as_element().is_some_and(|e| e.name() == "li"));
        let first = if reversed { u32::try_from(items().count()).unwrap_or(1) } else { 1 };
        let step = if reversed { -1 } else { 1 };
        Some(Self { next: start.unwrap_or(first), step, style: element.attribute("type") })
    }

    fn next(&mut self, item: &Element) -> u32 {
        let number = item.attribute("value").and_then(|value| value.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add_signed(self.step);
        number
    }

    /// A number as the page shows it before its item.
    fn written(&self, number: u32) -> String {
        let letter = |first: u8| {
            let letter = number.checked_sub(1).and_then(|at| u8::try_from(at).ok()).filter(|at| *at < 26);
            letter.map(|at| char::from(first + at).to_string())
        };
        let sign = match self.style {
            Some("a") => letter(b'a'),
            Some("A") => letter(b'A'),
            Some("i") => roman(number),
            Some("I") => roman(number).map(|roman| roman.to_uppercase()),
            _ => None,
        };
        format!("{}. ", sign.unwrap_or_else(|| number.to_string()))
    }
}

/// A small number in Roman digits.
fn roman(mut number: u32) -> Option<String> {
    const DIGITS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut roman = String::new();
    if number == 0 || number >= 400 {
        return None;
    }
    for (value, digit) in DIGITS {
        while number >= value {
            roman.push_str(digit);
            number -= value;
        }
    }
    Some(roman)
}
