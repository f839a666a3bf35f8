//! HTML: the document's statements about itself, its main content as headings and blocks, its structured data.

mod appdata;
mod boilerplate;
mod data;
mod described;
mod dom;
mod element;
mod jsonld;
mod microdata;
mod panels;
mod salary;
mod stated;
mod survey;
mod walk;
mod weigh;

use super::outline::{Draft, Entry};
use crate::model::BlockKind;
use element::plain_text;
use survey::{Survey, visible_len};

/// The draft of an HTML page.
pub(super) fn read(text: &str) -> Draft {
    let (document, warnings) = dom::parse(text);
    let survey = Survey::of(&document);
    let mut draft = Draft { warnings, ..Draft::default() };
    walk::content(&survey, &mut draft);
    if draft.heading.is_none() {
        draft.heading = survey.heading.map(plain_text).filter(|heading| !heading.is_empty());
    }
    if draft.entries.iter().all(|entry| !matches!(entry, Entry::Text { .. }))
        && let Some(data) = &survey.app_data
    {
        let (entries, cut) = appdata::read(data);
        draft.entries = entries;
        if cut {
            draft
                .warnings
                .push("truncated: too much application data; the rest of it was left out".to_owned());
        }
    }
    draft.noindex = survey.noindex;
    draft.left_out = survey.text_len.saturating_sub(taken(&draft));
    draft.language = survey.language;
    draft.url = survey.url;
    let (mut described, warning) = jsonld::read(&survey.data);
    described.extend(survey.roles.iter().map(|role| microdata::role(*role, survey.heading)));
    draft.warnings.extend(warning);
    draft.title = survey.title;
    if draft.title.is_none() && draft.heading.is_none() {
        draft.title = described.iter().find_map(|described| described.name.clone());
    }
    let own = described::own(described, [&draft.heading, &draft.title].into_iter().flatten());
    draft.modified = survey.modified.or_else(|| own.iter().find_map(|own| own.modified.clone()));
    let (data, facts): (Vec<_>, Vec<_>) = own.into_iter().map(|own| (own.entries, own.facts)).unzip();
    jsonld::add(data.into_iter().flatten().collect(), &mut draft);
    stated::add(facts.into_iter().flatten(), &mut draft);
    draft
}

/// The headings and texts of HTML that stands in the data of a page. Data in it is none of the page's.
fn fragment(text: &str) -> Vec<Entry> {
    let (document, _) = dom::parse(text);
    let survey = Survey::of(&document);
    let mut draft = Draft::default();
    walk::content(&survey, &mut draft);
    let heading =
        draft.heading.or_else(|| survey.heading.map(plain_text)).filter(|heading| !heading.is_empty());
    heading.map(|heading| Entry::heading(2, heading)).into_iter().chain(draft.entries).collect()
}

/// How much text was taken from the page, counted as [`Survey::text_len`] is.
fn taken(draft: &Draft) -> u64 {
    let of_entry = |entry: &Entry| match entry {
        Entry::Heading(heading) => visible_len(&heading.text),
        Entry::Text { kind: BlockKind::Row { cells, .. }, text, .. } => {
            visible_len(text).saturating_sub(cells.len().saturating_sub(1) as u64)
        }
        Entry::Text { text, .. } => visible_len(text),
        Entry::Inferred(_) | Entry::Leads(_) => 0,
    };
    draft.entries.iter().map(of_entry).sum::<u64>() + draft.heading.as_deref().map_or(0, visible_len)
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

#[cfg(test)]
mod tests;
