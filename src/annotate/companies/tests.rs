use super::*;
use crate::parse::{Format, parse};

fn named(markdown: &str) -> Vec<String> {
    let mut page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
    annotate(&mut page);
    let companies = page.sections.into_iter().flat_map(|section| section.companies);
    companies.map(|company| company.name.label).collect()
}

#[test]
fn employers_in_sentences() {
    for (sentence, wanted) in [
        ("Companies like Acme, Bolt & Co and Initech hire them.", &["Acme", "Bolt & Co", "Initech"][..]),
        ("Startups such as Stripe use Ruby.", &["Stripe"]),
        ("Unternehmen wie Siemens, SAP oder Bosch suchen.", &["Siemens", "SAP", "Bosch"]),
        ("Des entreprises comme Airbus recrutent.", &["Airbus"]),
        ("Empresas como Telefónica e Inditex contratan.", &["Telefónica"]),
        ("An engineer at Google earns $200,000.", &["Google"]),
        ("Most people who work at Acme Robotics like it.", &["Acme Robotics"]),
        ("Ingenieure bei Siemens verdienen 80.000 €.", &["Siemens"]),
        ("Acme pays $100,000.", &["Acme"]),
        ("Engineers at Google, Meta and Amazon earn $300,000.", &["Google", "Meta", "Amazon"]),
        ("Companies (e.g. Zalando, Bolt) hire them.", &["Zalando", "Bolt"]),
        ("Examples: Acme (Erlangen) pays €64.000.", &["Acme"]),
        ("Acme Energy, a utility, offers a salary of $90,000.", &["Acme Energy"]),
    ] {
        assert_eq!(named(&format!("# Engineer\n\n## Overview\n\n{sentence}\n")), wanted, "{sentence}");
    }
}

#[test]
fn tools_schools_offices_places_and_sources_are_none() {
    for sentence in [
        "Experience with Microsoft Excel, AWS and Salesforce.",
        "The U.S. Bureau of Labor Statistics projects growth.",
        "Salaries at Glassdoor are higher.",
        "Sie arbeiten bei Bedarf auch am Wochenende.",
        "Das Gehalt bei Vollzeit liegt bei 3.000 €.",
        "Bei Männern liegt das Gehalt bei 50.000 €, bei Frauen bei 45.000 €.",
        "Unternehmen wie Banken und Versicherungen suchen.",
        "Nobody pays $200,000.",
        "Law pays $200,000.",
        "Pay at Grade 7 is $60,000.",
        "Jobs at Christmas are rare.",
        "Study at Stanford University.",
        "Jobs at London are rare.",
        "Working at Senior level is hard.",
        "Companies like these use Kubernetes.",
        "Companies use tools like Docker.",
        "London pays £50k.",
        "Methodisches Denken zählt.",
        "The salary is at £48k.",
        "Java offers many libraries.",
        "AWS offers the exam for $300.",
    ] {
        assert_eq!(named(&format!("# Engineer\n\n## Overview\n\n{sentence}\n")), [""; 0], "{sentence}");
    }
    let skills = "# Engineer\n\n## Skills\n\nCompanies look for skills such as:\n\n- Communication: clear words\n- SQL: queries\n- Leadership: guiding teams\n";
    assert_eq!(named(skills), [""; 0]);
}

#[test]
fn certifications_are_none() {
    let page = "# Engineer\n\n## Skills\n\nDepending on the tools within companies, certifications like:\n\n- CompTIA Security+\n- GIAC\n";
    assert_eq!(named(page), [""; 0]);
}

#[test]
fn a_column_of_companies() {
    let table = "# Engineer\n\n## Facts\n\n| Company | Average salary |\n|---|---|\n| Acme | $90,000 |\n| Capital One | $95,000 |\n";
    assert_eq!(named(table), ["Acme", "Capital One"]);
}

#[test]
fn lists_headings_and_rows() {
    let page = "# Engineer\n\n## Overview\n\nTop employers include:\n\n- Acme GmbH: robots\n- Initech\n- Bolt – scooters\n\n## Salary\n\n### Globex (Software Engineer)\n\n- $100,000\n";
    assert_eq!(named(page), ["Acme GmbH", "Initech", "Bolt", "Globex"]);
    assert_eq!(
        named("# Engineer\n\n## Facts\n\n| Field | Value |\n|---|---|\n| Company | Acme |\n"),
        ["Acme"]
    );
}

/// Ends at all only where a row is read once, and an aside and the head of a column are looked at with a bound.
#[test]
fn a_row_without_end_is_read_once() {
    let cell = "a. 5 years. ".repeat((1 << 20) / 12);
    assert_eq!(
        named(&format!("# Nurse\n\n## Salary\n\n| Company | {cell} |\n|---|---|\n| {cell} | 2 |\n")),
        [""; 0]
    );
    let asides = "Acme (x: ".repeat((1 << 20) / 9);
    assert_eq!(named(&format!("# Nurse\n\n## Salary\n\n{asides} $5\n")), [""; 0]);
}

#[test]
fn headings_of_lists_of_companies() {
    for heading in [
        "Top paying companies",
        "Companies hiring designers",
        "Salary by company",
        "Company-Specific Salary Ranges",
        "Best companies to work for",
        "Top employers",
        "Salaries at top companies",
    ] {
        assert!(heads_companies(heading), "{heading}");
    }
    for heading in ["What companies look for", "How companies hire", "Company overview", "About the company"]
    {
        assert!(!heads_companies(heading), "{heading}");
    }
}
