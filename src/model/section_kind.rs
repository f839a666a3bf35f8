//! Which wording of a heading means which kind of section: the table `section_kinds.tsv`, in four languages.

use super::Label;
use crate::text;
use foldhash::HashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A kind of section that career pages have in common, whatever they call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SectionKind {
    /// `requirements`, `career-path` …
    pub id: &'static str,
    /// The English name that people see.
    pub label: &'static str,
}

/// How surely a heading names its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The whole heading is a known wording: it may make a section even of a subheading.
    Strong,
    /// The heading contains a known wording: enough for a heading that heads a section anyway.
    Loose,
}

impl SectionKind {
    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        TABLE.kinds.iter().find(|kind| kind.id == id).copied()
    }
}

impl From<SectionKind> for Label {
    fn from(kind: SectionKind) -> Self {
        Self { id: kind.id.to_owned(), label: kind.label.to_owned() }
    }
}

/// The kind that a heading names, if it is any wording's; `role` is the role the page is about, whose name headings repeat.
pub fn section_kind(heading: &str, role: Option<&str>) -> Option<(SectionKind, Fit)> {
    kind_of_normalized(&normalized_heading(heading, role))
}

/// The kind that a heading names which [`normalized_heading`] gave.
pub fn kind_of_normalized(normal: &str) -> Option<(SectionKind, Fit)> {
    if let Some(&kind) = TABLE.strong.get(normal) {
        return Some((TABLE.kinds[kind], Fit::Strong));
    }
    let words: Vec<&str> = normal.split(' ').collect();
    if words.len() > MOST_WORDS {
        return None;
    }
    // The first in the order of the table; only patterns with a word of the heading can fit.
    let possible = words.iter().filter_map(|word| TABLE.patterns_with.get(word)).flatten();
    let fitting = possible.filter(|&&at| fits(&TABLE.patterns[at].words, &words)).min()?;
    let Pattern { kind, fit, .. } = TABLE.patterns[*fitting];
    Some((TABLE.kinds[kind], fit))
}

/// How much of a heading is looked at, in bytes, and the most words of one that names a kind: what is longer is text.
const LONGEST_HEADING: usize = 400;
const MOST_WORDS: usize = 24;

/// The kind that a sentence speaks of last: what it leads to ("… in their responsibilities due to industry trends:").
pub fn kind_within(sentence: &str) -> Option<SectionKind> {
    let beginning = &sentence[..sentence.floor_char_boundary(LONGEST_SENTENCE.min(sentence.len()))];
    let words = plain_words(beginning);
    (1..=words.len()).rev().find_map(|end| {
        (end.saturating_sub(LONGEST_WORDING)..end)
            // A short word alone ("role", "pay") says too little of what a sentence is about.
            .filter(|&start| start + 1 < end || words[start].len() >= SHORTEST_WORDING)
            .find_map(|start| TABLE.strong.get(words[start..end].join(" ").as_str()))
            .map(|&kind| TABLE.kinds[kind])
    })
}

/// How much of a text is looked at, in bytes.
const LONGEST_SENTENCE: usize = 1_000;
/// The most words of a wording that is looked for within a sentence.
const LONGEST_WORDING: usize = 4;

/// The fewest letters of a single word that is looked for within a sentence.
const SHORTEST_WORDING: usize = 5;

/// The heading as the table's wordings are written: lower case, no accents, punctuation, numbering or emoji,
/// `&` as `and`, no parenthesis at the end, the role's name as the word `role`.
pub fn normalized_heading(heading: &str, role: Option<&str>) -> String {
    let heading = heading.trim();
    let heading = &heading[..heading.floor_char_boundary(LONGEST_HEADING.min(heading.len()))];
    let heading = match heading.rfind(['(', '（']) {
        Some(open) if open > 0 && heading.ends_with([')', '）', ':']) => &heading[..open],
        _ => heading,
    };
    let mut words = plain_words(heading);
    while words.len() > 1 && words[0].len() <= 3 && words[0].bytes().all(|byte| byte.is_ascii_digit()) {
        words.remove(0);
    }
    if let Some(role) = role {
        let role = plain_words(role);
        replace_role(&mut words, &role);
    }
    words.join(" ")
}

fn plain_words(text: &str) -> Vec<String> {
    let text = if text.contains(['&', '\'', '’']) {
        Cow::Owned(text.replace('&', " and ").replace(['\'', '’'], " "))
    } else {
        Cow::Borrowed(text)
    };
    text::words(&text).map(|word| word.folded.into_owned()).collect()
}

/// Replaces the role's name, its plural too, by `role`, and drops the article before it.
fn replace_role(words: &mut Vec<String>, role: &[String]) {
    let Some(last) = role.len().checked_sub(1) else { return };
    let same = |(index, (word, name)): (usize, (&String, &String))| {
        word == name || (index == last && word.strip_suffix('s') == Some(name.as_str()))
    };
    let Some(at) = (0..words.len())
        .find(|&at| words.len() - at > last && words[at..=at + last].iter().zip(role).enumerate().all(same))
    else {
        return;
    };
    if words.len() == role.len() {
        return; // A heading that is only the role's name repeats the title.
    }
    let from = if at > 0 && matches!(words[at - 1].as_str(), "a" | "an" | "the") { at - 1 } else { at };
    words.splice(from..=at + last, ["role".to_owned()]);
}

struct Table {
    kinds: Vec<SectionKind>,
    /// Whole wordings.
    strong: HashMap<&'static str, usize>,
    /// Wordings with `+` (any word), `*` (any words) or `=` (the whole heading, but of more than one meaning), those
    /// that are strong first.
    patterns: Vec<Pattern>,
    /// Indices of the patterns by the first word that each must have.
    patterns_with: HashMap<&'static str, Vec<usize>>,
}

struct Pattern {
    words: Vec<&'static str>,
    kind: usize,
    fit: Fit,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut kinds, mut strong): (Vec<SectionKind>, HashMap<&str, usize>) = (Vec::new(), HashMap::default());
    let mut patterns: Vec<Pattern> = Vec::new();
    for line in include_str!("section_kinds.tsv").lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(id), Some(label), Some(_), Some(wordings)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let kind = kinds.iter().position(|kind| kind.id == id).unwrap_or_else(|| {
            kinds.push(SectionKind { id, label });
            kinds.len() - 1
        });
        for wording in wordings.split('|').map(str::trim).filter(|wording| !wording.is_empty()) {
            let whole = wording.strip_prefix('=');
            let words: Vec<&str> = whole.unwrap_or(wording).split(' ').collect();
            if whole.is_some() || words.contains(&"*") {
                patterns.push(Pattern { words, kind, fit: Fit::Loose });
            } else if words.contains(&"+") {
                patterns.push(Pattern { words, kind, fit: Fit::Strong });
            } else {
                strong.entry(wording).or_insert(kind);
            }
        }
    }
    patterns.sort_by_key(|pattern| pattern.fit == Fit::Loose);
    let mut patterns_with: HashMap<&str, Vec<usize>> = HashMap::default();
    for (index, pattern) in patterns.iter().enumerate() {
        let first = pattern.words.iter().find(|word| !matches!(**word, "*" | "+"));
        first.iter().for_each(|word| patterns_with.entry(word).or_default().push(index));
    }
    Table { kinds, strong, patterns, patterns_with }
});

/// Whether the words fit a pattern in which `*` stands for any number of words and `+` for one.
fn fits(pattern: &[&str], words: &[&str]) -> bool {
    match pattern.split_first() {
        None => words.is_empty(),
        Some((&"*", rest)) => (0..=words.len()).any(|skipped| fits(rest, &words[skipped..])),
        Some((&first, rest)) => words
            .split_first()
            .is_some_and(|(&word, words)| (first == "+" || word == first) && fits(rest, words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(heading: &str, role: Option<&str>) -> Option<(&'static str, Fit)> {
        section_kind(heading, role).map(|(kind, fit)| (kind.id, fit))
    }

    #[test]
    fn the_table_is_sound() {
        assert!(TABLE.kinds.len() >= 25);
        for line in include_str!("section_kinds.tsv").lines() {
            assert_eq!(line.split('\t').count(), 4, "{line}");
        }
    }

    #[test]
    fn wordings_in_many_dresses() {
        assert_eq!(id("3. Core Responsibilities:", None), Some(("responsibilities", Fit::Strong)));
        assert_eq!(id("Salary Ranges (US Market, 2024)", None), Some(("salary", Fit::Strong)));
        assert_eq!(
            id("What does a Cloud Architect do?", Some("Cloud architect")).map(|(id, _)| id),
            Some("responsibilities")
        );
        assert_eq!(id("Core Duties", None), Some(("responsibilities", Fit::Strong)));
        assert_eq!(id("🎓 Education", None), Some(("education", Fit::Strong)));
        assert_eq!(id("Gehalt", None), Some(("salary", Fit::Strong)));
    }

    #[test]
    fn a_text_is_no_heading() {
        assert_eq!(id("The skills that people of this sort have", None).map(|(id, _)| id), Some("skills"));
        for text in ["what the skills and ".repeat(200_000), "1 ".repeat(1_000_000), "skills ".repeat(30)] {
            assert_eq!(id(&text, None), None, "{text:.40}");
        }
    }

    #[test]
    fn wordings_that_career_sites_use() {
        for (heading, role, wanted) in [
            ("What you’ll do", None, "responsibilities"),
            ("In this role, you will:", None, "responsibilities"),
            ("Who you are", None, "requirements"),
            ("You might be a good fit if…", None, "requirements"),
            ("How much does a Data Engineer make?", Some("Data Engineer"), "salary"),
            ("Highest-paying cities", None, "salary"),
            ("Steps to become a Data Engineer", Some("Data Engineer"), "career-path"),
            ("How long does it take to become a Data Engineer?", Some("Data Engineer"), "career-path"),
            ("A day in the life of a Data Engineer", Some("Data Engineer"), "day-to-day"),
            ("Is data engineering a good career?", None, "market-demand"),
            ("You may also be interested in", None, "related-roles"),
            ("Recommended Technologies and Tools to Learn:", None, "tools"),
            ("Was Sie erwartet", None, "responsibilities"),
            ("Damit überzeugst du uns", None, "requirements"),
            ("Ihre Bewerbung", None, "how-to-apply"),
            ("Das bieten wir", None, "benefits"),
            ("Vos missions", None, "responsibilities"),
            ("Profil recherché :", None, "requirements"),
            ("Les étapes du recrutement", None, "how-to-apply"),
            ("Lo que harás", None, "responsibilities"),
            ("¿Cuánto cobra un Data Engineer?", Some("Data Engineer"), "salary"),
            ("Se valorará", None, "requirements"),
        ] {
            assert_eq!(id(heading, role), Some((wanted, Fit::Strong)), "{heading}");
        }
    }

    #[test]
    fn what_shares_a_word_with_a_wording_is_not_its_kind() {
        for heading in [
            "Apply machine learning",
            "Experience design",
            "Requirements engineering",
            "Human Resources",
            "Education sector",
            "Interview with Jane Doe",
            "Demand planning",
            "Training data",
            "Typical engagements",
        ] {
            assert_eq!(id(heading, None), None, "{heading}");
        }
        assert_eq!(
            id("Technology", None),
            Some(("technology", Fit::Loose)),
            "a field, a column, or an axis of a ladder"
        );
    }

    #[test]
    fn subheadings_that_only_sound_like_a_section_are_not_strong() {
        for heading in [
            "Compensation and Career Opportunities",
            "Continuous Growth and Challenges",
            "Technical Leadership",
            "Specialized Backend Skills in High Demand",
            "Communication and Collaboration",
            "Factors Influencing Salary",
        ] {
            assert_ne!(id(heading, None).map(|(_, fit)| fit), Some(Fit::Strong), "{heading}");
        }
    }
}
