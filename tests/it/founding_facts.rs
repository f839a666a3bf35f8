//! What the founding page says is paid and which companies it names, as a careful person reads it.

use crate::support::shared;
use rolecall::ingest::{IngestOptions, show};
use rolecall::model::{Page, Pay, PayPart, Period, Scope, Section, Statistic};

fn founding_page() -> Option<Page> {
    let file = shared("pages/aipathly/backend-engineering-manager.txt")?;
    Some(show(&file, &IngestOptions::default()).unwrap())
}

fn all_pay(page: &Page) -> Vec<(&Section, &Pay)> {
    page.sections.iter().flat_map(|section| section.pay.iter().map(move |pay| (section, pay))).collect()
}

fn said<'p>(section: &'p Section, pay: &Pay) -> &'p str {
    let block = &section.blocks[pay.evidence.block.unwrap() as usize];
    &block.text[pay.evidence.start as usize..pay.evidence.end as usize]
}

#[test]
fn eight_facts_of_twelve_amounts_each_with_the_sentence_that_says_it() {
    let Some(page) = founding_page() else { return };
    let found: Vec<_> = all_pay(&page)
        .into_iter()
        .map(|(section, pay)| {
            (section.kind.id.as_str(), said(section, pay), pay.low, pay.high, pay.beyond, pay.statistic)
        })
        .collect();
    let exactly = |amount: f64| (Some(amount), Some(amount), None);
    let wanted: Vec<_> = [
        (
            "market-demand",
            "Backend engineers with GraphQL skills can command an average salary of $204,000",
            exactly(204_000.0),
            Statistic::Average,
        ),
        (
            "market-demand",
            "Senior backend engineers can earn around $160,836 per year in the United States",
            exactly(160_836.0),
            Statistic::Amount,
        ),
        (
            "salary",
            "Average salary: $146,868 to $171,906 per year",
            (Some(146_868.0), Some(171_906.0), None),
            Statistic::RangeOfAverages,
        ),
        (
            "salary",
            "Overall range: $87,500 to $450,000 per year",
            (Some(87_500.0), Some(450_000.0), None),
            Statistic::Range,
        ),
        ("salary", "Median total compensation: $293,000 per year", exactly(293_000.0), Statistic::Median),
        (
            "salary",
            "Range: $186,000 to $333,000+ per year",
            (Some(186_000.0), None, Some(333_000.0)),
            Statistic::Range,
        ),
        ("salary", "Median total compensation: $175,000 per year", exactly(175_000.0), Statistic::Median),
        (
            "salary",
            "Range: $87,500 to $175,000+ per year",
            (Some(87_500.0), None, Some(175_000.0)),
            Statistic::Range,
        ),
    ]
    .into_iter()
    .map(|(kind, sentence, (low, high, beyond), statistic)| (kind, sentence, low, high, beyond, statistic))
    .collect();
    assert_eq!(found, wanted);
    let amounts = all_pay(&page).into_iter().map(|(_, pay)| {
        [pay.low, pay.high.filter(|_| pay.high != pay.low), pay.beyond].into_iter().flatten().count()
    });
    assert_eq!(amounts.sum::<usize>(), 12);
}

#[test]
fn whose_pay_it_is_who_pays_where_and_when_and_what_of_it_is_inferred() {
    use PayPart::{Company, Of, Period as InferredPeriod, Place, Year};
    let Some(page) = founding_page() else { return };
    let found: Vec<_> = all_pay(&page)
        .into_iter()
        .map(|(_, pay)| {
            let text = |part: &Option<String>| part.clone().unwrap_or_default();
            (text(&pay.of), text(&pay.company), text(&pay.place), pay.year, pay.inferred.clone())
        })
        .collect();
    let wanted: Vec<_> = [
        ("Backend engineers with GraphQL skills", "", "", None, vec![InferredPeriod]),
        ("Senior backend engineers", "", "United States", None, vec![]),
        ("Engineering Manager", "", "US", Some(2024), vec![Of, Place, Year]),
        ("Engineering Manager", "", "US", Some(2024), vec![Of, Place, Year]),
        ("Software Engineering Manager", "BCG", "US", Some(2024), vec![Company, Of, Place, Year]),
        ("Software Engineering Manager", "BCG", "US", Some(2024), vec![Company, Of, Place, Year]),
        ("Software Engineering Manager", "NCR", "US", Some(2024), vec![Company, Of, Place, Year]),
        ("Software Engineering Manager", "NCR", "US", Some(2024), vec![Company, Of, Place, Year]),
    ]
    .into_iter()
    .map(|(of, company, place, year, inferred)| {
        (of.to_owned(), company.to_owned(), place.to_owned(), year, inferred)
    })
    .collect();
    assert_eq!(found, wanted);
    for (index, (_, pay)) in all_pay(&page).into_iter().enumerate() {
        assert_eq!((pay.currency.as_str(), pay.period), ("USD", Period::Year), "{index}");
        assert_eq!(pay.approximate, index == 1, "{index}");
        let total = matches!(index, 4 | 6);
        assert_eq!(pay.scope, if total { Scope::Total } else { Scope::Unstated }, "{index}");
    }
}

#[test]
fn five_companies_and_no_office_of_statistics() {
    let Some(page) = founding_page() else { return };
    let found: Vec<(&str, &str, &str)> = page
        .sections
        .iter()
        .flat_map(|section| {
            section.companies.iter().map(|company| {
                (section.kind.id.as_str(), company.name.id.as_str(), company.name.label.as_str())
            })
        })
        .collect();
    let wanted = [
        ("overview", "mocafi", "MoCaFi"),
        ("overview", "gitlab", "GitLab"),
        ("overview", "databricks", "Databricks"),
        ("salary", "bcg", "BCG"),
        ("salary", "ncr", "NCR"),
    ];
    assert_eq!(found, wanted);
}
