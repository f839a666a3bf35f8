//! Made-up pages and questions for property tests: few words, so that they meet often, and none that has other forms.

use crate::support::html;
use proptest::prelude::*;

/// Words of no language; the stemmer leaves them as they are.
pub(crate) const WORDS: [&str; 7] =
    ["brovilk", "dranquox", "kelpirq", "vontraz", "mirvop", "tastuld", "wubfrist"];
/// Names of skills as pages write them, and the skill's id. Two of them are one skill.
pub(crate) const NAMES: [(&str, &str); 4] =
    [("Python", "python"), ("Kubernetes", "kubernetes"), ("k8s", "kubernetes"), ("Terraform", "terraform")];
/// Headings of known kinds, and of kinds of their own; the last two have one id and two labels.
const HEADINGS: [&str; 8] = [
    "Overview",
    "Requirements",
    "Salary",
    "Skills",
    "Python kelpirq",
    "Wubfrist",
    "Vontraz things",
    "VONTRAZ Things",
];
/// Titles; two name one role in different letters, the last one none.
const TITLES: [&str; 7] = [
    "Brovilk Engineer",
    "Kelpirq Mirvop Engineer",
    "Data Engineer",
    "DATA Engineer",
    "Tastuld",
    "Head of Vontraz, Dranquox and Python",
    "Introduction to wubfrist",
];

/// What pages state as their language: two tags of one, one without a stemmer, and nothing.
const LANGUAGES: [&str; 5] = ["en", "de", "de-AT", "pl", ""];

/// What many pages say at their end, so that it is boilerplate where most do.
const NOTICES: [&str; 4] =
    ["Apply with brovilk, Python and tastuld.", "Apply with brovilk, Python and tastuld.", "Kelpirq.", ""];

/// A page that does not exist.
#[derive(Clone, Debug)]
pub(crate) struct MadeUp {
    language: &'static str,
    title: &'static str,
    sections: Vec<(&'static str, Vec<String>)>,
}

impl MadeUp {
    pub(crate) fn html(&self) -> String {
        let paragraphs: Vec<Vec<&str>> = self
            .sections
            .iter()
            .map(|(_, paragraphs)| paragraphs.iter().map(String::as_str).collect())
            .collect();
        let headings = self.sections.iter().map(|(heading, _)| *heading);
        let sections: Vec<(&str, &[&str])> = headings.zip(paragraphs.iter().map(Vec::as_slice)).collect();
        let stated = format!("<html lang={:?}>", self.language);
        html(self.title, &sections).replacen("<html lang=\"en\">", &stated, 1)
    }
}

/// A page of one to five sections.
pub(crate) fn page() -> impl Strategy<Value = MadeUp> {
    let word = prop_oneof![
        6 => prop::sample::select(&WORDS[..]),
        2 => prop::sample::select(&NAMES[..]).prop_map(|(name, _)| name),
        1 => prop::sample::select(&["déjà", "R&D", "🚀", "<b>", "it's", "front-end"][..]),
    ];
    let paragraph =
        prop::collection::vec((word, prop::sample::select(&["", "", "", ".", ",", "!"][..])), 1..14);
    let paragraph = paragraph.prop_map(|words| {
        words.into_iter().map(|(word, sign)| format!("{word}{sign}")).collect::<Vec<_>>().join(" ")
    });
    let section = (prop::sample::select(&HEADINGS[..]), prop::collection::vec(paragraph, 0..4));
    let language = prop::sample::select(&LANGUAGES[..]);
    let notice = prop::sample::select(&NOTICES[..]);
    (language, prop::sample::select(&TITLES[..]), prop::collection::vec(section, 1..6), notice).prop_map(
        |(language, title, mut sections, notice)| {
            sections
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|(_, paragraphs)| paragraphs.push(notice.to_owned()));
            MadeUp { language, title, sections }
        },
    )
}

/// A word or phrase of a question.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// As it stands in the question.
    pub(crate) text: String,
    /// Its words in lower case.
    pub(crate) words: Vec<String>,
    /// The skill that it is a name of.
    pub(crate) skill: Option<&'static str>,
}

/// A question of no to four words and phrases, and what is not wanted.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) wants: Vec<Part>,
    pub(crate) nots: Vec<Part>,
}

impl Question {
    pub(crate) fn text(&self) -> String {
        let nots = self.nots.iter().map(|part| format!("-{}", part.text));
        self.wants.iter().map(|part| part.text.clone()).chain(nots).collect::<Vec<_>>().join(" ")
    }
}

fn phrase() -> impl Strategy<Value = Part> {
    (prop::sample::select(&WORDS[..]), prop::sample::select(&WORDS[..])).prop_map(|(first, second)| Part {
        text: format!("\"{first} {second}\""),
        words: vec![first.to_owned(), second.to_owned()],
        skill: None,
    })
}

fn plain(word: &str, skill: Option<&'static str>) -> Part {
    Part { text: word.to_owned(), words: vec![word.to_lowercase()], skill }
}

pub(crate) fn question() -> impl Strategy<Value = Question> {
    let known = WORDS
        .iter()
        .map(|word| plain(word, None))
        .chain(NAMES.iter().map(|(name, skill)| plain(name, Some(skill))));
    let known: Vec<Part> = known.chain([plain("Engineer", None), plain("nowhere", None)]).collect();
    let words = prop::sample::subsequence(known, 0..=3).prop_shuffle();
    let phrases = prop::option::weighted(0.2, phrase());
    let negated_word = prop::sample::select(&WORDS[..]).prop_map(|word| plain(word, None));
    let nots = prop::option::weighted(0.3, prop_oneof![3 => negated_word, 1 => phrase()]);
    (words, phrases, nots).prop_map(|(mut wants, phrase, nots)| {
        wants.extend(phrase);
        Question { wants, nots: nots.into_iter().collect() }
    })
}

#[test]
fn made_up_words_have_no_other_forms() {
    for language in LANGUAGES {
        let analyzer = rolecall::index::Analyzer::of(Some(language).filter(|tag| !tag.is_empty()));
        assert!(WORDS.iter().all(|word| analyzer.terms(word).map(|(_, term)| term).eq([word.to_string()])));
    }
}
