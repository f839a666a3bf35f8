//! What a page means: one file or folder a fact and one line in the registry; what they read with is in `reading`.

mod boilerplate;
mod companies;
mod education;
mod experience;
mod ladder;
mod level;
mod pay;
mod reading;
mod skills;

use crate::model::Page;

pub use boilerplate::{FINGERPRINT_BYTES, fingerprints, mark_boilerplate};
pub use skills::{Taxonomy, TaxonomyError, Vocabulary};

/// Reads one kind of fact from a page and writes it there.
type Annotator = fn(&mut Page);

/// The annotators of facts, in the order in which they run. Skills come before them: they alone need a vocabulary.
const REGISTRY: &[Annotator] = &[
    pay::annotate,
    companies::annotate,
    level::annotate,
    experience::annotate,
    education::annotate,
    ladder::annotate,
];

/// Adds to a page what it means.
pub fn annotate(page: &mut Page, vocabulary: &Vocabulary) {
    skills::annotate(page, vocabulary);
    for annotator in REGISTRY {
        annotator(page);
    }
}
