//! What of a page is not the page's own text: navigation, site header and footer, consent dialogs, forms.

use super::element::{Attributes as _, is_inline, is_shadow_root};
use scraper::node::Element;

/// Roles that say the same of any element.
const SKIPPED_ROLES: &[&str] =
    &["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"];

/// Words in a class or id that name such a part on any site, whatever it holds.
const CERTAIN: &[&str] = &[
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "newsletter",
    "breadcrumb",
    "crumbs",
    "breadcrumbs",
    "comments",
    "commentlist",
    "disqus",
    "outbrain",
    "taboola",
    "pagination",
    "pager",
];

/// Words that mostly do.
const NAMED: &[&str] = &[
    "subscribe",
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
    "signup",
    "login",
    "related",
    "recommended",
    "recommendations",
    "trending",
    "popular",
    "promo",
    "sponsored",
    "sidebar",
    "tags",
    "byline",
    "caption",
    "credit",
    "dfp",
    "offcanvas",
    "menu",
    "footer",
    "byline",
    "meta",
    "toolbar",
];

/// Of these, words for what is said of a page or of a thing: the skills of a job may be its tags.
const DESCRIBING: &[&str] =
    &["meta", "tags", "related", "recommended", "popular", "trending", "caption", "credit", "byline"];
/// Things that career pages describe.
const DESCRIBED: &[&str] = &[
    "job",
    "role",
    "career",
    "occupation",
    "position",
    "vacancy",
    "skill",
    "skills",
    "salary",
    "duties",
    "responsibilities",
    "requirements",
    "qualifications",
    "benefits",
];
/// Words that make a name one of text about the subject, whatever the subject: `social-worker-intro`, `share-of-voice`.
const ABOUT: &[&str] = &[
    "about",
    "description",
    "intro",
    "introduction",
    "manager",
    "overview",
    "planning",
    "specialist",
    "summary",
    "worker",
    "of",
];

/// Names of the part that holds a page's text.
const CONTENT: &[(&str, &str)] = &[
    ("article", "body"),
    ("article", "content"),
    ("article", "text"),
    ("entry", "content"),
    ("main", "content"),
    ("page", "content"),
    ("post", "body"),
    ("post", "content"),
    ("story", "body"),
    ("content", "body"),
    ("job", "description"),
    ("role", "description"),
];

/// Elements that never hold text of the page.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "nav"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "form"
            | "input"
            | "select"
            | "textarea"
            | "dialog"
            | "footer"
            | "head"
            | "map"
            | "datalist"
            | "progress"
            | "meter"
    )
}

/// How surely an element is the site's and not the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boilerplate {
    /// Whatever it holds.
    Always,
    /// It is named so, but some sites wrap a whole page in it.
    UnlessItIsThePage,
}

/// Whether an element, with all that is in it, is left out. `within_main`: it stands inside `main` or `article`.
pub(super) fn boilerplate(element: &Element, within_main: bool) -> Option<Boilerplate> {
    let name = element.name();
    if name == "form" {
        return Some(Boilerplate::UnlessItIsThePage);
    }
    if name == "template" && is_shadow_root(element) {
        return None;
    }
    if is_skipped(name) {
        return Some(Boilerplate::Always);
    }
    let [role, modal, classes, id, property] =
        element.attributes(["role", "aria-modal", "class", "id", "itemprop"]);
    if role.is_some_and(|role| SKIPPED_ROLES.contains(&role)) || modal == Some("true") {
        return Some(Boilerplate::Always);
    }
    if is_inline(name) || matches!(name, "main" | "body" | "html" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
        return None;
    }
    let names = || classes.into_iter().flat_map(str::split_ascii_whitespace).chain(id);
    if names().chain(property).any(is_content) {
        return None;
    }
    // An article's classes say what it is filed under and whether comments are open.
    let whole = matches!(name, "article" | "section");
    let is_certain = |class| {
        if whole { CERTAIN.contains(&class) } else { words_of(class).any(|word| CERTAINLY.has(word)) }
    };
    if names().any(is_certain) {
        return Some(Boilerplate::Always);
    }
    let named = !whole && names().any(|class| is_named(class) || is_sidebar_widget(class));
    (named || (name == "aside" && !within_main)).then_some(Boilerplate::UnlessItIsThePage)
}

/// Whether a class or id names a part of the site, read as a whole: `post-meta` does, `job-meta` does not.
fn is_named(class: &str) -> bool {
    let mut named = words_of(class).filter(|word| MOSTLY.has(word)).peekable();
    named.peek().is_some()
        && !has_word(class, ABOUT)
        && (!has_word(class, DESCRIBED) || named.any(|word| !is_one(word, DESCRIBING)))
}

/// Whether a class, id or property names the text of a page: `entry-content`, `articleBody`, `job-description`.
fn is_content(name: &str) -> bool {
    let mut name = name;
    while let Some(rest) = name.strip_prefix("js-") {
        name = rest;
    }
    CONTENT.iter().any(|(of, text)| {
        let rest =
            name.get(..of.len()).filter(|begin| begin.eq_ignore_ascii_case(of)).map(|_| &name[of.len()..]);
        rest.is_some_and(|rest| rest.trim_start_matches(['-', '_']).eq_ignore_ascii_case(text))
    })
}

/// A box that a theme puts beside any page; page builders name each part of the page itself a widget of theirs.
fn is_sidebar_widget(class: &str) -> bool {
    matches!(class, "widget" | "widgets" | "widget-area") || class.starts_with("widget_")
}

/// Whether one of the words of a class or id is in a list.
pub(super) fn has_word(class: &str, words: &[&str]) -> bool {
    words_of(class).any(|word| is_one(word, words))
}

fn is_one(word: &str, words: &[&str]) -> bool {
    // Most begin otherwise.
    let first = |word: &str| word.as_bytes().first().map(u8::to_ascii_lowercase);
    let begin = first(word);
    words
        .iter()
        .any(|named| named.len() == word.len() && first(named) == begin && word.eq_ignore_ascii_case(named))
}

/// A list of words, and how long those are that begin with each letter, as bits: most words are told by that to be none.
struct List {
    words: &'static [&'static str],
    lengths: [u32; 32],
}

static CERTAINLY: List = List::of(CERTAIN);
static MOSTLY: List = List::of(NAMED);

impl List {
    const fn of(words: &'static [&'static str]) -> Self {
        let mut lengths = [0; 32];
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            lengths[(word[0] % 32) as usize] |= 1 << (word.len() % 32);
            at += 1;
        }
        Self { words, lengths }
    }

    fn has(&self, word: &str) -> bool {
        let lengths = word.as_bytes().first().map_or(0, |first| self.lengths[usize::from(first % 32)]);
        lengths & 1 << (word.len() % 32) != 0 && is_one(word, self.words)
    }
}

/// The words of a class or id: `site-footer`, `site_footer` and `siteFooter` are two.
fn words_of(class: &str) -> impl Iterator<Item = &str> {
    let bytes = class.as_bytes();
    let mut start = 0;
    let mut at = 0;
    std::iter::from_fn(move || {
        while at <= bytes.len() {
            let ends = bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
            let humps =
                !ends && bytes[at].is_ascii_uppercase() && at > start && bytes[at - 1].is_ascii_lowercase();
            let from = start;
            if ends || humps {
                start = if ends { at + 1 } else { at };
            }
            at += 1;
            if (ends || humps) && at - 1 > from {
                // Words end beside ASCII, so both ends are boundaries; other letters stand between words.
                return class.get(from..at - 1);
            }
        }
        None
    })
}

/// Hidden without being a panel that opens: of no use to a reader.
pub(super) fn is_hidden(element: &Element) -> bool {
    let [style, hidden, aria] = element.attributes(["style", "hidden", "aria-hidden"]);
    let style_hides = || {
        style.is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
    };
    hidden.is_some() || aria == Some("true") || style_hides()
}
