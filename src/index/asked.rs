//! How much a page asks for each of its skills, where it asks for it most. In the index each is a small number, in the
//! order of the skills' ids: a few bits for a skill of a page, and no second list of names.

use crate::model::{Section, Strength};
use std::collections::BTreeMap;

/// Of each skill that these sections of a page name.
pub(super) fn of(sections: &[Section]) -> Vec<u64> {
    let mut strengths: BTreeMap<&str, Strength> = BTreeMap::new();
    for section in sections {
        let mut most = vec![Strength::default(); section.skills.len()];
        for mention in &section.mentions {
            if let Some(most) = most.get_mut(usize::from(mention.skill)) {
                *most = (*most).max(mention.strength);
            }
        }
        for (skill, strength) in section.skills.iter().zip(most) {
            let known = strengths.entry(&skill.id).or_default();
            *known = (*known).max(strength);
        }
    }
    strengths.into_values().map(number).collect()
}

fn number(strength: Strength) -> u64 {
    match strength {
        Strength::Named => 0,
        Strength::Preferred => 1,
        Strength::Required => 2,
    }
}

/// The strength that a number stands for.
pub(super) fn strength(number: u64) -> Option<Strength> {
    [Strength::Named, Strength::Preferred, Strength::Required].get(usize::try_from(number).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mention, Skill};

    fn section(skills: &[(&str, Strength)]) -> Section {
        let skill = |id: &str| Skill { id: id.to_owned(), label: id.to_owned(), kind: String::new() };
        let mention = |(index, strength): (usize, Strength)| Mention {
            skill: u16::try_from(index).unwrap(),
            block: None,
            start: 0,
            end: 0,
            strength,
        };
        Section {
            skills: skills.iter().map(|(id, _)| skill(id)).collect(),
            mentions: skills.iter().map(|(_, strength)| *strength).enumerate().map(mention).collect(),
            ..Section::default()
        }
    }

    #[test]
    fn the_most_that_any_section_asks_in_the_order_of_ids() {
        let sections = [
            section(&[("python", Strength::Required), ("sql", Strength::Named)]),
            section(&[
                ("go", Strength::Preferred),
                ("python", Strength::Named),
                ("sql", Strength::Preferred),
            ]),
        ];
        let read: Vec<_> = of(&sections).into_iter().map(strength).collect();
        assert_eq!(read, [Strength::Preferred, Strength::Required, Strength::Preferred].map(Some));
        assert_eq!(strength(3), None);
    }
}
