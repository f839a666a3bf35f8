//! What the judgements of one query say of pages, and of the sections that pages are shown with.
//!
//! The two are measured apart: a page is as good an answer as its own grade says, whichever section of it is shown; and
//! of a ranking of pages, each stands for its best section once more in the measure by section.

use super::names::{Names, is_named, page_of};
use crate::search::Hit;
use crate::text::slug;
use std::collections::HashMap;

/// Grades of one query by the ids of pages.
pub(super) struct Graded<'j> {
    pages: HashMap<String, PageGrades<'j>>,
}

#[derive(Default)]
struct PageGrades<'j> {
    /// Of the page as a whole, where it was judged so.
    whole: Option<u32>,
    /// Of sections, by the slug of a heading, or how one begins, or the id of a kind.
    sections: HashMap<&'j str, u32>,
}

impl PageGrades<'_> {
    fn best_section(&self) -> Option<u32> {
        self.sections.values().copied().max()
    }

    fn page(&self) -> u32 {
        self.whole.or_else(|| self.best_section()).unwrap_or(0)
    }

    /// What it is worth at best where a section is shown.
    fn shown_at_best(&self) -> u32 {
        self.best_section().unwrap_or_else(|| self.page())
    }
}

impl<'j> Graded<'j> {
    pub(super) fn of(grades: &'j HashMap<String, u32>, names: &Names) -> Self {
        let mut pages: HashMap<String, PageGrades<'j>> = HashMap::new();
        for (name, &grade) in grades {
            let (page, section) = page_of(name);
            let of_page = pages.entry(names.id(page).unwrap_or(page).to_owned()).or_default();
            match section {
                Some(section) => {
                    of_page.sections.insert(section, grade);
                }
                None => of_page.whole = Some(grade),
            }
        }
        Self { pages }
    }

    /// The grades of pages: a page's own, else the best of its sections.
    pub(super) fn by_page(&self) -> HashMap<String, u32> {
        self.pages.iter().map(|(id, grades)| (id.clone(), grades.page())).collect()
    }

    /// The grade of a page, none where it was not judged.
    pub(super) fn page(&self, hit: &Hit) -> Option<u32> {
        self.pages.get(&hit.id).map(PageGrades::page)
    }

    /// Whether a section was judged at all.
    pub(super) fn has_sections(&self) -> bool {
        self.pages.values().any(|grades| !grades.sections.is_empty())
    }

    /// The best that each page could be shown with.
    pub(super) fn by_section(&self) -> HashMap<String, u32> {
        self.pages.iter().map(|(id, grades)| (id.clone(), grades.shown_at_best())).collect()
    }

    /// The grade of the best section that is shown of a page: one that is not judged is worth nothing beside judged ones;
    /// a page that was judged only as a whole is worth its own grade.
    pub(super) fn section(&self, hit: &Hit) -> Option<u32> {
        let grades = self.pages.get(&hit.id)?;
        if grades.sections.is_empty() {
            return Some(grades.page());
        }
        let shown = hit.sections.first()?;
        let called: Vec<String> =
            shown.path.iter().map(|heading| slug(heading)).chain([shown.section.id.clone()]).collect();
        let fits = |name: &str| called.iter().any(|called| is_named(name, called));
        grades.sections.iter().filter(|(name, _)| fits(name)).map(|(_, &grade)| grade).max()
    }
}
