//! The search box for other sites: the script that puts it there, and a page that shows how.

use super::AppState;
use super::frame::{Frame, Way};
use crate::http::AllowedOrigin;
use crate::http::origin::Base;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::sync::LazyLock;

/// The script in one file, with its style in it; a block, so that nothing of it is left on the site's page.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let style = lean(include_str!("assets/embed.css"));
    let script = lean(include_str!("assets/embed.js"));
    format!("\"use strict\";{{\nconst STYLE=`{style}`;\n{script}}}\n")
});

/// What stands for the script's content in addresses.
static VERSION: LazyLock<String> =
    LazyLock::new(|| blake3::hash(SCRIPT.as_bytes()).to_hex()[..12].to_owned());

/// Without what only those who write it need: indents, empty lines and comments, each of which is a line.
fn lean(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// `GET /embed.js`. Sites name it without a version, so that they have the newest within the hour.
pub(super) async fn script(RawQuery(query): RawQuery) -> Response {
    let is_this_version = query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(&**VERSION);
    let kept = if is_this_version { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    ];
    (headers, SCRIPT.as_str()).into_response()
}

/// What the script's tag can say, each with what it says by itself.
const ATTRIBUTES: [(&str, &str, &str); 9] = [
    ("data-source", "Sources to search, with commas between them", "all"),
    ("data-language", "Languages of the pages, as de or en,fr", "all"),
    ("data-limit", "How many results are shown, 1 to 20; a link leads to all of them", "5"),
    ("data-placeholder", "What stands in the empty field", "Search roles, skills and pay"),
    ("data-label", "What the field is called by a screen reader", "Search roles, skills and pay"),
    ("data-theme", "light, dark, or auto: what the visitor prefers", "auto"),
    ("data-open", "new opens results in a new tab", "the same tab"),
    ("data-target", "The element that the box is put into, as #search", "where the tag stands"),
    ("--rolecall-font", "In the style of your page: the font of the box", "the system's"),
];

/// `GET /ui/embed`
pub(super) async fn page(State(state): State<AppState>, Base(base): Base) -> Response {
    let tag = format!("<script src=\"{base}/embed.js\" async data-limit=\"5\"></script>");
    let main = html! {
        div.wide.embed {
            h1 { "Search for your site" }
            p.soft.lead { "One tag puts this search into any page: suggestions while one types, results with the sentence that matches, and links that lead to it." }
            section.card aria-labelledby="tag" {
                h2 #tag { "The tag" }
                p { "Put it where the search box is to stand." }
                pre tabindex="0" aria-label="The tag to copy" { code { (tag) } }
                (who_may(&state.settings.allowed))
                p.soft.small {
                    "The box keeps its style to itself and takes none of the page’s. A page with a content security policy lets it in with "
                    code { "script-src " (base) } " and " code { "connect-src " (base) } "."
                }
            }
            section.card aria-labelledby="live" {
                h2 #live { "Try it" }
                // The script is this version's, so that what is shown is what it does.
                div #box {}
                script src={ "/embed.js?v=" (*VERSION) } async data-target="#box" {}
                noscript { p.notice { "The box needs JavaScript, as it runs in pages of other sites." } }
            }
            section.card aria-labelledby="options" {
                h2 #options { "What it can be told" }
                table {
                    thead { tr { th scope="col" { "Attribute" } th scope="col" { "What it says" } th scope="col" { "If not given" } } }
                    tbody {
                        @for (name, says, default) in ATTRIBUTES {
                            tr { th scope="row" { code { (name) } } td { (says) } td.soft { (default) } }
                        }
                    }
                }
            }
        }
    };
    Frame { title: "Search for your site", here: Way::Role, q: "", described: None, main }
        .respond(StatusCode::OK)
}

/// Which sites' pages are answered.
fn who_may(allowed: &[AllowedOrigin]) -> Markup {
    html! {
        @if allowed.is_empty() {
            p.notice {
                "This server answers no other site’s pages yet. Start it with "
                code { "--allow-origin https://your-site.example" } ", or " code { "--allow-origin '*'" } " for any."
            }
        } @else if allowed.contains(&AllowedOrigin::Any) {
            p.soft.small { "This server answers the pages of any site." }
        } @else {
            p.soft.small { "This server answers the pages of the sites that it was told of by " code { "--allow-origin" } "." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_small_and_its_style_ends_where_it_should() {
        assert!(SCRIPT.len() <= 20 << 10, "{} bytes", SCRIPT.len());
        assert!(!include_str!("assets/embed.css").contains(['`', '\\', '$']));
        assert!(SCRIPT.starts_with("\"use strict\";{\n") && SCRIPT.ends_with("}\n"));
        assert!(!SCRIPT.contains("/*") && !SCRIPT.contains("\n//"), "comments are lines of their own");
    }

    #[test]
    fn nothing_of_an_answer_is_read_as_html() {
        for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval("] {
            assert!(!SCRIPT.contains(way), "{way}");
        }
    }
}
