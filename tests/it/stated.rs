//! Made-up pages that state pay, experience and when they were changed, for property tests; few values, so that they
//! meet often.

use crate::made_up::WORDS;
use crate::support::{Place, html, ingest, whole};
use proptest::prelude::*;
use rolecall::ingest::IngestOptions;
use rolecall::model::{FacetField, Page, Section};
use rolecall::search::{SearchRequest, SearchResponse, Searcher};
use std::collections::BTreeSet;

const TITLES: [&str; 6] =
    ["Zoologist", "zebra keeper", "Élan Vendor", "Data Analyst", "\"Air\" Pilot", "Senior Data Analyst"];
const PAY: [&str; 8] = [
    "The salary is $50,000 to $70,000 per year.",
    "The salary is $60 per hour.",
    "The salary is $70,000 per year.",
    "The salary is up to $120,000 per year.",
    "The salary is $150,000+ per year.",
    "The salary is €80,000 per year.",
    "The salary is €40,000 to €90,000 per year.",
    "Paid well.",
];
const EXPERIENCE: [&str; 6] = [
    "1 to 2 years of experience.",
    "At least 5 years of experience.",
    "3 years of experience required.",
    "10+ years of experience.",
    "18 months of experience.",
    "Patience.",
];
/// The last two are no moment.
const MODIFIED: [&str; 7] = [
    "2024-01-31",
    "2024-02-01T00:30:00+01:00",
    "2024-02-01T00:10:00Z",
    "2024-02-01",
    "1999-12-31 23:59",
    "2024-13-01",
    "",
];

/// A page that does not exist.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    title: &'static str,
    modified: &'static str,
    pay: Vec<&'static str>,
    experience: Vec<&'static str>,
    text: Vec<&'static str>,
}

pub(crate) fn stated() -> impl Strategy<Value = Stated> {
    let some = |of: &'static [&'static str], most| prop::collection::vec(prop::sample::select(of), 0..most);
    let (title, modified) = (prop::sample::select(&TITLES[..]), prop::sample::select(&MODIFIED[..]));
    (title, modified, some(&PAY, 4), some(&EXPERIENCE, 3), some(&WORDS, 6)).prop_map(
        |(title, modified, pay, experience, text)| Stated { title, modified, pay, experience, text },
    )
}

impl Stated {
    pub(crate) fn html(&self) -> String {
        let text = self.text.join(" ");
        let sections: [(&str, &[&str]); 3] =
            [("Salary", &self.pay), ("Requirements", &self.experience), ("Overview", &[&text])];
        let meta = format!("<meta property=\"article:modified_time\" content=\"{}\"><title>", self.modified);
        html(self.title, &sections).replacen("<title>", &meta, 1)
    }
}

/// An index of such pages in two sources, and the pages as it stores them.
pub(crate) struct Corpus {
    _place: Place,
    searcher: Searcher,
    pub(crate) pages: Vec<Page>,
}

impl Corpus {
    /// Every third page is in the first source.
    pub(crate) fn new(files: &[String]) -> Self {
        let place = Place::new();
        for (number, html) in files.iter().enumerate() {
            let source = if number % 3 == 0 { "first" } else { "second" };
            place.write(&format!("{source}/{number:02}.html"), html);
        }
        let folders = ["first", "second"].map(|name| place.path(name));
        let paths = folders.into_iter().filter(|folder| folder.exists()).collect();
        ingest(&place.location(), &IngestOptions { paths, threads: 2, ..IngestOptions::default() }).unwrap();
        let searcher = place.searcher();
        let ids = searcher.page_ids();
        let pages: Vec<Page> = ids.iter().map(|id| searcher.page(id).unwrap().unwrap()).collect();
        assert_eq!(pages.len(), files.len());
        Self { _place: place, searcher, pages }
    }

    pub(crate) fn search(&self, request: &SearchRequest) -> SearchResponse {
        self.searcher.search(request).unwrap()
    }

    pub(crate) fn page(&self, id: &str) -> &Page {
        self.pages.iter().find(|page| page.id == id).unwrap()
    }

    /// The page that stands for a page and its copies.
    pub(crate) fn first_of(&self, id: &str) -> &Page {
        let page = says(self.page(id));
        self.pages.iter().find(|other| says(other) == page).unwrap()
    }
}

/// All that copies of a page have in common.
pub(crate) fn says(page: &Page) -> String {
    let facets = [FacetField::Role, FacetField::Language, FacetField::Level]
        .map(|field| field.values(page, &page.sections[0]));
    let section = |section: &Section| {
        let headings = section.heading.iter().chain(&section.subheadings).map(|heading| heading.text.clone());
        let blocks = section.blocks.iter().map(|block| block.text.clone());
        (section.kind.id.clone(), headings.collect::<Vec<_>>(), blocks.collect::<Vec<_>>())
    };
    format!("{:?}", (&page.title, facets, page.sections.iter().map(section).collect::<Vec<_>>()))
}

/// What a page's role pays per year in a currency, in whole units; each range once.
pub(crate) fn pay(page: &Page, currency: &str) -> Vec<(f64, f64)> {
    let own = page.sections.iter().flat_map(|section| &section.pay).filter(|pay| pay.of.is_none());
    let ranges = own.filter(|pay| pay.currency == currency).map(|pay| {
        let (low, high) = pay.per_year();
        (low.unwrap_or(0.0).round() as u64, high.map_or(u64::MAX, |high| high.round() as u64))
    });
    let ranges: BTreeSet<(u64, u64)> = ranges.collect();
    let open = |high: u64| if high == u64::MAX { f64::INFINITY } else { high as f64 };
    ranges.into_iter().map(|(low, high)| (low as f64, open(high))).collect()
}

/// The experience that it takes, in years; each range once.
pub(crate) fn experience(page: &Page) -> Vec<(f64, f64)> {
    let own = page.sections.iter().flat_map(|section| &section.experience).filter(|range| range.of.is_none());
    let years = |months: u16| f64::from(months) / 12.0;
    own.map(|range| (range.low.map_or(0.0, years), range.high.map_or(f64::INFINITY, years))).collect()
}

/// Questions over these pages: nothing, or one or two words.
pub(crate) fn question() -> impl Strategy<Value = SearchRequest> {
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 0..3);
    words.prop_map(|words| whole(&words.join(" ")))
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() }
}
