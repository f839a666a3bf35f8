//! `rolecall check`

use super::progress::Bar;
use super::style::{BAD, FAINT, STRONG, counted, plain, print, styled};
use super::{Exit, IndexArgs, Outcome, print_json};
use crate::index::{Checked, check};
use clap::Args;
use serde::Serialize;
use std::fmt::Write as _;
use std::time::Instant;

/// Verify the index: checksums of all files, and that pages, sections and facets agree
///
/// Every file of the index is read and compared with the checksum it was written with, and every page with what its columns
/// say. Servers and runs may go on meanwhile. Exit code 0: sound. 1: faults were found, and are listed. 3: it could not be
/// checked.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    index: IndexArgs,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct CheckView<'a> {
    sound: bool,
    seconds: f64,
    #[serde(flatten)]
    checked: &'a Checked,
}

impl CheckArgs {
    pub(super) fn run(self) -> Outcome {
        let (start, bar) = (Instant::now(), Bar::new());
        let checked = check(&self.index.location(), &|what, done, total| bar.show(what, done, total));
        bar.clear();
        let checked = checked?;
        if self.json {
            let seconds = start.elapsed().as_secs_f64();
            print_json(&CheckView { sound: checked.is_sound(), seconds, checked: &checked })?;
        } else {
            print(&describe(&checked, start.elapsed().as_secs_f64()))?;
        }
        Ok(if checked.is_sound() { Exit::Done } else { Exit::WithFailures })
    }
}

fn describe(checked: &Checked, seconds: f64) -> String {
    let mut text = String::new();
    for fault in &checked.faults {
        let place = [&fault.file, &fault.page].into_iter().flatten();
        let place: Vec<String> = place.map(|place| plain(place)).collect();
        let place = if place.is_empty() { "the index".to_owned() } else { place.join(", ") };
        let _ = writeln!(text, "{} {place}: {}", styled(BAD, "fault"), plain(&fault.reason));
    }
    let faults = checked.faults.len() as u64 + checked.more_faults;
    let verdict = if checked.is_sound() {
        styled(STRONG, "Sound")
    } else {
        styled(BAD, &format!("{} found", counted(faults, "fault")))
    };
    let generation = checked.generation.map_or_else(String::new, |number| format!("generation {number}, "));
    let _ = writeln!(
        text,
        "{verdict}: {generation}{} of {:.1} MB, {}, {}; {seconds:.1} s",
        counted(checked.files, "file"),
        checked.bytes as f64 / 1e6,
        counted(checked.pages, "page"),
        counted(checked.sections, "section"),
    );
    if !checked.is_sound() {
        let advice = "`rolecall restore FILE` puts a backup in its place, `rolecall ingest --rebuild PATH…` builds it anew";
        let _ = writeln!(text, "{}", styled(FAINT, advice));
    }
    text
}
