//! Search over career pages: pages about a role, its sections and its skills.
//!
//! General engines index a page as one text. rolecall reads a page as a careful person would (title, role, sections
//! with their kinds, lists and tables, skills, related roles) and answers with the page, the section that says so and
//! the sentence, with exact counts by section, skill and role. Two straight roads run through the crate.
//!
//! A page coming in:
//!
//! 1. [`corpus`]: where pages come from, a folder or a file, in sorted order and read with a bound;
//! 2. [`parse`]: bytes → [`model::Page`], one file a format, headings → sections for all of them;
//! 3. [`annotate`]: what a page means, one file or folder a fact: skills, pay, experience, education, level, companies,
//!    steps of a career, each with the sentence that states it;
//! 4. [`index`]: a page ⇄ documents of tantivy, one a section; a run of changes is visible at once or not at all;
//! 5. [`ingest`]: the pipeline of these on all cores, and the report of a run; [`ingest::runs`] are those of a server that
//!    goes on answering, asked for or caused by folders that are watched.
//!
//! Beside it, [`lint`] reads pages the same way and tells their owner what they lack.
//!
//! A question being answered:
//!
//! 1. [`search`]: request → query → one pass over what matches → ranked, grouped by page, counted, highlighted →
//!    response; [`search::eval`] measures how good that is. Questions about pages rather than words (roles like one, what
//!    comes next, side by side, what somebody lacks) are answered from the same index, in `search/explore`; a site's owner
//!    has a say by [`search::Curation`];
//! 2. [`mcp`]: the same answers as tools for language models, one file a tool;
//! 3. [`http`] and [`cli`]: the same response as JSON, as pages for people (`http/ui`), or on a terminal. What runs the server is in
//!    `http/admin`. Options come from flags, environment and a file, in `cli/config`.
//!
//! Below both lie [`text`] (words, sentences, ids) and [`model`] (the nouns as plain data). Rooms import only from
//! rooms below them; a test holds that.
//!
//! # From a program
//!
//! ```no_run
//! use rolecall::index::Location;
//! use rolecall::ingest::{IngestOptions, ingest};
//! use rolecall::search::{SearchRequest, Searcher};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let location = Location::new("index");
//! let options = IngestOptions { paths: vec!["corpus".into()], ..IngestOptions::default() };
//! let report = ingest(&location, &options, &|_done, _total| {})?;
//! println!("{} pages", report.pages.new);
//!
//! let searcher = Searcher::open(&location)?;
//! let request = SearchRequest { q: "kubernetes leadership".to_owned(), ..SearchRequest::default() };
//! for hit in searcher.search(&request)?.hits {
//!     println!("{}: {}", hit.title, hit.sections[0].snippet.text);
//! }
//! # Ok(())
//! # }
//! ```

pub mod annotate;
pub mod cli;
pub mod corpus;
pub mod http;
pub mod index;
pub mod ingest;
pub mod lint;
pub mod mcp;
pub mod model;
pub mod parse;
pub mod search;
pub mod text;
