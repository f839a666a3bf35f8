//! How good the ranking is: a set of queries with judged answers, run against an index.

mod judged;
mod measures;

use super::{SearchError, SearchRequest, Searcher};
use crate::text::segment;
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
    /// What the ranking is worth.
    pub measures: Measures,
}

/// What came of an evaluation.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// In the order of the queries.
    pub answered: Vec<Answered>,
    /// The means.
    pub mean: Measures,
    /// Pages that are judged and not in the index, as the judgements name them.
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
    let named = queries.iter().flat_map(|judged| judged.grades.keys());
    let mut unknown: Vec<String> =
        named.filter(|name| names.id(page_of(name).0).is_none()).cloned().collect();
    unknown.sort_unstable();
    unknown.dedup();
    Ok(Evaluation { answered, mean, unknown })
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
    let response = searcher.search(&request)?;
    let mut pages: HashMap<String, u32> = HashMap::new();
    let mut sections: HashMap<(String, &str), u32> = HashMap::new();
    for (name, &grade) in &judged.grades {
        let (page, section) = page_of(name);
        let id = names.id(page).unwrap_or(page).to_owned();
        let best = pages.entry(id.clone()).or_default();
        if let Some(section) = section {
            sections.insert((id, section), grade);
        } else {
            *best = grade;
        }
    }
    let grade = |id: &str, section: Option<&str>| {
        let of_section = section.and_then(|section| sections.get(&(id.to_owned(), section)));
        of_section.or_else(|| pages.get(id)).copied()
    };
    let shown = |hit: &super::Hit| hit.sections.first().map(|section| section.section.id.clone());
    let ranking: Vec<Option<u32>> =
        response.hits.iter().map(|hit| grade(&hit.id, shown(hit).as_deref())).collect();
    for ((id, _), &grade) in &sections {
        let best = pages.entry(id.clone()).or_default();
        *best = (*best).max(grade);
    }
    let measures = Measures::of(&ranking, &pages);
    let judged: HashMap<&str, &str> =
        judged.grades.keys().filter_map(|name| Some((names.id(name)?, name.as_str()))).collect();
    let named = |hit: super::Hit| match judged.get(hit.id.as_str()) {
        Some(name) => (*name).to_owned(),
        None => hit.id,
    };
    let ranking = response.hits.into_iter().map(named).collect();
    Ok(Answered { query, ranking, measures })
}

/// A page and, behind `#`, the kind of a section of it.
fn page_of(name: &str) -> (&str, Option<&str>) {
    name.split_once('#').map_or((name, None), |(page, section)| (page, Some(section)))
}

/// The pages of an index by what judgements call them: their ids, and their paths where only one source has them.
struct Names {
    ids: HashMap<String, Option<String>>,
}

impl Names {
    fn of(searcher: &Searcher) -> Self {
        let mut ids: HashMap<String, Option<String>> = HashMap::new();
        for id in searcher.page_ids() {
            if let Some((_, path)) = id.split_once('~') {
                ids.entry(path.to_owned()).and_modify(|known| *known = None).or_insert(Some(id.clone()));
            }
            ids.insert(id.clone(), Some(id));
        }
        Self { ids }
    }

    fn id(&self, name: &str) -> Option<&str> {
        let known = |name: &str| self.ids.get(name)?.as_deref();
        known(name).or_else(|| known(&segment(name)))
    }
}
