//! Pages that are the same, or nearly.

use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::{Corpus, Entry};
use std::collections::HashMap;

pub(super) const RULE: Rule = Rule {
    id: "copied-page",
    severity: Severity::Warning,
    summary: "Two pages say the same, or nearly",
    advice: "A search shows but one of them, and they will come to differ. Keep one and let the other address lead to it.",
    check: Check::Corpus(check),
};

/// From what share of common runs of words pages are copies.
const ALIKE: f64 = 0.85;
/// A page of fewer runs of words says too little to be nearly another: it is the same, under the same title, or none.
const FEWEST_RUNS: usize = 40;
/// One of fewer says nothing.
const FEWEST_OF_ALL: usize = 8;
/// From this share on there is no difference.
const SAME: f64 = 0.9999;
/// With how many pages that share a hash each is compared.
const MOST_COMPARED: usize = 8;

fn check(corpus: &Corpus, out: &mut Out<'_>) {
    let mut bands: HashMap<u64, Vec<&Entry>> = HashMap::new();
    for entry in corpus.entries().filter(|entry| entry.sketch.len() >= FEWEST_OF_ALL) {
        let mut best: Option<(&Entry, f64)> = None;
        for band in entry.sketch.bands() {
            let others = bands.entry(band).or_default();
            for &other in others.iter() {
                if best.is_some_and(|(known, _)| std::ptr::eq(known, other)) {
                    continue;
                }
                let alike = entry.sketch.resemblance(&other.sketch);
                if best.is_none_or(|(_, share)| share < alike) {
                    best = Some((other, alike));
                }
            }
        }
        let copied = best.filter(|(other, share)| is_copy(entry, other, *share));
        if let Some((other, share)) = copied {
            let message = if share > SAME {
                format!("says the same as {}", other.name)
            } else {
                format!(
                    "says nearly the same as {} ({:.0} of 100 runs of words)",
                    other.name,
                    (share * 100.0).floor()
                )
            };
            out.entry(entry, Spot::PAGE, message);
            continue; // Others are compared with what it is a copy of.
        }
        for band in entry.sketch.bands() {
            let others = bands.entry(band).or_default();
            if others.len() < MOST_COMPARED {
                others.push(entry);
            }
        }
    }
}

fn is_copy(one: &Entry, other: &Entry, share: f64) -> bool {
    let long = |entry: &Entry| entry.sketch.len() >= FEWEST_RUNS;
    let same = share > SAME && one.title == other.title;
    same || share >= ALIKE && long(one) && long(other)
}
