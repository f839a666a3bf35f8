//! How what pages state is spread: pages by pay per year and by experience, in buckets with round bounds.
//!
//! The bounds come from all pages of a generation, so that they stay where they are whatever is asked and filtered. A
//! page is in every bucket that one of its ranges overlaps with, bounds included: that is how filters by a range
//! choose pages, so a bucket says how many pages filtering by its bounds would leave.

use super::ranges::Values;
use super::request::{HIGHEST_PAY, LONGEST_EXPERIENCE};
use super::response::{Bucket, Histogram};
use crate::index::{Segment, Snapshot};
use std::sync::OnceLock;

/// What histograms there are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistogramField {
    /// What roles pay per year, in one currency.
    Pay,
    /// The experience that roles take, in years.
    Experience,
}

impl HistogramField {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Pay, Self::Experience];

    /// `pay` or `experience`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Experience => "experience",
        }
    }

    /// The one with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }
}

/// About how many buckets lie between the ends, which are open.
const BUCKETS: f64 = 20.0;
/// The share of values that lies beyond each end.
const BEYOND: f64 = 0.02;
/// Steps of pay, times a power of ten.
const ROUND: [f64; 4] = [1.0, 2.0, 2.5, 5.0];
/// Steps of experience in months.
const YEARS: [f64; 4] = [12.0, 24.0, 60.0, 120.0];

/// Where buckets begin, in order, the first at 0; each ends where the next begins, the last never.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scale(Vec<f64>);

impl Scale {
    /// The scale for these ranges; bounds over `most` are of no use.
    fn of(ranges: &[(f64, f64)], steps: impl Fn(f64) -> f64, most: f64) -> Self {
        let bounds = ranges.iter().flat_map(|&(low, high)| [low, high]);
        let mut values: Vec<f64> = bounds.filter(|bound| *bound > 0.0 && *bound <= most).collect();
        if values.is_empty() {
            return Self(if ranges.is_empty() { Vec::new() } else { vec![0.0] });
        }
        values.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        let (low, high) = (at(BEYOND), at(1.0 - BEYOND));
        // Where all is the same, buckets are still to be of use.
        let step = steps((high - low).max(high / BUCKETS) / BUCKETS);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let inner = (0..=(last - first) as u32).map(|index| (first + f64::from(index)) * step);
        let mut begins: Vec<f64> = inner.filter(|begin| (1.0..=most).contains(begin)).collect();
        begins.insert(0, 0.0);
        Self(begins)
    }

    /// The buckets that a range overlaps with, a bit each.
    fn buckets(&self, low: f64, high: f64) -> u64 {
        let Some(ends) = self.0.get(1..) else { return 0 };
        let first = ends.partition_point(|end| *end < low);
        let after = self.0.partition_point(|begin| *begin <= high);
        (first..after).fold(0, |buckets, bucket| buckets | 1 << bucket)
    }
}

/// The least of the steps, times a power of ten, that is no less than this.
fn round_step(least: f64) -> f64 {
    let mut power = 10_f64.powi(least.max(1.0).log10().floor() as i32);
    loop {
        if let Some(step) = ROUND.into_iter().map(|round| round * power).find(|step| *step >= least) {
            return step;
        }
        power *= 10.0;
    }
}

fn step_of_years(least: f64) -> f64 {
    YEARS.into_iter().find(|step| *step >= least).unwrap_or(YEARS[YEARS.len() - 1])
}

/// The scales of a generation; worked out when a histogram is first asked for.
#[derive(Default)]
pub(super) struct Scales {
    /// By the currency's place in [`Snapshot::currencies`].
    pay: OnceLock<Vec<Scale>>,
    experience: OnceLock<Scale>,
}

impl Scales {
    fn of(&self, values: Values, snapshot: &Snapshot) -> Scale {
        let all = |values: Values| -> Vec<(f64, f64)> {
            let of_segment = |segment: &'_ Segment| {
                let pages = 0..segment.pages.len();
                pages.flat_map(move |page| values.of(segment, page)).collect::<Vec<_>>()
            };
            snapshot.segments.iter().flat_map(of_segment).collect()
        };
        match values {
            Values::Pay(currency) => {
                let of = |(currency, _): &([u8; 3], u64)| {
                    Scale::of(&all(Values::Pay(*currency)), round_step, HIGHEST_PAY)
                };
                let scales = self.pay.get_or_init(|| snapshot.currencies.iter().map(of).collect());
                let place = snapshot.currencies.iter().position(|(known, _)| *known == currency);
                place.map(|place| scales[place].clone()).unwrap_or_default()
            }
            Values::Experience => {
                let scale = || Scale::of(&all(values), step_of_years, LONGEST_EXPERIENCE * 12.0);
                self.experience.get_or_init(scale).clone()
            }
        }
    }

    /// What is to be counted.
    pub(super) fn counts(
        &self,
        wanted: &[HistogramField],
        currency: [u8; 3],
        snapshot: &Snapshot,
    ) -> Vec<Counts> {
        let counts = |&field: &HistogramField| {
            let values = match field {
                HistogramField::Pay => Values::Pay(currency),
                HistogramField::Experience => Values::Experience,
            };
            let scale = self.of(values, snapshot);
            Counts { field, values, buckets: vec![0; scale.0.len()], scale, pages: 0, missing: 0 }
        };
        wanted.iter().map(counts).collect()
    }
}

/// Pages by bucket.
#[derive(Clone)]
pub(super) struct Counts {
    pub(super) field: HistogramField,
    values: Values,
    scale: Scale,
    buckets: Vec<u64>,
    pages: u64,
    missing: u64,
}

impl Counts {
    /// Counts a page.
    pub(super) fn add(&mut self, segment: &Segment, page: usize) {
        let mut buckets = 0;
        let mut states = false;
        for (low, high) in self.values.of(segment, page) {
            buckets |= self.scale.buckets(low, high);
            states = true;
        }
        *(if states { &mut self.pages } else { &mut self.missing }) += 1;
        while buckets != 0 {
            self.buckets[buckets.trailing_zeros() as usize] += 1;
            buckets &= buckets - 1;
        }
    }

    /// Adds what others counted on the same scale.
    pub(super) fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        self.missing += other.missing;
        self.buckets.iter_mut().zip(&other.buckets).for_each(|(count, other)| *count += other);
    }

    /// Takes each count for another.
    pub(super) fn scale(&mut self, scaled: impl Fn(u64) -> u64) {
        let counts = self.buckets.iter_mut().chain([&mut self.pages, &mut self.missing]);
        counts.for_each(|count| *count = scaled(*count));
    }

    /// As it is answered.
    pub(super) fn histogram(&self) -> Histogram {
        let (currency, unit) = match self.values {
            Values::Pay(currency) => (Some(String::from_utf8_lossy(&currency).into_owned()), 1.0),
            Values::Experience => (None, 12.0),
        };
        let ends = self.scale.0.iter().skip(1).map(|end| Some(end / unit)).chain([None]);
        let buckets = self.scale.0.iter().zip(ends).zip(&self.buckets);
        let bucket = |((from, to), &pages): ((&f64, _), &u64)| Bucket { from: from / unit, to, pages };
        Histogram {
            currency,
            unit: "year",
            buckets: buckets.map(bucket).collect(),
            pages: self.pages,
            missing: self.missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bounds_are_round_and_follow_what_most_pages_state() {
        let exactly = |value: f64| (value, value);
        let salaries = (0..1000).map(|at| exactly(30_000.0 + 170.0 * f64::from(at)));
        let salaries: Vec<(f64, f64)> = salaries.chain([exactly(9e9)]).collect();
        let Scale(begins) = Scale::of(&salaries, round_step, HIGHEST_PAY);
        assert_eq!(begins.len(), 19, "{begins:?}");
        assert_eq!((begins[0], begins[1], begins[2], begins[18]), (0.0, 30_000.0, 40_000.0, 200_000.0));
        let years: Vec<f64> = (0..=10).map(|years| f64::from(12 * years)).collect();
        let ranges: Vec<(f64, f64)> = years.iter().map(|&months| (months, f64::INFINITY)).collect();
        assert_eq!(Scale::of(&ranges, step_of_years, 1200.0).0, years);
        let pay = |ranges: &[(f64, f64)]| Scale::of(ranges, round_step, HIGHEST_PAY).0;
        assert_eq!(pay(&[(0.0, 124_800.0)]), [0.0, 124_500.0, 125_000.0]);
        assert_eq!(pay(&[exactly(1e300)]), [0.0]);
        assert_eq!(pay(&[]), [0.0; 0]);
    }

    proptest! {
        #[test]
        fn a_range_is_in_the_buckets_that_it_overlaps_with(
            values in prop::collection::vec(0_u32..300_000, 1..50),
            low in 0_u32..400_000,
            length in prop::option::of(0_u32..200_000),
        ) {
            let scale = Scale::of(&values.iter().map(|&value| (f64::from(value), f64::from(value))).collect::<Vec<_>>(), round_step, HIGHEST_PAY);
            prop_assert!(scale.0.len() <= 24, "{scale:?}");
            prop_assert!(scale.0[0] == 0.0 && scale.0.is_sorted_by(|a, b| a < b), "{scale:?}");
            let (low, high) = (f64::from(low), length.map_or(f64::INFINITY, |length| f64::from(low + length)));
            let buckets = scale.buckets(low, high);
            for (bucket, &begin) in scale.0.iter().enumerate() {
                let end = scale.0.get(bucket + 1).copied().unwrap_or(f64::INFINITY);
                prop_assert_eq!(buckets >> bucket & 1 == 1, begin <= high && low <= end, "{} {:?}", bucket, scale);
            }
        }
    }
}
