//! A search within the values of a facet: which are named so.

use super::beginning::Beginning;
use crate::index::Dictionary;
use crate::model::FacetField;
use crate::text::{fold, words};
use std::str::FromStr;

/// What the values of a facet that are listed are to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetQuery {
    /// The facet.
    pub field: FacetField,
    /// How a word of the value's label or id begins.
    pub text: String,
}

impl FromStr for FacetQuery {
    type Err = String;

    /// `skill:kube`
    fn from_str(written: &str) -> Result<Self, String> {
        let (name, text) = written
            .split_once(':')
            .ok_or("must be the name of a facet, a colon and a text, such as skill:kube")?;
        let field = FacetField::from_id(name)
            .ok_or_else(|| format!("{name:?} is no facet; there are {}", FacetField::names()))?;
        Ok(Self { field, text: text.to_owned() })
    }
}

/// For each value of a facet whether it is named so: a word of its label or id begins with the text; where no value's
/// does, with one slip.
pub(super) fn named(text: &str, values: &Dictionary) -> Vec<bool> {
    let Some(beginning) = Beginning::new(text) else { return vec![true; values.len()] };
    let having = |is_so: &dyn Fn(&str) -> bool| -> Vec<bool> {
        let is_named = |name: &str| {
            let mut starts = words(name).filter(|word| word.folded.starts_with(beginning.first));
            starts.any(|word| is_so(&fold(&name[word.start..])))
        };
        let ordinals = (0..).take(values.len());
        ordinals.map(|value| is_named(values.label(value)) || is_named(values.id(value))).collect()
    };
    let exact = having(&|name| beginning.begins(name));
    if exact.contains(&true) || !beginning.may_slip() {
        return exact;
    }
    having(&|name| beginning.nearly_begins(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_query_is_a_facet_and_a_text() {
        let query = |field, text: &str| Ok(FacetQuery { field, text: text.to_owned() });
        assert_eq!("skill:kube".parse(), query(FacetField::Skill, "kube"));
        assert_eq!("company:a: b".parse(), query(FacetField::Company, "a: b"));
        assert_eq!("role:".parse(), query(FacetField::Role, ""));
        assert!("kube".parse::<FacetQuery>().is_err() && "pay:9".parse::<FacetQuery>().is_err());
    }
}
