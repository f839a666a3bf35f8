//! Pages that ask not to be found.

use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;

pub(super) const RULE: Rule = Rule {
    id: "noindex",
    severity: Severity::Note,
    summary: "A page asks search engines to leave it out",
    advice: "`ingest` passes it over too, unless --ignore-robots is given. Take the robots tag out if the page is to be found.",
    check: Check::Page(check),
};

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    if reading.page.noindex {
        let spot = reading.source.robots.map_or(Spot::PAGE, Spot::at);
        out.page(reading, spot, "asks search engines to leave it out (robots noindex)");
    }
}
