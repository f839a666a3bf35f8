//! What a tool is, and how it is told to a client.

use crate::search::{SearchError, Searcher};
use rmcp::model::{JsonObject, ToolAnnotations};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;

/// The longest answer, in bytes of JSON. It is given twice, as data and as a text, in which every quotation mark takes
/// two bytes: a result stays below 100 KB.
const LONGEST_ANSWER: usize = 32_000;

/// A question that a model can ask. None changes anything.
pub(super) trait Tool {
    /// Its name.
    const NAME: &'static str;
    /// Its name for people.
    const TITLE: &'static str;
    /// What it is good for and how it is used, for the model that reads it.
    const DESCRIPTION: &'static str;
    /// The arguments that must be there.
    const REQUIRED: &'static [&'static str] = &[];
    /// What it takes.
    type Arguments: DeserializeOwned + JsonSchema + Send + 'static;
    /// What it gives.
    type Answer: Answer;

    /// Answers; after the deadline the answer is of no use.
    fn call(
        arguments: Self::Arguments,
        searcher: &Searcher,
        deadline: Instant,
    ) -> Result<Self::Answer, SearchError>;
}

/// What a tool gives.
pub(super) trait Answer: Serialize + JsonSchema + Send + 'static {
    /// Leaves out what can be missed most, and says so; false where all is needed.
    fn shorten(&mut self) -> bool;
}

/// An answer as data and as a text in the order of its fields, shortened until it is short enough; none where it cannot
/// be.
pub(super) fn fitted(mut answer: impl Answer) -> Option<(Value, String)> {
    loop {
        let text = serde_json::to_string(&answer).ok()?;
        if text.len() <= LONGEST_ANSWER {
            return Some((serde_json::to_value(&answer).ok()?, text));
        }
        if !answer.shorten() {
            return None;
        }
    }
}

/// A tool as clients list it.
pub(super) fn described<T: Tool>() -> rmcp::model::Tool {
    let annotations = ToolAnnotations::with_title(T::TITLE)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    let mut input = schema::<T::Arguments>(SchemaSettings::draft2020_12());
    if !T::REQUIRED.is_empty() {
        input.insert("required".to_owned(), T::REQUIRED.into());
    }
    rmcp::model::Tool::new(T::NAME, T::DESCRIPTION, input)
        .with_title(T::TITLE)
        .with_raw_output_schema(Arc::new(schema::<T::Answer>(SchemaSettings::draft2020_12().for_serialize())))
        .with_annotations(annotations)
}

/// The schema of a type, whole in one piece and without what says nothing.
fn schema<T: JsonSchema>(mut settings: SchemaSettings) -> JsonObject {
    settings.inline_subschemas = true;
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    let Value::Object(mut schema) = schema else { return JsonObject::new() };
    for name in ["title", "description", "$schema"] {
        schema.remove(name);
    }
    schema
}

/// Takes out the names of Rust's types (`format`), which are no formats of JSON Schema, defaults that are nothing, and
/// the null of what has null for a default: it need not be given.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(parts) => parts.iter_mut().for_each(tidy),
        Value::Object(parts) => {
            if parts.get("format").is_some_and(Value::is_string) {
                parts.remove("format");
            }
            let default = parts.get("default");
            let is_nothing = |default: &Value| match default {
                Value::Null => true,
                Value::String(text) => text.is_empty(),
                Value::Array(list) => list.is_empty(),
                _ => false,
            };
            if default.is_some_and(Value::is_null)
                && let Some(Value::Array(types)) = parts.get_mut("type")
            {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    parts.insert("type".to_owned(), only);
                }
            }
            if parts.get("default").is_some_and(is_nothing) {
                parts.remove("default");
            }
            parts.values_mut().for_each(tidy);
        }
        _ => {}
    }
}
