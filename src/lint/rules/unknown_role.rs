//! Roles that a page points to, and that no page is about.

use super::targets::{Target, Targets};
use super::{Check, Out, Rule, listed, quoted};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Corpus;
use crate::lint::source::Link;
use crate::model::role_name;
use std::collections::HashSet;

pub(super) const RULE: Rule = Rule {
    id: "unknown-role",
    severity: Severity::Note,
    summary: "A page points to roles that no page is about",
    advice: "Readers look for them in vain. Write the page, name the role as its page does, or point to another.",
    check: Check::Corpus(check),
};

/// How many are named.
const MOST_NAMED: usize = 5;

fn check(corpus: &Corpus, out: &mut Out<'_>) {
    let roles: HashSet<String> =
        corpus.entries().filter_map(|entry| entry.role.as_ref()).map(|role| role_name(&role.label)).collect();
    let titles: HashSet<String> = corpus.entries().map(|entry| role_name(&entry.title)).collect();
    // What pages there are is known only where the folder was read, not one page of it.
    for folder in corpus.folders.iter().filter(|folder| folder.whole && folder.entries.len() > 1) {
        let mut targets = Targets::of(folder);
        for entry in &folder.entries {
            let mut unknown: Vec<(String, Spot)> = Vec::new();
            for (title, url, spot) in &entry.related {
                let name = role_name(title);
                let leads = url.as_deref().is_some_and(|url| {
                    let link = Link { url: url.to_owned(), line: 1 };
                    // A link to another site is to a page of its own; a broken one is a finding of its own.
                    !link.is_within() || targets.find(entry, url).0 != Target::Other
                });
                if !leads && !name.is_empty() && !roles.contains(&name) && !titles.contains(&name) {
                    unknown.push((quoted(title), *spot));
                }
            }
            if let Some((_, spot)) = unknown.first() {
                let named: Vec<&str> =
                    unknown.iter().take(MOST_NAMED).map(|(name, _)| name.as_str()).collect();
                let more = unknown.len().saturating_sub(MOST_NAMED);
                let more = if more > 0 { format!(", and {more} more") } else { String::new() };
                out.entry(
                    entry,
                    *spot,
                    format!("points to roles that no page is about: {}{more}", listed(&named)),
                );
            }
        }
    }
}
