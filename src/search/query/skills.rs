//! Which skills the words of a question name: each alone, and neighbours together.

use super::{Field, NamedSkill, Query, Shape};
use crate::annotate::Vocabulary;
use crate::text::slug;

/// The most words of a name that are tried as one skill.
const LONGEST_NAME: usize = 5;

impl Query {
    /// Finds the skills that words are names of: each alone, and neighbours together ("google cloud").
    pub(super) fn name_skills(&mut self, vocabulary: &Vocabulary) {
        for start in 0..self.wants.len() {
            let want = &self.wants[start];
            if want.field == Some(Field::Skill) {
                self.name_asked_skill(start, vocabulary);
                continue;
            }
            // What is quoted is meant to the letter.
            if want.shape != Shape::Word || want.field.is_some() {
                continue;
            }
            let mut name: Vec<&str> = Vec::new();
            let mut found: Vec<(usize, String)> = Vec::new();
            for end in start..self.wants.len().min(start + LONGEST_NAME) {
                let next = &self.wants[end];
                if end > start && !(want.plain && next.plain && next.shape == Shape::Word) {
                    break;
                }
                name.extend(next.folded.iter().map(String::as_str));
                found.extend(vocabulary.called(&name).map(|skill| (end, skill.id.clone())));
            }
            for (end, id) in found {
                let texts: Vec<&str> =
                    self.wants[start..=end].iter().map(|want| want.text.as_str()).collect();
                let text = texts.join(" ");
                for want in &mut self.wants[start..=end] {
                    if !want.skills.iter().any(|known| known.id == id) {
                        want.skills.push(NamedSkill { id: id.clone(), text: text.clone() });
                    }
                }
            }
        }
    }

    /// The skill that `skill:` asks for, by any of its names or its id.
    fn name_asked_skill(&mut self, bit: usize, vocabulary: &Vocabulary) {
        let want = &mut self.wants[bit];
        let name: Vec<&str> = want.folded.iter().map(String::as_str).collect();
        let mut ids: Vec<String> = vocabulary.called(&name).map(|skill| skill.id.clone()).collect();
        let own = slug(&want.folded.join(" "));
        if ids.is_empty() {
            ids.push(own);
        }
        let text = want.text.clone();
        want.skills = ids.into_iter().map(|id| NamedSkill { id, text: text.clone() }).collect();
    }
}
