//! Any bytes as a taxonomy: they are refused or become skills that are found in a page which says the same text. Seeds
//! with the headers of ESCO and O*NET stand in `tests/it/taxonomies`.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use rolecall::annotate::{Taxonomy, Vocabulary, annotate};
use rolecall::parse::{Format, parse};

fuzz_target!(|file: &[u8]| -> Corpus {
    let Ok(taxonomy) = Taxonomy::read(file) else { return Corpus::Reject };
    assert!(!taxonomy.text.is_empty(), "a taxonomy has a skill");
    for line in taxonomy.text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        assert!(columns.len() == 3 && !columns[0].is_empty(), "a name, aliases and a kind: {line:?}");
    }
    let vocabulary = Vocabulary::with(&[taxonomy]);
    vocabulary.skills().iter().for_each(|skill| rolecall_fuzz::check_id(&skill.id));
    if let Ok(mut page) = parse(file, Format::SavedText) {
        annotate(&mut page, &vocabulary);
        rolecall_fuzz::check(&page);
    }
    Corpus::Keep
});
