//! What all pages have around their own: the head, the search box and the ways to the other pages.

use super::address::Address;
use super::assets;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A page for people.
pub(super) struct Frame<'a> {
    /// What it is, for the tab and the list of bookmarks.
    pub(super) title: &'a str,
    /// Which of the ways it is on.
    pub(super) here: Way,
    /// What stands in the search box.
    pub(super) q: &'a str,
    /// What describes the page to programs, as JSON-LD.
    pub(super) described: Option<String>,
    /// Its own part.
    pub(super) main: Markup,
}

/// A way from every page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The search page.
    Search,
    /// A page of a role; none of the ways leads there.
    Role,
    /// Roles side by side.
    Compare,
    /// What somebody lacks.
    Gap,
}

const WAYS: [(Way, &str, &str); 3] = [
    (Way::Search, "/", "Roles"),
    (Way::Compare, "/ui/compare", "Compare"),
    (Way::Gap, "/ui/gap", "Skills gap"),
];

impl Frame<'_> {
    /// The page as it is sent.
    pub(super) fn respond(self, status: StatusCode) -> Response {
        (status, Html(self.render().into_string())).into_response()
    }

    fn render(self) -> Markup {
        let Self { title, here, q, described, main } = self;
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " · rolecall" }
                    link rel="icon" href=(assets::address("favicon.svg")) type="image/svg+xml";
                    link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="rolecall";
                    link rel="stylesheet" href=(assets::address("app.css"));
                    script src=(assets::address("app.js")) type="module" {}
                    @if let Some(described) = described {
                        // Within a script only `<` could end it or begin a comment.
                        script type="application/ld+json" { (PreEscaped(described.replace('<', "\\u003c"))) }
                    }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    div #progress hidden {}
                    header.top {
                        div.wide {
                            a.brand href="/" { (mark()) "rolecall" }
                            (search_form(q))
                            nav aria-label="Pages" {
                                @for (way, address, name) in WAYS {
                                    a href=(address) aria-current=[(way == here).then_some("page")] { (name) }
                                }
                            }
                        }
                    }
                    main #main tabindex="-1" { (main) }
                    footer.foot {
                        div.wide {
                            span { "rolecall, a search that understands roles, sections, skills and pay" }
                            a href="/ui/embed" { "On your own site" }
                            a href="/docs" { "API" }
                            span.keys { kbd { "/" } " search " kbd { "↑" } " " kbd { "↓" } " move " kbd { "Enter" } " open" }
                        }
                    }
                }
            }
        }
    }
}

/// The search box: a plain form. What else is set comes along from the search page, whose fields name this form.
fn search_form(q: &str) -> Markup {
    html! {
        form #search action="/" role="search" data-live-form="" {
            (icon("search"))
            label.hidden for="q" { "Search roles, skills and pay" }
            input #q name="q" type="search" value=(q) placeholder="kubernetes leadership" maxlength="512"
                autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search";
            kbd.hint aria-hidden="true" { "/" }
            button type="submit" { "Search" }
        }
    }
}

/// The brand's mark.
fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 24 24" aria-hidden="true" {
            rect.a x="2" y="4" width="12" height="4" rx="2" {}
            rect.b x="2" y="10" width="20" height="4" rx="2" {}
            rect.a x="2" y="16" width="8" height="4" rx="2" {}
        }
    }
}

/// A small picture, which says nothing that the words beside it do not.
pub(super) fn icon(name: &str) -> Markup {
    let path = match name {
        "search" => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13m5 11.5l5 5",
        "out" => "M9 5h-4v14h14v-4m-6-10h6v6m0-6l-9 9",
        "close" => "M6 6l12 12m0-12l-12 12",
        "filter" => "M4 6h16M7 12h10M10 18h4",
        "check" => "M5 12.5l4.5 4.5 9.5-10",
        "plus" => "M5 12h14M12 5v14",
        "next" => "M9 5l7 7-7 7",
        _ => "M5 12h14",
    };
    html! {
        svg.icon viewBox="0 0 24 24" aria-hidden="true" { path d=(path) {} }
    }
}

/// Where a page of ours shows a page of the index.
pub(super) fn role_page(id: &str) -> Address {
    Address::new(format!("/ui/pages/{id}"))
}
