//! Currencies as people write them: signs, codes and words.

use crate::text;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::LazyLock;

/// A currency as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Currency {
    /// ISO 4217; of a sign that several share, the one it means without a hint.
    pub(super) code: &'static str,
    /// What several currencies are called by.
    pub(super) shared: Option<Shared>,
    /// It is a weight as well: "lift 50 pounds".
    pub(super) doubtful: bool,
}

/// Signs and words of several currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    Dollar,
    Krone,
    Yen,
    Rupee,
    Peso,
}

/// Signs, longest first; before letters they begin where no other letter stands.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("SG$", "SGD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("£", "GBP"),
    ("€", "EUR"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("원", "KRW"),
    ("₪", "ILS"),
    ("₺", "TRY"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₱", "PHP"),
    ("₦", "NGN"),
];

/// Codes, in capitals, and how many of a currency's units pay for what a dollar pays for: a rough figure of what
/// people earn, not an exchange rate. Only whether an amount can be pay, and for how long, hangs on it.
const CODES: &[(&str, f64)] = &[
    ("USD", 1.0),
    ("EUR", 1.0),
    ("GBP", 0.8),
    ("CHF", 1.0),
    ("CAD", 1.3),
    ("AUD", 1.4),
    ("NZD", 1.5),
    ("SGD", 1.3),
    ("HKD", 7.0),
    ("TWD", 25.0),
    ("JPY", 120.0),
    ("CNY", 5.0),
    ("INR", 25.0),
    ("KRW", 1_000.0),
    ("SEK", 9.0),
    ("NOK", 9.0),
    ("DKK", 7.0),
    ("ISK", 130.0),
    ("PLN", 3.0),
    ("CZK", 18.0),
    ("HUF", 250.0),
    ("RON", 3.5),
    ("BGN", 1.5),
    ("TRY", 20.0),
    ("ILS", 3.5),
    ("BRL", 3.5),
    ("MXN", 10.0),
    ("ARS", 600.0),
    ("CLP", 600.0),
    ("COP", 2_000.0),
    ("PEN", 3.0),
    ("ZAR", 10.0),
    ("AED", 3.7),
    ("SAR", 3.7),
    ("QAR", 3.7),
    ("THB", 20.0),
    ("PHP", 25.0),
    ("IDR", 6_000.0),
    ("MYR", 3.0),
    ("VND", 10_000.0),
    ("RUB", 50.0),
    ("UAH", 20.0),
    ("NGN", 400.0),
    ("KES", 60.0),
    ("EGP", 15.0),
    ("PKR", 100.0),
    ("BDT", 50.0),
    ("LKR", 120.0),
];

/// Words, folded.
const WORDS: &[(&str, &str)] = &[
    ("eur", "EUR"),
    ("usd", "USD"),
    ("gbp", "GBP"),
    ("chf", "CHF"),
    ("inr", "INR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("dolares", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("sterling", "GBP"),
    ("libras", "GBP"),
    ("pfund", "GBP"),
    ("franken", "CHF"),
    ("rupee", "INR"),
    ("rupees", "INR"),
    ("rs", "INR"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("rmb", "CNY"),
    ("zł", "PLN"),
    ("zl", "PLN"),
    ("zloty", "PLN"),
    ("zlotys", "PLN"),
    ("zlotych", "PLN"),
    ("kc", "CZK"),
    ("kr", "SEK"),
    ("kronor", "SEK"),
    ("kroner", "NOK"),
    ("forint", "HUF"),
    ("ft", "HUF"),
    ("reais", "BRL"),
    ("pesos", "MXN"),
];

/// Words that name a currency only as written: `ft` is a foot, `rs` may be anything.
const AS_WRITTEN: [(&str, &str); 4] = [("ft", "Ft"), ("kc", "Kč"), ("zl", "zł"), ("rs", "Rs")];

/// Every spelling, to see at once whether a text can hold an amount at all; the short words, which stand within many
/// others, only where one begins.
static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut spellings: Vec<String> = SIGNS.iter().map(|(sign, _)| (*sign).to_owned()).collect();
    spellings.extend(CODES.iter().map(|(code, _)| (*code).to_owned()));
    for (word, _) in WORDS.iter().filter(|(word, _)| word.len() > 2).chain(&[("lpa", ""), ("lakh", "")]) {
        let (first, rest) = word.split_at(1);
        spellings.extend([(*word).to_owned(), first.to_uppercase() + rest, word.to_uppercase()]);
    }
    spellings.extend(["Kč", "zł", "dólares", "Rs", " kr", "0kr", " Ft", "0Ft"].map(str::to_owned));
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(spellings).ok()
});

/// A text without this has no amount: a digit, and somewhere what can be a currency.
pub(in crate::annotate) fn may_hold_an_amount(text: &str) -> bool {
    has_digit(text) && ANY.as_ref().is_some_and(|any| any.is_match(text))
}

pub(super) fn has_digit(text: &str) -> bool {
    text::find_byte(text.as_bytes(), |byte| byte.is_ascii_digit()).is_some()
}

/// The sign that a text begins with, and its length in bytes.
pub(super) fn sign(text: &str) -> Option<(Currency, usize)> {
    SIGNS
        .iter()
        .find(|(sign, _)| text.starts_with(sign))
        .map(|(sign, code)| (currency(code, sign), sign.len()))
}

/// The currency that a word names, as written and folded.
pub(super) fn word(written: &str, folded: &str) -> Option<Currency> {
    if let Some((code, _)) = CODES.iter().find(|(code, _)| *code == written) {
        return Some(currency(code, written));
    }
    if AS_WRITTEN.iter().any(|(word, wanted)| *word == folded && *wanted != written) {
        return None;
    }
    WORDS.iter().find(|(word, _)| *word == folded).map(|(word, code)| currency(code, word))
}

/// The currency with this code.
pub(super) fn coded(code: &str) -> Option<Currency> {
    CODES.iter().find(|(known, _)| *known == code).map(|(code, _)| currency(code, code))
}

fn currency(code: &'static str, written: &str) -> Currency {
    let shared = match written {
        "$" | "dollar" | "dollars" | "dolares" => Some(Shared::Dollar),
        "kr" | "kroner" => Some(Shared::Krone),
        "¥" | "￥" => Some(Shared::Yen),
        "rs" | "rupee" | "rupees" => Some(Shared::Rupee),
        "pesos" => Some(Shared::Peso),
        _ => None,
    };
    Currency { code, shared, doubtful: matches!(written, "pound" | "pounds" | "pfund") }
}

impl Shared {
    /// What it means in a country, by the country's code.
    pub(super) fn within(self, country: &str) -> Option<&'static str> {
        Some(match (self, country) {
            (Self::Dollar, "US") => "USD",
            (Self::Dollar, "CA") => "CAD",
            (Self::Dollar, "AU") => "AUD",
            (Self::Dollar, "NZ") => "NZD",
            (Self::Dollar, "SG") => "SGD",
            (Self::Dollar, "HK") => "HKD",
            (Self::Dollar | Self::Peso, "MX") => "MXN",
            (Self::Peso, "AR") => "ARS",
            (Self::Peso, "CL") => "CLP",
            (Self::Peso, "CO") => "COP",
            (Self::Peso, "PH") => "PHP",
            (Self::Krone, "SE") => "SEK",
            (Self::Krone, "NO") => "NOK",
            (Self::Krone, "DK") => "DKK",
            (Self::Krone, "IS") => "ISK",
            (Self::Yen, "JP") => "JPY",
            (Self::Yen, "CN") => "CNY",
            (Self::Rupee, "IN") => "INR",
            (Self::Rupee, "PK") => "PKR",
            (Self::Rupee, "LK") => "LKR",
            _ => return None,
        })
    }

    /// The sign alone does not say which currency is meant, not even by custom.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Krone | Self::Peso)
    }
}

/// How many units pay for what a dollar pays for.
pub(super) fn units_per_dollar(code: &str) -> f64 {
    CODES.iter().find(|(known, _)| *known == code).map_or(1.0, |(_, units)| *units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_codes_and_words() {
        assert_eq!(sign("CA$90").map(|(currency, len)| (currency.code, len)), Some(("CAD", 3)));
        assert_eq!(sign("$90").and_then(|(currency, _)| currency.shared), Some(Shared::Dollar));
        assert_eq!(word("Kč", "kc").map(|currency| currency.code), Some("CZK"));
        assert_eq!(word("ft", "ft"), None);
        assert_eq!(word("TRY", "try").map(|currency| currency.code), Some("TRY"));
        assert_eq!(word("try", "try"), None);
        assert!(may_hold_an_amount("50 zł") && may_hold_an_amount("12 lpa"));
        assert!(!may_hold_an_amount("3-5 years of work with others") && !may_hold_an_amount("a $ sign"));
    }
}
