//! What an operation answers, by status.

use super::operations::Operation;
use super::parameter::Kind;
use crate::http::Problem;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The answer of an operation where all goes well, and what of it may not.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    meaning: &'static str,
    /// The shapes that it may have in JSON; none for any object.
    shapes: Vec<fn(&mut SchemaGenerator) -> Schema>,
    /// It may be a table.
    csv: bool,
    /// It links to the other parts of a list.
    is_list: bool,
    /// Something in the path may be unknown.
    may_be_unknown: bool,
    /// It comes from the index, which takes time and can fail.
    is_searched: bool,
    /// Clients may keep it.
    is_kept: bool,
    /// What it is where it is text.
    text: Option<&'static str>,
    /// It is begun, and its address says how far it is.
    is_begun: bool,
    /// Who asks must be let to run the server, where there are keys.
    is_for_admins: bool,
    /// There are times at which it is not so.
    may_be_unready: bool,
}

impl Answer {
    /// From the index, of one shape.
    pub(super) fn of<T: JsonSchema>(meaning: &'static str) -> Self {
        Self {
            meaning,
            shapes: vec![SchemaGenerator::subschema_for::<T>],
            csv: false,
            is_list: false,
            may_be_unknown: false,
            is_searched: true,
            is_kept: true,
            text: None,
            is_begun: false,
            is_for_admins: false,
            may_be_unready: false,
        }
    }

    /// The same, a part of a list.
    pub(super) fn list<T: JsonSchema>(meaning: &'static str) -> Self {
        Self { is_list: true, ..Self::of::<T>(meaning) }
    }

    /// Of the server itself, as it is now.
    pub(super) fn plain<T: JsonSchema>(meaning: &'static str) -> Self {
        Self { is_searched: false, is_kept: false, ..Self::of::<T>(meaning) }
    }

    /// Lines of text for programs, of the server itself.
    pub(super) fn text(meaning: &'static str) -> Self {
        Self { shapes: Vec::new(), text: Some("text/plain"), ..Self::plain::<()>(meaning) }
    }

    /// Events of the server itself, as they happen.
    pub(super) fn events(meaning: &'static str) -> Self {
        Self { text: Some("text/event-stream"), ..Self::text(meaning) }
    }

    /// This document.
    pub(super) fn document(meaning: &'static str) -> Self {
        Self { shapes: Vec::new(), is_searched: false, ..Self::of::<()>(meaning) }
    }

    /// Or of this shape.
    pub(super) fn or<T: JsonSchema>(mut self) -> Self {
        self.shapes.push(SchemaGenerator::subschema_for::<T>);
        self
    }

    pub(super) fn or_csv(self) -> Self {
        Self { csv: true, ..self }
    }

    /// It is not there yet.
    pub(super) fn begun(self) -> Self {
        Self { is_begun: true, ..self }
    }

    pub(super) fn for_admins(self) -> Self {
        Self { is_for_admins: true, ..self }
    }

    /// Whether it comes from the index.
    pub(super) fn is_searched(&self) -> bool {
        self.is_searched
    }

    pub(super) fn may_be_unready(self) -> Self {
        Self { may_be_unready: true, ..self }
    }

    pub(super) fn may_be_unknown(self) -> Self {
        Self { may_be_unknown: true, ..self }
    }
}

/// The `responses` of an operation.
pub(super) fn responses(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let Operation { method, path, answer, parameters, .. } = operation;
    let is_kept = answer.is_kept && *method == "get";
    let mut responses = Map::new();
    let mut done = json!({ "description": answer.meaning, "content": content(answer, generator) });
    if is_kept {
        done["headers"]["ETag"] = reference("headers", "ETag");
        responses.insert("304".to_owned(), reference("responses", "NotModified"));
    }
    if answer.is_list && *method == "get" {
        done["headers"]["Link"] = reference("headers", "Link");
    }
    if answer.is_begun {
        done["headers"]["Location"] = reference("headers", "Location");
    }
    responses.insert(if answer.is_begun { "202" } else { "200" }.to_owned(), done);
    let names_pages = parameters.iter().any(|parameter| {
        matches!(parameter.kind, Kind::Id | Kind::Different(..)) || parameter.name == "page"
    });
    let Answer { is_searched, is_for_admins, .. } = *answer;
    let is_bounded = is_searched || is_for_admins;
    for (status, name, can_come) in [
        ("400", "BadRequest", is_searched || is_for_admins && !parameters.is_empty()),
        ("401", "Unauthorized", is_bounded),
        ("403", "Forbidden", is_for_admins),
        ("404", "NotFound", names_pages || answer.may_be_unknown),
        ("408", "RequestTimeout", *method == "post"),
        ("413", "PayloadTooLarge", *method == "post"),
        ("414", "UriTooLong", is_bounded && *method == "get"),
        ("429", "TooManyRequests", is_bounded),
        ("431", "RequestHeaderFieldsTooLarge", is_bounded),
        ("500", "InternalServerError", is_bounded),
        ("503", "ServiceUnavailable", is_searched || answer.may_be_unready),
    ] {
        if can_come {
            responses.insert(status.to_owned(), reference("responses", name));
        }
    }
    debug_assert!(!path.contains('{') || responses.contains_key("404"), "what a path names may be unknown");
    Value::Object(responses)
}

fn content(answer: &Answer, generator: &mut SchemaGenerator) -> Value {
    if let Some(kind) = answer.text {
        return json!({ kind: { "schema": { "type": "string" } } });
    }
    let mut shapes: Vec<Schema> = answer.shapes.iter().map(|shape| shape(generator)).collect();
    let shape = match shapes.len() {
        0 => json!({ "type": "object" }),
        1 => json!(shapes.remove(0)),
        _ => json!({ "oneOf": shapes }),
    };
    let mut content = json!({ "application/json": { "schema": shape } });
    if answer.csv {
        content["text/csv"] = json!({ "schema": { "type": "string" } });
    }
    content
}

/// What operations share: headers, and the answers that are no success.
pub(super) fn shared(generator: &mut SchemaGenerator) -> (Value, Value) {
    let text = json!({ "type": "string" });
    let headers = json!({
        "ETag": {
            "description": "Names the state that the answer comes from; sent back as `If-None-Match` it is answered 304 as long as \
                the answer holds.",
            "schema": text,
        },
        "Link": {
            "description": "Where the other parts of the list are: `first`, `prev` and `next`, those that there are (RFC 8288).",
            "schema": text,
        },
        "Location": { "description": "Where it is told how far it is.", "schema": text },
        "RetryAfter": { "description": "In how many seconds to ask again.", "schema": { "type": "integer", "minimum": 0 } },
        "WWWAuthenticate": { "description": "How to say who asks.", "schema": text },
    });
    let problem = generator.subschema_for::<Problem>();
    let of = |description: &str| json!({ "description": description, "content": { "application/problem+json": { "schema": problem } } });
    let mut responses = json!({
        "NotModified": {
            "description": "The answer that the client keeps still holds.",
            "headers": { "ETag": reference("headers", "ETag") },
        },
        "BadRequest": of("A parameter that there is not, that is given twice and takes one value, or whose value is out of its limits: \
            `errors` names each."),
        "Unauthorized": of("The server wants a key, and none or an unknown one was given."),
        "Forbidden": of("The key is for something else, or a page of another site asks."),
        "NotFound": of("There is nothing of this id."),
        "RequestTimeout": of("The body did not come in time."),
        "PayloadTooLarge": of("The body is over 64 KiB."),
        "UriTooLong": of("The address is over 16 KiB; POST /search takes more."),
        "RequestHeaderFieldsTooLarge": { "description": "Address and headers are over 32 KiB, or there are more than 100 headers; it has \
            no body, as nothing of the request could be read." },
        "TooManyRequests": of("Too many requests in a short time."),
        "InternalServerError": of("The server could not answer; its log says why."),
        "ServiceUnavailable": of("The server has too much to do, or the search took longer than ten seconds and was given up; of \
            /readyz: it is not to be sent requests now."),
    });
    responses["Unauthorized"]["headers"] =
        json!({ "WWW-Authenticate": reference("headers", "WWWAuthenticate") });
    for name in ["TooManyRequests", "ServiceUnavailable"] {
        responses[name]["headers"] = json!({ "Retry-After": reference("headers", "RetryAfter") });
    }
    (headers, responses)
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}
