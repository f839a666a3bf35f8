//! Facts of a page for people: one line each, in words.

use super::style::{FAINT, plain, styled};
use crate::model::{
    Education, Evidence, Experience, Pay, PayPart, Scope, Section, Statistic, Step, Strength,
};
use std::fmt::Write as _;

/// The facts of a section.
pub(super) fn describe(text: &mut String, section: &Section) {
    let mut line = |name: &str, fact: &str, evidence: Evidence| {
        let sentence = section.quoted(evidence);
        let quoted = sentence.map_or_else(|| "a heading".to_owned(), |sentence| format!("“{sentence}”"));
        let _ = writeln!(
            text,
            "  {} {} {}",
            styled(FAINT, &format!("{name}:")),
            plain(fact),
            styled(FAINT, &format!("← {}", plain(&quoted)))
        );
    };
    for fact in &section.pay {
        line("pay", &pay(fact), fact.evidence);
    }
    for fact in &section.experience {
        line("experience", &experience(fact), fact.evidence);
    }
    for fact in &section.education {
        line("education", &education(fact), fact.evidence);
    }
    for fact in &section.companies {
        line("company", &fact.name.label, fact.evidence);
    }
}

/// The steps of a career, in one line.
pub(super) fn ladder(steps: &[Step]) -> String {
    let step = |step: &Step| if step.own { format!("[{}]", step.title) } else { step.title.clone() };
    steps.iter().map(step).collect::<Vec<_>>().join(" → ")
}

fn pay(pay: &Pay) -> String {
    let amount = match (pay.low, pay.high.or(pay.beyond)) {
        (Some(low), Some(high)) if low == high && pay.beyond.is_none() => number(low),
        (Some(low), Some(high)) if pay.beyond.is_some() => {
            format!("{} to {} and more", number(low), number(high))
        }
        (Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        (Some(low), None) => format!("{} or more", number(low)),
        (None, Some(high)) => format!("up to {}", number(high)),
        (None, None) => String::new(),
    };
    let inferred = |part: PayPart| if pay.inferred.contains(&part) { " (inferred)" } else { "" };
    let about = if pay.approximate { "about " } else { "" };
    let mut words = format!(
        "{about}{}{} {amount} a {}{}",
        pay.currency,
        inferred(PayPart::Currency),
        pay.period.name(),
        inferred(PayPart::Period)
    );
    let statistic = match pay.statistic {
        Statistic::Amount | Statistic::Range => "",
        Statistic::Average => ", average",
        Statistic::Median => ", median",
        Statistic::Percentile => ", a percentile",
        Statistic::RangeOfAverages => ", from the lowest average to the highest",
    };
    let scope = match pay.scope {
        Scope::Unstated => "",
        Scope::Base => ", base",
        Scope::Total => ", total",
    };
    words.push_str(statistic);
    words.push_str(scope);
    let year = pay.year.map(|year| year.to_string());
    for (lead, value, part) in [
        ("at", &pay.company, PayPart::Company),
        ("in", &pay.place, PayPart::Place),
        ("in", &year, PayPart::Year),
        ("of", &pay.of, PayPart::Of),
    ] {
        if let Some(value) = value {
            let _ = write!(words, ", {lead} {value}{}", inferred(part));
        }
    }
    words
}

/// How much experience, in words.
pub(super) fn experience(fact: &Experience) -> String {
    let years = |months: u16| match (months / 12, months % 12) {
        (0, months) => format!("{months} months"),
        (years, 0) => years.to_string(),
        _ => format!("{:.1}", f64::from(months) / 12.0),
    };
    let range = match (fact.low, fact.high) {
        (Some(low), Some(high)) if low == high => years(low),
        (Some(low), Some(high)) => format!("{} to {}", years(low), years(high)),
        (Some(low), None) => format!("{} or more", years(low)),
        (None, Some(high)) => format!("up to {}", years(high)),
        (None, None) => String::new(),
    };
    let unit = match range.as_str() {
        "1" | "up to 1" => " year",
        range if range.ends_with("months") || range.ends_with("months or more") => "",
        _ => " years",
    };
    let field = fact.field.as_ref().map(|field| format!(" in {field}")).unwrap_or_default();
    let of = fact.of.as_ref().map(|of| format!(", of {of}")).unwrap_or_default();
    format!("{range}{unit}{field}{of}{}", asked(fact.strength))
}

/// Which education, in words.
pub(super) fn education(fact: &Education) -> String {
    let field = fact.field.as_ref().map(|field| format!(" in {field}")).unwrap_or_default();
    format!("{}{field}{}", fact.degree.label().label, asked(fact.strength))
}

/// How much a skill is asked for, behind its name.
pub(super) fn how_strongly(strength: Strength) -> &'static str {
    match strength {
        Strength::Named => "",
        Strength::Preferred => " (preferred)",
        Strength::Required => " (required)",
    }
}

fn asked(strength: Strength) -> &'static str {
    match strength {
        Strength::Named => "",
        Strength::Preferred => ", preferred",
        Strength::Required => ", required",
    }
}

/// A number with commas between its thousands.
pub(super) fn number(number: f64) -> String {
    let cents = number.fract() != 0.0;
    let whole = format!("{:.0}", number.trunc());
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if cents { format!("{grouped}.{:02.0}", number.fract() * 100.0) } else { grouped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Period;

    #[test]
    fn every_amount_is_said() {
        let range = Pay {
            low: Some(186_000.0),
            high: None,
            beyond: Some(333_000.0),
            currency: "USD".to_owned(),
            period: Period::Year,
            statistic: Statistic::Range,
            scope: Scope::Unstated,
            approximate: false,
            company: Some("BCG".to_owned()),
            place: None,
            year: None,
            of: None,
            inferred: vec![PayPart::Company],
            evidence: Evidence::default(),
        };
        assert_eq!(pay(&range), "USD 186,000 to 333,000 and more a year, at BCG (inferred)");
        let open = Pay { beyond: None, company: None, approximate: true, ..range };
        assert_eq!(pay(&open), "about USD 186,000 or more a year");
    }

    #[test]
    fn experience_is_said_in_years_or_months() {
        let said = |low: Option<u16>, high: Option<u16>| {
            let (field, of, strength) = (None, None, Strength::default());
            experience(&Experience { low, high, field, of, strength, evidence: Evidence::default() })
        };
        for (low, high, words) in [
            (Some(12), Some(12), "1 year"),
            (Some(36), Some(60), "3 to 5 years"),
            (Some(36), None, "3 or more years"),
            (Some(6), None, "6 months or more"),
            (Some(6), Some(24), "6 months to 2 years"),
            (None, Some(12), "up to 1 year"),
            (None, Some(6), "up to 6 months"),
        ] {
            assert!(said(low, high).starts_with(words), "{}", said(low, high));
        }
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!([0.0, 950.0, 1_200_000.0, 25.5].map(number), ["0", "950", "1,200,000", "25.50"]);
    }
}
