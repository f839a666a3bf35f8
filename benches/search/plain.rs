//! The same pages in plain tantivy, to compare with: what somebody would build who takes the engine as it comes.
//!
//! The same: one document a section, in as many segments; the title once a page; words stemmed as English (`en_stem`)
//! and looked for in title, heading and text with our boosts; terms aggregations over role, section and skill, exact,
//! their 20 most frequent values; as many stored documents read as our answer shows pages and sections, and a snippet
//! made for each section. And the same documents match ([`Matching::Same`]): where ten pages have all words we count
//! the sections of these pages that have any, so there tantivy is given the words of the whole page on each section
//! and told that all are needed; elsewhere every section that has any word. [`Matching::Any`] is that for all questions.
//!
//! Not the same, to tantivy's advantage: it groups nothing by page; it knows no other names, families, initials, slips,
//! pairs of words, exact titles or runs of letters, and what these find; its facets count sections only and have no
//! labels; it ranks sections without their pages; its snippets are fragments that know no sentences, rows or skills.
//! To ours: it writes a snippet's HTML and nothing else of an answer.

use rolecall::index::{Location, Snapshot};
use rolecall::model::{Page, Section};
use std::path::Path;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::AggregationResults;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};
use tantivy::{DocAddress, Index, Searcher, TantivyDocument, Term};

/// How long a snippet is at most, as ours.
const LONGEST_SNIPPET: usize = 240;
/// How many values of each facet are shown, as ours.
const FACET_VALUES: usize = 20;

/// A plain index.
pub(crate) struct Plain {
    searcher: Searcher,
    fields: Fields,
    aggregations: Aggregations,
}

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    title: Field,
    heading: Field,
    body: Field,
    /// The words of all the page.
    page: Field,
    role: Field,
    section: Field,
    skill: Field,
}

/// Which sections match.
#[derive(Clone, Copy)]
pub(crate) enum Matching {
    /// Those that have any word.
    Any,
    /// Those of them whose page has all words.
    Same,
}

/// How much of an answer is read.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) pages: usize,
    pub(crate) sections: usize,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) count: usize,
    /// Title and snippet.
    pub(crate) shown: Vec<(String, String)>,
    pub(crate) facets: AggregationResults,
}

impl Plain {
    /// Writes all pages of an index into a plain one.
    pub(crate) fn build(location: &Location, folder: &Path) -> Self {
        let snapshot = Snapshot::open(location).expect("an index");
        let (schema, fields) = schema();
        std::fs::create_dir_all(folder).expect("a folder");
        let index = Index::create_in_dir(folder, schema).expect("a plain index");
        let mut writer = index.writer_with_num_threads(1, 512 << 20).expect("a writer");
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for segment in &snapshot.segments {
            for place in &segment.pages {
                let id = snapshot.pages.id(place.page);
                let page = snapshot.page(id).expect("a page").expect("a page");
                for document in documents(fields, &page) {
                    writer.add_document(document).expect("room");
                }
            }
            writer.commit().expect("a commit");
        }
        let searcher = index.reader().expect("a reader").searcher();
        assert_eq!(searcher.segment_readers().len(), snapshot.segments.len());
        assert_eq!(searcher.num_docs(), snapshot.section_count);
        // A segment that leaves no value out makes counts exact.
        let all = searcher.num_docs() * 100;
        let terms = |field: &str| serde_json::json!({ "terms": { "field": field, "size": FACET_VALUES, "segment_size": all } });
        let aggregations = serde_json::json!({
            "role": terms("role"), "section": terms("section"), "skill": terms("skill"),
        });
        let aggregations = serde_json::from_value(aggregations).expect("aggregations");
        Self { searcher, fields, aggregations }
    }

    /// Answers a question.
    pub(crate) fn search(&self, question: &str, matching: Matching, shown: Shown) -> Answer {
        let query = self.query(question, matching);
        let reads = shown.pages + shown.sections;
        let facets = AggregationCollector::from_aggs(self.aggregations.clone(), AggContextParams::default());
        let collectors = (Count, TopDocs::with_limit(reads.max(1)).order_by_score(), facets);
        let (count, top, facets) = self.searcher.search(&query, &collectors).expect("an answer");
        let mut snippets =
            SnippetGenerator::create(&self.searcher, &query, self.fields.body).expect("a generator");
        snippets.set_max_num_chars(LONGEST_SNIPPET);
        let mut of_shown = Vec::with_capacity(reads);
        if !top.is_empty() {
            for read in 0..reads {
                let document: TantivyDocument =
                    self.searcher.doc(self.read(&top, read)).expect("a stored document");
                let title =
                    document.get_first(self.fields.title).and_then(|title| title.as_str().map(str::to_owned));
                // Ours reads a page once more for what it is called.
                let snippet = if read < shown.sections {
                    snippets.snippet_from_doc(&document).to_html()
                } else {
                    String::new()
                };
                of_shown.push((title.unwrap_or_default(), snippet));
            }
        }
        Answer { count, shown: of_shown, facets }
    }

    /// The next document to be read; where fewer were found, those that stand behind them.
    fn read(&self, top: &[(f32, DocAddress)], read: usize) -> DocAddress {
        let (_, found) = top[read % top.len()];
        let behind = u32::try_from(read / top.len()).unwrap_or(0);
        let documents = self.searcher.segment_reader(found.segment_ord).max_doc();
        DocAddress::new(found.segment_ord, (found.doc_id + behind) % documents)
    }

    fn query(&self, question: &str, matching: Matching) -> BooleanQuery {
        let stop_words = StopWordFilter::new(Language::English).expect("words");
        // As `en_stem`, without words that say nothing.
        let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(stop_words)
            .filter(Stemmer::new(Language::English))
            .build();
        let mut tokens = analyzer.token_stream(question);
        let Fields { title, heading, body, page, .. } = self.fields;
        let (mut any, mut all): (Vec<Clause>, Vec<Clause>) = (Vec::new(), Vec::new());
        while let Some(token) = tokens.next() {
            for (field, boost) in [(title, 1.7), (heading, 1.6), (body, 1.0)] {
                let query = term(field, &token.text, IndexRecordOption::WithFreqs);
                any.push((Occur::Should, Box::new(BoostQuery::new(query, boost))));
            }
            let query = term(page, &token.text, IndexRecordOption::Basic);
            all.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
        }
        match matching {
            Matching::Any => BooleanQuery::new(any),
            Matching::Same => {
                all.push((Occur::Must, Box::new(BooleanQuery::new(any))));
                BooleanQuery::new(all)
            }
        }
    }
}

/// A part of a query.
type Clause = (Occur, Box<dyn Query>);

fn term(field: Field, text: &str, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), option))
}

fn schema() -> (Schema, Fields) {
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(stemmed).set_stored();
    let found = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let of_page = TextOptions::default().set_indexing_options(found);
    let facet = TextOptions::default().set_fast("raw");
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        title: schema.add_text_field("title", words.clone()),
        heading: schema.add_text_field("heading", words.clone()),
        body: schema.add_text_field("body", words),
        page: schema.add_text_field("page", of_page),
        role: schema.add_text_field("role", facet.clone()),
        section: schema.add_text_field("section", facet.clone()),
        skill: schema.add_text_field("skill", facet),
    };
    (schema.build(), fields)
}

fn documents(fields: Fields, page: &Page) -> impl Iterator<Item = TantivyDocument> {
    let headings = |section: &Section| {
        let headings = section.heading.iter().chain(&section.subheadings);
        headings.map(|heading| heading.text.clone()).collect::<Vec<_>>()
    };
    let mut words = vec![page.title.clone()];
    for section in &page.sections {
        words.extend(headings(section));
        words.extend(section.own_blocks().map(|(_, block)| block.text.clone()));
    }
    let words = words.join("\n");
    page.sections.iter().enumerate().map(move |(at, section)| {
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, &page.id);
        if at == 0 {
            document.add_text(fields.title, &page.title);
        }
        headings(section).iter().for_each(|heading| document.add_text(fields.heading, heading));
        section.own_blocks().for_each(|(_, block)| document.add_text(fields.body, &block.text));
        document.add_text(fields.page, &words);
        page.role.iter().for_each(|role| document.add_text(fields.role, &role.id));
        document.add_text(fields.section, &section.kind.id);
        section.skills.iter().for_each(|skill| document.add_text(fields.skill, &skill.id));
        document
    })
}
