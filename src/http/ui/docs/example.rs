//! Requests to try: the examples of the document, over pages that this index has.

use super::Operation;
use crate::http::AppState;
use crate::http::openapi::EXAMPLES;
use crate::http::origin::Origin;
use crate::model::FacetField;
use crate::search::SearchRequest;
use serde_json::Value;

/// What stands for the ids that the document's examples have: two pages and a skill.
pub(super) struct Examples([Option<String>; 3]);

impl Examples {
    /// Of the index; none where it has none.
    pub(super) async fn of(state: &AppState) -> Self {
        let request =
            SearchRequest { limit: 2, facets: vec![FacetField::Skill], facet_limit: 1, ..Default::default() };
        let found = state.answer(move |searcher, deadline| {
            searcher.search(&SearchRequest { deadline: Some(deadline), ..request })
        });
        let Ok(found) = found.await else { return Self([None, None, None]) };
        let mut pages = found.hits.iter().map(|hit| hit.id.clone());
        let skills = found.facets.of(FacetField::Skill);
        let skill = skills.and_then(|skills| skills.first()).map(|skill| skill.id.clone());
        Self([pages.next(), pages.next(), skill])
    }

    /// An example of the document, in this index.
    fn here<'a>(&'a self, example: &'a str) -> &'a str {
        let place = EXAMPLES.iter().position(|known| *known == example);
        place.and_then(|place| self.0[place].as_deref()).unwrap_or(example)
    }
}

/// A request on the command line, and the address that opens it where a link can: not where it always takes a key.
pub(super) fn request(operation: &Operation, examples: &Examples, base: &Origin) -> (String, Option<String>) {
    let body = &operation.described["requestBody"]["content"]["application/json"]["example"];
    if !body.is_null() {
        let path = operation.path;
        let curl = format!("curl '{base}{path}' -H 'Content-Type: application/json' \\\n  -d '{body}'");
        return (curl, None);
    }
    let takes_key = operation.described["security"].as_array().is_some_and(|ways| ways.len() == 1);
    let mut path = operation.path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for parameter in operation.described["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        match &parameter["example"] {
            Value::String(one) if parameter["in"] == "path" => {
                path = path.replace(&format!("{{{name}}}"), examples.here(one));
            }
            Value::String(one) => {
                query.append_pair(name, examples.here(one));
            }
            Value::Array(several) => {
                query.extend_pairs(
                    several.iter().filter_map(Value::as_str).map(|one| (name, examples.here(one))),
                );
            }
            _ => {}
        }
    }
    // An id may hold `~`, which needs no escape in an address (RFC 3986, 2.3).
    let query = query.finish().replace("%7E", "~");
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    let method = if operation.method == "post" { "-X POST " } else { "" };
    if takes_key {
        return (format!("curl {method}'{base}{address}' -H 'Authorization: Bearer KEY'"), None);
    }
    (format!("curl '{base}{address}'"), Some(address))
}
