//! Pages on disk: the schema, the one place that turns pages into documents and back, a writer whose runs become
//! visible at once or not at all, and snapshots to answer from.

mod analyzer;
mod asked;
mod backup;
mod beginnings;
mod check;
mod checksum;
mod commit;
mod convert;
mod copies;
mod dictionary;
mod directory;
mod error;
mod folders;
mod headings;
mod location;
mod order;
mod quotable;
mod range;
mod schema;
mod sealed;
mod segment;
mod skills;
mod snapshot;
mod state;
mod stored;
mod title_grams;
mod title_letters;
mod value;
mod writer;

pub use analyzer::Analyzer;
pub use backup::{Backup, BackupError, Restored, backup, restore};
pub use beginnings::Beginnings;
pub use check::{Checked, Fault, Progress, check};
pub use copies::{Copies, CopyGroup, CopyPlace};
pub use dictionary::Dictionary;
pub use error::IndexError;
pub use location::{Location, Stamp};
pub use quotable::{NamedSkill, Quotable, QuotableBlock, QuotableHeading, ShownPage};
pub use range::{ExperienceRange, PayRange};
pub use schema::Fields;
pub use segment::{Lists, NONE, PageLength, Segment, SegmentPage};
pub use snapshot::{Size, Snapshot};
pub use state::{Boilerplate, SourceState, State};
pub use title_letters::TitleLetters;
pub use writer::Writer;
