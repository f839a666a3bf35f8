//! Ranges that pages are narrowed by: pay per year and experience. In the index each is a short text, of which equal
//! ones are stored once.

use crate::model::{Page, Pay};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What a role pays per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PayRange {
    /// ISO 4217.
    pub currency: [u8; 3],
    /// In units of the currency; no less than 0.
    pub low: f64,
    /// In units of the currency; infinite where it is open.
    pub high: f64,
}

/// The experience that a role takes, in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExperienceRange {
    /// The least.
    pub low: u16,
    /// The most; [`u16::MAX`] where it is open.
    pub high: u16,
}

impl PayRange {
    fn of(pay: &Pay) -> Option<Self> {
        let (low, high) = pay.per_year();
        let currency = pay.currency.as_bytes().try_into().ok()?;
        // Pay is compared in whole units: what an hour's cents make of a year is noise.
        Some(Self {
            currency,
            low: low.unwrap_or(0.0).max(0.0).round(),
            high: high.unwrap_or(f64::INFINITY).round(),
        })
    }

    /// Whether it overlaps with another range, bounds included.
    pub fn overlaps(&self, low: f64, high: f64) -> bool {
        self.low <= high && low <= self.high
    }
}

/// What the role of a page pays, each range once; other roles' pay is not its own.
pub(super) fn pay(page: &Page) -> BTreeSet<String> {
    let own = page.sections.iter().flat_map(|section| &section.pay).filter(|pay| pay.of.is_none());
    own.filter_map(PayRange::of).map(|range| range.to_string()).collect()
}

/// The experience that the role of a page takes, each range once.
pub(super) fn experience(page: &Page) -> BTreeSet<String> {
    let own = page.sections.iter().flat_map(|section| &section.experience);
    let range = |(low, high): (Option<u16>, Option<u16>)| ExperienceRange {
        low: low.unwrap_or(0),
        high: high.unwrap_or(u16::MAX),
    };
    own.filter(|one| one.of.is_none()).map(|one| range((one.low, one.high)).to_string()).collect()
}

impl fmt::Display for PayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", String::from_utf8_lossy(&self.currency), self.low, self.high)
    }
}

impl FromStr for PayRange {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(' ');
        let mut part = || parts.next().ok_or(());
        let currency = part()?.as_bytes().try_into().map_err(drop)?;
        let (low, high) = (part()?.parse().map_err(drop)?, part()?.parse().map_err(drop)?);
        Ok(Self { currency, low, high })
    }
}

impl fmt::Display for ExperienceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.low, self.high)
    }
}

impl FromStr for ExperienceRange {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (low, high) = text.split_once(' ').ok_or(())?;
        Ok(Self { low: low.parse().map_err(drop)?, high: high.parse().map_err(drop)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_survives_the_index() {
        for range in ["USD 87500 450000", "EUR 0 60000", "JPY 6000000 inf"] {
            assert_eq!(range.parse::<PayRange>().map(|read| read.to_string()), Ok(range.to_owned()));
        }
        let range: PayRange = "USD 90000 inf".parse().expect("a range");
        assert!(range.overlaps(0.0, 90_000.0) && range.overlaps(1e9, f64::INFINITY));
        assert!(!range.overlaps(0.0, 89_999.0));
        assert_eq!("36 65535".parse(), Ok(ExperienceRange { low: 36, high: u16::MAX }));
        assert!("36".parse::<ExperienceRange>().is_err() && "US 1 2".parse::<PayRange>().is_err());
    }
}
