//! Two pages of one folder for the same role.

use super::{Check, Out, Rule};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::{Corpus, Entry};
use crate::model::{Language, role_name};
use std::collections::HashMap;

pub(super) const RULE: Rule = Rule {
    id: "same-role",
    severity: Severity::Note,
    summary: "Two pages are about the same role",
    advice: "Readers do not know which of them counts. Put them together, or say in the titles what tells them apart.",
    check: Check::Corpus(check),
};

fn check(corpus: &Corpus, out: &mut Out<'_>) {
    for folder in &corpus.folders {
        let mut first: HashMap<(String, String), &Entry> = HashMap::new();
        for entry in &folder.entries {
            let Some(role) = &entry.role else { continue };
            let name = role_name(&role.label);
            if name.is_empty() {
                continue;
            }
            let language = entry.language.as_deref().map_or_else(String::new, |tag| Language::label(tag).id);
            let before = *first.entry((name, language)).or_insert(entry);
            if !std::ptr::eq(before, entry) {
                let message =
                    format!("is about the role {}, as {} is", super::quoted(&role.label), before.name);
                out.entry(entry, Spot::PAGE, message);
            }
        }
    }
}
