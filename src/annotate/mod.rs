//! What a page means: one file a fact, one line in the registry.

mod boilerplate;
mod companies;
mod context;
mod cues;
mod degree;
mod duration;
mod education;
mod experience;
mod ladder;
mod level;
mod ordinary;
mod pay;
mod phrase;
mod rule;
mod rungs;
mod sentence;
mod skills;
mod strength;
mod taxonomy;
mod title;
mod vocabulary;
mod word_set;

use crate::model::Page;

pub use boilerplate::{fingerprints, mark_boilerplate};
pub use taxonomy::{Taxonomy, TaxonomyError};
pub use vocabulary::Vocabulary;

/// Reads one kind of fact from a page and writes it there.
type Annotator = fn(&mut Page, &Vocabulary);

/// All annotators, in the order in which they run.
const REGISTRY: &[Annotator] = &[
    skills::annotate,
    |page, _| pay::annotate(page),
    |page, _| companies::annotate(page),
    level::annotate,
    experience::annotate,
    education::annotate,
    ladder::annotate,
];

/// Adds to a page what it means.
pub fn annotate(page: &mut Page, vocabulary: &Vocabulary) {
    for annotator in REGISTRY {
        annotator(page, vocabulary);
    }
}
