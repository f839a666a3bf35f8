//! The road of a question answered: request → query → one pass over what matches, ranked, grouped by page and counted
//! → snippets of what is shown → response.

mod answering;
mod beginning;
mod copies;
mod curation;
mod documents;
pub mod eval;
mod expand;
mod explain;
mod explore;
mod facet_query;
mod filters;
mod follow;
mod highlight;
mod histogram;
mod matched;
mod matching;
mod pairs;
mod plan;
mod postings;
mod query;
mod ranges;
mod request;
mod response;
mod snippet;
mod sort;
mod suggest;
mod sweep;
mod tally;
mod title_grams;
mod top;
mod vocabulary;

use crate::annotate::{Taxonomy, Vocabulary};
use crate::index::{Analyzer, IndexError, Location, Snapshot, Stamp, both};
use crate::model::{FacetField, Page};
use answering::Answering;
use arc_swap::ArcSwap;
use curation::{Pinned, Pins};
use expand::{Expander, Step};
use histogram::Scales;
use query::{Query, StopWords};
use sort::SortColumns;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;
use suggest::Names;
use sweep::{ENOUGH, Everything};

pub use copies::MOST_COPIES;
pub use curation::{Curation, CurationError, Fault};
pub use facet_query::FacetQuery;
pub use follow::follow;
pub use histogram::HistogramField;
pub use request::{
    FURTHEST_OFFSET, HIGHEST_PAY, Invalid, LONGEST_EXPERIENCE, LONGEST_QUERY, MOST_FACET_VALUES,
    MOST_FILTER_VALUES, MOST_HITS, MOST_SECTIONS, SearchRequest, SkillMatch, Totals,
};
pub use response::{
    Bucket, ExperienceSummary, FacetValue, Facets, Filters, Highlight, HighlightKind, Histogram, Histograms,
    Hit, PageCopy, PaySummary, QueryEcho, Relaxed, ScorePart, SearchResponse, SectionHit, SectionLabel,
    Snippet, Span, Total, Understood, Warning,
};
pub use sort::{Sort, SortBy};

pub use beginning::LONGEST_BEGINNING;
pub use explore::asked::{Asked, weight};
pub use explore::closest::{AskedLabel, GapRequest, GapTotal, Gaps, MOST_MISSING, RoleGap};
pub use explore::compare::{
    COMPARED_PAGES, Comparison, Figures, MOST_FACTS, Named, Outline, PaySpan, Row, facts,
};
pub use explore::gap::{Count, Coverage, PageGap};
pub use explore::have::{Had, LONGEST_HAVE, MOST_HAD};
pub use explore::path::{CareerPath, Rung, Said, Way};
pub use explore::roles::{RoleEntry, Roles, RolesRequest};
pub use explore::similar::{MOST_SIMILAR, SharedSection, Similar, SimilarPage};
pub use explore::skill::{
    Companion, KindCount, SkillDetail, SkillPage, SkillRequest, SkillSection, Strengths,
};
pub use explore::skills::{SkillEntry, SkillOrder, Skills, SkillsRequest};
pub use explore::{FURTHEST_LISTED, Letter, Listing, MOST_LISTED, PageLink, Quoted, QuotedSection};
pub use suggest::{MOST_SUGGESTIONS, Suggestion};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Parameters that cannot be used.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Invalid>),
    /// There are no such pages.
    #[error("no page has the id {}; hits of /search name the ids there are", quoted(.0))]
    UnknownPages(Vec<String>),
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

fn quoted(ids: &[String]) -> String {
    ids.iter().map(|id| format!("{id:?}")).collect::<Vec<_>>().join(" or ")
}

/// Answers questions from one index, always from a whole generation of it.
pub struct Searcher {
    location: Location,
    current: ArcSwap<Opened>,
    /// What the index on disk looked like when it was looked at last.
    stamp: Mutex<Option<Stamp>>,
    /// Held while what answers is changed.
    turn: Mutex<()>,
}

/// A generation with the vocabulary of its sources, and what the site's owner says of it.
#[derive(Clone)]
struct Opened {
    snapshot: Arc<Snapshot>,
    vocabulary: Arc<Vocabulary>,
    expander: Expander,
    sort_columns: Arc<SortColumns>,
    scales: Arc<Scales>,
    /// Made when they are first wanted.
    names: Arc<OnceLock<Names>>,
    lists: Arc<explore::Lists>,
    everything: Arc<Everything>,
    curation: Arc<Curation>,
    stop_words: StopWords,
    pins: Arc<Pins>,
    /// See [`Searcher::version`].
    version: Arc<str>,
}

impl Opened {
    fn open(
        location: &Location,
        curation: Arc<Curation>,
        before: Option<&Snapshot>,
    ) -> Result<Self, IndexError> {
        // Most indexes are answered with the vocabulary that comes with the program.
        let (_, snapshot) = both(Vocabulary::built_in, || Snapshot::open_after(location, before));
        let snapshot = snapshot?;
        let taxonomies: Vec<Taxonomy> = {
            let mut texts: Vec<&str> =
                snapshot.state.sources.iter().map(|source| source.taxonomy.as_str()).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.into_iter().map(|text| Taxonomy { text: text.to_owned() }).collect()
        };
        let opened = Self {
            vocabulary: Vocabulary::with(&taxonomies),
            expander: Expander::default(),
            sort_columns: Arc::default(),
            scales: Arc::default(),
            names: Arc::default(),
            lists: Arc::default(),
            everything: Arc::default(),
            snapshot: Arc::new(snapshot),
            curation: Arc::default(),
            stop_words: StopWords::default(),
            pins: Arc::default(),
            version: Arc::default(),
        };
        Ok(opened.curated(curation))
    }

    /// The same generation, as a curation file says.
    fn curated(&self, curation: Arc<Curation>) -> Self {
        Self {
            expander: self.expander.with_synonyms(&curation.synonyms),
            stop_words: StopWords::with(&curation.stop_words),
            pins: Arc::new(Pins::of(&curation, &self.snapshot)),
            version: format!("{}-{}", self.snapshot.identity(), curation.identity()).into(),
            curation,
            ..self.clone()
        }
    }

    fn answering<'s, 'q>(
        &'s self,
        request: &'q SearchRequest,
        query: &'q Query,
        pinned: &'q Pinned,
    ) -> Answering<'s, 'q> {
        let Self { snapshot, sort_columns, scales, everything, .. } = self;
        Answering { snapshot, sort_columns, scales, request, query, pinned, everything }
    }

    fn names(&self) -> Result<&Names, IndexError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let names = Names::of(&self.snapshot)?;
        Ok(self.names.get_or_init(|| names))
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
        let current = ArcSwap::from_pointee(Opened::open(location, Arc::default(), None)?);
        Ok(Self { location: location.clone(), current, stamp, turn: Mutex::default() })
    }

    /// Answers as a curation file says from now on.
    #[must_use]
    pub fn with_curation(self, curation: Curation) -> Self {
        self.curate(curation);
        self
    }

    fn curate(&self, curation: Curation) {
        let _turn = self.turn.lock();
        let curated = self.current.load().curated(Arc::new(curation));
        self.current.store(Arc::new(curated));
    }

    /// Looks whether the curation file says something else and if so answers by that; whether it does.
    ///
    /// # Errors
    /// [`CurationError`] where it cannot be used; then what it said before goes on counting, and it is not tried again
    /// before it changes again.
    pub fn curate_if_changed(&self) -> Result<bool, CurationError> {
        let curation = Arc::clone(&self.current.load().curation);
        let Some(changed) = curation.changed() else { return Ok(false) };
        self.curate(changed?);
        Ok(true)
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
        let _turn = self.turn.lock();
        let before = self.current.load_full();
        let opened = Opened::open(&self.location, Arc::clone(&before.curation), Some(&before.snapshot))?;
        let generation = opened.snapshot.state.generation;
        self.current.store(Arc::new(opened));
        Ok(generation)
    }

    /// The generation that answers.
    pub fn generation(&self) -> u64 {
        self.current.load().snapshot.state.generation
    }

    /// What tells the state that answers from every other: another generation, or a curation file that says something
    /// else. As long as it stays, the same request has the same answer.
    pub fn version(&self) -> Arc<str> {
        Arc::clone(&self.current.load().version)
    }

    /// Pages and sections of the generation that answers.
    pub fn size(&self) -> (u64, u64) {
        let opened = self.current.load();
        (opened.snapshot.pages.len() as u64, opened.snapshot.section_count)
    }

    /// What the index takes on disk, in bytes: all generations that are there.
    pub fn bytes_on_disk(&self) -> u64 {
        self.location.bytes_on_disk()
    }

    /// The currencies in which pages state pay, those of most pages first, with how many do.
    pub fn currencies(&self) -> Vec<(String, u64)> {
        let opened = self.current.load();
        let currencies = opened.snapshot.currencies.iter();
        currencies.map(|(code, pages)| (String::from_utf8_lossy(code).into_owned(), *pages)).collect()
    }

    /// What people call a value that is filtered by; none where no page has it.
    pub fn label(&self, field: FacetField, id: &str) -> Option<String> {
        let opened = self.current.load();
        let dictionary = opened.snapshot.dictionary(field);
        let ordinal = dictionary.ordinal(&field.meant(id))?;
        Some(dictionary.label(ordinal)).filter(|label| !label.is_empty()).map(str::to_owned)
    }

    /// The ids of all pages, in order.
    pub fn page_ids(&self) -> Vec<String> {
        let opened = self.current.load();
        let pages = &opened.snapshot.pages;
        (0..).take(pages.len()).map(|page| pages.id(page).to_owned()).collect()
    }

    /// What somebody may want to type who has typed this, the most likely first.
    ///
    /// # Errors
    /// [`SearchError::Invalid`] where the text is too long or too much is asked for.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        self.current.load_full().names()?.suggest(typed, limit).map_err(SearchError::Invalid)
    }

    /// Makes ready what is made when it is first wanted, so that nobody has to wait for it.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn prepare(&self) -> Result<(), IndexError> {
        let current = self.current.load_full();
        current.expander.prepare(&current.snapshot);
        current.names().map(drop)
    }

    /// Whether [`Searcher::suggest`] answers at once.
    pub fn is_prepared(&self) -> bool {
        self.current.load().names.get().is_some()
    }

    /// A whole page as it was understood.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<Page>, IndexError> {
        self.current.load_full().snapshot.page(id)
    }

    /// The same, with the generation that it is of.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn page_and_generation(&self, id: &str) -> Result<(Option<Page>, u64), IndexError> {
        let opened = self.current.load_full();
        Ok((opened.snapshot.page(id)?, opened.snapshot.state.generation))
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
        let mut query = Query::parse(&request.q, &opened.vocabulary, &analyzers, &opened.stop_words);
        if query.wants.len() > LONGEST_QUERY.1 {
            let reason = format!("has more than {} words", LONGEST_QUERY.1);
            return Err(SearchError::Invalid(vec![Invalid {
                parameter: "q".to_owned(),
                value: request.q.clone(),
                reason,
            }]));
        }
        opened.expander.expand(&mut query, &opened.snapshot)?;
        let snapshot: &Snapshot = &opened.snapshot;
        let pinned = &opened.pins.pinned_to(&request.q, &query, snapshot);
        let mut sought = opened.answering(request, &query, pinned).sought()?;
        let mut found = opened.answering(request, &query, pinned).sweep(&sought)?;
        for step in Step::ALL {
            if found.pages >= ENOUGH {
                break;
            }
            let answering = opened.answering(request, &query, pinned);
            let few = answering.finds_few(step, &sought, found.pages)?;
            if opened.expander.relax(step, &mut query, snapshot, few)? {
                let answering = opened.answering(request, &query, pinned);
                sought = answering.sought()?;
                found = answering.sweep(&sought)?;
            }
        }
        let answering = opened.answering(request, &query, pinned);
        // Pages that have only some of the words are listed where few have all.
        if found.pages < ENOUGH {
            found = answering.sweep_some(&sought, found)?;
        }
        let mut response = answering.respond(sought, found)?;
        response.took_ms = start.elapsed().as_secs_f64() * 1000.0;
        Ok(response)
    }
}
