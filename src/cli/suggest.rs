//! `rolecall suggest TEXT`

use super::style::{FAINT, MARK, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::search::{SearchError, Searcher, Suggestion};
use clap::Args;
use std::fmt::Write as _;

/// Complete what is being typed
///
/// Prints roles, skills, kinds of section and headings of the index whose names have a word that begins with TEXT, then
/// those that contain it; from four letters on one of them may be wrong.
#[derive(Debug, Args)]
pub(super) struct SuggestArgs {
    /// What was typed so far
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    #[command(flatten)]
    index: IndexArgs,
    /// How many, 0 to 50
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

impl SuggestArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let found = searcher.suggest(&self.text.join(" "), self.limit).map_err(|error| match error {
            SearchError::Invalid(_) => Failure::Usage(error.into()),
            error => Failure::NotDone(error.into()),
        })?;
        if self.json {
            return print_json(&found);
        }
        let mut text = String::new();
        for suggestion in &found {
            describe(&mut text, suggestion);
        }
        print(&text)?;
        Ok(Exit::Done)
    }
}

fn describe(text: &mut String, suggestion: &Suggestion) {
    let Suggestion { kind, id, label, pages, highlights } = suggestion;
    let _ = write!(text, "{}  ", styled(FAINT, &format!("{kind:<7}")));
    let mut chars = label.chars();
    let mut at = 0;
    for span in highlights {
        let before: String = chars.by_ref().take(span.start - at).collect();
        let typed: String = chars.by_ref().take(span.end - span.start).collect();
        let _ = write!(text, "{}{}", plain(&before), styled(MARK, &typed));
        at = span.end;
    }
    let _ = writeln!(text, "{} {pages} {}", plain(chars.as_str()), styled(FAINT, id));
}
