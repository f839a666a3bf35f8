//! The document, made of the table of operations and of the types that are answered.

use super::answers::{responses, shared};
use super::operations::{Operation, Tag, operations};
use super::schemas::{gathered, generator};
use serde_json::{Map, Value, json};

const DESCRIPTION: &str = "Search over career pages: roles, sections and skills, with highlighted snippets and exact facets.\n\n\
    Fields are only ever added to answers. Errors are problem documents (RFC 9457); a method that an address does not take is \
    answered 405, with `Allow`. `start` and `end` count Unicode code points.";

/// Made anew; the same each time.
pub(super) fn build() -> Value {
    let mut generator = generator();
    let mut paths = Map::new();
    for operation in operations() {
        let responses = responses(&operation, &mut generator);
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described(&operation, responses);
    }
    let (headers, responses) = shared(&mut generator);
    let mut schemas = gathered(generator);
    schemas.insert("SearchRequest".to_owned(), body());
    let tags = Tag::ALL.map(|tag| json!({ "name": tag.name(), "description": tag.description() }));
    json!({
        "openapi": "3.1.0",
        "info": { "title": "rolecall", "version": env!("CARGO_PKG_VERSION"), "description": DESCRIPTION },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "headers": headers,
            "responses": responses,
            "securitySchemes": {
                "bearerAuth": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key, where those who run the server ask for one.",
                },
            },
        },
    })
}

fn described(operation: &Operation, responses: Value) -> Value {
    let Operation { id, tag, summary, description, parameters, path, .. } = operation;
    // What runs the server takes a key even where there are none.
    let key = json!({ "bearerAuth": [] });
    let security = if path.starts_with("/admin/") { json!([key]) } else { json!([{}, key]) };
    let mut object = json!({
        "operationId": id,
        "tags": [tag.name()],
        "summary": summary,
        "description": description,
        "security": security,
        "responses": responses,
    });
    if operation.has_body() {
        let schema = json!({ "$ref": "#/components/schemas/SearchRequest" });
        let content = json!({ "application/json": { "schema": schema, "example": example(operation) } });
        object["requestBody"] = json!({ "required": true, "content": content });
    } else {
        object["parameters"] = parameters.iter().map(|parameter| parameter.described()).collect();
    }
    object
}

/// The parameters of a search as a JSON object.
fn body() -> Value {
    let posted = operations().into_iter().find(Operation::has_body);
    let parameters = posted.map(|operation| operation.parameters).unwrap_or_default();
    let members: Map<String, Value> =
        parameters.iter().map(|parameter| (parameter.name.to_owned(), parameter.member())).collect();
    json!({
        "type": "object",
        "description": "The parameters of a search, each by default as in the address; null as if it were not there.",
        "properties": members,
        "additionalProperties": false,
    })
}

fn example(operation: &Operation) -> Value {
    let given = operation.parameters.iter().filter(|parameter| !parameter.example.is_null());
    given
        .map(|parameter| (parameter.name.to_owned(), parameter.example.clone()))
        .collect::<Map<_, _>>()
        .into()
}
