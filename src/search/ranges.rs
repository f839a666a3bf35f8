//! Filters by pay and experience: a page passes where a range of its role's overlaps with the one asked for.

use super::request::SearchRequest;
use super::response::Warning;
use crate::index::{ExperienceRange, PayRange, Segment, Snapshot};

/// The ranges that are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ranges {
    /// Currency and bounds per year.
    pay: Option<([u8; 3], f64, f64)>,
    /// Bounds in months.
    experience: Option<(f64, f64)>,
}

impl Ranges {
    pub(super) fn new(request: &SearchRequest, currency: [u8; 3]) -> Self {
        let bounds = |(low, high): (Option<f64>, Option<f64>)| {
            (low.is_some() || high.is_some()).then(|| (low.unwrap_or(0.0), high.unwrap_or(f64::INFINITY)))
        };
        let pay = bounds(request.pay).map(|(low, high)| (currency, low, high));
        let months = |(low, high): (f64, f64)| (low * 12.0, high * 12.0);
        Self { pay, experience: bounds(request.experience).map(months) }
    }

    /// Whether a page passes.
    pub(super) fn pass(&self, segment: &Segment, page: usize) -> bool {
        let pays = |&(currency, low, high): &([u8; 3], f64, f64)| {
            let overlaps = |pay: &PayRange| pay.currency == currency && pay.overlaps(low, high);
            segment.pay(page).iter().any(overlaps)
        };
        let takes = |&(low, high): &(f64, f64)| {
            let overlaps = |range: &ExperienceRange| {
                f64::from(range.low) <= high && (low <= f64::from(range.high) || range.high == u16::MAX)
            };
            segment.experience(page).iter().any(overlaps)
        };
        self.pay.as_ref().is_none_or(pays) && self.experience.as_ref().is_none_or(takes)
    }
}

/// What the question asks of a page's figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bounds {
    /// Its role pays that much per year: a range overlaps.
    Pay { currency: [u8; 3], low: f64, high: f64 },
    /// It takes at least so many months.
    Experience { low: f64, high: f64 },
}

impl Bounds {
    /// Whether a page is within them.
    pub(super) fn hold(&self, segment: &Segment, page: usize) -> bool {
        match *self {
            Self::Pay { currency, low, high } => {
                segment.pay(page).iter().any(|pay| pay.currency == currency && pay.overlaps(low, high))
            }
            Self::Experience { low, high } => {
                segment.experience(page).iter().any(|range| (low..=high).contains(&f64::from(range.low)))
            }
        }
    }
}

/// What is odd about a currency that is asked for.
pub(super) fn unknown_currency(asked: &str, currency: [u8; 3], snapshot: &Snapshot) -> Option<Warning> {
    let is_unknown = snapshot.currencies.iter().all(|(known, _)| *known != currency);
    let message = format!("no page states pay in {asked:?}");
    is_unknown.then(|| Warning::new("unknown_value", message, "currency"))
}

/// The currency that is asked for, else the one in which most pages state pay.
pub(super) fn currency(request: &SearchRequest, snapshot: &Snapshot) -> [u8; 3] {
    let asked =
        request.currency.as_ref().and_then(|asked| asked.to_ascii_uppercase().into_bytes().try_into().ok());
    let most = snapshot.currencies.first().map(|(currency, _)| *currency);
    asked.or(most).unwrap_or(*b"USD")
}
