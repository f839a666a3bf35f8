//! What of a page is not the page's own text: navigation, site header and footer, consent dialogs, forms.

use scraper::node::Element;

/// Elements that never hold text of the page.
const SKIPPED: &[&str] = &[
    "nav", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "form", "input", "select", "textarea", "dialog", "footer", "head", "map", "datalist",
    "progress", "meter",
];

/// Roles that say the same of any element.
const SKIPPED_ROLES: &[&str] =
    &["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"];

/// Words in a class or id that name such a part on any site.
const NAMED: &[&str] = &[
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "newsletter",
    "subscribe",
    "breadcrumb",
    "breadcrumbs",
    "navbar",
    "navigation",
    "share",
    "sharing",
    "social",
    "advert",
    "advertisement",
    "ads",
    "skip",
    "skiplink",
    "toc",
    "pagination",
    "pager",
    "signup",
    "login",
    "offcanvas",
    "menu",
    "footer",
    "byline",
    "meta",
    "toolbar",
    "comments",
];

/// Whether an element, with all that is in it, is left out. `within_main`: it stands inside `main` or `article`.
pub(super) fn is_boilerplate(element: &Element, within_main: bool) -> bool {
    let name = element.name();
    if SKIPPED.contains(&name) || (name == "aside" && !within_main) {
        return true;
    }
    if element.attr("role").is_some_and(|role| SKIPPED_ROLES.contains(&role))
        || element.attr("aria-modal") == Some("true")
    {
        return true;
    }
    if matches!(
        name,
        "main" | "article" | "body" | "html" | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    ) {
        return false;
    }
    element.classes().chain(element.id()).any(is_named)
}

/// A class or id one of whose words is in [`NAMED`].
fn is_named(class: &str) -> bool {
    class
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| !word.is_empty() && NAMED.iter().any(|named| word.eq_ignore_ascii_case(named)))
}

/// Hidden without being a panel that opens: of no use to a reader.
pub(super) fn is_hidden(element: &Element) -> bool {
    let style_hides = element.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") || style_hides
}
