//! Lists of companies: the headings and lead-ins that say what is listed, and the items.

use super::TABLE;
use super::name::{LONGEST_NAME, is_name, is_surely_a_name};
use crate::model::{BlockKind, Section};
use crate::text::{Word, words};
use std::borrow::Cow;

/// May stand between "companies" and the colon before their names.
const LEADS: &[&str] = &[
    "as", "hiring", "that", "hire", "them", "for", "example", "instance", "e", "g", "these", "are", "in",
    "this", "field",
];
/// After "companies" in the heading of a list of them: "Companies hiring designers", "Employers in Berlin".
const HEADS_ON: &[&str] = &[
    "hiring",
    "examples",
    "like",
    "that",
    "who",
    "for",
    "to",
    "in",
    "employing",
    "die",
    "qui",
    "en",
    "a",
    "por",
    "near",
];

/// The items that name a company each: of lists that are led in as examples of companies, by block.
pub(super) fn lists(section: &Section) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    let mut at = 0;
    let blocks = &section.blocks;
    while at < blocks.len() {
        let heading = blocks[at].heading.and_then(|index| section.subheadings.get(usize::from(index)));
        let first = at;
        let is_item = |at: usize| {
            matches!(blocks[at].kind, BlockKind::Item { .. }) && blocks[at].heading == blocks[first].heading
        };
        while at < blocks.len() && is_item(at) {
            at += 1;
        }
        let list = first..at;
        if list.is_empty() {
            at += 1;
            continue;
        }
        let lead = first
            .checked_sub(1)
            .map(|before| &blocks[before])
            .filter(|block| block.heading == blocks[first].heading);
        let led = lead.is_some_and(|lead| leads_to_companies(&lead.text))
            || lead.is_none()
                && heading.or(section.heading.as_ref()).is_some_and(|heading| heads_companies(&heading.text));
        if !led {
            continue;
        }
        let found: Vec<(usize, &str)> = list
            .clone()
            .filter(|at| !section.is_boilerplate(*at))
            .filter_map(|at| Some((at, label(&blocks[at].text).filter(|name| is_name(name))?)))
            .collect();
        // A list of names has a name in most of its items, and one at least that no word looks like.
        if 2 * found.len() > list.len() && found.iter().any(|(_, name)| is_surely_a_name(name)) {
            names.extend(found);
        }
    }
    names
}

/// The beginning of an item up to a colon or dash, or all of a short one.
pub(in crate::annotate) fn label(text: &str) -> Option<&str> {
    let cut = [": ", " – ", " — ", " - ", " ("].iter().filter_map(|sign| text.find(sign)).min();
    let name = cut.map_or(text, |cut| &text[..cut]).trim().trim_end_matches(':');
    (!name.is_empty() && name.len() <= LONGEST_NAME).then_some(name)
}

/// "Companies like:", "Company-specific focus areas may vary. For instance:".
fn leads_to_companies(text: &str) -> bool {
    text.trim_end().ends_with(':') && text.len() < 300 && {
        let words: Vec<Word<'_>> = words(text).collect();
        let specific = words
            .windows(2)
            .any(|pair| TABLE.companies.contains(pair[0].folded.as_ref()) && pair[1].folded == "specific");
        // "Companies like:", "Employers that hire them include:", and no word of skills or tools between.
        let after = words.iter().rev().position(|word| TABLE.companies.contains(word.folded.as_ref()));
        let leads = |word: &Word<'_>| {
            TABLE.like.contains(word.folded.as_ref()) || LEADS.contains(&word.folded.as_ref())
        };
        specific || after.is_some_and(|after| after <= 6 && words[words.len() - after..].iter().all(leads))
    }
}

/// A heading above companies, one each: "Company-Specific Salary Ranges", "Top paying companies", "Salary by company".
pub(in crate::annotate) fn heads_companies(heading: &str) -> bool {
    if heading.len() > 120 {
        return false;
    }
    let folded: Vec<Cow<'_, str>> = words(heading).map(|word| word.folded).collect();
    let is_companies = |word: &str| TABLE.companies.contains(word);
    let specific = folded.windows(2).any(|pair| {
        is_companies(&pair[0]) && pair[1] == "specific" || pair[0] == "by" && is_companies(&pair[1])
    });
    specific
        || folded.iter().position(|word| TABLE.several.contains(&**word)).is_some_and(|at| {
            let praised = folded[..at].iter().all(|word| TABLE.praise.contains(&**word));
            let goes_on = folded.get(at + 1).is_none_or(|next| HEADS_ON.contains(&&**next));
            praised && goes_on
        })
}
