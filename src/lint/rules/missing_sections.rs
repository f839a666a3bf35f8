//! Sections that most career pages have and a page lacks: one finding a page. What more than half of a folder's pages lack
//! is said of the folder, once; so a page is told only what its neighbours have.

use super::{Check, MANY, Out, Rule, listed};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::{Corpus, Entry};
use crate::model::Language;

pub(super) const RULE: Rule = Rule {
    id: "missing-sections",
    severity: Severity::Note,
    summary: "A page lacks a section that most career pages have",
    advice: "Readers look for what one does, what it takes, skills, pay and the career path. Add the section, with a heading that says so.",
    check: Check::Corpus(check),
};

/// Languages whose headings are known.
const KNOWN: [&str; 4] = ["en", "de", "fr", "es"];

fn check(corpus: &Corpus, out: &mut Out<'_>) {
    for folder in &corpus.folders {
        let meant: Vec<&Entry> = folder.entries.iter().filter(|entry| is_meant(entry)).collect();
        let Some(first) = meant.first() else { continue };
        let lacking = |part: usize| meant.iter().filter(|entry| entry.parts.missing()[part].1).count();
        let parts = first.parts.missing().map(|(name, _)| name);
        let counts: Vec<usize> = (0..parts.len()).map(lacking).collect();
        let usual = |part: usize| meant.len() < MANY || 2 * counts[part] <= meant.len();
        let rare: Vec<usize> = (0..parts.len()).filter(|part| !usual(*part)).collect();
        if !rare.is_empty() {
            let counted: Vec<String> =
                rare.iter().map(|part| format!("{} do not tell {}", counts[*part], parts[*part])).collect();
            let counted: Vec<&str> = counted.iter().map(String::as_str).collect();
            let message =
                format!("of {} pages about roles in this folder, {}", meant.len(), listed(&counted));
            out.entry(first, Spot::PAGE, message);
        }
        for entry in &meant {
            let missing = entry.parts.missing();
            let missing: Vec<&str> = (0..parts.len())
                .filter(|part| usual(*part) && missing[*part].1)
                .map(|part| parts[part])
                .collect();
            if !missing.is_empty() {
                out.entry(entry, Spot::PAGE, format!("does not tell {}", listed(&missing)));
            }
        }
    }
}

/// Whether a page is about a role, in a language whose headings are known.
fn is_meant(entry: &Entry) -> bool {
    let known = |tag: &str| KNOWN.contains(&Language::label(tag).id.as_str());
    entry.role.is_some() && entry.language.as_deref().is_some_and(known)
}
