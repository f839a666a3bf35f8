//! How much is asked for by places and by sentences, in four languages.

use super::*;
use crate::parse::{Format, parse};

fn strengths(markdown: &str, of: &[&str]) -> Vec<Strength> {
    let page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
    of.iter()
        .map(|name| {
            let found = page.sections.iter().find_map(|section| {
                let at = |block: &Block| block.text.find(name);
                let index = section.blocks.iter().position(|block| at(block).is_some())?;
                Some(Strengths::of_section(section).at(Some(index), at(&section.blocks[index])?))
            });
            found.unwrap_or_else(|| panic!("{name} is not in the page"))
        })
        .collect()
}

use Strength::{Named, Preferred, Required};

#[test]
fn the_section_the_heading_the_lead_in_and_the_clause() {
    let page = "# Engineer\n\nWe like Ada.\n\n## Requirements\n\n- Java\n- Kotlin is a plus\n\n\
                Ideally you also bring:\n\n- Scala\n\n### Nice to have\n\n- Rust\n- Zig is required\n\n\
                ## Technology\n\nYou must have:\n\n- Perl\n- Ruby";
    assert_eq!(
        strengths(page, &["Ada", "Java", "Kotlin", "Scala", "Rust", "Zig", "Perl", "Ruby"]),
        [Named, Required, Preferred, Preferred, Preferred, Required, Required, Required]
    );
}

#[test]
fn clauses_of_one_sentence() {
    let clause = |text: &str, of: &[&str]| strengths(&format!("# Engineer\n\n## Tools\n\n{text}"), of);
    assert_eq!(clause("Java required, Kotlin a plus.", &["Java", "Kotlin"]), [Required, Preferred]);
    assert_eq!(
        clause("You have used Java, ideally with Kotlin.", &["Java", "Kotlin"]),
        [Required, Preferred]
    );
    assert_eq!(clause("Java; Kotlin is preferred.", &["Java", "Kotlin"]), [Named, Preferred]);
    assert_eq!(clause("Python, Go or Rust is a plus.", &["Python", "Go", "Rust"]), [Preferred; 3]);
    assert_eq!(clause("Java and knowledge of Kotlin is a plus.", &["Java", "Kotlin"]), [Named, Preferred]);
    assert_eq!(clause("Java (required), Kotlin (preferred).", &["Java", "Kotlin"]), [Required, Preferred]);
    assert_eq!(clause("No knowledge of Java required.", &["Java"]), [Named]);
    assert_eq!(clause("Java is not required but Kotlin is a must.", &["Java", "Kotlin"]), [Named, Required]);
    assert_eq!(clause("Restarts Java as required.", &["Java"]), [Named]);
    assert_eq!(clause("Required skills: Java and Kotlin.", &["Java", "Kotlin"]), [Required; 2]);
}

#[test]
fn ordinary_words_are_no_cues_by_themselves() {
    let clause = |text: &str| strengths(&format!("# Engineer\n\n## Tools\n\n{text}"), &["Python"])[0];
    for (text, wanted) in [
        ("Demand for Python developers is expected to grow by 20%.", Named),
        ("Knowledge of Python is expected.", Required),
        ("Solid knowledge of Python expected", Required),
        ("The expected growth of Python is high.", Named),
        ("Use Python to achieve the desired outcomes.", Named),
        ("Use Python to reach desired results.", Named),
        ("Write Python for all required reports.", Named),
        ("Python is the preferred language.", Preferred),
        ("Python desired, but not required.", Preferred),
        ("Python is a required skill.", Required),
        ("The required skills include Python.", Required),
        ("Python helps teams to ship.", Named),
        ("Knowing some Python helps.", Preferred),
        ("Python helps, too.", Preferred),
        ("Python helps with large employers.", Preferred),
        ("Python developers receive a bonus.", Named),
        ("Python is a bonus.", Preferred),
        ("Bonus: Python", Preferred),
        ("Salary, bonus: Python developers earn well.", Named),
        ("Are you looking for a Python job?", Named),
        ("We are looking for an engineer with Python.", Required),
        ("A minimum wage holds for Python work.", Named),
        ("At least three years of Python.", Required),
    ] {
        assert_eq!(clause(text), wanted, "{text}");
    }
}

#[test]
fn ordinary_headings_ask_for_nothing() {
    let below =
        |heading: &str| strengths(&format!("# E\n\n## Tools\n\n### {heading}\n\n- Java"), &["Java"])[0];
    for heading in
        ["What to expect", "Looking for a job", "Minimum wage", "Salary and bonus", "Competitive advantage"]
    {
        assert_eq!(below(heading), Named, "{heading}");
    }
    assert_eq!(below("Bonus points"), Preferred);
    assert_eq!(below("Minimum qualifications"), Required);
    assert_eq!(below("What we expect"), Required);
}

#[test]
fn four_languages() {
    let requirements = |text: &str, of: &str| strengths(&format!("# E\n\n## Tools\n\n{text}"), &[of])[0];
    assert_eq!(requirements("Kenntnisse in Java sind von Vorteil.", "Java"), Preferred);
    assert_eq!(requirements("Java ist zwingend erforderlich.", "Java"), Required);
    assert_eq!(requirements("Java ist nicht erforderlich.", "Java"), Named);
    assert_eq!(requirements("La connaissance de Java est un plus.", "Java"), Preferred);
    assert_eq!(requirements("Vous avez travaillé avec Java.", "Java"), Required);
    assert_eq!(requirements("Java n'est pas nécessaire.", "Java"), Named);
    assert_eq!(requirements("Se valorará experiencia con Java.", "Java"), Preferred);
    assert_eq!(requirements("Imprescindible Java.", "Java"), Required);
    assert_eq!(requirements("Java no es necesario.", "Java"), Named);
}

#[test]
fn columns_of_a_table() {
    let page = "# E\n\n## Background\n\n| Topic | Must have | Nice to have |\n|---|---|---|\n| Language | Java | Kotlin |";
    assert_eq!(strengths(page, &["Language", "Java", "Kotlin"]), [Named, Required, Preferred]);
    // What a cell says of itself wipes nothing beside it.
    let head = "# E\n\n## Background\n\n| Topic | Must have | Nice to have |\n|---|---|---|\n";
    let row = |cells: &str, of: &[&str]| strengths(&format!("{head}{cells}"), of);
    assert_eq!(
        row("| Language | Java (required) | Kotlin |", &["Language", "Java", "Kotlin"]),
        [Named, Required, Preferred]
    );
    assert_eq!(
        row("| Language | Java (a plus), Ada | Kotlin |", &["Java", "Ada", "Kotlin"]),
        [Preferred, Required, Preferred]
    );
    assert_eq!(row("| Language | Java | Kotlin (required) |", &["Java", "Kotlin"]), [Required; 2]);
}

#[test]
fn many_cues_take_no_longer_each() {
    let text = "Java is a plus, Go required, ideally Rust and must have ".repeat(20_000);
    let section = Section {
        blocks: vec![Block { kind: BlockKind::Paragraph, text, heading: None }],
        ..Section::default()
    };
    let strengths = Strengths::of_section(&section);
    assert!(strengths.blocks[0].clauses().len() > 40_000);
}
