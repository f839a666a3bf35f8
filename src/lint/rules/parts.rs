//! What most career pages tell, and where they tell it: a section of its own, or a fact in any other.

use crate::model::{Page, Section};

/// What a page may tell, with the kinds of sections that tell it.
const PARTS: [(&str, &[&str]); 5] = [
    ("what one does", &["responsibilities", "day-to-day", "projects"]),
    (
        "what it takes",
        &["requirements", "qualifications", "education", "experience", "certifications", "how-to-apply"],
    ),
    ("skills", &["skills", "soft-skills", "technology", "tools"]),
    ("pay", &["salary"]),
    ("the career path", &["career-path"]),
];
/// A page that names so many skills anywhere tells them.
const SKILLS: usize = 5;

/// Which parts a page has, by their place among all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lint) struct Parts([bool; PARTS.len()]);

impl Parts {
    pub(in crate::lint) fn of(page: &Page) -> Self {
        let any = |has: fn(&Section) -> bool| page.sections.iter().any(has);
        let skills: usize = page.sections.iter().map(|section| section.skills.len()).sum();
        let told = [
            false,
            any(|section| !section.experience.is_empty() || !section.education.is_empty()),
            skills >= SKILLS,
            any(|section| !section.pay.is_empty()),
            !page.ladder.is_empty(),
        ];
        let headed = PARTS
            .map(|(_, kinds)| page.sections.iter().any(|section| kinds.contains(&section.kind.id.as_str())));
        Self(std::array::from_fn(|part| headed[part] || told[part]))
    }

    /// The names of the parts, each with whether it is missing.
    pub(super) fn missing(self) -> [(&'static str, bool); PARTS.len()] {
        std::array::from_fn(|part| (PARTS[part].0, !self.0[part]))
    }
}
