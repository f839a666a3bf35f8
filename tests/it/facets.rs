//! What matches, what is counted and how it is ordered, against a count by hand over the whole pages.

use crate::made_up::{MadeUp, Part, Question, page, question};
use crate::stated::says;
use crate::support::{Place, ingest, whole};
use proptest::prelude::*;
use proptest::sample::Index;
use rolecall::ingest::IngestOptions;
use rolecall::model::{FacetField, Page, Section};
use rolecall::search::{FacetValue, Hit, SearchRequest, SearchResponse, Searcher, SkillMatch, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer pages with all the words than this, and pages with some follow.
const ENOUGH: usize = 10;

/// An index of made-up pages in two sources, and the pages as it stores them.
struct Corpus {
    _place: Place,
    searcher: Searcher,
    pages: Vec<Page>,
}

impl Corpus {
    fn new(made_up: &[MadeUp]) -> Self {
        let place = Place::new();
        for (number, page) in made_up.iter().enumerate() {
            place.write(
                &format!("{}/{number}.html", if number % 3 == 0 { "first" } else { "second" }),
                page.html(),
            );
        }
        let folders = ["first", "second"].map(|name| place.path(name));
        let paths = folders.into_iter().filter(|folder| folder.exists()).collect();
        let report =
            ingest(&place.location(), &IngestOptions { paths, threads: 2, ..IngestOptions::default() })
                .unwrap();
        assert_eq!(report.pages.new, made_up.len() as u64);
        let searcher = place.searcher();
        let ids = searcher.page_ids();
        let pages: Vec<Page> = ids.iter().map(|id| searcher.page(id).unwrap().unwrap()).collect();
        assert_eq!(pages.len(), made_up.len());
        Self { _place: place, searcher, pages }
    }

    fn search(&self, request: &SearchRequest) -> SearchResponse {
        self.searcher.search(request).unwrap()
    }

    /// The values of a field that there are, and one that there is not.
    fn values(&self, field: FacetField) -> Vec<String> {
        let mut values: BTreeSet<String> = BTreeSet::from(["nosuch".to_owned()]);
        self.pages.iter().for_each(|page| values.extend(values_of(page, field)));
        values.into_iter().collect()
    }

    /// The pages that say the same as a page, itself among them, in the order of ids.
    fn copies_of(&self, page: &Page) -> Vec<&Page> {
        self.pages.iter().filter(|other| says(other) == says(page)).collect()
    }

    /// The values of a page that stands for its copies.
    fn values_of(&self, page: &Page, field: FacetField) -> BTreeSet<String> {
        match field {
            FacetField::Source => self.copies_of(page).into_iter().map(|copy| copy.source.clone()).collect(),
            _ => values_of(page, field).into_iter().collect(),
        }
    }
}

fn values_of(page: &Page, field: FacetField) -> Vec<String> {
    page.sections.iter().flat_map(|section| ids_of(page, section, field)).collect()
}

fn ids_of(page: &Page, section: &Section, field: FacetField) -> Vec<String> {
    field.values(page, section).into_iter().map(|label| label.id).collect()
}

fn skills(section: &Section) -> impl Iterator<Item = &str> {
    section.skills.iter().map(|skill| skill.id.as_str())
}

/// Filters as choices among the values that a corpus has.
#[derive(Clone, Debug)]
struct Choice {
    values: Vec<(FacetField, Index)>,
    any_skill: bool,
}

fn choice() -> impl Strategy<Value = Choice> {
    let value = (prop::sample::select(FacetField::ALL.to_vec()), any::<Index>());
    (prop::collection::vec(value, 0..4), any::<bool>())
        .prop_map(|(values, any_skill)| Choice { values, any_skill })
}

impl Choice {
    fn request(&self, question: &Question, corpus: &Corpus) -> SearchRequest {
        let mut request = whole(&question.text());
        for (field, index) in &self.values {
            request.filter_mut(*field).push(index.get(&corpus.values(*field)).clone());
        }
        if self.any_skill {
            request.skill_match = SkillMatch::Any;
        }
        request
    }
}

/// The words of a text in lower case, told apart more simply than the program does.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn in_text(part: &Part, text: &str) -> bool {
    words(text).windows(part.words.len()).any(|window| window == part.words)
}

/// Whether a section has a word or phrase in a heading or block, or is about the skill that it names.
fn in_section(part: &Part, section: &Section) -> bool {
    let headings = section.heading.iter().chain(&section.subheadings).map(|heading| heading.text.as_str());
    let blocks = section.own_blocks().map(|(_, block)| block.text.as_str());
    headings.chain(blocks).any(|text| in_text(part, text))
        || part.skill.is_some_and(|id| skills(section).any(|skill| skill == id))
}

fn in_title(part: &Part, page: &Page) -> bool {
    in_text(part, &page.title) || page.role.as_ref().is_some_and(|role| in_text(part, &role.label))
}

/// A page that matches before filters.
struct Match<'a> {
    page: &'a Page,
    sections: Vec<&'a Section>,
    missing: Vec<String>,
}

/// Decides by hand whether a page matches, in which sections, and what it lacks.
fn matching<'a>(question: &Question, page: &'a Page) -> Option<Match<'a>> {
    if question.nots.iter().any(|not| in_title(not, page)) {
        return None;
    }
    let allowed: Vec<&Section> = page
        .sections
        .iter()
        .filter(|section| !question.nots.iter().any(|not| in_section(not, section)))
        .collect();
    let has = |part: &Part| in_title(part, page) || allowed.iter().any(|section| in_section(part, section));
    let missing: Vec<String> =
        question.wants.iter().filter(|want| !has(want)).map(|want| want.text.clone()).collect();
    if !question.wants.is_empty() && missing.len() == question.wants.len() {
        return None;
    }
    let with_words = |section: &&&Section| question.wants.iter().any(|want| in_section(want, section));
    let mut sections: Vec<&Section> = allowed.iter().filter(with_words).copied().collect();
    if sections.is_empty() {
        sections = allowed;
    }
    (!sections.is_empty()).then_some(Match { page, sections, missing })
}

/// The counts of every facet value: id → (pages, sections).
type Counts = BTreeMap<String, (u64, u64)>;

/// An answer worked out by hand.
#[derive(Debug, Default, PartialEq)]
struct Answer {
    matched: &'static str,
    pages: u64,
    sections: u64,
    pages_with_all: u64,
    /// Missing words and matching headings of each hit.
    hits: BTreeMap<String, (Vec<String>, Vec<Option<String>>)>,
    /// The copies of each hit that has some.
    copies: BTreeMap<String, Vec<String>>,
    facets: [Counts; FacetField::COUNT],
}

struct Filters<'a> {
    request: &'a SearchRequest,
    corpus: &'a Corpus,
}

impl Filters<'_> {
    /// Whether a page passes every filter that chooses pages, but for one field's.
    fn page(&self, page: &Page, but: Option<FacetField>) -> bool {
        FacetField::ALL.into_iter().filter(|field| *field != FacetField::Section && Some(*field) != but).all(
            |field| {
                let (wanted, has) = (self.request.filter(field), self.corpus.values_of(page, field));
                let all = field == FacetField::Skill && self.request.skill_match == SkillMatch::All;
                wanted.is_empty()
                    || if all {
                        wanted.iter().all(|id| has.contains(id))
                    } else {
                        wanted.iter().any(|id| has.contains(id))
                    }
            },
        )
    }

    fn section(&self, section: &Section) -> bool {
        self.request.section.is_empty() || self.request.section.contains(&section.kind.id)
    }

    fn unknown(&self) -> Vec<&'static str> {
        let unknown = |field: FacetField| {
            let known = self.corpus.values(field);
            let wanted = self.request.filter(field).iter();
            wanted.filter(|id| *id == "nosuch" || !known.contains(id)).map(|_| field.id()).collect::<Vec<_>>()
        };
        FacetField::ALL.into_iter().flat_map(unknown).collect()
    }
}

fn by_hand(corpus: &Corpus, question: &Question, request: &SearchRequest) -> Answer {
    let filters = Filters { request, corpus };
    let (all, some): (Vec<Match>, Vec<Match>) = corpus
        .pages
        .iter()
        .filter(|page| corpus.copies_of(page)[0].id == page.id)
        .filter_map(|page| matching(question, page))
        .partition(|found| found.missing.is_empty());
    let lists_some = all.len() < ENOUGH && !some.is_empty();
    let mut answer = Answer { matched: if lists_some { "some" } else { "all" }, ..Answer::default() };
    for found in all.into_iter().chain(some.into_iter().filter(|_| lists_some)) {
        let mut count = |field: FacetField, id: &str, pages: u64, sections: u64| {
            let counted = answer.facets[field as usize].entry(id.to_owned()).or_default();
            *counted = (counted.0 + pages, counted.1 + sections);
        };
        let page = found.page;
        if filters.page(page, None) {
            let kinds: BTreeSet<&str> =
                found.sections.iter().map(|section| section.kind.id.as_str()).collect();
            kinds.iter().for_each(|kind| count(FacetField::Section, kind, 1, 0));
            found.sections.iter().for_each(|section| count(FacetField::Section, &section.kind.id, 0, 1));
        }
        let left: Vec<&Section> =
            found.sections.iter().copied().filter(|section| filters.section(section)).collect();
        if left.is_empty() {
            continue;
        }
        for field in FacetField::ALL.into_iter().filter(|field| *field != FacetField::Section) {
            // Of several skills all are meant, so that the facet keeps its own filter.
            let own = (field != FacetField::Skill).then_some(field);
            if filters.page(page, own) {
                let of_page = corpus.values_of(page, field);
                of_page.iter().for_each(|id| count(field, id, 1, 0));
                for section in &left {
                    let of_section = match field {
                        FacetField::Source => of_page.iter().cloned().collect(),
                        _ => ids_of(page, section, field),
                    };
                    of_section.iter().for_each(|id| count(field, id, 0, 1));
                }
            }
        }
        if filters.page(page, None) {
            answer.pages += 1;
            answer.sections += left.len() as u64;
            answer.pages_with_all += u64::from(found.missing.is_empty());
            let from = |copy: &&Page| request.source.is_empty() || request.source.contains(&copy.source);
            let mut shown = corpus.copies_of(page).into_iter().filter(from).map(|copy| copy.id.clone());
            let first = shown.next().expect("a copy that passes");
            let others: Vec<String> = shown.collect();
            if !others.is_empty() {
                answer.copies.insert(first.clone(), others);
            }
            answer.hits.insert(first, (found.missing, sorted(left.iter().map(|section| heading(section)))));
        }
    }
    answer
}

fn heading(section: &Section) -> Option<String> {
    section.heading.as_ref().map(|heading| heading.text.clone())
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items
}

/// The same of what the program answered.
fn as_answered(response: &SearchResponse) -> Answer {
    let headings = |hit: &Hit| sorted(hit.sections.iter().map(|section| section.path.first().cloned()));
    let values = |field: FacetField| {
        let values = response.facets.of(field).unwrap().iter();
        values.map(|value| (value.id.clone(), (value.pages, value.sections))).collect()
    };
    Answer {
        matched: response.query.matched,
        pages: response.total.pages,
        sections: response.total.sections,
        pages_with_all: response.total.pages_with_all,
        hits: response
            .hits
            .iter()
            .map(|hit| (hit.id.clone(), (hit.missing.clone(), headings(hit))))
            .collect(),
        copies: response
            .hits
            .iter()
            .filter(|hit| !hit.copies.is_empty())
            .map(|hit| (hit.id.clone(), hit.copies.iter().map(|copy| copy.id.clone()).collect()))
            .collect(),
        facets: FacetField::ALL.map(values),
    }
}

fn ids(response: &SearchResponse) -> Vec<&str> {
    response.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() }
}

fn corpora() -> impl Strategy<Value = Vec<MadeUp>> {
    let pages = prop_oneof![prop::collection::vec(page(), 1..8), prop::collection::vec(page(), 12..30)];
    let copied = prop_oneof![Just(Vec::new()), prop::collection::vec(any::<Index>(), 0..6)];
    (pages, copied).prop_map(|(mut pages, copied)| {
        let copies: Vec<MadeUp> = copied.iter().map(|index| index.get(&pages).clone()).collect();
        pages.extend(copies);
        pages
    })
}

fn questions() -> impl Strategy<Value = Vec<(Question, Choice)>> {
    prop::collection::vec((question(), choice()), 12)
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn totals_hits_and_facets_are_those_counted_by_hand(made_up in corpora(), questions in questions()) {
        let corpus = Corpus::new(&made_up);
        for (question, choice) in &questions {
            let request = choice.request(question, &corpus);
            let response = corpus.search(&request);
            prop_assert_eq!(as_answered(&response), by_hand(&corpus, question, &request), "{:?}", request);
            for hit in &response.hits {
                prop_assert_eq!(hit.sections_total, hit.sections.len() as u64, "all sections were asked for");
            }
            let filters = Filters { request: &request, corpus: &corpus };
            let warned: Vec<&str> = response.warnings.iter().map(|warning| warning.parameter.as_str()).collect();
            prop_assert_eq!(warned, filters.unknown(), "{:?}", request);
        }
    }

    #[test]
    fn hits_are_in_order_and_so_are_facet_values(made_up in corpora(), questions in questions()) {
        let corpus = Corpus::new(&made_up);
        for (question, choice) in &questions {
            let response = corpus.search(&choice.request(question, &corpus));
            for pair in response.hits.windows(2) {
                let rank = |hit: &Hit| !hit.missing.is_empty();
                let (a, b) = (&pair[0], &pair[1]);
                let better = rank(a).cmp(&rank(b)).then(b.score.total_cmp(&a.score)).then(a.id.cmp(&b.id));
                prop_assert!(better.is_lt(), "{} {:?} before {} {:?}", a.id, (a.score, &a.missing), b.id, (b.score, &b.missing));
            }
            for (field, values) in &response.facets.0 {
                let count = |value: &FacetValue| if *field == FacetField::Section { value.sections } else { value.pages };
                let order = |value: &FacetValue| (std::cmp::Reverse(count(value)), value.id.clone());
                prop_assert!(values.is_sorted_by_key(order), "{values:?}");
            }
        }
    }

    #[test]
    fn parts_of_a_list_are_the_list(made_up in corpora(), questions in questions(), step in 1_usize..6, facet_limit in 0_usize..4) {
        let corpus = Corpus::new(&made_up);
        for (question, choice) in &questions {
            let whole = choice.request(question, &corpus);
            let all = corpus.search(&whole);
            let mut parts = Vec::new();
            for offset in (0..=all.hits.len()).step_by(step) {
                let part = corpus.search(&SearchRequest { limit: step, offset, sections_per_hit: 1, ..whole.clone() });
                prop_assert_eq!(part.total, all.total);
                parts.extend(part.hits);
            }
            let parts: Vec<&str> = parts.iter().map(|hit| hit.id.as_str()).collect();
            prop_assert_eq!(parts, ids(&all));
            let cut = corpus.search(&SearchRequest { limit: 0, facet_limit, ..whole.clone() });
            prop_assert!(cut.hits.is_empty());
            for ((field, cut), (_, all)) in cut.facets.0.iter().zip(&all.facets.0) {
                prop_assert_eq!(cut.as_slice(), &all[..facet_limit.min(all.len())], "{:?}", field);
            }
        }
    }

    #[test]
    fn a_filter_narrows_and_a_facet_says_what_it_leaves(made_up in corpora(), question in question(), choice in choice()) {
        let corpus = Corpus::new(&made_up);
        let open = SearchRequest { skill_match: SkillMatch::All, ..choice.request(&question, &corpus) };
        let before = corpus.search(&open);
        for (field, values) in &before.facets.0 {
            if !open.filter(*field).is_empty() {
                continue;
            }
            for value in values {
                let mut request = open.clone();
                request.filter_mut(*field).push(value.id.clone());
                let after = corpus.search(&request);
                prop_assert_eq!(after.total.pages, value.pages, "{:?} {:?}", field, value);
                if *field != FacetField::Skill {
                    prop_assert_eq!(after.total.sections, value.sections, "{:?} {:?}", field, value);
                }
                prop_assert_eq!(after.query.matched, before.query.matched, "a filter changed what matches");
                for (other, counts) in after.facets.0.iter().filter(|(other, _)| other != field || *field == FacetField::Skill) {
                    for count in counts {
                        let old = before.facets.of(*other).unwrap().iter().find(|old| old.id == count.id);
                        prop_assert!(old.is_some_and(|old| old.pages >= count.pages && old.sections >= count.sections), "{other:?} {count:?} {old:?}");
                    }
                }
                let selected: Vec<&str> =
                    after.facets.of(*field).unwrap().iter().filter(|value| value.selected).map(|value| value.id.as_str()).collect();
                prop_assert_eq!(selected, [value.id.as_str()]);
            }
        }
    }

    #[test]
    fn marks_are_whole_words_of_the_question_within_a_quote_from_one_block(made_up in corpora(), questions in questions()) {
        let corpus = Corpus::new(&made_up);
        for (question, choice) in &questions {
            for hit in corpus.search(&choice.request(question, &corpus)).hits {
                let page = corpus.pages.iter().find(|page| page.id == hit.id).unwrap();
                let spans = hit.title_highlights.iter().map(|span| (*span, None));
                check_marks(question, &hit.title, spans.collect())?;
                for section in &hit.sections {
                    let texts = |section: &Section| {
                        let own: Vec<String> = section.own_blocks().map(|(_, block)| block.text.clone()).collect();
                        if own.is_empty() { heading(section).into_iter().collect() } else { own }
                    };
                    let text = &section.snippet.text;
                    prop_assert!(page.sections.iter().flat_map(texts).any(|block| block.contains(text.as_str())), "{text:?} is in no block");
                    prop_assert!(!text.trim().is_empty() && text.chars().count() <= 320, "{text:?}");
                    let spans = section.snippet.highlights.iter();
                    let spans = spans.map(|mark| (Span { start: mark.start, end: mark.end }, Some(mark.term.clone())));
                    check_marks(question, text, spans.collect())?;
                }
            }
        }
    }
}

/// Marks lie in the text, in order and apart, begin and end with words, and each is a word or phrase that was asked
/// for or a name of a skill that was; and of the words in the text that were asked for, none is left unmarked.
fn check_marks(
    question: &Question,
    text: &str,
    marks: Vec<(Span, Option<String>)>,
) -> Result<(), TestCaseError> {
    let points: Vec<char> = text.chars().collect();
    let mut before = 0;
    let mut marked = vec![false; points.len()];
    for (span, term) in marks {
        prop_assert!(
            before <= span.start && span.start < span.end && span.end <= points.len(),
            "{span:?} in {text:?}"
        );
        before = span.end;
        let inside = |at: usize| {
            at > 0 && at < points.len() && points[at - 1].is_alphanumeric() && points[at].is_alphanumeric()
        };
        prop_assert!(!inside(span.start) && !inside(span.end), "{span:?} cuts a word of {text:?}");
        marked[span.start..span.end].fill(true);
        let mark: String = points[span.start..span.end].iter().collect();
        let names = |part: &Part| {
            part.words == words(&mark)
                || part.skill.is_some_and(|id| crate::made_up::NAMES.contains(&(mark.as_str(), id)))
        };
        let meant = question
            .wants
            .iter()
            .filter(|part| names(part))
            .map(|part| part.text.as_str())
            .collect::<Vec<_>>();
        prop_assert!(!meant.is_empty(), "{mark:?} was not asked for: {:?}", question.text());
        if let Some(term) = term {
            prop_assert!(
                meant.contains(&term.as_str()),
                "{mark:?} is said to be {term:?} of {:?}",
                question.text()
            );
        }
    }
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let wanted = question.wants.iter().any(|part| part.words == [bare.to_lowercase()]);
        prop_assert!(!wanted || marked[at], "{bare:?} is not marked in {text:?} for {:?}", question.text());
        at += word.chars().count();
    }
    Ok(())
}
