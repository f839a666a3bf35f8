//! The sentence that says something, as a link to where it stands.

use super::super::links::{self, Spot};
use super::Role;
use crate::model::Evidence;
use crate::search::PageLink;
use maud::{Markup, html};
use std::borrow::Cow;

/// How much is shown of a sentence, in bytes.
const LONGEST_SENTENCE: usize = 400;

/// A text, or its beginning where it is longer than so many bytes.
pub(super) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let beginning = &text[..text.floor_char_boundary(most)];
    // Between words, unless the last is very long.
    let end = beginning.rfind(' ').filter(|end| 2 * end > most).unwrap_or(beginning.len());
    Cow::Owned(format!("{}…", &beginning[..end]))
}

impl Role {
    /// Where people read what the page says.
    pub(super) fn place(&self, section: usize, evidence: Evidence) -> String {
        let block = evidence.block.map(|block| block as usize);
        let of = self.page.sections.get(section);
        let anchor = of.and_then(|of| of.heading_of(block)).and_then(|heading| heading.anchor.as_deref());
        let text = of.and_then(|of| of.quoted(evidence)).unwrap_or_default();
        self.spot(Spot { section, block, anchor, text })
    }

    /// A place of this page: here, at its site where it is not shown here, else where it is said that there is more.
    pub(super) fn spot(&self, spot: Spot<'_>) -> String {
        let Spot { section, block, .. } = spot;
        match links::site(self.page.url.as_deref()) {
            _ if self.cut.shows(section, block) => format!("#{}", links::place(section, block)),
            Some(site) => links::to(&self.page.id, Some(site), spot),
            None => "#more".to_owned(),
        }
    }

    /// The sentence, or the heading that says it.
    pub(super) fn sentence(&self, section: usize, evidence: Evidence) -> Option<&str> {
        let of = self.page.sections.get(section)?;
        let heading = || of.heading_of(evidence.block.map(|block| block as usize));
        of.quoted(evidence).or_else(|| heading().map(|heading| heading.text.as_str()))
    }

    /// The sentence as a quote that leads to it.
    pub(super) fn quote(&self, section: usize, evidence: Evidence) -> Markup {
        self.quoted(&self.place(section, evidence), self.sentence(section, evidence))
    }

    /// Where another page is from, if not from where this one is: the same role may stand in several sources.
    pub(super) fn source_of(&self, page: &PageLink) -> Markup {
        let other = Some(&page.source).filter(|source| **source != self.page.source);
        html! { @if let Some(source) = other { " " span.soft.small { "from " (source) } } }
    }

    /// Something that this page says, at an address.
    pub(super) fn quoted(&self, address: &str, sentence: Option<&str>) -> Markup {
        quoted(address, sentence, self.page.language.as_deref())
    }
}

/// A quote that leads to where it stands.
pub(super) fn quoted(address: &str, sentence: Option<&str>, language: Option<&str>) -> Markup {
    html! {
        @if let Some(sentence) = sentence.filter(|sentence| !sentence.is_empty()) {
            p.quote {
                a href=(address) lang=[language] { q dir="auto" { (clipped(sentence, LONGEST_SENTENCE)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_at_a_word_and_one_without_spaces_at_a_letter() {
        assert_eq!(clipped("short", 5), "short");
        assert_eq!(clipped("so much to say", 12), "so much to…");
        assert_eq!(clipped("éééééé", 5), "éé…");
        assert_eq!(clipped("a bbbbbbbbbbbbbb", 10), "a bbbbbbbb…");
    }
}
