//! Numbers and bounds as people write them in a question.

use super::node::Shape;

/// The bounds that a text states: `>5`, `<=100k`, `100-150k`, `3..5`, `7`. None where it states none, or the upper is below the lower.
pub(super) fn bounds(text: &str) -> Option<Shape> {
    let text = text.trim();
    let (low, high) = if let Some(bound) = text.strip_prefix(">=") {
        (number(bound)?, f64::INFINITY)
    } else if let Some(bound) = text.strip_prefix('>') {
        (number(bound)?.next_up(), f64::INFINITY)
    } else if let Some(bound) = text.strip_prefix("<=") {
        (0.0, number(bound)?)
    } else if let Some(bound) = text.strip_prefix('<') {
        (0.0, number(bound)?.next_down())
    } else if let Some((low, high)) = text.split_once("..").or_else(|| text.split_once(['-', '–'])) {
        let (low, high) = (low.trim(), high.trim());
        // "100-150k" are thousands both.
        let thousands = high.ends_with(['k', 'K']) && !low.ends_with(['k', 'K']);
        let least = number(low)? * if thousands { 1e3 } else { 1.0 };
        (least, number(high)?)
    } else {
        let number = number(text)?;
        (number, number)
    };
    (low <= high).then_some(Shape::Bounds { low, high })
}

/// `150000`, `150,000`, `150k`, `$150k`.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches(['$', '€', '£']).trim_end_matches(['$', '€', '£']);
    let (digits, times) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1e3),
        None => (text, 1.0),
    };
    let plain: String = digits.chars().filter(|c| !matches!(c, ',' | '_' | '\'')).collect();
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.parse::<f64>().ok().filter(|number| is_number && *number < 1e12).map(|number| number * times)
}
