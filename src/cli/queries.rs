//! `rolecall queries [FILE]`

use super::observe::QueryLogArgs;
use super::style::{FAINT, STRONG, counted, plain, print, styled};
use super::{Exit, Failure, Outcome, print_json};
use crate::http::{Frequent, Queries, Unanswered};
use anyhow::{Context as _, anyhow};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Show what people ask, and what they find nothing for
///
/// Reads the log that `serve --query-log FILE` writes, and what was put aside of it. A question counts once however long it took
/// to type.
#[derive(Debug, Args)]
pub(super) struct QueriesArgs {
    /// The log [default: the one of --query-log]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    log: QueryLogArgs,
    /// How many questions of each list
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

impl QueriesArgs {
    pub(super) fn run(self) -> Outcome {
        let none = "`queries` takes the log to read: a FILE, or query_log in [serve] of the configuration";
        let path = self.file.or(self.log.query_log).ok_or_else(|| Failure::Usage(anyhow!(none)))?;
        let queries = Queries::read(&path, self.limit).with_context(|| path.display().to_string())?;
        if self.json {
            return print_json(&queries);
        }
        print(&describe(&queries))?;
        Ok(Exit::Done)
    }
}

fn describe(queries: &Queries) -> String {
    let Queries { from, to, asked, found_nothing, unreadable, beyond, frequent, unanswered } = queries;
    let mut text = counted(*asked, "question");
    if let (Some(from), Some(to)) = (from, to) {
        let _ = write!(text, ", {} to {}; {found_nothing} found nothing", plain(from), plain(to));
    }
    text.push('\n');
    if *unreadable > 0 {
        let _ = writeln!(text, "{} of the log cannot be read", counted(*unreadable, "line"));
    }
    if *beyond > 0 {
        let _ = writeln!(
            text,
            "{} are not listed: there are too many different ones",
            counted(*beyond, "question")
        );
    }
    if !frequent.is_empty() {
        let _ = writeln!(text, "\n{}", styled(STRONG, "Asked most"));
        frequent.iter().for_each(|one| describe_frequent(&mut text, one));
    }
    if !unanswered.is_empty() {
        let _ = writeln!(text, "\n{}", styled(STRONG, "Found nothing"));
        unanswered.iter().for_each(|one| describe_unanswered(&mut text, one));
    }
    text
}

fn describe_frequent(text: &mut String, one: &Frequent) {
    let Frequent { q, asked, pages, ms, last, .. } = one;
    let facts = format!("{}, {ms} ms, last on {last}", counted(*pages, "page"));
    let _ = writeln!(text, "{asked:>6}  {}  {}", plain(q), styled(FAINT, &facts));
}

fn describe_unanswered(text: &mut String, one: &Unanswered) {
    let mut facts: Vec<String> =
        one.filters.iter().map(|(name, values)| format!("{name}={}", values.join(","))).collect();
    facts.push(format!("last on {}", one.last));
    let q = if one.q.is_empty() { "any" } else { &one.q };
    let _ = writeln!(text, "{:>6}  {}  {}", one.asked, plain(q), styled(FAINT, &facts.join(" ")));
}
