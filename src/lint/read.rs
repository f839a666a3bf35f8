//! A file → what the rules of one page say of it, and what the rules of all pages need of it.

use super::finding::Finding;
use super::name_of;
use super::reading::{Entry, Reading};
use super::rules::Found;
use crate::annotate::{self, Vocabulary};
use crate::corpus::{self, PageFile};
use crate::parse::{self, Format, ParseError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What pages are read with.
pub(super) struct Reader<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// The working directory.
    pub(super) here: &'a Path,
    /// Empty, with the rules that count.
    pub(super) found: Found,
}

/// What became of a file.
pub(super) struct Read {
    pub(super) entry: Option<Entry>,
    pub(super) findings: Found,
}

impl Reader<'_> {
    pub(super) fn read(&self, file: &PageFile) -> Read {
        let name = name_of(self.here, &file.file);
        // A fault of ours in one page must not take the others with it.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut findings = self.found.like();
            let entry = self.page(file, &name, &mut findings);
            entry.map(|entry| Read { entry: Some(entry), findings })
        }));
        let reason = match read {
            Ok(Ok(read)) => return read,
            Ok(Err(reason)) => reason,
            Err(_) => "rolecall failed on this page; please report it".to_owned(),
        };
        let mut findings = self.found.like();
        findings.unreadable(&name, &reason);
        Read { entry: None, findings }
    }

    fn page(&self, file: &PageFile, name: &str, findings: &mut Found) -> Result<Entry, String> {
        let bytes = corpus::read(file, parse::LARGEST_PAGE).map_err(|error| error.to_string())?;
        let format = Format::of(&file.file).ok_or_else(|| ParseError::NotText.to_string())?;
        let text = parse::text(&bytes, format).map_err(|error| error.to_string())?;
        let mut page = parse::page(&text, format).map_err(|error| error.to_string())?;
        annotate::annotate(&mut page, self.vocabulary);
        let reading = Reading::new(name, format, &text, &page);
        findings.look_at(&reading);
        Ok(Entry::of(&reading, &file.path))
    }
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let findings: &[Finding] = self.findings.findings();
        f.debug_struct("Read").field("findings", &findings.len()).finish_non_exhaustive()
    }
}
