//! `rolecall similar PAGE`

use super::style::{FAINT, MARK, STRONG, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json, which};
use crate::search::{SearchError, Searcher, Similar, SimilarPage};
use clap::Args;
use std::fmt::Write as _;

/// List the roles that are like one, and why
///
/// By the rare skills that both name and by the words that tell the one from others; the page itself and its copies are
/// left out.
#[derive(Debug, Args)]
pub(super) struct SimilarArgs {
    /// The id or path of a page, or a role that one page is about
    #[arg(value_name = "PAGE")]
    page: String,
    #[command(flatten)]
    index: IndexArgs,
    /// How many, 0 to 50
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print what /pages/{id}/similar answers
    #[arg(long)]
    json: bool,
}

/// How many copies are named.
const MOST_COPIES: usize = 3;

impl SimilarArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let id = which::page(&searcher, &self.page)?;
        let similar = searcher.similar(&id, self.limit, None).map_err(|error| match error {
            SearchError::Invalid(_) => Failure::Usage(error.into()),
            error => Failure::NotDone(error.into()),
        })?;
        if self.json {
            return print_json(&similar);
        }
        print(&describe(&similar))?;
        Ok(Exit::Done)
    }
}

fn describe(similar: &Similar) -> String {
    let mut text = format!("{}  {}\n", styled(STRONG, &similar.page.title), styled(FAINT, &similar.page.id));
    copies(&mut text, &similar.copies);
    if similar.similar.is_empty() {
        text += "No other page is like it.\n";
    }
    similar.similar.iter().for_each(|page| describe_page(&mut text, page));
    text
}

fn describe_page(text: &mut String, page: &SimilarPage) {
    let SimilarPage { page: link, score, skills, skills_total, words, sections, .. } = page;
    let percent = format!("{:>3.0} %", 100.0 * score);
    let _ = writeln!(
        text,
        "\n{}  {}  {}",
        styled(MARK, &percent),
        styled(STRONG, &link.title),
        styled(FAINT, &link.id)
    );
    let mut line = |name: &str, what: &str| {
        let _ = writeln!(text, "       {} {}", styled(FAINT, &format!("{name:<6}")), plain(what));
    };
    if !skills.is_empty() {
        let names: Vec<&str> = skills.iter().map(|skill| skill.label.as_str()).collect();
        let more = *skills_total - skills.len() as u64;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        line("skills", &(names.join(", ") + &more));
    }
    if !words.is_empty() {
        line("words", &words.join(", "));
    }
    if !sections.is_empty() {
        let names: Vec<&str> = sections.iter().map(|section| section.label.as_str()).collect();
        line("in", &names.join(", "));
    }
    copies(text, &page.copies);
}

fn copies(text: &mut String, ids: &[String]) {
    let shown = ids.iter().take(MOST_COPIES).cloned().collect::<Vec<_>>().join(", ");
    let named = match ids.len() {
        0 => return,
        1 => format!("copy   {shown}"),
        many if many <= MOST_COPIES => format!("copies {shown}"),
        many => format!("copies {shown} and {} more", many - MOST_COPIES),
    };
    let _ = writeln!(text, "       {}", styled(FAINT, &named));
}
