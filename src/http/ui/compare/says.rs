//! How strongly a role asks for something, and the sentence that says so.

use super::super::links::{self, Spot};
use super::super::pick::short;
use crate::model::{Evidence, Page, Strength};
use crate::search::Asked;
use maud::{Markup, html};

/// The longest sentence that is shown, in characters.
const LONGEST: usize = 280;

/// The strengths, most first.
pub(in crate::http::ui) const STRENGTHS: [Strength; 3] =
    [Strength::Required, Strength::Preferred, Strength::Named];

/// How strongly something is asked for, in a word or two.
pub(in crate::http::ui) fn word(strength: Strength) -> &'static str {
    match strength {
        Strength::Required => "Required",
        Strength::Preferred => "A plus",
        Strength::Named => "Named",
    }
}

/// The look of a tag that says so.
pub(in crate::http::ui) fn class(strength: Strength) -> &'static str {
    match strength {
        Strength::Required => "tag required",
        Strength::Preferred => "tag preferred",
        Strength::Named => "tag",
    }
}

/// How strongly something is asked for, as a tag.
pub(in crate::http::ui) fn tag(strength: Strength) -> Markup {
    html! { span class=(class(strength)) { (word(strength)) } }
}

/// What a page says, word for word, and where people read it.
pub(in crate::http::ui) struct Said<'p> {
    text: &'p str,
    /// At the page's own site, else on our page of it.
    pub(in crate::http::ui) href: String,
}

impl<'p> Said<'p> {
    /// Of something in a section, an index into the page's.
    pub(in crate::http::ui) fn of(page: &'p Page, section: usize, evidence: Evidence) -> Self {
        let block = evidence.block.map(|block| block as usize);
        let heading = page.sections.get(section).and_then(|of| of.heading_of(block));
        Self::under(page, section, evidence, heading)
    }

    /// Of what says that a skill is asked for.
    pub(in crate::http::ui) fn of_asked(page: &'p Page, asked: &Asked) -> Self {
        Self::under(page, asked.section, asked.evidence, asked.heading(page))
    }

    fn under(
        page: &'p Page,
        section: usize,
        evidence: Evidence,
        heading: Option<&'p crate::model::Heading>,
    ) -> Self {
        let sentence = page.sections.get(section).and_then(|of| of.quoted(evidence));
        let text = sentence.or(heading.map(|heading| heading.text.as_str())).unwrap_or_default();
        let block = evidence.block.map(|block| block as usize);
        let anchor = heading.and_then(|heading| heading.anchor.as_deref());
        let href = links::to(&page.id, page.url.as_deref(), Spot { section, block, anchor, text });
        Self { text, href }
    }

    /// As much of it as is shown.
    pub(in crate::http::ui) fn text(&self) -> String {
        short(self.text, LONGEST)
    }

    /// The sentence as a link to where it stands.
    pub(in crate::http::ui) fn quote(&self) -> Markup {
        html! {
            @if !self.text.is_empty() {
                p.says { a href=(self.href) { "“" bdi { (self.text()) } "”" } }
            }
        }
    }
}
