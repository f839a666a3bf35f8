//! What lines mean: headings, items and tables however they are written.

use super::*;

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
        assert!(start.elapsed().as_secs() < 120, "{unit:?} takes {:?}", start.elapsed());
    }
}

#[test]
fn numbered_items_whose_lines_are_indented() {
    let text = "Team Lead

Skills

Leads of teams have these skills, which matter more than what they know of the
work itself:

 1. Adaptability: Flexibility in embracing new technologies, methodologies and
    changes of the industry.
 2. Risk assessment: Skill in identifying, evaluating and mitigating potential
    risks in projects.
3. Collaboration: Proficiency in working with others effectively in teams that
   stretch over continents.

Salary

The pay is good.
";
    let wanted = r#"# Team Lead
## skills "Skills"
p Leads of teams have these skills, which matter more than what they know of the work itself:
1 Adaptability: Flexibility in embracing new technologies, methodologies and changes of the industry.
1 Risk assessment: Skill in identifying, evaluating and mitigating potential risks in projects.
1 Collaboration: Proficiency in working with others effectively in teams that stretch over continents.
## salary "Salary"
p The pay is good.
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn a_hyphen_at_the_end_of_a_line() {
    let joined = |before: &str, after: &str, elsewhere: &str| {
        let text = format!(
            "Team Lead\n\nOverview\n\nThe text is wrapped, which is what its lines show to whoever reads in it, {before}-\n\
             {after} and all, for one line after another.\n\n{elsewhere}\n"
        );
        let page = outline::page(read(&text)).expect("a page");
        let text = &page.sections[0].blocks[0].text;
        text.contains(&format!("{before}{after}"))
    };
    for (before, after, elsewhere) in [
        ("player", "coaches", ""),
        ("cross", "functional", ""),
        ("player", "coaches", "A player is one of several coaches."),
        ("decision", "making", ""),
        ("state-of-the", "art", ""),
        ("com", "plete", "There is a com-plete set."),
    ] {
        assert!(!joined(before, after, elsewhere), "{before}-{after}");
    }
    for (before, after, elsewhere) in [
        ("devel", "opers", "What one develops is never ready."),
        ("manage", "ment", ""),
        ("com", "pany", ""),
        ("player", "coaches", "Playercoaches are few."),
        ("require", "ments", ""),
    ] {
        assert!(joined(before, after, elsewhere), "{before}{after}");
    }
}
