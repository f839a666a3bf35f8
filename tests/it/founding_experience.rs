//! Experience, level and ladder of the page the project was founded on: what its `expected-parse.md` states, no more.

use crate::support::shared;
use rolecall::ingest::{IngestOptions, show};
use rolecall::model::{Level, Page, Strength};

fn founding_page() -> Option<Page> {
    let file = shared("pages/aipathly/backend-engineering-manager.txt")?;
    Some(show(&file, &IngestOptions::default()).unwrap())
}

#[test]
fn four_experiences_each_with_the_sentence_that_says_it() {
    let Some(page) = founding_page() else { return };
    let mut found = Vec::new();
    for section in &page.sections {
        for fact in &section.experience {
            let evidence = fact.evidence;
            let text = &section.blocks[evidence.block.unwrap() as usize].text;
            found.push((
                section.kind.id.as_str(),
                fact.low,
                fact.high,
                fact.field.as_deref(),
                fact.of.as_deref(),
                &text[evidence.start as usize..evidence.end as usize],
            ));
        }
    }
    let both = "7-12 years of backend development experience, with 3-5 years in leadership roles";
    assert_eq!(
        found,
        [
            (
                "overview",
                Some(36),
                Some(60),
                Some("leadership"),
                None,
                "3-5 years of leadership experience in managing engineering teams"
            ),
            ("requirements", Some(84), Some(144), Some("backend development"), None, both),
            ("requirements", Some(36), Some(60), Some("leadership roles"), None, both),
            (
                "career-path",
                Some(60),
                None,
                None,
                Some("Senior Backend Engineer"),
                "Typically requires 5+ years of experience and advanced technical skills"
            ),
        ]
    );
    let asked_for = page.sections.iter().flat_map(|section| &section.experience);
    assert!(asked_for.into_iter().all(|fact| fact.strength == Strength::Required));
}

#[test]
fn its_level_and_the_steps_to_it() {
    let Some(page) = founding_page() else { return };
    assert_eq!(page.level, Some(Level::Manager));
    let steps: Vec<_> = page.ladder.iter().map(|step| (step.title.as_str(), step.level, step.own)).collect();
    assert_eq!(
        steps,
        [
            ("Junior Backend Engineer", Some(Level::Junior), false),
            ("Senior Backend Engineer", Some(Level::Senior), false),
            ("Tech Lead or Squad Lead", Some(Level::Lead), false),
            ("Engineering Manager", Some(Level::Manager), true),
        ]
    );
    assert!(page.ladder.iter().all(|step| page.sections[step.section as usize].kind.id == "career-path"));
}
