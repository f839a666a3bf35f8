//! The sources that a server is told of: those of `--ingest` and of `--watch`.

use crate::cli::Failure;
use crate::cli::ingest::{ReadingArgs, describe, run};
use crate::http::{IngestOutcome, Metrics};
use crate::index::Location;
use crate::ingest::IngestOptions;
use crate::ingest::runs::{Progress, Run, RunnableSource, source_of};
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// What was given, in order.
pub(super) struct Sources {
    options: IngestOptions,
    /// Each with whether it is watched.
    paths: Vec<(PathBuf, bool)>,
    /// Those that are to be read before anybody is answered.
    first: Vec<PathBuf>,
}

impl Sources {
    pub(super) fn of(
        ingest: &[PathBuf],
        watch: &[PathBuf],
        reading: &ReadingArgs,
        location: &Location,
    ) -> Result<Self, Failure> {
        let others = ingest.iter().filter(|path| !watch.contains(path)).map(|path| (path.clone(), false));
        let paths: Vec<_> = others.chain(watch.iter().map(|path| (path.clone(), true))).collect();
        // Without an index there is nothing to answer from meanwhile.
        let first = if location.exists() {
            ingest.to_vec()
        } else {
            paths.iter().map(|(path, _)| path.clone()).collect()
        };
        Ok(Self { options: reading.options(Vec::new())?, paths, first })
    }

    /// Reads what is to be read before anybody is answered.
    pub(super) fn prepare(&self, location: &Location) -> Result<(), Failure> {
        if !self.first.is_empty() {
            let report = run(location, &self.with(self.first.clone()))?;
            anstream::eprint!("{}", describe(&report));
        }
        Ok(())
    }

    /// The sources by the names that they have in the index.
    pub(super) fn named(&self, location: &Location) -> Result<Vec<RunnableSource>, Failure> {
        if self.paths.is_empty() {
            return Ok(Vec::new());
        }
        let state = location.remembered().unwrap_or_default();
        let source = |(path, watched): &(PathBuf, bool)| {
            let name = source_of(path, self.options.source.as_deref(), &state);
            let name = name.with_context(|| path.display().to_string())?;
            let options = self.with(vec![path.clone()]);
            Ok(RunnableSource { name, path: path.clone(), options, watched: *watched })
        };
        self.paths.iter().map(source).collect()
    }

    fn with(&self, paths: Vec<PathBuf>) -> IngestOptions {
        // What the working directory is does not change what a run reads.
        let paths = paths.iter().map(|path| absolute(path)).collect();
        IngestOptions { paths, ..self.options.clone() }
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Counts a run that has ended.
pub(super) fn count(metrics: &Metrics, run: &Run) {
    let (outcome, since) = match &run.progress {
        Progress::Done { since, report } if report.failed.is_empty() => (IngestOutcome::Done, since),
        Progress::Done { since, .. } => (IngestOutcome::WithFailures, since),
        Progress::Failed { since, .. } => (IngestOutcome::Failed, since),
        Progress::Waiting | Progress::Running { .. } => return,
    };
    metrics.ingest_run(outcome, since.elapsed().map_or(0.0, |took| took.as_secs_f64()));
}
