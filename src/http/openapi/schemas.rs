//! The shapes of answers, from the types that are answered: JSON Schema 2020-12, which is what OpenAPI 3.1 has.

use crate::model::FacetField;
use crate::search::{FacetValue, Facets, Histogram, HistogramField, Histograms};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform as _};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What gathers shapes under `components`, as they are answered.
pub(super) fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    settings.into_generator()
}

/// The shapes that were gathered.
pub(super) fn gathered(mut generator: SchemaGenerator) -> Map<String, Value> {
    let mut schemas = generator.take_definitions(true);
    for schema in schemas.values_mut() {
        if let Ok(schema) = <&mut Schema>::try_from(schema) {
            RecursiveTransform(tidy as fn(&mut Schema)).transform(schema);
        }
    }
    schemas
}

/// Leaves out what is of Rust: names of its whole numbers, links within its documentation, lines as its comments break.
fn tidy(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| format.starts_with("uint") || format.starts_with("int")) {
        schema.remove("format");
    }
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = plain(text);
    }
}

/// A comment of the code as a text.
fn plain(comment: &str) -> String {
    let text = comment.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("[`", "`").replace("`]", "`")
}

/// An object that may have each of these members.
fn by_name<T: JsonSchema>(names: &[&str], description: &str, generator: &mut SchemaGenerator) -> Schema {
    let member = generator.subschema_for::<T>();
    let members: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), member.clone().into())).collect();
    json_schema!({ "type": "object", "description": description, "properties": members })
}

impl JsonSchema for Facets {
    fn schema_name() -> Cow<'static, str> {
        "Facets".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let names = FacetField::ALL.map(FacetField::id);
        by_name::<Vec<FacetValue>>(&names, "Counts by field, those that were asked for.", generator)
    }
}

impl JsonSchema for Histograms {
    fn schema_name() -> Cow<'static, str> {
        "Histograms".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let names = HistogramField::ALL.map(HistogramField::id);
        by_name::<Histogram>(&names, "Histograms by field, those that were asked for.", generator)
    }
}
