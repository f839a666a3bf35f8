//! What a question is taken for where little was found: words with slips of the keyboard, then the beginning of its last
//! word.

use super::{Expander, typos};
use crate::index::{Analyzer, Snapshot};
use crate::search::query::{Field, Form, Other, Query, Shape};
use crate::search::response::{HighlightKind, Relaxed};
use crate::search::vocabulary;

/// A way of finding more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Step {
    Typos,
    Prefix,
}

impl Step {
    /// In the order in which they are tried.
    pub(in crate::search) const ALL: [Self; 2] = [Self::Typos, Self::Prefix];
}

/// How much a word counts for which another was taken, and one that only begins so.
const TYPO: f32 = 0.5;
const BEGINNING: f32 = 0.7;
/// The fewest letters of a beginning.
const SHORTEST: usize = 2;

impl Expander {
    /// Takes the words of a question for more than they are; whether there is more to be found. Unless `few` pages were
    /// found, only what no page has is taken for something else.
    pub(in crate::search) fn relax(
        &self,
        step: Step,
        query: &mut Query,
        snapshot: &Snapshot,
        few: bool,
    ) -> tantivy::Result<bool> {
        let mut changed = false;
        let last = query.wants.len().checked_sub(1);
        for bit in 0..query.wants.len() {
            let want = &query.wants[bit];
            let is_word = want.shape == Shape::Word && matches!(want.field, None | Some(Field::Role));
            if !is_word || !query.is_positive(bit) || !(few || is_absent(query, bit, snapshot)?) {
                continue;
            }
            changed |= match step {
                Step::Typos => self.typos(query, bit, snapshot)?,
                Step::Prefix => Some(bit) == last && beginning(query, bit, snapshot)?,
            };
        }
        Ok(changed)
    }

    fn typos(&self, query: &mut Query, bit: usize, snapshot: &Snapshot) -> tantivy::Result<bool> {
        let want = &query.wants[bit];
        let [word] = want.folded.as_slice() else { return Ok(false) };
        let mut others = Vec::new();
        let mut names = Vec::new();
        for form in &want.forms {
            let [term] = form.terms.as_slice() else { continue };
            for other in typos::of(snapshot, form.analyzer, word, term)? {
                let name = self.surfaces(snapshot).word(form.analyzer, &other).unwrap_or(&other).to_owned();
                if !names.contains(&name) {
                    names.push(name.clone());
                }
                let forms = vec![Form { analyzer: form.analyzer, terms: vec![other] }];
                let (shape, in_role) = (Shape::Word, false);
                others.push(Other {
                    text: name,
                    forms,
                    in_role,
                    shape,
                    worth: TYPO,
                    kind: HighlightKind::Typo,
                });
            }
        }
        let text = want.text.clone();
        Ok(add(query, bit, others, Relaxed { text, kind: "typo", to: names }))
    }
}

/// Takes a word for the beginning of longer ones.
fn beginning(query: &mut Query, bit: usize, snapshot: &Snapshot) -> tantivy::Result<bool> {
    let want = &query.wants[bit];
    let [word] = want.folded.as_slice() else { return Ok(false) };
    if word.chars().count() < SHORTEST {
        return Ok(false);
    }
    let mut forms = Vec::new();
    for form in &want.forms {
        let fields = snapshot.fields;
        for field in [fields.title, fields.role_name, fields.heading, fields.body] {
            let found = vocabulary::beginning(snapshot, form.analyzer, field, word)?;
            if found.iter().any(|(term, _)| !form.terms.contains(term)) {
                forms.push(Form { analyzer: form.analyzer, terms: vec![word.clone()] });
                break;
            }
        }
    }
    let text = want.text.clone();
    let other = Other {
        text: format!("{text}*"),
        forms,
        in_role: false,
        shape: Shape::Prefix,
        worth: BEGINNING,
        kind: HighlightKind::Prefix,
    };
    let relaxed = Relaxed { to: vec![other.text.clone()], text, kind: "prefix" };
    let others = if other.forms.is_empty() { Vec::new() } else { vec![other] };
    Ok(add(query, bit, others, relaxed))
}

fn add(query: &mut Query, bit: usize, others: Vec<Other>, relaxed: Relaxed) -> bool {
    if others.is_empty() {
        return false;
    }
    query.wants[bit].others.extend(others);
    query.relaxed.push(relaxed);
    true
}

/// Whether no page has a word, nor what it is known to stand for.
fn is_absent(query: &Query, bit: usize, snapshot: &Snapshot) -> tantivy::Result<bool> {
    let want = &query.wants[bit];
    let has = |analyzer: Analyzer, terms: &[String]| -> tantivy::Result<bool> {
        for term in terms {
            if !vocabulary::has(snapshot, analyzer, term)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    for form in want.forms.iter().chain(want.others.iter().flat_map(|other| &other.forms)) {
        if has(form.analyzer, &form.terms)? {
            return Ok(false);
        }
    }
    let names = snapshot.dictionary(crate::model::FacetField::Skill);
    Ok(want.skills.iter().all(|skill| names.ordinal(&skill.id).is_none()))
}
