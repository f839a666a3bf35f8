//! Pages that are not in UTF-8, and bytes that are no characters.

use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;

/// What stands for bytes that are no characters.
const LOST: char = '\u{fffd}';

pub(super) const RULE: Rule = Rule {
    id: "odd-encoding",
    severity: Severity::Warning,
    summary: "The text is not in UTF-8, or has bytes that are no characters",
    advice: "Programs may guess another encoding and show other letters. Save the file as UTF-8.",
    check: Check::Page(check),
};

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    let (text, encoding) = (&reading.text.text, reading.text.encoding);
    if encoding != "UTF-8" {
        out.page(reading, Spot::PAGE, format!("is not in UTF-8; read as {encoding}"));
    }
    if let Some(at) = text.find(LOST) {
        let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
        let count = text.matches(LOST).count();
        let what = if count == 1 { "a character is".to_owned() } else { format!("{count} characters are") };
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        out.page(reading, Spot::at(line), format!("{what} lost (U+FFFD stands in place)"));
    }
}
