//! The parts of a page's score, in words and numbers.

use super::matched::{MatchedPage, Part, Parts};
use super::plan::{Named, Plan};
use super::query::{Query, Shape};
use super::response::{HighlightKind, ScorePart};
use crate::index::{Segment, Snapshot};
use crate::model::FacetField;

/// What a page's score is made of; `score` is all of it. Together the parts make the score.
pub(super) fn parts(
    (plan, query): (&Plan<'_>, &Query),
    (snapshot, segment): (&Snapshot, &Segment),
    page: &MatchedPage,
    score: f32,
) -> Vec<ScorePart> {
    let Some(Parts { exact, together, names, best_section, best_section_score }) = &page.parts else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    let mut add = |part: &'static str, text: String, score: f32| {
        if score > 0.0 {
            parts.push(ScorePart { part, text, score });
        }
    };
    add("exact_title", "the title is just what was asked for".to_owned(), *exact);
    for &Part { name, title, text } in names {
        let what = what(plan, query, name);
        add("title", format!("{what} in the title or role"), title);
        add("text", format!("{what} in the page's text"), text);
    }
    add("together", "words of the question stand together in the title".to_owned(), *together);
    if let Some(document) = best_section {
        let kinds = snapshot.dictionary(FacetField::Section);
        let label = kinds.label(segment.kind_of(*document));
        add("best_section", format!("the best section, {label}"), *best_section_score);
    }
    add("letters", "the title is written much as the question is".to_owned(), score - page.score);
    parts
}

/// The name of a want, as people would say it.
fn what(plan: &Plan<'_>, query: &Query, name: usize) -> String {
    let (want, named) = plan.named(name);
    let want = &query.wants[want];
    match named {
        Named::Itself => format!("“{}”", want.text),
        Named::Topic if want.shape == Shape::Topic => format!("what “{}” asks for", want.text),
        Named::Topic => format!("sections about “{}”", want.text),
        Named::Other(other) => {
            let other = &want.others[other];
            let how = match other.kind {
                HighlightKind::Typo => "taken for a slip in",
                HighlightKind::Prefix => "which begins with",
                _ => "which means the same as",
            };
            format!("“{}”, {how} “{}”,", other.text, want.text)
        }
        Named::Near(hint) => format!("“{}…”, which is near to “{}”,", want.hints[hint].1, want.text),
    }
}
