//! In which order hits are listed: by relevance, or by something that pages state. A page that does not state it comes
//! last in both directions; ties go by relevance and then by id.

use super::SearchError;
use super::ranges::Values;
use crate::index::{Segment, Snapshot};
use std::fmt;
use std::sync::OnceLock;

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What is compared.
    pub by: SortBy,
    /// The other way round than [`SortBy`] says.
    pub reversed: bool,
}

/// What hits are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// The best first.
    #[default]
    Relevance,
    /// By the title's words, from A to Z.
    Title,
    /// By what the role pays per year in one currency, the most first: the middle of the amounts that the page states.
    Pay,
    /// By when the page says that it was changed, the latest first.
    Modified,
}

impl SortBy {
    const ALL: [Self; 4] = [Self::Relevance, Self::Title, Self::Pay, Self::Modified];

    /// Its name and the name of the direction that it has by itself.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Relevance => ("relevance", ""),
            Self::Title => ("title", "asc"),
            Self::Pay => ("pay", "desc"),
            Self::Modified => ("modified", "desc"),
        }
    }
}

impl Sort {
    /// What can be written, for people.
    pub const NAMES: &str = "relevance, title, pay or modified, the last three also with :asc or :desc";

    /// The order with this name: `pay`, `pay:asc` …
    pub fn from_id(id: &str) -> Option<Self> {
        let (name, direction) =
            id.split_once(':').map_or((id, None), |(name, direction)| (name, Some(direction)));
        let by = SortBy::ALL.into_iter().find(|by| by.names().0 == name)?;
        let reversed = match direction {
            None => false,
            Some("asc" | "desc") if by != SortBy::Relevance => direction != Some(by.names().1),
            Some(_) => return None,
        };
        Some(Self { by, reversed })
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, direction) = self.by.names();
        match (self.reversed, direction) {
            (false, _) => f.write_str(name),
            (true, "asc") => write!(f, "{name}:desc"),
            (true, _) => write!(f, "{name}:asc"),
        }
    }
}

/// What pages are ordered by beside relevance, by the page's ordinal; read when a question first asks for it.
#[derive(Default)]
pub(super) struct SortColumns {
    titles: OnceLock<Vec<u32>>,
    /// In seconds since 1970.
    modified: OnceLock<Vec<Option<i64>>>,
}

/// What pages are compared by in one answer.
pub(super) struct SortKey<'a> {
    column: Column<'a>,
    /// 1 where the greatest comes first, else -1.
    sign: f64,
}

enum Column<'a> {
    None,
    Titles(&'a [u32]),
    Pay([u8; 3]),
    Modified(&'a [Option<i64>]),
}

impl SortColumns {
    /// What an order compares; `currency` is the one in which pay is compared.
    pub(super) fn key(
        &self,
        sort: Sort,
        snapshot: &Snapshot,
        currency: [u8; 3],
    ) -> Result<SortKey<'_>, SearchError> {
        let column = match sort.by {
            SortBy::Relevance => Column::None,
            SortBy::Title => Column::Titles(read_once(&self.titles, || snapshot.title_ranks())?),
            SortBy::Pay => Column::Pay(currency),
            SortBy::Modified => Column::Modified(read_once(&self.modified, || snapshot.modified(seconds))?),
        };
        let falls = (sort.by == SortBy::Title) == sort.reversed;
        Ok(SortKey { column, sign: if falls { 1.0 } else { -1.0 } })
    }
}

/// As `get_or_init`, for what may fail.
fn read_once<T, E>(cell: &OnceLock<T>, read: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    match cell.get() {
        Some(known) => Ok(known),
        None => {
            let value = read()?;
            Ok(cell.get_or_init(|| value))
        }
    }
}

impl SortKey<'_> {
    /// What a page, by its place and ordinal, is ordered by before relevance: the greatest first, the least where it does
    /// not state it.
    pub(super) fn of(&self, segment: &Segment, index: usize, page: u32) -> f64 {
        let page = page as usize;
        let value = match &self.column {
            Column::None => return 0.0,
            Column::Titles(ranks) => Some(f64::from(ranks[page])),
            Column::Pay(currency) => middle_pay(segment, index, *currency),
            Column::Modified(modified) => modified[page].map(|seconds| seconds as f64),
        };
        value.map_or(f64::NEG_INFINITY, |value| self.sign * value)
    }
}

/// The median of what a page's role pays, each range by its middle and one that is open by its bound.
fn middle_pay(segment: &Segment, page: usize, currency: [u8; 3]) -> Option<f64> {
    let own = Values::Pay(currency).of(segment, page);
    let middle = own.map(|(low, high)| match (low > 0.0, high.is_finite()) {
        (true, true) => f64::midpoint(low, high),
        (false, true) => high,
        (_, false) => low,
    });
    let mut middles: Vec<f64> = middle.collect();
    middles.sort_unstable_by(f64::total_cmp);
    let half = middles.len() / 2;
    let upper = *middles.get(half)?;
    Some(if middles.len() % 2 == 1 { upper } else { f64::midpoint(middles[half - 1], upper) })
}

/// The seconds since 1970 of an ISO 8601 date, or date and time; a time without a zone is taken for UTC.
fn seconds(text: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let time = || {
        let (hours, minutes) = (number(11..13)?, number(14..16)?);
        let seconds = if text.get(16..17) == Some(":") { number(17..19)? } else { 0 };
        let is_time = (0..=24).contains(&hours) && (0..60).contains(&minutes) && (0..=60).contains(&seconds);
        is_time.then_some(hours * 3600 + minutes * 60 + seconds)
    };
    let zone = || {
        let zone = &text[11.min(text.len())..];
        let at = zone.rfind(['+', '-'])?;
        let (hours, minutes) = (zone.get(at + 1..at + 3)?, zone[at + 3..].trim_start_matches(':'));
        let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<i64>().ok()? };
        let offset = hours.parse::<i64>().ok()? * 3600 + minutes * 60;
        Some(if zone[at..].starts_with('-') { -offset } else { offset })
    };
    let time = time().map_or(0, |time| time - zone().unwrap_or(0));
    Some(days(year, month, day) * 86_400 + time)
}

/// The days since 1970 of a day of the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_named_by_what_is_compared_and_a_direction() {
        for (id, by, reversed, said) in [
            ("relevance", SortBy::Relevance, false, "relevance"),
            ("title", SortBy::Title, false, "title"),
            ("title:asc", SortBy::Title, false, "title"),
            ("title:desc", SortBy::Title, true, "title:desc"),
            ("pay", SortBy::Pay, false, "pay"),
            ("pay:asc", SortBy::Pay, true, "pay:asc"),
            ("modified:desc", SortBy::Modified, false, "modified"),
        ] {
            let sort = Sort::from_id(id);
            assert_eq!(sort, Some(Sort { by, reversed }), "{id}");
            assert_eq!(sort.unwrap_or_default().to_string(), said);
        }
        for id in ["", "Pay", "-pay", "pay:", "pay:up", "relevance:asc", "score"] {
            assert_eq!(Sort::from_id(id), None, "{id}");
        }
    }

    #[test]
    fn dates_are_compared_as_moments() {
        assert_eq!(seconds("1970-01-01"), Some(0));
        assert_eq!(seconds("2000-03-01"), Some(951_868_800));
        assert_eq!(seconds("2024-05-06T07:08:09Z"), Some(1_714_979_289));
        assert_eq!(seconds("2024-05-06 07:08"), seconds("2024-05-06T07:08:00Z"));
        assert_eq!(seconds("2024-05-06T09:08:09+02:00"), seconds("2024-05-06T07:08:09Z"));
        assert_eq!(seconds("2024-05-05T23:38:09-0730"), seconds("2024-05-06T07:08:09.123Z"));
        assert_eq!(seconds("2024-05-06T"), seconds("2024-05-06"));
        assert_eq!(seconds("2024-13-06"), None);
        assert_eq!(seconds("2024-05-06T+é"), seconds("2024-05-06"));
    }
}
