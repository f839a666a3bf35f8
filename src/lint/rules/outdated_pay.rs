//! Pay of years ago.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "outdated-pay",
    severity: Severity::Warning,
    summary: "Pay is stated as of a year long ago",
    advice: "Pay rises by several percent a year. Look the figure up again and say of what year it is.",
    check: Check::Page(check),
};

/// From this age on, in years, a figure is old.
const OLD: u16 = 3;

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    for (at, section) in reading.page.sections.iter().enumerate() {
        let mut said = BTreeSet::new();
        for pay in &section.pay {
            let Some(year) = pay.year.filter(|year| year + OLD <= out.year()) else { continue };
            if said.insert(pay.evidence.block) {
                let sentence = section.quoted(pay.evidence).unwrap_or_default();
                let block = pay.evidence.block.map(|block| block as usize);
                let spot = reading.spot(at, block, pay.evidence.start as usize);
                out.page(reading, spot, format!("pay as of {year}: {}", quoted(sentence)));
            }
        }
    }
}
