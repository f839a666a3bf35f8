//! rolecall
pub mod annotate;
pub mod corpus;
pub mod index;
pub mod ingest;
pub mod model;
pub mod parse;
pub mod text;
