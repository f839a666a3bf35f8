//! Microdata: what an element of a role's schema.org type states beside its text, in the shape that JSON-LD has.
//!
//! What people see of it is read as any other text is; amounts and names often stand in attributes alone.

use super::boilerplate::boilerplate;
use super::described::{Described, name};
use super::element::{Attributes as _, plain_text};
use super::stated;
use scraper::ElementRef;
use scraper::node::Element;
use serde_json::{Map, Value};

/// Properties of a role that name it or are facts; the others are text, which the page shows.
const READ: &[&str] = &[
    "title",
    "name",
    "baseSalary",
    "estimatedSalary",
    "salaryCurrency",
    "hiringOrganization",
    "experienceRequirements",
    "occupationLocation",
];
/// The most properties that are read of one role.
const MOST_PROPERTIES: usize = 200;
/// The longest value, in bytes; what is longer is a text.
const LONGEST_VALUE: usize = 200;

/// Whether an element is described as being of one of these types.
pub(super) fn is_of(element: &Element, types: &[&str]) -> bool {
    element
        .attribute("itemtype")
        .is_some_and(|kinds| kinds.split_whitespace().any(|kind| is_named(kind, types)))
}

fn is_named(kind: &str, types: &[&str]) -> bool {
    types.contains(&kind.rsplit('/').next().unwrap_or(kind))
}

/// A role and what is stated of it. `heading`: the page's title.
pub(super) fn role(element: ElementRef<'_>, heading: Option<ElementRef<'_>>) -> Described {
    let mut reader = Reader { left: MOST_PROPERTIES };
    let mut role = Map::new();
    reader.properties(element, &|name| READ.contains(&name), &mut role);
    let is_around = |inner: ElementRef<'_>| inner.ancestors().any(|part| part.id() == element.id());
    Described {
        is_role: true,
        name: name(&role),
        is_aside: is_aside(element) && !heading.is_some_and(is_around),
        facts: stated::facts(&role),
        ..Described::default()
    }
}

/// Whether an element stands in a part of the site's own, not in the text of the page.
fn is_aside(element: ElementRef<'_>) -> bool {
    let mut parts =
        std::iter::once(*element).chain(element.ancestors()).filter_map(|part| part.value().as_element());
    parts.any(|part| boilerplate(part, false).is_some())
}

struct Reader {
    /// How many properties may still be read.
    left: usize,
}

impl Reader {
    fn properties(
        &mut self,
        element: ElementRef<'_>,
        wanted: &dyn Fn(&str) -> bool,
        into: &mut Map<String, Value>,
    ) {
        for child in element.children().filter_map(ElementRef::wrap) {
            let item = child.value();
            let Some(names) = item.attribute("itemprop") else {
                if item.attribute("itemscope").is_none() {
                    self.properties(child, wanted, into);
                }
                continue;
            };
            let names = names.split_whitespace().filter(|name| wanted(name));
            for name in names {
                if self.left == 0 {
                    return;
                }
                self.left -= 1;
                if let Some(value) = self.value(child) {
                    add(into, name, value);
                }
            }
            if item.attribute("itemscope").is_none() && item.attribute("content").is_none() {
                self.properties(child, wanted, into);
            }
        }
    }

    fn value(&mut self, element: ElementRef<'_>) -> Option<Value> {
        let item = element.value();
        if item.attribute("itemscope").is_some() {
            let mut inner = Map::new();
            self.properties(element, &|_| true, &mut inner);
            return Some(Value::Object(inner));
        }
        let attribute = ["content", "datetime", "value"].into_iter().find_map(|name| item.attribute(name));
        let text = attribute.map_or_else(|| plain_text(element), crate::text::collapse);
        (!text.is_empty() && text.len() <= LONGEST_VALUE).then_some(Value::String(text))
    }
}

/// Adds a property; one that is given twice is a list.
fn add(into: &mut Map<String, Value>, name: &str, value: Value) {
    match into.get_mut(name) {
        None => drop(into.insert(name.to_owned(), value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
