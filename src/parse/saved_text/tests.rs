//! Pages as browsers and tools save them, and what is read of them.

use super::read;
use crate::model::{Block, BlockKind, Page};
use crate::parse::outline;

/// A page in short: `# title`, `## kind "heading"`, `### subheading`, `p` a paragraph, `*` and `1` items, `|` rows,
/// `> ` related roles.
fn shape(text: &str) -> String {
    let page = outline::page(read(text)).expect("a page");
    let mut shape = format!("# {}\n", page.title);
    for section in &page.sections {
        let inferred = if section.inferred { " (inferred)" } else { "" };
        let heading =
            section.heading.as_ref().map_or(String::new(), |heading| format!(" {:?}", heading.text));
        shape.push_str(&format!("## {}{heading}{inferred}\n", section.kind.id));
        let mut above = None;
        for block in &section.blocks {
            if block.heading != above {
                above = block.heading;
                let heading = above.and_then(|at| section.subheadings.get(usize::from(at)));
                shape.push_str(&heading.map_or(String::new(), |heading| format!("### {}\n", heading.text)));
            }
            shape.push_str(&line(block));
        }
    }
    related(&page, &mut shape);
    shape
}

fn line(block: &Block) -> String {
    match block.kind {
        BlockKind::Paragraph => format!("p {}\n", block.text),
        BlockKind::Item { depth, ordered } => {
            let mark = if ordered { '1' } else { '*' };
            format!("{}{mark} {}\n", "  ".repeat(usize::from(depth)), block.text)
        }
        BlockKind::Row { header, .. } => format!("{} {}\n", if header { "||" } else { "|" }, block.text),
        BlockKind::Code => format!("c {}\n", block.text),
    }
}

fn related(page: &Page, shape: &mut String) {
    for role in &page.related {
        let url = role.url.as_ref().map_or(String::new(), |url| format!(" <{url}>"));
        let teaser = role.teaser.as_ref().map_or(String::new(), |teaser| format!(": {teaser}"));
        shape.push_str(&format!("> {}{url}{teaser}\n", role.title));
    }
}

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
fn underlined_headings() {
    let text = "Home > Careers > Welder

Welder
======

What does a welder do?
----------------------

Welders join metal parts with heat. They read drawings, choose the
right material and check the finished seam.

• Read blueprints
• Set up the equipment
• Check seams

Training and education
----------------------

A high school diploma and technical training are the usual way into the
trade. Apprenticeships last three to four years.
";
    let wanted = r#"# Welder
## responsibilities "What does a welder do?"
p Welders join metal parts with heat. They read drawings, choose the right material and check the finished seam.
* Read blueprints
* Set up the equipment
* Check seams
## education "Training and education"
p A high school diploma and technical training are the usual way into the trade. Apprenticeships last three to four years.
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
fn spaces_that_do_not_break() {
    let text = "\u{feff}DevOps\u{a0}Engineer\u{200b}\n\
\u{a0}\n\
Overview\u{a0}\n\
\u{a0}\n\
They\u{a0}run the pipelines and keep the systems of a company healthy.\n\
\u{a0}\n\
Responsibilities\n\
\u{a0}\n\
•\u{a0}Automate deployments\n\
•\u{a0}Watch costs\n\
";
    let wanted = r#"# DevOps Engineer
## overview "Overview"
p They run the pipelines and keep the systems of a company healthy.
## responsibilities "Responsibilities"
* Automate deployments
* Watch costs
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn german_site() {
    let text = "Zum Inhalt springen

Startseite > Berufe > Pflegefachkraft

Pflegefachkraft (m/w/d)

Wir verwenden Cookies, um Ihnen das beste Erlebnis auf unserer Seite zu bieten.

Aufgaben

Eine Pflegefachkraft versorgt Menschen, die krank oder alt sind, und leitet Hilfskräfte an.

  • Patienten versorgen
  • Medikamente verabreichen
  • Angehörige beraten

Für den Beruf braucht man eine dreijährige Ausbildung, die mit einer staatlichen Prüfung endet.

  • Mittlerer Schulabschluss
  • Gesundheitliche Eignung

Das Gehalt liegt je nach Bundesland und Träger zwischen 2.800 € und 3.900 € brutto im Monat.

Impressum

Datenschutz
";
    let wanted = r#"# Pflegefachkraft (m/w/d)
## responsibilities "Aufgaben"
p Eine Pflegefachkraft versorgt Menschen, die krank oder alt sind, und leitet Hilfskräfte an.
* Patienten versorgen
* Medikamente verabreichen
* Angehörige beraten
## requirements (inferred)
p Für den Beruf braucht man eine dreijährige Ausbildung, die mit einer staatlichen Prüfung endet.
* Mittlerer Schulabschluss
* Gesundheitliche Eignung
## salary (inferred)
p Das Gehalt liegt je nach Bundesland und Träger zwischen 2.800 € und 3.900 € brutto im Monat.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn chinese_page() {
    let text = "数据工程师

概述

数据工程师负责建设和维护公司的数据管道。他们与分析师和产品经理密切合作。

职责

• 设计数据仓库
• 维护数据管道

要求

• 计算机科学学士学位
• 三年以上经验
";
    let wanted = r#"# 数据工程师
## u6982u8ff0 "概述"
p 数据工程师负责建设和维护公司的数据管道。他们与分析师和产品经理密切合作。
## u804cu8d23 "职责"
* 设计数据仓库
* 维护数据管道
## u8981u6c42 "要求"
* 计算机科学学士学位
* 三年以上经验
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn arabic_page() {
    let text = "مهندس بيانات

نظرة عامة

يبني مهندس البيانات خطوط البيانات التي يعتمد عليها المحللون في الشركة كل يوم.

• بناء خطوط البيانات
• مراقبة الجودة
";
    let wanted = r#"# مهندس بيانات
## u646u638u631u629u639u627u645u629 "نظرة عامة"
p يبني مهندس البيانات خطوط البيانات التي يعتمد عليها المحللون في الشركة كل يوم.
* بناء خطوط البيانات
* مراقبة الجودة
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn menus_and_the_foot_of_a_site() {
    let text = "Menu

Acme Jobs

Find jobs

Companies

Salaries

Blog

Log in

Home / Careers / Technology / Security Analyst

Security Analyst

By Jane Doe

Updated June 2024

A security analyst watches the systems of a company for signs of an attack and answers when there is one. The job suits people who stay calm.

What does a security analyst do?

• Monitor alerts
• Investigate incidents

How much does a security analyst make?

The average salary is $95,000 per year.

Share this article

Facebook

LinkedIn

About us

Contact us

Privacy policy
";
    let wanted = r#"# Security Analyst
## overview (inferred)
p A security analyst watches the systems of a company for signs of an attack and answers when there is one. The job suits people who stay calm.
## responsibilities "What does a security analyst do?"
* Monitor alerts
* Investigate incidents
## salary "How much does a security analyst make?"
p The average salary is $95,000 per year.
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
fn teasers_with_raw_markdown() {
    let text = "logoCareerHub

Cloud Engineer

first image

Overview

A Cloud Engineer designs and runs infrastructure. Key duties include:

  • Design networks
  • Run clusters Skills that matter most:
  • Terraform
  • Kubernetes

Market Demand

Demand is strong in every industry that moves its systems to the cloud.

More Careers

DevOps Engineer

DevOps Engineer

DevOps engineers automate.

## Key Responsibilities

- **Automation**: Build pipelines
- Monitoring

Site Reliability Engineer

Site Reliability Engineer

They keep systems up. **Skills**: Go, Linux
";
    let wanted = r#"# Cloud Engineer
## overview "Overview"
p A Cloud Engineer designs and runs infrastructure. Key duties include:
* Design networks
* Run clusters
p Skills that matter most:
* Terraform
* Kubernetes
## market-demand "Market Demand"
p Demand is strong in every industry that moves its systems to the cloud.
## related-roles "More Careers"
> DevOps Engineer: DevOps engineers automate. ## Key Responsibilities Automation: Build pipelines Monitoring
> Site Reliability Engineer: They keep systems up. Skills: Go, Linux
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn list_of_contents() {
    let text = "Product Manager

Contents

1. Overview
2. Responsibilities
3. Salary

1. Overview

A product manager decides what is built next and why it matters to customers.

2. Responsibilities

• Talk to customers
• Write the roadmap

3. Salary

The median pay is $130,000 a year.
";
    let wanted = r#"# Product Manager
## overview "Overview"
p A product manager decides what is built next and why it matters to customers.
## responsibilities "Responsibilities"
* Talk to customers
* Write the roadmap
## salary "Salary"
p The median pay is $130,000 a year.
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

#[test]
fn capitals() {
    let text = "ELECTRICIAN
***********

JOB DUTIES
Electricians install and repair wiring in homes and factories. They read
blueprints and follow the code, which changes every few years in most of
the states.

HOW TO BECOME ONE
-----------------
Most electricians learn the trade in an apprenticeship of four or five
years. A license is required in most states.
";
    let wanted = r#"# ELECTRICIAN
## responsibilities "JOB DUTIES"
p Electricians install and repair wiring in homes and factories. They read blueprints and follow the code, which changes every few years in most of the states.
## career-path "HOW TO BECOME ONE"
p Most electricians learn the trade in an apprenticeship of four or five years. A license is required in most states.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn tables() {
    let text = "Teacher

Salary

Experience          Pay
Entry level         $45,000
Ten years           $62,000

| State | Pay |
|-------|-----|
| Ohio  | $50,000 |
| Texas | $52,000 |
";
    let wanted = r#"# Teacher
## salary "Salary"
|| Experience | Pay
| Entry level | $45,000
| Ten years | $62,000
|| State | Pay
| Ohio | $50,000
| Texas | $52,000
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn spanish_site() {
    let text = "Saltar al contenido

Inicio > Empleos > Ingeniero de datos

Ingeniero de datos

Funciones

Un ingeniero de datos construye los sistemas que mueven la información de la empresa.

  - Diseñar bases de datos
  - Mantener los procesos

Para acceder al puesto se requiere un título universitario y dos años de experiencia en el sector.

  - SQL
  - Python

El salario medio es de 38.000 € al año en las grandes ciudades.
";
    let wanted = r#"# Ingeniero de datos
## responsibilities "Funciones"
p Un ingeniero de datos construye los sistemas que mueven la información de la empresa.
* Diseñar bases de datos
* Mantener los procesos
## requirements (inferred)
p Para acceder al puesto se requiere un título universitario y dos años de experiencia en el sector.
* SQL
* Python
## salary (inferred)
p El salario medio es de 38.000 € al año en las grandes ciudades.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn advertisement() {
    let text = "About the job

We're hiring a Platform Engineer to join our team in Berlin.

What you'll do
- Run our clusters
- Write Go services

What you'll bring
- 5+ years with Kubernetes
- Fluent English

Pay: €80,000 - €95,000 per year
";
    let wanted = r#"# About the job
## overview (inferred)
p We're hiring a Platform Engineer to join our team in Berlin.
## responsibilities "What you'll do"
* Run our clusters
* Write Go services
## requirements "What you'll bring"
* 5+ years with Kubernetes
* Fluent English
## salary (inferred)
p Pay: €80,000 - €95,000 per year
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn wrapped_items() {
    let text = "Civil Engineer

Overview

Civil engineers conceive, design, build, supervise, operate, construct
and maintain infrastructure projects and systems in the public and
private sector, including roads, buildings, airports, tunnels, dams,
bridges, and systems for water supply and sewage treatment.

Duties

- Analyze long range plans, survey reports, maps, and other data to plan
and design projects
- Consider construction costs, government regulations, potential
environmental hazards, and other factors during the planning stages

Civil engineers inspect projects to insure regulatory compliance.

Work Environment

Civil engineers generally work in office settings.
";
    let wanted = r#"# Civil Engineer
## overview "Overview"
p Civil engineers conceive, design, build, supervise, operate, construct and maintain infrastructure projects and systems in the public and private sector, including roads, buildings, airports, tunnels, dams, bridges, and systems for water supply and sewage treatment.
## responsibilities "Duties"
* Analyze long range plans, survey reports, maps, and other data to plan and design projects
* Consider construction costs, government regulations, potential environmental hazards, and other factors during the planning stages
p Civil engineers inspect projects to insure regulatory compliance.
## work-environment "Work Environment"
p Civil engineers generally work in office settings.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn numbered_headings_and_items() {
    let text = "Data Analyst

1. What is a data analyst?

A data analyst turns numbers into decisions.

2. Responsibilities

1) Collect data
2) Clean data
3) Report

3. How much does a data analyst earn?

Between $60,000 and $90,000 a year.
";
    let wanted = r#"# Data Analyst
## overview "What is a data analyst?"
p A data analyst turns numbers into decisions.
## responsibilities "Responsibilities"
1 Collect data
1 Clean data
1 Report
## salary "How much does a data analyst earn?"
p Between $60,000 and $90,000 a year.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn marks_on_lines_of_their_own() {
    let text = "Backend Developer

Requirements

•
Experience with Java
•
Knowledge of SQL
•
Docker

Benefits

✓ Remote work
✔️ 30 days of leave
";
    let wanted = r#"# Backend Developer
## requirements "Requirements"
* Experience with Java
* Knowledge of SQL
* Docker
## benefits "Benefits"
* Remote work
* 30 days of leave
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn emphasis_of_markdown() {
    let text = "Platform Engineer

**Overview**

A platform engineer builds the tools that other engineers use.

**Responsibilities:**

* **Pipelines**: keep them fast
* **Clusters**: keep them up

**Requirements:**

* Kubernetes
";
    let wanted = r#"# Platform Engineer
## overview "Overview"
p A platform engineer builds the tools that other engineers use.
## responsibilities "Responsibilities:"
* Pipelines: keep them fast
* Clusters: keep them up
## requirements "Requirements:"
* Kubernetes
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn facts_above_the_text() {
    let text = "Job Title: Warehouse Manager
Location: Leeds
Department: Logistics

Purpose of the role:
To run the warehouse and lead a team of thirty people in two shifts.

Key responsibilities:
Plan shifts
Train staff
Keep the stock right

Essential skills:
Forklift licence
Five years in logistics

Salary: £38,000 per annum
";
    let wanted = r#"# Warehouse Manager
## overview (inferred)
p Location: Leeds
p Department: Logistics
## overview "Purpose of the role:"
p To run the warehouse and lead a team of thirty people in two shifts.
## responsibilities "Key responsibilities:"
* Plan shifts
* Train staff
* Keep the stock right
## skills "Essential skills:"
* Forklift licence
* Five years in logistics
## salary (inferred)
p Salary: £38,000 per annum
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn a_line_without_width_is_blank() {
    let text = "Data Engineer\n\nOverview\n\u{200b}\nThey build pipelines.\n\u{200b}\nSalary\n\u{feff}\nGood.\n\u{200e}\n";
    let page = outline::page(read(text)).expect("a page");
    let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
    assert_eq!(kinds, ["overview", "salary"]);
}

#[test]
fn lone_lines_are_headings_and_bullets_below_a_number_its_children() {
    let text = "logoCareers\n\nDevOps Engineer\n\nfirst image\n\nOverview\n\nWhat it is, in a sentence.\n\nRequirements\n\n\
        Key requirements include:\n\n  1. Education\n  • A degree\n  1. Tools\n  • Docker\n  • k8s\n\nMore Careers\n\nCloud Architect\n\n\
        Cloud Architect\n\nA Cloud Architect plans. ### Skills - AWS\n";
    let page = outline::page(read(text)).expect("a page");
    assert_eq!(page.title, "DevOps Engineer");
    let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
    assert_eq!(kinds, ["overview", "requirements", "related-roles"]);
    let depths = page.sections[1].blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Item { depth, ordered } => Some((depth, ordered)),
        _ => None,
    });
    assert_eq!(depths.collect::<Vec<_>>(), [(0, true), (1, false), (0, true), (1, false), (1, false)]);
    assert_eq!(page.related.len(), 1);
    assert!(page.related[0].teaser.as_deref().is_some_and(|teaser| teaser.contains("### Skills")));
    assert!(page.sections[2].blocks.is_empty());
}

#[test]
fn hostile_text_takes_no_longer_a_byte() {
    for unit in [
        "<",
        "a <http://a> b ",
        "A b\n\n",
        "a\tb\n",
        "• ",
        "\n",
        "[1",
        " 1. 1) (1) a)\n",
        "Skills\n\n",
        "• A b The c is\n",
    ] {
        let text =
            format!("Title\n\nOverview\n\nIt is about this.\n\n{}", unit.repeat((1 << 18) / unit.len()));
        let start = std::time::Instant::now();
        let _ = outline::page(read(&text));
        assert!(start.elapsed().as_secs() < 10, "{unit:?} takes {:?}", start.elapsed());
    }
}
