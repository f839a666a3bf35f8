//! `rolecall search QUERY`

use super::curation::CurationArgs;
use super::filters::FilterArgs;
use super::histogram;
use super::style::{FAINT, MARK, STRONG, counted, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::model::FacetField;
use crate::search::{
    FacetQuery, HistogramField, Hit, Invalid, SearchError, SearchRequest, SearchResponse, Snippet, Sort,
    Totals,
};
use clap::Args;
use std::fmt::Write as _;

/// Search the index from the terminal
///
/// Words, "phrases" ("site reliability"~2), -word, this OR that, parentheses, prefix*, and the fields role:, section:,
/// skill:, heading:, pay:>150000, experience:<5. A page matches when it has all the words, each in any of its sections;
/// where fewer than ten pages have all, pages that have some follow. Quote a query with a -word: 'kubernetes -python'.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What to look for; without it everything is listed
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    curation: CurationArgs,
    /// The order: relevance, title, pay (the most first) or modified (the latest first); pay:asc and the like turn it round
    #[arg(long, value_name = "ORDER", default_value = "relevance", value_parser = sort)]
    sort: Sort,
    /// How many pages, 0 to 100
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many pages to pass over, up to 10000
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// How many sections of each page, 1 to 100
    #[arg(long, value_name = "N", default_value_t = 3)]
    sections_per_hit: usize,
    /// Which facets to count: role, section, skill, source, language, level, education, company;
    /// empty for none
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', default_value = "role,section,skill")]
    facets: Vec<String>,
    /// Only facet values named so, such as skill:kube: a word of them begins so (repeatable, one for each facet)
    #[arg(long, value_name = "FIELD:TEXT")]
    facet_query: Vec<FacetQuery>,
    /// How many values of each facet, 0 to 10000 [default: 8, with --json 20]
    #[arg(long, value_name = "N")]
    facet_limit: Option<usize>,
    /// How pages are spread over what they state: pay, experience
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    histograms: Vec<String>,
    /// How exact totals and counts are: exact, or estimated (of a sample where much matches in a large index)
    #[arg(long, value_name = "HOW", default_value = "exact", value_parser = totals)]
    totals: Totals,
    /// Say what each page's score is made of
    #[arg(long)]
    explain: bool,
    /// Print what /search answers
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filters: FilterArgs,
}

impl SearchArgs {
    pub(super) fn run(self) -> Outcome {
        let request = self.request()?;
        let searcher = self.curation.open(&self.index)?;
        let response = searcher.search(&request).map_err(|error| match error {
            SearchError::Invalid(invalid) => {
                Failure::Usage(anyhow::anyhow!(invalid.iter().map(as_option).collect::<Vec<_>>().join("; ")))
            }
            error => Failure::NotDone(error.into()),
        })?;
        if self.json {
            return print_json(&response);
        }
        print(&describe(&response))?;
        Ok(Exit::Done)
    }

    fn request(&self) -> Result<SearchRequest, Failure> {
        let mut facets = Vec::new();
        for name in self.facets.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let known = FacetField::names();
            let unknown = || Failure::Usage(anyhow::anyhow!("--facets {name}: there are {known}"));
            let field = FacetField::from_id(name).ok_or_else(unknown)?;
            if !facets.contains(&field) {
                facets.push(field);
            }
        }
        let mut histograms = Vec::new();
        for name in self.histograms.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let unknown =
                || Failure::Usage(anyhow::anyhow!("--histograms {name}: there are pay and experience"));
            let field = HistogramField::from_id(name).ok_or_else(unknown)?;
            if !histograms.contains(&field) {
                histograms.push(field);
            }
        }
        Ok(SearchRequest {
            q: self.query.join(" "),
            sort: self.sort,
            limit: self.limit,
            offset: self.offset,
            sections_per_hit: self.sections_per_hit,
            facets,
            facet_limit: self.facet_limit.unwrap_or(if self.json { 20 } else { 8 }),
            facet_query: self.facet_query.clone(),
            histograms,
            totals: self.totals,
            explain: self.explain,
            ..self.filters.request()
        })
    }
}

fn sort(value: &str) -> Result<Sort, String> {
    Sort::from_id(value).ok_or_else(|| format!("must be {}", Sort::NAMES))
}

fn totals(value: &str) -> Result<Totals, String> {
    Totals::from_id(value).ok_or_else(|| "must be exact or estimated".to_owned())
}

/// What is wrong with a parameter, by the name that it has here.
fn as_option(invalid: &Invalid) -> String {
    match invalid.parameter.as_str() {
        "q" => format!("the query {}", invalid.reason),
        name => format!("--{} {}: {}", name.replace('_', "-"), invalid.value, invalid.reason),
    }
}

/// The answer for people.
fn describe(response: &SearchResponse) -> String {
    let mut text = String::new();
    for warning in &response.warnings {
        let _ = writeln!(text, "{} {}", styled(FAINT, "note:"), plain(&warning.message));
    }
    let total = &response.total;
    let about = if response.totals == Totals::Estimated.id() { "about " } else { "" };
    let _ = write!(text, "{about}{} in {} sections", counted(total.pages, "page"), total.sections);
    if response.query.matched == "some" {
        let _ = write!(text, ", {} with all the words", total.pages_with_all);
    }
    let _ = writeln!(text, " {}", styled(FAINT, &format!("({:.1} ms)", response.took_ms)));
    for hit in &response.hits {
        describe_hit(&mut text, hit);
    }
    for (field, values) in &response.facets.0 {
        if values.is_empty() {
            continue;
        }
        let _ = write!(text, "\n{}", styled(STRONG, field.id()));
        for value in values {
            let count = if *field == FacetField::Section { value.sections } else { value.pages };
            let selected = if value.selected { "✓ " } else { "" };
            let _ =
                write!(text, "\n  {selected}{} {} {}", plain(&value.label), count, styled(FAINT, &value.id));
        }
        text.push('\n');
    }
    for (field, histogram) in &response.histograms.0 {
        histogram::describe(&mut text, *field, histogram);
    }
    text
}

/// How many copies of a page are named to people.
const COPIES: usize = 3;

fn describe_hit(text: &mut String, hit: &Hit) {
    let _ = write!(text, "\n{}", styled(STRONG, &hit.title));
    if hit.pinned {
        let _ = write!(text, "  {}", styled(FAINT, "pinned"));
    }
    if !hit.missing.is_empty() {
        let _ = write!(text, "  {}", styled(FAINT, &format!("without {}", hit.missing.join(", "))));
    }
    let _ = writeln!(text, "\n  {}", styled(FAINT, hit.url.as_deref().unwrap_or(&hit.id)));
    for part in hit.explanation.iter().flatten() {
        let _ = writeln!(text, "  {}", styled(FAINT, &format!("{:>7.2}  {}", part.score, part.text)));
    }
    for copy in hit.copies.iter().take(COPIES) {
        let _ = writeln!(
            text,
            "  {}",
            styled(FAINT, &format!("also {}", copy.url.as_deref().unwrap_or(&copy.id)))
        );
    }
    let more = hit.copies_total.saturating_sub(COPIES as u64);
    if more > 0 {
        let _ = writeln!(text, "  {}", styled(FAINT, &format!("and {more} more like it")));
    }
    for section in &hit.sections {
        let path =
            if section.path.is_empty() { section.section.label.clone() } else { section.path.join(" › ") };
        let _ = writeln!(text, "  {}\n    {}", plain(&path), marked(&section.snippet));
    }
    let more = hit.sections_total - hit.sections.len() as u64;
    if more > 0 {
        let _ = writeln!(text, "  {}", styled(FAINT, &format!("and {} more", counted(more, "section"))));
    }
}

/// The quote with what matched in bold.
fn marked(snippet: &Snippet) -> String {
    let mut text = String::new();
    let mut chars = snippet.text.chars();
    let mut at = 0;
    for highlight in &snippet.highlights {
        let before: String = chars.by_ref().take(highlight.start - at).collect();
        let inside: String = chars.by_ref().take(highlight.end - highlight.start).collect();
        text += &plain(&before);
        text += &styled(MARK, &inside);
        at = highlight.end;
    }
    text + &plain(chars.as_str())
}
