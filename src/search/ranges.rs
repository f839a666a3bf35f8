//! Filters by pay and experience: a page passes where a range of its role's overlaps with the one asked for.

use super::histogram::HistogramField;
use super::request::SearchRequest;
use super::response::{ExperienceSummary, PaySummary, Warning};
use crate::index::{ExperienceRange, PayRange, Segment, Snapshot};

/// Ranges that pages state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Values {
    /// What the role pays per year in a currency.
    Pay([u8; 3]),
    /// The experience that it takes, in months.
    Experience,
}

impl Values {
    /// Those of a page, from the least to the most; an open end is infinite.
    pub(super) fn of(self, segment: &Segment, page: usize) -> impl Iterator<Item = (f64, f64)> {
        let (currency, pay, experience): (_, &[PayRange], &[ExperienceRange]) = match self {
            Self::Pay(currency) => (currency, segment.pay(page), &[]),
            Self::Experience => ([0; 3], &[], segment.experience(page)),
        };
        let pay = pay.iter().filter(move |pay| pay.currency == currency).map(|pay| (pay.low, pay.high));
        let most = |high: u16| if high == u16::MAX { f64::INFINITY } else { f64::from(high) };
        pay.chain(experience.iter().map(move |range| (f64::from(range.low), most(range.high))))
    }
}

/// A range that is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Range {
    values: Values,
    low: f64,
    high: f64,
}

impl Range {
    /// Whether a page has a range that overlaps with it, bounds included.
    fn holds(&self, segment: &Segment, page: usize) -> bool {
        self.values.of(segment, page).any(|(low, high)| low <= self.high && self.low <= high)
    }
}

/// The ranges that are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ranges {
    pay: Option<Range>,
    experience: Option<Range>,
}

impl Ranges {
    pub(super) fn new(request: &SearchRequest, currency: [u8; 3]) -> Self {
        let range = |values, (low, high): (Option<f64>, Option<f64>), unit: f64| {
            let (least, most) = (low.unwrap_or(0.0) * unit, high.unwrap_or(f64::INFINITY) * unit);
            (low.is_some() || high.is_some()).then_some(Range { values, low: least, high: most })
        };
        Self {
            pay: range(Values::Pay(currency), request.pay, 1.0),
            experience: range(Values::Experience, request.experience, 12.0),
        }
    }

    fn of(&self, field: HistogramField) -> Option<&Range> {
        match field {
            HistogramField::Pay => self.pay.as_ref(),
            HistogramField::Experience => self.experience.as_ref(),
        }
    }

    /// What is narrowed.
    pub(super) fn fields(&self) -> impl Iterator<Item = HistogramField> {
        HistogramField::ALL.into_iter().filter(|field| self.of(*field).is_some())
    }

    /// Whether a page passes.
    pub(super) fn pass(&self, field: HistogramField, segment: &Segment, page: usize) -> bool {
        self.of(field).is_none_or(|range| range.holds(segment, page))
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
                Range { values: Values::Pay(currency), low, high }.holds(segment, page)
            }
            Self::Experience { low, high } => {
                segment.experience(page).iter().any(|range| (low..=high).contains(&f64::from(range.low)))
            }
        }
    }
}

/// What a page's role pays per year: in a currency where the page states it in that, else in the one it states first.
pub(super) fn pay_summary(segment: &Segment, page: usize, currency: [u8; 3]) -> Option<PaySummary> {
    let stated = segment.pay(page);
    let states_it = stated.iter().any(|pay| pay.currency == currency);
    let currency = if states_it { currency } else { stated.first()?.currency };
    let (low, high) = hull(Values::Pay(currency).of(segment, page))?;
    Some(PaySummary { currency: String::from_utf8_lossy(&currency).into_owned(), low, high })
}

/// The experience that a page's role takes, in years.
pub(super) fn experience_summary(segment: &Segment, page: usize) -> Option<ExperienceSummary> {
    let (low, high) = hull(Values::Experience.of(segment, page))?;
    Some(ExperienceSummary { low: low / 12.0, high: high.map(|high| high / 12.0) })
}

/// From the least to the most of some ranges; none is open above where one of them is.
fn hull(ranges: impl Iterator<Item = (f64, f64)>) -> Option<(f64, Option<f64>)> {
    let (low, high) = ranges.reduce(|(low, high), range| (low.min(range.0), high.max(range.1)))?;
    Some((low, high.is_finite().then_some(high)))
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
