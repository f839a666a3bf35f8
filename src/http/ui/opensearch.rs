//! How browsers take the search into their address bar: the description, and suggestions while one types there.
//!
//! <https://github.com/dewitt/opensearch>

use super::address::Address;
use super::figures::count;
use super::{AppState, assets};
use crate::http::origin::Base;
use crate::http::{Problem, suggest};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{PreEscaped, html};

/// How many are suggested, and among how many those that can be filtered by are looked for: headings come between.
const LIMIT: usize = 10;
const LOOKED_AT: usize = 30;
/// What is typed in an address bar may be anything; names are not as long.
const LONGEST: usize = 100;

/// `GET /opensearch.xml`
pub(super) async fn description(Base(base): Base) -> Response {
    let document = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { "rolecall" }
            Description { "Roles, sections, skills and pay" }
            InputEncoding { "UTF-8" }
            Image width="16" height="16" type="image/svg+xml" { (base) (assets::address("favicon.svg")) }
            Url type="text/html" rel="results" template={ (base) "/?q={searchTerms}" } {}
            Url type="application/x-suggestions+json" rel="suggestions"
                template={ (base) "/opensearch/suggest?q={searchTerms}" } {}
        }
    };
    let kind = "application/opensearchdescription+xml; charset=utf-8";
    // It says where the server was reached, which a store between must not tell others.
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], document.into_string())
        .into_response()
}

/// `GET /opensearch/suggest`: what was typed, names that may be meant, what each is, and the search for it.
pub(super) async fn suggestions(
    State(state): State<AppState>,
    Base(base): Base,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let typed = Address::of("", query.as_deref()).one("q").unwrap_or_default().to_owned();
    let known = match typed.len() {
        ..=LONGEST => suggest::names(&state, typed.clone(), LOOKED_AT).await?,
        _ => Vec::new(),
    };
    let (mut names, mut said, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for name in known.into_iter().filter(|name| name.kind != "heading").take(LIMIT) {
        said.push(format!("{} · {}", name.kind, count(name.pages.into(), "page")));
        places.push(format!("{base}{}", Address::new("/").with(name.kind, name.id).href()));
        names.push(name.label);
    }
    let kind = "application/x-suggestions+json; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], Json((typed, names, said, places))).into_response())
}
