//! The question as it is understood: what a page should have, in every language of the index, what it must have and
//! what it must not. How it is written is in `syntax`.

mod intent;
mod read;
mod skills;
mod stop_words;
mod syntax;

use super::response::{HighlightKind, Relaxed, Warning};
use crate::annotate::Vocabulary;
use crate::index::Analyzer;
use read::Reader;

pub(super) use stop_words::StopWords;
pub(super) use syntax::{Field, Shape};

/// A word, phrase or bound of the question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Want {
    /// As it stands in the question.
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) field: Option<Field>,
    /// Its terms in each language, but for those in which it is a stop word.
    pub(super) forms: Vec<Form>,
    /// The skills that the word is a name of, alone or with its neighbours.
    pub(super) skills: Vec<NamedSkill>,
    /// Other names of the same: they are found as it is.
    pub(super) others: Vec<Other>,
    /// Terms of words that are near to it, and how much they count: they raise what is found and find nothing.
    pub(super) hints: Vec<(Analyzer, String, f32)>,
    /// The ids of the kinds of section that it names, where it is looked for among them.
    pub(super) kinds: Vec<String>,
    /// The kinds of section that have it, whatever their words: of a word the kind that it names.
    pub(super) topics: Vec<String>,
    /// It stands by itself, among words that are all wanted: its neighbours may be parts of the same name.
    plain: bool,
    /// As the vocabulary knows words.
    pub(super) folded: Vec<String>,
}

/// What a word or phrase is in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) analyzer: Analyzer,
    /// One for a word; several that follow each other for a phrase, and for a word like `CI/CD`.
    pub(super) terms: Vec<String>,
}

/// Another name of what a word, or it and its neighbours, means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Other {
    pub(super) text: String,
    pub(super) forms: Vec<Form>,
    pub(super) shape: Shape,
    /// How much it counts of what the word itself would.
    pub(super) worth: f32,
    /// How it is marked.
    pub(super) kind: HighlightKind,
    /// It is the name of a role, and is looked for there alone.
    pub(super) in_role: bool,
}

/// A skill that words of the question name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedSkill {
    pub(super) id: String,
    /// The words that name it, as they stand in the question.
    pub(super) text: String,
}

/// What is made of wants; each is a bit of what is found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Want(usize),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
}

impl Expr {
    /// Whether it holds where these wants are found.
    pub(super) fn holds(&self, found: u64) -> bool {
        match self {
            Self::Want(bit) => found >> bit & 1 == 1,
            Self::All(parts) => parts.iter().all(|part| part.holds(found)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(found)),
            Self::Not(part) => !part.holds(found),
        }
    }

    /// Its wants that it asks for rather than excludes, a bit each.
    pub(super) fn positive(&self) -> u64 {
        let mut bits = 0;
        self.wants(false, &mut |bit, negated| bits |= u64::from(!negated) << bit.min(63));
        bits
    }

    /// Wants of which one at least is found wherever it holds, a bit each; none where it may hold without any.
    pub(super) fn one_of(&self) -> Option<u64> {
        match self {
            Self::Want(bit) => Some(1 << bit.min(&63)),
            Self::All(parts) => parts.iter().find_map(Self::one_of),
            Self::Any(parts) => parts.iter().try_fold(0, |bits, part| Some(bits | part.one_of()?)),
            Self::Not(_) => None,
        }
    }

    /// Whether a want is in it, negated or not.
    fn has(&self, bit: usize) -> bool {
        let mut has = false;
        self.wants(false, &mut |of, _| has |= of == bit);
        has
    }

    /// Calls `f` with each of its wants, and whether that is negated.
    fn wants(&self, negated: bool, f: &mut impl FnMut(usize, bool)) {
        match self {
            Self::Want(bit) => f(*bit, negated),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.wants(negated, f)),
            Self::Not(part) => part.wants(!negated, f),
        }
    }
}

/// What a page should have: a word, a phrase or alternatives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clause {
    /// As it stands in the question.
    pub(super) text: String,
    pub(super) expr: Expr,
}

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
}

impl Want {
    /// Of this shape, and looked for nowhere.
    fn nothing(shape: Shape) -> Self {
        Self {
            text: String::new(),
            shape,
            field: None,
            forms: Vec::new(),
            skills: Vec::new(),
            others: Vec::new(),
            hints: Vec::new(),
            kinds: Vec::new(),
            topics: Vec::new(),
            plain: false,
            folded: Vec::new(),
        }
    }

    /// What it is, as answers say.
    pub(super) fn kind(&self) -> &'static str {
        match (self.field, self.shape) {
            (Some(field), _) => field.name(),
            (None, Shape::Phrase { .. }) => "phrase",
            (None, Shape::Prefix) => "prefix",
            (None, Shape::Topic) => "topic",
            (None, _) => "word",
        }
    }

    /// It stands by itself, among words that are all wanted.
    pub(super) fn is_plain(&self) -> bool {
        self.plain && self.field.is_none()
    }

    /// It is looked for in titles.
    pub(super) fn is_in_titles(&self) -> bool {
        matches!(self.field, None | Some(Field::Role))
    }

    /// A stop word in every language, where there was something else to look for.
    pub(super) fn is_ignored(&self) -> bool {
        self.field.is_none() && self.forms.is_empty() && self.topics.is_empty()
    }

    fn is_the_same_as(&self, other: &Self) -> bool {
        self.shape == other.shape
            && self.field == other.field
            && if self.forms.is_empty() { self.folded == other.folded } else { self.forms == other.forms }
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
