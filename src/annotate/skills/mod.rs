//! Which skills a page names, and where.

mod context;
mod ordinary;
mod rule;
mod taxonomy;
mod vocabulary;

use crate::annotate::reading::strength::Strengths;
use crate::model::{Mention, Page};
use crate::text::all_words;
use context::{Found, Place, Places, Shouted, settle};
use std::ops::Range;
use vocabulary::normalise;

/// Whether a folded word is one that everybody uses every day.
pub(super) fn is_common(word: &str) -> bool {
    ordinary::ordinary(word) == Some(ordinary::Ordinary::Common)
}

pub use taxonomy::{Taxonomy, TaxonomyError};
pub use vocabulary::Vocabulary;

/// Writes the skills and mentions of every section; those of other roles are not this page's.
pub(super) fn annotate(page: &mut Page, vocabulary: &Vocabulary) {
    for section in &mut page.sections {
        if section.is_about_others() {
            (section.mentions, section.skills) = (Vec::new(), Vec::new());
            continue;
        }
        let mut found: Vec<(usize, Option<usize>, Range<usize>)> = Vec::new();
        let places = Places::of(section);
        for heading in section.heading.iter().chain(&section.subheadings) {
            let mentions = mentions_in(&heading.text, places.of_headings(), vocabulary);
            found.extend(mentions.into_iter().map(|(skill, _)| (skill, None, 0..0)));
        }
        for (index, block) in section.own_blocks() {
            let mentions = mentions_in(&block.text, places.of_block(block), vocabulary);
            found.extend(mentions.into_iter().map(|(skill, span)| (skill, Some(index), span)));
        }
        if found.is_empty() {
            (section.mentions, section.skills) = (Vec::new(), Vec::new());
            continue;
        }
        let strengths = Strengths::of_section(section);
        let id = |skill: usize| vocabulary.at(skill).id.as_str();
        let mut skills: Vec<usize> = found.iter().map(|&(skill, ..)| skill).collect();
        skills.sort_unstable_by_key(|&skill| id(skill));
        skills.dedup();
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mentions = found
            .into_iter()
            .filter_map(|(skill, block, span)| {
                let skill = skills.binary_search_by_key(&id(skill), |&known| id(known)).ok()?;
                let skill = u16::try_from(skill).ok()?;
                Some(Mention {
                    skill,
                    block: block.map(small),
                    start: small(span.start),
                    end: small(span.end),
                    strength: strengths.at(block, span.start),
                })
            })
            .collect();
        section.mentions = mentions;
        section.skills = skills.into_iter().map(|skill| vocabulary.at(skill).clone()).collect();
    }
}

/// The most of a text that is looked at in one go, in bytes: what its words need is many times as long as they are.
const LONGEST_PIECE: usize = 1 << 16;

/// The skills that a text names, with the bytes that name them.
fn mentions_in(text: &str, place: Place<'_>, vocabulary: &Vocabulary) -> Vec<(usize, Range<usize>)> {
    let mut mentions = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let piece = piece(&text[start..]);
        let found = mentions_of(piece, place, vocabulary).into_iter();
        mentions.extend(found.map(|(skill, at)| (skill, start + at.start..start + at.end)));
        start += piece.len();
    }
    mentions
}

/// The beginning of a text up to the end of a sentence, or else of a word.
fn piece(text: &str) -> &str {
    if text.len() <= LONGEST_PIECE {
        return text;
    }
    let longest = &text[..text.floor_char_boundary(LONGEST_PIECE)];
    let sentence = longest.rfind(". ").map(|at| at + 2).filter(|&at| at > LONGEST_PIECE / 2);
    let end = sentence.or_else(|| longest.rfind(' ').map(|at| at + 1));
    &longest[..end.unwrap_or(longest.len())]
}

/// As [`mentions_in`], of a text that is not too long.
fn mentions_of(text: &str, place: Place<'_>, vocabulary: &Vocabulary) -> Vec<(usize, Range<usize>)> {
    if !vocabulary.may_be_named_in(text) {
        return Vec::new();
    }
    let words = all_words(text);
    let (normalised, starts) = normalise(text, &words);
    let shouted = Shouted::default();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((range, names)) = vocabulary.find((&normalised, &starts), &words, from) {
        let first = starts.partition_point(|&start| start < range.start);
        let last = first + starts[first..].partition_point(|&start| start < range.end) - 1;
        from = last + 1;
        let candidate = Found::new(text, &words, first..last + 1, names, (place, &shouted), vocabulary);
        if candidate.is_none() && last > first {
            // Another name can begin within one that it is not.
            from = first + 1;
        }
        found.extend(candidate);
    }
    if found.iter().any(|found| found.skill.is_none()) {
        settle(text, &words, place, &mut found, vocabulary);
    }
    found
        .iter()
        .filter_map(|found| {
            let skill = found.skill?;
            let lead = found.names.iter().find(|name| name.skill == skill).map_or(0, |name| name.lead);
            Some((skill, words[found.first + lead].start..words[found.last].end))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skills(text: &str) -> Vec<String> {
        let vocabulary = Vocabulary::built_in();
        mentions_in(text, Place::default(), &vocabulary)
            .into_iter()
            .map(|(skill, _)| vocabulary.at(skill).id.clone())
            .collect()
    }

    #[test]
    fn names_signs_and_aliases() {
        assert_eq!(
            skills("Mastery of languages (e.g., Java, Python, Ruby, Node.js)"),
            ["java", "python", "ruby", "node.js"]
        );
        assert_eq!(
            skills("Docker, k8s and CI / CD pipelines in golang"),
            ["docker", "kubernetes", "ci-cd", "go"]
        );
        assert!(skills("Azure, DevOps").contains(&"devops".to_owned()));
        assert_eq!(skills("C++ and C#, .NET"), ["cpp", "csharp", "dotnet"]);
        let text = "uses k8s daily";
        assert_eq!(
            mentions_in(text, Place::default(), &Vocabulary::built_in())
                .into_iter()
                .map(|(_, at)| &text[at])
                .collect::<Vec<_>>(),
            ["k8s"]
        );
    }

    #[test]
    fn ordinary_words_are_no_skills() {
        for text in [
            "Robust, scalable systems",
            "Ready to go the extra mile",
            "Go through the plan with everyone",
            "R&D at C-level",
            "To excel as a manager",
            "Excel in your role",
            "React to incidents",
            "Swift resolution of incidents",
            "the rest of the team",
        ] {
            let found = skills(text);
            assert!(
                found
                    .iter()
                    .all(|id| !["go", "scala", "r", "c", "excel", "react", "swift", "rest"]
                        .contains(&id.as_str())),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_long_list_takes_no_longer_a_name() {
        for (list, times) in
            [("Python, Java, Go, R, C, ", 40_000), ("REST ", 0), ("GO REST BY THE WORD ", 0), ("Go ", 0)]
        {
            let text = list.repeat(20_000);
            let mentions = mentions_in(&text, Place::default(), &Vocabulary::built_in());
            assert!(mentions.len() >= times);
            let named = |at: &Range<usize>| ["Python", "Java", "Go", "R", "C"].contains(&&text[at.clone()]);
            assert!(times == 0 || mentions.iter().all(|(_, at)| named(at)));
        }
    }

    #[test]
    fn ambiguous_names_in_their_context() {
        assert!(
            skills("Engineers proficient in Go, Scala, and GraphQL")
                .starts_with(&["go".to_owned(), "scala".to_owned()])
        );
        assert!(skills("Statistics in R and Python").contains(&"r".to_owned()));
        assert!(
            skills("Word, Excel").contains(&"excel".to_owned())
                || skills("Microsoft Excel spreadsheets").iter().any(|id| id.contains("excel"))
        );
    }

    #[test]
    fn languages_that_people_speak_where_it_is_said_that_they_do() {
        for (text, wanted) in [
            ("Fluent in English, German and French", &["english", "german", "french"][..]),
            ("Very good written and spoken English", &["english"]),
            ("German (C1), English (B2)", &["german", "english"]),
            ("We look for German-speaking agents.", &["german"]),
            ("Knowledge of Spanish is a plus.", &["spanish"]),
            ("Du sprichst fließend Deutsch und gut Englisch.", &["german", "english"]),
            ("Sehr gute Deutschkenntnisse in Wort und Schrift", &["german"]),
            ("Anglais courant, bonne maîtrise de l'allemand", &["english", "german"]),
            ("Nivel alto de inglés y alemán", &["english", "german"]),
            ("Experience with German courts and English clients", &[]),
            ("You polish documents for the French market.", &[]),
            ("Teaches English to children.", &[]),
            ("A valid driver's license", &["driving-licence"]),
            ("Führerschein Klasse B", &["driving-licence"]),
        ] {
            assert_eq!(skills(text), wanted, "{text}");
        }
        assert_eq!(skills("CDL or commercial driver's license"), ["commercial-drivers-license"; 2]);
    }
}
