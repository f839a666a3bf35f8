//! The language that a page states, or does not, and the one that its text is in.

use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Reading;
use crate::model::{Language, Page};
use crate::parse::{Format, language_of};
use crate::text::words;

pub(super) const NONE_STATED: Rule = Rule {
    id: "no-language",
    severity: Severity::Note,
    summary: "A page does not state its language",
    advice: "Screen readers and search engines have to guess. Write <html lang=\"en\">, in Markdown `lang: en` in the front matter.",
    check: Check::Page(stated),
};

pub(super) const WRONG: Rule = Rule {
    id: "wrong-language",
    severity: Severity::Warning,
    summary: "A page states another language than its text is in",
    advice: "It is read aloud and searched by the rules of the wrong language. State the language of the text.",
    check: Check::Page(wrong),
};

/// A page of fewer words tells its language too uncertainly to say that it is another.
const FEWEST_WORDS: usize = 60;
/// Languages that are told apart too uncertainly.
const ALIKE: [&[&str]; 4] =
    [&["no", "da", "sv"], &["hr", "sr", "sl", "bs"], &["cs", "sk"], &["es", "ca", "pt", "gl"]];

/// Only HTML has a place for it that everybody knows; else it matters only where the text does not tell.
fn stated(reading: &Reading<'_>, out: &mut Out<'_>) {
    let page = reading.page;
    match (&page.language, reading.format) {
        (Some(_), Format::Html) if page.language_inferred => {
            out.page(reading, Spot::PAGE, "does not state its language");
        }
        (None, _) if has_words(page) => {
            out.page(reading, Spot::PAGE, "does not state its language, and the text does not tell it");
        }
        _ => {}
    }
}

fn wrong(reading: &Reading<'_>, out: &mut Out<'_>) {
    let page = reading.page;
    let Some(stated) = page.language.as_deref().filter(|_| !page.language_inferred) else { return };
    let stated = Language::label(stated);
    // A language that is not known by name cannot be told from a text.
    if Language::with_code(&stated.id).is_none() || !has_words(page) {
        return;
    }
    let Some(told) = language_of(page) else { return };
    let alike = |family: &&[&str]| family.contains(&told.code) && family.contains(&stated.id.as_str());
    if told.code != stated.id && !ALIKE.iter().any(alike) {
        let message = format!(
            "states that it is in {}, but its text is in {}",
            stated.label,
            Language::label(told.code).label
        );
        out.page(reading, Spot::PAGE, message);
    }
}

fn has_words(page: &Page) -> bool {
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    blocks.flat_map(|block| words(&block.text)).nth(FEWEST_WORDS - 1).is_some()
}
