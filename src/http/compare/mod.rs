//! `GET /compare`: two to five pages side by side, as JSON or as a table for spreadsheets.

mod csv;

use super::facts::{EducationView, ExperienceView, PayView};
use super::params::Params;
use super::place::{PageHead, PlaceView, QuoteView};
use super::{AppState, Problem};
use crate::model::{Evidence, Label, Page, Section, Skill, Strength};
use crate::search::{Asked, Comparison, Outline, PaySpan, Row, facts};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

pub use csv::comparison_csv;

/// Pages side by side; `compare --json` prints the same. Every list of `cells` has one for each page, in their order,
/// null where a page has none.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompareView {
    /// The pages, in the order in which they were asked for.
    pages: Vec<PageHead>,
    /// The skills that they name.
    skills: Shared<RowView<Skill, SkillCell>>,
    /// What they say of pay.
    pay: PayRow,
    /// What they say of experience.
    experience: FactRow<ExperienceView>,
    /// What they say of education.
    education: FactRow<EducationView>,
    /// Where each page names them first.
    companies: Shared<RowView<Label, QuoteView>>,
    /// By kind, those that most pages have first.
    sections: Vec<RowView<Label, Vec<OutlineCell>>>,
    /// The generation of the index that answered.
    generation: u64,
}

/// What pages have in common and apart, what is asked for most first.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Shared<R> {
    /// All pages have it.
    in_all: Vec<R>,
    /// Two have it at least, and not all.
    in_some: Vec<R>,
    /// One page has it, page by page.
    in_one: Vec<R>,
}

/// What pages have, and each of them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RowView<N, C> {
    /// `id`, `label`, and of a skill its `kind`.
    #[serde(flatten)]
    name: N,
    /// One for each page, null where it has none.
    cells: Vec<Option<C>>,
}

/// How a page asks for a skill: where it does so most.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SkillCell {
    /// How much it is asked for there.
    strength: Strength,
    /// How many of its sections name it.
    sections: u32,
    /// How often they do.
    mentions: u32,
    #[serde(flatten)]
    quote: QuoteView,
}

/// What pages say of pay.
#[derive(Debug, Serialize, JsonSchema)]
struct PayRow {
    /// In which `per_year` is where a page states pay in it: that of most of the pages, null where no two share one.
    currency: Option<String>,
    /// One for each page.
    cells: Vec<PayCell>,
}

/// What a page says of pay.
#[derive(Debug, Serialize, JsonSchema)]
struct PayCell {
    /// From the least to the most that the page's own role pays; null where the page does not say.
    per_year: Option<PaySpanView>,
    /// All of them, those of other roles with `of` too.
    facts: Vec<Placed<PayView>>,
}

/// From the least to the most that a role pays per year.
#[derive(Debug, Serialize, JsonSchema)]
struct PaySpanView {
    /// ISO 4217.
    currency: String,
    /// The least figure that is stated; null where there is none.
    low: Option<f64>,
    /// The greatest figure that is stated; null where there is none.
    high: Option<f64>,
    /// It may be more: a range is open above.
    open: bool,
    /// The fact that states `low`, counted from 0; null where there is none.
    low_fact: Option<usize>,
    /// The fact that states `high`, counted from 0; null where there is none.
    high_fact: Option<usize>,
}

/// A fact that pages state.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct FactRow<F> {
    /// One for each page.
    cells: Vec<FactCell<F>>,
}

/// What a page says of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct FactCell<F> {
    /// The one that says most of the page's own role, counted from 0: of what is asked for most strongly, the most years
    /// or the least degree. Null where there is none.
    main: Option<usize>,
    /// All that it says, those of other roles with `of` too.
    facts: Vec<Placed<F>>,
}

/// A fact with the section that states it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Placed<F> {
    #[serde(flatten)]
    place: PlaceView,
    #[serde(flatten)]
    fact: F,
}

/// A section of a page with its first sentence.
#[derive(Debug, Serialize, JsonSchema)]
struct OutlineCell {
    /// Words of its text.
    words: usize,
    /// Items of its lists.
    items: usize,
    /// Rows of its tables.
    rows: usize,
    #[serde(flatten)]
    quote: QuoteView,
}

/// In which form it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Csv,
}

pub(super) async fn compare(
    State(state): State<AppState>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let mut params = Params::of(query);
    let pages = params.every("page");
    let form = params.read("format", "must be json or csv", Form::from_id);
    params.end()?;
    let mut response = match form.unwrap_or_else(|| accepted(&headers)) {
        Form::Json => {
            let view = |comparison: Comparison| CompareView::from(&comparison);
            state.answer(move |searcher, _| searcher.compare(&pages).map(view)).await?.into_response()
        }
        Form::Csv => {
            let table = |comparison: Comparison| comparison_csv(&comparison);
            let Json(table) = state.answer(move |searcher, _| searcher.compare(&pages).map(table)).await?;
            let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present");
            let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"comparison.csv\"");
            ([kind, name], table).into_response()
        }
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

impl Form {
    fn from_id(id: &str) -> Option<Self> {
        match id {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// The form that a client would rather have (RFC 9110, 12.5.1); JSON where it does not care.
fn accepted(headers: &HeaderMap) -> Form {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    // How much it wants each, the most exact range first.
    let (mut json, mut csv) = ((0, 0.0), (0, 0.0));
    for range in values.flat_map(|value| value.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight = weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        for (wanted, exact, family) in
            [(&mut json, "application/json", "application/*"), (&mut csv, "text/csv", "text/*")]
        {
            let exactness = match kind.as_str() {
                kind if kind == exact => 3,
                kind if kind == family => 2,
                "*/*" => 1,
                _ => continue,
            };
            if exactness > wanted.0 {
                *wanted = (exactness, weight);
            }
        }
    }
    if csv.1 > json.1 { Form::Csv } else { Form::Json }
}

impl From<&Comparison> for CompareView {
    fn from(comparison: &Comparison) -> Self {
        let Comparison { pages, figures, currency, .. } = comparison;
        let skill = |page: &Page, asked: &Asked| SkillCell::of(page, asked);
        let outline = |page: &Page, outlines: &Vec<Outline>| {
            outlines.iter().map(|outline| OutlineCell::of(page, outline)).collect()
        };
        let pay = pages.iter().zip(figures).map(|(page, figures)| PayCell {
            per_year: figures.pay.as_ref().map(PaySpanView::from),
            facts: placed(page, |section| &section.pay, |pay| pay.evidence, PayView::of),
        });
        let experience = pages.iter().zip(figures).map(|(page, figures)| FactCell {
            main: figures.experience,
            facts: placed(page, |section| &section.experience, |fact| fact.evidence, ExperienceView::of),
        });
        let education = pages.iter().zip(figures).map(|(page, figures)| FactCell {
            main: figures.education,
            facts: placed(page, |section| &section.education, |fact| fact.evidence, EducationView::of),
        });
        Self {
            skills: Shared::of(&comparison.skills, pages, skill),
            pay: PayRow { currency: currency.clone(), cells: pay.collect() },
            experience: FactRow { cells: experience.collect() },
            education: FactRow { cells: education.collect() },
            companies: Shared::of(&comparison.companies, pages, |page, named| {
                QuoteView::of(page, named.section, named.evidence)
            }),
            sections: comparison.sections.iter().map(|row| RowView::of(row, pages, outline)).collect(),
            generation: comparison.generation,
            pages: pages.iter().map(PageHead::of).collect(),
        }
    }
}

impl<N: Clone, C> Shared<RowView<N, C>> {
    fn of<T>(rows: &[Row<N, T>], pages: &[Page], cell: impl Fn(&Page, &T) -> C) -> Self {
        let mut shared = Self { in_all: Vec::new(), in_some: Vec::new(), in_one: Vec::new() };
        for row in rows {
            let part = match row.pages() {
                all if all == pages.len() => &mut shared.in_all,
                1 => &mut shared.in_one,
                _ => &mut shared.in_some,
            };
            part.push(RowView::of(row, pages, &cell));
        }
        shared
    }
}

impl<N: Clone, C> RowView<N, C> {
    fn of<T>(row: &Row<N, T>, pages: &[Page], cell: impl Fn(&Page, &T) -> C) -> Self {
        let cells =
            row.cells.iter().zip(pages).map(|(known, page)| known.as_ref().map(|known| cell(page, known)));
        Self { name: row.name.clone(), cells: cells.collect() }
    }
}

impl SkillCell {
    pub(super) fn of(page: &Page, asked: &Asked) -> Self {
        Self {
            strength: asked.strength,
            sections: asked.sections,
            mentions: asked.mentions,
            quote: QuoteView::of_asked(page, asked),
        }
    }
}

impl OutlineCell {
    fn of(page: &Page, outline: &Outline) -> Self {
        Self {
            words: outline.words,
            items: outline.items,
            rows: outline.rows,
            quote: QuoteView::of(page, outline.section, outline.first),
        }
    }
}

impl From<&PaySpan> for PaySpanView {
    fn from(span: &PaySpan) -> Self {
        Self {
            currency: span.currency.clone(),
            low: span.low.map(|(figure, _)| figure),
            high: span.high.map(|(figure, _)| figure),
            open: span.open,
            low_fact: span.low.map(|(_, fact)| fact),
            high_fact: span.high.map(|(_, fact)| fact),
        }
    }
}

/// The facts of a page, each with its section.
fn placed<'p, T: 'p, V>(
    page: &'p Page,
    of: impl Fn(&'p Section) -> &'p [T] + 'p,
    evidence: impl Fn(&T) -> Evidence,
    view: impl Fn(&T, &Section) -> V,
) -> Vec<Placed<V>> {
    let place = |(at, fact): (usize, &'p T)| Placed {
        place: PlaceView::of(page, at, evidence(fact)),
        fact: view(fact, &page.sections[at]),
    };
    facts(page, of).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_given_what_it_would_rather_have() {
        for (accept, form) in [
            ("text/csv", Form::Csv),
            ("TEXT/CSV; q=0.5, application/json;q=0.1", Form::Csv),
            ("text/*", Form::Csv),
            ("application/json, text/csv;q=0.9", Form::Json),
            ("text/csv;q=0, */*", Form::Json),
            ("*/*", Form::Json),
            ("application/json;q=0.2, */*;q=0.8", Form::Csv),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Form::Json),
            ("", Form::Json),
            (",;q=x, /", Form::Json),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_str(accept).unwrap());
            assert_eq!(accepted(&headers), form, "{accept}");
        }
        assert_eq!(accepted(&HeaderMap::new()), Form::Json);
    }
}
