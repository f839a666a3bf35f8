//! What the owner of a site says of searching it: `--curation FILE`, the same for all that searches.

use super::{Failure, IndexArgs};
use crate::search::{Curation, Searcher};
use clap::Args;
use std::path::PathBuf;

#[derive(Clone, Debug, Args)]
#[group(id = "[] curation")]
pub(super) struct CurationArgs {
    /// Synonyms, stop words and pinned pages of your own: a TOML file, read when questions are answered
    #[arg(long, value_name = "FILE")]
    curation: Option<PathBuf>,
}

impl CurationArgs {
    /// Opens the index, to be searched as the file says.
    pub(super) fn open(&self, index: &IndexArgs) -> Result<Searcher, Failure> {
        let curation = self.curation.as_deref().map(Curation::read).transpose();
        let curation =
            curation.map_err(|error| Failure::Usage(anyhow::Error::from(error).context("--curation")))?;
        let searcher = Searcher::open(&index.location())?;
        Ok(match curation {
            Some(curation) => searcher.with_curation(curation),
            None => searcher,
        })
    }
}
