//! The steps of a career in their order, as a page lists them: a table of levels, a chain of arrows or "from … to …",
//! headings or list items that are titles of roles. The first that a section has is its ladder, and the one with the most
//! steps of a known level is the page's. Titles without levels are where people go instead ("or move into product
//! management"): they are a ladder only if the page's own role is among them.

mod rungs;

use crate::annotate::reading::title::{is_own, level_of};
use crate::model::{Page, Section, Step};
use crate::text::{collapse, fold};
use rungs::{Rung, in_blocks, in_headings, in_prose, in_rows};
use std::collections::HashSet;

/// A way in which a section lists steps.
type Way = fn(&Section, Option<&str>) -> Vec<Rung>;

/// Most steps of a ladder.
const MOST: usize = 24;
/// Kinds of sections that describe a career.
const OF_CAREERS: [&str; 1] = ["career-path"];
/// Kinds whose lists of titles lead elsewhere.
const OF_OTHERS: [&str; 2] = ["market-demand", "about-company"];

/// Writes the steps of the career that the page describes.
pub(super) fn annotate(page: &mut Page) {
    let role = page.role.as_ref().map(|role| role.label.clone());
    let role = role.as_deref();
    let candidates = |careers: bool| {
        let sections = (0_u32..).zip(&page.sections);
        let sections = sections.filter(move |(_, section)| {
            let kind = section.kind.id.as_str();
            OF_CAREERS.contains(&kind) == careers && !OF_OTHERS.contains(&kind) && !section.is_about_others()
        });
        let ladders = sections.map(|(index, section)| {
            let rungs = if careers { of_career(section, role) } else { of_table(section, role) };
            (index, distinct(rungs))
        });
        // The first of the best.
        ladders.filter(|(_, rungs)| is_ladder(rungs, role)).fold(None::<(u32, Vec<Rung>)>, |best, next| {
            match best {
                Some(best) if levels(&best.1) >= levels(&next.1) => Some(best),
                _ => Some(next),
            }
        })
    };
    let found = candidates(true).or_else(|| candidates(false));
    page.ladder = found.map(|(index, rungs)| steps(index, rungs, role)).unwrap_or_default();
}

/// The steps have levels, numbers or the page's own role among them, so they are above one another.
fn is_ladder(rungs: &[Rung], role: Option<&str>) -> bool {
    let numbered = |rung: &&Rung| rung.title.ends_with(|c: char| c.is_ascii_digit());
    rungs.len() >= 2
        && (levels(rungs) * 2 >= rungs.len()
            || own(rungs, role).is_some()
            || rungs.iter().filter(numbered).count() >= 2)
}

/// How many steps have a level.
fn levels(rungs: &[Rung]) -> usize {
    rungs.iter().filter(|rung| rung.level.or_else(|| level_of(&rung.title)).is_some()).count()
}

/// The rungs of a section about careers, by the first way in which it lists some.
fn of_career(section: &Section, role: Option<&str>) -> Vec<Rung> {
    let ways: [Way; 4] = [in_rows, in_headings, in_blocks, in_prose];
    ways.iter().map(|way| way(section, role)).find(|rungs| rungs.len() >= 2).unwrap_or_default()
}

/// Elsewhere only a table of levels is a ladder.
fn of_table(section: &Section, role: Option<&str>) -> Vec<Rung> {
    let rungs = in_rows(section, role);
    if rungs.len() >= 3 { rungs } else { Vec::new() }
}

/// Each title once, and no more than fit.
fn distinct(rungs: Vec<Rung>) -> Vec<Rung> {
    let mut seen = HashSet::new();
    rungs.into_iter().filter(|rung| seen.insert(fold(&rung.title).into_owned())).take(MOST).collect()
}

fn steps(section: u32, rungs: Vec<Rung>, role: Option<&str>) -> Vec<Step> {
    let own = own(&rungs, role);
    let steps = rungs.into_iter().enumerate().map(|(index, rung)| Step {
        level: rung.level.or_else(|| level_of(&rung.title)),
        title: collapse(&rung.title),
        own: own == Some(index),
        section,
        evidence: rung.evidence,
    });
    steps.collect()
}

/// The rung that is the page's own role: of the same name, else the one whose name the role's ends with.
fn own(rungs: &[Rung], role: Option<&str>) -> Option<usize> {
    let same = |rung: &Rung| role.is_some_and(|role| fold(role) == fold(&rung.title));
    rungs.iter().position(same).or_else(|| {
        let mut ending = rungs.iter().enumerate().filter(|(_, rung)| is_own(&rung.title, role));
        let first = ending.next()?.0;
        ending.next().is_none().then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;
    use crate::parse::{Format, parse};

    fn ladder(markdown: &str) -> Vec<Step> {
        let mut page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
        annotate(&mut page);
        page.ladder
    }

    fn titles(role: &str, career: &str) -> Vec<String> {
        let steps = ladder(&format!("# {role}\n\n## Career path\n\n{career}\n"));
        steps.into_iter().map(|step| step.title).collect()
    }

    #[test]
    fn lists_headings_tables_arrows_and_sentences() {
        let wanted = ["Junior Engineer", "Engineer", "Senior Engineer"];
        for career in [
            "1. Junior Engineer\n2. Engineer\n3. Senior Engineer",
            "- Junior Engineer (0–2 years): learns\n- Engineer: owns\n- Senior Engineer: leads",
            "### Junior Engineer\n\nLearns.\n\n### Engineer\n\nOwns.\n\n### Senior Engineer\n\nLeads.",
            "| Level | Years |\n|---|---|\n| Junior Engineer | 0 |\n| Engineer | 2 |\n| Senior Engineer | 5 |",
            "Junior Engineer → Engineer → Senior Engineer",
            "Junior Engineer > Engineer > Senior Engineer",
            "The way leads from Junior Engineer to Engineer to Senior Engineer.",
        ] {
            assert_eq!(titles("Engineer", career), wanted, "{career}");
        }
        assert_eq!(
            titles("Engineer", "People go through the levels Junior, Mid, Senior."),
            ["Junior", "Mid", "Senior"]
        );
        for row in [
            "Levels: Junior, Mid, Senior",
            "Levels Junior / Mid / Senior",
            "- Levels: Junior, Mid, and Senior.",
        ] {
            assert_eq!(titles("Engineer", row), ["Junior", "Mid", "Senior"], "{row}");
        }
        assert_eq!(
            titles("Engineer", "The levels are: entry level, mid level, senior level."),
            ["entry level", "mid level", "senior level"]
        );
    }

    #[test]
    fn four_languages() {
        for (heading, career, wanted) in [
            ("Karriere", "1. Softwareentwickler\n2. Teamleiter", ["Softwareentwickler", "Teamleiter"]),
            (
                "Évolution de carrière",
                "1. Développeur\n2. Directeur technique",
                ["Développeur", "Directeur technique"],
            ),
            ("Trayectoria profesional", "1. Analista\n2. Jefe de equipo", ["Analista", "Jefe de equipo"]),
        ] {
            let steps = ladder(&format!("# Berater\n\n## {heading}\n\n{career}\n"));
            let found: Vec<_> = steps.iter().map(|step| step.title.as_str()).collect();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn levels_and_the_page_s_own_step() {
        let steps = ladder(
            "# Backend Engineering Manager\n\n## Career path\n\n- Senior Engineer\n- Engineering Manager\n- CTO",
        );
        let found: Vec<_> = steps.iter().map(|step| (step.level, step.own)).collect();
        assert_eq!(
            found,
            [(Some(Level::Senior), false), (Some(Level::Manager), true), (Some(Level::Executive), false)]
        );
    }

    #[test]
    fn items_of_a_level_name_their_roles() {
        let career = "- Entry-Level: Junior Tester, QA Analyst\n- Mid-Level: QA Engineer, Automation Engineer\n\
                      - Specialist Paths: Security Tester, Data Analyst";
        let steps = ladder(&format!("# QA Engineer\n\n## Career path\n\n{career}\n"));
        let found: Vec<_> = steps.iter().map(|step| (step.title.as_str(), step.level, step.own)).collect();
        assert_eq!(
            found,
            [("Junior Tester", Some(Level::Junior), false), ("QA Engineer", Some(Level::Mid), true)]
        );
    }

    #[test]
    fn alternatives_and_other_lists_are_no_steps() {
        for career in [
            "Some stay, or move into product management.",
            "- Bonus\n- Growth\n- Respect",
            "- Read the code of others\n- Ask a senior engineer for help",
            "Talk to engineers, managers and directors.",
        ] {
            assert_eq!(titles("Engineer", career), Vec::<String>::new(), "{career}");
        }
        let others = "- Product Manager: plans\n- Business Analyst: asks\n- Technical Writer: explains";
        assert!(titles("Tester", others).is_empty());
        assert!(ladder("# Engineer\n\n## More careers\n\n- Data Engineer\n- Data Analyst").is_empty());
    }

    #[test]
    fn a_ladder_without_end_is_cut() {
        let career: String = (0..5_000).map(|at| format!("1. Engineer {}\n", at % 100)).collect();
        assert_eq!(titles("Engineer", &career).len(), MOST);
        let chain = "Engineer → ".repeat(50_000);
        assert!(titles("Engineer", &chain).len() <= MOST);
    }
}
