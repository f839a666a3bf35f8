//! Wants → terms: in which fields each is looked for, as what, and how much that says.

use super::{B, B_OF_TITLES, Named, Plan, PlannedPhrase, PlannedTerm};
use crate::index::{Analyzer, Size, Snapshot};
use crate::model::FacetField;
use crate::search::postings::{self, LookedUp, Of, Place, rarity};
use crate::search::query::{self, Form, Query, Shape, Want};
use crate::search::ranges::Bounds;
use crate::search::response::Warning;
use crate::search::vocabulary;
use tantivy::query::PhraseQuery;
use tantivy::schema::{Field, Term};

/// How much each field says: title or role, whichever says more, then headings and skills, then text.
pub(in crate::search) const TITLE: f32 = 1.5;
const ROLE: f32 = 1.5;
const HEADING: f32 = 1.6;
const SKILL: f32 = 0.7;
pub(in crate::search) const BODY: f32 = 1.0;
/// How much it says that a section is of the kind that the question is after, and of one named second.
const TOPIC: f32 = 2.5;
const FURTHER_TOPIC: f32 = 0.7;

impl<'a> Plan<'a> {
    /// `currency` is that in which pay is compared.
    pub(in crate::search) fn new(
        query: &Query,
        snapshot: &'a Snapshot,
        currency: [u8; 3],
    ) -> tantivy::Result<Self> {
        let zeros = vec![0.0; query.wants.len()];
        let rarity = snapshot.analyzed.iter().map(|(analyzer, _)| (*analyzer, zeros.clone())).collect();
        let fields = snapshot.fields;
        let lengths = [
            (fields.title, B_OF_TITLES),
            (fields.role_name, B_OF_TITLES),
            (fields.heading, B),
            (fields.body, B),
        ]
        .map(|(field, b)| (field, postings::lengths(snapshot.average_length_of(field), b)));
        let mut plan = Self {
            snapshot,
            lengths,
            names: Vec::new(),
            named: Vec::new(),
            terms: Vec::new(),
            phrases: Vec::new(),
            hints: Vec::new(),
            kinds: Vec::new(),
            bounds: Vec::new(),
            warnings: Vec::new(),
            rarity,
        };
        for (bit, want) in query.wants.iter().enumerate() {
            plan.add(bit, want, currency)?;
        }
        Ok(plan)
    }

    fn add(&mut self, bit: usize, want: &Want, currency: [u8; 3]) -> tantivy::Result<()> {
        if let Shape::Bounds { low, high } = want.shape {
            let bounds = match want.field {
                Some(query::Field::Experience) => Bounds::Experience { low: low * 12.0, high: high * 12.0 },
                _ => Bounds::Pay { currency, low, high },
            };
            self.bounds.push((bit, bounds));
            return Ok(());
        }
        if want.field == Some(query::Field::Section) {
            let known = self.snapshot.dictionary(FacetField::Section);
            let kinds: Vec<u32> = want.kinds.iter().filter_map(|kind| known.ordinal(kind)).collect();
            if kinds.is_empty() {
                self.is_nowhere(want);
            }
            self.kinds.push((bit, kinds));
            return Ok(());
        }
        let own = self.name_of(bit, Named::Itself);
        for form in &want.forms {
            self.add_form(own, (want.shape, want.field), form, 1.0)?;
        }
        let all = Size { pages: self.snapshot.pages.len() as u64, sections: self.snapshot.section_count };
        for skill in &want.skills {
            let term = Term::from_field_text(self.snapshot.fields.skill, &skill.id);
            let term = LookedUp::of(self.snapshot, &term)?;
            let rarity = rarity(Place::Section, term.having, all);
            for (analyzer, _) in &self.snapshot.analyzed {
                self.tells(bit, *analyzer, if term.having > 0 { rarity } else { 0.0 });
            }
            if term.having > 0 {
                let (of, weight) = (own(Place::Section), SKILL * rarity);
                self.terms.push(PlannedTerm { of, term, weight, constant: true });
            }
        }
        if want.field == Some(query::Field::Skill) && !self.terms.iter().any(|term| term.of.want == bit) {
            self.is_nowhere(want);
        }
        if !want.topics.is_empty() {
            let of = self.name_of(bit, Named::Topic);
            self.add_topics(of(Place::Section), want)?;
        }
        for (place, other) in want.others.iter().enumerate() {
            let of = self.name_of(bit, Named::Other(place));
            let field = if other.in_role { Some(query::Field::Role) } else { want.field };
            for form in &other.forms {
                self.add_form(of, (other.shape, field), form, other.worth)?;
            }
        }
        for (place, (analyzer, term, weight)) in want.hints.iter().enumerate() {
            let of = self.name_of(bit, Named::Near(place));
            self.add_hint(of, want.field, *analyzer, term, *weight)?;
        }
        Ok(())
    }

    /// The sections that are of a kind which the question is after, or which a word of it names; the kind that is named first
    /// counts most.
    fn add_topics(&mut self, of: Of, want: &Want) -> tantivy::Result<()> {
        let field = self.snapshot.fields.topic;
        let all = Size { pages: self.snapshot.pages.len() as u64, sections: self.snapshot.section_count };
        for (at, topic) in want.topics.iter().enumerate() {
            let term = LookedUp::of(self.snapshot, &Term::from_field_text(field, topic))?;
            if term.having > 0 {
                let rarity = rarity(Place::Section, term.having, all);
                if want.shape != Shape::Topic {
                    for (analyzer, _) in &self.snapshot.analyzed {
                        self.tells(of.want, *analyzer, rarity);
                    }
                }
                let weight = TOPIC * rarity * if at == 0 { 1.0 } else { FURTHER_TOPIC };
                self.terms.push(PlannedTerm { of, term, weight, constant: true });
            }
        }
        Ok(())
    }

    /// Another name of a want.
    fn name_of(&mut self, want: usize, named: Named) -> impl Fn(Place) -> Of + Copy + use<> {
        self.names.push(want);
        self.named.push(named);
        let name = self.names.len() - 1;
        move |place| Of { want, name, place }
    }

    fn is_nowhere(&mut self, want: &Want) {
        let message = format!("no page has the {}; facets list the values there are", want.text);
        self.warnings.push(Warning::new("unknown_value", message, "q"));
    }

    /// The fields in which is looked for what is asked for in one, or in none, with their boosts.
    fn fields_of(&self, only: Option<query::Field>) -> impl Iterator<Item = (Field, Place, f32)> + use<> {
        let fields = self.snapshot.fields;
        let all = [
            (Some(query::Field::Role), fields.title, Place::Page, TITLE),
            (Some(query::Field::Role), fields.role_name, Place::Page, ROLE),
            (Some(query::Field::Heading), fields.heading, Place::Section, HEADING),
            (None, fields.body, Place::Section, BODY),
        ];
        let wanted = move |name| only.is_none() || only == name;
        all.into_iter()
            .filter(move |(name, ..)| wanted(*name))
            .map(|(_, field, place, boost)| (field, place, boost))
    }

    /// A term that raises what is found by others, by its places in titles and texts.
    fn add_hint(
        &mut self,
        of: impl Fn(Place) -> Of,
        only: Option<query::Field>,
        analyzer: Analyzer,
        term: &str,
        worth: f32,
    ) -> tantivy::Result<()> {
        let fields = self.snapshot.fields;
        let size = self.snapshot.size_of(analyzer);
        let of_hints = |field: &Field| *field == fields.title || *field == fields.body;
        for (field, place, boost) in self.fields_of(only).filter(|(field, ..)| of_hints(field)) {
            let term = LookedUp::of(self.snapshot, &analyzer.term(field, term))?;
            if term.having > 0 {
                let weight = worth * boost * rarity(place, term.having, size);
                self.hints.push(PlannedTerm { of: of(place), term, weight, constant: false });
            }
        }
        Ok(())
    }

    fn add_form(
        &mut self,
        of: impl Fn(Place) -> Of,
        (shape, only): (Shape, Option<query::Field>),
        form: &Form,
        worth: f32,
    ) -> tantivy::Result<()> {
        let size = self.snapshot.size_of(form.analyzer);
        for (field, place, boost) in self.fields_of(only) {
            let boost = worth * boost;
            if shape == Shape::Prefix {
                self.add_prefix(of(place), form, (field, boost))?;
                continue;
            }
            let terms: Vec<Term> = form.terms.iter().map(|term| form.analyzer.term(field, term)).collect();
            let mut found = Vec::with_capacity(terms.len());
            for term in &terms {
                let term = LookedUp::of(self.snapshot, term)?;
                if term.having == 0 {
                    break; // Then neither the word nor the phrase is there.
                }
                let rarity = rarity(place, term.having, size);
                self.tells(of(place).want, form.analyzer, rarity);
                found.push((term, rarity));
            }
            if found.len() < terms.len() {
                continue;
            }
            if terms.len() == 1 {
                let term = |(term, rarity)| PlannedTerm {
                    of: of(place),
                    term,
                    weight: boost * rarity,
                    constant: false,
                };
                self.terms.extend(found.into_iter().map(term));
            } else {
                let slop = if let Shape::Phrase { slop } = shape { slop } else { 0 };
                let offsets = terms.into_iter().enumerate().collect();
                let (query, analyzer) = (PhraseQuery::new_with_offset_and_slop(offsets, slop), form.analyzer);
                self.phrases.push(PlannedPhrase { of: of(place), query, boost, analyzer });
            }
        }
        Ok(())
    }

    /// The terms of a field that begin with a prefix, the most frequent of them, each as rare as all together.
    fn add_prefix(&mut self, of: Of, form: &Form, (field, boost): (Field, f32)) -> tantivy::Result<()> {
        let Some(prefix) = form.terms.first() else { return Ok(()) };
        let terms = vocabulary::beginning(self.snapshot, form.analyzer, field, prefix)?;
        let having: u64 = terms.iter().map(|(_, having)| having).sum();
        if having == 0 {
            return Ok(());
        }
        let size = self.snapshot.size_of(form.analyzer);
        let rarity = rarity(
            of.place,
            having.min(if of.place == Place::Page { size.pages } else { size.sections }),
            size,
        );
        self.tells(of.want, form.analyzer, rarity);
        let weight = boost * rarity;
        for (term, _) in terms {
            let term = LookedUp::of(self.snapshot, &form.analyzer.term(field, &term))?;
            self.terms.push(PlannedTerm { of, term, weight, constant: false });
        }
        Ok(())
    }

    fn tells(&mut self, bit: usize, analyzer: Analyzer, rarity: f32) {
        let of_language = self.rarity.iter_mut().find(|(known, _)| *known == analyzer);
        if let Some(known) = of_language.and_then(|(_, rarity)| rarity.get_mut(bit)) {
            *known = known.max(rarity);
        }
    }
}
