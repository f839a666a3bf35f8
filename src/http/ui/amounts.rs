//! What a page states of pay, in words.

use super::figures::{money, money_range};
use crate::model::{Pay, Period, Scope, Statistic};

/// The amount as the page states it: `about $90k–$120k a year`.
pub(super) fn amount(pay: &Pay) -> String {
    let currency = &pay.currency;
    let range = match (pay.low, pay.high, pay.beyond) {
        (Some(low), None, Some(beyond)) => format!("{}+", money_range(currency, low, Some(beyond))),
        (Some(low), high, _) => money_range(currency, low, high),
        (None, Some(high), _) => format!("up to {}", money(currency, high)),
        (None, None, beyond) => {
            beyond.map_or_else(String::new, |beyond| format!("{}+", money(currency, beyond)))
        }
    };
    let about = if pay.approximate { "about " } else { "" };
    let article = if pay.period == Period::Hour { "an" } else { "a" };
    format!("{about}{range} {article} {}", pay.period.name())
}

/// Which figure it is, where the amount itself does not say.
pub(super) fn statistic(pay: &Pay) -> Option<&'static str> {
    match pay.statistic {
        Statistic::Amount | Statistic::Range => None,
        Statistic::Average => Some("average"),
        Statistic::Median => Some("median"),
        Statistic::Percentile => Some("percentile"),
        Statistic::RangeOfAverages => Some("range of averages"),
    }
}

/// What it comprises, where the page says so.
pub(super) fn scope(pay: &Pay) -> Option<&'static str> {
    match pay.scope {
        Scope::Unstated => None,
        Scope::Base => Some("base salary"),
        Scope::Total => Some("total pay"),
    }
}
