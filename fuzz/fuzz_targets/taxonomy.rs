//! Any text as a taxonomy: it is refused or becomes skills that are found in a page which says the same text.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use rolecall::annotate::{Taxonomy, Vocabulary, annotate};
use rolecall::parse::{Format, parse};

fuzz_target!(|file: &str| -> Corpus {
    let Ok(taxonomy) = Taxonomy::read(file.as_bytes()) else { return Corpus::Reject };
    for line in taxonomy.text.lines() {
        let name = line.split_once('\t').map(|(name, aliases)| (name.is_empty(), aliases.contains('\t')));
        assert_eq!(name, Some((false, false)), "a name, a tab and aliases: {line:?}");
    }
    let vocabulary = Vocabulary::with(&[taxonomy]);
    vocabulary.skills().iter().for_each(|skill| rolecall_fuzz::check_id(&skill.id));
    if let Ok(mut page) = parse(file.as_bytes(), Format::SavedText) {
        annotate(&mut page, &vocabulary);
        rolecall_fuzz::check(&page);
    }
    Corpus::Keep
});
