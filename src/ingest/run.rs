//! One source read into the index: what its files became, what is gone, and what of them all stands on most of them.

use super::Progress;
use super::analyse::{Analysed, Analysis, Outcome, analyse, analyse_page, page_id};
use super::boilerplate::{Fingerprints, Take, Verdict};
use super::report::{IngestReport, Remark};
use super::sources::Source;
use crate::annotate::{annotate, mark_boilerplate};
use crate::corpus::PageFile;
use crate::index::{IndexError, Snapshot, SourceState, Writer};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

/// How many pages of a new source are held back until it is guessed from them which blocks are boilerplate. Pages for
/// which the guess was wrong are analysed once more.
const HELD: usize = 512;

/// The keys of the pages that are indexed, by source and id.
#[derive(Default)]
pub(super) struct Known<'a>(BTreeMap<&'a str, BTreeMap<&'a str, u64>>);

impl<'a> Known<'a> {
    pub(super) fn of(snapshot: Option<&'a Snapshot>) -> Result<Self, IndexError> {
        let mut known = Self::default();
        for (page, source, key) in snapshot.map(Snapshot::keys).transpose()?.unwrap_or_default() {
            known.0.entry(source).or_default().insert(page, key);
        }
        Ok(known)
    }

    pub(super) fn of_source(&self, name: &str) -> &BTreeMap<&'a str, u64> {
        static NONE: BTreeMap<&str, u64> = BTreeMap::new();
        self.0.get(name).unwrap_or(&NONE)
    }
}

/// A run under way.
pub(super) struct Run<'a> {
    /// None where nothing is to be changed.
    pub(super) writer: Option<&'a Writer>,
    pub(super) snapshot: Option<&'a Snapshot>,
    pub(super) analysis: Analysis<'a>,
    pub(super) threads: usize,
    pub(super) progress: Progress<'a>,
    pub(super) total: u64,
    pub(super) done: u64,
    pub(super) changes: u64,
    pub(super) report: IngestReport,
}

/// A source of which the files are being read.
struct Reading<'s> {
    source: &'s Source,
    known: &'s BTreeMap<&'s str, u64>,
    /// Those of the known pages that it has now.
    kept: BTreeSet<&'s str>,
    /// How many it has that were not known.
    new: u64,
    /// Those of the known pages that were analysed.
    changed: BTreeSet<&'s str>,
    /// The pages that were analysed, with their fingerprints.
    analysed: Fingerprints<&'s PageFile>,
    /// Those of them that are not written yet.
    held: Vec<Analysed>,
    /// Whether pages are held back.
    holds: bool,
    /// What is boilerplate as far as is known by now.
    guess: Verdict,
}

impl Run<'_> {
    /// Reads one source and takes out what is no longer in it. What is known of it then.
    pub(super) fn read(
        &mut self,
        source: &Source,
        known: &BTreeMap<&str, u64>,
        before: Option<&SourceState>,
    ) -> Result<SourceState, IndexError> {
        self.report.begin(source);
        let old = Verdict::of(before.map_or(&[], |before| &before.boilerplate));
        let mut reading = Reading {
            source,
            known,
            kept: BTreeSet::new(),
            new: 0,
            changed: BTreeSet::new(),
            analysed: Fingerprints::default(),
            held: Vec::new(),
            holds: known.is_empty(),
            guess: old.clone(),
        };
        analyse(source, known, self.analysis, self.threads, |file, bytes, outcome| {
            self.done += 1;
            (self.progress)(self.done, self.total);
            self.report.bytes += bytes;
            self.take(&mut reading, file, outcome)
        })?;
        let gone = self.remove_gone(&reading);
        let pages = (known.len() - gone.len()) as u64 + reading.new;
        let counted = before.is_some_and(|before| before.pages == pages);
        let verdict = if counted && gone.is_empty() && reading.analysed.is_empty() {
            old
        } else {
            self.decide(reading, &gone, &old)?
        };
        let boilerplate = verdict.into_known();
        self.report.leave_out(&boilerplate);
        Ok(SourceState { pages, boilerplate, ..source.state.clone() })
    }

    /// Takes what became of a file.
    fn take<'s>(
        &mut self,
        reading: &mut Reading<'s>,
        file: &'s PageFile,
        outcome: Outcome,
    ) -> Result<(), IndexError> {
        let name = &reading.source.state.name;
        let known = reading.known.get_key_value(page_id(name, &file.path).as_str()).map(|(id, _)| *id);
        let remark = |reason: String| Remark { source: name.clone(), path: file.path.clone(), reason };
        match outcome {
            Outcome::Unchanged => self.report.pages.unchanged += 1,
            Outcome::Analysed(analysed) => {
                let pages = &mut self.report.pages;
                *(if known.is_some() { &mut pages.changed } else { &mut pages.new }) += 1;
                reading.changed.extend(known);
                self.changes += 1;
                self.report.sections += analysed.page.sections.len() as u64;
                self.report.left_out += analysed.page.left_out;
                self.report.warnings.extend(analysed.page.warnings.iter().cloned().map(remark));
                reading.analysed.push(file, &analysed.fingerprints);
                if reading.holds {
                    reading.held.push(analysed);
                } else {
                    self.put(analysed, known.is_some(), &mut reading.guess)?;
                }
                if reading.held.len() >= HELD {
                    self.guess(reading)?;
                }
            }
            Outcome::Gone => return Ok(()),
            Outcome::Failed(reason) => {
                self.report.failed.push(remark(reason));
                return Ok(());
            }
            Outcome::Skipped(reason) => {
                self.report.skipped.push(remark(reason));
                return Ok(());
            }
        }
        match known {
            Some(id) => drop(reading.kept.insert(id)),
            None => reading.new += 1,
        }
        Ok(())
    }

    /// Guesses from the pages that were held back what is boilerplate, and writes them.
    fn guess(&mut self, reading: &mut Reading<'_>) -> Result<(), IndexError> {
        let held = |take: Take<'_>| {
            reading.held.iter().for_each(|held| take(&held.fingerprints));
            Ok::<_, Infallible>(())
        };
        let Ok(guess) = Verdict::guess(held);
        reading.guess = guess;
        reading.holds = false;
        reading.held.drain(..).try_for_each(|held| self.put(held, false, &mut reading.guess))
    }

    /// Takes out the pages that are no longer there; their ids.
    fn remove_gone<'k>(&mut self, reading: &Reading<'k>) -> BTreeSet<&'k str> {
        let listing = &reading.source.listing;
        // Of a part of a source only what it names can be gone.
        let named = || listing.pages.iter().map(|page| page_id(&reading.source.state.name, &page.path));
        let named: Option<BTreeSet<String>> = (!listing.whole).then(|| named().collect());
        let is_gone =
            |id: &&str| !reading.kept.contains(*id) && named.as_ref().is_none_or(|named| named.contains(*id));
        let gone: BTreeSet<&str> = reading.known.keys().copied().filter(is_gone).collect();
        for id in &gone {
            self.writer.iter().for_each(|writer| writer.remove(id));
        }
        self.report.pages.removed += gone.len() as u64;
        self.changes += gone.len() as u64;
        gone
    }

    /// Decides over all pages of the source what is boilerplate, and analyses again those that were indexed or written
    /// under another verdict about one of their blocks.
    fn decide(
        &mut self,
        mut reading: Reading<'_>,
        gone: &BTreeSet<&str>,
        old: &Verdict,
    ) -> Result<Verdict, IndexError> {
        let name = reading.source.state.name.as_str();
        let unchanged = |take: &mut dyn FnMut(&str, &[u64])| {
            let take = |id: &str, fingerprints: &[u64]| {
                if !gone.contains(id) && !reading.changed.contains(id) {
                    take(id, fingerprints);
                }
            };
            self.snapshot.map_or(Ok(()), |snapshot| snapshot.fingerprints(name, take))
        };
        let each = |take: Take<'_>| {
            reading.analysed.each(|_, fingerprints| {
                take(fingerprints);
                Ok(())
            })?;
            unchanged(&mut |_, fingerprints| take(fingerprints))
        };
        let mut verdict = Verdict::over(each, &reading.guess)?;
        let mut marked_otherwise: Vec<(String, Vec<u64>)> = Vec::new();
        unchanged(&mut |id, fingerprints| {
            if verdict.differs(old, fingerprints) {
                marked_otherwise.push((id.to_owned(), fingerprints.to_vec()));
            }
        })?;
        for held in reading.held.drain(..) {
            self.put(held, false, &mut verdict)?;
        }
        reading.analysed.each(|file, fingerprints| {
            if !reading.holds && verdict.differs(&reading.guess, fingerprints) {
                self.analyse_again(reading.source, file, &mut verdict)?;
            }
            Ok::<_, IndexError>(())
        })?;
        for (id, fingerprints) in marked_otherwise {
            let key = reading.known.get(id.as_str()).copied().unwrap_or_default();
            self.mark_again(&id, key, fingerprints, &mut verdict)?;
        }
        Ok(verdict)
    }

    /// Analyses a page of the index once more, from what is stored of it.
    fn mark_again(
        &mut self,
        id: &str,
        key: u64,
        fingerprints: Vec<u64>,
        verdict: &mut Verdict,
    ) -> Result<(), IndexError> {
        let page = self.snapshot.map(|snapshot| snapshot.page(id)).transpose()?.flatten();
        let Some(page) = page.map(Box::new) else { return Ok(()) };
        self.report.pages.unchanged = self.report.pages.unchanged.saturating_sub(1);
        self.report.pages.changed += 1;
        self.changes += 1;
        self.put(Analysed { page, key, fingerprints }, true, verdict)
    }

    /// Analyses a page of this run once more; the index does not show it yet.
    fn analyse_again(
        &mut self,
        source: &Source,
        file: &PageFile,
        verdict: &mut Verdict,
    ) -> Result<(), IndexError> {
        match analyse_page(source, file, &BTreeMap::new(), self.analysis).1 {
            Outcome::Analysed(analysed) => self.put(analysed, true, verdict),
            // The file was there a moment ago: what was written stays, and the next run sees what became of it.
            _ => Ok(()),
        }
    }

    /// Writes a page under a verdict, in the place of one that was written before or as a new one.
    fn put(&self, analysed: Analysed, replaces: bool, verdict: &mut Verdict) -> Result<(), IndexError> {
        let Analysed { mut page, key, fingerprints } = analysed;
        // Most pages have no such block and had none: then there is nothing to mark.
        let may_change = verdict.knows_any(&fingerprints)
            || page.sections.iter().any(|section| !section.boilerplate.is_empty());
        if may_change && mark_boilerplate(&mut page, |fingerprint, text| verdict.condemns(fingerprint, text))
        {
            annotate(&mut page, self.analysis.vocabulary.get());
        }
        let Some(writer) = self.writer else { return Ok(()) };
        if replaces { writer.put(*page, key, &fingerprints) } else { writer.add(*page, key, &fingerprints) }
    }
}
