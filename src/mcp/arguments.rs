//! The arguments of a tool: what is wrong with them is said of each by its name, for the model that wrote them.

use crate::search::Invalid;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::{Map, Value};

/// How much is repeated of a value that cannot be used.
const LONGEST_ECHO: usize = 100;

/// Reads arguments, none of which the type requires: what must be there, the tool says.
pub(super) fn read<T: DeserializeOwned>(arguments: Map<String, Value>) -> Result<T, Vec<Invalid>> {
    // An argument that is null is one that was not given.
    let given: Map<_, _> = arguments.into_iter().filter(|(_, value)| !value.is_null()).collect();
    let whole = match T::deserialize(Value::Object(given.clone())) {
        Ok(whole) => return Ok(whole),
        Err(error) => error,
    };
    // What is wrong with one is wrong with it alone, too.
    let mut invalid: Vec<Invalid> = Vec::new();
    for (name, value) in given {
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        if let Err(error) = T::deserialize(Value::Object(alone)) {
            invalid.push(refused(&name, &value.to_string(), error.to_string()));
        }
    }
    if invalid.is_empty() {
        invalid.push(refused("arguments", "", whole.to_string()));
    }
    Err(invalid)
}

/// An argument that cannot be used.
pub(super) fn refused(name: &str, value: &str, reason: impl Into<String>) -> Invalid {
    let value = super::view::clipped(value, LONGEST_ECHO);
    Invalid { parameter: super::view::clipped(name, LONGEST_ECHO), value, reason: reason.into() }
}

/// A number within bounds.
pub(super) fn within(name: &str, value: usize, least: usize, most: usize) -> Option<Invalid> {
    let reason = || format!("must be a whole number from {least} to {most}");
    (!(least..=most).contains(&value)).then(|| refused(name, &value.to_string(), reason()))
}

/// A list of texts; a text alone is a list of one.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged, expecting = "must be a list of texts")]
    enum Texts {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Texts::deserialize(deserializer)? {
        Texts::One(text) => vec![text],
        Texts::Many(texts) => texts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Some {
        #[serde(deserialize_with = "texts")]
        names: Vec<String>,
        limit: usize,
    }

    fn read(value: Value) -> Result<Some, Vec<String>> {
        let Value::Object(object) = value else { panic!("an object") };
        super::read(object).map_err(|invalid| invalid.into_iter().map(|one| one.parameter).collect())
    }

    #[test]
    fn lists_may_be_given_as_one_and_null_is_nothing() {
        let one = Some { names: vec!["a".to_owned()], limit: 3 };
        assert_eq!(read(json!({ "names": "a", "limit": 3 })), Ok(one));
        assert_eq!(read(json!({ "names": null, "limit": null })), Ok(Some::default()));
    }

    #[test]
    fn every_argument_that_cannot_be_used_is_named() {
        let wrong = json!({ "names": [1], "limit": -1, "colour": "red" });
        assert_eq!(read(wrong), Err(vec!["colour".to_owned(), "limit".to_owned(), "names".to_owned()]));
    }
}
