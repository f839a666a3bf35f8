//! What the search page is asked for: the parameters of `/search`, and two that only change what is shown of facets.

use super::super::address::Address;
use crate::http::{Problem, search};
use crate::model::FacetField;
use crate::search::{FacetQuery, HistogramField, SearchRequest};

/// Sections of a hit that are shown at once; the others are unfolded.
pub(super) const SHOWN_SECTIONS: usize = 2;
/// Sections that come with a hit.
const SECTIONS: usize = 8;
/// Values of a facet that are shown at once, and where it is shown whole.
pub(super) const SHOWN_VALUES: usize = 8;
const ALL_VALUES: usize = 200;

/// The columns, in the order in which people narrow.
const FACETS: [FacetField; 8] = [
    FacetField::Section,
    FacetField::Skill,
    FacetField::Role,
    FacetField::Level,
    FacetField::Education,
    FacetField::Company,
    FacetField::Language,
    FacetField::Source,
];

/// What the API takes and the page has its own of.
const OWN: [&str; 5] = ["facets", "facet_limit", "facet_query", "histograms", "explain"];

/// What is asked for.
pub(super) struct Asked {
    /// The address, without what says nothing.
    pub(super) here: Address,
    pub(super) request: SearchRequest,
    /// The facet that is shown whole.
    pub(super) more: Option<FacetField>,
}

impl Asked {
    /// # Errors
    /// All parameters that cannot be used.
    pub(super) fn of(query: Option<&str>) -> Result<Self, Problem> {
        let here = Address::of("/", query).without_all(&OWN);
        let mut api = here.clone();
        let more = api.take("more").iter().find_map(|name| FacetField::from_id(name));
        let finds = FACETS.map(|field| (field, api.take(find(field)).into_iter().next()));
        let mut request = search::read(api.pairs().iter().cloned())?;
        request.facets = FACETS.to_vec();
        request.facet_query = finds
            .into_iter()
            .filter_map(|(field, text)| text.map(|text| FacetQuery { field, text }))
            .collect();
        request.facet_limit = if more.is_some() { ALL_VALUES } else { SHOWN_VALUES + 1 };
        request.histograms = HistogramField::ALL.to_vec();
        if here.one("sections_per_hit").is_none() {
            request.sections_per_hit = SECTIONS;
        }
        request.validate().map_err(Problem::invalid)?;
        Ok(Self { here, request, more })
    }

    /// The address of the first page of results.
    pub(super) fn first(&self) -> Address {
        self.here.clone().without_all(&["offset"])
    }

    /// The text that is searched for in a facet.
    pub(super) fn find(&self, field: FacetField) -> &str {
        self.here.one(find(field)).unwrap_or_default()
    }

    /// Whether anything narrows the answer besides the question.
    pub(super) fn is_filtered(&self) -> bool {
        let request = &self.request;
        let bounds = [request.pay.0, request.pay.1, request.experience.0, request.experience.1];
        FACETS.iter().any(|field| !request.filter(*field).is_empty()) || bounds.iter().any(Option::is_some)
    }

    /// Without what narrows the answer besides the question.
    pub(super) fn unfiltered(&self) -> Address {
        let fields = FACETS.map(FacetField::id);
        self.first().without_all(&fields).without_all(&BOUNDS)
    }
}

/// The parameters of ranges.
pub(super) const BOUNDS: [&str; 4] = ["pay_min", "pay_max", "experience_min", "experience_max"];

/// The parameter that searches within a facet.
pub(super) const fn find(field: FacetField) -> &'static str {
    match field {
        FacetField::Role => "find_role",
        FacetField::Section => "find_section",
        FacetField::Skill => "find_skill",
        FacetField::Source => "find_source",
        FacetField::Language => "find_language",
        FacetField::Level => "find_level",
        FacetField::Education => "find_education",
        FacetField::Company => "find_company",
    }
}
