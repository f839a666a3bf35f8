//! `rolecall path PAGE`

use super::style::{FAINT, STRONG, plain, print, styled};
use super::{Exit, IndexArgs, Outcome, print_json, which};
use crate::search::{CareerPath, Said, Searcher, Way};
use clap::Args;
use std::fmt::Write as _;

/// Show what leads to a role and what comes next
///
/// By the steps of a career that its page and others describe, by ranks of the same name, and by the roles that pages
/// point to; each with where it is said.
#[derive(Debug, Args)]
pub(super) struct PathArgs {
    /// The id or path of a page, or a role that one page is about
    #[arg(value_name = "PAGE")]
    page: String,
    #[command(flatten)]
    index: IndexArgs,
    /// Print what /pages/{id}/path answers
    #[arg(long)]
    json: bool,
}

impl PathArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let path = searcher.path(&which::page(&searcher, &self.page)?, None)?;
        if self.json {
            return print_json(&path);
        }
        print(&describe(&path))?;
        Ok(Exit::Done)
    }
}

fn describe(path: &CareerPath) -> String {
    let mut text = format!("{}  {}\n", styled(STRONG, &path.page.title), styled(FAINT, &path.page.id));
    if !path.ladder.is_empty() {
        let step = |rung: &crate::search::Rung| {
            if rung.own { format!("[{}]", rung.title) } else { rung.title.clone() }
        };
        let steps: Vec<String> = path.ladder.iter().map(step).collect();
        let _ = writeln!(text, "{}", plain(&steps.join(" → ")));
    }
    for (title, ways) in
        [("Leads here", &path.leads_here), ("Comes next", &path.comes_next), ("Related", &path.related)]
    {
        if !ways.is_empty() {
            let _ = writeln!(text, "\n{}", styled(STRONG, title));
            ways.iter().for_each(|way| describe_way(&mut text, way));
        }
    }
    if [&path.leads_here, &path.comes_next, &path.related].iter().all(|ways| ways.is_empty()) {
        text += "No page says what leads here or comes next.\n";
    }
    text
}

fn describe_way(text: &mut String, way: &Way) {
    let steps = way.steps.map_or_else(String::new, |steps| steps.to_string());
    let page = way.page.as_ref().map_or("(no page)", |page| page.id.as_str());
    let _ = writeln!(
        text,
        " {} {}  {}",
        styled(FAINT, &format!("{steps:>2}")),
        plain(&way.title),
        styled(FAINT, page)
    );
    for said in &way.said {
        let _ = writeln!(text, "      {}", styled(FAINT, &describe_said(said)));
    }
    let more = way.said_total - way.said.len() as u64;
    if more > 0 {
        let _ = writeln!(text, "      {}", styled(FAINT, &format!("and {more} more")));
    }
}

/// Where it is said, in one line.
fn describe_said(said: &Said) -> String {
    let section = match said.by {
        "level" => return "a rank of the same name".to_owned(),
        "related" => "related roles".to_owned(),
        _ => said.at.section.as_ref().map(|section| section.label.to_lowercase()).unwrap_or_default(),
    };
    let says = said.at.sentence.as_ref().or(said.at.heading.as_ref());
    let says = says.map(|says| format!(": “{says}”")).unwrap_or_default();
    format!("{}, {section}{says}", said.page.title)
}
