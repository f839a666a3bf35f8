//! `rolecall ingest PATH…`

use super::style::{BAD, FAINT, STRONG, counted, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::annotate::Taxonomy;
use crate::corpus::Selection;
use crate::index::Location;
use crate::ingest::{IngestError, IngestOptions, IngestReport, Remark, ingest};
use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

/// Read career pages into the index
///
/// Folders are read recursively and in sorted order: .html .htm .xhtml .md .markdown .txt, each also .gz. Hidden
/// files are passed over; links are not followed unless asked for. Run again, only what changed is analysed, and
/// pages that are gone leave the index. The whole run becomes visible at once or not at all.
#[derive(Clone, Debug, Args)]
pub(super) struct IngestArgs {
    /// Folders and files to read; each folder is a source
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArgs,
    /// Build the index anew beside the one that is there, damaged or of another version as it may be, and put it in its place;
    /// every source of it has to be given
    #[arg(long)]
    rebuild: bool,
    /// A source that the index need not have any more once it is built anew (repeatable)
    #[arg(long, value_name = "NAME", requires = "rebuild")]
    forget: Vec<String>,
    /// Report what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// How pages are read; the same for `ingest`, `serve --ingest` and `show`, and configured once for all of them.
#[derive(Clone, Debug, Args)]
#[group(id = "[ingest]")]
#[command(next_help_heading = "Reading pages")]
pub(super) struct ReadingArgs {
    /// The name of the source, instead of the folder's
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Where the pages are on the web: a page's address is this and its path
    #[arg(long, value_name = "URL")]
    base_url: Option<url::Url>,
    /// Read only files that match (repeatable; `*.html`, `roles/**`)
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Pass over files and folders that match (repeatable)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Follow symbolic links
    #[arg(long)]
    follow_links: bool,
    /// Read pages that ask search engines to leave them out (robots noindex) too
    #[arg(long)]
    ignore_robots: bool,
    /// Skills beside the built-in ones (repeatable): ESCO's skills_en.csv, O*NET's "Technology Skills.txt", or lines of
    /// a name, a tab and aliases separated by `|`
    #[arg(long, value_name = "FILE")]
    taxonomy: Vec<PathBuf>,
    /// Threads that read and analyse [default: all cores]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// Memory for documents that are not on disk yet, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 128, value_parser = clap::value_parser!(u16).range(32..=16384))]
    memory: u16,
}

impl ReadingArgs {
    pub(super) fn options(&self, paths: Vec<PathBuf>) -> Result<IngestOptions, Failure> {
        let usage = |error: anyhow::Error| Failure::Usage(error);
        let selection = Selection::new(&self.include, &self.exclude, self.follow_links)
            .map_err(|error| usage(error.into()))?;
        if let Some(url) = &self.base_url
            && (url.cannot_be_a_base() || !matches!(url.scheme(), "http" | "https"))
        {
            return Err(usage(anyhow::anyhow!("--base-url {url}: must be an http or https address")));
        }
        let mut text = String::new();
        for file in &self.taxonomy {
            let named = || format!("--taxonomy {}", file.display());
            let mut content = Vec::new();
            let opened = File::open(file).with_context(named).map_err(usage)?;
            opened
                .take(Taxonomy::LARGEST as u64 + 1)
                .read_to_end(&mut content)
                .with_context(named)
                .map_err(usage)?;
            text += &Taxonomy::read(&content).with_context(named).map_err(usage)?.text;
        }
        Ok(IngestOptions {
            paths,
            source: self.source.clone(),
            base_url: self.base_url.clone(),
            selection,
            taxonomy: (!text.is_empty()).then_some(Taxonomy { text }),
            ignore_robots: self.ignore_robots,
            rebuild: false,
            forget: Vec::new(),
            dry_run: false,
            threads: self.threads,
            memory: usize::from(self.memory) << 20,
        })
    }
}

impl IngestArgs {
    pub(super) fn run(self) -> Outcome {
        let options = IngestOptions {
            rebuild: self.rebuild,
            forget: self.forget,
            dry_run: self.dry_run,
            ..self.reading.options(self.paths)?
        };
        let report = run(&self.index.location(), &options)?;
        let printed = if self.json {
            print_json(&report).map(drop)
        } else {
            print(&describe(&report)).map_err(Failure::from)
        };
        if let Err(failure) = printed {
            // The run itself is done: to say otherwise would be wrong.
            anstream::eprintln!(
                "rolecall: the run is done, but its report could not be printed: {:#}",
                failure.error()
            );
            return Ok(Exit::WithFailures);
        }
        Ok(exit(&report))
    }
}

/// Ingests with a progress bar where there is a terminal to show it.
pub(super) fn run(location: &Location, options: &IngestOptions) -> Result<IngestReport, Failure> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let template = "{bar:30} {pos}/{len} pages, {per_sec}, {elapsed}";
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let report = ingest(location, options, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    report.map_err(|error| match error {
        IngestError::Corpus(_)
        | IngestError::Index(_)
        | IngestError::Empty { .. }
        | IngestError::Unusable { .. }
        | IngestError::WouldLose(_) => Failure::NotDone(error.into()),
        _ => Failure::Usage(error.into()),
    })
}

pub(super) fn exit(report: &IngestReport) -> Exit {
    if report.failed.is_empty() { Exit::Done } else { Exit::WithFailures }
}

/// The report for people.
pub(super) fn describe(report: &IngestReport) -> String {
    let mut text = String::new();
    let pages = &report.pages;
    let done = if report.dry_run { "Would be" } else { "Pages" };
    let _ = writeln!(
        text,
        "{}: {} new, {} changed, {} unchanged, {} removed, {} skipped, {} failed",
        styled(STRONG, done),
        pages.new,
        pages.changed,
        pages.unchanged,
        pages.removed,
        pages.skipped,
        pages.failed
    );
    let _ = writeln!(
        text,
        "{} sections analysed of {}; {:.2} s, {:.0} pages per second; generation {}",
        report.sections,
        plain(&report.sources.join(", ")),
        report.seconds,
        report.pages_per_second,
        report.generation
    );
    let repeated = report.boilerplate;
    if repeated.blocks > 0 {
        let _ = writeln!(
            text,
            "{} on most pages of their source, kept out of ranking and snippets: {} characters in {}",
            counted(repeated.blocks, "block"),
            repeated.code_points,
            counted(repeated.places, "place"),
        );
    }
    for remark in &report.failed {
        let _ = writeln!(
            text,
            "{} {}/{}: {}",
            styled(BAD, "failed"),
            plain(&remark.source),
            plain(&remark.path),
            plain(&remark.reason)
        );
    }
    for (label, remarks) in [("skipped", &report.skipped), ("warning", &report.warnings)] {
        for (reason, (count, example)) in grouped(remarks) {
            let _ = match count {
                1 => writeln!(text, "{} {}: {}", styled(FAINT, label), plain(&example), plain(reason)),
                _ => writeln!(
                    text,
                    "{} {count}, such as {}: {}",
                    styled(FAINT, label),
                    plain(&example),
                    plain(reason)
                ),
            };
        }
    }
    text
}

/// How often each reason was given, with the first file it was given for.
fn grouped(remarks: &[Remark]) -> BTreeMap<&str, (usize, String)> {
    let mut groups = BTreeMap::new();
    for remark in remarks {
        let example = || (0, format!("{}/{}", remark.source, remark.path));
        groups.entry(remark.reason.as_str()).or_insert_with(example).0 += 1;
    }
    groups
}
