//! How good the ranking is: a set of queries with judged answers, run against an index.

mod graded;
mod judged;
mod measures;
mod names;

use super::{SearchError, SearchRequest, Searcher};
use graded::Graded;
use names::Names;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use judged::{FormatError, Judged, read};
pub use measures::Measures;

/// How many pages are ranked for a query.
const DEPTH: usize = super::MOST_HITS;

/// One query as it was answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Index into the queries.
    pub query: usize,
    /// The pages, best first: as the judgements name them, else by their ids.
    pub ranking: Vec<String>,
    /// What the ranking is worth, page by page.
    pub measures: Measures,
    /// nDCG@10 of the best sections that the pages are shown with; none where no section was judged.
    pub section_ndcg_10: Option<f64>,
}

/// What came of an evaluation.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// In the order of the queries.
    pub answered: Vec<Answered>,
    /// The means.
    pub mean: Measures,
    /// The mean over the queries that have one; none where there is none.
    pub section_ndcg_10: Option<f64>,
    /// Pages and sections that are judged and not in the index, as the judgements name them.
    pub unknown: Vec<String>,
}

/// Runs queries against an index, on all cores; `progress` is told how many are done.
///
/// # Errors
/// [`SearchError`] where the index cannot be searched or a query is over the limits.
pub fn evaluate(
    searcher: &Searcher,
    queries: &[Judged],
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Evaluation, SearchError> {
    let names = Names::of(searcher);
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(queries.len()));
    let work = || -> Result<(), SearchError> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(judged) = queries.get(at) else { return Ok(()) };
            let answered = answer(searcher, at, judged, &names)?;
            if let Ok(mut answers) = answers.lock() {
                answers.push(answered);
                progress(answers.len());
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect::<Result<(), _>>()
    })?;
    let mut answered = answers.into_inner().unwrap_or_default();
    answered.sort_by_key(|answered| answered.query);
    let mean = Measures::mean(answered.iter().map(|answered| &answered.measures));
    let by_section: Vec<f64> = answered.iter().filter_map(|answered| answered.section_ndcg_10).collect();
    let section_ndcg_10 =
        (!by_section.is_empty()).then(|| by_section.iter().sum::<f64>() / by_section.len() as f64);
    let named = queries.iter().flat_map(|judged| judged.grades.keys().map(String::as_str));
    let unknown = names.unknown(searcher, named)?;
    Ok(Evaluation { answered, mean, section_ndcg_10, unknown })
}

fn answer(
    searcher: &Searcher,
    query: usize,
    judged: &Judged,
    names: &Names,
) -> Result<Answered, SearchError> {
    let request = SearchRequest {
        q: judged.query.clone(),
        limit: DEPTH,
        sections_per_hit: 1,
        facets: Vec::new(),
        ..SearchRequest::default()
    };
    let hits = searcher.search(&request)?.hits;
    let graded = Graded::of(&judged.grades, names);
    let pages: Vec<_> = hits.iter().map(|hit| graded.page(hit)).collect();
    let sections = graded.has_sections().then(|| {
        let shown: Vec<_> = hits.iter().map(|hit| graded.section(hit)).collect();
        Measures::of(&shown, &graded.by_section()).ndcg_10
    });
    let called: HashMap<&str, &str> =
        judged.grades.keys().filter_map(|name| Some((names.id(name)?, name.as_str()))).collect();
    let ranking = hits.into_iter().map(|hit| match called.get(hit.id.as_str()) {
        Some(name) => (*name).to_owned(),
        None => hit.id,
    });
    Ok(Answered {
        query,
        ranking: ranking.collect(),
        measures: Measures::of(&pages, &graded.by_page()),
        section_ndcg_10: sections,
    })
}
