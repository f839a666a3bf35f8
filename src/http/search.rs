//! `GET /search` and `POST /search`: the same parameters, as a query string or as JSON.

use super::asked::Asked;
use super::paging::Part;
use super::results::Kept;
use super::{AppState, Problem};
use crate::model::FacetField;
use crate::search::{
    FURTHEST_OFFSET, HistogramField, Invalid, SearchRequest, SearchResponse, SkillMatch, Sort, Totals,
};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::de::{Deserialize, Deserializer, MapAccess};
use serde_json::Value;
use std::fmt;

/// How many bytes most answers have at the most.
const TYPICAL: usize = 32 << 10;

pub(super) async fn by_query(State(state): State<AppState>, uri: Uri) -> Result<Response, Problem> {
    let query = uri.query().unwrap_or_default();
    let version = state.searcher.version();
    if let Some(kept) = state.results.as_ref().and_then(|results| results.get(&version, query)) {
        return Ok(response(&uri, kept));
    }
    let pairs =
        form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned()));
    let request = read(pairs)?;
    let (offset, limit) = (request.offset, request.limit);
    let (body, asked) = answer(&state, request).await?;
    let part = Part { offset, limit, total: asked.pages, furthest: FURTHEST_OFFSET };
    let kept = Kept { body, part, asked };
    // Another generation may have come in between.
    if let Some(results) = state.results.filter(|_| state.searcher.version() == version) {
        results.keep(&version, query, kept.clone());
    }
    Ok(response(&uri, kept))
}

fn response(uri: &Uri, Kept { body, part, asked }: Kept) -> Response {
    asked.mark(part.linked(uri, json(body)))
}

fn json(body: Bytes) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], body)
}

pub(super) async fn by_body(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|rejection| Problem::new(rejection.status(), rejection.body_text()))?;
    if let Some((name, value)) = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).next() {
        let reason = "stands in the address; a POST takes its parameters in the body".to_owned();
        return Err(Problem::invalid(vec![Invalid {
            parameter: name.into_owned(),
            value: value.into_owned(),
            reason,
        }]));
    }
    let Members(object) = serde_json::from_slice(&body).map_err(|error| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            format!("the body must be a JSON object of parameters: {error}"),
        )
    })?;
    let mut pairs = Vec::new();
    let mut invalid = Vec::new();
    for (name, value) in object {
        if let Err(reason) = flatten(&name, &value, &mut pairs) {
            invalid.push(Invalid { parameter: name, value: value.to_string(), reason });
        }
    }
    if invalid.is_empty() {
        let (body, asked) = answer(&state, read(pairs.into_iter())?).await?;
        Ok(asked.mark(json(body).into_response()))
    } else {
        Err(Problem::invalid(invalid))
    }
}

async fn answer(state: &AppState, mut request: SearchRequest) -> Result<(Bytes, Asked), Problem> {
    let answer = state.answer(move |searcher, deadline| {
        request.deadline = Some(deadline);
        let answer = searcher.search(&request)?;
        Ok((written(&answer), Asked::of(&request, answer.total.pages)))
    });
    let Json((written, asked)) = answer.await?;
    Ok((written.map_err(|error| Problem::internal(&error))?, asked))
}

/// The answer as JSON, written where it was worked out and into room that most need no more than.
fn written(answer: &SearchResponse) -> serde_json::Result<Bytes> {
    let mut body = Vec::with_capacity(TYPICAL);
    serde_json::to_writer(&mut body, answer)?;
    Ok(body.into())
}

/// The members of a JSON object as they stand, so that one given twice is seen.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// The parameters that are numbers, which a JSON object has as such.
const WHOLE_NUMBERS: [&str; 4] = ["limit", "offset", "sections_per_hit", "facet_limit"];
const AMOUNTS: [&str; 4] = ["pay_min", "pay_max", "experience_min", "experience_max"];

/// A JSON value as the text that a query string would have: lists repeat their parameter.
fn flatten(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) -> Result<(), String> {
    let list = FacetField::from_id(name).is_some() || matches!(name, "facets" | "facet_query" | "histograms");
    let (is_whole, is_amount) = (WHOLE_NUMBERS.contains(&name), AMOUNTS.contains(&name));
    match value {
        Value::Null => {}
        // 10.0 is a whole number, too (JSON Schema, 6.1.1).
        Value::Number(number) if is_whole => {
            let whole = number.as_f64().filter(|_| number.is_f64()).filter(|number| number.fract() == 0.0);
            let text = whole.map_or_else(|| number.to_string(), |whole| format!("{whole:.0}"));
            pairs.push((name.to_owned(), text));
        }
        Value::Number(number) if is_amount => pairs.push((name.to_owned(), number.to_string())),
        _ if is_whole || is_amount => return Err("must be a number".to_owned()),
        Value::Bool(truth) if name == "explain" => pairs.push((name.to_owned(), truth.to_string())),
        _ if name == "explain" => return Err("must be true or false".to_owned()),
        Value::String(text) => pairs.push((name.to_owned(), text.clone())),
        Value::Array(values) if list => {
            if values.is_empty() && name == "facets" {
                pairs.push((name.to_owned(), String::new()));
            }
            for value in values {
                let text = value.as_str().ok_or("must be a list of texts")?;
                pairs.push((name.to_owned(), text.to_owned()));
            }
        }
        _ if list => return Err("must be a text or a list of texts".to_owned()),
        _ => return Err("must be a text".to_owned()),
    }
    Ok(())
}

/// The parameters that are no filter by a facet.
const PARAMETERS: &str = "q, skill_match, pay_min, pay_max, currency, experience_min, experience_max, sort, limit, offset, \
    sections_per_hit, facets, facet_query, facet_limit, histograms, totals \
    and explain";

/// The request that the parameters make.
pub(super) fn read(pairs: impl Iterator<Item = (String, String)>) -> Result<SearchRequest, Problem> {
    let mut request = SearchRequest::default();
    let mut invalid = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut facets: Option<Vec<FacetField>> = None;
    for (name, value) in pairs {
        let read = if let Some(field) = FacetField::from_id(&name) {
            request.filter_mut(field).push(value.clone());
            Ok(())
        } else if name == "facets" {
            let known = |name: &str| {
                let field = FacetField::from_id(name);
                field.ok_or_else(|| format!("{name:?} is no facet; there are {}", FacetField::names()))
            };
            read_names(&value, facets.get_or_insert_default(), known)
        } else if name == "facet_query" {
            value.parse().map(|query| request.facet_query.push(query))
        } else if name == "histograms" {
            let known = |name: &str| {
                let field = HistogramField::from_id(name);
                field
                    .ok_or_else(|| format!("there is no histogram of {name:?}; there are pay and experience"))
            };
            read_names(&value, &mut request.histograms, known)
        } else if seen.contains(&name) {
            Err("is given twice; it takes one value".to_owned())
        } else {
            seen.push(name.clone());
            match name.as_str() {
                "q" => {
                    request.q.clone_from(&value);
                    Ok(())
                }
                "limit" => number(&value).map(|number| request.limit = number),
                "offset" => number(&value).map(|number| request.offset = number),
                "sections_per_hit" => number(&value).map(|number| request.sections_per_hit = number),
                "facet_limit" => number(&value).map(|number| request.facet_limit = number),
                "pay_min" => amount(&value).map(|amount| request.pay.0 = Some(amount)),
                "pay_max" => amount(&value).map(|amount| request.pay.1 = Some(amount)),
                "experience_min" => amount(&value).map(|years| request.experience.0 = Some(years)),
                "experience_max" => amount(&value).map(|years| request.experience.1 = Some(years)),
                "explain" => match value.as_str() {
                    "true" => {
                        request.explain = true;
                        Ok(())
                    }
                    "false" => Ok(()),
                    _ => Err("must be true or false".to_owned()),
                },
                "currency" => {
                    request.currency = Some(value.clone());
                    Ok(())
                }
                "sort" => match Sort::from_id(&value) {
                    Some(sort) => {
                        request.sort = sort;
                        Ok(())
                    }
                    None => Err(format!("must be {}", Sort::NAMES)),
                },
                "skill_match" => match SkillMatch::from_id(&value) {
                    Some(skill_match) => {
                        request.skill_match = skill_match;
                        Ok(())
                    }
                    None => Err("must be all or any".to_owned()),
                },
                "totals" => match Totals::from_id(&value) {
                    Some(totals) => {
                        request.totals = totals;
                        Ok(())
                    }
                    None => Err("must be exact or estimated".to_owned()),
                },
                _ => Err(format!("is no parameter; there are {}, {}", FacetField::names(), PARAMETERS)),
            }
        };
        if let Err(reason) = read {
            invalid.push(Invalid { parameter: name, value, reason });
        }
    }
    request.facets = facets.unwrap_or(request.facets);
    if let Err(errors) = request.validate() {
        invalid.extend(
            errors
                .into_iter()
                .filter(|error| invalid.iter().all(|known| known.parameter != error.parameter))
                .collect::<Vec<_>>(),
        );
    }
    if invalid.is_empty() { Ok(request) } else { Err(Problem::invalid(invalid)) }
}

fn amount(value: &str) -> Result<f64, String> {
    value.parse().map_err(|_| "must be a number".to_owned())
}

fn number(value: &str) -> Result<usize, String> {
    value.parse().map_err(|_| "must be a whole number".to_owned())
}

/// Names of fields separated by commas; each once, in the order given.
fn read_names<T: PartialEq>(
    value: &str,
    fields: &mut Vec<T>,
    known: impl Fn(&str) -> Result<T, String>,
) -> Result<(), String> {
    for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let field = known(name)?;
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    Ok(())
}
