//! The rules: one file each, and one line in the registry.

mod broken_anchor;
mod broken_link;
mod contradictory_pay;
mod copied_page;
mod language;
mod missing_sections;
mod no_role;
mod no_title;
mod noindex;
mod odd_encoding;
mod odd_page;
mod outdated_pay;
mod outdated_projection;
pub(super) mod parts;
mod pay_order;
mod same_role;
mod targets;
mod text_without_heading;
mod undivided_text;
mod unknown_role;
mod unreadable;
mod years;

use super::finding::{Finding, Severity, Spot};
use super::reading::{Corpus, Entry, Reading};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// The rules, in the order in which they are described.
const REGISTRY: &[Rule] = &[
    unreadable::RULE,
    odd_page::RULE,
    odd_encoding::RULE,
    noindex::RULE,
    no_title::RULE,
    no_role::RULE,
    same_role::RULE,
    copied_page::RULE,
    language::NONE_STATED,
    language::WRONG,
    missing_sections::RULE,
    text_without_heading::RULE,
    undivided_text::RULE,
    pay_order::RULE,
    contradictory_pay::RULE,
    outdated_pay::RULE,
    outdated_projection::RULE,
    broken_link::RULE,
    broken_anchor::RULE,
    unknown_role::RULE,
];

/// The most findings of one rule that are listed for a page.
const MOST: usize = 20;
/// What is found on so many pages of a folder, and on more than half of them, is said once.
const MANY: usize = 10;

/// Something that pages can lack.
pub struct Rule {
    /// Its name: words joined by `-`.
    pub id: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it finds.
    pub summary: &'static str,
    /// Why that matters, and what to do.
    pub advice: &'static str,
    check: Check,
}

/// How a rule looks.
enum Check {
    /// At a page by itself.
    Page(fn(&Reading<'_>, &mut Out<'_>)),
    /// At all pages.
    Corpus(fn(&Corpus, &mut Out<'_>)),
    /// Not at all: what reading a file comes to is the finding.
    Reading,
}

/// The rules, in the order in which they are described.
pub fn rules() -> &'static [Rule] {
    REGISTRY
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// What was found so far, and the rules that count.
pub(super) struct Found {
    findings: Vec<Finding>,
    cut: u64,
    /// The present year.
    year: u16,
    /// Indices of the rules in the registry.
    rules: Vec<usize>,
}

/// Where a rule writes what it finds.
pub(super) struct Out<'f> {
    found: &'f mut Found,
    rule: &'static Rule,
    /// By file, how many there are of this rule and where those are that are listed.
    of_file: HashMap<String, (usize, Vec<usize>)>,
}

impl Found {
    pub(super) fn new(year: u16, without: &[String]) -> Self {
        let counts =
            |(index, rule): (usize, &Rule)| (!without.iter().any(|id| id == rule.id)).then_some(index);
        let rules = REGISTRY.iter().enumerate().filter_map(counts).collect();
        Self { findings: Vec::new(), cut: 0, year, rules }
    }

    /// The same rules, nothing found.
    pub(super) fn like(&self) -> Self {
        Self { findings: Vec::new(), cut: 0, year: self.year, rules: self.rules.clone() }
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.cut += other.cut;
    }

    /// A file could not be read.
    pub(super) fn unreadable(&mut self, file: &str, reason: &str) {
        let rule = REGISTRY.iter().position(|rule| rule.id == unreadable::RULE.id);
        if let Some(rule) = rule.filter(|rule| self.rules.contains(rule)) {
            self.out(rule).add(file, Spot::PAGE, format!("cannot be read: {reason}"));
        }
    }

    /// Lets the rules of one page look at it.
    pub(super) fn look_at(&mut self, reading: &Reading<'_>) {
        for rule in self.rules.clone() {
            if let Check::Page(check) = REGISTRY[rule].check {
                check(reading, &mut self.out(rule));
            }
        }
    }

    /// Lets the rules of all pages look at them.
    pub(super) fn look_over(&mut self, corpus: &Corpus) {
        for rule in self.rules.clone() {
            if let Check::Corpus(check) = REGISTRY[rule].check {
                check(corpus, &mut self.out(rule));
            }
        }
    }

    fn out(&mut self, rule: usize) -> Out<'_> {
        Out { found: self, rule: &REGISTRY[rule], of_file: HashMap::new() }
    }

    /// The findings in order, what most pages of a folder share once; and how many were not listed.
    pub(super) fn finish(self, corpus: &Corpus) -> (Vec<Finding>, u64) {
        let order = |rule: &Rule| REGISTRY.iter().position(|known| known.id == rule.id);
        let mut findings = self.findings;
        findings.sort_by(|a, b| {
            let key = |finding: &Finding| (finding.line, order(finding.rule));
            (&a.file, key(a), &a.message).cmp(&(&b.file, key(b), &b.message))
        });
        for folder in &corpus.folders {
            once(&mut findings, folder.entries.iter().map(|entry| entry.name.as_str()));
        }
        (findings, self.cut)
    }
}

/// Says once what most pages of a folder share.
fn once<'e>(findings: &mut Vec<Finding>, pages: impl ExactSizeIterator<Item = &'e str>) {
    let count = pages.len();
    if count < MANY {
        return;
    }
    let names: std::collections::HashSet<&str> = pages.collect();
    let mut on: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
    for (at, finding) in
        findings.iter().enumerate().filter(|(_, finding)| names.contains(finding.file.as_str()))
    {
        let places = on.entry((finding.rule.id, finding.message.clone())).or_default();
        if places.last().is_none_or(|last| findings[*last].file != finding.file) {
            places.push(at);
        }
    }
    let mut shared: HashMap<(&'static str, String), usize> = HashMap::new();
    for (key, places) in on {
        if places.len() >= MANY && 2 * places.len() > count {
            findings[places[0]].others = places.len() as u64 - 1;
            shared.insert(key, places[0]);
        }
    }
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        !names.contains(finding.file.as_str())
            || shared.get(&(finding.rule.id, finding.message.clone())).is_none_or(|first| *first == at - 1)
    });
}

impl Out<'_> {
    /// The present year.
    fn year(&self) -> u16 {
        self.found.year
    }

    /// Something was found on a page that is being looked at.
    fn page(&mut self, reading: &Reading<'_>, spot: Spot, message: impl Into<String>) {
        self.add(reading.name, spot, message.into());
    }

    /// Something was found on one of all pages.
    fn entry(&mut self, entry: &Entry, spot: Spot, message: impl Into<String>) {
        self.add(&entry.name, spot, message.into());
    }

    fn add(&mut self, file: &str, spot: Spot, message: String) {
        let (count, listed) = self.of_file.entry(file.to_owned()).or_default();
        let is_known = |at: &usize| {
            let known = &self.found.findings[*at];
            known.line == spot.line && known.message == message
        };
        if listed.iter().any(is_known) {
            return;
        }
        *count += 1;
        if *count > MOST {
            self.found.cut += 1;
            return;
        }
        listed.push(self.found.findings.len());
        self.found.findings.push(Finding {
            rule: self.rule,
            file: file.to_owned(),
            line: spot.line,
            precision: spot.precision,
            message,
            others: 0,
        });
    }
}

/// A text of a page within a message: its beginning, without what a terminal would obey.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let plain = crate::text::collapse(text);
    let mut chars = plain.chars();
    let beginning: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        format!("“{}…”", beginning.trim_end())
    } else {
        format!("“{beginning}”")
    }
}

/// Names in a sentence: "a, b and c".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_says_what_to_do() {
        let mut ids: Vec<&str> = REGISTRY.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), REGISTRY.len());
        for rule in REGISTRY {
            assert!(rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{rule:?}");
            assert!(rule.summary.len() > 10 && rule.advice.ends_with('.'), "{rule:?}");
        }
    }

    #[test]
    fn names_in_a_sentence() {
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(quoted("a\n\u{1b} b"), "“a b”");
    }
}
