//! Pay whose figures cannot be in this order: a range that ends below where it begins, a median outside its range.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use crate::model::{Pay, Statistic};

pub(super) const RULE: Rule = Rule {
    id: "pay-order",
    severity: Severity::Error,
    summary: "A range of pay ends below where it begins, or its middle lies outside of it",
    advice: "One of the figures is wrong or has a digit too many. Correct it.",
    check: Check::Page(check),
};

/// Between the ends of a range.
const TO: [&str; 9] = ["-", "–", "—", "−", "to", "bis", "à", "a", "and"];
/// Before the first end of a range, where "and" stands between them.
const BETWEEN: [&str; 3] = ["between", "from", "range"];

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    for (at, section) in reading.page.sections.iter().enumerate() {
        let spot = |pay: &Pay| {
            let block = pay.evidence.block.map(|block| block as usize);
            reading.spot(at, block, pay.evidence.start as usize)
        };
        // A range that runs backwards is read as two amounts.
        for two in section.pay.windows(2) {
            let [first, second] = two else { continue };
            let (Some(from), Some(to)) = (single(first), single(second)) else { continue };
            let sentence = section.quoted(first.evidence).unwrap_or_default();
            if first.evidence == second.evidence && to < from && runs(sentence, from, to) {
                out.page(
                    reading,
                    spot(first),
                    format!("a range of pay runs backwards: {}", quoted(sentence)),
                );
            }
        }
        for middle in section.pay.iter().filter(|pay| is_middle(pay)) {
            let outside = |range: &&Pay| {
                let (Some(low), Some(high), Some(value)) = (range.low, range.high, single(middle)) else {
                    return false;
                };
                let beyond = high.max(range.beyond.unwrap_or(high));
                low < high && same_pay(middle, range) && !(low..=beyond).contains(&value)
            };
            if let Some(range) = section.pay.iter().find(outside) {
                let sentence = |pay: &Pay| quoted(section.quoted(pay.evidence).unwrap_or_default());
                let message = format!(
                    "the middle, {}, lies outside of the range, {}",
                    sentence(middle),
                    sentence(range)
                );
                out.page(reading, spot(middle), message);
            }
        }
    }
}

fn single(pay: &Pay) -> Option<f64> {
    pay.low.filter(|_| pay.low == pay.high)
}

fn is_middle(pay: &Pay) -> bool {
    matches!(pay.statistic, Statistic::Median | Statistic::Average)
}

/// Whether an amount in the middle and a range are of the same pay: alike in all, and said together.
fn same_pay(middle: &Pay, range: &Pay) -> bool {
    let who = |pay: &Pay| {
        (pay.currency.clone(), pay.period, pay.company.clone(), pay.place.clone(), pay.of.clone())
    };
    let together = middle.evidence.block == range.evidence.block;
    let is_range = !matches!(range.statistic, Statistic::Percentile | Statistic::RangeOfAverages);
    together
        && is_range
        && who(middle) == who(range)
        && middle.year == range.year
        && middle.scope == range.scope
}

/// Whether a sentence has these two numbers with nothing between them but what stands between the ends of a range.
fn runs(sentence: &str, from: f64, to: f64) -> bool {
    let numbers = numbers(sentence);
    numbers.windows(2).any(|two| {
        let between = &sentence[two[0].1..two[1].0];
        let words =
            between.split(|c: char| c.is_whitespace() || "$€£¥".contains(c)).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        // A dash has three bytes too.
        let is_code = |word: &str| {
            let letters = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
            letters && between.contains(&word.to_uppercase()) || word == "k"
        };
        let linked: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_code(word)).collect();
        let [to_word] = linked.as_slice() else { return false };
        let opened = || BETWEEN.iter().any(|word| sentence[..two[0].0].to_lowercase().contains(word));
        TO.contains(to_word)
            && (*to_word != "and" || opened())
            && value(two[0].2, from)
            && value(two[1].2, to)
    })
}

fn value(written: f64, meant: f64) -> bool {
    [1.0, 1_000.0].iter().any(|times| (written * times - meant).abs() < 0.5)
}

/// The numbers of a text: where each begins and ends, and its value, commas, points and spaces between thousands left out.
fn numbers(text: &str) -> Vec<(usize, usize, f64)> {
    let bytes = text.as_bytes();
    let (mut numbers, mut at) = (Vec::new(), 0);
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|next| at + next) {
        let mut end = start;
        while bytes.get(end).is_some_and(|byte| {
            byte.is_ascii_digit()
                || matches!(byte, b',' | b'.' | b'\'') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        }) {
            end += 1;
        }
        let digits: String = text[start..end].chars().filter(char::is_ascii_digit).collect();
        let grouped = text[start..end].rsplit([',', '.', '\'']).next().is_some_and(|last| last.len() == 3);
        let value = if grouped { digits.parse() } else { text[start..end].replace(',', ".").parse() };
        if let Ok(value) = value {
            numbers.push((start, end, value));
        }
        at = end;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_that_runs_backwards() {
        assert!(runs("Pay is $150,000 – $120,000 a year.", 150_000.0, 120_000.0));
        assert!(runs("between 90k and 70k", 90_000.0, 70_000.0));
        assert!(runs("EUR 65.000 bis 60.000", 65_000.0, 60_000.0));
        assert!(!runs("$150,000 in Denver and $120,000 in Dallas", 150_000.0, 120_000.0));
        assert!(!runs("seniors $150,000, juniors $120,000", 150_000.0, 120_000.0));
    }
}
