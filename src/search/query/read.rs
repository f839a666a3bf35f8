//! What was written → wants, and what is made of them.

use super::node::{Atom, Node};
use super::{Expr, Field, Form, Query, Shape, Want};
use crate::index::Analyzer;
use crate::model::section_kind;
use crate::search::response::Warning;
use crate::text::{slug, words};

/// Turns what was written into wants and what is made of them.
pub(super) struct Reader<'a> {
    pub(super) query: &'a mut Query,
    pub(super) analyzers: &'a [Analyzer],
}

impl Reader<'_> {
    /// A part with its text; none where nothing of it can be looked for.
    pub(super) fn part(&mut self, node: &Node, plain: bool) -> Option<(String, Expr)> {
        let list = |reader: &mut Self, nodes: &[Node], between: &str| {
            let parts: Vec<(String, Expr)> =
                nodes.iter().filter_map(|node| reader.part(node, false)).collect();
            let (texts, exprs): (Vec<String>, Vec<Expr>) = parts.into_iter().unzip();
            (texts.join(between), exprs)
        };
        let (text, mut exprs, any) = match node {
            Node::Atom(atom) => return self.atom(atom, plain),
            Node::Not(node) => {
                let (text, expr) = self.part(node, false)?;
                return Some((format!("-{text}"), Expr::Not(Box::new(expr))));
            }
            Node::All(nodes) => {
                let (text, exprs) = list(self, nodes, " ");
                (format!("({text})"), exprs, false)
            }
            Node::Any(nodes) => {
                let (text, exprs) = list(self, nodes, " OR ");
                (text, exprs, true)
            }
        };
        match exprs.len() {
            0 => None,
            1 => exprs.pop().map(|expr| (text, expr)),
            _ if any => Some((text, Expr::Any(exprs))),
            _ => Some((text, Expr::All(exprs))),
        }
    }

    fn atom(&mut self, atom: &Atom, plain: bool) -> Option<(String, Expr)> {
        let Atom { text: written, shape, field } = atom;
        let text = match shape {
            Shape::Phrase { slop: 0 } => format!("\"{written}\""),
            Shape::Phrase { slop } => format!("\"{written}\"~{slop}"),
            Shape::Prefix => format!("{written}*"),
            Shape::Word | Shape::Bounds { .. } | Shape::Topic => written.clone(),
        };
        let text = match (shape, field) {
            (Shape::Bounds { low, high }, Some(field)) => bounds_as_text(*field, *low, *high),
            (_, Some(field)) => format!("{}:{text}", field.name()),
            _ => text,
        };
        let folded: Vec<String> = words(written).map(|word| word.folded.into_owned()).collect();
        if folded.is_empty() && !matches!(shape, Shape::Bounds { .. }) {
            if !written.trim().is_empty() {
                let message = format!("{written:?} has no letter or digit and was left out");
                self.query.warnings.push(Warning::new("ignored_text", message, "q"));
            }
            return None;
        }
        let by_terms = !matches!(field, Some(Field::Section | Field::Skill | Field::Pay | Field::Experience));
        let form = |&analyzer: &Analyzer| Form {
            analyzer,
            terms: match shape {
                Shape::Prefix => folded.clone(),
                _ => analyzer.terms(written).map(|(_, term)| term).collect(),
            },
        };
        let forms = if by_terms { self.analyzers.iter().map(form).collect() } else { Vec::new() };
        // Several words with a star are a phrase whose last word is open: too rare to be worth a phrase of prefixes.
        let shape = if *shape == Shape::Prefix && folded.len() > 1 { Shape::Word } else { *shape };
        let kinds = if *field == Some(Field::Section) { kinds(written) } else { Vec::new() };
        let want =
            Want { text: text.clone(), field: *field, forms, kinds, plain, folded, ..Want::nothing(shape) };
        let known = self.query.wants.iter().position(|known| known.is_the_same_as(&want));
        let bit = known.unwrap_or_else(|| {
            self.query.wants.push(want);
            self.query.wants.len() - 1
        });
        Some((text, Expr::Want(bit)))
    }
}

/// The ids that a kind of section may have that is called so.
fn kinds(text: &str) -> Vec<String> {
    let mut kinds = vec![slug(text)];
    kinds.extend(section_kind(text, None).map(|(kind, _)| kind.id.to_owned()).filter(|id| *id != kinds[0]));
    kinds
}

/// "pay:>150000"
fn bounds_as_text(field: Field, low: f64, high: f64) -> String {
    let name = field.name();
    if low == high {
        format!("{name}:{low}")
    } else if high.is_infinite() {
        format!("{name}:>={}", low.ceil())
    } else if low == 0.0 {
        format!("{name}:<={high:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{name}:{low}-{high}")
    }
}
