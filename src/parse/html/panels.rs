//! What opens and closes: a panel that is hidden until a reader opens it is content, and what opens it is its heading.

use super::boilerplate::has_word;
use super::element::Attributes as _;
use ego_tree::{NodeId, NodeRef};
use scraper::ElementRef;
use scraper::node::{Element, Node};

/// Words in a class that name a panel.
const PANELS: &[&str] = &[
    "tab",
    "tabs",
    "panel",
    "pane",
    "accordion",
    "collapse",
    "collapsible",
    "collapsed",
    "expandable",
    "toggle",
];
/// Words in a class that name what opens one.
const TRIGGERS: &[&str] =
    &["accordion", "collapsible", "toggle", "trigger", "expand", "expander", "faq", "question"];

/// The most tabs beside each other.
const MOST_TABS: usize = 20;

/// What an element opens.
pub(super) struct Opens<'a> {
    /// The id of the panel.
    pub(super) panel: &'a str,
    /// One of several tabs: its panel is headed where it stands, not where the tab does.
    pub(super) as_tab: bool,
}

/// The panel that an element opens, as its attributes say: those of ARIA, and those of the common toolkit's scripts.
pub(super) fn opens(element: &Element) -> Option<Opens<'_>> {
    let [role, controls, bs_toggle, toggle, bs_target, target, href] = element.attributes([
        "role",
        "aria-controls",
        "data-bs-toggle",
        "data-toggle",
        "data-bs-target",
        "data-target",
        "href",
    ]);
    let first = |ids: &'_ str| ids.split_whitespace().next().map(str::len);
    if let Some(ids) = controls
        && let Some(len) = first(ids)
    {
        return Some(Opens { panel: &ids.trim_start()[..len], as_tab: role == Some("tab") });
    }
    let toggle = bs_toggle.or(toggle);
    let as_tab = role == Some("tab") || matches!(toggle, Some("tab" | "pill"));
    if !as_tab && toggle != Some("collapse") {
        return None;
    }
    let target = bs_target.or(target).or(href)?;
    target.strip_prefix('#').filter(|id| !id.is_empty()).map(|panel| Opens { panel, as_tab })
}

/// The panel that a link opens which stands among tabs: a place in the page, and a list or box named so.
pub(super) fn tab_link<'a>(link: ElementRef<'a>, element: &'a Element) -> Option<&'a str> {
    let id = element.attribute("href").filter(|_| element.name() == "a")?.strip_prefix('#')?;
    let is_tabs = |element: &Element| {
        element.class_names().any(|class| has_word(class, &["tab", "tabs"]))
            || element.attribute("role") == Some("tablist")
    };
    let around = link.ancestors().take(2).filter_map(|part| part.value().as_element());
    (!id.is_empty() && std::iter::once(element).chain(around).any(is_tabs)).then_some(id)
}

/// Tabs whose attributes do not say what they open, each with its panel: as many boxes stand right behind a list of tabs,
/// or in the one box that does.
pub(super) fn tabs_in_order<'a>(list: ElementRef<'a>) -> Vec<(NodeId, ElementRef<'a>)> {
    let parts = |of: NodeRef<'a, Node>| {
        of.children().filter_map(ElementRef::wrap).take(MOST_TABS + 1).collect::<Vec<_>>()
    };
    let tabs = parts(*list);
    let are_known = tabs.iter().any(|tab| {
        opens(tab.value()).is_some() || tab.value().attribute("href").is_some_and(|href| href.len() > 1)
    });
    if are_known || !(2..=MOST_TABS).contains(&tabs.len()) {
        return Vec::new();
    }
    let behind: Vec<_> = list.next_siblings().filter_map(ElementRef::wrap).take(tabs.len()).collect();
    let inside = behind.first().map(|first| parts(**first)).filter(|inside| inside.len() == tabs.len());
    let are_panels = |panels: &[ElementRef<'_>]| {
        panels.len() == tabs.len()
            && panels.iter().all(|panel| {
                panel.value().attribute("role") == Some("tabpanel")
                    || panel.value().class_names().any(|class| has_word(class, PANELS))
            })
    };
    let panels =
        inside.filter(|inside| are_panels(inside)).or(Some(behind).filter(|behind| are_panels(behind)));
    panels.into_iter().flatten().map(|panel| panel.id()).zip(tabs).collect()
}

/// Whether a hidden element is a panel by its name, or stands right behind what opens it.
pub(super) fn is_panel(node: NodeRef<'_, Node>, element: &Element) -> bool {
    element.class_names().any(|class| has_word(class, PANELS))
        || node.prev_siblings().find_map(|before| before.value().as_element()).is_some_and(is_trigger)
}

/// Whether an element opens what stands behind it, by its name.
pub(super) fn is_trigger(element: &Element) -> bool {
    element.class_names().any(|class| has_word(class, TRIGGERS))
}
