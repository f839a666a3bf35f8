//! Pay of years ago.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use crate::model::Pay;
use std::collections::BTreeMap;

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
        let mut of_year: BTreeMap<u16, Vec<&Pay>> = BTreeMap::new();
        for pay in &section.pay {
            if let Some(year) = pay.year.filter(|year| year + OLD <= out.year()) {
                of_year.entry(year).or_default().push(pay);
            }
        }
        for (year, said) in of_year {
            let first = said[0].evidence;
            let spot = reading.spot(at, first.block.map(|block| block as usize), first.start as usize);
            let sentence = quoted(section.quoted(first).unwrap_or_default());
            let more = if said.len() > 1 { format!(", and {} more", said.len() - 1) } else { String::new() };
            out.page(reading, spot, format!("pay as of {year}: {sentence}{more}"));
        }
    }
}
