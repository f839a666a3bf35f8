//! HTML: the document's statements about itself, its main content as headings and blocks, its structured data.

mod boilerplate;
mod dom;
mod element;
mod jsonld;
mod labels;
mod walk;

use super::outline::{Draft, Entry};
use scraper::{ElementRef, Html, Selector};
use std::sync::LazyLock;

/// The draft of an HTML page.
pub(super) fn read(text: &str) -> Draft {
    let (document, truncated) = dom::parse(text);
    let mut draft = Draft::default();
    if truncated {
        draft.warnings.push(format!("truncated: nested deeper than {} elements", dom::DEEPEST));
    }
    head(&document, &mut draft);
    walk::content(&document, &mut draft);
    if draft.heading.is_none() {
        draft.heading = first(&document, &H1).map(element::plain_text).filter(|heading| !heading.is_empty());
    }
    let data = jsonld::read(&document);
    draft.modified = draft.modified.or(data.modified);
    draft.title = draft.title.or(data.title);
    // Structured data repeats the page; only where the page itself says little is it the better text.
    if text_len(&data.entries) > 2 * text_len(&draft.entries) {
        draft.entries = data.entries;
    }
    draft
}

fn text_len(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| if let Entry::Text { text, .. } = entry { text.len() } else { 0 }).sum()
}

/// Title, canonical link, language and date, as the document states them.
fn head(document: &Html, draft: &mut Draft) {
    let root = document.root_element();
    draft.language = ["lang", "xml:lang"].into_iter().find_map(|name| root.attr(name)).and_then(language);
    draft.title = first(document, &TITLE).map(element::plain_text).filter(|title| !title.is_empty());
    for element in document.select(&META) {
        let property =
            element.attr("property").or_else(|| element.attr("name")).or_else(|| element.attr("itemprop"));
        let (Some(property), Some(content)) = (property, element.attr("content")) else { continue };
        match property.to_ascii_lowercase().as_str() {
            "og:title" if draft.title.is_none() => draft.title = Some(content.to_owned()),
            "article:modified_time"
            | "og:updated_time"
            | "last-modified"
            | "dcterms.modified"
            | "datemodified" => {
                draft.modified = draft.modified.take().or_else(|| date(content));
            }
            _ => {}
        }
    }
    draft.url = document
        .select(&LINK)
        .filter(|link| link.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")))
        .find_map(|link| absolute(link.attr("href")?));
}

/// An absolute web address, or nothing.
pub(super) fn absolute(url: &str) -> Option<String> {
    let url = url::Url::parse(url.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// An ISO 8601 date, or date and time, as stated.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.get(..10)?.as_bytes();
    let digits = |range: std::ops::Range<usize>| day[range].iter().all(u8::is_ascii_digit);
    let is_date = digits(0..4) && day[4] == b'-' && digits(5..7) && day[7] == b'-' && digits(8..10);
    let rest = &text[10..];
    let is_time = rest.is_empty()
        || rest.starts_with(['T', ' '])
            && rest.bytes().all(|b| b.is_ascii_digit() || b" T:.+-Z".contains(&b));
    (is_date && is_time && rest.len() <= 25).then(|| text.to_owned())
}

/// A BCP 47 tag, if it looks like one.
fn language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let well_formed = (2..=35).contains(&tag.len())
        && tag
            .split(['-', '_'])
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    well_formed.then(|| tag.replace('_', "-"))
}

fn first<'a>(document: &'a Html, selector: &Selector) -> Option<ElementRef<'a>> {
    document.select(selector).next()
}

/// A selector of our own making.
#[expect(clippy::expect_used, reason = "the selectors are literals, and every one is used by the tests")]
fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a valid selector")
}

static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("title"));
static META: LazyLock<Selector> = LazyLock::new(|| selector("meta"));
static LINK: LazyLock<Selector> = LazyLock::new(|| selector("link"));
static H1: LazyLock<Selector> = LazyLock::new(|| selector("h1"));

#[cfg(test)]
mod tests;
