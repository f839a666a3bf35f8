//! Forecasts for years that are over, or that were made long ago.

use super::years::years;
use super::{Check, Out, Rule, quoted};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use crate::text::{sentences, words};

pub(super) const RULE: Rule = Rule {
    id: "outdated-projection",
    severity: Severity::Warning,
    summary: "A forecast is for years that are over, or was made long ago",
    advice: "Readers decide by it. Replace it by the present forecast.",
    check: Check::Page(check),
};

/// A forecast that begins so many years ago is old: they are made anew every one or two.
const OLD: u16 = 5;
/// How words of forecasts begin.
const FORECAST: [&str; 14] = [
    "project",
    "forecast",
    "expect",
    "predict",
    "estimat",
    "outlook",
    "growth",
    "grow",
    "prognos",
    "erwart",
    "croissance",
    "prevu",
    "crecimiento",
    "previst",
];
/// How words begin that say that something was in fact so.
const PAST: [&str; 9] = ["grew", "was", "were", "rose", "fell", "since", "seit", "founded", "between"];
/// Stand before the year by which something will be.
const BY: [&str; 9] = ["by", "until", "through", "bis", "para", "hasta", "ici", "horizon", "2020s"];

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    for (at, section) in reading.page.sections.iter().enumerate() {
        for (index, block) in section.own_blocks() {
            // Most blocks name no year, and cost no more than seeing that.
            if years(&block.text).next().is_none() {
                continue;
            }
            for range in sentences(&block.text) {
                let sentence = &block.text[range.clone()];
                let around = || section.path_of(Some(index)).join(" ");
                if let Some(what) = outdated(sentence, out.year(), around) {
                    let spot = reading.spot(at, Some(index), range.start);
                    out.page(reading, spot, format!("{what}: {}", quoted(sentence)));
                }
            }
        }
    }
}

/// What is outdated about a sentence.
fn outdated(sentence: &str, present: u16, headings: impl Fn() -> String) -> Option<String> {
    let found: Vec<(usize, u16)> = years(sentence).collect();
    let span = found.windows(2).find(|two| is_span(&sentence[two[0].0 + 4..two[1].0]) && two[0].1 < two[1].1);
    if let Some(&[(_, from), (_, to)]) = span {
        let is_forecast = begins(sentence, &FORECAST) || begins(&headings(), &FORECAST);
        let was =
            begins(sentence, &PAST) && !begins(sentence, &["project", "forecast", "predict", "prognos"]);
        // A short span that ends before it was written is a record, not a forecast.
        if !is_forecast || was || to < from + 4 {
            return None;
        }
        if to <= present {
            return Some(format!("a forecast for {from} to {to}, which is over"));
        }
        return (from + OLD <= present).then(|| format!("a forecast that begins in {from}"));
    }
    let last = found.iter().find(|(at, year)| *year <= present && is_by(&sentence[..*at]))?;
    let is_forecast = begins(sentence, &FORECAST)
        || words(sentence).any(|word| matches!(word.folded.as_ref(), "will" | "wird" | "werden"));
    (is_forecast && !begins(sentence, &PAST)).then(|| format!("a forecast for {}, which is over", last.1))
}

/// Whether what stands between two years makes them one span.
fn is_span(between: &str) -> bool {
    matches!(between.trim(), "-" | "–" | "—" | "to" | "through" | "and" | "bis" | "à" | "a" | "until" | "/")
}

/// Whether a year that follows is one by which something will be.
fn is_by(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    BY.contains(&word.to_lowercase().as_str())
}

fn begins(text: &str, beginnings: &[&str]) -> bool {
    words(text).any(|word| beginnings.iter().any(|begin| word.folded.starts_with(begin)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forecasts_and_what_is_none() {
        let told = |sentence: &str| outdated(sentence, 2026, String::new);
        for sentence in [
            "Employment is projected to grow 25 percent from 2020 to 2030.",
            "Projected growth (2019–2029): 4%",
            "The market is expected to reach $5 billion by 2022.",
            "Demand will double by 2025.",
            "Bis 2024 wird die Nachfrage um 10 % wachsen.",
        ] {
            assert!(told(sentence).is_some(), "{sentence}");
        }
        for sentence in [
            "Employment is projected to grow 17 percent from 2023 to 2033.",
            "The team grew from 2015 to 2022.",
            "The market is expected to reach $5 billion by 2030.",
            "Written by 2022 graduates.",
            "Python 3 was adopted by 2020.",
        ] {
            assert_eq!(told(sentence), None, "{sentence}");
        }
    }
}
