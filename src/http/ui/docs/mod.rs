//! `GET /docs`: the OpenAPI document for people. All that it says of operations is read from the document.

mod example;
mod parameters;
mod prose;
mod shapes;

use super::AppState;
use super::frame::{Frame, Way, icon};
use crate::http::openapi::{self, Tag};
use crate::http::origin::{Base, Origin};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use example::{Examples, request};
use maud::{Markup, html};
use prose::prose;
use serde_json::Value;

/// An operation of the document.
struct Operation {
    tag: Tag,
    path: &'static str,
    method: &'static str,
    described: &'static Value,
}

impl Operation {
    /// In the order in which people read them.
    fn all() -> Vec<Self> {
        let paths = &openapi::document()["paths"];
        let order = openapi::order().into_iter();
        order.map(|(tag, path, method)| Self { tag, path, method, described: &paths[path][method] }).collect()
    }

    fn text(&self, name: &str) -> &'static str {
        self.described[name].as_str().unwrap_or_default()
    }

    fn id(&self) -> &'static str {
        self.text("operationId")
    }
}

pub(super) async fn page(State(state): State<AppState>, Base(base): Base) -> Response {
    let examples = Examples::of(&state).await;
    let operations = Operation::all();
    let version = openapi::document()["info"]["version"].as_str().unwrap_or_default();
    let main = html! {
        div.wide.docs {
            header {
                h1 { "The API" }
                p.lead {
                    "Everything that these pages show can be asked by programs, too: plain HTTP, answered in JSON. "
                    "Fields are only ever added."
                }
                p.facts {
                    span { "Version " strong { (version) } }
                    a href="/openapi.json" { "OpenAPI 3.1 document" }
                    span { "on the terminal " code { "rolecall openapi" } }
                }
            }
            nav.contents aria-label="Contents" { (contents(&operations)) }
            div.parts {
                @for tag in Tag::ALL {
                    section.group aria-labelledby={ "tag-" (tag.name()) } {
                        h2 id={ "tag-" (tag.name()) } { (tag.name()) }
                        @for operation in operations.iter().filter(|operation| operation.tag == tag) {
                            (card(operation, &examples, &base))
                        }
                    }
                }
                (errors())
                (shapes::all())
            }
        }
    };
    let mut response =
        Frame { title: "API", here: Way::Role, q: "", described: None, main }.respond(StatusCode::OK);
    // It says where the server was reached, which a store between must not tell others.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// What there is, with links to it.
fn contents(operations: &[Operation]) -> Markup {
    html! {
        ul.plain {
            @for tag in Tag::ALL {
                li {
                    a.soft href={ "#tag-" (tag.name()) } { (tag.name()) }
                    ul.plain {
                        @for operation in operations.iter().filter(|operation| operation.tag == tag) {
                            li { a href={ "#operation-" (operation.id()) } { (address(operation)) } }
                        }
                    }
                }
            }
            li { a.soft href="#errors" { "Errors" } }
            li { a.soft href="#shapes" { "Shapes" } }
        }
    }
}

fn address(operation: &Operation) -> Markup {
    html! { code { span.method { (operation.method.to_uppercase()) } " " (operation.path) } }
}

/// What is to be known of one operation.
fn card(operation: &Operation, examples: &Examples, base: &Origin) -> Markup {
    let (curl, opened) = request(operation, examples, base);
    let id = operation.id();
    html! {
        article.card id={ "operation-" (id) } {
            p.address { (address(operation)) }
            h3 { (operation.text("summary")) }
            p { (prose(operation.text("description"))) }
            div.request {
                pre tabindex="0" role="region" aria-label={ "An example: " (operation.text("summary")) } { code { (curl) } }
                @if let Some(opened) = opened {
                    a.button href=(opened) { "Try it" span.hidden { ": " (operation.text("summary")) } (icon("next")) }
                }
            }
            (parameters::table(operation))
            (answer(operation))
        }
    }
}

/// What is answered where all goes well, and what else may be.
fn answer(operation: &Operation) -> Markup {
    let Some(responses) = operation.described["responses"].as_object() else { return html! {} };
    let Some(done) = ["200", "202"].into_iter().find_map(|status| responses.get(status)) else {
        return html! {};
    };
    let errors = responses.iter().filter_map(|(status, response)| {
        let name = response["$ref"].as_str()?.rsplit('/').next()?;
        (name != "NotModified").then_some((status, name))
    });
    html! {
        h4 { "Answer" }
        (shapes::answered(done))
        p.errors.small {
            @if operation.described["responses"]["304"].is_object() { "Can be kept by its " code { "ETag" } ". " }
            @if done["headers"]["Location"].is_object() { code { "Location" } " says where it is told how far it is. " }
            @if done["headers"]["Link"].is_object() { code { "Link" } " leads to the other parts of the list. " }
            "Errors: "
            @for (place, (status, name)) in errors.enumerate() {
                @if place > 0 { ", " }
                a href={ "#error-" (name) } { (status) }
            }
        }
    }
}

/// What may go wrong, each once.
fn errors() -> Markup {
    let document = openapi::document();
    let responses = document["components"]["responses"].as_object();
    let mut known: Vec<(u16, &str, &str)> = responses
        .into_iter()
        .flatten()
        .map(|(name, response)| {
            (status(document, name), name.as_str(), response["description"].as_str().unwrap_or_default())
        })
        .filter(|(status, ..)| *status >= 400)
        .collect();
    known.sort_unstable();
    html! {
        section.group aria-labelledby="errors" {
            h2 #errors { "Errors" }
            div.card {
                p {
                    "All but 431 are problem documents (" code { "application/problem+json" } ", RFC 9457): a " a href="#shape-Problem" { "Problem" }
                    ". A method that an address does not take is a 405, with " code { "Allow" } "."
                }
                dl.statuses {
                    @for (status, name, meaning) in known {
                        div { dt id={ "error-" (name) } { code { (status) } } dd { (prose(meaning)) } }
                    }
                }
            }
        }
    }
}

/// The status under which operations have an answer of this name.
fn status(document: &Value, name: &str) -> u16 {
    let reference = format!("#/components/responses/{name}");
    let paths = document["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations = paths.filter_map(Value::as_object).flat_map(|methods| methods.values());
    let mut responses = operations.filter_map(|operation| operation["responses"].as_object()).flatten();
    let found = responses.find(|(_, response)| response["$ref"] == reference.as_str());
    found.and_then(|(status, _)| status.parse().ok()).unwrap_or_default()
}
