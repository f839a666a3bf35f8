//! The question: words, "phrases", `-word` and `-"phrase"`, read in every language of the index. It never fails; what
//! is odd is taken as text and said.

use super::response::Warning;
use super::stop_words::is_stop_word;
use crate::annotate::Vocabulary;
use crate::index::Analyzer;
use crate::text::words;

/// The most words of a name that are tried as one skill.
const LONGEST_NAME: usize = 5;

/// A word or phrase of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Want {
    /// As it stands in the question.
    pub(super) text: String,
    /// Its terms in each language, but for those in which it is a stop word.
    pub(super) forms: Vec<Form>,
    /// The skills that the word is a name of, alone or with its neighbours.
    pub(super) skills: Vec<NamedSkill>,
    /// It stood in quotes.
    pub(super) quoted: bool,
    /// As the vocabulary knows words.
    folded: Vec<String>,
}

/// What a word or phrase is in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) analyzer: Analyzer,
    /// One for a word; several that follow each other for a phrase, and for a word like `CI/CD`.
    pub(super) terms: Vec<String>,
}

/// A skill that words of the question name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedSkill {
    pub(super) id: String,
    /// The words that name it, as they stand in the question.
    pub(super) text: String,
}

/// A question as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// What a page should have.
    pub(super) wants: Vec<Want>,
    /// What it must not have.
    pub(super) nots: Vec<Want>,
    /// Words that are stop words in every language, and were left out.
    pub(super) ignored: Vec<String>,
    /// In which languages which of the wants are stop words, a bit each: pages in these need not have them.
    pub(super) idle: Vec<(Analyzer, u64)>,
    pub(super) warnings: Vec<Warning>,
}

/// A piece of the question as it was written.
struct Piece<'a> {
    text: &'a str,
    quoted: bool,
    negated: bool,
}

impl Query {
    /// Understands a question in the languages of these analyzers.
    pub(super) fn parse(question: &str, vocabulary: &Vocabulary, analyzers: &[Analyzer]) -> Self {
        let mut query = Self::default();
        let pieces = pieces(question, &mut query.warnings);
        let mut wants = Vec::new();
        for piece in pieces {
            let folded: Vec<String> = words(piece.text).map(|word| word.folded.into_owned()).collect();
            if folded.is_empty() {
                if !piece.text.trim().is_empty() {
                    let message = format!("{:?} has no letter or digit and was left out", piece.text);
                    query.warnings.push(Warning::new("ignored_text", message, "q"));
                }
                continue;
            }
            let text = if piece.quoted { format!("\"{}\"", piece.text) } else { piece.text.to_owned() };
            let form = |&analyzer: &Analyzer| Form {
                analyzer,
                terms: analyzer.terms(piece.text).map(|(_, term)| term).collect(),
            };
            let forms = analyzers.iter().map(form).collect();
            let want = Want { text, forms, skills: Vec::new(), quoted: piece.quoted, folded };
            let list = if piece.negated { &mut query.nots } else { &mut wants };
            if !list.iter().any(|known: &Want| known.forms == want.forms) {
                list.push(want);
            }
        }
        query.leave_out_stop_words(wants, analyzers);
        query.name_skills(vocabulary);
        query
    }

    /// In each language its stop words are not wanted, unless there is nothing else.
    fn leave_out_stop_words(&mut self, mut wants: Vec<Want>, analyzers: &[Analyzer]) {
        for &analyzer in analyzers {
            let language = analyzer.language().unwrap_or_default();
            let is_stop =
                |want: &Want| !want.quoted && want.folded.iter().all(|word| is_stop_word(word, language));
            if !wants.iter().all(is_stop) {
                for want in wants.iter_mut().filter(|want| is_stop(want)) {
                    want.forms.retain(|form| form.analyzer != analyzer);
                }
            }
        }
        let (wants, stops): (Vec<Want>, Vec<Want>) =
            wants.into_iter().partition(|want| !want.forms.is_empty());
        self.ignored = stops.into_iter().map(|want| want.text).collect();
        for &analyzer in analyzers {
            let lacks = |want: &Want| want.forms.iter().all(|form| form.analyzer != analyzer);
            let bits = wants.iter().take(64).enumerate().filter(|(_, want)| lacks(want));
            self.idle.push((analyzer, bits.fold(0, |idle, (bit, _)| idle | 1 << bit)));
        }
        self.wants = wants;
    }

    /// Which wants are stop words in a language, a bit each.
    pub(super) fn idle_in(&self, analyzer: Analyzer) -> u64 {
        self.idle.iter().find(|(known, _)| *known == analyzer).map_or(0, |(_, idle)| *idle)
    }

    /// Whether there is nothing to look for: everything matches, but for what is negated.
    pub(super) fn is_everything(&self) -> bool {
        self.wants.is_empty()
    }

    /// Finds the skills that words are names of: each alone, and neighbours together ("google cloud").
    fn name_skills(&mut self, vocabulary: &Vocabulary) {
        for start in 0..self.wants.len() {
            let mut name: Vec<&str> = Vec::new();
            let mut found: Vec<(usize, String)> = Vec::new();
            for end in start..self.wants.len().min(start + LONGEST_NAME) {
                if self.wants[end].quoted {
                    break; // What is quoted is meant to the letter.
                }
                name.extend(self.wants[end].folded.iter().map(String::as_str));
                found.extend(vocabulary.called(&name).map(|skill| (end, skill.id.clone())));
            }
            for (end, id) in found {
                let text = self.wants[start..=end]
                    .iter()
                    .map(|want| want.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                for want in &mut self.wants[start..=end] {
                    if !want.skills.iter().any(|known| known.id == id) {
                        want.skills.push(NamedSkill { id: id.clone(), text: text.clone() });
                    }
                }
            }
        }
        // What a word finds, its negation removes.
        for not in self.nots.iter_mut().filter(|not| !not.quoted) {
            let name: Vec<&str> = not.folded.iter().map(String::as_str).collect();
            let skills = vocabulary
                .called(&name)
                .map(|skill| NamedSkill { id: skill.id.clone(), text: not.text.clone() });
            not.skills = skills.collect();
        }
    }
}

/// Splits a question at its spaces and quotes. `-` negates at the beginning of a piece only.
fn pieces<'a>(question: &'a str, warnings: &mut Vec<Warning>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = question;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return pieces;
        }
        let after_sign = rest
            .strip_prefix('-')
            .filter(|after| after.starts_with(|c: char| c == '"' || c.is_alphanumeric() || c == '.'));
        let negated = after_sign.is_some();
        let body = after_sign.unwrap_or(rest);
        if let Some(quoted) = body.strip_prefix(['"', '“', '”']) {
            if let Some(end) = quoted.find(['"', '“', '”']) {
                let closer = quoted[end..].chars().next().map_or(1, char::len_utf8);
                pieces.push(Piece { text: &quoted[..end], quoted: true, negated });
                rest = &quoted[end + closer..];
                continue;
            }
            let message = "a quote is opened and not closed; what follows it was read as words";
            warnings.push(Warning::new("unclosed_quote", message, "q"));
            rest = quoted;
            if !negated {
                continue;
            }
        } else {
            rest = body;
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”')).unwrap_or(rest.len());
        pieces.push(Piece { text: &rest[..end], quoted: false, negated });
        rest = &rest[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(question: &str) -> Query {
        Query::parse(question, &Vocabulary::built_in(), &[Analyzer::default()])
    }

    fn texts(wants: &[Want]) -> Vec<&str> {
        wants.iter().map(|want| want.text.as_str()).collect()
    }

    #[test]
    fn words_phrases_and_negations() {
        let query = parse("front-end \"machine learning\" -python -\"on call\" x-y C++");
        assert_eq!(texts(&query.wants), ["front-end", "\"machine learning\"", "x-y", "C++"]);
        assert_eq!(texts(&query.nots), ["python", "\"on call\""]);
        assert_eq!(query.wants[0].forms[0].terms, ["front", "end"]);
        assert_eq!(query.wants[3].forms[0].terms, ["c++"]);
    }

    #[test]
    fn stop_words_are_wanted_when_quoted_or_alone() {
        assert_eq!(texts(&parse("the state of a pipeline").wants), ["state", "pipeline"]);
        assert_eq!(parse("the state of a pipeline").ignored, ["the", "of", "a"]);
        assert_eq!(texts(&parse("\"the\" pipeline").wants), ["\"the\"", "pipeline"]);
        assert_eq!(texts(&parse("to be or not").wants), ["to", "be", "or", "not"]);
    }

    #[test]
    fn stop_words_are_those_of_each_language() {
        let languages = [Analyzer::of(Some("de")), Analyzer::of(Some("en"))];
        let query = Query::parse("die casting engineer an", &Vocabulary::built_in(), &languages);
        assert_eq!(
            (texts(&query.wants), query.ignored.as_slice()),
            (vec!["die", "casting", "engineer"], &["an".to_owned()][..])
        );
        assert_eq!(languages.map(|language| query.idle_in(language)), [0b001, 0]);
        let only = |want: &Want| want.forms.iter().map(|form| form.analyzer.language()).collect::<Vec<_>>();
        assert_eq!(only(&query.wants[0]), [Some("en")]);
        assert_eq!(only(&query.wants[1]), [Some("de"), Some("en")]);
    }

    #[test]
    fn names_of_skills_alone_and_together() {
        assert_eq!(parse("k8s").wants[0].skills[0].id, "kubernetes");
        assert_eq!(parse("python -k8s").nots[0].skills[0].id, "kubernetes");
        let query = parse("senior google cloud");
        assert!(query.wants[0].skills.is_empty());
        let named = |want: &Want| {
            want.skills.iter().any(|skill| skill.id == "google-cloud" && skill.text == "google cloud")
        };
        assert!(query.wants[1..].iter().all(named), "{query:?}");
    }

    #[test]
    fn nothing_that_people_type_fails() {
        for odd in [
            "\"",
            "-\"",
            "- -",
            "-",
            "*",
            "((((",
            "\u{0}",
            "🦀",
            "a:(^",
            "“curly”",
            "-\"open never closed",
            "\"\"",
        ] {
            let query = parse(odd);
            assert!(query.wants.len() + query.nots.len() <= 4, "{odd}");
        }
        assert_eq!(parse("say \"unclosed here").warnings[0].code, "unclosed_quote");
        assert_eq!(texts(&parse("say \"unclosed here").wants), ["say", "unclosed", "here"]);
        assert_eq!(parse("🦀").warnings[0].code, "ignored_text");
    }
}
