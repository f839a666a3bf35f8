//! What is answered, field by field: each shape once, and links wherever else it is.

use super::prose::prose;
use crate::http::openapi;
use maud::{Markup, html};
use serde_json::Value;

/// A field within a shape, by the way to it: `in_all[].cells[]`.
struct Field<'d> {
    way: String,
    schema: &'d Value,
    /// It may not be there.
    may_lack: bool,
}

/// What an answer of this description has.
pub(super) fn answered(response: &Value) -> Markup {
    let content = &response["content"];
    let schema = &content["application/json"]["schema"];
    let shapes: Vec<&str> = match schema["oneOf"].as_array() {
        Some(several) => several.iter().filter_map(named).collect(),
        None => named(schema).into_iter().collect(),
    };
    html! {
        p {
            (prose(response["description"].as_str().unwrap_or_default()))
            @for (place, name) in shapes.iter().enumerate() { (if place == 0 { ": " } else { " or " }) (link(name)) }
            @if content["text/plain"].is_object() { ", as lines of text (" code { "text/plain" } ")" }
            @if content["text/csv"].is_object() { ", or a table (" code { "text/csv" } ")" }
            "."
        }
        @for name in shapes { (fields(name)) }
    }
}

/// All shapes that fields refer to, in alphabetical order.
pub(super) fn all() -> Markup {
    let schemas = openapi::document()["components"]["schemas"].as_object();
    html! {
        section.group aria-labelledby="shapes" {
            h2 #shapes { "Shapes" }
            p.soft { "What answers are made of. A field is always there where nothing else is said." }
            @for name in schemas.into_iter().flat_map(|schemas| schemas.keys()).filter(|name| *name != "SearchRequest") {
                div.card.shape {
                    h3 id={ "shape-" (name) } { (name) }
                    p { (prose(shape(name)["description"].as_str().unwrap_or_default())) }
                    (fields(name))
                }
            }
        }
    }
}

fn shape(name: &str) -> &'static Value {
    &openapi::document()["components"]["schemas"][name]
}

/// The fields of a shape, or the values that there are of it.
fn fields(name: &str) -> Markup {
    let schema = shape(name);
    let mut fields = Vec::new();
    walk("", schema, &mut fields);
    let values = schema["oneOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    html! {
        @if !fields.is_empty() {
            ul.plain.fields {
                @for field in fields {
                    li {
                        code { (field.way) } " "
                        span.type { (kind(field.schema)) @if field.may_lack { ", not always there" } }
                        @if let Some(meaning) = field.schema["description"].as_str() { " " span { (prose(meaning)) } }
                    }
                }
            }
        }
        @if !values.is_empty() {
            ul.plain.fields {
                @for value in values {
                    li {
                        code { (value["const"].as_str().unwrap_or_default()) } " "
                        span { (prose(value["description"].as_str().unwrap_or_default())) }
                    }
                }
            }
        }
    }
}

/// Adds the fields of an object in the order in which they are answered, and those of objects within it that have no name.
fn walk<'d>(way: &str, schema: &'d Value, fields: &mut Vec<Field<'d>>) {
    let Some(properties) = schema["properties"].as_object() else { return };
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let place = |name: &str| required.iter().position(|known| known == name);
    let mut names: Vec<&String> = properties.keys().collect();
    names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
    for name in names {
        let mut way = if way.is_empty() { name.clone() } else { format!("{way}.{name}") };
        let schema = &properties[name];
        fields.push(Field { way: way.clone(), schema, may_lack: place(name).is_none() });
        let mut within = schema;
        while within["items"].is_object() {
            within = &within["items"];
            way += "[]";
        }
        walk(&way, within, fields);
    }
}

/// The name of the shape that a schema refers to.
fn named(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

fn link(name: &str) -> Markup {
    html! { a href={ "#shape-" (name) } { (name) } }
}

/// What a field is.
fn kind(schema: &Value) -> Markup {
    if let Some(name) = named(schema) {
        return link(name);
    }
    if let Some(several) = schema["anyOf"].as_array() {
        return html! {
            @for (place, one) in several.iter().enumerate() { @if place > 0 { " or " } (kind(one)) }
        };
    }
    if let Some(several) = schema["type"].as_array() {
        return html! {
            @for (place, one) in several.iter().filter_map(Value::as_str).enumerate() {
                @if place > 0 { " or " }
                (plain(one))
            }
        };
    }
    match schema["type"].as_str().unwrap_or_default() {
        "array" => html! { "list of " (kind(&schema["items"])) },
        name => html! { (plain(name)) },
    }
}

fn plain(name: &str) -> &str {
    match name {
        "string" => "text",
        "integer" => "whole number",
        "boolean" => "true or false",
        name => name,
    }
}
