//! What is answered, as clients see it. Fields are only ever added.

use super::histogram::HistogramField;
use crate::model::{FacetField, Label};
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The answer to a [`super::SearchRequest`].
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SearchResponse {
    /// The question as it was understood.
    pub query: QueryEcho,
    /// `exact`, or `estimated`: the totals and the counts of facets and histograms are those of a sample, scaled.
    pub totals: &'static str,
    /// Counted after filters.
    pub total: Total,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// The generation of the index that answered.
    pub generation: u64,
    /// Pages, best first.
    pub hits: Vec<Hit>,
    /// Counts by field.
    pub facets: Facets,
    /// How what pages state is spread, by field.
    pub histograms: Histograms,
    /// What was odd about the request.
    pub warnings: Vec<Warning>,
}

/// The question as it was understood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QueryEcho {
    /// As given.
    pub text: String,
    /// Its parts.
    pub understood: Vec<Understood>,
    /// Codes of the languages it was read in: those of the index, or those that were asked for. Pages whose language
    /// is not known are read as English.
    pub languages: Vec<String>,
    /// `all`, or `some` where before filters a listed page lacks a word.
    pub matched: &'static str,
    /// Words that were taken for more than they are.
    pub relaxed: Vec<Relaxed>,
    /// The question without the slips of the keyboard that it may have.
    pub did_you_mean: Option<String>,
    /// The order of hits: `relevance`, `title`, `pay:asc` …
    pub sort: String,
    /// The filters in force.
    pub filters: Filters,
}

/// A part of the question.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Understood {
    /// As it stands in the question.
    pub text: String,
    /// `word`, `phrase`, `prefix`, the name of a field, `not`, `stop_word` (which was left out) or `topic` (what the question
    /// is after, which need not be there).
    pub kind: &'static str,
    /// Skills that it is a name of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<String>,
    /// The kinds of section that answer it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    /// What it is another name of: found as well, and marked `synonym`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

/// The filters in force, by field.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Filters {
    /// Ids of roles.
    pub role: Vec<String>,
    /// Ids of section kinds.
    pub section: Vec<String>,
    /// Ids of skills.
    pub skill: Vec<String>,
    /// `all` or `any`.
    pub skill_match: &'static str,
    /// Names of sources.
    pub source: Vec<String>,
    /// Codes of languages.
    pub language: Vec<String>,
    /// Ids of levels.
    pub level: Vec<String>,
    /// Ids of degrees.
    pub education: Vec<String>,
    /// Ids of companies.
    pub company: Vec<String>,
    /// The least pay per year.
    pub pay_min: Option<f64>,
    /// The most.
    pub pay_max: Option<f64>,
    /// The currency in which pay is compared, where it is.
    pub currency: Option<String>,
    /// The least experience in years.
    pub experience_min: Option<f64>,
    /// The most.
    pub experience_max: Option<f64>,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Total {
    /// Pages that match.
    pub pages: u64,
    /// Their sections that match.
    pub sections: u64,
    /// Pages that have all the words.
    pub pages_with_all: u64,
}

/// A page that matches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit {
    /// The page's id.
    pub id: String,
    /// The page's title.
    pub title: String,
    /// The role it is about, or null.
    pub role: Option<Label>,
    /// Where people find it, or null.
    pub url: Option<String>,
    /// The source it was read from.
    pub source: String,
    /// Its language as it says, or else as its text tells, or null.
    pub language: Option<String>,
    /// How far up its role stands, or null.
    pub level: Option<Label>,
    /// When it was changed as it says, or null.
    pub modified: Option<String>,
    /// What its role pays per year, from the least to the most that it states; null where it does not. In the currency in
    /// which the answer compares pay where it states it in that.
    pub pay: Option<PaySummary>,
    /// The experience that its role takes, from the least to the most that it states; null where it does not.
    pub experience: Option<ExperienceSummary>,
    /// Higher is better; comparable within one answer, pinned pages aside.
    pub score: f32,
    /// What the score is made of, where that was asked for; the parts add up to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ScorePart>>,
    /// The site's owner wants it first for this question.
    pub pinned: bool,
    /// The words that it lacks, as they stand in the question.
    pub missing: Vec<String>,
    /// Where the title has words of the question.
    pub title_highlights: Vec<Span>,
    /// How many of its sections match, after filters.
    pub sections_total: u64,
    /// The best of them.
    pub sections: Vec<SectionHit>,
    /// How many other pages that pass the filters say the same.
    pub copies_total: u64,
    /// Those of them whose ids come first.
    pub copies: Vec<PageCopy>,
}

/// What a role pays per year.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PaySummary {
    /// ISO 4217.
    pub currency: String,
    /// In units of the currency.
    pub low: f64,
    /// The same; null where it is open above.
    pub high: Option<f64>,
}

/// The experience that a role takes, in years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExperienceSummary {
    /// The least.
    pub low: f64,
    /// The most; null where it is open above.
    pub high: Option<f64>,
}

/// A page that says the same as a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageCopy {
    /// The page's id.
    pub id: String,
    /// Where people find it, or null.
    pub url: Option<String>,
    /// The source it was read from.
    pub source: String,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ScorePart {
    /// `exact_title`, `title`, `text`, `together`, `best_section` or `letters`.
    pub part: &'static str,
    /// The same for people.
    pub text: String,
    /// How much it adds.
    pub score: f32,
}

/// A section that matches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SectionHit {
    /// Its kind.
    pub section: SectionLabel,
    /// The heading nearest above the snippet, or null.
    pub heading: Option<String>,
    /// The headings above the snippet, outermost first.
    pub path: Vec<String>,
    /// The fragment of that heading, or null.
    pub anchor: Option<String>,
    /// Higher is better; comparable within one answer.
    pub score: f32,
    /// The block of the section that the snippet quotes, counted from 0; null where it quotes a heading or nothing.
    pub block: Option<usize>,
    /// What it says.
    pub snippet: Snippet,
    /// The skills it names.
    pub skills: Vec<Label>,
}

/// The kind of a section.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SectionLabel {
    /// Its place in the page's sections, counted from 0.
    pub index: usize,
    /// The facet value.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// Inferred from the content, not read from a heading.
    pub inferred: bool,
}

/// A quote from one block of a section, word for word.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Snippet {
    /// The quote.
    pub text: String,
    /// What matched in it, in order and without overlap.
    pub highlights: Vec<Highlight>,
    /// The quote with `&`, `<` and `>` escaped and `<mark>` around the highlights.
    pub html: String,
}

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Span {
    /// Where it begins, in Unicode code points.
    pub start: usize,
    /// Where it ends, in Unicode code points.
    pub end: usize,
}

/// Something that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Highlight {
    /// Where it begins, in Unicode code points of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The word or phrase of the question.
    pub term: String,
    /// How it matched.
    pub kind: HighlightKind,
}

/// How something matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HighlightKind {
    /// The word itself, in any of its forms.
    Exact,
    /// Another name of what the word names.
    Synonym,
    /// A word that it was taken for, as little was found.
    Typo,
    /// A word that begins so, as little was found.
    Prefix,
}

/// A word of the question that was taken for more than it is, as few pages have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Relaxed {
    /// As it stands in the question.
    pub text: String,
    /// `typo` or `prefix`.
    pub kind: &'static str,
    /// What it was taken for besides.
    pub to: Vec<String>,
}

/// Counts by field, in the order in which they were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets(pub Vec<(FacetField, Vec<FacetValue>)>);

impl Serialize for Facets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (field, values) in &self.0 {
            map.serialize_entry(field.id(), values)?;
        }
        map.end()
    }
}

impl Facets {
    /// The values of a field, if it was asked for.
    pub fn of(&self, field: FacetField) -> Option<&[FacetValue]> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, values)| values.as_slice())
    }
}

/// A value of a facet with what filtering by it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetValue {
    /// To filter by.
    pub id: String,
    /// As people see it.
    pub label: String,
    /// Matching pages.
    pub pages: u64,
    /// Their matching sections that have it.
    pub sections: u64,
    /// The request filters by it.
    pub selected: bool,
}

/// Histograms by field, in the order in which they were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histograms(pub Vec<(HistogramField, Histogram)>);

impl Serialize for Histograms {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, histogram)| (field.id(), histogram)))
    }
}

/// How the pages that pass every filter but this field's own are spread over what they state.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Histogram {
    /// Of pay: its currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// `year`: pay is per year, experience in years.
    pub unit: &'static str,
    /// In order, each beginning where the one before ends; none where no page of the index states it.
    pub buckets: Vec<Bucket>,
    /// Pages that state it.
    pub pages: u64,
    /// Pages that do not.
    pub missing: u64,
}

/// A bucket of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Bucket {
    /// Where it begins.
    pub from: f64,
    /// Where it ends; null of the last.
    pub to: Option<f64>,
    /// Pages that filtering by these bounds would leave.
    pub pages: u64,
}

/// Something odd that did not keep the request from being answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Warning {
    /// For programs.
    pub code: &'static str,
    /// For people.
    pub message: String,
    /// The parameter it is about.
    pub parameter: String,
}

impl Warning {
    pub(super) fn new(code: &'static str, message: impl Into<String>, parameter: &str) -> Self {
        Self { code, message: message.into(), parameter: parameter.to_owned() }
    }
}
