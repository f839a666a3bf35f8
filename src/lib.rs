//! rolecall
pub mod annotate;
pub mod cli;
pub mod corpus;
pub mod http;
pub mod index;
pub mod ingest;
pub mod model;
pub mod parse;
pub mod search;
pub mod text;
