//! A question as a line of the file.

use crate::http::asked::Asked;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is kept of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::http) struct Entry {
    /// The day on which it was asked, in UTC: `2026-11-30`.
    pub(super) day: String,
    /// As it was typed; empty where only filters were set.
    pub(super) q: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) filters: BTreeMap<String, Vec<String>>,
    /// How many pages match.
    pub(super) pages: u64,
    /// How long it took.
    pub(super) ms: f64,
}

impl Entry {
    /// None of what is no question: nothing was typed or set, or more of an answer was wanted.
    pub(in crate::http) fn of(asked: Asked, ms: f64) -> Option<Self> {
        let Asked { q, filters: pairs, pages, is_first } = asked;
        if !is_first || (q.is_empty() && pairs.is_empty()) {
            return None;
        }
        let mut filters = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in pairs {
            filters.entry(name.to_owned()).or_default().push(value);
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Some(Self { day: day(since / 86_400), q, filters, pages, ms })
    }

    /// As JSON with the end of the line.
    pub(super) fn line(&self) -> String {
        serde_json::to_string(self).map(|json| json + "\n").unwrap_or_default()
    }
}

/// A day by its number since 1970, in the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `civil_from_days`, for days that are not before).
fn day(number: u64) -> String {
    let days = number + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + u64::from(month <= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (number, named) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_787, "2026-11-30"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(number), named);
        }
    }

    #[test]
    fn what_is_no_question_is_not_kept() {
        let asked = |q: &str, is_first| Asked { q: q.to_owned(), filters: Vec::new(), pages: 3, is_first };
        assert!(Entry::of(asked("", true), 1.0).is_none() && Entry::of(asked("a", false), 1.0).is_none());
        let entry = Entry::of(asked("a \"b\" \u{1}", true), 1.5).unwrap();
        let line = entry.line();
        assert!(line.ends_with("\"q\":\"a \\\"b\\\" \\u0001\",\"pages\":3,\"ms\":1.5}\n"), "{line}");
        assert_eq!(serde_json::from_str::<Entry>(&line).unwrap(), entry);
        let filtered =
            Asked { filters: vec![("role", "x".to_owned()), ("role", "y".to_owned())], ..asked("", true) };
        assert_eq!(Entry::of(filtered, 1.0).unwrap().filters["role"], ["x", "y"]);
    }
}
