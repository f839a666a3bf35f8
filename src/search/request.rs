//! What can be asked, and within which limits.

use super::beginning::LONGEST_BEGINNING;
use super::facet_query::FacetQuery;
use super::histogram::HistogramField;
use super::sort::{Sort, SortBy};
use crate::model::FacetField;
use std::fmt;
use std::time::Instant;

/// The longest question, in bytes, and the most words of one.
pub const LONGEST_QUERY: (usize, usize) = (512, 64);
/// The most hits of an answer.
pub const MOST_HITS: usize = 100;
/// The furthest offset.
pub const FURTHEST_OFFSET: usize = 10_000;
/// The most sections shown of a hit.
pub const MOST_SECTIONS: usize = 100;
/// The most values of a facet.
pub const MOST_FACET_VALUES: usize = 10_000;
/// The highest bound of pay per year.
pub const HIGHEST_PAY: f64 = 1e12;
/// The highest bound of experience in years.
pub const LONGEST_EXPERIENCE: f64 = 100.0;
/// The most values of one filter.
pub const MOST_FILTER_VALUES: usize = 100;

/// A question with its filters and what of the answer is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// A question: words, "phrases", -word, OR, parentheses, prefix* and fields; none lists everything.
    pub q: String,
    /// Ids of roles; a page has either.
    pub role: Vec<String>,
    /// Ids of section kinds; a section is of either.
    pub section: Vec<String>,
    /// Ids of skills; a page has all, or any ([`SkillMatch`]).
    pub skill: Vec<String>,
    /// Names of sources; a page is of either.
    pub source: Vec<String>,
    /// Codes of languages; a page is in either, and the question is read in these alone.
    pub language: Vec<String>,
    /// Ids of levels; a page's role is of either.
    pub level: Vec<String>,
    /// Ids of degrees; a page names either.
    pub education: Vec<String>,
    /// Ids of companies; a page names either.
    pub company: Vec<String>,
    /// The least and the most that a role should pay per year, in units of the currency.
    pub pay: (Option<f64>, Option<f64>),
    /// The currency of `pay`, ISO 4217; that in which most pages of the index state pay where none is given.
    pub currency: Option<String>,
    /// The least and the most experience that a role should take, in years.
    pub experience: (Option<f64>, Option<f64>),
    /// Whether several skills mean all of them.
    pub skill_match: SkillMatch,
    /// The order of hits.
    pub sort: Sort,
    /// Hits wanted, 0 to [`MOST_HITS`].
    pub limit: usize,
    /// Hits passed over, up to [`FURTHEST_OFFSET`].
    pub offset: usize,
    /// Sections shown of each hit, 1 to [`MOST_SECTIONS`].
    pub sections_per_hit: usize,
    /// Facets wanted.
    pub facets: Vec<FacetField>,
    /// Searches within facets, at most one for each; what they search is counted too.
    pub facet_query: Vec<FacetQuery>,
    /// Values of each facet, 0 to [`MOST_FACET_VALUES`].
    pub facet_limit: usize,
    /// Histograms wanted.
    pub histograms: Vec<HistogramField>,
    /// How exact counts are to be.
    pub totals: Totals,
    /// Of about how many pages they are where they are estimated, 1 or more.
    pub sample: usize,
    /// Whether each hit says what its score is made of.
    pub explain: bool,
    /// When the answer is of no use any more.
    pub deadline: Option<Instant>,
}

/// What several skills mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkillMatch {
    /// A page has all of them.
    #[default]
    All,
    /// A page has one of them.
    Any,
}

/// How totals and the counts of facets and histograms are come by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    /// All that matches is counted.
    #[default]
    Exact,
    /// Where much matches in a large index, a sample of its pages is counted. The same pages are listed.
    Estimated,
}

/// A parameter that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Its name.
    pub parameter: String,
    /// As given.
    pub value: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {:?}: {}", self.parameter, self.value, self.reason)
    }
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            q: String::new(),
            role: Vec::new(),
            section: Vec::new(),
            skill: Vec::new(),
            source: Vec::new(),
            language: Vec::new(),
            level: Vec::new(),
            education: Vec::new(),
            company: Vec::new(),
            pay: (None, None),
            currency: None,
            experience: (None, None),
            skill_match: SkillMatch::All,
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            sections_per_hit: 3,
            facets: FacetField::DEFAULT.to_vec(),
            facet_query: Vec::new(),
            facet_limit: 20,
            histograms: Vec::new(),
            totals: Totals::Exact,
            sample: 32_768,
            explain: false,
            deadline: None,
        }
    }
}

impl SkillMatch {
    /// `all` or `any`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }

    /// The meaning with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::All, Self::Any].into_iter().find(|skill_match| skill_match.id() == id)
    }
}

impl Totals {
    /// `exact` or `estimated`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Estimated => "estimated",
        }
    }

    /// The one with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Exact, Self::Estimated].into_iter().find(|totals| totals.id() == id)
    }
}

impl SearchRequest {
    /// The values of a filter.
    pub fn filter(&self, field: FacetField) -> &[String] {
        match field {
            FacetField::Role => &self.role,
            FacetField::Section => &self.section,
            FacetField::Skill => &self.skill,
            FacetField::Source => &self.source,
            FacetField::Language => &self.language,
            FacetField::Level => &self.level,
            FacetField::Education => &self.education,
            FacetField::Company => &self.company,
        }
    }

    /// The values of a filter, to add to.
    pub fn filter_mut(&mut self, field: FacetField) -> &mut Vec<String> {
        match field {
            FacetField::Role => &mut self.role,
            FacetField::Section => &mut self.section,
            FacetField::Skill => &mut self.skill,
            FacetField::Source => &mut self.source,
            FacetField::Language => &mut self.language,
            FacetField::Level => &mut self.level,
            FacetField::Education => &mut self.education,
            FacetField::Company => &mut self.company,
        }
    }

    /// The facets that are counted: those that are wanted, then those that are searched.
    pub(super) fn counted(&self) -> Vec<FacetField> {
        let mut counted = self.facets.clone();
        counted.extend(
            self.facet_query.iter().map(|query| query.field).filter(|field| !self.facets.contains(field)),
        );
        counted
    }

    /// What the values of a facet that are listed are to be named.
    pub(super) fn facet_query_of(&self, field: FacetField) -> Option<&str> {
        self.facet_query.iter().find(|query| query.field == field).map(|query| query.text.as_str())
    }

    /// Whether pay is compared, and so in one currency.
    pub(super) fn compares_pay(&self) -> bool {
        self.pay.0.is_some()
            || self.pay.1.is_some()
            || self.sort.by == SortBy::Pay
            || self.histograms.contains(&HistogramField::Pay)
    }

    /// Everything that is out of its limits.
    ///
    /// # Errors
    /// One [`Invalid`] for each parameter that cannot be used.
    pub fn validate(&self) -> Result<(), Vec<Invalid>> {
        let mut invalid = Vec::new();
        let mut within = |parameter: &str, value: usize, least: usize, most: usize| {
            if !(least..=most).contains(&value) {
                let reason = format!("must be a whole number from {least} to {most}");
                invalid.push(Invalid { parameter: parameter.to_owned(), value: value.to_string(), reason });
            }
        };
        within("limit", self.limit, 0, MOST_HITS);
        within("offset", self.offset, 0, FURTHEST_OFFSET);
        within("sections_per_hit", self.sections_per_hit, 1, MOST_SECTIONS);
        within("facet_limit", self.facet_limit, 0, MOST_FACET_VALUES);
        let (bytes, words) = LONGEST_QUERY;
        if self.q.len() > bytes {
            let reason = format!("is {} bytes long; at most {bytes} are read", self.q.len());
            let value = self.q[..self.q.floor_char_boundary(64)].to_owned() + "…";
            invalid.push(Invalid { parameter: "q".to_owned(), value, reason });
        } else if self.q.split_whitespace().count() > words {
            let reason = format!("has more than {words} words");
            invalid.push(Invalid { parameter: "q".to_owned(), value: self.q.clone(), reason });
        }
        for (name, (low, high), most) in
            [("pay", self.pay, HIGHEST_PAY), ("experience", self.experience, LONGEST_EXPERIENCE)]
        {
            for (bound, value) in [("min", low), ("max", high)] {
                if let Some(value) = value.filter(|value| !(0.0..=most).contains(value)) {
                    let reason = format!("must be a number from 0 to {most}");
                    let parameter = format!("{name}_{bound}");
                    invalid.push(Invalid { parameter, value: value.to_string(), reason });
                }
            }
            if let (Some(low), Some(high)) = (low, high)
                && low > high
            {
                let reason = format!("must be no less than {name}_min, which is {low}");
                invalid.push(Invalid { parameter: format!("{name}_max"), value: high.to_string(), reason });
            }
        }
        if let Some(currency) = &self.currency
            && !(currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_alphabetic()))
        {
            let reason = "must be a currency by its three letters, such as USD".to_owned();
            let value = currency.chars().take(64).collect();
            invalid.push(Invalid { parameter: "currency".to_owned(), value, reason });
        }
        for field in FacetField::ALL {
            let values = self.filter(field);
            if values.len() > MOST_FILTER_VALUES {
                let reason = format!("at most {MOST_FILTER_VALUES} values are taken");
                invalid.push(Invalid {
                    parameter: field.id().to_owned(),
                    value: values.len().to_string(),
                    reason,
                });
            }
        }
        for (index, FacetQuery { field, text }) in self.facet_query.iter().enumerate() {
            let mut refuse = |value: &str, reason: String| {
                let value = format!("{}:{value}", field.id());
                invalid.push(Invalid { parameter: "facet_query".to_owned(), value, reason });
            };
            if text.len() > LONGEST_BEGINNING {
                let value = text[..text.floor_char_boundary(64)].to_owned() + "…";
                refuse(
                    &value,
                    format!("is {} bytes long; at most {LONGEST_BEGINNING} are taken", text.len()),
                );
            } else if self.facet_query[..index].iter().any(|before| before.field == *field) {
                refuse(text, format!("searches {} twice", field.id()));
            }
        }
        if invalid.is_empty() { Ok(()) } else { Err(invalid) }
    }
}
