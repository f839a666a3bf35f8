//! The parameters of a request as its handler takes them one by one; all that is wrong with them is said at once.

use super::Problem;
use crate::search::{Invalid, Listing, SearchError};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;

/// The parameters of a query string.
pub(super) struct Params {
    /// Those that were not taken yet.
    pairs: Vec<(String, String)>,
    /// The names of those that there are.
    known: Vec<&'static str>,
    invalid: Vec<Invalid>,
}

impl Params {
    pub(super) fn of(query: Option<String>) -> Self {
        let query = query.unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { pairs, known: Vec::new(), invalid: Vec::new() }
    }

    /// The values of a parameter that may be repeated.
    pub(super) fn every(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        self.pairs.extract_if(.., |(known, _)| known == name).map(|(_, value)| value).collect()
    }

    /// The value of a parameter that takes one.
    pub(super) fn one(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.every(name).into_iter();
        let first = values.next();
        values.for_each(|value| self.wrong(name, value, "is given twice; it takes one value"));
        first
    }

    /// The value of a parameter that takes a whole number.
    pub(super) fn number(&mut self, name: &'static str, default: usize) -> usize {
        self.read(name, "must be a whole number", |value| value.parse().ok()).unwrap_or(default)
    }

    /// The value of a parameter as something makes sense of it.
    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        reason: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.one(name)?;
        let read = read(&value);
        if read.is_none() {
            self.wrong(name, value, reason);
        }
        read
    }

    fn wrong(&mut self, name: &str, value: String, reason: &str) {
        self.invalid.push(Invalid { parameter: name.to_owned(), value, reason: reason.to_owned() });
    }

    /// All parameters were taken: what is left is none.
    pub(super) fn end(mut self) -> Result<(), Problem> {
        let reason = match self.known.split_last() {
            None => "is no parameter; there are none".to_owned(),
            Some((last, [])) => format!("is no parameter; there is {last}"),
            Some((last, others)) => format!("is no parameter; there are {} and {last}", others.join(", ")),
        };
        for (name, value) in std::mem::take(&mut self.pairs) {
            self.wrong(&name, value, &reason);
        }
        if self.invalid.is_empty() { Ok(()) } else { Err(SearchError::Invalid(self.invalid).into()) }
    }
}

/// How many names of a list are shown where nothing else is asked for.
pub(super) const LISTED: usize = 50;

/// The parameters of a list of names.
pub(super) fn listing(params: &mut Params) -> Listing {
    Listing {
        q: params.one("q").unwrap_or_default(),
        letter: params.one("letter"),
        limit: params.number("limit", LISTED),
        offset: params.number("offset", 0),
    }
}

/// The id in the path of a request.
pub(super) fn id(path: Result<Path<String>, PathRejection>) -> Result<String, Problem> {
    let Path(id) = path.map_err(|rejection| Problem::new(rejection.status(), rejection.body_text()))?;
    Ok(id)
}
