//! One test binary over the real program: its files are the areas of the product.
//!
//! To add a test, find the area by name; `support` has a folder of pages, an index and a server to run on.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod answers;
mod architecture;
mod boilerplate;
mod cli;
mod common_words;
mod compare;
mod config;
mod copies;
mod crash;
mod curation;
mod explore;
mod facet_query;
mod facets;
mod fact_filters;
mod facts;
mod following;
mod founding_experience;
mod founding_facts;
mod gap;
mod histograms;
mod hostile;
mod http;
mod incremental;
mod ingest;
mod keep;
mod keys;
mod languages;
mod limits;
mod lint;
mod made_up;
mod mcp;
mod observe;
mod onet_skills;
mod openapi;
mod opensearch;
mod pages;
mod query_log;
mod questions;
mod relevance;
mod results;
mod runs;
mod saved_text;
mod semantics;
mod sort;
mod stated;
mod support;
mod taxonomies;
#[cfg(feature = "tls")]
mod tls;
mod totals;
mod ui_compare;
mod ui_embed;
mod ui_gap;
mod ui_role;
mod ui_search;
