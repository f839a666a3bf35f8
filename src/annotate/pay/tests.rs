use super::*;
use crate::parse::{Format, parse};

fn page(markdown: &str) -> Page {
    let mut page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
    annotate(&mut page);
    page
}

/// A fact as a line: amounts, currency, period, then what else is said.
fn show(pay: &Pay) -> String {
    let end = |end: Option<f64>| end.map_or("…".to_owned(), |end| end.to_string());
    let mut line =
        if pay.low == pay.high { end(pay.low) } else { format!("{}–{}", end(pay.low), end(pay.high)) };
    if let Some(beyond) = pay.beyond {
        line += &format!("({beyond}+)");
    }
    line += &format!(" {}/{:?} {:?}", pay.currency, pay.period, pay.statistic);
    if pay.scope != crate::model::Scope::Unstated {
        line += &format!(" {:?}", pay.scope);
    }
    if pay.approximate {
        line += " ~";
    }
    for (name, part) in [("of", &pay.of), ("company", &pay.company), ("place", &pay.place)] {
        if let Some(part) = part {
            line += &format!(" {name}={part}");
        }
    }
    if let Some(year) = pay.year {
        line += &format!(" {year}");
    }
    if !pay.inferred.is_empty() {
        line += &format!(" inferred={:?}", pay.inferred);
    }
    line
}

fn facts(markdown: &str) -> Vec<String> {
    page(markdown).sections.iter().flat_map(|section| &section.pay).map(show).collect()
}

#[test]
fn probe() {
    for file in std::env::var("PROBE").unwrap_or_default().split_whitespace() {
        let bytes = std::fs::read(file).unwrap();
        let mut page = parse(&bytes, Format::of(std::path::Path::new(file)).unwrap()).unwrap();
        annotate(&mut page);
        crate::annotate::companies::annotate(&mut page);
        println!("=== {file} {:?}", page.role.as_ref().map(|role| &role.label));
        for section in &page.sections {
            for pay in &section.pay {
                let text = pay.evidence.block.map_or("", |block| {
                    &section.blocks[block as usize].text
                        [pay.evidence.start as usize..pay.evidence.end as usize]
                });
                println!("{} || {}", show(pay), text.chars().take(180).collect::<String>());
            }
            for company in &section.companies {
                println!("  company {} ", company.name.label);
            }
        }
    }
    let _ = facts;
}
