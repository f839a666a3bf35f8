//! Definition lists, tables and their likes made of boxes: rows that keep what stands beside what.

use super::*;

/// The longest definition that is a fact beside its term, in bytes.
const LONGEST_FACT: usize = 100;
/// The longest term of a fact made of boxes, in bytes.
const LONGEST_TERM: usize = 40;
/// The most rows or columns that a cell may span.
const MOST_SPANNED: usize = 1_000;
/// The most cells of a page that are read once more because they span rows or columns.
pub(super) const MOST_REPEATED: usize = 20_000;

/// Terms, and what is said of them.
#[derive(Default)]
struct Group<'a> {
    terms: Vec<ElementRef<'a>>,
    definitions: Vec<ElementRef<'a>>,
}

impl<'a> Walker<'a, '_> {
    /// A definition list holds sections (terms are headings) or facts (a row each).
    pub(super) fn definitions(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let mut groups = Vec::new();
        collect(node, &mut groups);
        let terms_of = |group: &Group<'_>| group.terms.iter().map(|term| plain_text(*term)).collect();
        let terms: Vec<Vec<String>> = groups.iter().map(terms_of).collect();
        let heads = groups.iter().zip(&terms).any(|(group, terms)| group.heads(terms));
        for (group, terms) in groups.into_iter().zip(terms) {
            let terms = terms.join(", ");
            if heads {
                if let Some(term) = group.terms.first() {
                    self.push_heading(**term, self.level + 1, terms, term.value().id().map(str::to_owned));
                }
                for definition in group.definitions {
                    self.children(*definition);
                    self.flush();
                }
            } else {
                let said = group.definitions.iter().map(|definition| plain_text(*definition));
                let cells: Vec<String> =
                    std::iter::once(terms).chain(said).filter(|cell| !cell.is_empty()).collect();
                self.push(Entry::row(false, &cells));
            }
        }
    }

    pub(super) fn table(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let inside =
            || node.descendants().skip(1).filter_map(|node| node.value().as_element()).map(Element::name);
        if inside().any(|name| name == "table" || is_heading(name) || matches!(name, "ul" | "ol" | "p")) {
            // A table for layout, or cells with structure of their own.
            if !inside().any(|name| name == "th") || inside().any(|name| name == "table" || is_heading(name))
            {
                return self.children(node);
            }
        }
        let mut spanning = Spanning::default();
        let mut above: Option<Row> = None;
        let mut first = true;
        for row in node.descendants().filter_map(ElementRef::wrap) {
            if row.value().name() == "caption" {
                self.push(Entry::paragraph(plain_text(row)));
            }
            if row.value().name() != "tr" {
                continue;
            }
            let mut row = spanning.complete(row, first, &mut self.repeatable);
            if row.cells.iter().all(String::is_empty) {
                continue;
            }
            first = false;
            if let Some(above) = above.take() {
                match above.heads_columns_of(&row) {
                    true => row.put_below(&above),
                    false => self.push(Entry::row(above.header, &above.cells)),
                }
            }
            if row.header && row.spans_columns {
                above = Some(row);
            } else {
                self.push(Entry::row(row.header, &row.cells));
            }
        }
        if let Some(row) = above {
            self.push(Entry::row(row.header, &row.cells));
        }
    }

    /// A box of a term and what is said of it, one of several.
    pub(super) fn fact(&mut self, node: NodeRef<'a, Node>) {
        self.flush();
        let cells: Vec<String> = node.children().filter_map(ElementRef::wrap).map(plain_text).collect();
        self.push(Entry::row(false, &cells));
    }
}

impl Group<'_> {
    /// Whether the term heads what is said of it, as a section's heading does.
    fn heads(&self, terms: &[String]) -> bool {
        let asks = terms.iter().any(|term| term.ends_with('?'));
        let names_section = terms.iter().any(|term| headings::is_section(term));
        self.definitions.iter().any(|definition| {
            let inside = || {
                definition
                    .descendants()
                    .skip(1)
                    .filter_map(|node| node.value().as_element())
                    .map(Element::name)
            };
            // Of definition lists in one another each is seen to hold one at its first.
            inside().any(|name| matches!(name, "ul" | "ol" | "dl" | "table"))
                || inside().filter(|name| *name == "p").nth(1).is_some()
                || (names_section || inside().any(|name| name == "p"))
                    && plain_text(*definition).len() > LONGEST_FACT
        }) || asks && !self.definitions.is_empty()
    }
}

/// The terms and definitions of a list, not those of lists within, however they are wrapped.
fn collect<'a>(node: NodeRef<'a, Node>, groups: &mut Vec<Group<'a>>) {
    for child in node.children().filter_map(ElementRef::wrap) {
        match child.value().name() {
            "dt" => {
                if groups.last().is_none_or(|group| !group.definitions.is_empty()) {
                    groups.push(Group::default());
                }
                groups.iter_mut().last().into_iter().for_each(|group| group.terms.push(child));
            }
            "dd" => {
                if groups.is_empty() {
                    groups.push(Group::default());
                }
                groups.iter_mut().last().into_iter().for_each(|group| group.definitions.push(child));
            }
            _ => collect(*child, groups),
        }
    }
}

/// A row with a cell for every column that it has a say on.
struct Row {
    header: bool,
    cells: Vec<String>,
    /// One of its cells, but not the only one, stands over several columns.
    spans_columns: bool,
}

impl Row {
    /// Whether this row names groups of columns, and the next one the columns in them.
    fn heads_columns_of(&self, next: &Self) -> bool {
        next.header && next.cells.len() == self.cells.len()
    }

    /// "Salary" above "From" and "To" is "Salary From" and "Salary To".
    fn put_below(&mut self, above: &Self) {
        for (cell, group) in self.cells.iter_mut().zip(&above.cells) {
            if cell.is_empty() {
                cell.clone_from(group);
            } else if cell != group && !group.is_empty() {
                *cell = format!("{group} {cell}");
            }
        }
    }
}

/// Cells that reach into the rows below, by column: how many rows, and their text.
#[derive(Default)]
struct Spanning(Vec<(usize, String)>);

impl Spanning {
    /// A row with the cells that reach into it from above, and those that stand over several columns in each of them;
    /// `repeatable` is how many cells may still be read once more.
    fn complete(&mut self, row: ElementRef<'_>, first: bool, repeatable: &mut usize) -> Row {
        let own: Vec<ElementRef<'_>> = row
            .children()
            .filter_map(ElementRef::wrap)
            .filter(|cell| matches!(cell.value().name(), "td" | "th"))
            .collect();
        let is_header = |cell: &ElementRef<'_>| cell.value().name() == "th";
        let header = own.iter().any(is_header) && own.iter().all(|cell| is_header(cell) || !has_text(**cell))
            || first && own.len() > 1 && own.iter().all(|cell| bold_heading(**cell).is_some());
        let mut cells = Vec::with_capacity(own.len());
        let mut spans_columns = false;
        for cell in &own {
            self.take(&mut cells, repeatable);
            let text = plain_text(*cell);
            let span = |name| {
                let span = cell.value().attribute(name).and_then(|span| span.trim().parse::<usize>().ok());
                span.filter(|_| text.len() <= LONGEST_FACT).unwrap_or(1).clamp(1, MOST_SPANNED)
            };
            // A cell alone in its row is a title over all columns, not one of each.
            let columns = if own.len() > 1 { span("colspan").min(*repeatable + 1) } else { 1 };
            *repeatable -= columns - 1;
            spans_columns |= columns > 1;
            let below = span("rowspan") - 1;
            for _ in 0..columns {
                if below > 0 {
                    self.0.resize(self.0.len().max(cells.len() + 1), (0, String::new()));
                    self.0[cells.len()] = (below, text.clone());
                }
                cells.push(text.clone());
            }
        }
        self.take(&mut cells, repeatable);
        Row { header, cells, spans_columns }
    }

    /// Adds the cells that reach into the row at its next column and right beside that.
    fn take(&mut self, cells: &mut Vec<String>, repeatable: &mut usize) {
        while let Some((rows, text)) =
            self.0.get_mut(cells.len()).filter(|(rows, _)| *rows > 0 && *repeatable > 0)
        {
            *rows -= 1;
            *repeatable -= 1;
            cells.push(text.clone());
        }
    }
}

/// Whether a box is a term and what is said of it, and stands beside others of that sort.
pub(super) fn is_fact(node: NodeRef<'_, Node>) -> bool {
    let beside = |mut nodes: Box<dyn Iterator<Item = NodeRef<'_, Node>> + '_>| {
        nodes.find(|node| node.value().is_element()).is_some_and(is_pair)
    };
    is_pair(node) && (beside(Box::new(node.next_siblings())) || beside(Box::new(node.prev_siblings())))
}

/// Two short texts and nothing else.
fn is_pair(node: NodeRef<'_, Node>) -> bool {
    let mut parts = [None, None];
    let mut count = 0;
    for child in node.children() {
        match child.value() {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Comment(_) => {}
            Node::Element(element)
                if count < 2 && matches!(element.name(), "div" | "span" | "strong" | "b" | "small") =>
            {
                parts[count] = Some(child);
                count += 1;
            }
            _ => return false,
        }
    }
    let is_short = |part: Option<NodeRef<'_, Node>>, shortest: usize, longest: usize| {
        part.and_then(ElementRef::wrap).is_some_and(|part| {
            let plain = part.descendants().skip(1).filter_map(|node| node.value().as_element());
            let len = if plain.clone().all(|e| !is_block(e.name()) && e.name() != "a") {
                plain_text(part).len()
            } else {
                0
            };
            (shortest..=longest).contains(&len)
        })
    };
    let heads = || match parts.map(|part| part.and_then(ElementRef::wrap)) {
        [Some(title), Some(text)] => {
            headings::is_named_title(title.value()) && is_sentence(&plain_text(text))
        }
        _ => false,
    };
    let asks = || parts[0].and_then(ElementRef::wrap).is_some_and(|part| plain_text(part).ends_with('?'));
    count == 2
        && is_short(parts[0], 2, LONGEST_TERM)
        && is_short(parts[1], 1, LONGEST_FACT)
        && !asks()
        && !heads()
}

/// Whether a text is told rather than stated: "Leads the work of others.", not "4 years".
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!']) && text.split(' ').nth(2).is_some()
}
