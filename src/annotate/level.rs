//! How far up the page's role stands: its title says it, else the page in so many words. Years of experience alone
//! only hint at it, so a page that says no more has no level.

use crate::annotate::reading::title::level_of;
use crate::model::{Level, Page};
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// What says it in so many words.
const STATEMENTS: &[(&str, Level)] = &[
    ("entry-level", Level::Junior),
    ("entry level", Level::Junior),
    ("junior-level", Level::Junior),
    ("mid-level", Level::Mid),
    ("mid level", Level::Mid),
    ("senior-level", Level::Senior),
    ("senior level", Level::Senior),
    ("executive-level", Level::Executive),
    ("c-level", Level::Executive),
    ("internship", Level::Intern),
    ("berufseinsteiger", Level::Junior),
    ("einstiegsposition", Level::Junior),
    ("führungsposition", Level::Manager),
    ("poste débutant", Level::Junior),
    ("poste de débutant", Level::Junior),
    ("niveau débutant", Level::Junior),
    ("niveau junior", Level::Junior),
    ("niveau senior", Level::Senior),
    ("nivel inicial", Level::Junior),
    ("nivel junior", Level::Junior),
    ("nivel senior", Level::Senior),
];
/// What the statement calls the role, before it or after it.
const SUBJECTS: &[&str] = &[
    "this is a",
    "this is an",
    "this position is",
    "this role is",
    "position is a",
    "position is an",
    "role is a",
    "role is an",
    "job is a",
    "job is an",
    "this entry-level",
    "this mid-level",
    "this senior-level",
    "for this",
    "dies ist eine",
    "die stelle ist",
    "die position ist",
    "es handelt sich um",
    "il s'agit d'un",
    "ce poste est",
    "c'est un",
    "est un",
    "este puesto es",
    "es un puesto",
    "se trata de un",
    "seniority level:",
    "seniority:",
    "career level:",
    "job level:",
    "level:",
    "karrierestufe:",
    "karrierelevel:",
    "niveau:",
    "nivel:",
];
/// How far before a statement its subject stands at most, in bytes.
const REACH: usize = 40;
/// Where pages say what they are about: most sections that are read.
const SECTIONS: usize = 12;

#[expect(clippy::expect_used, reason = "fails only beyond four billion patterns")]
static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(STATEMENTS.iter().map(|(wording, _)| wording))
        .expect("an automaton over some wordings")
});

/// Writes the level of the page's role.
pub(super) fn annotate(page: &mut Page) {
    page.level = match &page.role {
        Some(role) => level_of(&role.label).or_else(|| stated(page)),
        None => None,
    };
}

/// The level that the text states of the role; none where it states two.
fn stated(page: &Page) -> Option<Level> {
    let texts = page
        .sections
        .iter()
        .take(SECTIONS)
        .filter(|section| section.kind.id != "career-path")
        .flat_map(|section| section.own_blocks().map(|(_, block)| block.text.as_str()));
    let mut levels = texts
        .flat_map(|text| FINDER.find_iter(text).map(move |found| (text, found)))
        .filter_map(|(text, found)| {
            let from = text.floor_char_boundary(found.start().saturating_sub(REACH));
            let before = text[from..found.start()].to_lowercase();
            let before = before.trim_end();
            SUBJECTS
                .iter()
                .any(|subject| before.ends_with(subject))
                .then(|| STATEMENTS[found.pattern().as_usize()].1)
        });
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Format, parse};

    fn level(markdown: &str) -> Option<Level> {
        let mut page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
        annotate(&mut page);
        page.level
    }

    #[test]
    fn the_title_says_it_else_the_text() {
        assert_eq!(level("# Senior Data Engineer\n\nThis is an entry-level position."), Some(Level::Senior));
        assert_eq!(level("# Data Engineer\n\nThis is an entry-level position."), Some(Level::Junior));
        assert_eq!(level("# Data Engineer\n\nSeniority level: Mid-level"), Some(Level::Mid));
        assert_eq!(level("# Pflegefachkraft\n\nDie Stelle ist Einstiegsposition."), Some(Level::Junior));
        assert_eq!(level("# Comptable\n\nCe poste est niveau débutant."), Some(Level::Junior));
        assert_eq!(level("# Contable\n\nEste puesto es nivel junior."), Some(Level::Junior));
    }

    #[test]
    fn what_is_said_of_others_does_not_count() {
        assert_eq!(level("# Data Engineer\n\nSalaries of entry-level engineers rise."), None);
        assert_eq!(
            level("# Data Engineer\n\nYou will mentor senior-level colleagues. 8+ years required."),
            None
        );
        assert_eq!(
            level("# Data Engineer\n\nThis is an entry-level position. This is a senior-level role."),
            None
        );
    }
}
