//! The road of a question answered: request → query → one pass over what matches, ranked, grouped by page and counted
//! → snippets of what is shown → response.

pub mod eval;
mod expand;
mod facets;
mod highlight;
mod matching;
mod postings;
mod query;
mod ranges;
mod request;
mod response;
mod snippet;
mod top;
mod vocabulary;

use crate::annotate::{Taxonomy, Vocabulary};
use crate::index::{Analyzer, IndexError, Location, Snapshot, Stamp};
use crate::model::{FacetField, Label, Level, Page};
use arc_swap::ArcSwap;
use expand::Expander;
use facets::{FilterSet, Tally};
use highlight::{Highlighter, spans};
use matching::MatchedSection;
use postings::Plan;
use query::{Clause, Query, Want};
use ranges::Ranges;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use top::{Candidate, Top};

pub use request::{
    FURTHEST_OFFSET, HIGHEST_PAY, Invalid, LONGEST_EXPERIENCE, LONGEST_QUERY, MOST_FACET_VALUES,
    MOST_FILTER_VALUES, MOST_HITS, MOST_SECTIONS, SearchRequest, SkillMatch,
};
pub use response::{
    FacetValue, Facets, Filters, Highlight, HighlightKind, Hit, QueryEcho, SearchResponse, SectionHit,
    SectionLabel, Snippet, Span, Total, Understood, Warning,
};

/// Pages that have only some of the words are listed where fewer than this many have all.
const ENOUGH: u64 = 10;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Parameters that cannot be used.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Invalid>),
    /// The deadline passed.
    #[error("the search took too long and was given up; ask for less, or with rarer words")]
    TooLate,
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The engine could not read the index.
    #[error("the index could not be searched: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// Answers questions from one index, always from a whole generation of it.
pub struct Searcher {
    location: Location,
    current: ArcSwap<Opened>,
    /// What the index on disk looked like when it was looked at last.
    stamp: Mutex<Option<Stamp>>,
}

/// A generation with the vocabulary of its sources.
struct Opened {
    snapshot: Snapshot,
    vocabulary: Arc<Vocabulary>,
    expander: Expander,
}

impl Opened {
    fn open(location: &Location) -> Result<Self, IndexError> {
        let snapshot = Snapshot::open(location)?;
        let taxonomies: Vec<Taxonomy> = {
            let mut texts: Vec<&str> =
                snapshot.state.sources.iter().map(|source| source.taxonomy.as_str()).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.into_iter().map(|text| Taxonomy { text: text.to_owned() }).collect()
        };
        Ok(Self { vocabulary: Vocabulary::with(&taxonomies), expander: Expander::new(&snapshot), snapshot })
    }
}

impl Searcher {
    /// Opens the index that is there.
    ///
    /// # Errors
    /// [`IndexError`] where there is none or it cannot be read.
    pub fn open(location: &Location) -> Result<Self, IndexError> {
        // The stamp first: what changes in between is then seen at the next look.
        let stamp = Mutex::new(location.stamp());
        let current = ArcSwap::from_pointee(Opened::open(location)?);
        Ok(Self { location: location.clone(), current, stamp })
    }

    /// Looks whether another generation is there and if so answers from it; its number, if it is another.
    ///
    /// # Errors
    /// As [`Searcher::reload`]; it is not tried again before the index changes again.
    pub fn reload_if_changed(&self) -> Result<Option<u64>, IndexError> {
        let now = self.location.stamp();
        let changed = match self.stamp.lock() {
            Ok(mut seen) if *seen != now => {
                *seen = now;
                true
            }
            _ => false,
        };
        if !changed {
            return Ok(None);
        }
        let before = self.generation();
        let after = self.reload()?;
        Ok((after != before).then_some(after))
    }

    /// Answers from the newest generation from now on; questions under way are answered from the one they began with.
    ///
    /// # Errors
    /// [`IndexError`] where it cannot be read; then the one before goes on answering.
    pub fn reload(&self) -> Result<u64, IndexError> {
        let opened = Opened::open(&self.location)?;
        let generation = opened.snapshot.state.generation;
        self.current.store(Arc::new(opened));
        Ok(generation)
    }

    /// The generation that answers.
    pub fn generation(&self) -> u64 {
        self.current.load().snapshot.state.generation
    }

    /// Pages and sections of the generation that answers.
    pub fn size(&self) -> (u64, u64) {
        let opened = self.current.load();
        (opened.snapshot.pages.len() as u64, opened.snapshot.section_count)
    }

    /// The ids of all pages, in order.
    pub fn page_ids(&self) -> Vec<String> {
        let opened = self.current.load();
        let pages = &opened.snapshot.pages;
        (0..).take(pages.len()).map(|page| pages.id(page).to_owned()).collect()
    }

    /// A whole page as it was understood.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, IndexError> {
        self.current.load_full().snapshot.page(id)
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`SearchError`]; a question itself never is one, whatever people type.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let start = Instant::now();
        request.validate().map_err(SearchError::Invalid)?;
        let opened = self.current.load_full();
        let analyzers: Vec<Analyzer> =
            opened.snapshot.analyzed.iter().map(|(analyzer, _)| *analyzer).collect();
        let mut query = Query::parse(&request.q, &opened.vocabulary, &analyzers);
        if query.wants.len() > LONGEST_QUERY.1 {
            let reason = format!("has more than {} words", LONGEST_QUERY.1);
            return Err(SearchError::Invalid(vec![Invalid {
                parameter: "q".to_owned(),
                value: request.q.clone(),
                reason,
            }]));
        }
        opened.expander.expand(&mut query, &opened.snapshot)?;
        let answer = Answering { snapshot: &opened.snapshot, request, query: &query };
        let mut response = answer.answer()?;
        response.took_ms = start.elapsed().as_secs_f64() * 1000.0;
        Ok(response)
    }
}

/// One request being answered.
struct Answering<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    query: &'a Query,
}

impl Answering<'_> {
    fn answer(&self) -> Result<SearchResponse, SearchError> {
        let Self { snapshot, request, query } = self;
        let mut warnings = query.warnings.clone();
        let ranges = Ranges::new(request, snapshot, &mut warnings);
        let currency = ranges.currency();
        let filters = FilterSet::new(request, ranges, snapshot, &mut warnings);
        let mut plan = Plan::new(query, snapshot, ranges::currency(request, snapshot))?;
        warnings.append(&mut plan.warnings);
        let all_clauses = query.all_clauses();
        let wanted = request.offset + request.limit;
        let (mut all, mut some) =
            (Tally::new(&request.facets, snapshot), Tally::new(&request.facets, snapshot));
        let (mut top_all, mut top_some) = (Top::new(wanted), Top::new(wanted));
        // Before filters, so that a filter changes nothing but what it leaves.
        let (mut pages_with_all, mut pages_with_some) = (0, 0);
        for (at, segment) in snapshot.segments.iter().enumerate() {
            matching::sweep(&plan, query, snapshot, segment, request.deadline, |page| {
                let has_all = page.met == all_clauses;
                let (count, tally, top) = if has_all {
                    (&mut pages_with_all, &mut all, &mut top_all)
                } else if pages_with_all < ENOUGH {
                    (&mut pages_with_some, &mut some, &mut top_some)
                } else {
                    return; // Enough pages have all: this one is not listed.
                };
                *count += 1;
                if tally.add(segment, page, &filters) {
                    top.push(Candidate {
                        score: page.score,
                        page: segment.pages[page.index].page,
                        segment: at,
                        index: page.index,
                        met: page.met,
                    });
                }
            })?;
        }
        let with_all = all.pages;
        let lists_some = pages_with_all < ENOUGH && pages_with_some > 0;
        let mut listed = top_all.best();
        if lists_some {
            all.merge(&some);
            listed.extend(top_some.best());
        }
        let shown = listed.into_iter().skip(request.offset).take(request.limit);
        let hits = shown
            .map(|candidate| self.hit(&plan, &filters, candidate, all_clauses))
            .collect::<Result<_, _>>()?;
        let facet = |&field: &FacetField| {
            (field, all.values(field, request.facet_limit, request.filter(field), snapshot))
        };
        Ok(SearchResponse {
            query: QueryEcho {
                text: request.q.clone(),
                understood: understood(query),
                languages: self.languages(),
                matched: if lists_some { "some" } else { "all" },
                filters: Filters {
                    role: request.role.clone(),
                    section: request.section.clone(),
                    skill: request.skill.clone(),
                    skill_match: request.skill_match.id(),
                    source: request.source.clone(),
                    language: request.language.clone(),
                    level: request.level.clone(),
                    education: request.education.clone(),
                    company: request.company.clone(),
                    pay_min: request.pay.0,
                    pay_max: request.pay.1,
                    currency,
                    experience_min: request.experience.0,
                    experience_max: request.experience.1,
                },
            },
            total: Total { pages: all.pages, sections: all.sections, pages_with_all: with_all },
            took_ms: 0.0,
            generation: snapshot.state.generation,
            hits,
            facets: Facets(request.facets.iter().map(facet).collect()),
            warnings,
        })
    }

    /// The languages that the question was read in.
    fn languages(&self) -> Vec<String> {
        let known = self.snapshot.dictionary(FacetField::Language);
        if self.request.language.is_empty() {
            return (0..).take(known.len()).map(|ordinal| known.id(ordinal).to_owned()).collect();
        }
        let codes = self.request.language.iter().map(|tag| FacetField::Language.meant(tag).into_owned());
        let mut codes: Vec<String> = codes.filter(|code| known.ordinal(code).is_some()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn hit(
        &self,
        plan: &Plan<'_>,
        filters: &FilterSet,
        candidate: Candidate,
        all_clauses: u64,
    ) -> Result<Hit, SearchError> {
        let segment = &self.snapshot.segments[candidate.segment];
        let place = segment.pages[candidate.index];
        let page = self.snapshot.head(candidate.segment, place.first)?;
        let analyzer = Analyzer::of(page.language.as_deref());
        let highlighter = Highlighter::new(self.query, analyzer, plan.rarity(analyzer));
        let matched = matching::page(plan, self.query, self.snapshot, segment, candidate.index)?;
        let mut sections: Vec<MatchedSection> = filters.sections(segment, &matched);
        let sections_total = sections.len() as u64;
        sections.sort_by(|a, b| {
            let has_all = |section: &MatchedSection| section.met == all_clauses;
            has_all(b).cmp(&has_all(a)).then(b.score.total_cmp(&a.score)).then(a.document.cmp(&b.document))
        });
        sections.truncate(self.request.sections_per_hit);
        let sections = sections
            .into_iter()
            .map(|section| self.section_hit(&highlighter, candidate.segment, section, &page.title))
            .collect::<Result<_, _>>()?;
        let marks = highlighter.marks(&page.title);
        let missing = (0..).zip(&self.query.clauses).filter(|(bit, _)| candidate.met >> bit & 1 == 0);
        let missing = missing.map(|(_, clause): (u32, &Clause)| clause.text.clone()).collect();
        Ok(Hit {
            title_highlights: spans(&page.title, marks.into_iter().map(|mark| mark.range)),
            missing,
            id: page.id,
            title: page.title,
            role: page.role,
            url: page.url,
            source: page.source,
            language: page.language,
            level: page.level.map(Level::label),
            modified: page.modified,
            score: candidate.score,
            sections_total,
            sections,
        })
    }

    fn section_hit(
        &self,
        highlighter: &Highlighter<'_>,
        segment: usize,
        matched: MatchedSection,
        title: &str,
    ) -> Result<SectionHit, SearchError> {
        let section = self.snapshot.section(segment, matched.document)?;
        let found = snippet::of_section(&section, title, highlighter);
        let heading = section.heading_of(found.block);
        let segment = &self.snapshot.segments[segment];
        let skills = segment.section_tags(FacetField::Skill, matched.document);
        let names = self.snapshot.dictionary(FacetField::Skill);
        let skill =
            |&skill: &u32| Label { id: names.id(skill).to_owned(), label: names.label(skill).to_owned() };
        let kinds = self.snapshot.dictionary(FacetField::Section);
        let kind = segment.kind_of(matched.document);
        Ok(SectionHit {
            section: SectionLabel {
                id: kinds.id(kind).to_owned(),
                label: kinds.label(kind).to_owned(),
                inferred: section.inferred,
            },
            heading: heading.map(|heading| heading.text.clone()),
            path: section.path_of(found.block).into_iter().map(str::to_owned).collect(),
            anchor: heading.and_then(|heading| heading.anchor.clone()),
            score: matched.score,
            snippet: found.snippet,
            skills: skills.iter().map(skill).collect(),
        })
    }
}

/// The parts of a question, those that are excluded and those that were left out.
fn understood(query: &Query) -> Vec<Understood> {
    let mut excluded = 0_u64;
    query.nots.iter().for_each(|not| excluded |= not.positive());
    let part = |(bit, want): (u32, &Want)| {
        let is_positive = query.is_positive(bit as usize);
        let is_excluded = excluded >> bit & 1 == 1;
        if !is_positive && !is_excluded || want.is_ignored() {
            return None;
        }
        let kind = if is_positive { want.kind() } else { "not" };
        let skills = want.skills.iter().map(|skill| skill.id.clone()).collect();
        Some(Understood { text: want.text.clone(), kind, skills })
    };
    let stop = |text: &String| Understood { text: text.clone(), kind: "stop_word", skills: Vec::new() };
    let parts = (0..).zip(&query.wants).filter_map(part);
    parts.chain(query.ignored.iter().map(stop)).collect()
}
