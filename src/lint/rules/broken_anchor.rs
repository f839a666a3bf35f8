//! Links to a place of a page that it does not have.

use super::targets::{Target, Targets, has_anchor};
use super::{Check, Out, Rule, quoted};
use crate::lint::finding::{Severity, Spot};
use crate::lint::reading::Corpus;
use crate::parse::Format;

pub(super) const RULE: Rule = Rule {
    id: "broken-anchor",
    severity: Severity::Warning,
    summary: "A link leads to a place of a page that it does not have",
    advice: "Readers come to the top of the page. Correct the part behind the #, or give the heading that id.",
    check: Check::Corpus(check),
};

fn check(corpus: &Corpus, out: &mut Out<'_>) {
    for folder in &corpus.folders {
        let mut targets = Targets::of(folder);
        for entry in folder.entries.iter().filter(|entry| !entry.rebased) {
            for link in entry.links.iter().filter(|link| link.url.contains('#')) {
                let (Target::Page(target), path, fragment) = targets.find(entry, &link.url) else { continue };
                let target = &folder.entries[target];
                // Saved text has lost its anchors; scripts have addresses of their own behind the #.
                let is_open = target.format == Format::SavedText
                    || fragment.is_empty()
                    || fragment.eq_ignore_ascii_case("top")
                    || fragment.starts_with(['/', '!', ':'])
                    || fragment.contains(":~:");
                if !is_open && !has_anchor(&target.anchors, &fragment, target.format == Format::Markdown) {
                    let whose = if target.path == entry.path { "this page".to_owned() } else { path };
                    let message =
                        format!("links to {}, which {whose} does not have", quoted(&format!("#{fragment}")));
                    out.entry(entry, Spot::at(link.line), message);
                }
            }
        }
    }
}
