//! What of a question is looked for: a word, a phrase or a bound, in each language and by each of its names.

use super::node::{Field, Shape};
use crate::index::Analyzer;
use crate::search::response::HighlightKind;

/// A word, phrase or bound of the question.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::search) struct Want {
    /// As it stands in the question.
    pub(in crate::search) text: String,
    pub(in crate::search) shape: Shape,
    pub(in crate::search) field: Option<Field>,
    /// Its terms in each language, but for those in which it is a stop word.
    pub(in crate::search) forms: Vec<Form>,
    /// The skills that the word is a name of, alone or with its neighbours.
    pub(in crate::search) skills: Vec<NamedSkill>,
    /// Other names of the same: they are found as it is.
    pub(in crate::search) others: Vec<Other>,
    /// Terms of words that are near to it, and how much they count: they raise what is found and find nothing.
    pub(in crate::search) hints: Vec<(Analyzer, String, f32)>,
    /// The ids of the kinds of section that it names, where it is looked for among them.
    pub(in crate::search) kinds: Vec<String>,
    /// The kinds of section that have it, whatever their words: of a word the kind that it names.
    pub(in crate::search) topics: Vec<String>,
    /// It stands by itself, among words that are all wanted: its neighbours may be parts of the same name.
    pub(super) plain: bool,
    /// As the vocabulary knows words.
    pub(in crate::search) folded: Vec<String>,
}

/// What a word or phrase is in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct Form {
    pub(in crate::search) analyzer: Analyzer,
    /// One for a word; several that follow each other for a phrase, and for a word like `CI/CD`.
    pub(in crate::search) terms: Vec<String>,
}

/// Another name of what a word, or it and its neighbours, means.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::search) struct Other {
    pub(in crate::search) text: String,
    pub(in crate::search) forms: Vec<Form>,
    pub(in crate::search) shape: Shape,
    /// How much it counts of what the word itself would.
    pub(in crate::search) worth: f32,
    /// How it is marked.
    pub(in crate::search) kind: HighlightKind,
    /// It is the name of a role, and is looked for there alone.
    pub(in crate::search) in_role: bool,
}

/// A skill that words of the question name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct NamedSkill {
    pub(in crate::search) id: String,
    /// The words that name it, as they stand in the question.
    pub(in crate::search) text: String,
}

impl Want {
    /// Of this shape, and looked for nowhere.
    pub(super) fn nothing(shape: Shape) -> Self {
        Self {
            text: String::new(),
            shape,
            field: None,
            forms: Vec::new(),
            skills: Vec::new(),
            others: Vec::new(),
            hints: Vec::new(),
            kinds: Vec::new(),
            topics: Vec::new(),
            plain: false,
            folded: Vec::new(),
        }
    }

    /// What it is, as answers say.
    pub(in crate::search) fn kind(&self) -> &'static str {
        match (self.field, self.shape) {
            (Some(field), _) => field.name(),
            (None, Shape::Phrase { .. }) => "phrase",
            (None, Shape::Prefix) => "prefix",
            (None, Shape::Topic) => "topic",
            (None, _) => "word",
        }
    }

    /// It stands by itself, among words that are all wanted.
    pub(in crate::search) fn is_plain(&self) -> bool {
        self.plain && self.field.is_none()
    }

    /// It is looked for in titles.
    pub(in crate::search) fn is_in_titles(&self) -> bool {
        matches!(self.field, None | Some(Field::Role))
    }

    /// A stop word in every language, where there was something else to look for.
    pub(in crate::search) fn is_ignored(&self) -> bool {
        self.field.is_none() && self.forms.is_empty() && self.topics.is_empty()
    }

    pub(super) fn is_the_same_as(&self, other: &Self) -> bool {
        self.shape == other.shape
            && self.field == other.field
            && if self.forms.is_empty() { self.folded == other.folded } else { self.forms == other.forms }
    }
}
