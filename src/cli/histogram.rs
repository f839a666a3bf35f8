//! Histograms on a terminal: a line a bucket, with a bar.

use super::style::{FAINT, STRONG, styled};
use crate::search::{Bucket, Histogram, HistogramField};
use std::fmt::Write as _;

/// The longest bar, in characters.
const WIDTH: u64 = 30;
/// A bar's end, in eighths of a character.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A histogram for people; the empty buckets at its ends are left out.
pub(super) fn describe(text: &mut String, field: HistogramField, histogram: &Histogram) {
    let Histogram { currency, buckets, pages, missing, .. } = histogram;
    let unit = match currency {
        Some(currency) => format!("{currency} per year"),
        None => "years".to_owned(),
    };
    let of = format!("{unit}; {pages} of {} pages say", pages + missing);
    let _ = writeln!(text, "\n{} {}", styled(STRONG, field.id()), styled(FAINT, &of));
    let is_counted = |bucket: &Bucket| bucket.pages > 0;
    let first = buckets.iter().position(is_counted).unwrap_or(buckets.len());
    let after = buckets.iter().rposition(is_counted).map_or(first, |last| last + 1);
    let shown = &buckets[first..after];
    let names: Vec<String> = shown.iter().map(name).collect();
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let most = shown.iter().map(|bucket| bucket.pages).max().unwrap_or(1).max(1);
    for (bucket, name) in shown.iter().zip(names) {
        let _ = writeln!(text, "  {name:>longest$} {} {}", bar(bucket.pages, most), bucket.pages);
    }
}

/// "40,000–50,000", and of the last bucket "200,000+".
fn name(bucket: &Bucket) -> String {
    match bucket.to {
        Some(to) => format!("{}–{}", grouped(bucket.from), grouped(to)),
        None => format!("{}+", grouped(bucket.from)),
    }
}

/// A whole number with its thousands apart.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn bar(pages: u64, most: u64) -> String {
    let eighths = (pages * WIDTH * 8).div_ceil(most);
    let end = EIGHTHS[usize::try_from(eighths % 8).unwrap_or_default()];
    "█".repeat(usize::try_from(eighths / 8).unwrap_or_default()) + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share() {
        let bucket = |from, to, pages| Bucket { from, to, pages };
        let histogram = Histogram {
            currency: Some("USD".to_owned()),
            unit: "year",
            buckets: vec![
                bucket(0.0, Some(90_000.0), 0),
                bucket(90_000.0, Some(1e6), 10),
                bucket(1e6, Some(2e6), 0),
                bucket(2e6, None, 1),
            ],
            pages: 11,
            missing: 4,
        };
        let mut text = String::new();
        describe(&mut text, HistogramField::Pay, &histogram);
        let plain = anstream::adapter::strip_str(&text).to_string();
        let whole = "█".repeat(30);
        let wanted = format!(
            "\npay USD per year; 11 of 15 pages say\n     90,000–1,000,000 {whole} 10\n  1,000,000–2,000,000  0\n           2,000,000+ ███ 1\n"
        );
        assert_eq!(plain, wanted);
    }
}
