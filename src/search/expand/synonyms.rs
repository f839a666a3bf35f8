//! Words that stand for others: the table of this file's folder, and what a site adds to it.

use crate::search::curation::Synonym;
use crate::text::words;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word or a name stands for besides itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Others {
    /// What means the same: it finds what the word finds.
    pub(super) same: Vec<String>,
    /// What is often meant with it: it raises what is found.
    pub(super) near: Vec<String>,
}

/// Synonyms by the folded words of what they stand for, with a space between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Synonyms {
    others: HashMap<String, Others>,
}

static BUILT_IN: LazyLock<Synonyms> = LazyLock::new(|| {
    let mut synonyms = Synonyms::default();
    for line in include_str!("words.tsv").lines() {
        match line.split_once('\t') {
            Some(("same", names)) => {
                let names: Vec<&str> = names.split(", ").collect();
                synonyms.add_short(names[0], &names[1..]);
            }
            Some(("near", names)) => {
                let mut names = names.split(", ");
                let of = key(names.next().unwrap_or_default());
                synonyms.others.entry(of).or_default().near.extend(names.map(str::to_owned));
            }
            _ => {}
        }
    }
    synonyms
});

impl Synonyms {
    /// Those that every index has, and these.
    pub(super) fn with(more: &[Synonym]) -> Self {
        let mut synonyms = BUILT_IN.clone();
        for Synonym { from, to } in more {
            for name in from {
                let own = key(name);
                to.iter().filter(|other| key(other) != own).for_each(|other| synonyms.add(name, other));
            }
        }
        synonyms
    }

    /// A short name and what it is short for. Two things that have the same short name are not the same.
    fn add_short(&mut self, short: &str, long: &[&str]) {
        for long in long {
            self.add(short, long);
            self.add(long, short);
        }
    }

    fn add(&mut self, name: &str, other: &str) {
        let same = &mut self.others.entry(key(name)).or_default().same;
        if !same.iter().any(|known| known == other) {
            same.push(other.to_owned());
        }
    }

    /// What these folded words stand for.
    pub(super) fn of(&self, folded: &[&str]) -> Option<&Others> {
        self.others.get(&folded.join(" "))
    }
}

fn key(name: &str) -> String {
    words(name).map(|word| word.folded.into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_names_stand_for_each_other() {
        let synonyms = Synonyms::with(&[]);
        assert_eq!(synonyms.of(&["sre"]).unwrap().same, ["site reliability engineer"]);
        assert_eq!(synonyms.of(&["front", "end"]).unwrap().same, ["frontend"]);
        assert_eq!(synonyms.of(&["project", "manager"]).unwrap().same, ["pm"]);
        assert!(synonyms.of(&["teacher"]).unwrap().near.contains(&"instructor".to_owned()));
        assert!(synonyms.of(&["kubernetes"]).is_none());
    }
}
