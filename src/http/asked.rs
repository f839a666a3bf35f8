//! A question that was answered, as the logs want it: the handler that answered lays it beside its answer.

use crate::model::FacetField;
use crate::search::{SearchRequest, SkillMatch};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::Response;

/// The most characters of a question or another value that stand in a log.
pub(super) const LONGEST: usize = 200;
/// The most values of all filters together that stand in a log.
const MOST_FILTERS: usize = 20;
/// Sent by the search page with what is asked while somebody types.
const TYPED: HeaderName = HeaderName::from_static("rolecall-typed");
/// Sent by browsers (<https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header>); what scripts ask is for nothing that is shown.
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// A question with its filters, and how much was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// As it was typed, on one line.
    pub(super) q: String,
    /// Names and values.
    pub(super) filters: Vec<(&'static str, String)>,
    /// How many pages match.
    pub(super) pages: u64,
    /// It was asked for what comes first, not for more of it.
    pub(super) is_first: bool,
}

impl Asked {
    pub(super) fn of(request: &SearchRequest, pages: u64) -> Self {
        let mut filters = Vec::new();
        for field in FacetField::ALL {
            filters.extend(request.filter(field).iter().map(|value| (field.id(), clipped(value, LONGEST))));
        }
        filters.truncate(MOST_FILTERS);
        if request.skill.len() > 1 && request.skill_match != SkillMatch::default() {
            filters.push(("skill_match", request.skill_match.id().to_owned()));
        }
        let amounts = [
            ("pay_min", request.pay.0),
            ("pay_max", request.pay.1),
            ("experience_min", request.experience.0),
            ("experience_max", request.experience.1),
        ];
        filters.extend(amounts.into_iter().filter_map(|(name, amount)| Some((name, amount?.to_string()))));
        let words: Vec<&str> = request.q.split_whitespace().collect();
        Self { q: clipped(&words.join(" "), LONGEST), filters, pages, is_first: request.offset == 0 }
    }

    /// Lays it beside an answer.
    pub(super) fn mark(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}

/// The beginning of a text.
pub(super) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The beginning of a text, without anything that who reads a log would obey: controls, line ends, turned directions.
pub(super) fn shown(text: &str, most: usize) -> String {
    let mut shown = String::new();
    for c in clipped(text, most).chars() {
        let steers = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c.is_control() || steers {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The parameters of a request on one line: those of its address, or those of a question that came in its body.
pub(super) fn parameters(query: Option<&str>, asked: Option<&Asked>) -> String {
    const MOST: usize = 20;
    let of_address = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let of_address = of_address.map(|(name, value)| (name.into_owned(), value.into_owned()));
    let of_body = || {
        let asked = asked.into_iter();
        asked.flat_map(|asked| {
            let filters = asked.filters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            std::iter::once(("q".to_owned(), asked.q.clone())).chain(filters)
        })
    };
    let all: Vec<(String, String)> = if query.is_some() { of_address.collect() } else { of_body().collect() };
    let mut parts: Vec<String> = all
        .iter()
        .take(MOST)
        .map(|(name, value)| format!("{}={}", shown(name, 40), shown(value, LONGEST)))
        .collect();
    if all.len() > MOST {
        parts.push(format!("and {} more", all.len() - MOST));
    }
    parts.join(" ")
}

/// Whether a script asked, which asks while somebody types: the search page says so, browsers say so of every script, and
/// scripts of other sites always name their origin.
pub(super) fn is_of_script(headers: &HeaderMap) -> bool {
    headers.contains_key(TYPED)
        || headers.contains_key(header::ORIGIN)
        || headers.get(SEC_FETCH_DEST).is_some_and(|purpose| purpose == "empty")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_of_logs_would_obey_is_escaped() {
        assert_eq!(shown("a\nb\u{1b}[31m\u{202e}c\u{7f}", 40), "a\\u{a}b\\u{1b}[31m\\u{202e}c\\u{7f}");
        assert_eq!(shown("Zürich 数据", 40), "Zürich 数据");
        assert_eq!(shown(&"ä".repeat(300), LONGEST), "ä".repeat(200) + "…");
        assert_eq!(shown("abc", 3), "abc");
    }

    #[test]
    fn parameters_stand_on_one_line() {
        assert_eq!(parameters(Some("q=a+b%0A&role=x&role=y"), None), "q=a b\\u{a} role=x role=y");
        let request = SearchRequest {
            q: " a\tb ".to_owned(),
            role: vec!["x".to_owned()],
            pay: (Some(5.0), None),
            ..Default::default()
        };
        let asked = Asked::of(&request, 3);
        assert_eq!(asked.filters, [("role", "x".to_owned()), ("pay_min", "5".to_owned())]);
        assert_eq!(parameters(None, Some(&asked)), "q=a b role=x pay_min=5");
        assert_eq!(parameters(None, None), "");
        let many = "a=1&".repeat(25);
        assert!(parameters(Some(&many), None).ends_with("a=1 and 5 more"));
    }
}
