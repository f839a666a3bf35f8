//! Pages whose title names no role.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;

pub(super) const RULE: Rule = Rule {
    id: "no-role",
    severity: Severity::Note,
    summary: "The title of a page names no role",
    advice: "Such a page is in no list of roles and is compared with none. Name the role in the first heading, if the page is about one.",
    check: Check::Page(check),
};

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    if reading.page.role.is_none() {
        let title = quoted(&reading.page.title);
        let spot = reading.only(&reading.page.title).unwrap_or(Spot::PAGE);
        out.page(reading, spot, format!("is about no role that its title, {title}, would name"));
    }
}
