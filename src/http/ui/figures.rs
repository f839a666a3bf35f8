//! Numbers as people read them.

use std::fmt::Write as _;

/// An amount of money in short: `$110k`, `€1.2M`, `LKR 85k`; with its cents below a thousand.
pub(super) fn money(currency: &str, amount: f64) -> String {
    let (of, unit) = match amount {
        amount if amount >= 999_500.0 => (amount / 1e6, "M"),
        amount if amount >= 1_000.0 => (amount / 1e3, "k"),
        amount => (amount, ""),
    };
    let digits = match unit {
        "" => 2,
        _ if of >= 100.0 => 0,
        _ => 1,
    };
    let text = format!("{of:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{}{text}{unit}", sign(currency))
}

/// From one amount to another, in short; the second none where it is open: `$110k–$180k`, `$110k and more`.
pub(super) fn money_range(currency: &str, low: f64, high: Option<f64>) -> String {
    match high {
        Some(high) if high > low => format!("{}–{}", money(currency, low), money(currency, high)),
        Some(_) => money(currency, low),
        None => format!("{}+", money(currency, low)),
    }
}

/// From so many years to so many: `3–5 years`, `5+ years`, `1 year`.
pub(super) fn years(low: f64, high: Option<f64>) -> String {
    let number = |years: f64| {
        let text = format!("{years:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    };
    match high {
        Some(high) if high > low => format!("{}–{} years", number(low), number(high)),
        Some(_) if low == 1.0 => "1 year".to_owned(),
        Some(_) => format!("{} years", number(low)),
        None => format!("{}+ years", number(low)),
    }
}

/// A whole number with its thousands apart.
pub(super) fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.max(0.0));
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many of something: `1 role`, `1,204 roles`.
pub(super) fn count(number: u64, one: &str) -> String {
    let mut text = grouped(number as f64);
    let _ = write!(text, " {one}{}", if number == 1 { "" } else { "s" });
    text
}

/// The sign of a currency that has one of its own, else its code.
fn sign(currency: &str) -> String {
    match currency {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "INR" => "₹".to_owned(),
        code => format!("{code}\u{a0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_and_right() {
        assert_eq!(money("USD", 110_000.0), "$110k");
        assert_eq!(money("USD", 62_560.0), "$62.6k");
        assert_eq!(money("EUR", 1_234_567.0), "€1.2M");
        assert_eq!(money("USD", 999_600.0), "$1M");
        assert_eq!(money("USD", 31.25), "$31.25");
        assert_eq!(money("CHF", 85.0), "CHF\u{a0}85");
        assert_eq!(money_range("USD", 1e5, Some(1.5e5)), "$100k–$150k");
        assert_eq!(money_range("USD", 1e5, Some(1e5)), "$100k");
        assert_eq!(money_range("USD", 1e5, None), "$100k+");
    }

    #[test]
    fn years_and_counts_are_said_as_people_do() {
        assert_eq!(years(3.0, Some(5.0)), "3–5 years");
        assert_eq!(years(0.5, Some(1.0)), "0.5–1 years");
        assert_eq!(years(1.0, Some(1.0)), "1 year");
        assert_eq!(years(5.0, None), "5+ years");
        assert_eq!(count(1, "role"), "1 role");
        assert_eq!(count(1_204, "role"), "1,204 roles");
    }
}
