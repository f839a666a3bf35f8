//! What a saved page has around its text.

use super::*;

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
fn what_the_page_says_looks_like_a_sites_lines() {
    let text = "Home

English

Social Media Manager

By Jane Doe

A social media manager speaks for a company where its customers are, every day of the week.

Skills

  • Facebook
  • English
  • Accessibility
  • asp.net
  • Published 5+ papers in top venues in 2020
  • Work from home

Career path

  • Start → Staff Nurse → Ward Manager
  • Home → Lead

By Experience Level

The longer, the more, as everywhere else.

Read more

About us

Acme is a company of forty people that was founded in Leeds in the year 1990.

Platforms

  • Facebook
  • Instagram

Contact

Jane Doe, Leeds

Share

  • Facebook
  • Twitter

About us

Privacy policy
";
    let wanted = r#"# Social Media Manager
## overview (inferred)
p A social media manager speaks for a company where its customers are, every day of the week.
## skills "Skills"
* Facebook
* English
* Accessibility
* asp.net
* Published 5+ papers in top venues in 2020
* Work from home
## career-path "Career path"
* Start → Staff Nurse → Ward Manager
* Home → Lead
### By Experience Level
p The longer, the more, as everywhere else.
## about-company "About us"
p Acme is a company of forty people that was founded in Leeds in the year 1990.
### Platforms
* Facebook
* Instagram
### Contact
p Jane Doe, Leeds
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn two_pages_one_after_the_other() {
    let text = "Home

Data Engineer

Overview

A data engineer builds the pipelines that other people of the company work with.

Skills

  • SQL
  • Python

Share this page

Privacy policy

© 2024 Acme

Home

Security Analyst

By Jane Doe

Overview

A security analyst watches the systems of a company for signs of an attack.

Skills

  • Splunk
  • Networks

Privacy policy
";
    let wanted = r#"# Data Engineer
## overview "Overview"
p A data engineer builds the pipelines that other people of the company work with.
## skills "Skills"
* SQL
* Python
## security-analyst "Security Analyst"
p By Jane Doe
## overview "Overview"
p A security analyst watches the systems of a company for signs of an attack.
## skills "Skills"
* Splunk
* Networks
"#;
    assert_eq!(shape(text), wanted);
}

#[test]
fn a_title_that_a_long_menu_hides() {
    let text = "Skip to main content
People
Learning
Jobs
Sign in

Data Engineer in Berlin
Expand search
This button displays the search type that is selected, and when it is expanded a list of others.
Jobs
People
Sign in

Data Engineer

Acme GmbH

About the job

We are looking for a data engineer to build the pipelines that everybody depends on.

What you bring

Experience that a data engineer has with tables and with whatever else once went wrong in the past.
";
    assert!(shape(text).starts_with("# Data Engineer\n"), "{}", shape(text));
    let text = "Glassdoor
Community
Salaries
For Employers
Keyword
Data Engineer
Overview
Interviews

How much does a Data Engineer make?

The estimated total pay for a Data Engineer is $119,000 per year.
";
    assert!(shape(text).starts_with("# Data Engineer\n"), "{}", shape(text));
    // Text above a line that names a role: it is none of a menu.
    let text = "Overview

People who look after others in a hospital have a long day, and then another one.

They work in shifts, in the night as well as on Sundays and on all the holidays.

Registered Nurse

A registered nurse cares for patients. Other people help a registered nurse with that.

To be a registered nurse takes years of study, and a practice that never quite ends.
";
    assert!(shape(text).contains("They work in shifts"), "{}", shape(text));
}
