//! Facet values as their columns have them: a value carries its label, and a skill its kind too, so that neither an answer nor
//! a section needs them from elsewhere. The id, which is nearly always made of the label, is written only where it is not.

use crate::model::Label;
use crate::text::slug;
use std::borrow::Cow;

/// Stands before the label, and before the kind.
const LABEL: char = '\u{1f}';

/// The id and the label as one text.
pub(super) fn written(Label { id, label }: &Label) -> String {
    let id = if !label.is_empty() && slug(label) == *id { "" } else { id };
    format!("{id}{LABEL}{label}")
}

/// The same with a kind.
pub(super) fn written_with_kind(label: &Label, kind: &str) -> String {
    format!("{}{LABEL}{kind}", written(label))
}

/// A value as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub(super) id: Cow<'a, str>,
    /// Empty where there is none.
    pub(super) label: &'a str,
    pub(super) kind: &'a str,
}

impl<'a> Value<'a> {
    /// Reads what was written; a text without a label is an id.
    pub(super) fn of(text: &'a str) -> Self {
        let (id, rest) = text.split_once(LABEL).unwrap_or((text, ""));
        let (label, kind) = rest.split_once(LABEL).unwrap_or((rest, ""));
        let id = if id.is_empty() && !label.is_empty() { slug(label).into() } else { id.into() };
        Self { id, label, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_whatever_its_id() {
        let values =
            [("c-sharp", "C#"), ("csharp", "C#"), ("pages", ""), ("en", "English"), ("", ""), ("none", " ")];
        for (id, label) in values {
            let of = Label { id: id.to_owned(), label: label.to_owned() };
            let (bare, with_kind) = (written(&of), written_with_kind(&of, "tool"));
            assert_eq!(Value::of(&bare), Value { id: id.into(), label, kind: "" });
            assert_eq!(Value::of(&with_kind), Value { id: id.into(), label, kind: "tool" });
        }
        assert_eq!(
            written(&Label { id: "data-engineer".into(), label: "Data Engineer".into() }),
            "\u{1f}Data Engineer"
        );
        assert_eq!(Value::of("pages~a.html").id, "pages~a.html");
    }
}
