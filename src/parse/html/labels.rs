//! Which elements label which: tabs and buttons their panels, other elements the regions they head.

use super::selector;
use scraper::{ElementRef, Html, Selector};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static LABELLED: LazyLock<Selector> = LazyLock::new(|| selector("[aria-controls], [aria-labelledby]"));

/// Which elements label which.
#[derive(Default)]
pub(super) struct Labels<'a> {
    /// Id of a panel → the element that opens it.
    pub(super) opener: HashMap<&'a str, ElementRef<'a>>,
    /// Ids of what labels a region without being a heading element.
    pub(super) heading_ids: HashSet<&'a str>,
    /// Ids of the panels that tabs open.
    pub(super) tab_panels: HashSet<&'a str>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(document: &'a Html) -> Self {
        let mut labels = Self::default();
        for element in document.select(&LABELLED) {
            let value = element.value();
            if let Some(panel) = value.attr("aria-controls").and_then(|ids| ids.split_whitespace().next()) {
                labels.opener.entry(panel).or_insert(element);
                if value.attr("role") == Some("tab") {
                    labels.tab_panels.insert(panel);
                }
            }
            if matches!(value.name(), "section" | "div" | "article")
                && let Some(id) = value.attr("aria-labelledby").filter(|id| !id.contains(' '))
            {
                labels.heading_ids.insert(id);
                if value.attr("role") == Some("tabpanel")
                    && let Some(panel) = value.id()
                {
                    labels.tab_panels.insert(panel);
                }
            }
        }
        labels
    }
}
