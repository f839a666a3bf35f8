//! A plain index: a document a section, three fields of words, three facets.

use anyhow::{Result, bail};
use serde::Serialize;
use std::path::Path;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::AggregationResults;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// How many hits an answer has, how long a snippet is at most and how many values of a facet are shown, as rolecall.
const HITS: usize = 10;
const LONGEST_SNIPPET: usize = 240;
const FACET_VALUES: usize = 20;
/// In the order in which they are left out.
const FACETS: [&str; 3] = ["section", "skill", "role"];

/// The fields of an index.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) page: Field,
    pub(crate) title: Field,
    pub(crate) heading: Field,
    pub(crate) body: Field,
    pub(crate) role: Field,
    pub(crate) section: Field,
    pub(crate) skill: Field,
}

/// Which words a section must have.
#[derive(Clone, Copy)]
pub(crate) enum Matching {
    /// One of them.
    Any,
    /// All of them, in any of its fields.
    All,
}

impl Matching {
    pub(crate) fn named(name: &str) -> Result<Self> {
        match name {
            "any" => Ok(Self::Any),
            "all" => Ok(Self::All),
            _ => bail!("{name}: neither any nor all"),
        }
    }
}

/// An index that answers.
pub(crate) struct Plain {
    searcher: Searcher,
    fields: Fields,
    matching: Matching,
    facets: Option<Aggregations>,
}

/// What is answered.
#[derive(Serialize)]
pub(crate) struct Answer {
    /// How many sections match, where facets make it look at all of them.
    pub(crate) total: Option<usize>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) facets: Option<AggregationResults>,
}

/// A section that matches.
#[derive(Serialize)]
pub(crate) struct Hit {
    page: String,
    title: String,
    heading: String,
    score: f32,
    snippet: String,
}

impl Plain {
    /// Opens an index; `facets` of its facets are counted.
    pub(crate) fn open(folder: &Path, matching: Matching, facets: usize) -> Result<Self> {
        let searcher = Index::open_in_dir(folder)?.reader()?.searcher();
        // A segment that leaves no value out makes counts exact.
        let all = searcher.num_docs() * 100;
        let terms = |field: &str| serde_json::json!({ "terms": { "field": field, "size": FACET_VALUES, "segment_size": all } });
        let requests: serde_json::Map<_, _> =
            FACETS.iter().take(facets).map(|field| ((*field).to_owned(), terms(field))).collect();
        let facets = (facets > 0).then(|| serde_json::from_value(requests.into())).transpose()?;
        Ok(Self { searcher, fields: schema().1, matching, facets })
    }

    /// How many sections match.
    pub(crate) fn count(&self, question: &str) -> Result<usize> {
        Ok(self.searcher.search(&self.query(question)?, &Count)?)
    }

    /// Answers a question.
    pub(crate) fn search(&self, question: &str) -> Result<Answer> {
        let query = self.query(question)?;
        let top = TopDocs::with_limit(HITS).order_by_score();
        let (total, top, facets) = match &self.facets {
            None => (None, self.searcher.search(&query, &top)?, None),
            Some(facets) => {
                let facets = AggregationCollector::from_aggs(facets.clone(), AggContextParams::default());
                let (total, top, facets) = self.searcher.search(&query, &(Count, top, facets))?;
                (Some(total), top, Some(facets))
            }
        };
        let mut snippets = SnippetGenerator::create(&self.searcher, &query, self.fields.body)?;
        snippets.set_max_num_chars(LONGEST_SNIPPET);
        let mut hits = Vec::with_capacity(top.len());
        for (score, address) in top {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let text = |field| {
                document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
            };
            hits.push(Hit {
                page: text(self.fields.page),
                title: text(self.fields.title),
                heading: text(self.fields.heading),
                score,
                snippet: snippets.snippet_from_doc(&document).to_html(),
            });
        }
        Ok(Answer { total, hits, facets })
    }

    fn query(&self, question: &str) -> Result<BooleanQuery> {
        let Some(stop_words) = StopWordFilter::new(Language::English) else { bail!("no stop words") };
        // As `en_stem`, without words that say nothing.
        let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(stop_words)
            .filter(Stemmer::new(Language::English))
            .build();
        let mut tokens = analyzer.token_stream(question);
        let Fields { title, heading, body, .. } = self.fields;
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        while let Some(token) = tokens.next() {
            let anywhere = [(title, 1.7), (heading, 1.6), (body, 1.0)].map(|(field, boost)| {
                let term = Term::from_field_text(field, &token.text);
                let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                (Occur::Should, Box::new(BoostQuery::new(query, boost)) as Box<dyn Query>)
            });
            match self.matching {
                Matching::Any => clauses.extend(anywhere),
                Matching::All => {
                    clauses.push((Occur::Must, Box::new(BooleanQuery::new(anywhere.into()))));
                }
            }
        }
        Ok(BooleanQuery::new(clauses))
    }
}

/// The fields, as rolecall has them.
pub(crate) fn schema() -> (Schema, Fields) {
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(stemmed).set_stored();
    let facet = TextOptions::default().set_fast("raw");
    let mut schema = Schema::builder();
    let fields = Fields {
        page: schema.add_text_field("page", STRING | STORED),
        title: schema.add_text_field("title", words.clone()),
        heading: schema.add_text_field("heading", words.clone()),
        body: schema.add_text_field("body", words),
        role: schema.add_text_field("role", facet.clone()),
        section: schema.add_text_field("section", facet.clone()),
        skill: schema.add_text_field("skill", facet),
    };
    (schema.build(), fields)
}
