//! How the question was taken where that is not plain: slips of the keyboard, words that pages lack, what it is after.

use super::Answer;
use super::asked::Asked;
use crate::model::{FacetField, Label};
use crate::search::{SearchResponse, Searcher};
use maud::{Markup, html};

/// A kind of section that a question is after: "how much does a nurse earn" is after salaries.
pub(super) struct Topic {
    /// What of the question says so.
    text: String,
    sections: Vec<Label>,
}

/// What the question is after, of the kinds of section that there are.
pub(super) fn topics(searcher: &Searcher, response: &SearchResponse) -> Vec<Topic> {
    let parts = response.query.understood.iter().filter(|part| part.kind == "topic");
    parts
        .map(|part| {
            let label = |id: &String| {
                let label = searcher.label(FacetField::Section, id)?;
                Some(Label { id: id.clone(), label })
            };
            Topic { text: part.text.clone(), sections: part.sections.iter().filter_map(label).collect() }
        })
        .filter(|topic| !topic.sections.is_empty())
        .collect()
}

pub(super) fn list(asked: &Asked, answer: &Answer) -> Markup {
    let Answer { response, topics, .. } = answer;
    let query = &response.query;
    let no_page_has_all =
        query.matched == "some" && response.total.pages > 0 && response.total.pages_with_all == 0;
    html! {
        div.notices {
            @if let Some(meant) = &query.did_you_mean {
                p.meant {
                    "Did you mean "
                    a href=(asked.first().set("q", meant).href()) data-live-link="" { (meant) }
                    "?"
                }
            }
            @for relaxed in query.relaxed.iter().filter(|relaxed| !relaxed.to.is_empty()) {
                p.soft.small {
                    "Few pages have “" (relaxed.text) "”; also looked for "
                    (relaxed.to.iter().take(6).cloned().collect::<Vec<_>>().join(", ")) "."
                }
            }
            @if no_page_has_all {
                p.notice { "No role has all of these words. These have some of them." }
            }
            @for topic in topics.iter().filter(|_| asked.request.section.is_empty()) {
                p.soft.small {
                    "“" (topic.text) "” asks for "
                    @for (at, section) in topic.sections.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(asked.first().with("section", &section.id).href()) data-live-link="" { (section.label) }
                    }
                    ": such sections come first"
                }
            }
            @for warning in &response.warnings {
                p.notice { (warning.message) }
            }
        }
    }
}
