//! Tables with a column "Years of experience", whose cells are numbers without a unit: "0–2", "6+".

use super::whose;
use super::{Phrase, judge};
use crate::annotate::reading::duration::number;
use crate::model::{Block, Evidence, Experience, Strength};
use crate::text::words;

/// The most words of a cell that is a number of years.
const LONGEST: usize = 5;
/// The most years.
const MOST: u16 = 50;

/// Which column holds years of experience, as the row that names the columns says.
pub(super) fn of_years(header: &Block) -> Option<usize> {
    header.cells().position(|head| {
        let is_years = |word: &str| {
            matches!(word, "years" | "yrs" | "yoe" | "jahre" | "jahren" | "berufsjahre" | "annees" | "anos")
        };
        let says = |is: &dyn Fn(&str) -> bool| words(super::beginning(head)).any(|word| is(&word.folded));
        says(&is_years)
            && says(&|word| judge::is_experience_word(word) || matches!(word, "berufsjahre" | "yoe"))
    })
}

/// The years in that column of a row; whose they are stands in the first.
pub(super) fn in_row(index: usize, block: &Block, column: usize, role: Option<&str>) -> Option<Experience> {
    let (low, high) = years(block.cells().nth(column)?)?;
    let of = if column == 0 { None } else { whose::of_row(block, role) };
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Some(Experience {
        low: low.map(|years| years * 12),
        high: high.map(|years| years * 12),
        field: None,
        of,
        strength: Strength::Named,
        evidence: Evidence { block: Some(small(index)), start: 0, end: small(block.text.len()) },
    })
}

/// The least and the most that a cell says: "0–2", "6+", "<1", "10 or more", "up to 2".
fn years(cell: &str) -> Option<(Option<u16>, Option<u16>)> {
    let phrase = Phrase::new(cell);
    if phrase.len() > LONGEST {
        return None;
    }
    let mut numbers = Vec::new();
    let (mut open, mut most) = (cell.trim_end().ends_with('+') || cell.contains('>'), cell.contains('<'));
    for at in 0..phrase.len() {
        match phrase.word(at) {
            "more" | "above" | "over" | "plus" | "mehr" | "ab" | "mas" | "least" | "from" => open = true,
            "less" | "under" | "up" | "unter" | "weniger" | "moins" | "menos" | "hasta" => most = true,
            "to" | "bis" | "a" | "or" | "and" | "than" | "oder" | "und" | "als" | "ou" | "et" | "o" | "y"
            | "que" | "at" | "de" => {}
            word => numbers.push(number(word).filter(|years| *years <= MOST)?),
        }
    }
    match *numbers.as_slice() {
        [years] if most => Some((None, Some(years))),
        [years] => Some((Some(years), (!open).then_some(years))),
        [low, high] if low < high => Some((Some(low), (!open).then_some(high))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_years() {
        for (cell, wanted) in [
            ("0-2", Some((Some(0), Some(2)))),
            ("3 – 5", Some((Some(3), Some(5)))),
            ("2 to 4", Some((Some(2), Some(4)))),
            ("6+", Some((Some(6), None))),
            ("10 or more", Some((Some(10), None))),
            ("<1", Some((None, Some(1)))),
            ("Less than two", Some((None, Some(2)))),
            ("7", Some((Some(7), Some(7)))),
            ("$62,000", None),
            ("2015-2020", None),
            ("Varies", None),
            ("", None),
        ] {
            assert_eq!(years(cell), wanted, "{cell}");
        }
    }
}
