//! A parameter: its name, what it takes and what it means.

use serde_json::{Value, json};

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
    pub(super) kind: Kind,
    /// It must be given.
    pub(super) required: bool,
    /// What counts where it is not given; null where nothing does.
    pub(super) default: Value,
    /// A value to try; null where the example does without.
    pub(super) example: Value,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// An id in the path.
    Id,
    /// A text.
    Any,
    /// A text of at most so many bytes.
    Text(usize),
    /// A text of a form: a regular expression (ECMA-262).
    Form(&'static str),
    /// A whole number between these.
    Whole(usize, usize),
    /// A number from 0 to this.
    Number(f64),
    /// `true` or `false`.
    Truth,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Some of these names, with commas between them, or the parameter repeated.
    Names(fn() -> Vec<&'static str>),
    /// From so many to so many texts, of at most so many bytes each where that is bounded, the parameter repeated.
    Texts(usize, usize, Option<usize>),
    /// From so many to so many texts, no two the same, the parameter repeated.
    Different(usize, usize),
    /// Texts of a form, the parameter repeated.
    Forms(fn() -> String),
}

/// A parameter that need not be given.
pub(super) fn optional(name: &'static str, kind: Kind, meaning: &'static str) -> Parameter {
    Parameter { name, meaning, kind, required: false, default: Value::Null, example: Value::Null }
}

impl Parameter {
    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(super) fn or(self, default: impl Into<Value>) -> Self {
        Self { default: default.into(), ..self }
    }

    pub(super) fn such_as(self, example: impl Into<Value>) -> Self {
        Self { example: example.into(), ..self }
    }

    /// As an object of an operation's `parameters`.
    pub(super) fn described(&self) -> Value {
        let Self { name, meaning, kind, required, default, example } = self;
        let is_in_path = matches!(kind, Kind::Id);
        let mut object = json!({
            "name": name,
            "in": if is_in_path { "path" } else { "query" },
            "description": meaning,
            "schema": self.kind.schema(),
        });
        if !default.is_null() {
            object["schema"]["default"] = default.clone();
        }
        if *required || is_in_path {
            object["required"] = json!(true);
        }
        match kind {
            Kind::Names(_) => (object["style"], object["explode"]) = (json!("form"), json!(false)),
            Kind::Texts(..) | Kind::Different(..) | Kind::Forms(_) => {
                (object["style"], object["explode"]) = (json!("form"), json!(true));
            }
            _ => {}
        }
        if !example.is_null() {
            object["example"] = example.clone();
        }
        object
    }

    /// As a member of a JSON object of parameters, which may be null as if it were not there; a list of one may be that one.
    pub(super) fn member(&self) -> Value {
        // Without its default: makers of clients take a member that has one for one that must be given.
        let mut schema = self.kind.schema();
        let mut member = match schema["type"].as_str() {
            Some("array") => {
                let one = match self.kind {
                    Kind::Names(names) => json!({ "type": "string", "pattern": some_of(&names()) }),
                    _ => schema["items"].clone(),
                };
                json!({ "anyOf": [schema, one, { "type": "null" }] })
            }
            kind => {
                schema["type"] = json!([kind, "null"]);
                if let Some(choices) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                    choices.push(Value::Null);
                }
                schema
            }
        };
        member["description"] = json!(self.meaning);
        member
    }
}

/// What some of these names look like with commas between them.
fn some_of(names: &[&str]) -> String {
    let one = names.join("|");
    format!("^(({one})(,({one}))*)?$")
}

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Id => json!({ "type": "string", "minLength": 1 }),
            Self::Any => json!({ "type": "string" }),
            Self::Text(longest) => json!({ "type": "string", "maxLength": longest }),
            Self::Form(pattern) => json!({ "type": "string", "pattern": pattern }),
            Self::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Self::Number(most) => json!({ "type": "number", "minimum": 0, "maximum": most }),
            Self::Truth => json!({ "type": "boolean" }),
            Self::Choice(names) => json!({ "type": "string", "enum": names }),
            Self::Names(names) => {
                json!({ "type": "array", "items": { "type": "string", "enum": names() } })
            }
            Self::Texts(least, most, longest) => {
                let mut schema = json!({ "type": "array", "items": { "type": "string" }, "minItems": least, "maxItems": most });
                if let Some(longest) = longest {
                    schema["items"]["maxLength"] = json!(longest);
                }
                schema
            }
            Self::Different(least, most) => json!({
                "type": "array", "items": { "type": "string" },
                "minItems": least, "maxItems": most, "uniqueItems": true,
            }),
            Self::Forms(pattern) => {
                json!({ "type": "array", "items": { "type": "string", "pattern": pattern() } })
            }
        }
    }
}
