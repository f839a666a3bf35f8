//! The query language: text → what was written, as a tree. It never fails: what is odd is taken as text and said.
//!
//! `words`, `"phrases"` (`"site reliability"~2` with up to two other words between), `prefix*`, `-word` and
//! `-"phrase"` after a space, `this OR that`, parentheses, and fields before any of these: `role:`, `section:`,
//! `skill:`, `heading:`, and with a bound `pay:>150000` and `experience:<5`.

use super::bounds::bounds;
use super::node::{Atom, Field, Node, Shape};
use crate::search::response::Warning;

/// How deep parentheses may stand in one another.
const DEEPEST: usize = 8;
/// The most words that may stand between those of a phrase.
const MOST_SLOP: u32 = 50;

/// Reads a question: its parts, all of which are wanted.
pub(super) fn read(question: &str, warnings: &mut Vec<Warning>) -> Vec<Node> {
    let mut reader = Reader { rest: question, depth: 0, too_deep: 0, warnings };
    let nodes = reader.nodes(None);
    if reader.depth > 0 || reader.too_deep > 0 {
        reader
            .warn("unclosed_parenthesis", "a parenthesis is opened and not closed; it was closed at the end");
    }
    nodes
}

struct Reader<'a, 'w> {
    rest: &'a str,
    /// Of the parentheses that are open, and how many of those that are too deep.
    depth: usize,
    too_deep: usize,
    warnings: &'w mut Vec<Warning>,
}

impl<'a> Reader<'a, '_> {
    fn warn(&mut self, code: &'static str, message: impl Into<String>) {
        if !self.warnings.iter().any(|known| known.code == code) {
            self.warnings.push(Warning::new(code, message.into(), "q"));
        }
    }

    /// What stands up to the end or to the parenthesis that closes.
    fn nodes(&mut self, field: Option<Field>) -> Vec<Node> {
        let outside = self.depth;
        let mut nodes: Vec<Node> = Vec::new();
        // Alternatives that are being collected: the last node is one of them where `OR` stood before it.
        let mut joins = false;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return nodes;
            }
            if let Some(rest) = self.rest.strip_prefix(')') {
                self.rest = rest;
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if self.depth > 0 && self.depth == outside {
                    self.depth -= 1;
                    return nodes;
                } else {
                    self.warn(
                        "unopened_parenthesis",
                        "a parenthesis is closed that was not opened; it was left out",
                    );
                }
                continue;
            }
            if let Some(rest) = after_word(self.rest, "OR") {
                // At the beginning, at the end or twice it is a word.
                let goes_on = !rest.trim_start().is_empty() && !rest.trim_start().starts_with(')');
                if !nodes.is_empty() && goes_on && !joins {
                    self.rest = rest;
                    joins = true;
                    continue;
                }
            }
            if let Some(rest) = after_word(self.rest, "AND").filter(|rest| !rest.trim_start().is_empty())
                && !nodes.is_empty()
                && !joins
            {
                self.rest = rest;
                continue;
            }
            let Some(node) = self.node(field) else { continue };
            match nodes.last_mut() {
                Some(Node::Any(either)) if joins => either.push(node),
                Some(last) if joins => {
                    let first = std::mem::replace(last, Node::All(Vec::new()));
                    *last = Node::Any(vec![first, node]);
                }
                _ => nodes.push(node),
            }
            joins = false;
        }
    }

    /// A part with its sign; none where nothing was left of it.
    fn node(&mut self, field: Option<Field>) -> Option<Node> {
        let after_sign = self.rest.strip_prefix('-').filter(|after| {
            after.starts_with(|c: char| matches!(c, '"' | '“' | '”' | '(' | '.') || c.is_alphanumeric())
        });
        if let Some(rest) = after_sign {
            self.rest = rest;
            return self.part(field).map(|node| Node::Not(Box::new(node)));
        }
        self.part(field)
    }

    fn part(&mut self, field: Option<Field>) -> Option<Node> {
        let field = self.field().or(field);
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            if self.depth >= DEEPEST {
                self.too_deep += 1;
                self.warn("too_deep", format!("parentheses stand in one another more than {DEEPEST} deep; the innermost were left out"));
                return None;
            }
            self.depth += 1;
            let mut nodes = self.nodes(field);
            return match nodes.len() {
                0 => None,
                1 => nodes.pop(),
                _ => Some(Node::All(nodes)),
            };
        }
        if let Some(quoted) = self.rest.strip_prefix(is_quote) {
            if let Some(end) = quoted.find(is_quote) {
                let closer = quoted[end..].chars().next().map_or(1, char::len_utf8);
                let text = &quoted[..end];
                self.rest = &quoted[end + closer..];
                let slop = self.slop();
                let shape = match field {
                    Some(field) if field.is_number() => bounds(text),
                    _ => None,
                };
                return Some(atom(text, shape.unwrap_or(Shape::Phrase { slop }), field));
            }
            self.warn(
                "unclosed_quote",
                "a quote is opened and not closed; what follows it was read as words",
            );
            self.rest = quoted;
            return None;
        }
        self.word(field)
    }

    /// A run without spaces. Parentheses that open within it belong to it: `node(js)`.
    fn word(&mut self, field: Option<Field>) -> Option<Node> {
        let mut inner = 0_usize;
        let is_end = |c: char| match c {
            '(' => {
                inner += 1;
                false
            }
            ')' => match inner.checked_sub(1) {
                Some(left) => {
                    inner = left;
                    false
                }
                None => true,
            },
            c => c.is_whitespace() || is_quote(c),
        };
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        // A parenthesis that closes nothing ends a word only where one is open.
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        if text.is_empty() {
            // Nothing but a sign that ends words: it is passed over.
            let skip = self.rest.chars().next().map_or(0, char::len_utf8);
            self.rest = &self.rest[skip..];
            return None;
        }
        if let Some(number) = field.filter(|field| field.is_number()) {
            return Some(match bounds(text) {
                Some(bounds) => atom(text, bounds, field),
                None => {
                    let name = number.name();
                    self.warn(
                        "unknown_value",
                        format!("{name}:{text} has no number that can be compared, such as {name}:>5 or {name}:3-5; it was read as words"),
                    );
                    atom(&format!("{name} {text}"), Shape::Word, None)
                }
            });
        }
        match text.strip_suffix('*').filter(|prefix| prefix.ends_with(char::is_alphanumeric)) {
            Some(prefix) => Some(atom(prefix, Shape::Prefix, field)),
            None => Some(atom(text, Shape::Word, field)),
        }
    }

    /// The field that is named here, with its colon.
    fn field(&mut self) -> Option<Field> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphabetic())?;
        let (name, rest) = self.rest.split_at(end);
        let rest = rest.strip_prefix(':')?;
        let value = rest.starts_with(|c: char| !c.is_whitespace() && c != ':' && c != '/' && c != ')');
        if name.len() < 2 || !value {
            return None;
        }
        let field = Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name));
        if field.is_some() {
            self.rest = rest;
        } else {
            let known = Field::ALL.map(Field::name).join(", ");
            self.warn(
                "unknown_field",
                format!("{name}: is no field and was read as a word; there are {known}"),
            );
        }
        field
    }

    /// `~2` behind a phrase.
    fn slop(&mut self) -> u32 {
        let Some(rest) = self.rest.strip_prefix('~') else { return 0 };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.rest = &rest[digits..];
        rest[..digits].parse().unwrap_or(0).min(MOST_SLOP)
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

fn atom(text: &str, shape: Shape, field: Option<Field>) -> Node {
    Node::Atom(Atom { text: text.to_owned(), shape, field })
}

/// What follows a word that stands here alone.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word)
        .filter(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '('))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As `all(a any(b "c d"~2) not(role:e))`, and the codes of the warnings.
    fn shown(question: &str) -> (String, Vec<&'static str>) {
        fn list(nodes: &[Node]) -> String {
            nodes.iter().map(show).collect::<Vec<_>>().join(" ")
        }
        fn show(node: &Node) -> String {
            match node {
                Node::All(nodes) => format!("all({})", list(nodes)),
                Node::Any(nodes) => format!("any({})", list(nodes)),
                Node::Not(node) => format!("not({})", show(node)),
                Node::Atom(Atom { text, shape, field }) => {
                    let field = field.map_or(String::new(), |field| format!("{}:", field.name()));
                    match shape {
                        Shape::Word => format!("{field}{text}"),
                        Shape::Phrase { slop: 0 } => format!("{field}\"{text}\""),
                        Shape::Phrase { slop } => format!("{field}\"{text}\"~{slop}"),
                        Shape::Prefix => format!("{field}{text}*"),
                        Shape::Topic => unreachable!("nobody writes one"),
                        Shape::Bounds { low, high } => format!("{field}[{low:.0},{high:.0}]"),
                    }
                }
            }
        }
        let mut warnings = Vec::new();
        let nodes = read(question, &mut warnings);
        (list(&nodes), warnings.iter().map(|warning| warning.code).collect())
    }

    #[test]
    fn questions_as_trees() {
        for (question, wanted) in [
            (
                "front-end \"machine learning\" -python -\"on call\"",
                "front-end \"machine learning\" not(python) not(\"on call\")",
            ),
            ("a OR b c", "any(a b) c"),
            ("a OR b OR c", "any(a b c)"),
            ("(a b) OR (c -d)", "any(all(a b) all(c not(d)))"),
            ("kubernetes AND python", "kubernetes python"),
            ("OR a", "OR a"),
            ("a OR", "a OR"),
            ("a or b", "a or b"),
            ("-(a b) c", "not(all(a b)) c"),
            ("\"site reliability\"~2", "\"site reliability\"~2"),
            ("“curly quotes”", "\"curly quotes\""),
            ("kube* C* C++ *", "kube* C* C++ *"),
            (
                "role:nurse skill:\"google cloud\" heading:(pay OR salary)",
                "role:nurse skill:\"google cloud\" any(heading:pay heading:salary)",
            ),
            ("Section:salary", "section:salary"),
            ("pay:>150000 experience:<5", "pay:[150000,inf] experience:[0,5]"),
            ("pay:>=$150k pay:100-150k pay:80k", "pay:[150000,inf] pay:[100000,150000] pay:[80000,80000]"),
            ("-pay:<50,000", "not(pay:[0,50000])"),
            ("node(js) f(x)", "node(js) f(x)"),
            ("CI/CD 10:30 https://x.org ::", "CI/CD 10:30 https://x.org ::"),
            ("say\"this\"", "say \"this\""),
        ] {
            assert_eq!(shown(question), (wanted.to_owned(), vec![]), "{question}");
        }
    }

    #[test]
    fn what_is_odd_is_taken_as_text_and_said() {
        for (question, wanted, code) in [
            ("say \"unclosed here", "say unclosed here", "unclosed_quote"),
            ("a (b c", "a all(b c)", "unclosed_parenthesis"),
            ("a b) c", "a b c", "unopened_parenthesis"),
            ("salary:high", "salary:high", "unknown_field"),
            ("pay:much", "pay much", "unknown_value"),
            ("pay:>5-4", "pay >5-4", "unknown_value"),
            ("((((((((((a))))))))))", "a", "too_deep"),
        ] {
            assert_eq!(shown(question), (wanted.to_owned(), vec![code]), "{question}");
        }
        assert_eq!(shown("((((").0, "");
        assert_eq!(shown("()").0, "");
    }

    proptest! {
        #[test]
        fn it_never_fails(question in "[-a-z \"():*~<>.0-9OR“”é🦀]{0,60}|\\PC{0,40}") {
            let mut warnings = Vec::new();
            read(&question, &mut warnings);
        }
    }
}
