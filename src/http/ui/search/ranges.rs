//! Pay and experience: a small chart of how roles are spread, with the bounds that narrow it. The script lays a slider with
//! two thumbs over the chart, which steps from bucket to bucket; without it the bounds are typed.

use super::super::figures::{count, money, years};
use super::Answer;
use super::asked::Asked;
use crate::search::{Bucket, Histogram, HistogramField};
use maud::{Markup, html};

/// Height of the chart; a bucket is as wide as 10.
const HEIGHT: f64 = 40.0;

pub(super) fn columns(asked: &Asked, answer: &Answer) -> Markup {
    html! {
        @for (field, histogram) in &answer.response.histograms.0 {
            // One bucket says nothing of how roles are spread.
            @if histogram.buckets.len() > 1 {
                (column(asked, *field, histogram, &answer.currencies))
            }
        }
    }
}

fn column(asked: &Asked, field: HistogramField, histogram: &Histogram, currencies: &[String]) -> Markup {
    let id = field.id();
    let (low, high) = match field {
        HistogramField::Pay => asked.request.pay,
        HistogramField::Experience => asked.request.experience,
    };
    let currency = histogram.currency.as_deref().unwrap_or_default();
    let (title, unit) = match field {
        HistogramField::Pay => ("Pay", "a year"),
        HistogramField::Experience => ("Experience", "years"),
    };
    let said = |amount: f64| match field {
        HistogramField::Pay => money(currency, amount),
        HistogramField::Experience => years(amount, Some(amount)),
    };
    let edges: Vec<String> = histogram.buckets.iter().map(|bucket| bucket.from.to_string()).collect();
    let bound = |name: &str, label: &str, value: Option<f64>| {
        html! {
            label {
                span.hidden { (title) " " (label) }
                input.field form="search" name={ (id) "_" (name) } type="number" min="0" step="any" inputmode="decimal"
                    value=[value] placeholder=(label);
            }
        }
    };
    html! {
        section.facet.range aria-labelledby={ "facet-" (id) } data-range=(id) data-edges=(edges.join(" ")) {
            h3 #{ "facet-" (id) } { (title) " " span.soft.small { (unit) } }
            @if field == HistogramField::Pay && currencies.len() > 1 {
                label.currency {
                    span.hidden { "Currency" }
                    select.field form="search" name="currency" {
                        // The first is the one that is meant where none is named.
                        @for (at, code) in currencies.iter().enumerate() {
                            option value=(if at == 0 { "" } else { code }) selected[code == currency] { (code) }
                        }
                    }
                }
            }
            (chart(&histogram.buckets, (low, high), &said))
            div.slider hidden {}
            div.bounds { (bound("min", "from", low)) span.soft aria-hidden="true" { "–" } (bound("max", "to", high)) }
            p.soft.small { (count(histogram.pages, "role")) " " (if histogram.pages == 1 { "says" } else { "say" }) " so; " (histogram.missing) " " (if histogram.missing == 1 { "does" } else { "do" }) " not" }
        }
    }
}

/// Bars, those within the bounds in full colour.
fn chart(
    buckets: &[Bucket],
    (low, high): (Option<f64>, Option<f64>),
    said: &dyn Fn(f64) -> String,
) -> Markup {
    let most = buckets.iter().map(|bucket| bucket.pages).max().unwrap_or_default().max(1) as f64;
    let is_on = |bucket: &Bucket| {
        low.is_none_or(|low| bucket.to.is_none_or(|to| to > low))
            && high.is_none_or(|high| bucket.from < high)
    };
    let peak = buckets.iter().max_by_key(|bucket| bucket.pages);
    let summary = peak.map(|peak| {
        let to = peak.to.map_or_else(|| "more".to_owned(), said);
        format!("Most roles lie between {} and {to}.", said(peak.from))
    });
    let width = 10 * buckets.len();
    html! {
        svg.histogram viewBox={ "0 0 " (width) " " (HEIGHT) } preserveAspectRatio="none" role="img" aria-label=[summary] {
            @for (at, bucket) in buckets.iter().enumerate() {
                @let height = if bucket.pages == 0 { 0.0 } else { (bucket.pages as f64 / most * HEIGHT).max(2.0) };
                rect .on[is_on(bucket)] x=(10 * at + 1) width="8" y=(format!("{:.1}", HEIGHT - height)) height=(format!("{height:.1}")) {
                    title {
                        @match bucket.to {
                            Some(to) => { (said(bucket.from)) " to " (said(to)) }
                            None => { (said(bucket.from)) " and more" }
                        }
                        ": " (count(bucket.pages, "role"))
                    }
                }
            }
        }
    }
}
