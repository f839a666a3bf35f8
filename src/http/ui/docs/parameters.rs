//! The parameters of an operation as a table.

use super::Operation;
use super::prose::prose;
use crate::http::ui::figures::grouped;
use maud::{Markup, html};
use serde_json::Value;

/// None where there are none.
pub(super) fn table(operation: &Operation) -> Markup {
    if operation.described["requestBody"].is_object() {
        return html! {
            h4 { "Parameters" }
            p { "Those of " a href="#operation-search" { "GET /search" } ", as the members of a JSON object: numbers as numbers, lists as lists." }
        };
    }
    let parameters = operation.described["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    html! {
        @if !parameters.is_empty() {
            h4 { "Parameters" }
            table {
                thead {
                    tr { th scope="col" { "Name" } th scope="col" { "Takes" } th scope="col" { "If not given" } th scope="col" { "Meaning" } }
                }
                tbody { @for parameter in parameters { (row(parameter)) } }
            }
        }
    }
}

fn row(parameter: &Value) -> Markup {
    let schema = &parameter["schema"];
    html! {
        tr {
            th scope="row" { code { (parameter["name"].as_str().unwrap_or_default()) } }
            td { (takes(parameter)) }
            td.default {
                @if parameter["required"] == true { strong { "required" } }
                @else if let Some(default) = written(&schema["default"]) { code { (default) } }
            }
            td { (prose(parameter["description"].as_str().unwrap_or_default())) }
        }
    }
}

/// A default as it would be given.
fn written(default: &Value) -> Option<String> {
    match default {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")),
        other => Some(other.to_string()),
    }
}

fn takes(parameter: &Value) -> Markup {
    let schema = &parameter["schema"];
    let bound = |name: &str| schema[name].as_f64().map(grouped).unwrap_or_default();
    match schema["type"].as_str().unwrap_or_default() {
        "integer" => html! { "whole number, " (bound("minimum")) " to " (bound("maximum")) },
        "number" => html! { "number, " (bound("minimum")) " to " (bound("maximum")) },
        "boolean" => html! { code { "true" } " or " code { "false" } },
        "array" if schema["items"]["enum"].is_array() => {
            html! { (choices(&schema["items"]["enum"])) span.soft { ", several with commas or repeated" } }
        }
        "array" => {
            let (least, most) = (bound("minItems"), bound("maxItems"));
            html! {
                "text, "
                @match (least.as_str(), most.is_empty()) {
                    ("" | "0" | "1", true) => "repeatable",
                    ("" | "0" | "1", false) => { "repeatable up to " (most) " times" },
                    _ => { (least) " to " (most) " times" },
                }
            }
        }
        _ if schema["enum"].is_array() => choices(&schema["enum"]),
        _ if schema["maxLength"].is_u64() => html! { "text, up to " (bound("maxLength")) " letters" },
        _ if parameter["in"] == "path" => html! { "an id, in the path" },
        _ => html! { "text" },
    }
}

fn choices(names: &Value) -> Markup {
    let names = names.as_array().map(Vec::as_slice).unwrap_or_default();
    html! {
        @for (place, name) in names.iter().filter_map(Value::as_str).enumerate() {
            @if place > 0 { ", " }
            code { (name) }
        }
    }
}
