//! A scale of money and what is drawn on it. Places are percentages, so that a drawing is as wide as its place allows
//! and its letters stay as large as others.

use super::super::super::figures::money;
use maud::{Markup, html};

/// About so many lines stand on a scale.
const LINES: f64 = 5.0;
/// The scale begins at 0 where the least is below this part of the most.
const NEAR_ZERO: f64 = 0.4;
/// Room at both ends, in percent, for what is drawn at an end.
const MARGIN: f64 = 3.0;

/// From one amount to another by equal steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    step: f64,
}

impl Scale {
    /// On which all of these figures have a place; none where there are none.
    pub(super) fn of(figures: impl Iterator<Item = f64>) -> Option<Self> {
        let known = figures.filter(|figure| figure.is_finite() && *figure >= 0.0);
        let ends = known.fold(None, |ends: Option<(f64, f64)>, figure| {
            Some(ends.map_or((figure, figure), |(least, most)| (least.min(figure), most.max(figure))))
        });
        let (least, most) = ends.filter(|(_, most)| *most > 0.0)?;
        let least = if least < NEAR_ZERO * most || least == most { 0.0 } else { least };
        let step = round((most - least) / LINES);
        Some(Self { from: (least / step).floor() * step, to: (most / step).ceil() * step, step })
    }

    /// Where a figure lies, in percent.
    fn place(&self, figure: f64) -> f64 {
        let part = ((figure - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        MARGIN + part * (100.0 - 2.0 * MARGIN)
    }

    fn lines(&self) -> impl Iterator<Item = f64> {
        let count = ((self.to - self.from) / self.step).round() as usize;
        let Self { from, step, .. } = *self;
        (0..=count).map(move |line| from + line as f64 * step)
    }

    /// The amounts above the rows.
    pub(super) fn axis(&self, currency: &str) -> Markup {
        html! {
            svg.axis aria-hidden="true" {
                @for (at, line) in self.lines().enumerate() {
                    @let anchor = if at == 0 { "start" } else if line >= self.to { "end" } else { "middle" };
                    @let place = match anchor { "start" => 0.0, "end" => 100.0, _ => self.place(line) };
                    text x=(percent(place)) y="14" text-anchor=(anchor) { (money(currency, line)) }
                }
            }
        }
    }

    /// A range as a bar, one amount as a dot; where an end is open, a line of dots goes on from there.
    pub(super) fn bar(&self, [low, high, beyond]: [Option<f64>; 3]) -> Markup {
        let least = low.or(high).or(beyond).unwrap_or_default();
        let most = high.or(beyond).or(low).unwrap_or_default();
        let (left, right) = (self.place(least), self.place(most));
        html! {
            svg.range aria-hidden="true" {
                @for line in self.lines() {
                    @let at = percent(self.place(line));
                    line.grid x1=(at) x2=(at) y1="0" y2="28" {}
                }
                @if low.is_none() { line.open x1="0%" x2=(percent(left)) y1="14" y2="14" {} }
                @if high.is_none() { line.open x1=(percent(right)) x2="100%" y1="14" y2="14" {} }
                @if right - left < 0.5 {
                    circle.of cx=(percent(left)) cy="14" r="6" {}
                } @else {
                    rect.of x=(percent(left)) width=(percent(right - left)) y="8" height="12" rx="4" {}
                }
            }
        }
    }
}

/// The next round number: 1, 2, 2.5 or 5 times a power of ten.
fn round(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let times = [1.0, 2.0, 2.5, 5.0].into_iter().find(|times| step <= times * power * (1.0 + 1e-9));
    times.unwrap_or(10.0) * power
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(figures: &[f64]) -> (f64, f64, f64) {
        let Scale { from, to, step } = Scale::of(figures.iter().copied()).unwrap();
        (from, to, step)
    }

    #[test]
    fn a_scale_has_round_ends_and_few_lines() {
        assert_eq!(scale(&[90_000.0, 180_000.0]), (80_000.0, 180_000.0, 20_000.0));
        assert_eq!(scale(&[20_000.0, 180_000.0]), (0.0, 200_000.0, 50_000.0));
        assert_eq!(scale(&[80_000.0]), (0.0, 80_000.0, 20_000.0));
        assert_eq!(Scale::of([f64::NAN, f64::INFINITY].into_iter()), None);
        assert_eq!(Scale::of([0.0].into_iter()), None);
        for most in [1.0, 37.5, 9_999.0, 1e9, 1e15] {
            let scale = Scale::of([most / 3.0, most].into_iter()).unwrap();
            assert!((3..=8).contains(&scale.lines().count()), "{scale:?}");
            assert!(scale.place(most / 3.0) < scale.place(most));
        }
    }

    #[test]
    fn an_open_end_is_drawn_as_open() {
        let scale = Scale::of([100.0, 200.0].into_iter()).unwrap();
        let drawn = |figures| scale.bar(figures).into_string().matches("class=\"open\"").count();
        assert_eq!(drawn([Some(100.0), Some(200.0), None]), 0);
        assert_eq!(drawn([Some(100.0), None, Some(200.0)]), 1);
        assert_eq!(drawn([None, Some(200.0), None]), 1);
    }
}
