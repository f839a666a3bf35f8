//! What describes the role to programs: a schema.org Occupation with what the page states, and nothing else.
//! <https://schema.org/Occupation>

use super::super::links;
use super::Role;
use super::said::clipped;
use crate::model::{Degree, Page, Pay, Section, Statistic, Strength};
use crate::search::facts;
use serde_json::{Map, Value, json};

/// The most skills and figures.
const MOST_SKILLS: usize = 50;
const MOST_PAY: usize = 20;
/// How much of the text, in bytes.
const LONGEST: usize = 500;

/// The description of the page's role; none where the page is about no role.
pub(super) fn described(role: &Role) -> Option<String> {
    let page = &role.page;
    let name = clipped(&page.role.as_ref()?.label, LONGEST);
    let mut of = Map::new();
    let mut say = |name: &str, value: Value| {
        let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !nothing {
            of.insert(name.to_owned(), value);
        }
    };
    let site = links::site(page.url.as_deref());
    say("@context", json!("https://schema.org"));
    say("@type", json!("Occupation"));
    say("name", json!(name));
    say("description", json!(description(page).map(|text| clipped(text, LONGEST))));
    say("url", json!(site));
    say("mainEntityOfPage", json!(site));
    say("skills", skills(role));
    say("estimatedSalary", pay(page));
    say("experienceRequirements", experience(role));
    say("educationRequirements", education(role));
    serde_json::to_string(&of).ok()
}

/// The first text of the page's own: of its overview, else of any section.
fn description(page: &Page) -> Option<&str> {
    let first = |section: &'_ Section| section.own_blocks().position(|(_, block)| !block.text.is_empty());
    let overview =
        page.sections.iter().find(|section| section.kind.id == "overview" && first(section).is_some());
    let of = overview.or_else(|| page.sections.iter().find(|section| first(section).is_some()))?;
    of.own_blocks().map(|(_, block)| block.text.as_str()).find(|text| !text.is_empty())
}

/// The skills that are asked for.
fn skills(role: &Role) -> Value {
    let asked = role.asked.iter().filter(|asked| asked.strength != Strength::Named);
    asked.take(MOST_SKILLS).map(|asked| asked.skill.label.as_str()).collect()
}

/// What the role pays a year. Which percentile a figure is, only its sentence says: such are left out.
fn pay(page: &Page) -> Value {
    let stated = facts(page, |section| &section.pay).map(|(_, pay)| pay);
    let own = stated.filter(|pay| pay.of.is_none() && pay.statistic != Statistic::Percentile);
    own.take(MOST_PAY).map(salary).collect()
}

fn salary(pay: &Pay) -> Value {
    let (low, high) = pay.per_year();
    let mut of = Map::new();
    // A distribution has a median and a duration, an amount a least and a most.
    of.insert("@type".to_owned(), json!(["MonetaryAmountDistribution", "MonetaryAmount"]));
    of.insert("currency".to_owned(), json!(pay.currency));
    of.insert("duration".to_owned(), json!("P1Y"));
    let name = match pay.statistic {
        Statistic::Average => Some("average"),
        Statistic::RangeOfAverages => Some("range of averages"),
        _ => None,
    };
    let one = low.filter(|_| low == high);
    let figures = match (pay.statistic, one) {
        (Statistic::Median, Some(median)) => [("median", Some(median)), ("", None)],
        (_, Some(amount)) => [("value", Some(amount)), ("", None)],
        _ => [("minValue", low), ("maxValue", high)],
    };
    of.extend(name.map(|name| ("name".to_owned(), json!(name))));
    of.extend(figures.into_iter().filter_map(|(name, figure)| Some((name.to_owned(), json!(figure?)))));
    Value::Object(of)
}

fn experience(role: &Role) -> Value {
    let main = role.figures.experience;
    let fact = main.and_then(|main| facts(&role.page, |section| &section.experience).nth(main));
    let months = fact.and_then(|(_, fact)| fact.low);
    months.map_or(
        Value::Null,
        |months| json!({ "@type": "OccupationalExperienceRequirements", "monthsOfExperience": months }),
    )
}

fn education(role: &Role) -> Value {
    let main = role.figures.education;
    let fact = main.and_then(|main| facts(&role.page, |section| &section.education).nth(main));
    fact.map_or(Value::Null, |(_, fact)| {
        let category = match fact.degree {
            Degree::Secondary => "high school",
            Degree::Vocational => "vocational training",
            Degree::Associate => "associate degree",
            Degree::Bachelor => "bachelor degree",
            Degree::Master | Degree::Doctorate => "postgraduate degree",
        };
        json!({ "@type": "EducationalOccupationalCredential", "credentialCategory": category })
    })
}
