//! How browsers and other tools save a page to text.

use super::*;

#[test]
fn saved_by_firefox() {
    let text = "Skip to content <#main>

Acme Careers <https://acme.example/>

  * Home <https://acme.example/>
  * Jobs <https://acme.example/jobs>
  * Log in <https://acme.example/login>


  Data Engineer

Updated 3 May 2024


    Overview

A data engineer builds the pipelines that a company's analysts rely on. The
work combines software engineering with a knowledge of databases and of the
business behind the numbers.


    Key Responsibilities

  * Build and maintain pipelines that load data from dozens of sources every
    night
  * Design tables that analysts understand
      o Name columns so that nobody needs to ask
      o Document every source
  * Watch quality and cost


    Salary

 1. Junior: $80,000 to $95,000 per year
 2. Senior: $120,000 to $150,000 per year

Figures are for the United States and vary with the location.


    Related careers

  * Data Scientist <https://acme.example/data-scientist>
  * Analytics Engineer <https://acme.example/analytics-engineer>

© 2024 Acme Inc. All rights reserved.
Privacy Policy <https://acme.example/privacy>
Terms of Use <https://acme.example/terms>
";
    let wanted = r#"# Data Engineer
## overview "Overview"
p A data engineer builds the pipelines that a company's analysts rely on. The work combines software engineering with a knowledge of databases and of the business behind the numbers.
## responsibilities "Key Responsibilities"
* Build and maintain pipelines that load data from dozens of sources every night
* Design tables that analysts understand
  * Name columns so that nobody needs to ask
  * Document every source
* Watch quality and cost
## salary "Salary"
1 Junior: $80,000 to $95,000 per year
1 Senior: $120,000 to $150,000 per year
p Figures are for the United States and vary with the location.
## related-roles "Related careers"
> Data Scientist <https://acme.example/data-scientist>
> Analytics Engineer <https://acme.example/analytics-engineer>
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn copied_from_chrome() {
    let text = "Data Engineer\n\
Overview\n\
A data engineer builds the pipelines that a company's analysts rely on. The work combines software engineering with a knowledge of databases and of the business behind the numbers.\n\
\n\
Key Responsibilities\n\
Data engineers do the following:\n\
Build and maintain pipelines that load data every night\n\
Design tables that analysts understand\n\
Watch quality and cost\n\
\n\
Skills\n\
SQL\n\
Python\n\
Apache Airflow\n\
\n\
Salary\n\
Level\tPay\n\
Junior\t$80,000\n\
Senior\t$120,000\n\
\n\
Share this page\n\
Facebook\n\
Twitter\n\
";
    let wanted = r#"# Data Engineer
## overview "Overview"
p A data engineer builds the pipelines that a company's analysts rely on. The work combines software engineering with a knowledge of databases and of the business behind the numbers.
## responsibilities "Key Responsibilities"
p Data engineers do the following:
* Build and maintain pipelines that load data every night
* Design tables that analysts understand
* Watch quality and cost
## skills "Skills"
* SQL
* Python
* Apache Airflow
## salary "Salary"
|| Level | Pay
| Junior | $80,000
| Senior | $120,000
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn dumped_by_lynx() {
    let text = "   #[1]Alternate

   [2]Skip to main content

                             Nurse Practitioner

   [logo.png]

Overview

   A nurse practitioner examines patients, makes diagnoses and prescribes
   treatment. [3]Licensing rules differ between states, and so does the
   independence that the job allows.

What They Do

   Nurse practitioners typically do the following:
     * Take and record patients' medical histories, symptoms and cur-
       rent medication
     * Order tests and interpret the [4]results of these tests for patients
       and their families
          + Blood tests
          + X-rays

Pay

   The median annual wage was $121,610 in May 2022. The lowest 10 percent
   earned less than $87,340, and the best paid 10 percent earned more than
   $165,240.

References

   Visible links
   1. https://example.org/feed
   2. https://example.org/#main
   3. https://example.org/licensing
   4. https://example.org/results
";
    let wanted = r#"# Nurse Practitioner
## overview "Overview"
p A nurse practitioner examines patients, makes diagnoses and prescribes treatment. Licensing rules differ between states, and so does the independence that the job allows.
## responsibilities "What They Do"
p Nurse practitioners typically do the following:
* Take and record patients' medical histories, symptoms and current medication
* Order tests and interpret the results of these tests for patients and their families
  * Blood tests
  * X-rays
## salary "Pay"
p The median annual wage was $121,610 in May 2022. The lowest 10 percent earned less than $87,340, and the best paid 10 percent earned more than $165,240.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn printed_pages() {
    let text = "Career Guide\n\
UX Designer\n\
\n\
Overview\n\
UX designers research how people use a product and design what they see of\n\
it. They work with product managers, with engineers and with researchers in\n\
every phase of a project, and they test their designs with people who have\n\
never seen them. The ﬁrst years are spent learning methods.\n\
Career Guide                                     Page 1 of 2\n\
\u{c}Career Guide\n\
Requirements\n\
\u{f0b7} A portfolio with three cases\n\
\u{f0b7} Experience with Figma and with user inter-\n\
\x20 views\n\
\u{f0b7} A degree in design or human-computer inter-\n\
\x20 action\n\
Salary\n\
Designers earn $85,000 to $130,000 per year. Cross-\n\
functional experience is paid better.\n\
Career Guide                                     Page 2 of 2\n\
";
    let wanted = r#"# UX Designer
## overview "Overview"
p UX designers research how people use a product and design what they see of it. They work with product managers, with engineers and with researchers in every phase of a project, and they test their designs with people who have never seen them. The ﬁrst years are spent learning methods.
## requirements "Requirements"
* A portfolio with three cases
* Experience with Figma and with user interviews
* A degree in design or human-computer interaction
## salary "Salary"
p Designers earn $85,000 to $130,000 per year. Cross-functional experience is paid better.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn bullets_of_a_word_processor() {
    let text = "PROJECT MANAGER\r\n\
\r\n\
JOB SUMMARY\r\n\
The project manager plans projects, leads teams and reports to the board about progress, cost and risk.\r\n\
\r\n\
RESPONSIBILITIES:\r\n\
\u{f0b7}\tPlan projects and budgets\r\n\
o\tAgree milestones with the customer\r\n\
§\tTrack every change\r\n\
·\tReport to the board\r\n\
\r\n\
QUALIFICATIONS:\r\n\
-\tBachelor’s degree in business or engineering\r\n\
-\tPMP certification\r\n\
";
    let wanted = r#"# PROJECT MANAGER
## overview "JOB SUMMARY"
p The project manager plans projects, leads teams and reports to the board about progress, cost and risk.
## responsibilities "RESPONSIBILITIES:"
* Plan projects and budgets
* Agree milestones with the customer
* Track every change
* Report to the board
## qualifications "QUALIFICATIONS:"
* Bachelor’s degree in business or engineering
* PMP certification
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn markdown_under_the_name_of_a_text() {
    let text = "# Backend Engineer

## Overview

Backend engineers write the part of a program that nobody sees.

## Skills

- **Go** and SQL
- Docker

## Salary

$120,000 per year
";
    let wanted = r#"# Backend Engineer
## overview "Overview"
p Backend engineers write the part of a program that nobody sees.
## skills "Skills"
* Go and SQL
* Docker
## salary "Salary"
p $120,000 per year
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn reader_view() {
    let text = "Registered Nurse

example.org
6-9 minutes

Registered nurses provide and coordinate patient care, educate patients and the public about various health conditions.

Duties

Registered nurses typically do the following:

Assess patients' conditions
Record patients' medical histories and symptoms
Observe patients and record the observations

Registered nurses work as part of a team with physicians and other healthcare specialists.

Important Qualities

Critical-thinking skills. Registered nurses must assess changes in the health status of patients.

Communication skills. Registered nurses must be able to communicate effectively with patients.
";
    let wanted = r#"# Registered Nurse
## overview (inferred)
p Registered nurses provide and coordinate patient care, educate patients and the public about various health conditions.
## responsibilities "Duties"
p Registered nurses typically do the following:
* Assess patients' conditions
* Record patients' medical histories and symptoms
* Observe patients and record the observations
p Registered nurses work as part of a team with physicians and other healthcare specialists.
## soft-skills "Important Qualities"
p Critical-thinking skills. Registered nurses must assess changes in the health status of patients.
p Communication skills. Registered nurses must be able to communicate effectively with patients.
"#;
    assert_eq!(shape(text), wanted);
}
