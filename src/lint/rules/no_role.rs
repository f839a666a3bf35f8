//! Pages from whose title no role can be told.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;

pub(super) const RULE: Rule = Rule {
    id: "no-role",
    severity: Severity::Note,
    summary: "No role can be told from the title of a page",
    advice: "Such a page is in no list of roles and is compared with none. Name the role in the first heading, if the page is about one.",
    check: Check::Page(check),
};

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    if reading.page.role.is_none() {
        let title = quoted(&reading.page.title);
        let spot = reading.only(&reading.page.title).unwrap_or(Spot::PAGE);
        out.page(reading, spot, format!("no role can be told from its title, {title}"));
    }
}
