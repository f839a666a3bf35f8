//! Lines directly below each other, without blank lines between them or without bullets.

use super::*;

#[test]
fn no_blank_lines() {
    let text = "Backend Manager
Career path
Backend managers come from engineering as a rule, and here is how they went:
Junior Engineer
  • Writes code
  • Fixes bugs
Senior Engineer
  • Designs systems
Salary
The pay is different everywhere, and so are the ways in which it is told.
General salaries
  • Average: $150,000
Salaries by company
Orrin (Engineering Manager)
  • Median: $290,000
More Careers
Cloud Engineer
Cloud Engineer
A cloud engineer keeps the clouds where they are, and customers below them dry.
Data Engineer
Data Engineer
A data engineer builds pipelines for whoever reads what comes out of their ends.
";
    let wanted = r#"# Backend Manager
## career-path "Career path"
p Backend managers come from engineering as a rule, and here is how they went:
### Junior Engineer
* Writes code
* Fixes bugs
### Senior Engineer
* Designs systems
## salary "Salary"
p The pay is different everywhere, and so are the ways in which it is told.
### General salaries
* Average: $150,000
### Orrin (Engineering Manager)
* Median: $290,000
## related-roles "More Careers"
> Cloud Engineer: A cloud engineer keeps the clouds where they are, and customers below them dry.
> Data Engineer: A data engineer builds pipelines for whoever reads what comes out of their ends.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn a_line_with_a_gap_is_no_table() {
    let text = "Clerk

Overview
A clerk keeps the books of a company, from the first invoice to the last.
The work is done   in an office and is as quiet as can be hoped for.
It suits those who like order and a table that nothing stands on.
Pay by years
Years\tPay
One\t$30,000
Ten\t$45,000
It rises slowly, as one sees, and does not rise further after that time.
";
    let page = outline::page(read(text)).expect("a page");
    let rows = page.sections.iter().flat_map(|section| &section.blocks);
    let rows: Vec<&str> = rows
        .filter(|block| matches!(block.kind, BlockKind::Row { .. }))
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(rows, ["Years | Pay", "One | $30,000", "Ten | $45,000"]);
}

#[test]
fn a_letter_is_a_bullet_before_a_number_below_another() {
    let text = "Clerk\n\nSkills\n\no Good English\no 3-5 years of practice\n\nLa paga es de 2 o 3 euros.\n";
    let wanted = r#"# Clerk
## skills "Skills"
* Good English
* 3-5 years of practice
p La paga es de 2 o 3 euros.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn neither_blank_lines_nor_bullets() {
    let text = "Dental Hygienist
Overview
A dental hygienist is a licensed professional who works beside a dentist all day.
What does a dental hygienist do?
Duties differ between practices. Common tasks are:
Removing plaque from teeth
Taking X-rays
Applying fluoride
Average salary for dental hygienists
Dental hygienists are usually paid by the hour, and better in large cities.
Skills for dental hygienists
These skills can help you succeed:
Fine motor skills
Hygienists work with small instruments in narrow places.
Attention to detail
Small changes in the gums may be the first sign of an illness.

Duties
Hygienists do the following:

Inspect teeth
Clean teeth
A practice without any hygienist has to leave all of this to the dentist.

Browse jobs
© 2024 Acme
Accessibility at Acme
Privacy Center
Terms
";
    let wanted = r#"# Dental Hygienist
## overview "Overview"
p A dental hygienist is a licensed professional who works beside a dentist all day.
## responsibilities "What does a dental hygienist do?"
p Duties differ between practices. Common tasks are:
* Removing plaque from teeth
* Taking X-rays
* Applying fluoride
## salary "Average salary for dental hygienists"
p Dental hygienists are usually paid by the hour, and better in large cities.
## skills "Skills for dental hygienists"
p These skills can help you succeed:
### Fine motor skills
p Hygienists work with small instruments in narrow places.
### Attention to detail
p Small changes in the gums may be the first sign of an illness.
## responsibilities "Duties"
p Hygienists do the following:
* Inspect teeth
* Clean teeth
p A practice without any hygienist has to leave all of this to the dentist.
* Accessibility at Acme
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn items_that_lost_their_bullets_below_numbers_and_headings() {
    let text = "Dental Hygienist

Overview

A dental hygienist is a licensed professional who works beside a dentist all day.

Requirements

1. Education
    Associate's degree in dental hygiene
    Licence of the state
2. Experience
    Two years in a practice, with children as well
3. Tools
    Scalers of several sizes
    Suction

Duties

Inspect the teeth and gums of patients, and tell the dentist in writing what looks unlike the time before
Clean teeth
";
    let wanted = r#"# Dental Hygienist
## overview "Overview"
p A dental hygienist is a licensed professional who works beside a dentist all day.
## requirements "Requirements"
1 Education
  * Associate's degree in dental hygiene
  * Licence of the state
1 Experience Two years in a practice, with children as well
1 Tools
  * Scalers of several sizes
  * Suction
## responsibilities "Duties"
* Inspect the teeth and gums of patients, and tell the dentist in writing what looks unlike the time before
* Clean teeth
"#;
    assert_eq!(shape(text), wanted);
    let wrapped = "Dental Hygienist

Duties

  1. Inspect the teeth and gums of patients, and tell the dentist
     Smith or his deputy in writing what looks unlike the time of
     Easter
  2. Clean teeth
";
    let wanted = r#"# Dental Hygienist
## responsibilities "Duties"
1 Inspect the teeth and gums of patients, and tell the dentist Smith or his deputy in writing what looks unlike the time of Easter
1 Clean teeth
"#;
    assert_eq!(shape(wrapped), wanted);
}
