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

/// The facts of one sentence on a page about a role, outside any section about pay.
fn of(sentence: &str) -> String {
    facts(&format!("# Backend Engineer\n\n## Overview\n\n{sentence}\n")).join("; ")
}

/// The facts of one line in a section about pay.
fn in_salary(line: &str) -> String {
    facts(&format!("# Backend Engineer\n\n## Salary\n\n{line}\n")).join("; ")
}

#[test]
fn sentences_that_say_what_is_paid() {
    for (sentence, wanted) in [
        ("The salary is $120k–$150k.", "120000–150000 USD/Year Range inferred=[Period]"),
        ("We pay 120-150K USD per year.", "120000–150000 USD/Year Range"),
        ("Gehalt: €55.000 – 70.000 brutto/Jahr.", "55000–70000 EUR/Year Range"),
        ("Le salaire est de 55 000 € par an.", "55000 EUR/Year Amount"),
        ("Pay: £45,000 to £60,000 per annum", "45000–60000 GBP/Year Range"),
        ("Lohn: CHF 110'000 pro Jahr", "110000 CHF/Year Amount"),
        ("Compensation of ₹12–18 LPA", "1200000–1800000 INR/Year Range"),
        ("Annual salary: ¥6,000,000", "6000000 JPY/Year Amount"),
        ("Contractors earn US$ 25/hr.", "25 USD/Hour Amount of=Contractors"),
        ("Der Stundenlohn liegt bei 25,50 €.", "25.5 EUR/Hour Amount"),
        ("Backend engineers earn between 40 and 60 thousand euros a year.", "40000–60000 EUR/Year Range"),
        ("Backend developers make up to $200,000.", "…–200000 USD/Year Range inferred=[Period]"),
        ("Salaries start at £30k.", "30000–… GBP/Year Range inferred=[Period]"),
        (
            "The median total compensation of $163,000 is high.",
            "163000 USD/Year Median Total inferred=[Period]",
        ),
        ("OTE: $180,000", "180000 USD/Year Amount Total inferred=[Period]"),
        ("A base salary of A$95,000 plus bonus.", "95000 AUD/Year Amount Base inferred=[Period]"),
        ("The average base pay is C$88,500 a year.", "88500 CAD/Year Average Base"),
        (
            "Salaries: entry-level: $60,000; senior: $120,000",
            "60000 USD/Year Amount of=entry-level inferred=[Period]; 120000 USD/Year Amount of=senior inferred=[Period]",
        ),
        (
            "Senior backend engineers earn about 12 000 zł a month.",
            "12000 PLN/Month Amount ~ of=Senior backend engineers",
        ),
        ("In London engineers earn £70,000 a year (2023).", "70000 GBP/Year Amount place=London 2023"),
        ("Das durchschnittliche Jahresgehalt beträgt 62.000 Euro.", "62000 EUR/Year Average"),
        ("Das Bruttogehalt liegt monatlich bei 4.500 €.", "4500 EUR/Month Amount"),
        (
            "Softwareentwickler verdienen in Berlin im Schnitt 65.000 € im Jahr.",
            "65000 EUR/Year Average of=Softwareentwickler place=Berlin",
        ),
        ("Un développeur gagne en moyenne 3 200 € brut par mois.", "3200 EUR/Month Average"),
        ("Salaire annuel brut : de 38 000 à 45 000 €", "38000–45000 EUR/Year Range"),
        ("El salario anual oscila entre 30.000 y 42.000 euros.", "30000–42000 EUR/Year Range"),
        ("El sueldo medio es de 2.400 € al mes.", "2400 EUR/Month Average"),
        ("Ganan unos 28.000 € brutos anuales.", "28000 EUR/Year Amount ~"),
        ("Lönen är 45 000 kr.", "45000 SEK/Month Amount inferred=[Currency, Period]"),
        ("Der Tagessatz beträgt 800 €.", "800 EUR/Day Amount"),
        ("$65k salary", "65000 USD/Year Amount inferred=[Period]"),
        (
            "The salary in Toronto is $90,000.",
            "90000 CAD/Year Amount place=Toronto inferred=[Currency, Period]",
        ),
        ("Engineers at Spotify earn $150,000 a year.", "150000 USD/Year Amount company=Spotify"),
        ("Salary: R$ 12.000 por mês", "12000 BRL/Month Amount"),
        (
            "Entry-level backend engineers start at $75,000, while senior engineers can make over $160,000.",
            "75000–… USD/Year Range of=Entry-level backend engineers inferred=[Period]; 160000–… USD/Year Range of=senior engineers inferred=[Period]",
        ),
        (
            "Un ingénieur débutant gagne environ 38 k€ brut par an.",
            "38000 EUR/Year Amount ~ of=ingénieur débutant",
        ),
        (
            "Un desarrollador junior cobra entre 1.800 y 2.200 euros al mes.",
            "1800–2200 EUR/Month Range of=desarrollador junior",
        ),
        (
            "Companies like Stripe, Square and PayPal pay $200,000 or more.",
            "200000–… USD/Year Range inferred=[Period]",
        ),
        (
            "The company, founded in 2012, manages $3 billion in assets and pays $120,000 a year.",
            "120000 USD/Year Amount",
        ),
        (
            "Senior Backend Engineer: $150,000",
            "150000 USD/Year Amount of=Senior Backend Engineer inferred=[Period]",
        ),
        ("At Netflix, engineers earn $300,000.", "300000 USD/Year Amount company=Netflix inferred=[Period]"),
        ("Wynagrodzenie: 15 000 – 20 000 PLN miesięcznie", "15000–20000 PLN/Month Range"),
        ("年収600万円〜800万円", "6000000–8000000 JPY/Year Range"),
        (
            "Base pay: $120,000; total compensation: $180,000",
            "120000 USD/Year Amount Base inferred=[Period]; 180000 USD/Year Amount Total inferred=[Period]",
        ),
        (
            "Average salary: $98k (US), £55k (UK)",
            "98000 USD/Year Average place=US inferred=[Period]; 55000 GBP/Year Average place=UK inferred=[Period]",
        ),
        ("Base salary $130,000 + $30,000 bonus.", "130000 USD/Year Amount Base inferred=[Period]"),
        ("Wages of $15/hour to $20/hour", "15–20 USD/Hour Range"),
        ("between $3,000 and $4,000 per month", "3000–4000 USD/Month Range"),
        ("Starting pay is Rs. 25,000 per month.", "25000 INR/Month Amount"),
        (
            "$150K base, $250K total comp",
            "150000 USD/Year Amount Base inferred=[Period]; 250000 USD/Year Amount Total inferred=[Period]",
        ),
        (
            "E4 engineers at Meta earn $190,000 base and $300,000 total compensation.",
            "190000 USD/Year Amount Base of=E4 engineers company=Meta inferred=[Period]; 300000 USD/Year Amount Total of=E4 engineers company=Meta inferred=[Period]",
        ),
        ("Freelance: 300–400 € par jour", "300–400 EUR/Day Range of=Freelance"),
        ("Salarios desde $800.000 hasta $1.200.000 CLP mensuales.", "800000–1200000 CLP/Month Range"),
        (
            "Backend Engineers in the UK earn an average of £55,000, with senior engineers earning £75,000+.",
            "55000 GBP/Year Average place=UK inferred=[Period]; 75000–… GBP/Year Range of=senior engineers place=UK inferred=[Period]",
        ),
        (
            "Staff engineers earn $200,000 and more.",
            "200000–… USD/Year Range of=Staff engineers inferred=[Period]",
        ),
    ] {
        assert_eq!(of(sentence), wanted, "{sentence}");
    }
}

#[test]
fn sentences_that_speak_of_other_money() {
    for sentence in [
        "Manages £1m contracts with suppliers.",
        "Jobs grow by 22% from 2020 to 2030.",
        "Responsible for a budget of $2 million a year.",
        "They raised $25 million in funding.",
        "The company has annual revenue of €40 million.",
        "Automation saves $50,000 per year.",
        "Breaches led to fines of €20,000.",
        "Tuition is about $12,000 a year.",
        "The licence costs $99 per user per month.",
        "The exam fee is $300.",
        "A $3,000 training budget is included.",
        "A signing bonus of $10,000 is common.",
        "Engineers earn six figures.",
        "The service has 20,000 users per day.",
        "Verantwortet ein Budget von 500.000 € im Jahr.",
        "Die Kosten betragen 1.200 Euro pro Monat.",
        "Le chiffre d'affaires est de 40 000 € par an.",
        "La matrícula cuesta 3.000 euros al año.",
        "Gère un budget de 200 000 €.",
        "Customers pay $20 a month for the service.",
        "Lift up to 50 pounds per day.",
        "A $10,000 raise per year is possible.",
        "On-call duty is paid at $500 per week.",
        "Managers earn $20,000 more per year.",
        "Portfolio worth $80,000.",
        "Donates $5,000 per year to charity.",
        "The 401k match is worth $6,000.",
        "Prices start at $75,000.",
        "Our platform processes $5 million per day.",
        "Project Manager: $2m budget",
    ] {
        assert_eq!(of(sentence), "", "{sentence}");
    }
    for line in [
        "Bonus: $10,000 per year",
        "Signing bonus of $15,000",
        "Training budget: €2.000 per year",
        "Certification costs about $400",
        "Growth of 22% by 2030",
    ] {
        assert_eq!(in_salary(line), "", "{line}");
    }
}

#[test]
fn headings_and_lead_ins_tell_what_the_lines_below_leave_out() {
    let page = "# Backend Engineer\n\n## Salary in Germany (2024)\n\nMonthly gross pay:\n\n- Junior: 3.500 €\n- Backend engineer: 4.600 €\n\n### Zurich\n\n- CHF 9'000 a month\n";
    let wanted = [
        "3500 EUR/Month Amount of=Junior place=Germany 2024 inferred=[Place, Year]",
        "4600 EUR/Month Amount place=Germany 2024 inferred=[Place, Year]",
        "9000 CHF/Month Amount place=Zurich 2024 inferred=[Place, Year]",
    ];
    assert_eq!(facts(page), wanted);
    let page = "# Data Scientist\n\n## Pay\n\n### Company-specific salaries\n\n#### Acme\n\n- Median total compensation: $150,000\n\n#### Bolt Labs\n\n- $140,000 per year\n";
    let wanted = [
        "150000 USD/Year Median Total company=Acme inferred=[Period, Company]",
        "140000 USD/Year Amount company=Bolt Labs inferred=[Company]",
    ];
    assert_eq!(facts(page), wanted);
}

#[test]
fn tables_keep_the_meaning_of_rows_and_columns() {
    let page = "# Data Engineer\n\n## Salary\n\n| City | Average salary (EUR) | Contract rate |\n|---|---|---|\n| Paris | 52,000 | €450/day |\n| Lyon | 47,000 | €400/day |\n";
    let wanted = [
        "52000 EUR/Year Average place=Paris inferred=[Period]",
        "450 EUR/Day Amount place=Paris",
        "47000 EUR/Year Average place=Lyon inferred=[Period]",
        "400 EUR/Day Amount place=Lyon",
    ];
    assert_eq!(facts(page), wanted);
    let page = "# Data Engineer\n\n## Facts\n\n| Level | Salary in the US | Salary in the UK | Bonus |\n|---|---|---|---|\n| Junior | $80k–$100k | £35k–£45k | $5,000 |\n| Data engineer | $110k | £60k | $9,000 |\n";
    let wanted = [
        "80000–100000 USD/Year Range of=Junior place=US inferred=[Period]",
        "35000–45000 GBP/Year Range of=Junior place=UK inferred=[Period]",
        "110000 USD/Year Amount place=US inferred=[Period]",
        "60000 GBP/Year Amount place=UK inferred=[Period]",
    ];
    assert_eq!(facts(page), wanted);
    let page = "# Data Engineer\n\n## Salary\n\n| Company | Gehalt (T€) |\n|---|---|\n| Siemens | 70–85 |\n";
    assert_eq!(facts(page), ["70000–85000 EUR/Year Range company=Siemens inferred=[Period]"]);
}

#[test]
fn what_is_for_something_else_than_a_time_is_for_none() {
    assert_eq!(in_salary("$15 per visit co-pay"), "");
    assert_eq!(in_salary("Interpreters earn $40 per assignment."), "");
    assert_eq!(in_salary("£28,407 per annum pro rata"), "28407 GBP/Year Amount");
}

#[test]
fn percentiles_are_neither_means_nor_what_is_offered() {
    for (line, wanted) in [
        ("10th percentile: $45,000 a year", "45000 USD/Year Percentile"),
        ("50th percentile: $80,000 a year", "80000 USD/Year Median"),
        ("Median (50th percentile): $80,000 a year", "80000 USD/Year Median"),
        ("Top 10%: $150,000 or more a year", "150000–… USD/Year Percentile"),
        (
            "The lowest 10 percent earned less than $45,000 a year, and the highest 10 percent earned more than $150,000 a year.",
            "…–45000 USD/Year Percentile; 150000–… USD/Year Percentile",
        ),
        (
            "The median is $80,000 a year, the 90th percentile $150,000.",
            "80000 USD/Year Median; 150000 USD/Year Percentile",
        ),
        (
            "Salaries from the 25th to the 75th percentile: $60,000 to $90,000 a year",
            "60000–90000 USD/Year Range",
        ),
        ("Salaries are in the top 10% of all companies, $150,000 a year.", "150000 USD/Year Amount"),
    ] {
        assert_eq!(in_salary(line), wanted, "{line}");
    }
    let page = "# Data Engineer\n\n## Salary\n\n| Percentile | 10% | 50% (Median) | 90% |\n|---|---|---|---|\n| Annual wage | $43,890 | $79,040 | $146,020 |\n";
    let wanted = ["43890 USD/Year Percentile", "79040 USD/Year Median", "146020 USD/Year Percentile"];
    assert_eq!(facts(page), wanted);
}

#[test]
fn structured_data_is_read_as_text_is() {
    let html = r#"<title>Nurse</title><h1>Nurse</h1><p>Care for patients on a ward of twenty beds, day and night.</p>
        <script type="application/ld+json">[{"@type":"JobPosting","title":"Nurse","hiringOrganization":{"@type":"Organization","name":"Sana"},
        "baseSalary":{"@type":"MonetaryAmount","currency":"GBP","value":{"@type":"QuantitativeValue","minValue":28000,"maxValue":34000.0,"unitText":"YEAR"}}},
        {"@type":"Occupation","name":"Nurse","occupationLocation":[{"@type":"Country","name":"United States"}],"estimatedSalary":[{"@type":"MonetaryAmountDistribution",
        "name":"base","currency":"USD","duration":"P1Y","percentile10":50000,"percentile25":60000,"median":75000,"percentile75":90000,"percentile90":"110000"}]}]</script>"#;
    let mut page = parse(html.as_bytes(), Format::Html).expect("a page");
    annotate(&mut page);
    crate::annotate::companies::annotate(&mut page);
    let facts: Vec<String> = page.sections.iter().flat_map(|section| &section.pay).map(show).collect();
    let wanted = [
        "28000–34000 GBP/Year Range Base",
        "75000 USD/Year Median Base place=United States",
        "50000–110000 USD/Year Range Base place=United States",
        "60000–90000 USD/Year Range Base place=United States",
    ];
    assert_eq!(facts, wanted);
    let companies: Vec<&str> = page
        .sections
        .iter()
        .flat_map(|section| &section.companies)
        .map(|company| company.name.id.as_str())
        .collect();
    assert_eq!(companies, ["sana"]);
}

#[test]
fn hostile_text_takes_linear_time_and_few_facts() {
    for piece in [
        "£1 ",
        "$1-$2 ",
        "$60,000 a year, ",
        "in London £",
        "9",
        "salary: $",
        "a.",
        "US$ to ",
        "engineer £1 ",
    ] {
        let text = format!("# Nurse\n\n## Salary\n\n{}\n", piece.repeat((1 << 18) / piece.len()));
        let start = std::time::Instant::now();
        let page = page(&text);
        assert!(page.sections.iter().all(|section| section.pay.len() <= MOST_FACTS), "{piece}");
        assert!(start.elapsed().as_secs() < 120, "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn bounds_in_four_languages() {
    for (text, wanted) in [
        ("Das Gehalt beträgt höchstens 60.000 € im Jahr.", "…–60000 EUR/Year Range"),
        ("Das Gehalt beträgt wenigstens 50.000 € im Jahr.", "50000–… EUR/Year Range"),
        ("Le salaire est au maximum de 60 000 € par an.", "…–60000 EUR/Year Range"),
        ("El salario es como máximo de 30.000 € al año.", "…–30000 EUR/Year Range"),
    ] {
        assert_eq!(facts(&format!("# X\n\n## Salary\n\n{text}\n")), [wanted], "{text}");
    }
    assert!(
        facts("# Paralegal\n\n## Related roles\n\nOthers earn an average salary of $90,000.\n").is_empty()
    );
}

#[test]
fn the_ends_of_a_range_may_stand_in_columns_of_their_own() {
    let table = "# Analyst\n\n## Pay scale\n\n| Grade | Minimum | Midpoint | Maximum |\n|---|---|---|---|\n\
                 | G5 | $50,000 | $60,000 | $70,000 |\n| G6 | $60,000 | $72,000 | $84,000 |\n";
    assert_eq!(
        facts(table),
        [
            "50000–70000 USD/Year Range of=G5 inferred=[Period]",
            "60000–84000 USD/Year Range of=G6 inferred=[Period]"
        ]
    );
}

#[test]
fn what_comes_on_top_is_no_open_end() {
    assert_eq!(
        in_salary("$161,000-$239,000 + bonus + equity + benefits."),
        "161000–239000 USD/Year Range Base inferred=[Period]"
    );
}

#[test]
fn each_item_of_a_list_of_companies_names_its_own() {
    let list = "# Data Analyst\n\n## Top paying companies\n\n- GitLab: $112,000\n- Meta — $118,500 per year\n\
                - JPMorgan Chase ($95,000)\n";
    let companies: Vec<_> = page(list).sections[0].pay.iter().map(|pay| pay.company.clone()).collect();
    assert_eq!(companies, ["GitLab", "Meta", "JPMorgan Chase"].map(|name| Some(name.to_owned())));
}

#[test]
fn another_role_on_a_page_earns_its_own() {
    let text = "# Paralegal\n\n## Salary\n\nAttorneys earn $145,760 a year on average.\n";
    assert_eq!(facts(text), ["145760 USD/Year Average of=Attorneys"]);
}
