//! What a run did, for people and machines.

use super::sources::Source;
use crate::index::Boilerplate;
use serde::Serialize;
use std::time::Instant;

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IngestReport {
    /// Nothing was written.
    pub dry_run: bool,
    /// The generation of the index after the run.
    pub generation: u64,
    /// Names of the sources that were read.
    pub sources: Vec<String>,
    /// Pages.
    pub pages: PageCounts,
    /// Sections of the pages that were analysed.
    pub sections: u64,
    /// Bytes of the pages that were read.
    pub bytes: u64,
    /// Code points of text that was left out as navigation and the like, in the pages that were analysed.
    pub left_out: u64,
    /// Blocks that stand on most pages of a source that was read, and were kept out of ranking and snippets.
    pub boilerplate: BoilerplateCounts,
    /// How long it took.
    pub seconds: f64,
    /// Pages read, whether or not they changed, by that.
    pub pages_per_second: f64,
    /// Files passed over, in the order of their paths.
    pub skipped: Vec<Remark>,
    /// Files that could not be read.
    pub failed: Vec<Remark>,
    /// Pages that were indexed but are odd.
    pub warnings: Vec<Remark>,
}

/// Pages by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageCounts {
    /// Were not there before.
    pub new: u64,
    /// Were there and are different now, or are analysed differently.
    pub changed: u64,
    /// Are as they were.
    pub unchanged: u64,
    /// Are no longer there.
    pub removed: u64,
    /// Were passed over.
    pub skipped: u64,
    /// Could not be read.
    pub failed: u64,
}

/// How much stands on most pages of its source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BoilerplateCounts {
    /// Different blocks.
    pub blocks: u64,
    /// On how many pages they stand, summed over the blocks.
    pub places: u64,
    /// Code points of text in all these places.
    pub code_points: u64,
}

/// A file and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// The source.
    pub source: String,
    /// The path within it.
    pub path: String,
    /// What there is to say.
    pub reason: String,
}

impl IngestReport {
    /// Takes what the listing of a source says.
    pub(super) fn begin(&mut self, source: &Source) {
        let name = &source.state.name;
        self.sources.push(name.clone());
        let remark = |(path, reason): &(String, String)| Remark {
            source: name.clone(),
            path: path.clone(),
            reason: reason.clone(),
        };
        self.skipped.extend(source.listing.skipped.iter().map(remark));
        self.failed.extend(source.listing.failed.iter().map(remark));
    }

    /// Counts the boilerplate of a source.
    pub(super) fn leave_out(&mut self, boilerplate: &[Boilerplate]) {
        for block in boilerplate {
            self.boilerplate.blocks += 1;
            self.boilerplate.places += block.pages;
            self.boilerplate.code_points += block.pages * block.length;
        }
    }

    /// Puts the remarks in order and works out the figures.
    pub(super) fn finish(&mut self, start: Instant) {
        for remarks in [&mut self.skipped, &mut self.failed, &mut self.warnings] {
            remarks.sort();
        }
        self.pages.skipped = self.skipped.len() as u64;
        self.pages.failed = self.failed.len() as u64;
        self.seconds = start.elapsed().as_secs_f64();
        let read = self.pages.new + self.pages.changed + self.pages.unchanged;
        self.pages_per_second = read as f64 / self.seconds.max(1e-9);
    }
}
