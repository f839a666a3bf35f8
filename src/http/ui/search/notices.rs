//! How the question was taken where that is not plain: slips of the keyboard, words that pages lack, what it is after.

use super::asked::Asked;
use crate::search::{SearchResponse, Understood};
use maud::{Markup, html};

pub(super) fn list(asked: &Asked, response: &SearchResponse) -> Markup {
    let query = &response.query;
    let topics: Vec<&Understood> = query.understood.iter().filter(|part| part.kind == "topic").collect();
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
            @for topic in topics {
                p.soft.small { "“" (topic.text) "” is taken for what you are after, not for words that must be there." }
            }
            @for warning in &response.warnings {
                p.notice { (warning.message) }
            }
        }
    }
}
