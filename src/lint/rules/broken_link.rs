//! Relative links to files that are not there.

use super::targets::{Target, Targets};
use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Corpus;

pub(super) const RULE: Rule = Rule {
    id: "broken-link",
    severity: Severity::Error,
    summary: "A link leads to a file that is not there",
    advice: "Correct the address, or take the link out.",
    check: Check::Corpus(check),
};

fn check(corpus: &Corpus, out: &mut Out<'_>) {
    for folder in &corpus.folders {
        let mut targets = Targets::of(folder);
        for entry in folder.entries.iter().filter(|entry| !entry.rebased) {
            for link in &entry.links {
                let (target, path, _) = targets.find(entry, &link.url);
                if target == Target::Missing {
                    out.entry(
                        entry,
                        Spot::at(link.line),
                        format!("links to {}, which is not there", super::quoted(&path)),
                    );
                }
            }
        }
    }
}
