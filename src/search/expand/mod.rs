//! What the words of a question stand for besides themselves: other names, initials of roles, words of the same family.

mod acronyms;
mod family;
mod relax;
mod surfaces;
mod synonyms;
mod typos;

use super::query::{Expr, Field, Form, Other, Query, Shape};
use super::vocabulary;
use crate::index::{Analyzer, Snapshot, both};
use crate::model::FacetField;
use crate::search::curation::Synonym;
use crate::search::response::HighlightKind;
use acronyms::Acronyms;
use family::Families;
use std::sync::{Arc, OnceLock};
use surfaces::Surfaces;
use synonyms::Synonyms;

pub(super) use relax::Step;
pub(super) use typos::Within;

/// The most words of a name that others stand for.
pub(super) const LONGEST_NAME: usize = 5;
/// The most words of a question for which words near to them are looked up, and the most of these.
const MOST_WORDS: usize = 12;
const MOST_HINTS: usize = 24;
/// How much another name of a word counts of what the word itself would.
const OTHER_NAME: f32 = 0.9;
/// How much a word that is near counts of what the word itself would.
const NEAR: f32 = 0.6;
/// How much a word of the same family counts, if it were the same.
const FAMILY: f32 = 0.9;

/// What expands questions to one index.
#[derive(Clone, Default)]
pub(super) struct Expander {
    synonyms: Arc<Synonyms>,
    families: Arc<Families>,
    /// Of all the names that the index has, so they are made when they are first wanted, and few questions want them.
    acronyms: Arc<OnceLock<Acronyms>>,
    surfaces: Arc<OnceLock<Surfaces>>,
}

impl Expander {
    /// Makes ready what is made when it is first wanted.
    pub(super) fn prepare(&self, snapshot: &Snapshot) {
        both(
            || {
                self.acronyms(snapshot);
            },
            || {
                self.surfaces(snapshot);
            },
        );
    }

    fn acronyms(&self, snapshot: &Snapshot) -> &Acronyms {
        self.acronyms.get_or_init(|| Acronyms::of(snapshot.dictionary(FacetField::Role)))
    }

    fn surfaces(&self, snapshot: &Snapshot) -> &Surfaces {
        let analyzers: Vec<Analyzer> = snapshot.analyzed.iter().map(|(analyzer, _)| *analyzer).collect();
        let names = [FacetField::Role, FacetField::Skill, FacetField::Section];
        let names = names.into_iter().map(|field| snapshot.dictionary(field));
        self.surfaces.get_or_init(|| Surfaces::of(names, &analyzers))
    }

    /// The same, with the built-in synonyms and these.
    pub(super) fn with_synonyms(&self, synonyms: &[Synonym]) -> Self {
        Self { synonyms: Arc::new(Synonyms::with(synonyms)), ..self.clone() }
    }

    /// Adds to the words of a question what they stand for.
    pub(super) fn expand(&self, query: &mut Query, snapshot: &Snapshot) -> tantivy::Result<()> {
        let analyzers: Vec<Analyzer> = snapshot.analyzed.iter().map(|(analyzer, _)| *analyzer).collect();
        for start in 0..query.wants.len() {
            let runs = query.runs_from(start, LONGEST_NAME);
            for end in runs {
                self.name(query, start, end, &analyzers);
            }
            if self.stands_for_initials(query, start, snapshot)? {
                self.initials(query, start, snapshot, &analyzers);
            }
        }
        for bit in 0..query.wants.len() {
            if query.is_positive(bit) && query.wants.len() <= MOST_WORDS {
                self.hint(query, bit, snapshot)?;
            }
        }
        keep_best_hints(query);
        Ok(())
    }

    /// Adds what the words from `start` to `end` mean together.
    fn name(&self, query: &mut Query, start: usize, end: usize, analyzers: &[Analyzer]) {
        let words: Vec<&str> =
            query.wants[start..=end].iter().flat_map(|want| want.folded.iter().map(String::as_str)).collect();
        let Some(others) = self.synonyms.of(&words) else { return };
        for other in &others.same {
            let other = Other::named(other, forms(other, analyzers), false);
            for want in &mut query.wants[start..=end] {
                if !want.others.contains(&other) {
                    want.others.push(other.clone());
                }
            }
        }
    }

    /// Whether a word may be initials: it is written in capitals, or no page has it.
    fn stands_for_initials(&self, query: &Query, bit: usize, snapshot: &Snapshot) -> tantivy::Result<bool> {
        let want = &query.wants[bit];
        let [word] = want.folded.as_slice() else { return Ok(false) };
        let may = want.shape == Shape::Word && matches!(want.field, None | Some(Field::Role));
        if !may || want.is_ignored() || !acronyms::may_be(word) {
            return Ok(false);
        }
        let is_in_capitals = want.text.chars().all(|c| !c.is_lowercase());
        for term in
            want.forms.iter().flat_map(|form| form.terms.iter().map(move |term| (form.analyzer, term)))
        {
            if !is_in_capitals && vocabulary::has(snapshot, term.0, term.1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn initials(&self, query: &mut Query, bit: usize, snapshot: &Snapshot, analyzers: &[Analyzer]) {
        let roles = snapshot.dictionary(FacetField::Role);
        let want = &mut query.wants[bit];
        for name in self.acronyms(snapshot).names(&want.folded[0], roles) {
            let other = Other::named(name, forms(name, analyzers), true);
            if !want.others.iter().any(|known| known.forms == other.forms) {
                want.others.push(other);
            }
        }
    }

    /// Adds the words that raise what is found by this one.
    fn hint(&self, query: &mut Query, bit: usize, snapshot: &Snapshot) -> tantivy::Result<()> {
        let want = &query.wants[bit];
        if want.shape != Shape::Word || !matches!(want.field, None | Some(Field::Role)) {
            return Ok(());
        }
        let words: Vec<&str> = want.folded.iter().map(String::as_str).collect();
        let near = self.synonyms.of(&words).map_or(&[][..], |others| others.near.as_slice());
        let mut hints = Vec::new();
        for form in &want.forms {
            let [term] = form.terms.as_slice() else { continue };
            if form.analyzer == Analyzer::default() {
                for near in near {
                    let mut terms = form.analyzer.terms(near).map(|(_, term)| term);
                    if let (Some(near), None) = (terms.next(), terms.next())
                        && near != *term
                    {
                        hints.push((form.analyzer, near, NEAR));
                    }
                }
            }
            let family = self.families.of(snapshot, form.analyzer, term)?;
            let hint = |(other, likeness): &(String, f32)| (form.analyzer, other.clone(), FAMILY * likeness);
            hints.extend(family.iter().map(hint));
        }
        query.wants[bit].hints = hints;
        Ok(())
    }
}

impl Other {
    /// Another name of the same, perhaps one of a role.
    fn named(name: &str, forms: Vec<Form>, in_role: bool) -> Self {
        let (shape, kind) = (Shape::Word, HighlightKind::Synonym);
        Self { text: name.to_owned(), forms, in_role, shape, worth: OTHER_NAME, kind }
    }
}

/// Leaves the hints that count most; a question of many words needs them less, and each is looked up for all that is found.
fn keep_best_hints(query: &mut Query) {
    let mut worths: Vec<f32> =
        query.wants.iter().flat_map(|want| want.hints.iter().map(|(.., worth)| *worth)).collect();
    if worths.len() <= MOST_HINTS {
        return;
    }
    worths.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = worths[MOST_HINTS - 1];
    let mut left = MOST_HINTS;
    for want in &mut query.wants {
        want.hints.retain(|(.., worth)| {
            let keeps = *worth >= least && left > 0;
            left -= usize::from(keeps);
            keeps
        });
    }
}

fn forms(text: &str, analyzers: &[Analyzer]) -> Vec<Form> {
    let form =
        |&analyzer: &Analyzer| Form { analyzer, terms: analyzer.terms(text).map(|(_, term)| term).collect() };
    analyzers.iter().map(form).collect()
}

impl Query {
    /// Where runs of words end that stand beside each other from a want on, its own place first.
    fn runs_from(&self, start: usize, longest: usize) -> Vec<usize> {
        let is_word = |bit: usize| {
            let want = &self.wants[bit];
            want.shape == Shape::Word && want.is_plain() && !self.is_excluded(bit)
        };
        let alone = self.wants[start].shape == Shape::Word
            && matches!(self.wants[start].field, None | Some(Field::Role | Field::Heading));
        let mut runs: Vec<usize> = alone.then_some(start).into_iter().collect();
        if is_word(start) {
            let next = (start + 1..self.wants.len().min(start + longest)).take_while(|&bit| is_word(bit));
            runs.extend(next);
        }
        runs
    }

    fn is_excluded(&self, bit: usize) -> bool {
        self.nots.iter().map(Expr::positive).any(|bits| bits >> bit & 1 == 1)
    }
}
