//! What is made of wants: all of them, any, or none.

/// What is made of wants; each is a bit of what is found.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::search) enum Expr {
    Want(usize),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
}

impl Expr {
    /// Whether it holds where these wants are found.
    pub(in crate::search) fn holds(&self, found: u64) -> bool {
        match self {
            Self::Want(bit) => found >> bit & 1 == 1,
            Self::All(parts) => parts.iter().all(|part| part.holds(found)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(found)),
            Self::Not(part) => !part.holds(found),
        }
    }

    /// Its wants that it asks for rather than excludes, a bit each.
    pub(in crate::search) fn positive(&self) -> u64 {
        let mut bits = 0;
        self.wants(false, &mut |bit, negated| bits |= u64::from(!negated) << bit.min(63));
        bits
    }

    /// Wants of which one at least is found wherever it holds, a bit each; none where it may hold without any.
    pub(in crate::search) fn one_of(&self) -> Option<u64> {
        match self {
            Self::Want(bit) => Some(1 << bit.min(&63)),
            Self::All(parts) => parts.iter().find_map(Self::one_of),
            Self::Any(parts) => parts.iter().try_fold(0, |bits, part| Some(bits | part.one_of()?)),
            Self::Not(_) => None,
        }
    }

    /// Whether a want is in it, negated or not.
    pub(super) fn has(&self, bit: usize) -> bool {
        let mut has = false;
        self.wants(false, &mut |of, _| has |= of == bit);
        has
    }

    /// Calls `f` with each of its wants, and whether that is negated.
    pub(super) fn wants(&self, negated: bool, f: &mut impl FnMut(usize, bool)) {
        match self {
            Self::Want(bit) => f(*bit, negated),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.wants(negated, f)),
            Self::Not(part) => part.wants(!negated, f),
        }
    }
}

/// What a page should have: a word, a phrase or alternatives.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::search) struct Clause {
    /// As it stands in the question.
    pub(in crate::search) text: String,
    pub(in crate::search) expr: Expr,
}
