//! The data in a page's scripts, so much of it: a value takes up to thirty times the memory of its text.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;

/// The most memory that the values of one script may take, in bytes.
const MOST: usize = 48 << 20;
/// What a value takes, what a place in an object takes, and what the smallest object does.
const VALUE: usize = size_of::<Value>();
const ENTRY: usize = size_of::<String>() + VALUE;
const OBJECT: usize = 12 * ENTRY;

/// The value that a script holds; what is beyond the bound is left out, and so it is said.
pub(super) fn value(json: &str) -> Option<(Value, bool)> {
    let budget = Budget { left: Cell::new(MOST), spent: Cell::new(false) };
    let mut deserializer = serde_json::Deserializer::from_str(json.trim());
    let value = Bounded(&budget).deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some((value, budget.spent.get()))
}

struct Budget {
    left: Cell<usize>,
    spent: Cell<bool>,
}

impl Budget {
    /// Whether there was so much left.
    fn take(&self, bytes: usize) -> bool {
        match self.left.get().checked_sub(bytes) {
            Some(left) => self.left.set(left),
            None => self.spent.set(true),
        }
        !self.spent.get()
    }
}

/// Reads a value as long as there is room for it; of lists and objects the first entries.
struct Bounded<'b>(&'b Budget);

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(if self.0.take(text.len()) { Value::from(text) } else { Value::Null })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        // A growing list holds up to twice what is in it, and its old place while it moves.
        while self.0.take(3 * VALUE) {
            let Some(value) = list.next_element_seed(Bounded(self.0))? else {
                return Ok(Value::Array(values));
            };
            values.push(value);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        let mut room = self.0.take(OBJECT);
        while room {
            let Some(key) = object.next_key::<String>()? else { return Ok(Value::Object(values)) };
            room = self.0.take(2 * ENTRY + key.len());
            values.insert(key, object.next_value_seed(Bounded(self.0))?);
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Object(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_room_for_is_read_as_it_is() {
        let json = r#" {"a": [1, -2, 0.5, true, null, "x"], "b": {"": {}}, "c": []} "#;
        assert_eq!(value(json), Some((serde_json::from_str(json).expect("JSON"), false)));
        for broken in ["", "{", "[1,]", "{} x"] {
            assert_eq!(value(broken), None, "{broken}");
        }
    }

    #[test]
    fn of_too_much_the_beginning_is_read() {
        for piece in ["{\"\":0}", "[0]", "0", "{\"a\":{\"b\":[{}]}}"] {
            let json = format!(
                "{{\"first\":1,\"second\":[{piece}{}]}}",
                format!(",{piece}").repeat((4 << 20) / piece.len())
            );
            let (read, cut) = value(&json).expect("a value");
            assert_eq!(read["first"], 1);
            let kept = read["second"].as_array().map_or(0, Vec::len);
            assert!(cut && kept > 10_000 && kept * piece.len() < 4 << 20, "{piece}: {kept}");
        }
    }
}
