//! The question as it is understood: what a page should have, in every language of the index, what it must have and
//! what it must not. How it is written is in `syntax`.

mod bounds;
mod expr;
mod intent;
mod node;
mod read;
mod skills;
mod stop_words;
mod syntax;
mod want;

use super::response::{Relaxed, Warning};
use crate::annotate::Vocabulary;
use crate::index::Analyzer;
use read::Reader;

pub(super) use expr::{Clause, Expr};
pub(super) use node::{Field, Shape};
pub(super) use stop_words::StopWords;
pub(super) use want::{Form, NamedSkill, Other, Want};

/// A question as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Query {
    /// All that is looked for, negated or not; the place is the bit.
    pub(super) wants: Vec<Want>,
    /// Those of the wants that are not negated, a bit each.
    pub(super) positive: u64,
    /// Those of these that a page need not have, a bit each.
    pub(super) optional: u64,
    /// What a page should have; the place is the bit of [`Query::met`].
    pub(super) clauses: Vec<Clause>,
    /// What a page must have, whatever else it lacks: what is asked for by field.
    pub(super) required: Vec<Expr>,
    /// What a section must have to count: what is asked for by fields of sections alone.
    pub(super) gates: Vec<Expr>,
    /// What neither page nor section may have.
    pub(super) nots: Vec<Expr>,
    /// Words that are stop words in every language, and were left out.
    pub(super) ignored: Vec<String>,
    /// Words that say what the question is after, and were left out.
    pub(super) framed: Vec<String>,
    /// In which languages which of the wants are stop words, a bit each: pages in these need not have them.
    pub(super) idle: Vec<(Analyzer, u64)>,
    /// What was taken for more than it is, as little was found.
    pub(super) relaxed: Vec<Relaxed>,
    pub(super) warnings: Vec<Warning>,
}

impl Query {
    /// Understands a question in the languages of these analyzers.
    pub(super) fn parse(
        question: &str,
        vocabulary: &Vocabulary,
        analyzers: &[Analyzer],
        stop_words: &StopWords,
    ) -> Self {
        let mut query = Self::default();
        let nodes = syntax::read(question, &mut query.warnings);
        let mut reader = Reader { query: &mut query, analyzers };
        let mut parts: Vec<(String, Expr)> =
            nodes.iter().filter_map(|node| reader.part(node, true)).collect();
        query.follow_intents(&mut parts, analyzers, stop_words);
        let mut top = Vec::new();
        for (text, expr) in parts {
            query.place(text, expr, &mut top);
        }
        query.leave_out_stop_words(top, analyzers, stop_words);
        query.name_skills(vocabulary);
        query
    }

    /// Puts a part of the question where it belongs; what a page should have goes to `top`.
    fn place(&mut self, text: String, expr: Expr, top: &mut Vec<Clause>) {
        let mut fields = Vec::new();
        expr.wants(false, &mut |bit, negated| fields.push((self.wants[bit].field, negated)));
        if let Expr::Not(expr) = expr {
            if !self.nots.contains(&expr) {
                self.nots.push(*expr);
            }
            return;
        }
        self.positive |= expr.positive();
        let all = |is: fn(&Field) -> bool| {
            fields.iter().all(|(field, negated)| !negated && field.as_ref().is_some_and(is))
        };
        if all(|field| matches!(field, Field::Section | Field::Skill | Field::Heading)) {
            self.gates.push(expr);
        } else if all(|_| true) {
            self.required.push(expr);
        } else if !top.iter().any(|known| known.expr == expr) {
            top.push(Clause { text, expr });
        }
    }

    /// In each language its stop words are not wanted, unless there is nothing else.
    fn leave_out_stop_words(&mut self, top: Vec<Clause>, analyzers: &[Analyzer], stop_words: &StopWords) {
        let word = |clause: &Clause| match clause.expr {
            Expr::Want(bit) => Some(bit),
            _ => None,
        };
        for &analyzer in analyzers {
            let is_stop = |want: &Want| {
                want.shape == Shape::Word && want.folded.iter().all(|word| stop_words.has(word, analyzer))
            };
            let stops: Vec<usize> =
                top.iter().filter_map(word).filter(|&bit| is_stop(&self.wants[bit])).collect();
            if stops.len() < top.len() {
                for &bit in &stops {
                    self.wants[bit].forms.retain(|form| form.analyzer != analyzer);
                }
            }
            let bits = stops.iter().filter(|_| stops.len() < top.len());
            self.idle.push((analyzer, bits.fold(0, |idle, &bit| idle | 1 << bit.min(63))));
        }
        let is_ignored = |clause: &Clause| word(clause).is_some_and(|bit| self.wants[bit].forms.is_empty());
        let (ignored, clauses): (Vec<Clause>, Vec<Clause>) = top.into_iter().partition(is_ignored);
        self.ignored = ignored.into_iter().map(|clause| clause.text).collect();
        self.clauses = clauses;
    }

    /// What a page whose title says all that is asked for has, a bit each.
    pub(super) fn needed(&self) -> u64 {
        self.positive & !self.optional
    }

    /// Which wants are stop words in a language, a bit each.
    pub(super) fn idle_in(&self, analyzer: Analyzer) -> u64 {
        self.idle.iter().find(|(known, _)| *known == analyzer).map_or(0, |(_, idle)| *idle)
    }

    /// Which clauses hold where these wants are found, a bit each.
    pub(super) fn met(&self, found: u64) -> u64 {
        (0..)
            .zip(&self.clauses)
            .fold(0, |met, (bit, clause): (u32, &Clause)| met | u64::from(clause.expr.holds(found)) << bit)
    }

    /// All clauses, a bit each.
    pub(super) fn all_clauses(&self) -> u64 {
        if self.clauses.is_empty() { 0 } else { u64::MAX >> (64 - self.clauses.len().min(64)) }
    }

    /// Whether a want is looked for and not negated.
    pub(super) fn is_positive(&self, bit: usize) -> bool {
        self.positive >> bit & 1 == 1
    }

    /// Whether a want and the next are words that follow each other, both looked for anywhere.
    pub(super) fn is_pair(&self, bit: usize) -> bool {
        let is_word = |bit: usize| {
            let want = &self.wants[bit];
            want.shape == Shape::Word && want.is_plain() && self.is_positive(bit) && !want.is_ignored()
        };
        is_word(bit) && is_word(bit + 1)
    }

    /// How many words it has, if it could be a title as it stands: words that are all wanted, and nothing else.
    pub(super) fn words_as_title(&self) -> Option<u32> {
        let is_plain = |clause: &Clause| match clause.expr {
            Expr::Want(bit) => {
                self.wants[bit].field.is_none() && matches!(self.wants[bit].shape, Shape::Word)
            }
            _ => false,
        };
        let plain = !self.clauses.is_empty()
            && self.clauses.iter().all(is_plain)
            && self.gates.is_empty()
            && self.required.is_empty();
        let words = self.wants.iter().enumerate().filter(|(bit, _)| self.needed() >> bit & 1 == 1);
        let words: usize = words.map(|(_, want)| want.folded.len()).sum();
        u32::try_from(words).ok().filter(|_| plain)
    }

    /// Whether there is nothing to look for: everything matches, but for what is excluded.
    pub(super) fn is_everything(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether nothing is asked at all.
    pub(super) fn is_nothing(&self) -> bool {
        let Self { clauses, required, gates, nots, positive, .. } = self;
        clauses.is_empty() && required.is_empty() && gates.is_empty() && nots.is_empty() && *positive == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(question: &str) -> Query {
        Query::parse(question, &Vocabulary::built_in(), &[Analyzer::default()], &StopWords::default())
    }

    fn clauses(query: &Query) -> Vec<&str> {
        query.clauses.iter().map(|clause| clause.text.as_str()).collect()
    }

    /// The wants of what is excluded.
    fn nots(query: &Query) -> Vec<&Want> {
        let bits = query.nots.iter().fold(0, |bits, not| bits | not.positive());
        query.wants.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, want)| want).collect()
    }

    #[test]
    fn words_phrases_and_negations() {
        let query = parse("front-end \"machine learning\" -python -\"on call\" x-y C++");
        assert_eq!(clauses(&query), ["front-end", "\"machine learning\"", "x-y", "C++"]);
        assert_eq!(
            nots(&query).iter().map(|want| want.text.as_str()).collect::<Vec<_>>(),
            ["python", "\"on call\""]
        );
        assert_eq!(query.wants[0].forms[0].terms, ["front", "end"]);
        assert_eq!(query.wants.last().unwrap().forms[0].terms, ["c++"]);
    }

    #[test]
    fn stop_words_are_wanted_when_quoted_or_alone() {
        assert_eq!(clauses(&parse("the state of a pipeline")), ["state", "pipeline"]);
        assert_eq!(parse("the state of a pipeline").ignored, ["the", "of", "a"]);
        assert_eq!(clauses(&parse("\"the\" pipeline")), ["\"the\"", "pipeline"]);
        assert_eq!(clauses(&parse("to be or not")), ["to", "be", "or", "not"]);
    }

    #[test]
    fn words_that_say_nothing_on_a_site_are_stop_words_too() {
        let stop_words = StopWords::with(&["acme".to_owned()]);
        let parse = |question: &str| {
            Query::parse(question, &Vocabulary::built_in(), &[Analyzer::default()], &stop_words)
        };
        assert_eq!(clauses(&parse("engineer at Acme")), ["engineer"]);
        assert_eq!(parse("engineer at Acme").ignored, ["at", "Acme"]);
        assert_eq!(clauses(&parse("Acme")), ["Acme"]);
        assert_eq!(clauses(&parse("engineer \"acme\"")), ["engineer", "\"acme\""]);
    }

    #[test]
    fn stop_words_are_those_of_each_language() {
        let languages = [Analyzer::of(Some("de")), Analyzer::of(Some("en"))];
        let query = Query::parse(
            "die casting engineer an",
            &Vocabulary::built_in(),
            &languages,
            &StopWords::default(),
        );
        assert_eq!(
            (clauses(&query), query.ignored.as_slice()),
            (vec!["die", "casting", "engineer"], &["an".to_owned()][..])
        );
        assert_eq!(languages.map(|language| query.idle_in(language)), [0b1001, 0b1000]);
        let only = |want: &Want| want.forms.iter().map(|form| form.analyzer.language()).collect::<Vec<_>>();
        assert_eq!(only(&query.wants[0]), [Some("en")]);
        assert_eq!(only(&query.wants[1]), [Some("de"), Some("en")]);
    }

    #[test]
    fn names_of_skills_alone_and_together() {
        assert_eq!(parse("k8s").wants[0].skills[0].id, "kubernetes");
        assert_eq!(nots(&parse("python -k8s"))[0].skills[0].id, "kubernetes");
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
            assert!(query.wants.len() <= 4, "{odd}");
        }
        assert_eq!(parse("say \"unclosed here").warnings[0].code, "unclosed_quote");
        assert_eq!(clauses(&parse("say \"unclosed here")), ["say", "unclosed", "here"]);
        assert_eq!(parse("🦀").warnings[0].code, "ignored_text");
    }
}
