//! What is looked up for a question, the same for all segments: its terms and phrases by field, and how rare they are.
//!
//! Scores are worked out from the documents that are not deleted, so that an index that was changed many times
//! ranks as one that was built afresh.

use super::postings::{
    self, Leaf, Lengths, LookedUp, Of, PageLengths, Part, Place, document_frequency, rarity,
};
use super::query::{self, Form, Query, Shape, Want};
use super::ranges::Bounds;
use super::response::Warning;
use super::vocabulary;
use crate::index::{Analyzer, Segment, Size, Snapshot};
use crate::model::FacetField;
use tantivy::query::{EnableScoring, PhraseQuery};
use tantivy::schema::{Field, Term};

/// BM25's parameter of how much it counts how long a field is, as Lucene sets it. A title says no more than its role, so
/// every further word of it is about another one.
const B: f32 = 0.75;
const B_OF_TITLES: f32 = 1.0;

/// How much each field says: title or role, whichever says more, then headings and skills, then text.
pub(super) const TITLE: f32 = 1.5;
const ROLE: f32 = 1.5;
const HEADING: f32 = 1.6;
const SKILL: f32 = 0.7;
pub(super) const BODY: f32 = 1.0;
/// How much it says that a section is of the kind that the question is after, and of one named second.
const TOPIC: f32 = 2.5;
const FURTHER_TOPIC: f32 = 0.7;

/// Terms of the question with how rare they are: what is the same for all segments.
pub(super) struct Plan<'a> {
    snapshot: &'a Snapshot,
    /// By field.
    lengths: [(Field, Lengths); 4],
    /// The names under which the wants are looked for, the wants' own and others: the bit of the want, in order.
    pub(super) names: Vec<usize>,
    named: Vec<Named>,
    terms: Vec<PlannedTerm>,
    phrases: Vec<PlannedPhrase>,
    /// Terms near to those of the question.
    hints: Vec<PlannedTerm>,
    /// Wants that are kinds of section: their bit and the kinds' ordinals.
    pub(super) kinds: Vec<(usize, Vec<u32>)>,
    /// Wants that pages meet by what they pay or take.
    pub(super) bounds: Vec<(usize, Bounds)>,
    /// What is asked for by name and is nowhere.
    pub(super) warnings: Vec<Warning>,
    /// How much each word of the question tells in each language: the inverse document frequency of its rarest term,
    /// by bit.
    rarity: Vec<(Analyzer, Vec<f32>)>,
}

/// What a name of a want is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// The want itself, with the skills that it names.
    Itself,
    /// The kinds of section that have it.
    Topic,
    /// Another name, by its place.
    Other(usize),
    /// A word that is near, by its place.
    Near(usize),
}

struct PlannedTerm {
    of: Of,
    term: LookedUp,
    /// The boosted inverse document frequency.
    weight: f32,
    constant: bool,
}

struct PlannedPhrase {
    of: Of,
    query: PhraseQuery,
    boost: f32,
    analyzer: Analyzer,
}

impl<'a> Plan<'a> {
    /// `currency` is that in which pay is compared.
    pub(super) fn new(query: &Query, snapshot: &'a Snapshot, currency: [u8; 3]) -> tantivy::Result<Self> {
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

    /// How much each word of the question tells in a language, by bit.
    pub(super) fn rarity(&self, analyzer: Analyzer) -> &[f32] {
        self.rarity.iter().find(|(known, _)| *known == analyzer).map_or(&[], |(_, rarity)| rarity)
    }

    /// The places in one segment, by its number.
    pub(super) fn leaves(&self, segment: usize) -> tantivy::Result<Vec<Leaf>> {
        let mut leaves = self.leaves_of(&self.terms, segment)?;
        for planned in &self.phrases {
            let statistics =
                Statistics { snapshot: self.snapshot, size: self.snapshot.size_of(planned.analyzer) };
            let scoring =
                EnableScoring::enabled_from_statistics_provider(&statistics, self.snapshot.searcher());
            let segment = &self.snapshot.segments[segment];
            leaves.extend(Leaf::of_phrase(planned.of, segment, &planned.query, scoring, planned.boost)?);
        }
        Ok(leaves)
    }

    /// The places of what raises what is found.
    pub(super) fn hints(&self, segment: usize) -> tantivy::Result<Vec<Leaf>> {
        self.leaves_of(&self.hints, segment)
    }

    fn leaves_of(&self, terms: &[PlannedTerm], segment: usize) -> tantivy::Result<Vec<Leaf>> {
        let mut leaves = Vec::with_capacity(terms.len() + self.phrases.len());
        let segment = (segment, &self.snapshot.segments[segment]);
        for PlannedTerm { of, term, weight, constant } in terms {
            leaves.extend(if *constant {
                Leaf::constant(*of, segment, term, *weight)?
            } else {
                let is_heading = term.field == self.snapshot.fields.heading;
                let part = if is_heading { Part::Headings } else { Part::Body };
                Leaf::of_term(*of, segment, term, *weight, (self.lengths(term.field), part))?
            });
        }
        Ok(leaves)
    }

    /// The want that a name is of, and what it is.
    pub(super) fn named(&self, name: usize) -> (usize, Named) {
        (self.names[name], self.named[name])
    }

    /// How long a page is beside the average, as BM25 sees it.
    pub(super) fn page_lengths(&self, segment: &Segment, page: usize) -> PageLengths {
        let length = segment.length(page);
        let (headings, body) = self.snapshot.average_page_length;
        let mut lengths = PageLengths::default();
        lengths[Part::Headings as usize] = postings::length(length.headings as f32, headings, B);
        lengths[Part::Body as usize] = postings::length(length.body as f32, body, B);
        lengths
    }

    /// What says how long a field is.
    fn lengths(&self, field: Field) -> &Lengths {
        let [(title, of_titles), (role, of_roles), (heading, of_headings), (_, of_bodies)] = &self.lengths;
        match field {
            field if field == *title => of_titles,
            field if field == *role => of_roles,
            field if field == *heading => of_headings,
            _ => of_bodies,
        }
    }
}

/// What phrases are scored by: the same figures as words.
struct Statistics<'a> {
    snapshot: &'a Snapshot,
    /// Of the language.
    size: Size,
}

impl Statistics<'_> {
    fn documents(&self, field: Field) -> u64 {
        let fields = self.snapshot.fields;
        if field == fields.title || field == fields.role_name { self.size.pages } else { self.size.sections }
    }
}

impl tantivy::query::Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // The engine divides by the number of documents to get the average.
        Ok((f64::from(self.snapshot.average_length_of(field)) * self.size.sections as f64) as u64)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.size.sections)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(document_frequency(self.snapshot, term)?.min(self.documents(term.field())))
    }
}
