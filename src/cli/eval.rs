//! `rolecall eval --queries FILE`

use super::curation::CurationArgs;
use super::style::{FAINT, STRONG, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::search::eval::{Answered, Evaluation, Judged, Measures, evaluate, read};
use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Measure how good the ranking is
///
/// Runs judged queries against the index and prints nDCG@10, MRR@10, success@1 and @10, recall@100 and the worst queries.
/// FILE is a TSV with the columns `query` and `pages` (ids or paths, with spaces between them), or TREC topics, or a TSV
/// of a query's number and text; the last two need --qrels. `page#section` in the qrels grades a section of a page, by its
/// kind or by a heading it stands under; how good the sections are that pages are shown with is a figure of its own.
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    curation: CurationArgs,
    /// The queries
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// The judgements, as TREC has them: number, 0, page, grade
    #[arg(long, value_name = "FILE")]
    qrels: Option<PathBuf>,
    /// How many of the worst queries to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    worst: usize,
    /// Fail (exit code 1) where the mean nDCG@10 is below this, for continuous integration
    #[arg(long, value_name = "NDCG")]
    at_least: Option<f64>,
    /// Write the rankings to this file, as TREC has runs
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Print the measures as JSON, those of each query too
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct EvaluationView<'a> {
    queries: usize,
    #[serde(flatten)]
    mean: Measures,
    section_ndcg_10: Option<f64>,
    unknown_pages: &'a [String],
    by_query: Vec<QueryView<'a>>,
}

#[derive(Debug, Serialize)]
struct QueryView<'a> {
    id: &'a str,
    query: &'a str,
    #[serde(flatten)]
    measures: Measures,
    section_ndcg_10: Option<f64>,
}

impl EvalArgs {
    pub(super) fn run(self) -> Outcome {
        let queries = text_of(&self.queries)?;
        let qrels = self.qrels.as_deref().map(text_of).transpose()?;
        let queries = read(&queries, qrels.as_deref()).map_err(|error| {
            Failure::Usage(anyhow::Error::from(error).context(self.queries.display().to_string()))
        })?;
        let searcher = self.curation.open(&self.index)?;
        let bar = progress(queries.len(), self.json);
        let evaluation = evaluate(&searcher, &queries, &|done| bar.set_position(done as u64))?;
        bar.finish_and_clear();
        if let Some(path) = &self.run {
            std::fs::write(path, run_of(&evaluation, &queries))
                .with_context(|| format!("the run could not be written to {}", path.display()))?;
        }
        if self.json {
            print_json(&view(&evaluation, &queries))?;
        } else {
            print(&describe(&evaluation, &queries, self.worst))?;
        }
        let fails = self.at_least.is_some_and(|least| evaluation.mean.ndcg_10 < least);
        Ok(if fails { Exit::WithFailures } else { Exit::Done })
    }
}

fn text_of(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))
        .map_err(Failure::NotDone)
}

fn progress(queries: usize, json: bool) -> ProgressBar {
    let target = if json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(queries as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} queries") {
        bar.set_style(style);
    }
    bar
}

fn view<'a>(evaluation: &'a Evaluation, queries: &'a [Judged]) -> EvaluationView<'a> {
    let by_query = evaluation.answered.iter().map(|answered| {
        let Judged { id, query, .. } = &queries[answered.query];
        let &Answered { measures, section_ndcg_10, .. } = answered;
        QueryView { id, query, measures, section_ndcg_10 }
    });
    EvaluationView {
        queries: evaluation.answered.len(),
        mean: evaluation.mean,
        section_ndcg_10: evaluation.section_ndcg_10,
        unknown_pages: &evaluation.unknown,
        by_query: by_query.collect(),
    }
}

/// The measures and the worst queries, for people.
fn describe(evaluation: &Evaluation, queries: &[Judged], worst: usize) -> String {
    let mean = &evaluation.mean;
    let mut text = styled(STRONG, &format!("{} queries", evaluation.answered.len()));
    for (name, value) in [
        ("nDCG@10", mean.ndcg_10),
        ("MRR@10", mean.mrr_10),
        ("success@1", mean.success_1),
        ("success@10", mean.success_10),
        ("recall@100", mean.recall_100),
    ] {
        let _ = write!(text, "\n  {name:<11} {value:.4}");
    }
    if let Some(value) = evaluation.section_ndcg_10 {
        let judged = evaluation.answered.iter().filter(|one| one.section_ndcg_10.is_some()).count();
        let _ = write!(text, "\n  nDCG@10     {value:.4} by section ({judged} queries)");
    }
    text.push('\n');
    let unknown = evaluation.unknown.len();
    if unknown > 0 {
        let some: Vec<&str> = evaluation.unknown.iter().take(3).map(String::as_str).collect();
        let _ = writeln!(
            text,
            "{} {unknown} judged pages or sections are not in the index, such as {}",
            styled(FAINT, "note:"),
            plain(&some.join(", "))
        );
    }
    let mut by_worth: Vec<_> = evaluation.answered.iter().collect();
    by_worth.sort_by(|a, b| a.measures.ndcg_10.total_cmp(&b.measures.ndcg_10));
    if worst > 0 {
        let _ = write!(text, "\n{}", styled(STRONG, "the worst"));
        for answered in by_worth.into_iter().take(worst) {
            let Judged { id, query, .. } = &queries[answered.query];
            let first = answered.ranking.first().map_or("nothing found", String::as_str);
            let _ = write!(
                text,
                "\n  {:.4}  {}  {}",
                answered.measures.ndcg_10,
                plain(query),
                styled(FAINT, &format!("({id}; first {first})"))
            );
        }
        text.push('\n');
    }
    text
}

/// The rankings as TREC has runs: number, Q0, page, rank, score, name of the run. Its readers sort by score, so that of
/// the pages that have only some of the words is made less than that of those that have all.
fn run_of(evaluation: &Evaluation, queries: &[Judged]) -> String {
    let mut text = String::new();
    for answered in &evaluation.answered {
        let id = &queries[answered.query].id;
        for (rank, page) in (1..).zip(&answered.ranking) {
            let _ = writeln!(text, "{id} Q0 {page} {rank} {} rolecall", 1.0 / f64::from(rank));
        }
    }
    text
}
