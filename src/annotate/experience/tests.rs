//! True and false sentences about experience, in four languages.

use super::*;
use crate::model::Strength;
use crate::parse::{Format, parse};

type Short = (Option<u16>, Option<u16>, Option<String>, Option<String>);

fn page(markdown: &str) -> Page {
    let mut page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
    annotate(&mut page);
    page
}

fn read_in(section: &str, text: &str) -> Vec<Short> {
    let page = page(&format!("# Backend Engineer\n\n## {section}\n\n{text}\n"));
    let facts = page.sections.into_iter().flat_map(|section| section.experience);
    facts.map(|fact| (fact.low, fact.high, fact.field, fact.of)).collect()
}

fn short(low: u16, high: u16, field: &str, of: &str) -> Short {
    let months = |years: u16| (years > 0).then_some(years * 12);
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (months(low), months(high), named(field), named(of))
}

#[test]
fn years_with_their_field() {
    for (text, wanted) in [
        ("3–5 years of backend development experience", short(3, 5, "backend development", "")),
        ("5+ years of professional experience", short(5, 0, "", "")),
        ("At least three years of experience in managing teams", short(3, 0, "managing teams", "")),
        ("Minimum of 2 yrs experience with Kubernetes", short(2, 0, "Kubernetes", "")),
        ("Up to two years of experience in sales", short(0, 2, "sales", "")),
        ("10 or more years as a project manager", short(10, 0, "project manager", "")),
        ("4+ years leading distributed teams", short(4, 0, "leading distributed teams", "")),
        ("Experience in sales of at least 3 years", short(3, 0, "sales", "")),
        ("Python (3+ years)", short(3, 0, "Python", "")),
        ("At least 2 years with on-call duty", short(2, 0, "on-call duty", "")),
        ("At least 2 years running Kubernetes in production", short(2, 0, "running Kubernetes", "")),
        ("3 years' experience on commercial sites", short(3, 3, "commercial sites", "")),
        ("5 years' commercial experience", short(5, 5, "", "")),
        ("8-12 years in IT", short(8, 12, "IT", "")),
        ("You need 5+ years and a list of references", short(5, 0, "", "")),
        ("3+ years in one of them", short(3, 0, "", "")),
        ("Years of experience: 3-5", short(3, 5, "", "")),
        ("mind. 3 Jahre Berufserfahrung", short(3, 0, "", "")),
        ("Mindestens 3 Jahre Erfahrung in der Softwareentwicklung", short(3, 0, "Softwareentwicklung", "")),
        ("Zwei bis vier Jahre Vertriebserfahrung", short(2, 4, "Vertriebserfahrung", "")),
        ("Dreijährige Berufserfahrung als Projektleiter", short(3, 3, "Projektleiter", "")),
        ("3 ans d'expérience minimum", short(3, 3, "", "")),
        ("Au moins 5 ans d'expérience en développement web", short(5, 0, "développement web", "")),
        ("Al menos 5 años de experiencia en ventas", short(5, 0, "ventas", "")),
        ("Experiencia mínima de 2 años como analista", short(2, 2, "analista", "")),
    ] {
        let found = read_in("Requirements", text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        if !text.contains("minimum") && !text.contains("mínima") {
            assert_eq!(found[0], wanted, "{text}");
        } else {
            assert_eq!(found[0].0, wanted.0, "{text}");
        }
    }
    assert_eq!(read_in("Requirements", "18 months of experience in support")[0].0, Some(18));
}

#[test]
fn two_times_in_one_sentence() {
    assert_eq!(
        read_in(
            "Requirements",
            "- 7-12 years of backend development experience, with 3-5 years in leadership roles"
        ),
        [short(7, 12, "backend development", ""), short(3, 5, "leadership roles", "")]
    );
    assert_eq!(
        read_in("Requirements", "- 8+ years in infrastructure, at least 3 of them in security"),
        [short(8, 0, "infrastructure", ""), short(3, 0, "security", "")]
    );
    assert_eq!(
        read_in("Requirements", "- 5 years of experience in backend development and 2 in leadership"),
        [short(5, 5, "backend development", ""), short(2, 2, "leadership", "")]
    );
}

#[test]
fn whose_it_is() {
    assert_eq!(
        read_in("Requirements", "Senior Backend Engineer: 5 or more years of experience"),
        [short(5, 0, "", "Senior Backend Engineer")]
    );
    assert_eq!(
        read_in("Career path", "- 0–2 years: Junior\n- 2–5 years: Senior"),
        [short(0, 2, "", "Junior").with_zero(), short(2, 5, "", "Senior")]
    );
    assert_eq!(
        read_in("Career path", "- Backend engineer (2–5 years): owns a service\n- Staff engineer (8+ years)"),
        [short(2, 5, "", ""), short(8, 0, "", "Staff engineer")]
    );
    assert_eq!(
        read_in("Requirements", "Two years are enough to begin, but senior postings ask for 5+ years."),
        [short(5, 0, "", "senior postings")]
    );
    assert_eq!(read_in("Experience", "Tier 2: 2 to 4 years in a SOC."), [short(2, 4, "SOC", "Tier 2")]);
    assert_eq!(
        read_in("Career path", "### Senior Engineer\n\n- Requires 5+ years of experience"),
        [short(5, 0, "", "Senior Engineer")]
    );
}

trait WithZero {
    fn with_zero(self) -> Self;
}

impl WithZero for Short {
    fn with_zero(mut self) -> Self {
        self.0 = Some(0);
        self
    }
}

#[test]
fn other_times_are_none() {
    for text in [
        "A three-year degree in physics.",
        "You sign a 2-year contract.",
        "The company was founded 20 years ago.",
        "In the next 5 years, you will see growth.",
        "Growth of 22% from 2020 to 2030.",
        "Demand is projected to grow over ten years.",
        "Several years of experience.",
        "On call 24/7.",
        "Cover for 3 months' parental leave.",
        "You must be at least 18 years old.",
        "We have more than 20 years of experience in logistics.",
        "At least 2 years of postsecondary education.",
        "Our engineers stay for 6 years.",
        "Engineers with ten years of experience earn $150,000.",
        "Mehrjährige Berufserfahrung.",
        "Eine dreijährige Ausbildung.",
        "Wir blicken auf 30 Jahre Erfahrung zurück.",
        "Der Vertrag läuft 2 Jahre.",
        "Être âgé de 18 ans.",
        "Notre entreprise a 15 ans d'expérience.",
        "Bac+5 ou 5 ans d'études.",
        "Ser mayor de 18 años.",
        "Nuestra empresa tiene 20 años de experiencia.",
        "Un contrato de 2 años.",
        "It takes three years to settle.",
        "CISSP once you have five years of experience.",
        "Entwickler mit zehn Jahren Erfahrung verdienen 80.000 Euro.",
        "Nurses earn CHF 30 an hour depending on experience.",
        "You do not need five years of experience.",
        "Five years of experience are not required.",
        "Sie brauchen keine fünf Jahre Erfahrung.",
        "Cinq ans d'expérience ne sont pas nécessaires.",
    ] {
        assert_eq!(read_in("Overview", text), [], "{text}");
    }
}

#[test]
fn a_label_asks_even_beside_pay() {
    for text in ["Experience: 3-5 years | Salary: 8 LPA INR", "Salary 50,000 EUR, experience: 3-5 years"] {
        assert_eq!(
            read_in("Overview", text).first().map(|fact| (fact.0, fact.1)),
            Some((Some(36), Some(60))),
            "{text}"
        );
    }
}

#[test]
fn times_of_the_contract_are_not_asked_for() {
    for text in [
        "CDD de 12 mois",
        "Contrato de 6 meses",
        "Probezeit von 6 Monaten",
        "Probezeit: 6 Monate",
        "Befristet auf 2 Jahre",
        "Contract: 12 months",
        "Notice period of 3 months",
        "Période d'essai de 3 mois",
        "Periodo de prueba de 6 meses",
        "CDD d'une durée de 12 mois",
        "Notice period: 3 months",
        "A contract for 2 years",
    ] {
        assert_eq!(read_in("Requirements", text), [], "{text}");
    }
    for text in [
        "No less than 5 years of experience",
        "Not only five years of experience, but curiosity",
        "Experience in contract law of 5 years",
        "Experience: 5 years",
        "Cuisine, 5 ans",
        "Développeur avec 5 ans d'expérience en PHP 8",
        "Five years of experience, Python is not required",
        "5 years in sales",
        "5 years at an early stage startup",
        "5 years in interim management",
        "You have worked at a university for 5 years",
        "Teaching in education, 5 years",
    ] {
        let found = read_in("Requirements", text);
        assert_eq!((found.len(), found.first().and_then(|fact| fact.0)), (1, Some(60)), "{text}");
    }
}

#[test]
fn strength_and_evidence() {
    let page = page(
        "# Engineer\n\n## Requirements\n\n- Hello. 5+ years of experience in Java, ideally 2 years in Go.",
    );
    let section = &page.sections[0];
    let strengths: Vec<Strength> = section.experience.iter().map(|fact| fact.strength).collect();
    assert_eq!(strengths, [Strength::Required, Strength::Preferred]);
    let evidence = section.experience[0].evidence;
    let block = &section.blocks[evidence.block.expect("a block") as usize].text;
    assert_eq!(
        &block[evidence.start as usize..evidence.end as usize],
        "5+ years of experience in Java, ideally 2 years in Go."
    );
}

#[test]
fn rows_of_tables() {
    assert_eq!(
        read_in(
            "Career path",
            "| Level | Experience |\n|---|---|\n| Junior | 0–2 years |\n| Senior | 5+ years |"
        ),
        [short(0, 2, "", "Junior").with_zero(), short(5, 0, "", "Senior")]
    );
    assert_eq!(
        read_in("Overview", "| Topic | Usual |\n|---|---|\n| Experience | 6–9 years in technology |"),
        [short(6, 9, "technology", "")]
    );
}

#[test]
fn a_cell_without_end_is_not_read_for_each_time_of_its_row() {
    let started = std::time::Instant::now();
    let row = format!("| {} | {} |", "a".repeat(1 << 20), "3 years of ".repeat(20_000));
    assert!(read_in("Overview", &format!("| Topic | Usual |\n|---|---|\n{row}")).len() <= MOST);
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}

#[test]
fn hostile_text_is_read_in_linear_time_and_keeps_a_bounded_number_of_facts() {
    let text = "5 years of experience in Java and 3 years and ".repeat(20_000);
    assert_eq!(read_in("Requirements", &text).len(), MOST);
    let numbers = "5 years 5 ".repeat(20_000);
    assert!(read_in("Requirements", &numbers).len() <= MOST);
    let row = format!("| Level | Years |\n|---|---|\n| {numbers} | 2 |");
    assert!(read_in("Career path", &row).len() <= MOST);
}

#[test]
fn a_column_of_years_needs_no_unit() {
    let table = "| Level | Years of experience | Average salary |\n|---|---|---|\n| Junior | 0-2 | $62,000 |\n\
                 | Senior | 6+ | $98,000 |\n";
    assert_eq!(
        read_in("Salary by level", table),
        [(Some(0), Some(24), None, Some("Junior".to_owned())), short(6, 0, "", "Senior")]
    );
    assert!(read_in("Salary", &table.replace("Years of experience", "Share")).is_empty());
}
