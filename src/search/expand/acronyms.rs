//! The initials of the roles that an index has: who asks for the CFO finds the Chief Financial Officer.

use crate::index::Dictionary;
use crate::text::words;
use std::collections::HashMap;

/// How many letters initials have.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;
/// The most roles that initials stand for; more of them say nothing.
const MOST_ROLES: usize = 8;

/// Roles by their initials.
#[derive(Debug, Default)]
pub(super) struct Acronyms {
    roles: HashMap<String, Vec<u32>>,
}

impl Acronyms {
    /// Of all roles.
    pub(super) fn of(roles: &Dictionary) -> Self {
        let mut acronyms = Self::default();
        for role in (0..).take(roles.len()) {
            if let Some(initials) = initials(roles.label(role)) {
                acronyms.roles.entry(initials).or_default().push(role);
            }
        }
        acronyms
    }

    /// The roles with these initials, folded.
    pub(super) fn roles(&self, initials: &str) -> &[u32] {
        self.roles.get(initials).filter(|roles| roles.len() <= MOST_ROLES).map_or(&[], Vec::as_slice)
    }
}

fn initials(name: &str) -> Option<String> {
    let parts =
        words(name).filter(|word| !matches!(word.folded.as_ref(), "of" | "and" | "the" | "in" | "for"));
    let mut initials = String::new();
    for word in parts.take(LETTERS.end() + 1) {
        initials.push(word.folded.chars().next().filter(|c| c.is_alphabetic())?);
    }
    LETTERS.contains(&initials.chars().count()).then_some(initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names() {
        assert_eq!(initials("Chief Financial Officer").as_deref(), Some("cfo"));
        assert_eq!(initials("Director of Compliance").as_deref(), Some("dc"));
        assert_eq!(initials("Nurse"), None);
        assert_eq!(initials("3D Artist"), None);
        assert_eq!(initials("a b c d e f"), None);
    }
}
