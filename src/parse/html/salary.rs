//! What schema.org says of pay, as sentences that people could have written and annotators read.

use super::jsonld::collect;
use crate::text;
use serde_json::{Map, Value};

/// Properties of pay, and how a sentence names them.
const PAY: [(&str, &str); 2] = [("baseSalary", "Base salary"), ("estimatedSalary", "Estimated salary")];
/// The most amounts that are read of one description.
const MOST_AMOUNTS: usize = 50;
/// The deepest nesting of lists that is followed.
const DEEPEST: usize = 6;

/// What a JobPosting or an Occupation says is paid: "Base salary: USD 40,000 to USD 50,000 per year".
pub(super) fn lines(object: &Map<String, Value>) -> Vec<String> {
    let mut lines = Vec::new();
    let currency = object.get("salaryCurrency").and_then(Value::as_str);
    let mut places = Vec::new();
    collect(object.get("occupationLocation"), 2, &mut places);
    for (property, name) in PAY {
        let name = match places.as_slice() {
            [place] if property == "estimatedSalary" => format!("{name} in {}", text::collapse(place)),
            _ => name.to_owned(),
        };
        if let Some(value) = object.get(property) {
            amounts(value, &name, currency, DEEPEST, &mut lines);
        }
    }
    lines
}

/// The amounts of a MonetaryAmount, a MonetaryAmountDistribution, a PriceSpecification, a number, a text, or a list of
/// them. An amount without a currency says nothing.
fn amounts(value: &Value, name: &str, currency: Option<&str>, depth: usize, lines: &mut Vec<String>) {
    if depth == 0 || lines.len() >= MOST_AMOUNTS {
        return;
    }
    let object = match value {
        Value::Array(values) => {
            return values.iter().for_each(|value| amounts(value, name, currency, depth - 1, lines));
        }
        Value::String(said) if number(value).is_none() => {
            let said = text::collapse(said);
            if !said.is_empty() {
                lines.push(format!("{name}: {said}"));
            }
            return;
        }
        Value::Object(object) => object,
        number_alone => {
            if let (Some(currency), Some(amount)) = (currency, number(number_alone)) {
                lines.push(format!("{name}: {currency} {amount}"));
            }
            return;
        }
    };
    let text_of = |key: &str| object.get(key).and_then(Value::as_str).map(str::trim);
    let currency = text_of("currency").or(text_of("priceCurrency")).or(currency);
    let period =
        period(object).or_else(|| object.get("value")?.as_object().and_then(period)).unwrap_or_default();
    let Some(currency) = currency.filter(|currency| !currency.is_empty()) else { return };
    let mut push = |name: String, amount: String| lines.push(format!("{name}: {currency} {amount}{period}"));
    let get = |key: &str| object.get(key).and_then(number);
    let of_base = name.replacen("Estimated", "Estimated base", 1);
    let is_base = text_of("name").is_some_and(|kind| kind.eq_ignore_ascii_case("base"));
    let name = if is_base { of_base.as_str() } else { name };
    if let Some(median) = get("median") {
        let (_, rest) = name.split_once(' ').unwrap_or_default();
        push(format!("Median {rest}"), median);
    }
    for (low, high, between) in [
        ("percentile10", "percentile90", "from the 10th to the 90th percentile"),
        ("percentile25", "percentile75", "from the 25th to the 75th percentile"),
    ] {
        if let (Some(low), Some(high)) = (get(low), get(high)) {
            push(format!("{name} {between}"), format!("{low} to {currency} {high}"));
        }
    }
    let inner = object.get("value").and_then(Value::as_object).unwrap_or(object);
    let get = |key: &str| inner.get(key).and_then(number);
    let (low, high) = (get("minValue").or(get("minPrice")), get("maxValue").or(get("maxPrice")));
    let amount = match (low, high, get("value").or(get("price"))) {
        (Some(low), Some(high), _) if low == high => low,
        (Some(low), Some(high), _) => format!("{low} to {currency} {high}"),
        (_, _, Some(value)) => value,
        (Some(low), None, None) => return lines.push(format!("{name}: from {currency} {low}{period}")),
        (None, Some(high), None) => return lines.push(format!("{name}: up to {currency} {high}{period}")),
        (None, None, None) => return,
    };
    push(name.to_owned(), amount);
}

/// The time that an amount is for, as its end in words.
fn period(object: &Map<String, Value>) -> Option<&'static str> {
    let unit = ["unitText", "unitCode", "duration"].into_iter().find_map(|key| object.get(key)?.as_str())?;
    Some(match unit.trim().to_ascii_uppercase().as_str() {
        "YEAR" | "YEARLY" | "ANNUAL" | "ANNUALLY" | "ANN" | "P1Y" => " per year",
        "MONTH" | "MONTHLY" | "MON" | "P1M" => " per month",
        "WEEK" | "WEEKLY" | "WEE" | "P1W" | "P7D" => " per week",
        "DAY" | "DAILY" | "P1D" => " per day",
        "HOUR" | "HOURLY" | "HUR" | "PT1H" => " per hour",
        _ => return None,
    })
}

/// A number, or a text that is one, grouped by thousands as English has it.
fn number(value: &Value) -> Option<String> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().replace([',', ' '], "").parse().ok()?,
        _ => return None,
    };
    if !(number > 0.0 && number < 1e12) {
        return None;
    }
    let written = if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.2}") };
    let (whole, fraction) = written.split_at(written.find('.').unwrap_or(written.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    Some(grouped + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_as_people_write_them() {
        let said = |value: Value| lines(value.as_object().expect("an object"));
        assert_eq!(
            said(
                json!({"baseSalary": {"currency": "EUR", "value": {"minValue": 60000, "maxValue": "80000.00", "unitText": "YEAR"}}})
            ),
            ["Base salary: EUR 60,000 to EUR 80,000 per year"]
        );
        assert_eq!(said(json!({"salaryCurrency": "GBP", "baseSalary": 31000})), ["Base salary: GBP 31,000"]);
        assert_eq!(
            said(
                json!({"estimatedSalary": [{"name": "base", "currency": "USD", "duration": "P1Y", "median": 75000, "percentile10": 50000, "percentile90": 110000}]})
            ),
            [
                "Median base salary: USD 75,000 per year",
                "Estimated base salary from the 10th to the 90th percentile: USD 50,000 to USD 110,000 per year"
            ]
        );
        for nothing in [
            json!({}),
            json!({"baseSalary": {"currency": "USD"}}),
            json!({"baseSalary": {"value": 5}}),
            json!({"baseSalary": -1}),
        ] {
            assert_eq!(said(nothing.clone()), [""; 0], "{nothing}");
        }
    }
}
