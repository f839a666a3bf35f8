//! What a page asks for: each skill that it names, how much and how often, and the sentence that says so.

use super::quote;
use crate::model::{Evidence, Heading, Mention, Page, Section, Skill, Strength};
use crate::text::fold;
use std::collections::BTreeMap;

/// How many subheadings of a section are looked at for the one that names a skill.
const MOST_HEADINGS: usize = 200;

/// A skill that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The skill.
    pub skill: Skill,
    /// How much it is asked for where it is asked for most.
    pub strength: Strength,
    /// How many sections of the page name it.
    pub sections: u32,
    /// How often they do.
    pub mentions: u32,
    /// The section where it is asked for most, an index into the page's.
    pub section: usize,
    /// The sentence that says so.
    pub evidence: Evidence,
    /// Where only a heading says so and it is not the section's own: which, an index into the section's subheadings.
    pub subheading: Option<usize>,
}

/// What is known of a skill until the whole page was looked at.
struct Found<'p> {
    skill: &'p Skill,
    sections: u32,
    mentions: u32,
    /// The section that named it last.
    last: Option<usize>,
    /// Where it is asked for most.
    most: (usize, &'p Mention),
}

/// Every skill of a page, in the order of ids.
pub(in crate::search) fn of(page: &Page) -> Vec<Asked> {
    let mut found: BTreeMap<&str, Found<'_>> = BTreeMap::new();
    for (at, section) in page.sections.iter().enumerate() {
        for mention in &section.mentions {
            let Some(skill) = section.skills.get(usize::from(mention.skill)) else { continue };
            let first = || Found { skill, sections: 0, mentions: 0, last: None, most: (at, mention) };
            let found = found.entry(&skill.id).or_insert_with(first);
            found.mentions += 1;
            found.sections += u32::from(found.last.replace(at) != Some(at));
            if says(mention) > says(found.most.1) {
                found.most = (at, mention);
            }
        }
    }
    found.into_values().map(|found| found.asked(page)).collect()
}

/// How well a place says that a skill is asked for: a sentence better than a heading.
fn says(mention: &Mention) -> (Strength, bool) {
    (mention.strength, mention.block.is_some())
}

impl Found<'_> {
    fn asked(self, page: &Page) -> Asked {
        let Self { skill, sections, mentions, most: (section, mention), .. } = self;
        let named = mention.start as usize..mention.end as usize;
        let of = &page.sections[section];
        Asked {
            skill: skill.clone(),
            strength: mention.strength,
            sections,
            mentions,
            section,
            evidence: quote::around(of, mention.block, named),
            subheading: mention.block.is_none().then(|| subheading(of, &skill.label)).flatten(),
        }
    }
}

/// The first subheading with a name in it, where the section's own heading has it not.
fn subheading(section: &Section, name: &str) -> Option<usize> {
    let name = fold(name);
    let has = |heading: &Heading| fold(&heading.text).contains(name.as_ref());
    if section.heading.as_ref().is_some_and(has) {
        return None;
    }
    section.subheadings.iter().take(MOST_HEADINGS).position(has)
}

impl Asked {
    /// What a page asks for: what is asked for most first.
    pub fn by(page: &Page) -> Vec<Self> {
        let mut asked = of(page);
        asked.sort_by(Self::before);
        asked
    }

    /// The heading that says so, or that is nearest above the sentence.
    pub fn heading<'p>(&self, page: &'p Page) -> Option<&'p Heading> {
        let section = page.sections.get(self.section)?;
        match self.subheading {
            Some(subheading) => section.subheadings.get(subheading),
            None => section.heading_of(self.evidence.block.map(|block| block as usize)),
        }
    }

    /// Orders what is asked for more before what is asked for less: by strength, then by how many sections and how often,
    /// then by name.
    pub(in crate::search) fn before(&self, other: &Self) -> std::cmp::Ordering {
        let most = |asked: &Self| (asked.strength, asked.sections, asked.mentions);
        most(other).cmp(&most(self)).then_with(|| self.skill.id.cmp(&other.skill.id))
    }
}

/// What a skill counts by how much it is asked for: one that is required twice as much as one that is a plus, and that
/// twice as much as one that is only named.
pub fn weight(strength: Strength) -> u32 {
    match strength {
        Strength::Named => 1,
        Strength::Preferred => 2,
        Strength::Required => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind};

    fn section(text: &str, skill: &str, strengths: &[Strength]) -> Section {
        let (id, label) = (skill.to_lowercase(), skill.to_owned());
        let mention = |(start, strength): (usize, &Strength)| Mention {
            skill: 0,
            block: Some(0),
            start: u32::try_from(start).unwrap(),
            end: u32::try_from(start + skill.len()).unwrap(),
            strength: *strength,
        };
        let starts = text.match_indices(skill).map(|(at, _)| at);
        Section {
            blocks: vec![Block { kind: BlockKind::Paragraph, text: text.to_owned(), heading: None }],
            skills: vec![Skill { id, label, kind: "language".to_owned() }],
            mentions: starts.zip(strengths).map(mention).collect(),
            ..Section::default()
        }
    }

    #[test]
    fn the_strongest_place_is_quoted_and_all_are_counted() {
        let sections = vec![
            section("We like Python. Python is fun.", "Python", &[Strength::Named, Strength::Named]),
            section("You know Go. A degree.", "Go", &[Strength::Preferred]),
            section("Be kind. Python is a must.", "Python", &[Strength::Required]),
        ];
        let page = Page { sections, ..Page::default() };
        let asked = of(&page);
        let quoted: Vec<_> = asked
            .iter()
            .map(|asked| {
                let Evidence { start, end, .. } = asked.evidence;
                let text = &page.sections[asked.section].blocks[0].text[start as usize..end as usize];
                (asked.skill.id.as_str(), asked.strength, asked.sections, asked.mentions, text)
            })
            .collect();
        let wanted = [
            ("go", Strength::Preferred, 1, 1, "You know Go."),
            ("python", Strength::Required, 2, 3, "Python is a must."),
        ];
        assert_eq!(quoted, wanted);
    }

    #[test]
    fn of_headings_the_one_that_names_it() {
        let heading = |text: &str| Heading { text: text.to_owned(), ..Heading::default() };
        let mut section = section("Python", "Python", &[Strength::Named]);
        section.mentions[0].block = None;
        section.heading = Some(heading("Languages"));
        section.subheadings = vec![heading("Go"), heading("Advanced PYTHON")];
        let mut page = Page { sections: vec![section], ..Page::default() };
        let named = |page: &Page| of(page)[0].heading(page).map(|heading| heading.text.clone());
        assert_eq!(named(&page).as_deref(), Some("Advanced PYTHON"));
        page.sections[0].heading = Some(heading("Python for all"));
        assert_eq!(named(&page).as_deref(), Some("Python for all"));
    }
}
