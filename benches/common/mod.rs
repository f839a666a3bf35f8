//! What both benches run on: the real occupations of `../shared`, or the sample corpus where they are not there.

use rolecall::index::Location;
use rolecall::ingest::{IngestOptions, IngestReport, ingest};
use std::path::{Path, PathBuf};

/// The folders of pages.
pub(crate) fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = ["esco", "onet"].map(|name| root.join("../shared/pages").join(name));
    if shared.iter().all(|folder| folder.is_dir()) {
        return shared.to_vec();
    }
    eprintln!("../shared is not there: measuring on corpus/, whose figures compare with nothing");
    vec![root.join("corpus")]
}

/// Ingests the pages into a new index.
pub(crate) fn build(index: &Path) -> IngestReport {
    let options = IngestOptions { paths: pages(), memory: 128 << 20, ..IngestOptions::default() };
    ingest(&Location::new(index), &options, &|_, _| {}).expect("the pages can be ingested")
}
