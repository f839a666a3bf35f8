//! `rolecall lint PATH…`

mod sarif;

use super::ingest::ReadingArgs;
use super::style::{BAD, FAINT, MARK, STRONG, counted, plain, print, styled};
use super::{Exit, Outcome, print_json};
use crate::lint::{Finding, LintOptions, LintReport, Precision, Severity, lint, rules};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long it may take without a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// A mean year, in seconds.
const YEAR: f64 = 365.2425 * 86_400.0;

/// Tell what career pages lack
///
/// What is missing, broken, out of date, contradictory or there twice: each finding with its file and line, the rule, and
/// what to do. Needs no index. Files are taken as by `ingest`. Exit code 1 means that something was found that is at least
/// as severe as `--fail-on`.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    /// Folders and files to look at
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Look by this rule only (repeatable)
    #[arg(long, value_name = "RULE", value_parser = ids())]
    rule: Vec<String>,
    /// Leave this rule out (repeatable)
    #[arg(long, value_name = "RULE", value_parser = ids())]
    allow: Vec<String>,
    /// From what severity on findings make the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// The year by which it is judged what is out of date [default: the present one]
    #[arg(long, value_name = "YEAR", default_value_t = 0, hide_default_value = true)]
    year: u16,
    /// Print the findings as JSON
    #[arg(long, conflicts_with = "sarif")]
    json: bool,
    /// Print the findings as SARIF 2.1.0, for code scanning
    #[arg(long)]
    sarif: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// What makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

/// Findings as JSON.
#[derive(Debug, Serialize)]
struct ReportView<'a> {
    pages: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    /// Found, and not listed: a page had too many of one rule.
    not_listed: u64,
    findings: Vec<FindingView<'a>>,
}

#[derive(Debug, Serialize)]
struct FindingView<'a> {
    file: &'a str,
    line: u32,
    /// How exactly the line is known: `text`, `heading`, `page`.
    precision: Precision,
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    advice: &'static str,
    /// On how many other pages of the folder the same was found.
    others: u64,
}

impl<'a> From<&'a Finding> for FindingView<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            file: &finding.file,
            line: finding.line,
            precision: finding.precision,
            rule: finding.rule.id,
            severity: finding.rule.severity,
            message: &finding.message,
            advice: finding.rule.advice,
            others: finding.others,
        }
    }
}

fn ids() -> PossibleValuesParser {
    PossibleValuesParser::new(rules().iter().map(|rule| rule.id))
}

impl LintArgs {
    pub(super) fn run(self) -> Outcome {
        let reading = self.reading.options(self.paths)?;
        let is_out = |id: &str| {
            self.allow.iter().any(|allowed| allowed == id)
                || !self.rule.is_empty() && !self.rule.iter().any(|only| only == id)
        };
        let without = rules().iter().map(|rule| rule.id).filter(|id| is_out(id)).map(str::to_owned);
        let options = LintOptions {
            paths: reading.paths,
            selection: reading.selection,
            threads: reading.threads,
            year: if self.year == 0 { present() } else { self.year },
            without: without.collect(),
        };
        let report = with_progress(&options)?;
        if self.json {
            print_json(&view(&report))?;
        } else if self.sarif {
            print_json(&sarif::log(&report, &std::env::current_dir()?))?;
        } else {
            print(&describe(&report))?;
        }
        let counts = |severity: Severity| match self.fail_on {
            FailOn::Error => severity == Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Note => true,
            FailOn::Never => false,
        };
        let found = report.findings.iter().any(|finding| counts(finding.rule.severity));
        Ok(if found { Exit::WithFailures } else { Exit::Done })
    }
}

/// The year that the clock says.
fn present() -> u16 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    1970 + (since.as_secs_f64() / YEAR) as u16
}

/// Looks, with a bar where there is a terminal to show it and it takes its time.
fn with_progress(options: &LintOptions) -> Result<LintReport, crate::lint::LintError> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let template = "{bar:30} {pos}/{len} pages, {per_sec}, {elapsed}";
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let start = Instant::now();
    let report = lint(options, &|done, total| {
        if bar.is_hidden() && start.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    report
}

fn count(report: &LintReport, severity: Severity) -> u64 {
    report.findings.iter().filter(|finding| finding.rule.severity == severity).count() as u64
}

fn view(report: &LintReport) -> ReportView<'_> {
    ReportView {
        pages: report.pages,
        errors: count(report, Severity::Error),
        warnings: count(report, Severity::Warning),
        notes: count(report, Severity::Note),
        not_listed: report.cut,
        findings: report.findings.iter().map(FindingView::from).collect(),
    }
}

/// The findings for people, by file, and what to do about each sort.
fn describe(report: &LintReport) -> String {
    let mut text = String::new();
    for of_file in report.findings.chunk_by(|a, b| a.file == b.file) {
        let _ = writeln!(text, "{}", styled(STRONG, &of_file[0].file));
        for finding in of_file {
            let _ = writeln!(
                text,
                "  {:>5}  {}  {}{}  {}",
                line(finding),
                severity(finding.rule.severity),
                plain(&finding.message),
                others(finding),
                styled(FAINT, finding.rule.id)
            );
        }
        text.push('\n');
    }
    let mut sorts: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in &report.findings {
        *sorts.entry(finding.rule.id).or_default() += 1;
    }
    for (rule, count) in rules().iter().filter_map(|rule| Some((rule, sorts.get(rule.id)?))) {
        let _ = writeln!(text, "{} ({count}) {}", styled(STRONG, rule.id), rule.advice);
    }
    if !sorts.is_empty() {
        text.push('\n');
    }
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| count(report, severity));
    let cut = if report.cut > 0 { format!("; {} more are not listed", report.cut) } else { String::new() };
    let _ = writeln!(
        text,
        "{}: {}, {}, {}{cut}",
        counted(report.pages, "page"),
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(notes, "note")
    );
    text
}

/// The line: exact, `~` where it is that of the heading above, nothing where it is the page.
fn line(finding: &Finding) -> String {
    match finding.precision {
        Precision::Text => finding.line.to_string(),
        Precision::Heading => format!("~{}", finding.line),
        Precision::Page => "-".to_owned(),
    }
}

fn severity(severity: Severity) -> String {
    let style = match severity {
        Severity::Error => BAD,
        Severity::Warning => MARK,
        Severity::Note => FAINT,
    };
    styled(style, &format!("{:7}", severity.name()))
}

/// Where else the same was found.
fn others(finding: &Finding) -> String {
    match finding.others {
        0 => String::new(),
        others => format!(" (also on {} of the folder)", counted(others, "other page")),
    }
}
