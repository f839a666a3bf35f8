//! One request being answered: the hits that are shown of what was found (`sweep`).

use super::copies;
use super::curation::Pinned;
use super::explain;
use super::filters::FilterSet;
use super::highlight::{Highlighter, spans};
use super::histogram::Scales;
use super::matched::{MatchedPage, MatchedSection};
use super::matching;
use super::plan::Plan;
use super::query::{Clause, Query, Want};
use super::ranges;
use super::sort::SortColumns;
use super::sweep::{Everything, Found, Sought};
use super::top::Candidate;
use super::{
    Facets, Filters, HighlightKind, Hit, QueryEcho, Relaxed, SearchError, SearchRequest, SearchResponse,
    SectionHit, SectionLabel, Total, Understood, snippet,
};
use crate::index::{Analyzer, Quotable, Snapshot};
use crate::model::{FacetField, Label, Level};

/// One request being answered.
pub(super) struct Answering<'s, 'q> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) sort_columns: &'s SortColumns,
    pub(super) scales: &'s Scales,
    pub(super) request: &'q SearchRequest,
    pub(super) query: &'q Query,
    /// Pages that stand first, whatever they say.
    pub(super) pinned: &'q Pinned,
    pub(super) everything: &'s Everything,
}

/// The highlighters of one question, each made for the first hit of its language.
struct Highlighters<'q> {
    query: &'q Query,
    plan: &'q Plan<'q>,
    made: Vec<(Analyzer, Highlighter<'q>)>,
}

impl<'q> Highlighters<'q> {
    fn of(&mut self, analyzer: Analyzer) -> &Highlighter<'q> {
        let known = self.made.iter().position(|(known, _)| *known == analyzer);
        let at = known.unwrap_or_else(|| {
            let rarity = self.plan.rarity(analyzer);
            self.made.push((analyzer, Highlighter::new(self.query, analyzer, rarity)));
            self.made.len() - 1
        });
        &self.made[at].1
    }
}

impl Answering<'_, '_> {
    /// The answer: what of the pages is shown.
    pub(super) fn respond(&self, sought: Sought<'_>, found: Found) -> Result<SearchResponse, SearchError> {
        let Self { snapshot, request, query, .. } = self;
        let currency = sought.currency();
        let Sought { plan, filters, warnings, .. } = &sought;
        let Found { tally, listed, with_all, lists_some, totals, .. } = found;
        let shown: Vec<Candidate> = listed.iter().skip(request.offset).take(request.limit).copied().collect();
        let matched = self.read_again(plan, &shown)?;
        let mut highlighters = Highlighters { query, plan, made: Vec::new() };
        let hits = shown
            .into_iter()
            .zip(&matched)
            .map(|(candidate, matched)| self.hit(&mut highlighters, filters, candidate, matched))
            .collect::<Result<_, _>>()?;
        let facet = |field: FacetField| (field, tally.values(field, request, snapshot));
        Ok(SearchResponse {
            query: QueryEcho {
                text: request.q.clone(),
                understood: understood(query),
                languages: self.languages(),
                matched: if lists_some { "some" } else { "all" },
                relaxed: query.relaxed.clone(),
                did_you_mean: did_you_mean(&request.q, &query.relaxed),
                sort: request.sort.to_string(),
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
                    currency: currency.map(|currency| String::from_utf8_lossy(&currency).into_owned()),
                    experience_min: request.experience.0,
                    experience_max: request.experience.1,
                },
            },
            totals: totals.id(),
            total: Total { pages: tally.pages, sections: tally.sections, pages_with_all: with_all },
            took_ms: 0.0,
            generation: snapshot.state.generation,
            hits,
            facets: Facets(request.counted().into_iter().map(facet).collect()),
            histograms: tally.histograms(&request.histograms),
            warnings: warnings.clone(),
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

    /// What matches of the pages that are shown, in their order; each segment is gone through once.
    fn read_again(&self, plan: &Plan<'_>, shown: &[Candidate]) -> Result<Vec<MatchedPage>, SearchError> {
        let mut order: Vec<usize> = (0..shown.len()).collect();
        order.sort_unstable_by_key(|&at| (shown[at].segment, shown[at].index));
        let mut pages: Vec<MatchedPage> = Vec::new();
        pages.resize_with(shown.len(), MatchedPage::default);
        for of_segment in order.chunk_by(|&a, &b| shown[a].segment == shown[b].segment) {
            let at = shown[of_segment[0]].segment;
            let segment = (at, &*self.pinned.of_segment(at));
            let indices = of_segment.iter().map(|&at| shown[at].index);
            let read =
                matching::pages(plan, self.query, self.snapshot, segment, indices, self.request.explain)?;
            of_segment.iter().zip(read).for_each(|(&at, page)| pages[at] = page);
        }
        Ok(pages)
    }

    fn hit(
        &self,
        highlighters: &mut Highlighters<'_>,
        filters: &FilterSet,
        candidate: Candidate,
        matched: &MatchedPage,
    ) -> Result<Hit, SearchError> {
        let segment = &self.snapshot.segments[candidate.segment];
        let (shown_in, place) = copies::place_of(&candidate, self.snapshot);
        let page = self.snapshot.shown_page(shown_in, place.first)?;
        let sources = self.snapshot.dictionary(FacetField::Source);
        let shown_segment = &self.snapshot.segments[shown_in];
        let source = shown_segment.page_value(FacetField::Source, shown_segment.pages.from(place.first));
        let plan = highlighters.plan;
        let highlighter = highlighters.of(Analyzer::of(page.language.as_deref()));
        let mut sections: Vec<MatchedSection> = filters.sections(segment, matched).copied().collect();
        let sections_total = sections.len() as u64;
        sections.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        sections.truncate(self.request.sections_per_hit);
        let first = segment.pages[candidate.index].first;
        let sections = sections.into_iter().map(|section| {
            // A copy has the same sections in the same order.
            let document = (place.first + (section.document - first)).min(place.end - 1);
            let at = (document - place.first) as usize;
            self.section_hit(highlighter, (shown_in, at), MatchedSection { document, ..section }, &page.title)
        });
        let sections = sections.collect::<Result<_, _>>()?;
        let (copies, copies_total) = copies::named(candidate.page, filters, self.snapshot)?;
        let marks = highlighter.marks(&page.title);
        let missing = (0..).zip(&self.query.clauses).filter(|(bit, _)| candidate.met >> bit & 1 == 0);
        let missing = missing.map(|(_, clause): (u32, &Clause)| clause.text.clone()).collect();
        Ok(Hit {
            title_highlights: spans(&page.title, marks.into_iter().map(|mark| mark.range)),
            missing,
            id: self.snapshot.pages.id(place.page).to_owned(),
            title: page.title,
            role: page.role,
            url: page.url,
            source: sources.id(source).to_owned(),
            language: page.language,
            level: page.level.map(Level::label),
            modified: page.modified,
            pay: ranges::pay_summary(segment, candidate.index, ranges::currency(self.request, self.snapshot)),
            experience: ranges::experience_summary(segment, candidate.index),
            score: candidate.score,
            explanation: self.request.explain.then(|| {
                explain::parts((plan, self.query), (self.snapshot, segment), matched, candidate.score)
            }),
            pinned: self.pinned.rank(candidate.segment, candidate.index).is_some(),
            sections_total,
            sections,
            copies_total,
            copies,
        })
    }

    fn section_hit(
        &self,
        highlighter: &Highlighter<'_>,
        (segment, at): (usize, usize),
        matched: MatchedSection,
        title: &str,
    ) -> Result<SectionHit, SearchError> {
        let tags = &self.snapshot.segments[segment];
        let skills = tags.section_tags(FacetField::Skill, matched.document);
        let names = self.snapshot.dictionary(FacetField::Skill);
        let skill =
            |&skill: &u32| Label { id: names.id(skill).to_owned(), label: names.label(skill).to_owned() };
        let kinds = self.snapshot.dictionary(FacetField::Section);
        let kind = tags.kind_of(matched.document);
        let shown = |section: &Quotable<'_>| {
            let found = snippet::of_section(section, title, highlighter);
            let heading = section.heading_of(found.block);
            SectionHit {
                section: SectionLabel {
                    index: at,
                    id: kinds.id(kind).to_owned(),
                    label: kinds.label(kind).to_owned(),
                    inferred: section.is_inferred(),
                },
                heading: heading.map(|heading| heading.text.to_owned()),
                path: section.path_of(found.block).into_iter().map(str::to_owned).collect(),
                anchor: heading.and_then(|heading| heading.anchor).map(str::to_owned),
                score: matched.score,
                block: found.block,
                snippet: found.snippet,
                skills: skills.iter().map(skill).collect(),
            }
        };
        Ok(self.snapshot.quote(segment, matched.document, highlighter.marks_skills(), shown)?)
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
        let names = want.others.iter().filter(|other| other.kind == HighlightKind::Synonym);
        let synonyms = names.map(|other| other.text.clone()).collect();
        Some(Understood { text: want.text.clone(), kind, skills, sections: want.topics.clone(), synonyms })
    };
    let stop = |text: &String| Understood {
        text: text.clone(),
        kind: "stop_word",
        skills: Vec::new(),
        sections: Vec::new(),
        synonyms: Vec::new(),
    };
    let parts = (0..).zip(&query.wants).filter_map(part);
    parts.chain(query.ignored.iter().chain(&query.framed).map(stop)).collect()
}

/// The question with each word that was taken for another replaced by it.
fn did_you_mean(question: &str, relaxed: &[Relaxed]) -> Option<String> {
    let mut meant = question.to_owned();
    for Relaxed { text, to, .. } in relaxed.iter().filter(|relaxed| relaxed.kind == "typo") {
        // "role:nursee": the field stays.
        let word = text.rsplit_once(':').map_or(text.as_str(), |(_, word)| word);
        let is_whole = |&(at, _): &(usize, &str)| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !is_letter(meant[..at].chars().next_back()) && !is_letter(meant[at + word.len()..].chars().next())
        };
        if let (Some(other), Some((at, _))) = (to.first(), meant.match_indices(word).find(is_whole)) {
            meant.replace_range(at..at + word.len(), other);
        }
    }
    (meant != question).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced_and_fields_stay() {
        let typo =
            |text: &str, to: &str| Relaxed { text: text.to_owned(), kind: "typo", to: vec![to.to_owned()] };
        let meant = |question: &str, relaxed: &[Relaxed]| did_you_mean(question, relaxed);
        assert_eq!(meant("javax jav", &[typo("jav", "java")]).as_deref(), Some("javax java"));
        assert_eq!(
            meant("role:nursee pay:>1", &[typo("role:nursee", "nurse")]).as_deref(),
            Some("role:nurse pay:>1")
        );
        assert_eq!(meant("nurse", &[]), None);
    }
}
