//! What was written in a question, as a tree.

/// A part of the question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A word, a phrase or a bound.
    Atom(Atom),
    /// All of them.
    All(Vec<Node>),
    /// Either of them.
    Any(Vec<Node>),
    /// Not it.
    Not(Box<Node>),
}

/// A word or phrase as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Atom {
    /// Without quotes, field and signs.
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) field: Option<Field>,
}

/// How an atom was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::search) enum Shape {
    Word,
    /// In quotes; so many other words may stand between its own.
    Phrase {
        slop: u32,
    },
    /// `kube*`
    Prefix,
    /// Nothing that is written, but what the question is after: a kind of section.
    Topic,
    /// The bounds of a number, both included.
    Bounds {
        low: f64,
        high: f64,
    },
}

/// Where an atom is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Field {
    /// The title or the role's name.
    Role,
    /// The kind of a section.
    Section,
    /// The skills of a section.
    Skill,
    /// The headings of a section.
    Heading,
    /// What the page's role pays.
    Pay,
    /// The least experience that it takes, in years.
    Experience,
}

impl Field {
    pub(super) const ALL: [Self; 6] =
        [Self::Role, Self::Section, Self::Skill, Self::Heading, Self::Pay, Self::Experience];

    /// As it is written, without the colon.
    pub(in crate::search) const fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Section => "section",
            Self::Skill => "skill",
            Self::Heading => "heading",
            Self::Pay => "pay",
            Self::Experience => "experience",
        }
    }

    /// It is compared with a number.
    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Pay | Self::Experience)
    }
}
