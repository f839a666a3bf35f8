//! One test binary over the real program: its files are the areas of the product.
//!
//! To add a test, find the area by name; `support` has a folder of pages, an index and a server to run on.

mod architecture;
mod cli;
mod crash;
mod facets;
mod http;
mod incremental;
mod ingest;
mod pages;
mod support;
