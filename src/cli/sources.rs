//! `rolecall sources`

use super::style::{FAINT, STRONG, plain, print, styled};
use super::{Exit, IndexArgs, Outcome, print_json};
use crate::index::Snapshot;
use crate::model::FacetField;
use clap::Args;
use serde::Serialize;
use std::fmt::Write as _;

/// List the sources in the index
///
/// Their names, where they were read from, and how many pages and sections they have.
#[derive(Debug, Args)]
pub(super) struct SourcesArgs {
    #[command(flatten)]
    index: IndexArgs,
    /// Print them as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct SourceView<'a> {
    name: &'a str,
    root: &'a str,
    base_url: Option<&'a str>,
    pages: u64,
    sections: u64,
}

impl SourcesArgs {
    pub(super) fn run(self) -> Outcome {
        let snapshot = Snapshot::open(&self.index.location())?;
        let mut sources: Vec<SourceView<'_>> = snapshot
            .state
            .sources
            .iter()
            .map(|source| SourceView {
                name: &source.name,
                root: &source.root,
                base_url: source.base_url.as_deref(),
                pages: 0,
                sections: 0,
            })
            .collect();
        let names = snapshot.dictionary(FacetField::Source);
        for segment in &snapshot.segments {
            for (index, page) in segment.pages.iter().enumerate() {
                let name = names.id(segment.page_value(FacetField::Source, index));
                if let Some(source) = sources.iter_mut().find(|source| source.name == name) {
                    source.pages += 1;
                    source.sections += u64::from(page.end - page.first);
                }
            }
        }
        if self.json {
            return print_json(&sources);
        }
        let mut text = String::new();
        for source in &sources {
            let counts = format!("{} pages, {} sections", source.pages, source.sections);
            let _ = writeln!(
                text,
                "{} {counts} {}",
                styled(STRONG, source.name),
                styled(FAINT, &plain(source.root))
            );
        }
        print(&text)?;
        Ok(Exit::Done)
    }
}
