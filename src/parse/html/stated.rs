//! Facts that structured data states of a role, as lines that people could have written and annotators read: who
//! employs, what is paid, what experience it takes.

use super::salary;
use crate::model::section_kind;
use crate::parse::outline::{Draft, Entry};
use crate::text;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A fact, and the heading of the section that it belongs to.
pub(super) struct Stated {
    heading: &'static str,
    entry: Entry,
}

/// The heading of what is paid.
const PAY: &str = "Salary";
/// The most facts of a page, and the most of its texts that are looked at for amounts.
const MOST_FACTS: usize = 200;
const MOST_TEXTS: usize = 10_000;
/// The most requirements of experience that are read of one role.
const MOST_REQUIREMENTS: usize = 20;

/// What a JobPosting or an Occupation states.
pub(super) fn facts(object: &Map<String, Value>) -> Vec<Stated> {
    let employer = employer(object).map(|name| Stated {
        heading: "About the company",
        entry: Entry::row(false, &["Company".to_owned(), name]),
    });
    let line = |heading| move |line: String| Stated { heading, entry: Entry::paragraph(line) };
    let pay = salary::lines(object).into_iter().map(line(PAY));
    let experience = experience(object).into_iter().map(line("Experience"));
    employer.into_iter().chain(pay).chain(experience).collect()
}

/// Who offers a JobPosting: an Organization or its name.
fn employer(object: &Map<String, Value>) -> Option<String> {
    let organization = object.get("hiringOrganization")?;
    let name = organization.as_str().or_else(|| organization.get("name")?.as_str()).map(text::collapse);
    name.filter(|name| !name.is_empty() && !name.contains("://"))
}

/// The least experience, as OccupationalExperienceRequirements have it in months.
fn experience(object: &Map<String, Value>) -> Vec<String> {
    let requirements = match object.get("experienceRequirements") {
        Some(Value::Array(requirements)) => requirements.as_slice(),
        Some(requirement) => std::slice::from_ref(requirement),
        None => &[],
    };
    let months = |requirement: &Value| match requirement.get("monthsOfExperience")? {
        Value::Number(months) => months.as_u64(),
        Value::String(months) => months.trim().parse().ok(),
        _ => None,
    };
    let line = |months: u64| match (months, months % 12) {
        (12, _) => "At least 1 year of experience".to_owned(),
        (_, 0) => format!("At least {} years of experience", months / 12),
        _ => format!("At least {months} months of experience"),
    };
    let months = requirements.iter().take(MOST_REQUIREMENTS).filter_map(months);
    months.filter(|months| (1..=600).contains(months)).map(line).collect()
}

/// Adds to a page the facts that its text does not say, at the end of the section of their kind.
pub(super) fn add(facts: impl Iterator<Item = Stated>, draft: &mut Draft) {
    let mut facts = facts.take(MOST_FACTS).peekable();
    if facts.peek().is_none() {
        return;
    }
    let mut said = Said::of(draft);
    let mut groups: Vec<(&str, Vec<Entry>)> = Vec::new();
    for Stated { heading, entry } in facts {
        let Entry::Text { text, .. } = &entry else { continue };
        if !said.texts.insert(text.clone()) || heading == PAY && said.amounts_of(text) {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((heading, vec![entry])),
        }
    }
    for (heading, entries) in groups {
        let kind_of = |heading: &str| section_kind(heading, None).map(|(kind, _)| kind.id);
        let kind = kind_of(heading);
        let is_of_kind =
            |known: &Entry| matches!(known, Entry::Heading(known) if kind_of(&known.text) == kind);
        let begins = |known: &Entry| matches!(known, Entry::Heading(_) | Entry::Inferred(_));
        match draft.entries.iter().position(is_of_kind) {
            Some(at) => {
                let next = draft.entries[at + 1..].iter().position(begins);
                let end = next.map_or(draft.entries.len(), |next| at + 1 + next);
                draft.entries.splice(end..end, entries);
            }
            None => draft.entries.extend(std::iter::once(Entry::heading(2, heading)).chain(entries)),
        }
    }
}

/// What the text of a page says.
struct Said {
    texts: HashSet<String>,
    /// The amounts of each text that has any.
    amounts: Vec<Vec<String>>,
}

impl Said {
    fn of(draft: &Draft) -> Self {
        let texts = || {
            draft.entries.iter().filter_map(|entry| match entry {
                Entry::Text { text, .. } => Some(text),
                _ => None,
            })
        };
        Self {
            texts: texts().cloned().collect(),
            amounts: texts()
                .map(|text| amounts(text))
                .filter(|amounts| !amounts.is_empty())
                .take(MOST_TEXTS)
                .collect(),
        }
    }

    /// Whether a text names the amounts of a line, in whichever way they are grouped.
    fn amounts_of(&self, line: &str) -> bool {
        let wanted = amounts(line);
        !wanted.is_empty()
            && self.amounts.iter().any(|said| wanted.iter().all(|amount| said.contains(amount)))
    }
}

/// The whole numbers of a text from three digits on, without what groups them; "120k" is 120000.
fn amounts(text: &str) -> Vec<String> {
    let mut amounts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let mut amount = String::new();
        let mut end = 0;
        for (at, c) in rest.char_indices() {
            if c.is_ascii_digit() {
                amount.push(c);
                end = at + 1;
            } else if !(matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}')
                && rest[at + c.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count() == 3)
            {
                break;
            }
        }
        rest = &rest[end..];
        if rest.starts_with(['k', 'K']) {
            amount.push_str("000");
        }
        if amount.len() >= 3 {
            amounts.push(amount);
        }
    }
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_however_they_are_grouped() {
        assert_eq!(
            amounts("USD 150,000 to 190.000, 25k, 12 and 2024"),
            ["150000", "190000", "25000", "2024"]
        );
        let says = |text: &str, line: &str| {
            let entries = vec![Entry::paragraph(text)];
            Said::of(&Draft { entries, ..Draft::default() }).amounts_of(line)
        };
        assert!(says("We pay $150k–$190k.", "Base salary: USD 150,000 to USD 190,000 per year"));
        assert!(!says("We pay $150k.", "Base salary: USD 150,000 to USD 190,000 per year"));
        assert!(!says("We pay well.", "Base salary: competitive"));
    }
}
