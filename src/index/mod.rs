//! Pages on disk: the schema, the one place that turns pages into documents and back, a writer whose runs become
//! visible at once or not at all, and snapshots to answer from.

mod analyzer;
mod convert;
mod error;
mod location;
mod schema;
mod snapshot;
mod state;
mod writer;

pub use analyzer::Analyzer;
pub use error::IndexError;
pub use location::{Location, Stamp};
pub use schema::Fields;
pub use snapshot::{Dictionary, NONE, Segment, SegmentPage, Snapshot};
pub use state::{SourceState, State};
pub use writer::Writer;
