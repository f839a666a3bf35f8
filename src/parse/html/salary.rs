//! What schema.org's MonetaryAmount and its distribution say, as a sentence that people and annotators read.

use serde_json::{Map, Value};

/// The most amounts that are read of one property.
const MOST: usize = 20;

/// Each amount in a property's value as a line: "USD 90,000 – 150,000 per year".
pub(super) fn amounts(value: Option<&Value>) -> Vec<String> {
    let values = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().take(MOST).filter_map(Value::as_object).filter_map(amount).collect()
}

fn amount(object: &Map<String, Value>) -> Option<String> {
    let inner = object.get("value");
    let of = inner.and_then(Value::as_object).unwrap_or(object);
    let number = |name: &str| of.get(name).and_then(figure);
    let low = number("minValue").or_else(|| number("percentile10")).or_else(|| number("percentile25"));
    let high = number("maxValue").or_else(|| number("percentile90")).or_else(|| number("percentile75"));
    let range = match (low, high) {
        (Some(low), Some(high)) if low != high => Some(format!("{low} – {high}")),
        (low, high) => low.or(high),
    };
    let middle = number("median");
    let single = number("value").or_else(|| inner.and_then(figure));
    let figures = match (range, middle) {
        (Some(range), Some(middle)) => format!("{range}, median {middle}"),
        (range, middle) => range.or(middle).or(single)?,
    };
    let name =
        object.get("name").and_then(Value::as_str).map_or_else(String::new, |name| format!("{name}: "));
    let currency = object.get("currency").or_else(|| of.get("currency")).and_then(Value::as_str);
    let currency = currency.map_or_else(String::new, |currency| format!("{currency} "));
    let per = of.get("unitText").or_else(|| object.get("duration")).and_then(Value::as_str).and_then(period);
    let per = per.map_or_else(String::new, |per| format!(" per {per}"));
    Some(crate::text::collapse(&format!("{name}{currency}{figures}{per}")))
}

/// A number, or a text that is one, with its thousands marked.
fn figure(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let is_number = (1..=15).contains(&whole.len()) && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return (!text.is_empty() && text.len() < 40 && text.contains(|c: char| c.is_ascii_digit()))
            .then_some(text);
    }
    let mut marked = String::with_capacity(text.len() + 4);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            marked.push(',');
        }
        marked.push(digit);
    }
    let rest = if rest.trim_start_matches('.').bytes().all(|byte| byte == b'0') { "" } else { rest };
    Some(marked + rest)
}

/// The unit of time that schema.org's unit text or an ISO 8601 duration names.
fn period(unit: &str) -> Option<&'static str> {
    match unit.to_ascii_uppercase().as_str() {
        "YEAR" | "ANNUAL" | "P1Y" => Some("year"),
        "MONTH" | "P1M" => Some("month"),
        "WEEK" | "P1W" => Some("week"),
        "DAY" | "P1D" => Some("day"),
        "HOUR" | "PT1H" => Some("hour"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_as_people_write_them() {
        for (value, wanted) in [
            (
                json!({"currency": "EUR", "value": {"minValue": 60000, "maxValue": "80000.00", "unitText": "YEAR"}}),
                "EUR 60,000 – 80,000 per year",
            ),
            (
                json!([{"name": "base", "currency": "USD", "duration": "P1Y", "percentile10": 100000.5, "median": 120000, "percentile90": 150000}]),
                "base: USD 100,000.5 – 150,000, median 120,000 per year",
            ),
            (json!({"currency": "USD", "value": 25, "unitText": "HOUR"}), "USD 25 per hour"),
            (json!({"currency": "USD", "value": {"value": 25, "unitText": "HOUR"}}), "USD 25 per hour"),
            (json!({"currency": "GBP", "value": "50k to 60k"}), "GBP 50k to 60k"),
        ] {
            assert_eq!(amounts(Some(&value)), [wanted]);
        }
        for nothing in
            [json!({"currency": "USD"}), json!("competitive"), json!({"value": "competitive"}), json!(null)]
        {
            assert_eq!(amounts(Some(&nothing)), [""; 0], "{nothing}");
        }
    }
}
